"""Colours by role and by tap, type sizes and letter widths: the only place that names a colour.

The hues are Okabe and Ito's, which readers with any colour vision can tell apart (M. Okabe and K. Ito, "Color universal
design", 2008). Numbers are ink on a light tint, on a light card and on a dark one; what stands on the card itself has a value
for each. Colour never carries a meaning that a word, an index or an edge does not.
"""

from typing import NamedTuple

INK = "#222"
QUIET = "#555"
PAPER = "#fff"
HUES = {
    "input": "#0072B2",
    "kernel": "#E69F00",
    "output": "#009E73",
    "copy": "#CC79A7",
    "padding": "#8a8a8a",
}
CARD = {  # what stands on the card itself: its value on a light card, and on a dark one
    "card": (PAPER, "#111"),
    "ink": (INK, "#eee"),
    "quiet": (QUIET, "#aaa"),
    "faint": ("#ddd", "#444"),
    "input": ("#069", "#6be"),
    "kernel": ("#850", "#fb4"),
    "output": ("#075", "#4da"),
    "copy": ("#947", "#e9c"),
    "gradient": ("#a14", "#f8a"),
    "mark": ("#43a", "#baf"),  # hops and cut lines: what a parameter moves, never data
    "wire-0": ("#b81", "#fea"),
    "wire-1": ("#a60", "#fc6"),
    "wire-2": ("#850", "#ea3"),
    "wire-3": ("#630", "#d82"),
    "wire-4": ("#420", "#b71"),
}
TAPS = ("#fed", "#fd9", "#fb5", "#ea2", "#d81")  # light to dark with a: a later tap, not a larger number

FONT = "DejaVu Sans,sans-serif"
CELL_TEXT = 14
TITLE_TEXT = 14
CAPTION_TEXT = 14
LABEL_TEXT = 13
NOTE_TEXT = 11

# The average width of a letter, as a share of its size: DejaVu Sans, the widest of these fonts.
PROSE, BOLD, DIGIT = 0.6, 0.69, 0.64
INDEX = 7  # px from one letter of an index to the next


class Box(NamedTuple):
    """How the box of a cell is drawn."""

    fill: str
    edge: str
    width: float = 1
    dashes: str = ""


def shade(tap, taps):
    """The number of a tap's shade among `TAPS`; of more taps, several share one, and the printed index tells them apart.

    >>> [shade(a, 3) for a in range(3)]
    [0, 2, 4]
    """
    darkest = len(TAPS) - 1
    return darkest // 2 if taps == 1 else round(darkest * tap / (taps - 1))


def tint(colour, share):
    """Mix `share` of a colour into white paper, both as "#rrggbb".

    >>> tint("#0072B2", 0.5)
    '#80b8d8'
    """
    channels = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return "#" + "".join(f"{round(255 + share * (channel - 255)):02x}" for channel in channels)


def width_of(text, size, letter=PROSE):
    """The room that a text of some size takes at the most, in px."""
    return round(letter * size * len(text))


BOXES = {
    "input": Box(tint(HUES["input"], 0.08), HUES["input"]),
    "input-lit": Box(tint(HUES["input"], 0.25), HUES["input"], 3),
    "unread": Box(PAPER, tint(HUES["input"], 0.4)),
    "border": Box("#ececec", HUES["padding"], 1, "2 3"),
    "border-lit": Box("none", HUES["padding"], 3),
    "inserted": Box(PAPER, HUES["padding"], 1, "5 3"),
    **{f"tap-{k}": Box(fill, CARD[f"wire-{k}"][0]) for k, fill in enumerate(TAPS)},
    **{f"slot-{k}": Box(PAPER, CARD[f"wire-{k}"][0]) for k in range(len(TAPS))},
    "product": Box(tint(HUES["copy"], 0.25), HUES["copy"]),
    "product-empty": Box(PAPER, HUES["copy"]),
    "product-lit": Box("none", CARD["copy"][0], 3),
    "product-border": Box("#ececec", HUES["padding"]),
    "output": Box(PAPER, HUES["output"]),
    "output-done": Box(tint(HUES["output"], 0.2), HUES["output"]),
    "output-open": Box("none", HUES["output"]),
    "output-lit": Box("none", HUES["output"], 3),
    "cropped": Box("#f4f4f4", HUES["padding"]),
    "count": Box(tint(HUES["output"], 0.18), tint(HUES["output"], 0.6)),
    **{f"grey-{k}": Box(tint("#000000", 1 - k / 16), "none") for k in range(17)},
    "uncovered": Box(PAPER, HUES["output"], 1.5, "5 3"),
    "lane-input": Box(tint(HUES["input"], 0.1), "none"),
    "lane-output": Box(tint(HUES["output"], 0.13), "none"),
    "lane-paper": Box(PAPER, "none"),
    "lane-done": Box(tint(HUES["output"], 0.2), "none"),
    "gradient": Box("#fcecf0", CARD["gradient"][0]),
    "gradient-lit": Box("none", CARD["gradient"][0], 3),
    "frame": Box("none", CARD["kernel"][0], 3),
    "loss": Box(PAPER, INK, 2),
    "wrong": Box("#fff1e8", "#D55E00", 3),  # Okabe and Ito's vermillion, which no row has
}
HATCHED = ("cropped",)
