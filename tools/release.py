"""Put the course as the students of a graded class get it, without its model solutions, into a repository of its own.

python tools/release.py FOLDER

Run again, it adds a version to that repository: students who cloned it fetch it by `make update`, and keep their work.
"""

import io
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

COURSE = Path(__file__).parents[1]
LEFT_OUT = ("lecture_helpers/exercises/solutions", "tests", "tools", ".ci", ".github", "TEACHING.md", "CONTRIBUTING.md")
FOR_AUTHORS = {"Makefile": ("# For authors and teachers", None), "README.md": ("## For teachers", "## Credits")}  # from, until
TESTING = "    make test    # the same set-up, then every test\n"


def git(folder, *arguments):
    """The output of a git command, as bytes."""
    return subprocess.run(["git", *arguments], cwd=folder, check=True, stdout=subprocess.PIPE).stdout


def without(text, begin, end):
    """A text without what lies between two beginnings of lines; `end`, if any, stays."""
    head, _, rest = text.partition(f"\n{begin}")
    kept = rest[rest.index(f"\n{end}") :] if end else "\n"
    return head + kept


def fill(folder):
    """Replace the content of a folder, but its history, by the course's last commit."""
    for path in folder.iterdir():
        if path.name != ".git":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    with tarfile.open(fileobj=io.BytesIO(git(COURSE, "archive", "HEAD"))) as archive:
        kept = [each for each in archive if not any(f"{each.name}/".startswith(f"{name}/") for name in LEFT_OUT)]
        archive.extractall(folder, kept, filter="data")
    for name, lines in FOR_AUTHORS.items():
        path = folder / name
        path.write_text(without(path.read_text("utf-8"), *lines).replace(TESTING, ""), encoding="utf-8", newline="\n")


def main(folder):
    """Make the release, or its next version."""
    folder = Path(folder)
    if folder.exists() and not (folder / ".git").exists():
        sys.exit(f"{folder} exists, and is no release: move it away.")
    folder.mkdir(exist_ok=True)
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch", "main")
    if changed := git(COURSE, "status", "--porcelain", "--untracked-files=no").decode().strip():
        print(f"Not in it, because not committed: {', '.join(line.split()[-1] for line in changed.splitlines())}.")
    fill(folder)
    git(folder, "add", "--all")
    if not git(folder, "status", "--porcelain"):
        print(f"{folder}/ holds this version already.")
        return
    name, email, date = git(COURSE, "log", "-1", "--format=%an%n%ae%n%cs").decode().split("\n")[:3]
    author = ("-c", f"user.name={name}", "-c", f"user.email={email}")
    git(folder, *author, "commit", "--quiet", "--message", f"The course of {date}")
    print(f"{folder}/ holds the course of {date} without its model solutions: publish it, for students to clone.")


if __name__ == "__main__":
    main(sys.argv[1])
