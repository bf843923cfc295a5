"""Scenes drawn as SVG: where all stands (`layout`), how it is written (`markup`), what makes a picture of it (`document`)."""

from .document import as_image, draw, draw_filmstrip, draw_page, draw_still
from .layout import CELL, PAGE, lay_out
from .page import arrange
