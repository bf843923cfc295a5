"""How many copies of the kernel reach each output cell."""

import numpy as np

from .. import palette
from ..operators import coverage
from ..words import number
from .figure import check_cells, lecture_figure, size_of, style

MOST_BARS = 64


def plot_coverage(n, w, **params):
    """Plot how many copies of the kernel reach each output cell of a transposed layer, as a `Figure`.

    `n` and `w` are the sizes of the input and the kernel, ints for a row, pairs for a grid; `params` are those of `coverage`.
    Raises TypeError or ValueError, with the values. Source: Odena, Dumoulin and Olah (2016), uneven overlap.

    >>> plot_coverage(6, 3, stride=2)
    copies per output cell, W 6, w 3, stride 2: 1 1 2 1 2 1 2 1 2 1 2 1 1
    """
    counts, title = _counted(n, w, params)
    grid = counts.ndim == 2
    with style():
        size = size_of(counts.shape) if grid else (_width_of(counts), 1.9)
        figure = lecture_figure(_words(counts, title), size)
        (_shade_grid if grid else _draw_bars)(figure.subplots(), counts, title)
    return figure


def plot_coverages(n, widths, **params):
    """Plot the coverage of a row for several widths of the kernel below one another, on the same axes, as a `Figure`.

    `n` is the size of the input, `widths` holds those of the kernels; `params` as for `plot_coverage`. Raises TypeError or
    ValueError, with the values. Source: Odena, Dumoulin and Olah (2016), uneven overlap.

    >>> plot_coverages(3, [3, 2], stride=3)
    copies per output cell, W 3, w 3, stride 3: 1 1 1 1 1 1 1 1 1
    copies per output cell, W 3, w 2, stride 3: 1 1 0 1 1 0 1 1
    """
    widths = [widths] if np.ndim(widths) == 0 else list(widths)
    counted = [_counted(n, w, params) for w in widths]
    if not counted or counted[0][0].ndim > 1:
        raise ValueError(f"These bars show rows for at least one width of a kernel, but n is {n} and widths {widths}.")
    rows = [counts for counts, _ in counted]
    with style():
        size = _width_of(max(rows, key=len)), 1.5 * len(rows) + 0.5
        figure = lecture_figure("\n".join(_words(*each) for each in counted), size)
        figure.get_layout_engine().set(hspace=0.08)
        axes = figure.subplots(len(rows), 1, sharex=True, sharey=True, squeeze=False)[:, 0]
        for axis, (counts, title) in zip(axes, counted):
            _draw_bars(axis, counts, title)
            axis.set_xlabel("output cell u" if axis is axes[-1] else "")
        axes[0].set(ylim=(0, max(counts.max() for counts in rows) + 0.6), xticks=range(max(map(len, rows))))
    return figure


def _counted(n, w, params):
    """How many copies reach each output cell, and a title; refuses what a plot has no room for."""
    counts = coverage(n, w, **params)
    if counts.ndim > 2:
        raise ValueError(f"A plot shows the coverage of 1 or 2 axes, but this layer has {counts.ndim}.")
    if counts.ndim == 2:
        check_cells(counts.shape)
    elif counts.size > MOST_BARS:
        raise ValueError(f"A plot shows the coverage of at most {MOST_BARS} output cells, but this layer has {counts.size}.")
    layer = ", ".join([f"W {n}", f"w {w}", *(f"{name} {value}" for name, value in params.items())])
    return counts, f"copies per output cell, {layer}"


def _words(counts, title):
    """A figure's content in words: a row behind its title, the rows of a grid below it."""
    rows = [" ".join(map(number, row)) for row in np.atleast_2d(counts)]
    return f"{title}: " + ("\n" if counts.ndim == 2 else "").join(["", *rows])


def _width_of(counts):
    """Inches for a row of bars."""
    return max(3.0, 0.3 * counts.size + 0.8)


def _draw_bars(axis, counts, title):
    """One bar for each output cell, with its number of copies above it."""
    box = palette.BOXES["output-done"]
    axis.bar(range(counts.size), counts, width=0.9, color=box.fill, edgecolor=box.edge)
    for cell, count in enumerate(counts.tolist()):
        axis.text(cell, count + 0.05, str(count), ha="center", va="bottom", fontsize=9, color=palette.INK)
    axis.set(xticks=range(counts.size), yticks=[], ylim=(0, counts.max() + 0.6), xlabel="output cell u", title=title)
    axis.tick_params(length=0, labelsize=8, labelcolor=palette.QUIET)
    axis.spines[["left", "bottom"]].set_visible(False)


def _shade_grid(axis, counts, title):
    """One box for each output cell, darker where more copies reach it, with their number."""
    from matplotlib.patches import Rectangle

    most = max(1, counts.max())
    for (row, column), count in np.ndenumerate(counts):
        fill = palette.tint(palette.HUES["output"], 0.55 * count / most)
        axis.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=fill, edgecolor=palette.PAPER))
        axis.text(column, row, str(count), ha="center", va="center", color=palette.INK, fontsize=9)
    axis.set(xlim=(-0.5, counts.shape[1] - 0.5), ylim=(counts.shape[0] - 0.5, -0.5), aspect="equal")
    axis.set(xticks=range(counts.shape[1]), yticks=range(counts.shape[0]), xlabel="output column", ylabel="output row")
    axis.set_title(title)
    axis.tick_params(length=0, labelsize=8, labelcolor=palette.QUIET)
    axis.spines[:].set_visible(False)
