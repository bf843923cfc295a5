"""Copies of a kernel laid down one by one, and how many of them reach each output cell."""

import numpy as np

from ..geometry import conv_transpose_output_size
from ..operators import coverage
from ..words import join
from .cells import Band, Cell, Scene, life, running_sums


def coverage_scene(n, w, stride):
    """The scene of n copies of width w, `stride` cells apart, on a row: one step per copy, counted as they come."""
    width, columns = conv_transpose_output_size(n, w, stride=stride), [range(i * stride, i * stride + w) for i in range(n)]
    copies = [Cell(i, column, box="copy", since=i + 1) for i, covered in enumerate(columns) for column in covered]
    counts = []
    for u in range(width):
        reaching = [i + 1 for i, covered in enumerate(columns) if u in covered]
        counts += [Cell(0, u, box="output", note=str(u)), Cell(0, u, box="output-done", since=reaching[-1] if reaching else n)]
        counts += running_sums((0, u), [1] * len(reaching), reaching, n)
    lit = [Cell(0, column, box="output-lit", **(life(i, n - 1))) for i, covered in enumerate(columns) for column in covered]
    bands = (
        Band(f"copies, one for each of {n} input cells", tuple(copies), answer=True),
        Band(f"copies per output cell y[u], width {width}", (*counts, *lit), join(coverage(n, w, stride=stride)), answer=True),
    )
    captions = [f"copy {i} covers the cells {covered[0]} to {covered[-1]}" for i, covered in enumerate(columns)]
    return Scene(f"Coverage: w = {w}, stride {stride}", bands, ("Predict where copies will meet, then step.", *captions))


def coverage_grid_scene(n, w, stride):
    """The scene of the finished coverage of a square grid, in step with `coverage_scene`."""
    counts = coverage((n, n), (w, w), stride=stride)
    cells = [Cell(*place, box="output") for place in np.ndindex(counts.shape)]
    cells += [Cell(*place, str(count), "output-done" if count else "padding", since=n) for place, count in np.ndenumerate(counts)]
    label = "the same on a grid: the counts of both axes multiply"
    return Scene("", (Band(label, tuple(cells)),), ("",) * (n + 1))
