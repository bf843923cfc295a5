"""One layer, convolution or transposed, in either reading or both, and its matrix lit in step: what an explorer shows."""

import numpy as np

from ..geometry import DEFAULTS, connections, conv_output_size, conv_transpose_output_size, extent
from ..operators import conv_transpose, cross_correlate
from .cells import Band, Cell, Scene, life, row_of_cells, running_sums
from .sliding import sliding_kernel_scene
from .transposed import STAIRCASE, gather_and_scatter_scene, gather_scene, summed_kernels_scene
from .words import described, indexed, join, number, numbers, picture_arrays, product, single, sum_of_products

MOST_MATRIX_CELLS = 64 * 64
READINGS = ("gather", "scatter", "both")
SHARES = "shares x[u]·κ[a], reversed: one row per input cell"


def layer_scene(x, kernel, *, transposed=False, reading="gather", **params):
    """The scene of a layer: gathered (one step per output cell), scattered (one per input cell), or both at once.

    On grids a convolution layer is shown by gather only, a transposed one by scatter or both. Raises ValueError, with the
    values, for another reading and for what the operators or a picture refuse.
    """
    if reading not in READINGS:
        raise ValueError(f"reading must be one of {', '.join(READINGS)}, but is {reading!r}.")
    on_grid = np.ndim(x) == 2
    if transposed:
        scenes = dict(gather=gather_scene, scatter=summed_kernels_scene, both=gather_and_scatter_scene)
        return scenes["both" if on_grid and reading == "gather" else reading](x, kernel, **params)
    gather = sliding_kernel_scene(x, kernel, **params)  # for every reading: it refuses a row that is too wide
    if on_grid or reading == "gather":
        return gather
    x, kernel = picture_arrays(x=x, kernel=kernel)
    return _gather_and_shares_scene(gather, x, kernel, params) if reading == "both" else _shares_scene(x, kernel, params)


def matrix_band_scene(x, kernel, *, transposed=False, reading="gather", **params):
    """The scene of a layer's matrix alone, with the row (gather) or the column (scatter) of each step lit."""
    x, kernel = picture_arrays(2, x=x, kernel=kernel)
    size, links = layer_links(x.shape, kernel.shape, transposed=transposed, **params)
    rows, columns = size, x.size
    if rows * columns > MOST_MATRIX_CELLS:
        raise ValueError(f"An explorer shows a matrix of at most {MOST_MATRIX_CELLS:,} cells, but this one is {rows}×{columns}.")
    by_row = reading != "scatter" or (x.ndim == 2 and not transposed)
    last = (rows if by_row else columns) - 1
    cells = [Cell(q, p, number(kernel.flat[a]), "tap", of=("link", q, p)) for p, a, q in links]
    cells += [Cell(q, p, box="kernel", **life(q if by_row else p, last)) for p, a, q in links]
    empty = _without_taps(rows, columns, links)
    cells += [Cell(*position, box="padding") for position in empty]
    name = "matrix Cᵀ: y = Cᵀ x" if transposed else "matrix C: y = C x"
    label = f"{name}, {rows}×{columns}" + (" (dashed: a row or column without taps)" if empty else "")
    return Scene("", (Band(label, tuple(cells)),), ("",) * (last + 2))


def _without_taps(rows, columns, links):
    """The positions in the rows and columns of a layer's matrix in which no tap stands."""
    full_rows, full_columns = {q for _, _, q in links}, {p for p, _, _ in links}
    return [place for place in np.ndindex(rows, columns) if place[0] not in full_rows or place[1] not in full_columns]


def layer_links(x_shape, kernel_shape, *, transposed=False, **params):
    """The number of output cells, and every (input cell, tap, output cell) that a layer links, counted in C order."""
    if transposed:
        large = conv_transpose_output_size(x_shape, kernel_shape, **params)
        spread = {name: value for name, value in params.items() if name != "output_padding"}
        place, tap, cell = connections(large, kernel_shape, x_shape, **spread).kept()
        output_shape, source, target = large, (place, x_shape), (cell, large)
    else:
        output_shape = conv_output_size(x_shape, kernel_shape, **params)
        place, tap, cell = connections(x_shape, kernel_shape, output_shape, **params).kept()
        source, target = (cell, x_shape), (place, output_shape)
    flat = [np.ravel_multi_index(indices, shape).tolist() for indices, shape in (source, (tap, kernel_shape), target)]
    return int(np.prod(output_shape)), list(zip(*flat))


def _gather_and_shares_scene(gather, x, kernel, params):
    """The scene of a convolution layer on a row by gather, with the shares that each step adds up below it."""
    shares, stands = _shares(x, kernel, params, by_output=True)
    last = gather.steps - 1
    lit = [Cell(row, column, box="copy-lit", **life(i, last)) for (i, _), (row, column) in stands.items()]
    band = Band(SHARES, (*shares, *lit), answer=True)
    title = f"Convolution layer: gather and scatter{described(params)}"
    return gather._replace(title=title, bands=(*gather.bands, band))


def _shares_scene(x, kernel, params):
    """The scene of a convolution layer on a row by scatter: what each input cell gives to the outputs that read it."""
    y, (_, links) = cross_correlate(x, kernel, **params), layer_links(x.shape, kernel.shape, **params)
    stride, pad = (single(params.get(name, DEFAULTS[name])) for name in ("stride", "padding"))
    gives = [[(a, i) for u, a, i in links if u == cell] for cell in range(x.size)]
    last = x.size - 1
    bands = (
        Band(f"input x (large row), W = {x.size}", _walking(numbers(x), pad, last), join(x)),
        Band("kernel κ reversed: the taps that read the lit cell", _taps(gives, kernel, stride, last), join(kernel[::-1])),
        Band(SHARES, tuple(_shares(x, kernel, params)[0]), answer=True),
        Band(f"output y (small row), width {y.size}", _sums(x, kernel, y, links, stride), join(y), answer=True),
    )
    captions = [_share_caption(u, x[u], kernel, gives[u]) for u in range(x.size)]
    start = "Predict which outputs read x[0], then step."
    return Scene(f"Convolution layer by scatter{described(params)}", bands, (start, *captions))


def _shares(x, kernel, params, by_output=False):
    """The cells of all shares, output by output or input by input, and where the share of (output, input) stands."""
    _, links = layer_links(x.shape, kernel.shape, **params)
    stride, dilation = (single(params.get(name, DEFAULTS[name])) for name in ("stride", "dilation"))
    rows = x.size if x.size <= STAIRCASE[0] else extent(kernel.size, dilation)
    stands = {(i, u): (u % rows, i * stride) for u, _, i in links}
    cells = [
        Cell(*stands[i, u], number(x[u] * kernel[a]), "copy", since=1 + (i if by_output else u), of=("link", i, u))
        for u, a, i in links
    ]
    return cells, stands


def _walking(values, pad, last):
    cells = row_of_cells(values, range(pad, pad + len(values)), "input")
    return (*cells, *(Cell(0, pad + u, box="input-lit", **life(u, last)) for u in range(last + 1)))


def _taps(gives, kernel, stride, last):
    return tuple(
        Cell(0, i * stride, number(kernel[a]), "kernel", str(a), **life(u, last), of=("kernel", a))
        for u, pairs in enumerate(gives)
        for a, i in pairs
    )


def _sums(x, kernel, y, links, stride):
    """The small row while it fills, input cell by input cell."""
    cells = row_of_cells([""] * y.size, range(0, y.size * stride, stride), "output")
    for i in range(y.size):
        pairs = sorted((u, a) for u, a, place in links if place == i)
        moments = [u + 1 for u, _ in pairs]
        cells.append(Cell(0, i * stride, box="output-done", since=moments[-1] if moments else x.size))
        cells += running_sums(0, i * stride, [x[u] * kernel[a] for u, a in pairs], moments, x.size)
    return tuple(cells)


def _share_caption(u, value, kernel, pairs):
    if not pairs:
        return f"x[{u}] is read by no output."
    where = ", ".join(f"y[{i}]" for _, i in pairs)
    shares = ", ".join(product(value, kernel[a]) for a, _ in pairs)
    return f"x[{u}] is read by {where}: it gives {shares} = {', '.join(numbers(value * kernel[a] for a, _ in pairs))}."


def cell_sentences(x, kernel, *, transposed=False, **params):
    """A sentence for everything that a cell can be `of`: {("input", 0): "…", ("link", 0, 0): "…"}, counted in C order."""
    x, kernel = picture_arrays(2, x=x, kernel=kernel)
    size, links = layer_links(x.shape, kernel.shape, transposed=transposed, **params)
    y = (conv_transpose if transposed else cross_correlate)(x, kernel, **params)
    name = {
        "input": [indexed("x", k, x.shape) for k in range(x.size)],
        "kernel": [indexed("κ", k, kernel.shape) for k in range(kernel.size)],
        "output": [indexed("y", k, y.shape) for k in range(size)],
    }
    found = {}
    for q in range(size):
        pairs = [(x.flat[p], kernel.flat[a]) for p, a, target in links if target == q]
        found["output", q] = sum_of_products(name["output"][q], pairs, y.flat[q])
    for p in range(x.size):
        parts = [f"{product(x.flat[p], kernel.flat[a])} to {name['output'][q]}" for source, a, q in links if source == p]
        found["input", p] = f"{name['input'][p]} gives {', '.join(parts)}" if parts else f"{name['input'][p]} reaches no output"
    for a in range(kernel.size):
        parts = [f"{name['input'][p]} → {name['output'][q]}" for p, tap, q in links if tap == a]
        found["kernel", a] = f"{name['kernel'][a]} = {number(kernel.flat[a])} links {', '.join(parts)}" if parts else "no link"
    for p, a, q in links:
        gives = f"{product(x.flat[p], kernel.flat[a])} = {number(x.flat[p] * kernel.flat[a])}"
        found["link", q, p] = f"{name['input'][p]} gives {gives} to {name['output'][q]}, through {name['kernel'][a]}"
    return found
