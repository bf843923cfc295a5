"""Where the cells of a scene stand."""

from typing import NamedTuple

from .. import palette
from ..scenes import Cell

CELL = 30
LABEL, NOTE, GAP = 19, 14, 8  # heights: of a band's label, of the indices under its cells, of the space below it
MARGIN = 10
PAGE, NARROWEST = 660, 520  # natural widths; shrunk to 550 px, the smallest type still measures 9 px
SMALLEST_TEXT = 9


class Placed(NamedTuple):
    """A cell and the position of its top left corner."""

    x: int
    y: int
    cell: Cell


class Layout(NamedTuple):
    """Where cells go. A scene wider than the page wraps into several lines of `columns` columns, like lines of music."""

    cell: int  # a cell's width
    first: int  # the leftmost column
    columns: int
    lines: int
    corners: tuple[tuple[int, int], ...]  # of each band's cells within a line: left, top
    line: int  # a line's height
    width: int

    @property
    def height(self):
        """The height of all lines."""
        return self.lines * self.line

    def place(self, scene):
        """All cells of a scene with their positions."""
        return [item for band in self.place_bands(scene) for item in band]

    def place_bands(self, scene):
        """The cells of each band with their positions."""
        for band, (left, top) in zip(scene.bands, self.corners):
            lines = [divmod(cell.column - self.first, self.columns) for cell in band.cells]
            yield [
                Placed(left + column * self.cell, line * self.line + top + cell.row * CELL, cell)
                for (line, column), cell in zip(lines, band.cells)
            ]


def lay_out(scene, narrowest=NARROWEST, widest=PAGE):
    """Choose the cells' width for the longest number, and place the bands so that no page is too narrow."""
    letters = max(len(cell.text) for band in scene.bands for cell in band.cells)
    cell = max(CELL, 8 + round(palette.DIGIT * palette.CELL_TEXT * letters))
    return _beside(scene, cell) if scene.beside else _stacked(scene, cell, narrowest, widest)


def _stacked(scene, cell, narrowest, widest):
    """Rows above one another on common columns; what is wider than a page wraps into several lines."""
    taken = [each.column for band in scene.bands for each in band.cells]
    first, span = min(taken), max(taken) - min(taken) + 1
    columns = min(span, (widest - 2 * MARGIN) // cell)
    corners, top = [], 0
    for band in scene.bands:
        corners.append((MARGIN, top + LABEL))
        top += _height(band)
    width = min(widest, max(2 * MARGIN + max(columns * cell, *map(_label_width, scene.bands)), narrowest))
    return Layout(cell, first, columns, -(-span // columns), tuple(corners), top, width)


def _beside(scene, cell):
    """Grids beside one another, in as many rows as a page needs."""
    corners, left, top, bottom = [], MARGIN, 0, 0
    for band in scene.bands:
        width = max(cell * (1 + max(each.column for each in band.cells)), _label_width(band))
        if left + width > PAGE - MARGIN and left > MARGIN:
            left, top = MARGIN, bottom
        corners.append((left, top + LABEL))
        left, bottom = left + width + 3 * GAP, max(bottom, top + _height(band))
    return Layout(cell, 0, 1000, 1, tuple(corners), bottom, PAGE)


def _height(band):
    """The height of a band with its label, and with its indices if it has any."""
    notes = NOTE if any(cell.note for cell in band.cells) else 0
    return LABEL + CELL * (1 + max(cell.row for cell in band.cells)) + notes + GAP


def _label_width(band):
    return palette.width_of(band.label, palette.LABEL_TEXT)
