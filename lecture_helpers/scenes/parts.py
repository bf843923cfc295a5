"""What the pictures of a layer share: its cells with their indices, its kernel, an output that fills, what is worth asking."""

from itertools import groupby

import numpy as np

from ..palette import shade
from ..words import number
from .cells import QUICK, Cell, Line, life, only_asked


def tap_index(layer, tap):
    """A tap's name in small type: κ2; on grids κ10 is the tap in row 1, column 0."""
    index = np.unravel_index(tap, layer.kernel.shape)
    return "κ" + ("" if max(layer.kernel.shape) <= 10 else ",").join(str(int(k)) for k in index)


def tap_cell(layer, tap, place, look="tap", **more):
    """A cell with the value of a tap, in its shade, with its index."""
    box = f"{look}-{shade(tap, layer.kernel.size)}"
    return Cell(*place, number(layer.kernel.flat[tap]), box, under=tap_index(layer, tap), of=("kernel", tap), **more)


def wire(layer, tap, start, end, **more):
    """A wire in the shade of its tap."""
    return Line(start, end, f"wire-{shade(tap, layer.kernel.size)}", **more)


def on_wire(row, column, end_row, end_column):
    """A point on a wire, a quarter of the way from one of its ends."""
    return row + 0.297 * (end_row - row), column + 0.156 * (end_column - column)


def numbered(layer, role, places, texts=None):
    """The cells of the input or the output with their indices; without texts, their numbers."""
    values = layer.x if role == "input" else layer.y
    texts = [number(value) for value in values.flat] if texts is None else texts
    notes = [",".join(map(str, index)) for index in np.ndindex(values.shape)]
    return [Cell(*place, text, role, note, of=(role, k)) for k, (place, text, note) in enumerate(zip(places, texts, notes))]


def filling(layer, places, uncovered=(), mark=""):
    """The output while it fills cell by cell: outlines, a question at the step's cell, then its number."""
    steps, cells = layer.y.size, numbered(layer, "output", places, [""] * layer.y.size)
    cells = [cell._replace(box="uncovered") if k in uncovered else cell for k, cell in enumerate(cells)]
    for k, place in enumerate(places):
        if k not in uncovered:
            cells.append(Cell(*place, box="output-done", since=2 * k + 1))
        cells.append(Cell(*place, box=mark or "output-lit", **life(k, steps)))
        cells.append(Cell(*place, "?", **only_asked(k)))
        cells.append(Cell(*place, number(layer.y.flat[k]), since=2 * k + 1))
    return tuple(cells)


def running(place, terms, times, done):
    """The number in one cell: the sum so far from each time at which a term comes; without terms, 0 from `done` on."""
    if not terms:
        return [Cell(*place, "0", since=done)]
    sums = zip(np.cumsum(terms), times, [*times[1:], None])
    return [Cell(*place, number(total), since=since, until=until) for total, since, until in sums if since != until]


def bare(layer):
    """The numbers of the output cells that no link reaches."""
    return {q for q, links in enumerate(layer.by_output) if not links}


def worth_asking(features):
    """The steps at which a player asks by default: the first two, and each with something new."""
    seen, ask = set(), []
    for step, found in enumerate(features):
        if step < 2 or not set(found) <= seen:
            ask.append(step)
        seen |= set(found)
    return tuple(ask)


def lit(box, steps, beats=2):
    """What is marked in every step: `steps` holds the places of each."""
    return [Cell(*place, box=box, **life(k, len(steps), beats)) for k, places in enumerate(steps) for place in places]


def beyond(layer):
    """The positions around the cells of the long row: zeros that padding adds, or cells that it crops."""
    inner = set(layer.cells)
    return [position for position in np.ndindex(layer.extent) if position not in inner]


def unread(layer):
    """The input cells that no output reads."""
    return set(range(layer.x.size)) - {layer.input_of(link) for link in layer.kept}


def appearing(step, order, count):
    """The time at which one of several things appears, one after another, on the way to a step's answer."""
    return round(2 * step + QUICK + 0.1 + 0.4 * order / count, 2)


def unnoted(cells):
    """Cells without their indices."""
    return [cell._replace(note="") for cell in cells]


def features(steps):
    """What is there to see at every step: how many links meet, whether some lie beyond the ends."""
    for links in steps:
        real = sum(link.cell is not None for link in links)
        yield {real} if real == len(links) else {real, "beyond"}


def runs(row):
    """The runs of equal values in a row: (value, where the run starts, its length).

    >>> [*runs([7, 7, 0])]
    [(7, 0, 2), (0, 2, 1)]
    """
    start = 0
    for value, run in groupby(row):
        length = len([*run])
        yield value, start, length
        start += length
