"""What runs along the sides of a board: the input on one, the output on another, and the kernel below."""

from ..words import number
from .cells import Cell, life, only_asked
from .parts import bare, beyond, lit, numbered, running, unread
from .rows import row_band, standing_kernel

AWAY = 0.6  # between the board and the rows along its sides, in cells


def input_along(layer, steps, gather):
    """The input along its side, with what each step reads."""
    if layer.transposed:
        places, where = [(i, -1.1 - AWAY) for i in range(layer.x.size)], dict(side="above", notes="left")
    else:
        places, where = [(-1 - AWAY, *position) for position in layer.cells], dict(side="left", notes="above")
    pale = unread(layer)
    cells = [cell._replace(box="unread") if p in pale else cell for p, cell in enumerate(numbered(layer, "input", places))]
    if not layer.transposed:
        cells += [Cell(-1 - AWAY, *position, "0", "border") for position in beyond(layer)]
    read = [[layer.input_of(link) for link in links] if gather else [k] for k, links in enumerate(steps)]
    cells += lit("input-lit", [[places[p] for p in dict.fromkeys(each) if p is not None] for each in read])
    words = f"{len(pale)}\u00a0never\u00a0read" if pale else ""
    return row_band(layer, "input", cells, places[0] if layer.transposed else (-1 - AWAY, 0), words, **where)


def output_along(layer, steps, gather):
    """The output along the other side, while it fills."""
    bottom, right = below(layer), layer.extent[0] + AWAY
    if layer.transposed:
        places, corner, where = [(bottom, *position) for position in layer.cells], (bottom, 0), {}
    else:
        places, corner, where = [(i, right) for i in range(layer.y.size)], (0, right), dict(side="above", notes="right")
    uncovered = bare(layer)
    cells = numbered(layer, "output", places, [""] * layer.y.size)
    cells = [cell._replace(box="uncovered") if q in uncovered else cell for q, cell in enumerate(cells)]
    for q, place in enumerate(places):
        cells += _filled(layer, q, place, steps, gather, q in uncovered)
    cells += [Cell(bottom, *position, box="cropped") for position in beyond(layer)] if layer.transposed else []
    words = f"{len(uncovered)}\u00a0reached by\u00a0no\u00a0copy" if uncovered else ""
    return row_band(layer, "output", cells, corner, words, **where)


def _filled(layer, q, place, steps, gather, uncovered):
    """What one output cell shows in the course of the steps."""
    count = len(steps)
    if gather:
        lit, done = [q], 2 * q + 1
        cells = [Cell(*place, "?", **only_asked(q)), Cell(*place, number(layer.y[q]), since=done)]
    else:
        links = [link for link in layer.by_output[q] if link.cell is not None]
        lit = [layer.input_of(link) for link in links]
        times = [2 * step + 1 for step in lit]
        done = max(times, default=2 * count - 1)
        cells = running(place, [layer.product(link) for link in links], times, done)
    found = [] if uncovered else [Cell(*place, box="output-done", since=done)]
    return [*found, *(Cell(*place, box="output-lit", **life(step, count)) for step in lit), *cells]


def kernel_below(layer):
    """The kernel by itself, below the board."""
    hopping = layer.transposed and layer.stride[0] > 1
    row = below(layer) + (3.0 if hopping else 2.1) if layer.transposed else layer.short[0] + 0.7
    return standing_kernel(layer, (row, 0))


def below(layer):
    """The row of what runs along the bottom."""
    return layer.short[0] + AWAY
