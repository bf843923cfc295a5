"""A scene with everything that is laid out once: its cells and spots, its title and its captions, a smaller scene below it."""

import re
import textwrap
from typing import NamedTuple

from .. import palette
from ..scenes import Scene
from .layout import CELL, GAP, LABEL, MARGIN, NARROWEST, Layout, lay_out

TALLEST_BELOW = 450  # of a scene that is drawn below another one


class Page(NamedTuple):
    """A scene with everything that is laid out once: its cells, its lines of text, and a smaller scene in step below it."""

    scene: Scene
    layout: Layout
    title: tuple[str, ...]
    captions: tuple[tuple[str, ...], ...]
    below: Scene | None = None
    small: Layout | None = None  # of the scene below, which is shrunk by `scale`
    scale: float = 1

    @property
    def top(self):
        """Where the bands begin, below the title."""
        return MARGIN + height_of(self.title, palette.TITLE_TEXT) + GAP // 2

    @property
    def bottom(self):
        """The height of bands and captions."""
        return self.layout.height + LABEL + max(height_of(lines, palette.CAPTION_TEXT) for lines in self.captions)

    @property
    def height(self):
        """The height of everything below the title."""
        return self.bottom + (round(LABEL + (self.small.height - LABEL) * self.scale) if self.below else 0)

    @property
    def shift(self):
        """Where the scene below begins, in the units of the page."""
        return self.bottom + LABEL * (1 - self.scale)

    def spots(self):
        """Where the cells are: a list of (band, x, y, width, height, cell), in the units of the page."""
        found = list(_spots(self.scene, self.layout, self.top, 1))
        return found + (list(_spots(self.below, self.small, self.top + self.shift, self.scale)) if self.below else [])


def arrange(scene, below=None, narrowest=NARROWEST):
    """Lay out a scene with its texts, and with `below`, a band in step, shrunk to its width."""
    layout = lay_out(scene, narrowest)
    title = wrap(scene.title, palette.TITLE_TEXT, layout.width, palette.BOLD) if scene.title else ()
    captions = tuple(wrap(caption, palette.CAPTION_TEXT, layout.width) for caption in scene.captions)
    if below is None:
        return Page(scene, layout, title, captions)
    small = lay_out(below, narrowest=0, widest=10**6)
    scale = min(1, layout.width / small.width, TALLEST_BELOW / small.height)
    return Page(scene, layout, title, captions, below, small, scale)


def wrap(text, size, width, letter=palette.PROSE):
    """A text broken into lines; `letter` is the average width of a letter, as a share of its size."""
    joined = re.sub(
        r" (=) |(?<=[a-z]) (?=[\d(])", lambda gap: gap.group().replace(" ", "\0"), text
    )  # "= 7" and "stride 2" stay together
    lines = textwrap.wrap(joined, int((width - 2 * MARGIN) / (letter * size)), break_long_words=False) or [""]
    return tuple(line.replace("\0", " ") for line in lines)


def height_of(lines, size):
    """The height of some lines of text."""
    return len(lines) * (size + 4)


def _spots(scene, layout, top, scale):
    for band, cells in zip(scene.bands, layout.place_bands(scene)):
        for x, y, cell in cells:
            yield band, scale * x, top + scale * y, scale * layout.cell, scale * CELL, cell
