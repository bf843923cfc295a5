"""Layers to draw: the lecture's own, and dozens with random numbers and parameters; and each of them by plain loops."""

import math
import random
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pytest

from lecture_helpers import conv_transpose, cross_correlate
from lecture_helpers.scenes import Band, Caption, Cell, Scene

L7 = ([1, 4, -1, 0, 2, -2, 1, 3, 3, 1], [1, 2, 0, -1], {})
L8 = ([2, 3, 0, -1], [1, 2, -1], {})
L13 = (*L8[:2], dict(stride=2))
HOLES = ([1, 2, 3], [10, 1], dict(stride=5))  # cells between the copies that no copy reaches
BARE_END = ([2, 3], [1, 2], dict(stride=4, padding=2, output_padding=3))  # a copy wholly cropped, a last cell without one
WIDE = ([k % 10 - 4 for k in range(24)], [1, 2, -1], dict(padding=2))  # more columns than a line has
PACKED = ([3, 1, -2, 0, 5, 4, -1, 2, 2, 7], [1, -3, 2], dict(dilation=2, padding=1))  # many copies that overlap
SQUARE = ([[1, 2], [3, 4]], [[1, 10], [100, 1000]])
OBLONG = ([[1, -2, 3], [0, 5, -1]], [[2, 1], [0, -3], [1, 4]])
CROSSED = ([[2, 1, 4], [0, -3, 5], [1, 4, -2]], [[1, -2], [3, 5]])

NASTY = Scene(
    "a < b & \"c\" > 'd'",
    (Band('<b>x</b> & "y"', "1 < 2 & '3'", (Cell(0, 0, "<1&'", "input", "&"), Cell(0, 1, '"', since=1)), "<&\">'"),),
    (Caption((('first <i> & "q"\'', ""),), (("then </text> = &amp;", "output"),), "&"),),
)


class Link(NamedTuple):
    """One connection; places, taps and cells are numbered in C order, `None` beyond the ends."""

    place: int
    tap: int
    cell: int | None
    position: tuple  # in the long row or grid with its border
    source: int | None  # the input cell
    target: int | None  # the output cell
    signal: float
    factor: float

    @property
    def product(self):
        return self.signal * self.factor


class Truth:
    """A layer by plain loops over u = i·s + a·d − p."""

    def __init__(self, x, kernel, params, transposed=False):
        self.x, self.kernel, self.params, self.transposed = np.array(x), np.array(kernel), params, transposed
        self.stride, self.padding, self.dilation = (self._each(params, name) for name in ("stride", "padding", "dilation"))
        self.y = (conv_transpose if transposed else cross_correlate)(x, kernel, **params)
        self.short, self.long = (self.x.shape, self.y.shape) if transposed else (self.y.shape, self.x.shape)
        self.span = tuple(d * (w - 1) + 1 for d, w in zip(self.dilation, self.kernel.shape))
        full = [(m - 1) * s + k for m, s, k in zip(self.short, self.stride, self.span)]
        ends = [p + n if transposed else 2 * p + n for p, n in zip(self.padding, self.long)]
        self.extent = tuple(max(pair) for pair in zip(full, ends)) if transposed else tuple(ends)
        self.links = [self._link(i, a) for i in np.ndindex(self.short) for a in np.ndindex(self.kernel.shape)]
        self.real = [link for link in self.links if link.cell is not None]

    def _each(self, params, name):
        given = params.get(name, 0 if name == "padding" else 1)
        return given if isinstance(given, tuple) else (given,) * self.x.ndim

    def _link(self, i, a):
        position = tuple(k * s + b * d for k, s, b, d in zip(i, self.stride, a, self.dilation))
        u = tuple(k - p for k, p in zip(position, self.padding))
        inside = all(0 <= k < n for k, n in zip(u, self.long))
        place, cell = flat(i, self.short), flat(u, self.long) if inside else None
        source, target = (place, cell) if self.transposed else (cell, place)
        signal = 0 if source is None else self.x.flat[source]
        return Link(place, flat(a, self.kernel.shape), cell, position, source, target, signal, self.kernel[a])

    def by(self, key, count):
        """Links grouped by one of their numbers."""
        return [[link for link in self.links if getattr(link, key) == k] for k in range(count)]

    @cached_property
    def by_output(self):
        return self.by("target", self.y.size)

    @cached_property
    def by_input(self):
        return self.by("source", self.x.size)

    @cached_property
    def bare(self):
        """The output cells that no copy reaches."""
        return {q for q, links in enumerate(self.by_output) if not links}

    def at(self, cell):
        """The position of a cell of the long row or grid."""
        return tuple(k + p for k, p in zip(np.unravel_index(cell, self.long), self.padding))

    @property
    def border(self):
        """The positions of the long row or grid that are none of its cells."""
        return set(np.ndindex(self.extent)) - {self.at(cell) for cell in range(math.prod(self.long))}


def flat(index, shape):
    return int(np.ravel_multi_index(index, shape))


def fits(n, w, stride, padding, dilation, output_padding=None):
    """Whether the sizes belong to a convolution layer or, with an output padding, to a transposed one."""
    extent = dilation * (w - 1) + 1
    if output_padding is None:
        return n + 2 * padding >= extent
    return output_padding < max(stride, dilation) and (n - 1) * stride - 2 * padding + extent + output_padding >= 1


def random_layers(seed, count, transposed):
    """`count` legal layers (x, kernel, params); every third one has fractions."""
    draw = random.Random(seed)
    while count:
        n, w = draw.randint(1, 12), draw.randint(1, 5)
        params = dict(stride=draw.randint(1, 3), padding=draw.randint(0, 3), dilation=draw.randint(1, 3))
        if transposed:
            params["output_padding"] = draw.randint(0, 2)
        if fits(n, w, **params):
            share = 2 if count % 3 == 0 else 1
            x, kernel = ([draw.randint(-7, 7) / share for _ in range(size)] for size in (n, w))
            yield ([int(v) for v in x], [int(v) for v in kernel], params) if share == 1 else (x, kernel, params)
            count -= 1


def random_grids(seed, count, transposed):
    """`count` legal layers on grids, with parameters of their own on each axis."""
    draw = random.Random(seed)
    while count:
        n, w = ((draw.randint(1, 4), draw.randint(1, 4)), (draw.randint(1, 3), draw.randint(1, 3)))
        names = dict(stride=(1, 2), padding=(0, 2), dilation=(1, 2)) | (dict(output_padding=(0, 1)) if transposed else {})
        params = {name: (draw.randint(*ends), draw.randint(*ends)) for name, ends in names.items()}
        if all(fits(n[axis], w[axis], **{name: pair[axis] for name, pair in params.items()}) for axis in (0, 1)):
            yield *([[draw.randint(-7, 7) for _ in range(across)] for _ in range(down)] for down, across in (n, w)), params
            count -= 1


def named(layers):
    """The layers as cases of a test, named by their sizes and parameters."""
    return [pytest.param(*layer, id="-".join([_size(layer), *(f"{k}{v}" for k, v in layer[2].items())])) for layer in layers]


def _size(layer):
    return "by".join("x".join(map(str, np.shape(array))) for array in layer[:2])


CONVOLUTIONS = named([L7, WIDE, ([5], [2], {}), ([1, 2], [3, 4, 5], dict(padding=4)), *random_layers(7, 40, transposed=False)])
TRANSPOSED = named([L8, L13, HOLES, BARE_END, PACKED, *random_layers(8, 40, transposed=True)])
LAYERS = [
    pytest.param(Truth(*case.values, turned), id=("transposed-" if turned else "") + case.id)
    for turned, cases in ((False, CONVOLUTIONS), (True, TRANSPOSED))
    for case in cases
]
CONVOLUTION_GRIDS = named(
    [(*CROSSED, {}), (*OBLONG, dict(padding=1)), (*OBLONG, dict(stride=(1, 2), padding=(2, 1), dilation=2))]
    + list(random_grids(9, 25, transposed=False))
)
TRANSPOSED_GRIDS = named(
    [(*SQUARE, {}), (*SQUARE, dict(padding=1)), (*SQUARE, dict(stride=2, padding=1, output_padding=1)), (*SQUARE, dict(stride=3))]
    + [(*CROSSED, dict(padding=1)), (*OBLONG, dict(stride=(2, 1), padding=(1, 0), dilation=(1, 2)))]
    + [([[1, -2, 3, 4, 5]] * 6, [[1, 2], [3, -4]], {}), ([[1, 2], [3, 4]], [[1, 2, 3, 4], [5, 6, 7, 8]], dict(padding=(1, 2)))]
    + list(random_grids(10, 25, transposed=True))
)
