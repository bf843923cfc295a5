"""A picture as a whole: a title, bands, lines, and what is said of every step; what it shows at a time, and says in words."""

from typing import NamedTuple

from ..words import plain
from .cells import Band, Line, visible


class Caption(NamedTuple):
    """What is said of a step, as spans (text, role): the question, the answer, and what a learner may type as one."""

    question: tuple[tuple[str, str], ...]
    answer: tuple[tuple[str, str], ...] = ()
    expected: str = ""

    @property
    def asked(self):
        """The spans at the stop that asks."""
        return (*self.question, ("?", "")) if self.answer else self.question

    @property
    def answered(self):
        """The spans at the stop that answers."""
        return (*self.question, *self.answer)


class Scene(NamedTuple):
    """A title, bands of cells, lines between them, and a caption for every step."""

    title: str
    bands: tuple[Band, ...]
    captions: tuple[Caption, ...]
    lines: tuple[Line, ...] = ()
    beats: int = 2  # stops of a step: asked and answered, or only one
    ask: tuple[int, ...] = ()  # the steps, from 0, at which a player stops to ask
    cell: int = 40  # the least height and width of a cell, in px; a wide scene has narrower ones

    @property
    def steps(self):
        """The number of steps."""
        return len(self.captions)

    @property
    def last(self):
        """The time of the last stop."""
        return self.answered(self.steps - 1)

    def asked(self, step):
        """The time at which a step, from 0, asks."""
        return self.beats * step

    def answered(self, step):
        """The time at which a step, from 0, is answered."""
        return self.beats * step + self.beats - 1

    def frame(self, time):
        """The cells visible at a time, where they are then: one tuple per band."""
        return tuple(tuple(_at(band, cell, time) for cell in band.cells if visible(cell, time)) for band in self.bands)

    def summary(self, answers=True):
        """The picture in words: its title, and each band once, with its finished values, as lines; or with no answers."""
        shown = [band for band in self.bands if band.label and (band.values or not answers)]
        return [self.title, *(f"{band.name()}: {band.values}" if _said(band, answers) else band.name() for band in shown)]

    def text(self):
        """The storyboard: the summary, then one line per step."""
        steps = (
            [f"{k}. {plain(caption.answered)}" for k, caption in enumerate(self.captions, 1)]
            if self.steps > 1 or self.last
            else []
        )
        return "\n".join([*filter(None, self.summary()), *steps])

    def blank(self):
        """The scene as a worksheet: empty answers, and questions only."""
        captions = tuple(Caption(caption.question) for caption in self.captions)
        return self._replace(bands=tuple(band.blank() for band in self.bands), captions=captions)


def _at(band, cell, time):
    rows, columns = band.shift(time)
    return cell._replace(row=cell.row + rows, column=cell.column + columns) if rows or columns else cell


def _said(band, answers):
    return band.values and (answers or not band.answer)
