"""Colours by role and type sizes: the only place that names a colour.

The hues are Okabe and Ito's, which readers with any colour vision can tell apart (M. Okabe and K. Ito, "Color universal
design", 2008). Text is always ink on a light tint; colour never carries a meaning that a word or an edge does not.
"""

from typing import NamedTuple

INK = "#1a1a1a"
QUIET = "#595959"
PAPER = "#fff"
HUES = {
    "input": "#0072B2",
    "kernel": "#E69F00",
    "output": "#009E73",
    "copy": "#CC79A7",
    "padding": "#8a8a8a",
}
RING = "#D55E00"  # round a cell that is not right, or differs

FONT = "DejaVu Sans,Verdana,sans-serif"
CELL_TEXT = 14
TITLE_TEXT = 14
CAPTION_TEXT = 13
LABEL_TEXT = 12
NOTE_TEXT = 11


class Box(NamedTuple):
    """How the box of a cell is drawn."""

    fill: str
    edge: str
    width: float = 1
    dashed: bool = False


def tint(colour, share):
    """Mix `share` of a colour into white paper, both as "#rrggbb".

    >>> tint("#0072B2", 0.5)
    '#80b8d8'
    """
    channels = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return "#" + "".join(f"{round(255 + share * (channel - 255)):02x}" for channel in channels)


BOXES = {
    "input": Box(tint(HUES["input"], 0.08), HUES["input"]),
    "input-lit": Box(tint(HUES["input"], 0.25), HUES["input"], 3),
    "kernel": Box(tint(HUES["kernel"], 0.3), HUES["kernel"], 2),
    "tap": Box(tint(HUES["kernel"], 0.12), HUES["kernel"]),
    "copy": Box(tint(HUES["copy"], 0.25), HUES["copy"]),
    "copy-lit": Box("none", HUES["copy"], 3),
    "output": Box(PAPER, HUES["output"]),
    "output-done": Box(tint(HUES["output"], 0.2), HUES["output"]),
    "output-lit": Box("none", HUES["output"], 3),
    "padding": Box(PAPER, HUES["padding"], 1, dashed=True),
    "padding-lit": Box("none", HUES["padding"], 3, dashed=True),
    "ring": Box("none", RING, 3),
}
