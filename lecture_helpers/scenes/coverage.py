"""Copies of a kernel laid down one by one under a constant input: how many reach each output cell, what they add up to there,
the taps that meet in one cell, as bars, and what the same on both axes makes of an image.
"""

import numpy as np

from ..operators import conv_transpose, coverage
from ..palette import shade
from ..words import join, number
from .cells import Band, Cell, life
from .parts import runs
from .scene import Caption, Scene

LOW = 0.45  # height of a copy and of a bar, in cells
IMAGE = 240  # px along the image, at the most: a whole number for each of its pixels
HIGH = 40  # px: the height of a cell
CLOSE = 2.6 / HIGH  # more than its cell, so that no gap is left between two greys
LABEL = 0.4  # room for a label above, in cells
BARS = 4.5  # columns that the longest bar takes
GREYS = 16  # steps from black to white


def coverage_scene(kernel, n, stride, image=None):
    """The scene of n copies of a row of taps, `stride` cells apart, with their counts and sums, and of an image so enlarged.

    The kernel of the image is the product of the taps of its rows and of its columns; without an image it is n×n white pixels.
    """
    kernel, label = np.asarray(kernel), "a white square, enlarged" if image is None else "the image, enlarged"
    counts, sums = coverage(n, kernel.size, stride=stride), conv_transpose(np.ones(n, int), kernel, stride=stride)
    first, second, third = (n * LOW + down for down in (0.3, 1.0, 2.45))
    copies, grown = _copies(n, kernel, stride), [_row(n, kernel, stride, *row) for row in ((first, _counts), (second, _totals))]
    enlarged = conv_transpose(np.ones((n, n)) if image is None else image, np.multiply.outer(kernel, kernel), stride=stride)
    bars = tuple(_classes(kernel, stride, third))
    corner = third + LABEL, max(8, *(cell.column + cell.size[1] for cell in bars))
    bands = (
        Band("copies", f"{n} {'copy' if n == 1 else 'copies'}", copies, corner=(0, 0), role="kernel"),
        Band("copies per cell", "", grown[0], join(counts), True, (first, 0), role="output"),
        Band("y for x = 1 1 1 …", "", grown[1], join(sums), True, (second, 0), role="output"),
        Band("taps that meet", "in one cell", bars, corner=(third, 0), role="kernel"),
        Band(label, "", tuple(_greys(enlarged, corner, n)), corner=corner, side="above", square=True),
    )
    said = [*(_said(i, kernel, stride) for i in range(n)), Caption((("all copies", "kernel"), (" laid down", "")))]
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
            cells.append(Cell(row, u, box="output-lit", size=size, **life(i, n + 1, 1)))
        if not reaching:
            cells.append(Cell(row, u, "0", since=n - 1, size=size))
    return tuple(cells)


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


def _greys(image, corner, n):
    """An image as greys from black, 0, to white, its largest number: black, and on it the runs of equal greys in its rows."""
    row, column = corner
    side = IMAGE // max(image.shape) / HIGH
    height, width = (side * pixels + CLOSE for pixels in image.shape)
    yield Cell(row, column, box="grey-0", size=(height, width), since=n)
    for r, levels in enumerate(np.rint(GREYS * image / max(image.max(), 1e-9)).astype(int).tolist()):
        for grey, start, length in runs(levels):
            if grey:
                size = side + CLOSE, length * side + CLOSE
                yield Cell(row + side * r, column + side * start, box=f"grey-{grey}", size=size, since=n)
    yield Cell(row, column, box="output-open", size=(height, width))
