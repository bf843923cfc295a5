"""Scenes drawn as SVG: where all stands (`layout`), boxes, lines, texts and time as markup, and documents made of them."""

from .badge import badge
from .document import as_image, draw, draw_filmstrip, draw_still
from .layout import lay_out
from .pixels import draw_pixels
