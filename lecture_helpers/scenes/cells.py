"""What a picture is made of: cells and lines with the times at which they are visible, in labelled bands, with captions.

Time t runs from one stop to the next. A step that asks has two stops: asked at 2k, answered at 2k + 1; in a scene that computes
nothing, step k has one stop, at k. What has a fraction of a time belongs to the motion between two stops, never to a stop.
"""

from typing import NamedTuple

QUICK = 0.25  # the share of the way between two stops in which something appears or vanishes


class Cell(NamedTuple):
    """One cell of a picture: where it stands, in cells, what it shows, and from which time until before which one."""

    row: float
    column: float
    text: str = ""
    box: str = ""  # a key of palette.BOXES; without one, only the text is drawn, on the card
    note: str = ""  # the index, in small type beside the box
    under: str = ""  # in small type within the box: the index of a tap, or what a zero is; a blank leaves room for it
    since: float = 0
    until: float | None = None  # None: it stays
    of: tuple = ()  # what it shows of a layer: ("input", p), ("kernel", a), ("output", q) or ("link", q, p), all in C order
    size: tuple[float, float] = (1, 1)  # height and width, in cells
    tone: str = ""  # the colour of a text without a box, a key of palette.CARD

    def left(self):
        """Its leftmost column."""
        return self.column

    def looks(self, columns):
        """What two that look the same have in common, so many columns further right: what is drawn, and its delay on the way."""
        place, delay = (self.row, self.column + columns), round(self.since % 1, 2)
        return place, delay, self.text, self.box, self.under, self.size, self.tone

    def shifted(self, columns):
        """The same cell, so many columns further right."""
        return self._replace(column=self.column + columns)


class Line(NamedTuple):
    """A line from one point to another, in cells: a wire, a hop of a parameter, a cut."""

    start: tuple[float, float]
    end: tuple[float, float]
    look: str  # a key of palette.CARD
    shape: str = "wire"  # leaves and arrives upright; "hop" is an arc, "line" is straight
    width: float = 1
    arrow: bool = False
    since: float = 0
    until: float | None = None

    def left(self):
        """Its leftmost column."""
        return min(self.start[1], self.end[1])

    def looks(self, columns):
        """What two that look the same have in common, so many columns further right: what is drawn, and its delay on the way."""
        (row, column), (end_row, end) = self.start, self.end
        places = (row, column + columns), (end_row, end + columns)
        return places, round(self.since % 1, 2), self.look, self.shape, self.width, self.arrow

    def shifted(self, columns):
        """The same line, so many columns further right."""
        (row, column), (end_row, end) = self.start, self.end
        return self._replace(start=(row, column + columns), end=(end_row, end + columns))


class Band(NamedTuple):
    """A labelled row or block of cells; `values` is its content as text; of an `answer`, a worksheet has the boxes only."""

    label: str
    about: str  # more on it, in small type under the label
    cells: tuple[Cell, ...]
    values: str = ""
    answer: bool = False
    corner: tuple[float, float] = (0, 0)  # where the label belongs, in cells
    side: str = "left"  # of the label: "left" or "above"
    notes: str = "below"  # where the indices stand: "below", "above", "left" or "right"
    moves: tuple[tuple[float, float, float], ...] = ()  # (t, rows, columns): all of it glides so far on its way to time t
    role: str = ""  # the colour of its label, a key of palette.CARD
    which: str = ""  # of the two rows of a layer, in the storyboard: "long row" or "short row"; empty if they are equally long
    square: bool = False  # its columns, counted from its corner, are as wide as its rows are high

    def blank(self):
        """The band as a worksheet shows it."""
        return self._replace(cells=tuple(cell._replace(text="") for cell in self.cells), values="") if self.answer else self

    def name(self):
        """The label with what is said about it, on one line."""
        which = f" ({self.which})" if self.which else ""
        return " · ".join(filter(None, (f"{self.label}{which}", self.about))).replace("\u00a0", " ")

    def shift(self, time):
        """How far it has glided at a stop, in rows and columns."""
        passed = [move for move in self.moves if move[0] <= time]
        return sum(rows for _, rows, _ in passed), sum(columns for _, _, columns in passed)


def visible(item, time):
    """Whether a cell or a line is shown at a time."""
    return item.since <= time and (item.until is None or time < item.until)


def life(step, steps, beats=2):
    """The times of what belongs to a step, asked and answered: the first is there from the start, the last stays."""
    return dict(since=beats * step, until=beats * (step + 1) - 1 + QUICK if step < steps - 1 else None)


def only_asked(step):
    """The times of what gives way to the answer."""
    return dict(since=2 * step, until=2 * step + 1)
