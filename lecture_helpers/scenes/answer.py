"""Answers as rows of cells, or as grids, one below another, with cells marked."""

from .cells import Band, Cell
from .scene import Caption, Scene


def answer_scene(answers):
    """The scene of some answers, each (label, rows of texts, the (row, column) of every marked cell)."""
    bands, top = [], 0
    for label, rows, marked in answers:
        bands.append(_band(label, rows, set(marked), top))
        top += len(rows) + 1.4
    return Scene("", tuple(bands), (Caption(()),), beats=1)


def _band(label, rows, marked, top):
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            note = str(c) if r == len(rows) - 1 else ""
            cells.append(Cell(top + r, c, text, "wrong" if (r, c) in marked else "output", note))
    return Band(label, "", tuple(cells), corner=(top, 0), side="above")
