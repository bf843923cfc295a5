"""The layers on two axes: grids of cells beside one another instead of rows above one another."""

from typing import NamedTuple

import numpy as np

from ..geometry import connections, conv_transpose_output_size, per_axis
from ..operators import conv_transpose, cross_correlate
from .cells import Band, Cell, Scene, life
from .words import described, join, number, sum_of_products

MOST_ROWS = 16


class Plane(NamedTuple):
    """A layer on two axes: per place of the small grid, the (row, column) under every tap, in the padded large grid."""

    small: tuple[int, int]
    large: tuple[int, int]
    crop: tuple[int, int]
    links: np.ndarray  # (places, taps, 2)

    def reaching(self):
        """For every (row, column) of the padded large grid, the (place, tap) pairs that meet there."""
        meeting = {}
        for place, taps in enumerate(self.links.tolist()):
            for tap, position in enumerate(taps):
                meeting.setdefault(tuple(position), []).append((place, tap))
        return meeting


def sliding_plane_scene(x, kernel, **options):
    """The scene of a convolution layer on two axes, one step per place of the kernel."""
    pad = per_axis("padding", options["padding"], 2, 0)
    check_plane(tuple(n + 2 * p for n, p in zip(x.shape, pad)), "the input with its padding")
    y = cross_correlate(x, kernel, **options)
    plane = _plane(x.shape, kernel.shape, y.shape, pad, options)
    padded, last = np.pad(x, [(p, p) for p in pad]), y.size - 1
    lit = [Cell(*position, box="input-lit", **life(t, last)) for t, taps in enumerate(plane.links.tolist()) for position in taps]
    bands = (
        Band("input x (large grid)", (*_grid(padded, "input", pad), *lit), _rows(x)),
        Band("kernel κ as written", _grid(kernel, "kernel"), _rows(kernel)),
        Band("output y (small grid)", _filling(y), _rows(y), answer=True),
    )
    totals = [
        sum_of_products(_name(t, y.shape), zip([padded[tuple(p)] for p in taps], kernel.flat), y.flat[t])
        for t, taps in enumerate(plane.links.tolist())
    ]
    return Scene(
        f"Convolution layer, y = x ⊛ κ{described(options)}", bands, ("Predict y[0, 0], then step.", *totals), beside=True
    )


def summed_plane_scene(x, kernel, **options):
    """The scene of a transposed layer on two axes as summed copies of the kernel, one step per input cell."""
    y, plane = _transposed(x, kernel, options)
    copies = [
        Cell(r, c, number(x.flat[t] * tap), "copy", **life(t, x.size - 1))
        for t in range(x.size)
        for (r, c), tap in np.ndenumerate(kernel)
    ]
    lit = [
        Cell(*position, box="output-lit", **life(t, x.size - 1))
        for t, taps in enumerate(plane.links.tolist())
        for position in taps
    ]
    bands = (
        Band("input x (small grid)", (*_grid(x, "input"), *_walk(x.shape, "input-lit")), _rows(x)),
        Band("kernel κ as written", _grid(kernel, "kernel"), _rows(kernel)),
        Band("copy: x[i, j]·κ", tuple(copies), answer=True),
        Band("output y (large grid)", _sums(x, kernel, plane, range(1, x.size + 1), lit), _rows(y), answer=True),
    )
    captions = [f"x{_index(t, x.shape)}·κ = {number(x.flat[t])}·κ {_landing(taps, plane)}" for t, taps in enumerate(plane.links)]
    title = f"Transposed convolution layer: summed kernels{described(options)}"
    return Scene(title, bands, ("Predict the corner y[0, 0], then step.", *captions), beside=True)


def gather_and_scatter_plane_scene(x, kernel, **options):
    """The scene of both readings of a transposed layer on two axes, one step per output cell."""
    y, plane = _transposed(x, kernel, options)
    meeting, last = plane.reaching(), y.size - 1
    outputs = [tuple(k + p for k, p in zip(index, plane.crop)) for index in np.ndindex(y.shape)]
    pairs = [meeting.get(position, []) for position in outputs]
    lit = [Cell(*divmod(i, x.shape[1]), box="input-lit", **life(t, last)) for t, links in enumerate(pairs) for i, _ in links]
    order = {position: t for t, position in enumerate(outputs)}
    added = [min(order.get(tuple(position), last) for position in taps) + 1 for taps in plane.links.tolist()]
    walk = [Cell(*position, box="output-lit", **life(t, last)) for t, position in enumerate(outputs)]
    bands = (
        Band("input x (small grid)", (*_grid(x, "input"), *lit), _rows(x)),
        Band("kernel κ reversed, both axes", _grid(kernel[::-1, ::-1], "kernel"), _rows(kernel[::-1, ::-1])),
        Band("gather: output y (large grid)", _filling(y), _rows(y), answer=True),
        Band("scatter: output y (large grid)", _sums(x, kernel, plane, added, walk), _rows(y), answer=True),
    )
    totals = [
        sum_of_products(_name(t, y.shape), [(x.flat[i], kernel.flat[a]) for i, a in links], y.flat[t])
        for t, links in enumerate(pairs)
    ]
    title = f"Transposed convolution layer: gather and scatter{described(options)}"
    return Scene(title, bands, ("Predict y[0, 0]: which copies reach it?", *totals), beside=True)


def check_plane(shape, what):
    """Refuse a grid that no page can show."""
    if max(shape) > MOST_ROWS:
        raise ValueError(
            f"A picture shows a grid of at most {MOST_ROWS}×{MOST_ROWS} cells, but {what} has {shape[0]}×{shape[1]}."
        )


def _plane(large, taps, small, crop, options):
    links = connections(large, taps, small, **options)
    positions = np.stack([cell + p for cell, p in zip(links.cell, crop)], axis=-1)
    return Plane(small, large, crop, positions.reshape(int(np.prod(small)), -1, 2))


def _transposed(x, kernel, options):
    """The output and the links of a transposed layer, whose cropped cells are kept in the plane."""
    spread = {name: options[name] for name in ("stride", "dilation")}
    check_plane(conv_transpose_output_size(x.shape, kernel.shape, **spread), "the output before cropping")
    y = conv_transpose(x, kernel, **options)
    crop = per_axis("padding", options["padding"], 2, 0)
    return y, _plane(y.shape, kernel.shape, x.shape, crop, spread | dict(padding=crop))


def _grid(values, box, pad=(0, 0)):
    """All numbers of a grid in boxes; the outermost `pad` rows and columns are padding."""
    inner = [range(p, n - p) for p, n in zip(pad, values.shape)]
    return tuple(
        Cell(r, c, number(value), box if r in inner[0] and c in inner[1] else "padding")
        for (r, c), value in np.ndenumerate(values)
    )


def _walk(shape, box):
    """One lit cell after another, row by row."""
    last = int(np.prod(shape)) - 1
    return tuple(Cell(*index, box=box, **life(t, last)) for t, index in enumerate(np.ndindex(shape)))


def _filling(y):
    """The output grid, filled cell by cell, row by row."""
    boxes = [Cell(*index, box="output") for index in np.ndindex(y.shape)]
    values = [Cell(*index, number(y[index]), since=t + 1) for t, index in enumerate(np.ndindex(y.shape))]
    return (*boxes, *_walk(y.shape, "output-lit"), *values)


def _sums(x, kernel, plane, added, lit):
    """The large grid while it fills with running sums; `added` holds the moment of every copy."""
    meeting, cells = plane.reaching(), []
    inner = [range(p, p + n) for p, n in zip(plane.crop, plane.large)]
    shape = [max(max(k) + 1, r.stop) for k, r in zip(zip(*meeting), inner)]
    for position in np.ndindex(*shape):
        links = sorted(meeting.get(position, []), key=lambda link: added[link[0]])
        kept = all(k in r for k, r in zip(position, inner))
        cells.append(Cell(*position, box="output" if kept else "padding"))
        sums = np.cumsum([x.flat[i] * kernel.flat[a] for i, a in links]) if links else [0]
        moments = [added[i] for i, _ in links] or [max(added)]
        cells += [Cell(*position, box="output-done", since=moments[-1])] if kept else []
        ends = [*moments[1:], None]
        cells += [Cell(*position, number(s), since=t, until=end) for s, t, end in zip(sums, moments, ends) if t != end]
    return (*cells, *lit)


def _rows(values):
    return " / ".join(join(row) for row in values)


def _landing(taps, plane):
    """Where a copy is added, in the indices of y."""
    cells = taps - plane.crop
    kept = cells[np.all((cells >= 0) & (cells < plane.large), axis=1)].tolist()
    return f"is added at y{kept[0]} … y{kept[-1]}" if kept else "is cropped altogether"


def _index(flat, shape):
    return f"[{', '.join(map(str, np.unravel_index(flat, shape)))}]"


def _name(flat, shape):
    return f"y{_index(flat, shape)}"
