"""Copies of a kernel laid down one by one under a constant input: how many reach each output cell, what they add up to there,
as numbers and as greys, and the taps that meet in one cell, as bars.
"""

import numpy as np

from ..operators import conv_transpose, coverage
from ..words import join, number
from .cells import Band, Cell, life
from .parts import shade
from .scene import Caption, Scene

LOW = 0.45  # height of a copy, of a grey and of a bar, in cells
IMAGE = 3  # side of the image, in cells
CLOSED = 0.08  # more than its cell, so that no gap is left between two greys
BARS = 6  # columns that the longest bar takes
GREYS = 16  # steps from black to white


def coverage_scene(kernel, n, stride):
    """The scene of n copies of a row of taps, `stride` cells apart, with their counts and sums, and of the same on a grid."""
    kernel = np.asarray(kernel)
    w = kernel.size
    counts, sums = coverage(n, w, stride=stride), conv_transpose(np.ones(n, int), kernel, stride=stride)
    first, second, third, fourth = (n * LOW + down for down in (0.4, 1.2, 2.7, 3.8))
    copies, grown = _copies(n, kernel, stride), [_row(n, kernel, stride, *row) for row in ((first, _counts), (second, _totals))]
    bands = (
        Band("copies", f"{n} {'copy' if n == 1 else 'copies'}", copies, corner=(0, 0), role="kernel"),
        Band("copies per cell", "", grown[0], join(counts), True, (first, 0), role="output"),
        Band("y for x = 1 1 1 …", "", grown[1], join(sums), True, (second, 0), role="output"),
        Band("as grey", "", tuple(_greys(sums, third, n)), corner=(third, 0)),
        Band("taps that meet", "in one cell", tuple(_classes(kernel, stride, fourth)), corner=(fourth, 0), role="kernel"),
        _image(sums, fourth, n),
    )
    said = [_said(i, kernel, stride) for i in range(n)]
    return Scene(f"Coverage: κ = {join(kernel)}, stride {stride}", bands, tuple(said), beats=1)


def _said(i, kernel, stride):
    """Which cells a copy covers."""
    return Caption(((f"copy {i}", "kernel"), (f" covers the cells {i * stride} to {i * stride + kernel.size - 1}", "")))


def _copies(n, kernel, stride):
    cells = []
    for i, a in np.ndindex(n, kernel.size):
        look, place = shade(a, kernel.size), (i * LOW, i * stride + a)
        cells.append(Cell(*place, box=f"slot-{look}", size=(LOW, 1)))
        cells.append(Cell(*place, number(kernel[a]), f"tap-{look}", size=(LOW, 1), since=i))
    return tuple(cells)


def _counts(taps):
    return range(1, len(taps) + 1)


def _totals(taps):
    return np.cumsum(taps)


def _row(n, kernel, stride, row, growing):
    """A row of output cells whose numbers grow with every copy that reaches them."""
    look, size = ("output-done", (1, 1)) if growing is _totals else ("count", (0.6, 1))
    cells = []
    for u in range((n - 1) * stride + kernel.size):
        reaching = [i for i in range(n) if 0 <= u - i * stride < kernel.size]
        values = growing([kernel[u - i * stride] for i in reaching])
        cells.append(Cell(row, u, box="output", note=str(u) if growing is _totals else "", size=size))
        for i, until, value in zip(reaching, [*reaching[1:], None], values):
            cells.append(Cell(row, u, number(value), look, since=i, until=until, size=size))
            cells.append(Cell(row, u, box="output-lit", size=size, **life(i, n, 1)))
        if not reaching:
            cells.append(Cell(row, u, "0", since=n - 1, size=size))
    return tuple(cells)


def _grey(value, most):
    return f"grey-{round(GREYS * value / max(most, 1))}"


def _greys(sums, row, n):
    """The finished sums as greys, from black, 0, to white, the largest of them."""
    for u, value in enumerate(sums):
        yield Cell(row, u, box=_grey(value, sums.max()), size=(LOW, 1 + CLOSED), since=n - 1)
    yield Cell(row, 0, box="output-open", size=(LOW, sums.size))


def _classes(kernel, stride, top):
    """For each remainder of a tap's number, divided by the stride, its taps end to end: they meet in one output cell."""
    classes = [range(first, kernel.size, stride) for first in range(stride)]
    unit = BARS / max(1, *(sum(kernel[a] for a in taps) for taps in classes))
    for k, taps in enumerate(classes):
        row, end = top + k * 0.62, 0
        for a in taps:
            if kernel[a]:
                width = kernel[a] * unit
                yield Cell(row, end, f"κ{a}" if width > 0.8 else "", f"tap-{shade(a, kernel.size)}", size=(LOW, width))
                end += width
        total = "+".join(number(kernel[a]) for a in taps) or "no tap"
        yield Cell(
            row, end + 0.3, f"{total} = {number(sum(kernel[a] for a in taps))}", size=(LOW, len(total) / 4 + 1), tone="ink"
        )


def _image(sums, top, n):
    """The same on a grid: the sums of both axes multiply."""
    side, left = IMAGE / sums.size, BARS + 5
    values = np.multiply.outer(sums, sums)
    cells = [
        Cell(top + side * r, left + side * c, box=_grey(value, values.max()), size=(side + CLOSED, side + CLOSED), since=n - 1)
        for (r, c), value in np.ndenumerate(values)
    ]
    frame = Cell(top, left, box="output-open", size=(IMAGE, IMAGE))
    return Band("the same on a grid", "", (*cells, frame), corner=(top, left), side="above")
