"""A grey-scale image as an SVG: runs of equal pixels are lines along its rows, with one path for every grey."""

from html import escape

import numpy as np

from .. import palette
from ..scenes import runs

LARGEST = 336  # px along the longer side
ALONE = "div{display:none}"  # in a player, the rules of its picture hold for its buttons, too: here there is nothing to step


def draw_pixels(image, said):
    """Draw an image (height, width), from 0 (black) to 1 (white), under which `said` stands, as an SVG document, as text."""
    height, width = image.shape
    scale = max(1, LARGEST // max(height, width))
    paths = "".join(f"<path stroke='#{3 * f'{grey:02x}'}' d='{lines}'/>" for grey, lines in _paths(image))
    across, down = scale * width, scale * height + 2 * palette.CAPTION_TEXT
    size = f"width='{across}' height='{down}' viewBox='0 0 {across} {down}'"
    pixels = f"<g transform='scale({scale}) translate(0 .5)' shape-rendering='crispEdges'>{paths}</g>"
    line = f"<text y='{down - palette.CAPTION_TEXT / 2:g}' font-size='{palette.CAPTION_TEXT}'>{escape(said)}</text>"
    style = f"<style>{ALONE}.c text{{fill:currentColor;font-family:sans-serif}}</style>"
    return f"<svg xmlns='http://www.w3.org/2000/svg' {size} data-beats='1'>{style}{pixels}<g class='c'><g>{line}</g></g></svg>"


def _paths(image):
    """Every grey of the image, from 0 to 255, with the path of all its pixels."""
    paths = {}
    for row, greys in enumerate(np.rint(255 * np.clip(image, 0, 1)).astype(int).tolist()):
        for grey, column, length in runs(greys):
            paths.setdefault(grey, []).append(f"M{column} {row}h{length}")
    return [(grey, "".join(lines)) for grey, lines in sorted(paths.items())]
