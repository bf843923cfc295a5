"""Which kernel tap meets which cell: sizes and connections of convolution layers, for any number of axes.

A layer links a large row (cells u) to a small row (places i) through the taps a of a kernel, wherever

    u = i·s + a·d − p        (stride s, dilation d, padding p; everything counts from 0).

A convolution layer reads the large row and writes the small one; a transposed layer goes the other way
along the same links. Source: V. Dumoulin and F. Visin, "A guide to convolution arithmetic for deep learning" (2016).
"""

import math
from typing import NamedTuple

import numpy as np

from .arrays import as_shape, is_per_axis, per_axis

DEFAULTS = dict(stride=1, padding=0, dilation=1, output_padding=0)  # of every parameter; also its least value
MOST_CONNECTIONS = 2**24  # about 0.7 GB of index arrays: more would endanger a small notebook server
MOST_CELLS = 2**27  # of a row or grid: 1 GB


class Connections(NamedTuple):
    """Every link of a layer, one entry per link; `place`, `tap` and `cell` hold one index array per axis."""

    place: tuple[np.ndarray, ...]
    tap: tuple[np.ndarray, ...]
    cell: tuple[np.ndarray, ...]
    inside: np.ndarray  # False where the tap lies on padding, beyond the large row

    def kept(self):
        """The index arrays (place, tap, cell) of the links whose cell exists."""
        return tuple(tuple(axis[self.inside] for axis in indices) for indices in self[:3])


def connections(large, taps, small, *, stride=1, padding=0, dilation=1):
    """List the links between a large row and a small one, ordered by place, then by tap.

    Parameters: shapes `large`, `taps` (the kernel's) and `small`, ints or tuples; `stride`, `padding`, `dilation`, ints or
    one per axis. Raises ValueError if there are more than `MOST_CONNECTIONS` links, or `MOST_CELLS` cells.

    >>> links = connections(4, 2, 3)
    >>> [array.tolist() for (array,) in links[:3]]     # place, tap and cell, on the only axis
    [[0, 0, 1, 1, 2, 2], [0, 1, 0, 1, 0, 1], [0, 1, 1, 2, 2, 3]]
    """
    large, taps, small = (as_shape(shape) for shape in (large, taps, small))
    ndim = len(large)
    step, pad, spread = (
        np.reshape(per_axis(name, value, ndim, DEFAULTS[name]), (ndim, 1))
        for name, value in dict(stride=stride, padding=padding, dilation=dilation).items()
    )
    count = math.prod(small) * math.prod(taps)
    if count > MOST_CONNECTIONS:
        raise ValueError(f"This layer has {count:,} connections; the reference operators list at most {MOST_CONNECTIONS:,}.")
    if math.prod(large) > MOST_CELLS:
        raise ValueError(f"The large row has {math.prod(large):,} cells; the reference operators fill at most {MOST_CELLS:,}.")
    grid = np.indices(small + taps).reshape(2 * ndim, -1)
    place, tap = grid[:ndim], grid[ndim:]
    cell = place * step + tap * spread - pad
    inside = np.all((cell >= 0) & (cell < np.reshape(large, (ndim, 1))), axis=0)
    return Connections(tuple(place), tuple(tap), tuple(cell), inside)


def conv_output_size(n, w, *, stride=1, padding=0, dilation=1):
    """Output size of a convolution layer: ⌊(n + 2p − K) / s⌋ + 1 with the kernel's extent K = d(w − 1) + 1.

    `n` is the input's size, `w` the kernel's. Two ints give an int; a tuple among them gives a tuple, one size per axis.
    Raises TypeError or ValueError, with the values, if a parameter is not a legal integer or the kernel does not fit.
    Source: Dumoulin and Visin (2016), relationship 6; with dilation, relationship 15.

    >>> conv_output_size(10, 4), conv_output_size(7, 3, stride=2, padding=1)
    (7, 4)
    """
    return _size(_conv_axis, n, w, stride=stride, padding=padding, dilation=dilation)


def conv_transpose_output_size(n, w, *, stride=1, padding=0, output_padding=0, dilation=1):
    """Output size of a transposed convolution layer: (n − 1)s − 2p + K + op, with K = d(w − 1) + 1.

    `n` is the size of this layer's input, `w` the kernel's; ints and tuples as in `conv_output_size`.
    Raises TypeError or ValueError, with the values: PyTorch's rules, op < max(s, d) and an output of at least 1.
    Source: Dumoulin and Visin (2016), relationship 14; `torch.nn.ConvTranspose1d`.

    >>> conv_transpose_output_size(4, 3), conv_transpose_output_size(4, 3, stride=2)
    (6, 9)
    """
    options = dict(stride=stride, padding=padding, output_padding=output_padding, dilation=dilation)
    return _size(_conv_transpose_axis, n, w, **options)


def _size(one_axis, n, w, **options):
    """Apply a one-axis size formula to every axis, with ints broadcast and the answer in the caller's form."""
    tuples = [value for value in (n, w) if is_per_axis(value)]
    ndim = len(tuples[0]) if tuples else 1
    if ndim == 0:
        raise ValueError(f"A layer needs at least one axis, but the sizes are n={n!r}, w={w!r}.")
    least = dict(n=1, w=1) | DEFAULTS
    columns = [per_axis(name, value, ndim, least[name]) for name, value in dict(n=n, w=w, **options).items()]
    sizes = tuple(one_axis(*axis) for axis in zip(*columns))
    return sizes if tuples else sizes[0]


def _conv_axis(n, w, s, p, d):
    room = n + 2 * p - extent(w, d)
    if room < 0:
        spread = f" with dilation {d} (extent {extent(w, d)})" if d > 1 else ""
        raise ValueError(f"A kernel of length {w}{spread} does not fit into {n} + 2·{p} padded samples.")
    return room // s + 1


def _conv_transpose_axis(n, w, s, p, op, d):
    if op >= max(s, d):
        raise ValueError(f"output_padding must be smaller than max(stride, dilation) = max({s}, {d}), but is {op}.")
    size = (n - 1) * s - 2 * p + extent(w, d) + op
    if size < 1:
        full = (n - 1) * s + extent(w, d) + op
        raise ValueError(f"padding={p} crops {p} cells at each end, which leaves nothing of {full}.")
    return size


def extent(w, dilation):
    """How many cells a kernel of width `w` spans: K = d(w − 1) + 1.

    >>> extent(3, 1), extent(3, 2)
    (3, 5)
    """
    return dilation * (w - 1) + 1
