"""What a picture is made of: cells with the moments at which they are visible, in labelled bands, with captions."""

from typing import NamedTuple

import numpy as np

from ..words import number


class Cell(NamedTuple):
    """One cell of a band: where it stands, what it shows, and from which moment until before which one."""

    row: int
    column: int
    text: str = ""
    box: str = ""  # a key of palette.BOXES; without one, only the text is drawn
    note: str = ""  # the index, in small type under the box
    since: int = 0
    until: int | None = None  # None: it stays
    of: tuple = ()  # what it shows of a layer: ("input", p), ("kernel", a), ("output", q) or ("link", q, p), all in C order


class Band(NamedTuple):
    """A labelled block of cells; `values` is its finished content as text, `answer` says that a worksheet leaves it blank."""

    label: str
    cells: tuple[Cell, ...]
    values: str = ""
    answer: bool = False

    def blank(self):
        """The band as a worksheet shows it."""
        return self._replace(cells=tuple(cell._replace(text="") for cell in self.cells), values="") if self.answer else self


class Scene(NamedTuple):
    """A title, bands of cells, and one caption per moment; a question is a caption as a worksheet prints it."""

    title: str
    bands: tuple[Band, ...]
    captions: tuple[str, ...]
    questions: tuple[str, ...] = ()
    beside: bool = False  # grids beside one another, instead of rows on common columns

    @property
    def steps(self):
        """The number of steps after the start."""
        return len(self.captions) - 1

    def frame(self, moment):
        """The cells visible at one moment: one tuple per band."""
        return tuple(tuple(cell for cell in band.cells if visible(cell, moment)) for band in self.bands)

    def summary(self):
        """The finished picture in words: its title, and each row once with its values, as lines."""
        return [self.title, *(f"{band.label}: {band.values}" for band in self.bands if band.values)]

    def text(self):
        """The storyboard: the summary, then one line per step."""
        return "\n".join([*self.summary(), *(f"{t}. {caption}" for t, caption in enumerate(self.captions) if t)])

    def blank(self):
        """The scene as a worksheet: empty answers, and questions instead of captions."""
        return self._replace(bands=tuple(band.blank() for band in self.bands), captions=self.questions or self.captions)


def visible(cell, moment):
    """Whether a cell is shown at a moment."""
    return cell.since <= moment and (cell.until is None or moment < cell.until)


def life(step, last):
    """The moments of what belongs to a step, from 0: until the next one; the first is there from the start, the last stays."""
    return dict(since=step + 1 if step else 0, until=step + 2 if step < last else None)


def running_sums(position, terms, moments, done):
    """The number in one cell: the sum so far from each moment at which a term comes; without terms, 0 from `done` on."""
    if not terms:
        return [Cell(*position, "0", since=done)]
    ends = [*moments[1:], None]
    sums = zip(np.cumsum(terms), moments, ends)
    return [Cell(*position, number(total), since=since, until=until) for total, since, until in sums if since != until]


def answer_scene(rows, lit):
    """The scene of a learner's answer, rows of texts; `lit` is the (row, column) of the cell in question, or None."""
    cells = [
        Cell(r, c, text, "output", str(c) if r == len(rows) - 1 else "")
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    if lit is not None:
        cells.append(Cell(*lit, box="output-lit"))
    return Scene("", (Band("your answer" + (", with one cell lit" if lit is not None else ""), tuple(cells)),), ("",))
