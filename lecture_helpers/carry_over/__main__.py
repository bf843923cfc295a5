"""Move a learner's work into a newer notebook, update the whole course, or reset an exercise; nothing typed is ever lost.

python -m lecture_helpers.carry_over OLD.ipynb NEW.ipynb            # OLD's work into NEW
python -m lecture_helpers.carry_over --update                       # fetch the course's newest version, carry over, replace
python -m lecture_helpers.carry_over --reset NOTEBOOK [EXERCISE]    # back to how it was delivered
python -m lecture_helpers.carry_over --reset EXERCISE               # the same, looked for in all notebooks
"""

import argparse
import contextlib
import sys

from .actions import carry_over, reset, update


def main(arguments=None):
    """The command line; returns an exit code."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # in a notebook it is no file
            stream.reconfigure(errors="backslashreplace")  # a terminal's encoding may lack a letter of a file's name
    parser = argparse.ArgumentParser(prog="python -m lecture_helpers.carry_over", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--update", action="store_true", help="update the course, keeping all your work")
    parser.add_argument("--reset", action="store_true", help="bring NOTEBOOK, or its EXERCISE, back to the delivered state")
    parser.add_argument("names", nargs="*", metavar="OLD NEW | NOTEBOOK [EXERCISE] | EXERCISE")
    options = parser.parse_args(arguments)
    try:
        return _run(parser, options)
    except OSError as problem:
        print(f"{problem.filename} cannot be read or written ({problem.strerror}).", file=sys.stderr)
    except (RuntimeError, ValueError) as problem:
        print(problem, file=sys.stderr)
    return 1


def _run(parser, options):
    if options.update and not options.names:
        update()
    elif options.reset and 1 <= len(options.names) <= 2:
        print(f"Reset; what it was before is in copies/{reset(*options.names).name}.")
    elif not options.update and not options.reset and len(options.names) == 2:
        kept = carry_over(*options.names)
        names = " and ".join(f"copies/{each.name}" for each in kept or ())
        print(f"Carried over; what both were before is in {names}." if kept else "There was nothing to carry over.")
    else:
        parser.print_usage(sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
