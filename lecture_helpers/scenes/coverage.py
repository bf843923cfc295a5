"""Copies of a kernel laid down one by one, and how many of them reach each output cell: bars under the board of the layer."""

import numpy as np

from ..operators import coverage
from ..words import join
from .cells import Band, Cell, life
from .parts import shade
from .scene import Caption, Scene

GRID = 0.42  # size of a cell of the grid, in cells of the row


def coverage_scene(n, w, stride):
    """The scene of n copies of width w, `stride` cells apart, counted as they come, and of the same on a grid."""
    counts, bottom, copies = coverage(n, w, stride=stride), n * 0.5 + 0.5, []
    for i, a in np.ndindex(n, w):
        place = (i * 0.5, i * stride + a)
        copies.append(Cell(*place, box=f"slot-{shade(a, w)}", size=(0.5, 1)))
        copies.append(Cell(*place, box=f"tap-{shade(a, w)}", size=(0.5, 1), since=i))
    bars = [cell for u in range(counts.size) for cell in _count(n, w, stride, u, bottom)]
    about = f"{counts.size} output cells"
    bands = (
        Band("copies", f"{n}, one for each input cell", tuple(copies), corner=(0, 0), role="kernel"),
        Band("copies per cell", about, tuple(bars), join(counts), True, corner=(bottom, 0), role="output"),
        _on_grid(n, w, stride, bottom + 2.4),
    )
    ends = [(i, i * stride, i * stride + w - 1) for i in range(n)]
    said = [Caption(((f"copy {i}", "kernel"), (f" covers the cells {first} to {last}", ""))) for i, first, last in ends]
    return Scene(f"Coverage: w = {w}, stride {stride}", bands, tuple(said), beats=1)


def _count(n, w, stride, u, row):
    """One output cell, with the number of copies that have reached it."""
    reaching = [i for i in range(n) if 0 <= u - i * stride < w]
    yield Cell(row, u, box="output", note=str(u), of=("output", u))
    for k, (i, until) in enumerate(zip(reaching, [*reaching[1:], None]), 1):
        yield Cell(row, u, str(k), "output-done", since=i, until=until)
        yield Cell(row, u, box="output-lit", **life(i, n, 1))
    if not reaching:
        yield Cell(row, u, "0", since=n - 1)


def _on_grid(n, w, stride, top):
    """The finished coverage of a square grid: the counts of both axes multiply."""
    counts = coverage((n, n), (w, w), stride=stride)
    most = max(1, counts.max())
    cells = []
    for (r, c), count in np.ndenumerate(counts):
        level = 0 if not count else 1 + round(3 * (count - 1) / max(1, most - 1))
        cells.append(Cell(top + GRID * r, GRID * c, box=f"count-{level}", size=(GRID, GRID)))
    label, about = "the same on a grid", f"darker: more copies, from {counts.min()} to {counts.max()}"
    return Band(label, about, tuple(cells), join(counts), True, (top, 0), "above", role="output")
