"""A learner's work in a newer notebook, as a function of notebooks alone: no file and no repository is touched."""

import copy
import itertools
import re

from .matching import is_exercise, matched, name_of, text_of

COURSE_ID = re.compile(r"cell-\d+")  # ids of the course's cells; exercises and checks have ids of their own
LIVE = "application/vnd.jupyter.widget-view+json"


def merge(mine, course, base=None, former_texts=frozenset()):
    """A copy of the notebook `course` with the answers of `mine`, by exercise, and the learner's own cells in their places.

    `base`, if known, is the notebook that `mine` began as; what equals it counts as untouched. A learner's change in one of the
    course's own cells is kept below that cell. What an earlier version of the course delivered is told from a learner's own by
    `former_texts` or, without `base`, by its id; where neither is known, as in a copy without ids or history, both are kept.
    """
    merged, delivered = copy.deepcopy(course), (base or course).cells
    pairs, homes = matched(mine.cells, delivered), matched(delivered, merged.cells)
    there = _already_there(mine.cells, pairs, merged.cells, homes)
    place, own, taken = -1, {}, {cell.id for cell in merged.cells}  # place -1 is before the first of the course's cells
    for k, cell in enumerate(mine.cells):
        was = delivered[pairs[k]] if k in pairs else None
        home = there.get(k, homes.get(pairs.get(k)))
        place = place if home is None else home
        answers = home is not None and was is not None and is_exercise(was)
        if answers and text_of(cell) != text_of(was):
            _answer(merged.cells[home], cell.source)
        elif not answers and k not in there and _is_own(cell, was, delivered, base is not None, former_texts):
            own.setdefault(place, []).append(_as_own(cell, was, taken))
    cells = own.pop(-1, [])
    for j, cell in enumerate(merged.cells):
        cells += [cell, *own.get(j, [])]
    merged.cells = cells
    return merged


def put_back(cell, delivered):
    """Bring an exercise's cell back to its stub."""
    _answer(cell, delivered.source)


def _answer(cell, source):
    cell.source = source
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None


def _already_there(cells, pairs, newer, homes):
    """{position of a cell that was not delivered: position of the same text in the newer notebook, if no other is that}."""
    claimed = {homes.get(j) for j in pairs.values()}
    left = [k for k in range(len(cells)) if k not in pairs and not is_exercise(cells[k])]
    free = [j for j in range(len(newer)) if j not in claimed and not is_exercise(newer[j])]
    found = matched([cells[k] for k in left], [newer[j] for j in free])
    return {left[k]: free[j] for k, j in found.items() if text_of(cells[left[k]]) == text_of(newer[free[j]])}


def _is_own(cell, was, delivered, certain, former_texts):
    """Whether a cell that is no answer holds something of the learner's; `was` is how it was delivered, None if it was not."""
    if was is not None and text_of(cell) == text_of(was):
        return False
    if is_exercise(cell):  # a pasted copy, or an exercise that the newer notebook has no longer
        return all(text_of(cell) != text_of(each) for each in delivered if name_of(each) == name_of(cell))
    if text_of(cell) in former_texts:
        return False
    return certain or not (COURSE_ID.fullmatch(cell.id) or name_of(cell))


def _as_own(cell, was, taken):
    """A learner's cell as an ordinary one: no exercise, without live widgets, whose state stays behind, and with a free id."""
    cell = copy.deepcopy(cell)
    wanted = cell.id if was is None else f"{was.id}-mine"
    names = itertools.chain([wanted], (f"{wanted}-{k}" for k in itertools.count(2)))
    cell.id = next(name for name in names if name not in taken)
    taken.add(cell.id)
    for role in ("exercise", "nbgrader"):
        cell.metadata.pop(role, None)
    for output in cell.get("outputs", []):
        output.get("data", {}).pop(LIVE, None)
    return cell
