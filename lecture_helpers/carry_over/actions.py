"""What a learner can ask for: work carried from one file into another, the whole course updated, an exercise reset."""

import contextlib
from difflib import get_close_matches
from pathlib import Path

from . import files
from .matching import is_exercise, matched, name_of, text_of
from .merge import merge, put_back
from .repository import advance, course_folder, delivered, newest, notebook_at, versions


def carry_over(old, new, base=None):
    """Put the exercise cells and added cells of the notebook `old` into the notebook file `new`; copies of both are kept.

    `base`, if known, is the notebook that `old` began as: what equals it counts as untouched. Returns the copies' paths, of
    `old` and of `new`, or None if there was nothing to carry over. Raises ValueError, in one sentence, if a notebook cannot be
    read; then no file was changed.
    """
    mine, course = files.read(old), files.read(new)
    former_texts = set()
    for path in (old, new):
        with contextlib.suppress(RuntimeError):  # not every file lies in the course's repository
            folder = course_folder(Path(path).parent)
            former_texts |= _former_texts(folder, delivered(folder), path)
    merged = merge(mine, course, files.read(base) if base else None, former_texts)
    if files.as_text(merged) == files.as_text(course):
        return None
    kept = files.dated_copy(old), files.dated_copy(new)
    files.replace(new, merged)
    return kept


def update(folder="."):
    """Fetch the course's newest version and carry every notebook's work over; prints what it did.

    Commits of the learner's own stay: the newest version is then joined with them in a merge commit. Raises RuntimeError if
    there is no network, no repository of the course, or a changed file that is no notebook; then nothing was changed.
    """
    folder = course_folder(folder)
    base, upstream, worked_on = newest(folder)
    if base == upstream:
        print("This is the newest version already.")
        return
    merged = {path: _merged(folder, path, base, upstream) for path in worked_on}
    copies = {path: files.dated_copy(path) for path in worked_on}
    for path, kept in copies.items():
        print(f"{path.name}: a copy of your work is in copies/{kept.name}.", flush=True)
    advance(folder, base, upstream, merged, copies)
    print("The course is up to date" + (", and your work is in the newer notebooks." if worked_on else "."))


def _merged(folder, path, base, upstream):
    """The newer version of a learner's notebook with their work; their own file, if the newer course has no such notebook."""
    was, newer = (notebook_at(folder, revision, path) for revision in (base, upstream))
    return merge(files.read(path), newer, was, _former_texts(folder, base, path)) if newer else files.read(path)


def _former_texts(folder, revision, path):
    """The texts of a notebook's cells that the course delivered once and, at this revision, delivers no longer."""
    found = versions(folder, revision, path)
    now, *before = [{text_of(cell) for cell in each.cells if not is_exercise(cell)} for each in found] or [set()]
    return set().union(*before) - now


def reset(name, exercise=None):
    """Bring a notebook, or one exercise of it, back to how the course delivers it; returns the path of the dated copy.

    `name` is a notebook's path, or that of an exercise, which is then looked for in all notebooks. An exercise may be named in
    full, or by what follows the number: "01_slide" or "slide". Raises ValueError if it is unknown, RuntimeError if the
    course's version cannot be found.
    """
    if exercise is None and Path(name).suffix != ".ipynb":
        notebooks = sorted((course_folder(".") / "notebooks").glob("*.ipynb"))
        return reset(*_named({path: _delivered(path) for path in notebooks}, name))
    path = Path(name)
    course, mine = _delivered(path), files.read(path)
    if exercise is not None:
        course = _with_stub(mine, course, _named({path: course}, exercise)[1])
    kept = files.dated_copy(path)
    files.replace(path, course)
    return kept


def _delivered(path):
    """A notebook as the course delivers it."""
    folder = course_folder(path.parent)
    course = notebook_at(folder, delivered(folder), path)
    if course is None:
        raise ValueError(f"{path.name} is no notebook of the course, so there is nothing to reset it to.")
    return course


def _with_stub(mine, course, exercise):
    """The learner's notebook, with one exercise as it was delivered."""
    for k, j in matched(mine.cells, course.cells).items():
        if is_exercise(course.cells[j]) and name_of(course.cells[j]) == exercise:
            put_back(mine.cells[k], course.cells[j])
            return mine
    raise ValueError(f"The cell of exercise {exercise} is not there any more: reset the whole notebook, which keeps a copy.")


def _named(notebooks, wanted):
    """The path and the full name of the one exercise that is called so. Raises ValueError, with those that may be meant."""
    known = [(path, name_of(cell)) for path, course in notebooks.items() for cell in course.cells if is_exercise(cell)]
    found = [(path, name) for path, name in known if wanted in (name, name.partition("_")[2])]
    if len(found) == 1:
        return found[0]
    if found:
        raise ValueError(f"{wanted!r} may be {' or '.join(name for _, name in found)}: name one of them.")
    where = next(iter(notebooks)).name if len(notebooks) == 1 else "The course"
    names = [name for _, name in known]
    short = {name.partition("_")[2]: name for name in names}
    near = [short[each] for each in get_close_matches(wanted.lstrip("0123456789_"), short, n=5, cutoff=0.5)]
    raise ValueError(f"{where} has no exercise {wanted!r}; it has {', '.join(near or names)}.")
