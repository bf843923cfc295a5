"""The layers on two axes: grids of cells beside one another instead of rows above one another."""

from typing import NamedTuple

import numpy as np

from ..geometry import connections, conv_transpose_output_size, per_axis
from ..operators import conv_transpose, cross_correlate
from .cells import Band, Cell, Scene, life, running_sums
from .words import described, indexed, join, number, sum_of_products

MOST_ROWS = 16


class Plane(NamedTuple):
    """A layer on two axes: per place of the small grid, the (row, column) under every tap, in the padded large grid."""

    small: tuple[int, int]
    large: tuple[int, int]
    crop: tuple[int, int]
    links: np.ndarray  # (places, taps, 2)

    def output(self, position):
        """The number, in C order, of the large grid's cell at a position; None in its border, which is padding or cropped."""
        return _inner(position, self.crop, self.large)

    def link(self, place, tap):
        """What a cell of the copy at a place shows: the link to its output cell; nothing if it is cropped."""
        q = self.output(self.links[place, tap].tolist())
        return () if q is None else ("link", q, place)

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
        sum_of_products(indexed("y", t, y.shape), zip([padded[tuple(p)] for p in taps], kernel.flat), y.flat[t])
        for t, taps in enumerate(plane.links.tolist())
    ]
    return Scene(
        f"Convolution layer, y = x ⊛ κ{described(options)}", bands, ("Predict y[0, 0], then step.", *totals), beside=True
    )


def summed_plane_scene(x, kernel, **options):
    """The scene of a transposed layer on two axes as summed copies of the kernel, one step per input cell."""
    y, plane = _transposed(x, kernel, options)
    copies = [
        Cell(r, c, number(x.flat[t] * tap), "copy", **life(t, x.size - 1), of=plane.link(t, a))
        for t in range(x.size)
        for a, ((r, c), tap) in enumerate(np.ndenumerate(kernel))
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
    captions = [
        f"{indexed('x', t, x.shape)}·κ = {number(x.flat[t])}·κ {_landing(taps, plane)}" for t, taps in enumerate(plane.links)
    ]
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
        Band("kernel κ reversed, to gather", _grid(kernel, "kernel", reverse=True), _rows(kernel[::-1, ::-1])),
        Band("gather: output y (large grid)", _filling(y, done="output-done"), _rows(y), answer=True),
        Band("kernel κ as written, to scatter", _grid(kernel, "kernel"), _rows(kernel)),
        Band("scatter: output y (large grid)", _sums(x, kernel, plane, added, walk), _rows(y), answer=True),
    )
    totals = [
        sum_of_products(indexed("y", t, y.shape), [(x.flat[i], kernel.flat[a]) for i, a in links], y.flat[t])
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


def _grid(values, box, pad=(0, 0), reverse=False):
    """All numbers of a grid in boxes, reversed on both axes if asked; the outermost `pad` rows and columns are padding."""
    inner = tuple(n - 2 * p for n, p in zip(values.shape, pad))
    cells = []
    for (r, c), value in np.ndenumerate(values):
        k = _inner((r, c), pad, inner)
        place = [n - 1 - each for n, each in zip(values.shape, (r, c))] if reverse else (r, c)
        cells.append(Cell(*place, number(value), "padding") if k is None else Cell(*place, number(value), box, of=(box, k)))
    return tuple(cells)


def _inner(position, crop, shape):
    """The number, in C order, of the cell at a position of a grid with a border `crop` wide; None for the border."""
    inside = tuple(k - c for k, c in zip(position, crop))
    if not all(0 <= k < n for k, n in zip(inside, shape)):
        return None
    return int(np.ravel_multi_index(inside, shape))


def _walk(shape, box):
    """One lit cell after another, row by row."""
    last = int(np.prod(shape)) - 1
    return tuple(Cell(*index, box=box, **life(t, last)) for t, index in enumerate(np.ndindex(shape)))


def _filling(y, done=""):
    """The output grid, filled cell by cell, row by row; `done` is the box of a finished cell, if it has one of its own."""
    boxes = [Cell(*index, box="output", of=("output", t)) for t, index in enumerate(np.ndindex(y.shape))]
    values = [Cell(*index, number(y[index]), done, since=t + 1) for t, index in enumerate(np.ndindex(y.shape))]
    return (*boxes, *_walk(y.shape, "output-lit"), *values)


def _sums(x, kernel, plane, added, lit):
    """The large grid while it fills with running sums; `added` holds the moment of every copy."""
    meeting, cells = plane.reaching(), []
    shape = [max(max(k) + 1, p + n) for k, p, n in zip(zip(*meeting), plane.crop, plane.large)]
    for position in np.ndindex(*shape):
        links = sorted(meeting.get(position, []), key=lambda link: added[link[0]])
        moments = [added[i] for i, _ in links]
        q = plane.output(position)
        if q is None:
            cells.append(Cell(*position, box="padding"))
        else:
            cells.append(Cell(*position, box="output", of=("output", q)))
            cells.append(Cell(*position, box="output-done", since=moments[-1] if moments else max(added)))
        cells += running_sums(*position, [x.flat[i] * kernel.flat[a] for i, a in links], moments, max(added))
    return (*cells, *lit)


def _rows(values):
    return " / ".join(join(row) for row in values)


def _landing(taps, plane):
    """Where a copy is added, in the indices of y."""
    cells = taps - plane.crop
    kept = cells[np.all((cells >= 0) & (cells < plane.large), axis=1)].tolist()
    return f"is added at y{kept[0]} … y{kept[-1]}" if kept else "is cropped altogether"
