"""The connections of a layer, listed once for all of its pictures."""

from typing import NamedTuple

import numpy as np

from ..geometry import connections


class Link(NamedTuple):
    """One connection of a layer; cells and taps are numbered in C order."""

    place: int  # where the kernel stands: a cell of the short row
    tap: int
    cell: int | None  # of the long row; None beyond its ends, on padding or where the output is cropped
    position: tuple[int, ...]  # of that cell in the long row or grid with its border, which begins at 0


def links_of(large, taps, small, border, params):
    """The connections with their cells numbered, as a tuple."""
    spread = {name: value for name, value in params.items() if name != "output_padding"}
    place, tap, cell, inside = connections(large, taps, small, **spread)
    positions = zip(*((axis + pad).tolist() for axis, pad in zip(cell, border)))
    clipped = [np.where(inside, axis, 0) for axis in cell]
    numbered = [np.ravel_multi_index(i, shape).tolist() for i, shape in ((place, small), (tap, taps), (clipped, large))]
    rows = zip(*numbered, positions, inside.tolist())
    return tuple(Link(i, a, u if within else None, position) for i, a, u, position, within in rows)
