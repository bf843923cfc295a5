"""Which cell of one notebook is which of another: by exercise, by text, by id, and an answer by the check below it.

Ids alone do not do: some programs write none, others make new ones at every saving, and the course counts its cells anew.
A text is enough, since no two cells of a notebook of the course have the same (tested).
"""


def name_of(cell):
    """The name of an exercise or of its check, as long as no program has dropped the cell's metadata; else None."""
    return cell.metadata.get("exercise") or cell.metadata.get("nbgrader", {}).get("grade_id")


def is_exercise(cell):
    return "exercise" in cell.metadata


def text_of(cell):
    """A cell's text as it is compared: line ends and blanks at the ends of lines, which programs change, do not count."""
    return "\n".join(line.rstrip() for line in cell.source.splitlines()).strip()


def matched(cells, others):
    """{position in `cells`: position in `others`}, each at most once. Where a learner pasted copies of an exercise, it is the
    cell that was delivered, or else the first that holds more than the stub."""
    pairs = {}
    stubs = {name_of(cell): text_of(cell) for cell in others if is_exercise(cell)}

    def answered(cell):
        return name_of(cell) if text_of(cell) != stubs.get(name_of(cell)) else None

    _pair(pairs, cells, others, lambda cell: name_of(cell) and (name_of(cell), cell.id))
    _pair(pairs, cells, others, answered, name_of)
    _pair(pairs, cells, others, text_of)
    _pair(pairs, cells, others, lambda cell: cell.id)
    _pair_answers(pairs, cells, others)
    return pairs


def _pair(pairs, cells, others, key, other_key=None):
    """Add pairs of cells that have the same key, in their order, among those without a partner; None is no key."""
    free = {}
    for j in sorted({*range(len(others))} - {*pairs.values()}):
        free.setdefault((other_key or key)(others[j]), []).append(j)
    for k in sorted({*range(len(cells))} - pairs.keys()):
        found = free.get(key(cells[k])) if key(cells[k]) else None
        if found:
            pairs[k] = found.pop(0)


def _pair_answers(pairs, cells, others):
    """Add the code cells that stand right above the check of an exercise that was not found: their metadata were dropped."""
    for k, j in sorted(pairs.items()):
        above = k - 1 not in pairs and k > 0 and cells[k - 1].cell_type == "code"
        if above and j > 0 and is_exercise(others[j - 1]) and j - 1 not in pairs.values():
            pairs[k - 1] = j - 1
