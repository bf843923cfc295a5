"""Layers to draw: the lecture's own, and some dozens with random numbers and parameters, the same ones in every run."""

import random

import pytest

from lecture_helpers.scenes import Band, Cell, Scene

L7 = ([1, 4, -1, 0, 2, -2, 1, 3, 3, 1], [1, 2, 0, -1], {})
L8 = ([2, 3, 0, -1], [1, 2, -1], {})
L13 = (*L8[:2], dict(stride=2))
HOLES = ([1, 2, 3], [10, 1], dict(stride=5))  # cells between the copies that no copy reaches
BARE_END = ([2, 3], [1, 2], dict(stride=4, padding=2, output_padding=3))  # a copy wholly cropped, a last cell without one
PACKED = ([3, 1, -2, 0, 5, 4, -1, 2, 2, 7], [1, -3, 2], dict(dilation=2, padding=1))  # too many copies for a row each

NASTY = Scene(
    "a < b & \"c\" > 'd'",
    (Band('<b>x</b> & "y"', (Cell(0, 0, "<1&'", "input", "&"), Cell(0, 1, '"', since=1)), "<&\">'"),),
    ('first <i> & "q"\'', "then </text> = &amp;"),
)


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


def named(layers):
    """The layers as cases of a test, named by their sizes and parameters."""
    return [
        pytest.param(*layer, id="-".join([f"{len(layer[0])}by{len(layer[1])}", *(f"{k}{v}" for k, v in layer[2].items())]))
        for layer in layers
    ]


CONVOLUTIONS = named([L7, ([5], [2], {}), ([1, 2], [3, 4, 5], dict(padding=4)), *random_layers(7, 40, transposed=False)])
TRANSPOSED = named([L8, L13, HOLES, BARE_END, PACKED, *random_layers(8, 40, transposed=True)])
