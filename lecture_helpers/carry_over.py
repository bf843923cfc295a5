"""Move a learner's work into a newer notebook, update the whole course, or reset an exercise; nothing typed is ever lost.

    python -m lecture_helpers.carry_over OLD.ipynb NEW.ipynb            # OLD's work into NEW
    python -m lecture_helpers.carry_over --update                       # fetch the course's newest version, carry over, replace
    python -m lecture_helpers.carry_over --reset NOTEBOOK [EXERCISE]    # back to the stub

Before a file changes, a dated copy of the learner's notebook is put into the folder `copies` beside it; the new content is
written to a temporary file, which then takes the old one's place in one step.
"""

import argparse
import copy
import os
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import nbformat

COURSE_ID = re.compile(r"cell-\d+")  # ids of the course's cells; exercises and checks have ids of their own


def carry_over(old, new, base=None):
    """Put the exercise cells and added cells of the notebook `old` into the notebook file `new`; copies of both are kept.

    `base`, if known, is the notebook that `old` began as: what equals it counts as untouched. Returns the copies' paths, of
    `old` and of `new`, or None if there was nothing to carry over. Raises ValueError, in one sentence, if a notebook cannot be
    read; then no file was changed.
    """
    mine, course = _read(old), _read(new)
    before = nbformat.writes(course)
    merged = merge(mine, course, _read(base) if base else None)
    if nbformat.writes(merged) == before:
        return None
    kept = dated_copy(old), dated_copy(new)
    _replace(new, merged)
    return kept


def merge(mine, course, base=None):
    """A copy of the notebook `course` with the learner's exercise cells, by id, and their own cells in their places."""
    merged, own, anchor = copy.deepcopy(course), {}, None
    delivered = {cell.id: cell.source for cell in (base or course).cells}
    answers = _exercises(mine)
    for cell in mine.cells:
        if _name(cell) and cell is not answers[_name(cell)]:
            cell = _as_own(cell)  # a pasted copy
        anchor, kept = _carry(cell, anchor, merged, delivered, base)
        if kept:
            own.setdefault(anchor, []).append(kept)
    cells = own.pop(None, [])
    for cell in merged.cells:
        cells += [cell, *own.pop(_name(cell) or cell.id, [])]
    merged.cells = cells + [cell for rest in own.values() for cell in rest]
    return merged


def _carry(cell, anchor, merged, delivered, base):
    """Put an answer into its place; returns the course's cell at which this one stands, and what is to be kept behind that."""
    name = _name(cell)
    place = _exercises(merged).get(name)
    if place is not None:
        if cell.source != delivered.get(name):
            place.source = cell.source
            _forget_outputs(place)
        return name, None
    if any((each.id, each.source) == (cell.id, cell.source) for each in merged.cells):
        return cell.id, None
    if name or _is_own(cell, base):
        return anchor, None if name and cell.source == delivered.get(name) else _as_own(cell)
    source = delivered.get(cell.id, cell.source) if base else cell.source
    return _same_cell(cell, source, merged) or anchor, None if cell.source == source else _as_own(cell, f"{cell.id}-mine")


def update(folder="."):
    """Fetch the course's newest version and carry every notebook's work over; prints what it did.

    Commits of the learner's own stay: the newest version is then joined with them in a merge commit. Raises RuntimeError, in
    one sentence, if there is no network, no repository, or a changed file that is no notebook; then nothing was changed.
    """
    folder = Path(_git(folder, "rev-parse", "--show-toplevel").strip())
    base, upstream, worked_on = _newest(folder)
    if base == upstream:
        print("This is the newest version already.")
        return
    merged = {path: _merged_with(folder, path, base, upstream) for path in worked_on}
    copies = {path: dated_copy(path) for path in worked_on}
    for path, kept in copies.items():
        print(f"{path.name}: a copy of your work is in copies/{kept.name}.", flush=True)
    _advance(folder, base, upstream, merged, copies)
    print("The course is up to date" + (", and your work is in the newer notebooks." if worked_on else "."))


def _newest(folder):
    """Fetch; where the learner's history left the course's, the newest version, and the notebooks that the learner changed."""
    _git(folder, "fetch", "--quiet", "origin")
    upstream = _git(folder, "rev-parse", "@{upstream}").strip()
    base = _git(folder, "merge-base", "HEAD", upstream).strip()
    uncommitted, changed = _changes(folder, "HEAD"), _changes(folder, base)
    added = _changes(folder, "--diff-filter=A", base, "HEAD")  # the learner's own files, committed
    notebooks = [name for name in changed if re.fullmatch(r"notebooks/[^/]+\.ipynb", name)]
    other = ({*changed} - {*added} | {*uncommitted}) - {*notebooks}
    if other:
        raise RuntimeError(f"{min(other)} was changed here, and it is no notebook: undo that, or update with git, by hand.")
    return base, upstream, [folder / name for name in notebooks if (folder / name).exists()]


def _changes(folder, *what):
    """The names of the files that `git diff` finds."""
    return [name for name in _git(folder, "diff", "--name-only", "-z", *what).split("\0") if name]


def _advance(folder, base, upstream, merged, copies):
    """Bring the repository to the newest version, with the merged notebooks; if that fails, everything is as it was before."""
    head = _git(folder, "rev-parse", "HEAD").strip()
    try:
        _git(folder, "reset", "--quiet", "--hard", head)
        if base == head:
            _git(folder, "merge", "--quiet", "--ff-only", upstream)
        else:
            _git(folder, "read-tree", "-m", "-u", "--aggressive", base, "HEAD", upstream)
        for path, notebook in merged.items():
            _replace(path, notebook)
        if base != head:
            _commit_merge(folder, upstream, merged)
    except BaseException:
        _git(folder, "reset", "--quiet", "--hard", head)
        for path, kept in copies.items():
            shutil.copy2(kept, path)
        raise


def _commit_merge(folder, upstream, paths):
    """Commit a merge of the learner's commits with the newest version: what git merged file by file, and these notebooks."""
    for path in paths:
        _git(folder, "add", "--", str(path))
    tree = _git(folder, "write-tree").strip()
    message = "Update the course, with the work in its notebooks carried over"
    commit = _git(folder, *_author(folder), "commit-tree", "-p", "HEAD", "-p", upstream, "-m", message, tree)
    _git(folder, "update-ref", "HEAD", commit.strip())


def _author(folder):
    """Options that name an author where git knows none, as on a hub."""
    try:
        _git(folder, "config", "user.email")
    except RuntimeError:
        return ["-c", "user.name=Learner", "-c", "user.email=learner@localhost"]
    return []


def reset(path, exercise=None):
    """Bring a notebook, or one exercise of it, back to how the course delivers it; returns the path of the dated copy.

    Raises ValueError if the exercise is unknown, RuntimeError if the course's version cannot be found.
    """
    path = Path(path)
    delivered = nbformat.reads(_show(path.parent, _delivered(path.parent), path.name), as_version=4)
    mine = _read(path)
    if exercise is not None:
        stub, cell = _exercises(delivered).get(exercise), _exercises(mine).get(exercise)
        if stub is None or cell is None:
            known = ", ".join(_exercises(delivered))
            raise ValueError(f"{path.name} has no exercise {exercise!r}; it has {known}.")
        cell.source = stub.source
        _forget_outputs(cell)
        delivered = mine
    kept = dated_copy(path)
    _replace(path, delivered)
    return kept


def _delivered(folder):
    """The course's newest version that is in here, without commits of the learner's own."""
    try:
        return _git(folder, "merge-base", "HEAD", "@{upstream}").strip()
    except RuntimeError:  # no remote repository, as in a teacher's own
        return "HEAD"


def dated_copy(path):
    """Copy a file into the folder `copies` beside it, under a free name with date and time, and return the copy's path."""
    path, stamp = Path(path), datetime.now().strftime("%Y-%m-%d-%H%M%S")
    folder = path.parent / "copies"
    folder.mkdir(exist_ok=True)
    for attempt in range(1000):
        kept = folder / f"{path.stem}.{stamp}{f'-{attempt}' if attempt else ''}{path.suffix}"
        if not kept.exists():
            return Path(shutil.copy2(path, kept))
    raise RuntimeError(f"There are a thousand copies of {path.name} from this second already.")


def _merged_with(folder, path, base, upstream):
    """The newer version of a learner's notebook with their work; their own file, if the newer course has no such notebook."""
    delivered, newer = (_at(folder, revision, path) for revision in (base, upstream))
    return merge(_read(path), newer, delivered) if newer else _read(path)


def _at(folder, revision, path):
    """A notebook at a revision; None if there is none."""
    name = path.relative_to(folder).as_posix()
    if not _git(folder, "ls-tree", revision, "--", name):
        return None
    return nbformat.reads(_show(folder, revision, name), as_version=4)


def _exercises(notebook):
    """Exercise cells by id; where a learner pasted copies of one, the cell that was delivered, or else the first."""
    found = {}
    for cell in notebook.cells:
        name = _name(cell)
        if name and (name not in found or cell.id == name):
            found[name] = cell
    return found


def _name(cell):
    return cell.metadata.get("exercise")


def _is_own(cell, base):
    """Whether a learner added this cell: it was not delivered or, if that is not known, has no id as delivered cells have."""
    if base is not None:
        return cell.id not in {each.id for each in base.cells}
    return not (COURSE_ID.fullmatch(cell.id) or "exercise" in cell.metadata or "nbgrader" in cell.metadata)


def _as_own(cell, name=None):
    """A learner's cell as an ordinary one: an exercise that no longer exists keeps its text, but not its role."""
    cell = copy.deepcopy(cell)
    cell.id = name or cell.id
    for role in ("exercise", "nbgrader"):
        cell.metadata.pop(role, None)
    return cell


def _same_cell(cell, source, notebook):
    """The id of the course's cell that has the text with which a cell was delivered, or else the same id."""
    same = [each.id for each in notebook.cells if each.source == source]
    same += [each.id for each in notebook.cells if each.id == cell.id]
    return same[0] if same else None


def _forget_outputs(cell):
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None


def _read(path):
    try:
        return nbformat.read(path, as_version=4)
    except Exception as problem:
        raise ValueError(
            f"{Path(path).name} cannot be read as a notebook ({type(problem).__name__}); nothing was changed."
        ) from None


def _replace(path, notebook):
    """Write a notebook to a temporary file beside its place, and put it there in one step."""
    temporary = Path(f"{path}.new")
    try:
        temporary.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _show(folder, revision, name):
    """A file of the repository at a revision, as text; `name` is relative to `folder`."""
    return _git(folder, "show", f"{revision}:./{name}")


def _git(folder, *arguments):
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, encoding="utf-8", check=True)
    except FileNotFoundError:
        raise RuntimeError(f"Updates need git, and a folder {folder}; one of them does not exist.") from None
    except subprocess.CalledProcessError as problem:
        lines = problem.stderr.strip().splitlines() or ["no reason given"]
        reason = next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[-1])
        if "not a git repository" in reason:
            raise RuntimeError(
                "This copy was not made with git clone, so there is nothing to update it or reset it from."
            ) from None
        raise RuntimeError(f"`git {arguments[0]}` failed ({reason}); nothing was changed.") from None
    return done.stdout


def main(arguments=None):
    """The command line; returns an exit code."""
    parser = argparse.ArgumentParser(prog="python -m lecture_helpers.carry_over", description=__doc__.partition("\n")[0])
    parser.add_argument("--update", action="store_true", help="update the course, keeping all your work")
    parser.add_argument("--reset", action="store_true", help="bring NOTEBOOK, or its EXERCISE, back to the delivered state")
    parser.add_argument("names", nargs="*", metavar="OLD NEW | NOTEBOOK [EXERCISE]")
    options = parser.parse_args(arguments)
    try:
        return _run(parser, options)
    except (RuntimeError, ValueError, OSError) as problem:
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
