"""Words on a tint of a box's colour, for a page around the pictures."""

from html import escape

from .. import palette


def badge(text, look):
    """A text in bold type on the fill of a box, with its edge to the left; `look` is a key of `palette.BOXES`."""
    box = palette.BOXES[look]
    style = f"background:{box.fill};color:{palette.INK};border-left:4px solid {box.edge};padding:0 .4em"
    return f'<b style="{style}">{escape(text)}</b>'
