"""Where everything stands, laid out once: cells, lines, labels, title and captions, and the spots that can be pointed at."""

import textwrap
from typing import NamedTuple

from .. import palette
from ..scenes import Scene
from .wrapping import MARGIN, height_of, wrap

WIDEST, NARROWEST = 760, 360  # of a picture, in px
LEAST = 28  # width of a cell
BELOW = 10
ABOUT = 19  # letters in a line under a label


class Layout(NamedTuple):
    """The units of a picture, and where its first row and column begin, in px."""

    scene: Scene
    across: float  # the width of a cell
    down: float  # its height
    left: float
    top: float
    width: int
    height: int  # of everything but the captions
    title: tuple[str, ...]

    def x(self, column):
        """Where a column begins."""
        return round(self.left + column * self.across, 1)

    def y(self, row):
        """Where a row begins."""
        return round(self.top + row * self.down, 1)

    def spots(self):
        """Where the cells are that show something of a layer: (band, x, y, width, height, cell), for every place they take."""
        for band in self.scene.bands:
            for cell in band.cells:
                for place in _places(band, cell) if cell.of else ():
                    height, width = (size * unit for size, unit in zip(place.size, (self.down, self.across)))
                    yield band, self.x(place.column), self.y(place.row), width, height, place


def lay_out(scene):
    """Choose the cells' width for the columns and the longest number of a scene, and leave room for its labels."""
    rows, columns = _extent(scene)
    left = max([0, *(_overhang(band, columns[0]) for band in scene.bands if band.side == "left" and band.label)])
    wanted = max((_needed(cell) for band in scene.bands for cell in band.cells if cell.box), default=0)
    span = columns[1] - columns[0]
    across = max(wanted, min(scene.cell, max(LEAST, (WIDEST - left - 2 * MARGIN) / span)))
    across, down = round(across), max(40, min(scene.cell, round(across)))
    if any(band.square for band in scene.bands):
        scene = scene._replace(bands=tuple(_squared(band, down / across) if band.square else band for band in scene.bands))
        rows, columns = _extent(scene)
    span = columns[1] - columns[0]
    width = round(
        max(
            NARROWEST,
            MARGIN + left + span * across + MARGIN,
            *(_above_room(band, left - columns[0] * across, across) for band in scene.bands),
        )
    )
    title = wrap(scene.title, palette.TITLE_TEXT, width, palette.BOLD) if scene.title else ()
    head = MARGIN + height_of(title, palette.TITLE_TEXT) + BELOW
    shift = MARGIN + left - columns[0] * across
    height = head + (rows[1] - rows[0]) * down + BELOW
    return Layout(scene, across, down, shift, round(head - rows[0] * down, 1), width, round(height), title)


def _squared(band, ratio):
    """A band with columns as wide as its rows are high, when `ratio` of the picture's columns are as wide as that."""
    first = band.corner[1]
    cells = (
        cell._replace(column=first + (cell.column - first) * ratio, size=(cell.size[0], cell.size[1] * ratio))
        for cell in band.cells
    )
    return band._replace(cells=tuple(cells), square=False)


def about_lines(band):
    """What is said under a label on the left, in short lines."""
    return textwrap.wrap(band.about, ABOUT)


def label_room(band):
    """The width that a label on the left takes, with the gap to its row."""
    label = palette.width_of(band.label, palette.LABEL_TEXT, palette.BOLD)
    about = max((palette.width_of(line, palette.NOTE_TEXT) for line in about_lines(band)), default=0)
    notes = 22 if band.notes == "left" else 14
    return max(label, about) + notes if band.label else 0


def _overhang(band, first):
    """How far a label on the left reaches beyond the first column of the scene."""
    return label_room(band) - (min(0, *(cell.column for cell in band.cells)) - first) * LEAST


def _above_room(band, start, across):
    """The right end of a label above its row; column 0 begins at `start`."""
    room = palette.width_of(band.label, palette.LABEL_TEXT, palette.BOLD) + palette.width_of(
        f" · {band.about}", palette.NOTE_TEXT
    )
    return 2 * MARGIN + start + band.corner[1] * across + room if band.side == "above" and band.label else 0


def _needed(cell):
    """The width of a column that a cell's texts need."""
    small = palette.NOTE_TEXT if "×" in cell.text else palette.CELL_TEXT
    text = 8 + palette.width_of(cell.text, small, palette.DIGIT) if cell.text else 0
    under = 4 + palette.width_of(cell.under, palette.NOTE_TEXT, palette.DIGIT) if cell.under else 0
    return max(text, under) / cell.size[1]


def _extent(scene):
    """The rows and the columns that a scene takes, with room for indices and labels."""
    rows, columns = [], []
    for band in scene.bands:
        for cell in band.cells:
            for place in _places(band, cell):
                rows += [place.row, place.row + place.size[0]]
                columns += [place.column, place.column + place.size[1]]
                columns += _overflow(scene, place) if cell.tone else []
        if any(cell.note for cell in band.cells):
            notes = [cell.row for cell in band.cells if cell.note]
            rows += {"above": [min(notes) - 0.45], "below": [max(notes) + 1.45]}.get(band.notes, [])
            columns += {"right": [max(cell.column + 1.7 for cell in band.cells)]}.get(band.notes, [])
        if band.label and band.side == "above":
            rows.append(band.corner[0] - (0.95 if band.notes == "above" else 0.6))
    for line in scene.lines:
        (row, column), (other_row, other) = line.start, line.end
        bow = min(1.0, abs(other - column) / 3) * {"hop": -1, "hop-below": 1}.get(line.shape, 0)
        rows += [row, other_row, row + bow]
        columns += [column, other]
    return (min(rows), max(rows)), (min(columns), max(columns))


def _overflow(scene, cell):
    """The columns that a text on the card reaches, which no box holds."""
    half = palette.width_of(cell.text, palette.CELL_TEXT) / scene.cell / 2
    middle = cell.column + cell.size[1] / 2
    return [middle - half, middle + half]


def _places(band, cell):
    """A cell at every place that it takes, with the times at which it is there."""
    if not band.moves:
        return [cell]
    times = [cell.since, *(time for time, _, _ in band.moves), cell.until]
    places, row, column = [], cell.row, cell.column
    for k, since in enumerate(times[:-1]):
        if k:
            row, column = row + band.moves[k - 1][1], column + band.moves[k - 1][2]
        places.append(cell._replace(row=row, column=column, since=since, until=times[k + 1]))
    return places
