"""What a check says, as text and as HTML."""

from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np

from ..scenes import layer_of
from ..svg import badge
from .drawing import as_html, picture_of, picture_of_situation
from .wording import in_words

HEADINGS = {
    "correct": "✓ Correct.",
    "diagnosed": "✗ Not yet.",
    "wrong": "✗ Not yet.",
    "error": "! This could not be judged.",
    "not attempted": "○ Not attempted yet.",
}
LOOKS = {"correct": "output-done", "diagnosed": "wrong", "wrong": "wrong", "error": "wrong"}
NO_ANSWER = ...


class NotCorrect(AssertionError):
    """What a check raises where nbgrader runs it; IPython, and so the feedback page, shows its message alone."""

    def _render_traceback_(self):
        return [str(self)]


@dataclass(frozen=True)
class Verdict:
    """What a check says. `status` is "correct", "diagnosed", "wrong", "error" or "not attempted"."""

    status: str
    message: str
    misconception: str = ""
    answer: Any = NO_ANSWER  # the learner's answer to the case in question
    lit: tuple[int, ...] | None = None  # its first wrong cell
    printed: str = ""  # by the learner's code, in the first case
    layer: tuple | None = None  # (x, kernel, transposed, params) of the case in question, if a picture of it helps
    way_on: str = ""  # how to get a hint

    def __repr__(self):
        words = "" if self.answer is NO_ANSWER else f"Your answer: {in_words(self.answer, *self._ringed())}"
        printed = f"Your code printed, in the first case:\n{self.printed}" if self.printed else ""
        first = f"{HEADINGS[self.status]} {self.message}".rstrip()
        return "\n".join(filter(None, (first, words, self._situation(), printed, self.way_on)))

    def _repr_mimebundle_(self, include=None, exclude=None):
        printed = f"<p>Your code printed, in the first case:</p><pre>{escape(self.printed)}</pre>" if self.printed else ""
        words = self._situation()
        picture = picture_of_situation(self.layer, self.lit, words) if words else ""
        parts = (f"{self._heading()} {as_html(self.message)}", picture or as_html(words), as_html(self.way_on))
        said, situation, way_on = (f"<p>{part}</p>" if part else "" for part in parts)
        return {"text/html": f"{said}{self._shown()}{situation}{printed}{way_on}", "text/plain": repr(self)}

    def _heading(self):
        """The status in words, on a tint of its colour."""
        heading = HEADINGS[self.status]
        return badge(heading, LOOKS[self.status]) if self.status in LOOKS else f"<b>{heading}</b>"

    def _shown(self):
        """The learner's answer: as a picture of its cells, or else in words."""
        if self.answer is NO_ANSWER:
            return ""
        ringed = self._ringed()
        label = "your answer, with one cell marked" if ringed else "your answer"
        words = escape(in_words(self.answer, *ringed))
        return picture_of({label: self.answer}, {label: ringed}) or f"<p>Your answer: <code>{words}</code></p>"

    def _ringed(self):
        return [self.lit] if self.lit else []

    def _situation(self):
        return situation(self.layer, self.lit) if self.layer and self.lit else ""


def situation(layer, cell):
    """Who is read for an output cell of a layer (x, kernel, transposed, params), and through which tap, without the result.

    Empty where there is nothing to say: for what cannot be drawn, and for a cell that the layer does not have.
    """
    x, kernel, transposed, params = layer
    try:
        layer = layer_of(x, kernel, transposed=transposed, **params)
        links = layer.by_output[np.ravel_multi_index(cell, layer.y.shape)]
    except ValueError:
        return ""
    read = [(layer.name("x", layer.input_of(link)), layer.name("κ", link.tap)) for link in links if link.cell is not None]
    joined = ", ".join(f"{x} through {tap}" for x, tap in read)
    return f"y[{', '.join(map(str, cell))}] gets {joined or 'nothing'}."
