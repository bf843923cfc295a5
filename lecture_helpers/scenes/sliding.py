"""A convolution layer: the kernel, as written, at one place after another."""

import numpy as np

from ..geometry import connections
from ..operators import cross_correlate
from .cells import Band, Cell, Scene, life, row_of_cells
from .planes import sliding_plane_scene
from .words import check_width, described, grey, join, number, numbers, picture_arrays, single, sum_of_products


def sliding_kernel_scene(x, kernel, *, stride=1, padding=0, dilation=1):
    """The scene of a convolution layer x ⊛ κ, one step per place of the kernel; rows, or grids with two axes."""
    x, kernel = picture_arrays(2, x=x, kernel=kernel)
    options = dict(stride=stride, padding=padding, dilation=dilation)
    if x.ndim == 2:
        return sliding_plane_scene(x, kernel, **options)
    pad = single(padding, "padding")
    check_width(x.size + 2 * pad, "the large row with its padding")
    y = cross_correlate(x, kernel, **options)
    _, _, (cell,), _ = connections(x.shape, kernel.shape, y.shape, **options)
    columns = (cell + pad).reshape(y.size, kernel.size)
    under = np.pad(x, pad)[columns]

    bands = (
        Band(
            f"input x (large row), W = {x.size}{grey('padding', pad)}",
            (*_padded(x, pad), *_lit(columns, range(pad, pad + x.size))),
            join(x),
        ),
        Band(f"kernel κ as written, w = {kernel.size}", travelling_kernel(kernel, columns), join(kernel)),
        Band(f"output y (small row), width {y.size}", _filling(y, columns[:, 0].tolist()), join(y), answer=True),
    )
    captions = [sum_of_products(f"y[{i}]", zip(under[i], kernel), y[i]) for i in range(y.size)]
    return Scene(f"Convolution layer, y = x ⊛ κ{described(options)}", bands, ("Predict y[0], then step.", *captions))


def travelling_kernel(kernel, columns):
    """The kernel at one place after another: row t of `columns` says where its taps stand in step t."""
    last = len(columns) - 1
    return tuple(
        Cell(0, column, number(kernel[a]), "kernel", str(a), **life(step, last), of=("kernel", a))
        for step, taps in enumerate(columns.tolist())
        for a, column in enumerate(taps)
    )


def _padded(x, pad):
    """The large row between its padding zeros."""
    zeros = [*range(pad), *range(pad + x.size, 2 * pad + x.size)]
    return row_of_cells(numbers(x), range(pad, pad + x.size), "input") + [Cell(0, column, "0", "padding") for column in zeros]


def _lit(columns, inner):
    """The cells under the kernel, step by step; those outside of `inner` are padding."""
    last = len(columns) - 1
    return [
        Cell(0, column, box="input-lit" if column in inner else "padding-lit", **life(step, last))
        for step, taps in enumerate(columns.tolist())
        for column in taps
    ]


def _filling(y, columns):
    """The small row, each cell under the place where the kernel stands, filled in its step."""
    cells = row_of_cells([""] * y.size, columns, "output")
    cells += [Cell(0, column, box="output-lit", **life(i, y.size - 1)) for i, column in enumerate(columns)]
    return (*cells, *(Cell(0, column, number(y[i]), since=i + 1) for i, column in enumerate(columns)))
