"""Copies on a grid: each is laid into slots of the output cells that it reaches, and stays there."""

import numpy as np

from ..palette import shade
from ..words import number
from .cells import Cell, life, only_asked
from .parts import bare, lit, numbered, running, unnoted, worth_asking
from .rows import row_band, standing_kernel
from .scene import Scene
from .sentences import landing_said, total_said

APART = 1.5  # columns between two grids
SLOTTED = 6  # rows and columns of an output whose cells have a slot for every copy
SLOTS = 3  # rows and columns of a kernel for such an output
WIDE = 2  # cells that an output cell with slots takes


def stamped_grid(layer, reading="scatter"):
    """The scene of a transposed layer on a grid, copy by copy; by "gather", one output cell a step, with the copies it needs."""
    gather = reading == "gather"
    steps = layer.by_output if gather else layer.by_place
    laid = _first_needed(layer) if gather else {i: i for i in range(layer.x.size)}
    slotted = max(layer.extent) <= SLOTTED and max(layer.kernel.shape) <= SLOTS
    left = max(layer.x.shape[1], layer.kernel.shape[1]) + APART
    draw = _slotted if slotted else _plain
    words = ("hatched: cropped" if any(layer.border) else "", f"{len(bare(layer))} reached by no copy" if bare(layer) else "")
    bands = (
        _stamping_input(layer, steps, gather),
        standing_kernel(layer, (layer.x.shape[0] + 1.1, 0), "above"),
        row_band(layer, "output", draw(layer, steps, gather, laid, left), (0, left), *words, side="above"),
    )
    said = [total_said(layer, q) for q in range(layer.y.size)] if gather else [_landing(layer, k) for k in range(layer.x.size)]
    title = f"Transposed convolution layer: {'gather and scatter' if gather else 'summed kernels'}{layer.described()}"
    return Scene(title, bands, tuple(said), ask=worth_asking({len(links)} for links in steps))


def _landing(layer, i):
    """The caption of one copy, with the output cells that it finishes if they are few."""
    finished = [q for q, links in enumerate(layer.by_output) if links and links[-1].place == i]
    return landing_said(layer, i, finished if len(finished) < 3 else [])


def _first_needed(layer):
    """For every copy, the step of a gather that needs it first."""
    needed = {}
    for q, links in enumerate(layer.by_output):
        for link in links:
            needed.setdefault(link.place, q)
    return {i: needed.get(i, layer.y.size - 1) for i in range(layer.x.size)}


def _stamping_input(layer, steps, gather):
    """The input; the cells whose copies a step lays down, or adds up, are lit."""
    places = list(np.ndindex(layer.x.shape))
    read = [sorted({link.place for link in links}) if gather else [k] for k, links in enumerate(steps)]
    cells = unnoted(numbered(layer, "input", places)) + lit("input-lit", [[places[i] for i in each] for each in read])
    return row_band(layer, "input", cells, (0, 0), side="above")


def _slotted(layer, steps, gather, laid, left):
    """The output with a slot in every cell for each copy that reaches it."""
    cells, count = [], len(steps)
    number_of = {position: q for q, position in enumerate(layer.cells)}
    for position in np.ndindex(layer.extent):
        q, links = number_of.get(position), layer.by_position.get(position, [])
        row, column = position[0] * WIDE, left + position[1] * WIDE
        box = "cropped" if q is None else "output-open" if links else "uncovered"
        paper = [Cell(row, column, box="lane-paper", size=(WIDE, WIDE))] if box == "output-open" else []
        cells += [*paper, Cell(row, column, box=box, size=(WIDE, WIDE), of=() if q is None else ("output", q))]
        ends = [2 * laid[link.place] + 1 for link in links]
        if q is not None:
            done = 2 * q + 1 if gather else max(ends, default=2 * count - 1)
            cells += [Cell(row, column, box="lane-done", size=(WIDE, WIDE), since=done)] if links else []
            cells += [Cell(row, column, box="output-lit", size=(WIDE, WIDE), **life(q, count))] if gather else []
            cells += _sums(layer, q, links, (row + WIDE - 0.8, column + 0.5), ends, done, gather)
        for link in links:
            cells += _slot(layer, link, row, column, laid[link.place])
    return cells if gather else cells + _frames(layer, steps, left, WIDE)


def _sums(layer, q, links, place, ends, done, gather):
    """The number in one output cell: the sum so far, or, by gather, a question and then the sum."""
    if gather:
        return [Cell(*place, "?", **only_asked(q)), Cell(*place, number(layer.y.flat[q]), since=done)]
    return running(place, [layer.product(link) for link in links], ends, done)


def _slot(layer, link, row, column, step):
    """The slot of one copy in an output cell: an outline in its tap's shade, and the product from some time on."""
    taps_down, taps_across = layer.kernel.shape
    r, c = np.unravel_index(link.tap, layer.kernel.shape)
    size = (round(1.1 / taps_down, 2), round((WIDE - 0.2) / taps_across - 0.06, 2))
    place = (row + 0.1 + r * 1.14 / taps_down, column + 0.1 + c * (WIDE - 0.2) / taps_across)
    tone = shade(link.tap, layer.kernel.size)
    of = () if link.cell is None else ("link", link.cell, link.place)
    cells = [Cell(*place, box=f"slot-{tone}", size=size), Cell(*place, "?", "product-lit", size=size, **only_asked(step))]
    return [*cells, Cell(*place, number(layer.product(link)), f"tap-{tone}", size=size, since=2 * step + 1, of=of)]


def _plain(layer, steps, gather, laid, left):
    """A larger output, cell by cell, with the sums so far."""
    cells, count = [], len(steps)
    number_of = {position: q for q, position in enumerate(layer.cells)}
    for position in np.ndindex(layer.extent):
        q, links = number_of.get(position), layer.by_position.get(position, [])
        row, column = position[0], left + position[1]
        cells.append(
            Cell(
                row,
                column,
                box="cropped" if q is None else "output" if links else "uncovered",
                of=() if q is None else ("output", q),
            )
        )
        if q is not None:
            ends = [2 * laid[link.place] + 1 for link in links]
            done = 2 * q + 1 if gather else max(ends, default=2 * count - 1)
            cells += [Cell(row, column, box="output-done", since=done)] if links else []
            cells += [Cell(row, column, box="output-lit", **life(q, count))] if gather else []
            cells += _sums(layer, q, links, (row, column), ends, done, gather)
    return cells if gather else cells + _frames(layer, steps, left, 1)


def _frames(layer, steps, left, wide):
    """The frame of every step's copy, as it lies on the output."""
    size, count = tuple(k * wide for k in layer.span), len(steps)
    return [
        Cell(r * wide, left + c * wide, box="product-lit", size=size, **life(k, count)) for k, (r, c) in enumerate(layer.stands)
    ]
