"""The course's git repository: what is newer, what the learner changed, and one step to the newest version or none."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from . import files


def git(folder, *arguments):
    """What a git command prints. Raises RuntimeError with all that git says, which often names the remedy."""
    if shutil.which("git") is None:
        raise RuntimeError("This needs git, and finds none: install it (https://git-scm.com/downloads), or add it to the PATH.")
    options = dict(cwd=folder, capture_output=True, encoding="utf-8", errors="surrogateescape")
    done = subprocess.run(["git", *arguments], env=os.environ | {"LC_ALL": "C"}, **options)
    if done.returncode == 0:
        return done.stdout
    said = done.stderr.strip() or "no reason given"
    if "not a git repository" in said:
        raise RuntimeError(
            "This copy was not made with git clone, so there is nothing to update it or reset it from: clone the course, "
            "and bring your work into it with `python -m lecture_helpers.carry_over OLD.ipynb NEW.ipynb`."
        )
    raise RuntimeError(f"`git {arguments[0]}` failed; nothing was changed. Git says:\n\n{said}")


def course_folder(folder):
    """The top of the course's own repository. Raises RuntimeError if the folder lies in somebody else's."""
    top = Path(git(folder, "rev-parse", "--show-toplevel").strip())
    if not git(top, "ls-files", "--", "lecture_helpers/__init__.py"):
        raise RuntimeError(
            f"This copy of the course lies inside another repository, {top}, which was left alone: clone the course to a place "
            "of its own, and bring your work into it with `python -m lecture_helpers.carry_over OLD.ipynb NEW.ipynb`."
        )
    return top


def newest(folder):
    """Fetch; where the learner's history left the course's, the newest version, and the notebooks that the learner changed."""
    git(folder, "fetch", "--quiet", "origin")
    upstream = _upstream(folder)
    base = git(folder, "merge-base", "HEAD", upstream).strip()
    uncommitted, changed = _changes(folder, "HEAD"), _changes(folder, base)
    added = _changes(folder, "--diff-filter=A", base, "HEAD")  # the learner's own files, committed
    notebooks = [name for name in changed if re.fullmatch(r"notebooks/[^/]+\.ipynb", name)]
    other = ({*changed} - {*added} | {*uncommitted}) - {*notebooks}
    if other:
        raise RuntimeError(f"{min(other)} was changed here, and it is no notebook: undo that, or update with git, by hand.")
    return base, upstream, [folder / name for name in notebooks if (folder / name).exists()]


def delivered(folder):
    """The course's newest version that is in here, without commits of the learner's own."""
    try:
        return git(folder, "merge-base", "HEAD", _upstream(folder)).strip()
    except RuntimeError:  # no remote repository, as in a teacher's own
        return "HEAD"


def notebook_at(folder, revision, path):
    """A notebook of the repository at a revision; None if there is none."""
    name = _name(folder, path)
    if not git(folder, "ls-tree", revision, "--", name):
        return None
    return files.parse(git(folder, "show", f"{revision}:{name}"))


def versions(folder, revision, path):
    """The versions of a notebook up to a revision, at most a hundred, the newest one first."""
    changes = git(folder, "log", "--format=%H", "--max-count=100", revision, "--", _name(folder, path)).split()
    return list(filter(None, (notebook_at(folder, revision, path) for revision in changes)))


def _name(folder, path):
    """A file's name in the repository."""
    return Path(path).resolve().relative_to(Path(folder).resolve()).as_posix()


def advance(folder, base, upstream, merged, copies):
    """Bring the repository to the newest version, with the merged notebooks; if that fails, everything is as it was before."""
    head = git(folder, "rev-parse", "HEAD").strip()
    try:
        git(folder, "reset", "--quiet", "--hard", head)
        if base == head:
            git(folder, "merge", "--quiet", "--ff-only", upstream)
        else:
            git(folder, "read-tree", "-m", "-u", "--aggressive", base, "HEAD", upstream)
        for path, notebook in merged.items():
            files.replace(path, notebook)
        if base != head:
            _commit_merge(folder, upstream, merged)
    except BaseException:
        git(folder, "reset", "--quiet", "--hard", head)
        for path, kept in copies.items():
            shutil.copy2(kept, path)
        raise


def _upstream(folder):
    """The newest version that was fetched: of the branch that this one follows or, if it follows none, of the course's main."""
    try:
        return git(folder, "rev-parse", "@{upstream}").strip()
    except RuntimeError as problem:
        try:
            return git(folder, "rev-parse", "refs/remotes/origin/HEAD").strip()
        except RuntimeError:
            raise problem from None


def _changes(folder, *what):
    """The names of the files that `git diff` finds."""
    return [name for name in git(folder, "diff", "--name-only", "-z", *what).split("\0") if name]


def _commit_merge(folder, upstream, paths):
    """Commit a merge of the learner's commits with the newest version: what git merged file by file, and these notebooks."""
    for path in paths:
        git(folder, "add", "--", str(path))
    tree = git(folder, "write-tree").strip()
    message = "Update the course, with the work in its notebooks carried over"
    commit = git(folder, *_author(folder), "commit-tree", "-p", "HEAD", "-p", upstream, "-m", message, tree)
    git(folder, "update-ref", "HEAD", commit.strip())


def _author(folder):
    """Options that name an author where git knows none, as on a hub."""
    try:
        git(folder, "config", "user.email")
    except RuntimeError:
        return ["-c", "user.name=Learner", "-c", "user.email=learner@localhost"]
    return []
