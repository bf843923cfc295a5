"""The crossings of a board: outlines, products as they come, or the taps of the matrix."""

from ..palette import shade
from ..words import number, times
from .cells import QUICK, Cell, life, only_asked
from .parts import tap_cell, tap_index


def place_of(link):
    return (link.place, *link.position)


def slots(layer):
    """The crossings, outlined in the shades of their taps."""
    looks = [beyond_look(layer) if link.cell is None else f"slot-{shade(link.tap, layer.kernel.size)}" for link in layer.links]
    return [Cell(*place_of(link), "", look, under=tap_index(layer, link.tap)) for link, look in zip(layer.links, looks)]


def beyond_look(layer):
    """The look of a crossing beyond the ends of the long row."""
    return "cropped" if layer.transposed else "border"


def products(layer, steps):
    """The product of each crossing from its step's answer on; while the step asks, a question."""
    cells = []
    for k, links in enumerate(steps):
        cells += asked(links, k)
        cells += [cell for link in links for cell in product(layer, link, 2 * k + 1)]
        cells += [Cell(*place_of(link), box="product-lit", **life(k, len(steps))) for link in links]
    return cells


def asked(links, step):
    """A question on every crossing of some links, while a step asks."""
    return [Cell(*place_of(link), "?", "product-empty", under=" ", **only_asked(step)) for link in links if link.cell is not None]


def product(layer, link, since):
    """A crossing with its product, under a bar in the shade of its tap; without a box where it is cropped."""
    (row, column), text = place_of(link), number(layer.product(link))
    if link.cell is None:
        return [Cell(row, column, text, under=" ", since=since)] if layer.transposed else []
    of = ("link", layer.output_of(link), layer.input_of(link))
    bar = Cell(row, column, box=f"tap-{shade(link.tap, layer.kernel.size)}", size=(0.13, 1), since=since)
    return [Cell(row, column, text, "product", under=" ", since=since, of=of), bar]


def taps(layer, steps):
    """The crossings as the matrix C: the taps, and in the row or column of a step what each multiplies."""
    beyond, count = [link for link in layer.links if link.cell is None], len(steps)
    cells = [Cell(*place_of(link), "", beyond_look(layer), under=tap_index(layer, link.tap)) for link in beyond]
    for k, links in enumerate(steps):
        for link in (link for link in links if link.cell is not None):
            place, shown, value = place_of(link), life(k, count), number(layer.kernel[link.tap])
            of = ("link", layer.output_of(link), layer.input_of(link))
            cells.append(tap_cell(layer, link.tap, place)._replace(text="", of=of))
            cells += [Cell(*place, value, under=" ", until=2 * k)] if k else []
            cells += [Cell(*place, value, under=" ", since=2 * k + 2 - QUICK)] if k < count - 1 else []
            cells.append(Cell(*place, times(*layer.factors(link)), "product", under=" ", **shown))
            cells.append(Cell(*place, box="product-lit", **shown))
    return cells
