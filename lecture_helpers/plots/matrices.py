"""Matrices, cell by cell."""

import numpy as np

from .. import palette
from ..arrays import as_array, check_finite, per_axis
from ..words import number
from .figure import check_cells, lecture_figure, size_of, style


def plot_matrix(matrix, *, title="matrix", blocks=None, kernel=()):
    """Plot a matrix of numbers cell by cell, zeros left empty, as a `Figure`.

    `matrix` has two axes and at most 576 cells; `blocks`, a pair, draws a line after every so many rows and columns; a cell
    that holds one of the numbers of `kernel`, all different, has the shade of that tap. Raises TypeError or ValueError, with
    the values, if it does not.

    >>> plot_matrix([[1, 2, 0], [0, 1, 2]], title="C")
    C, 2×3
    1 2 0
    0 1 2
    """
    matrix = _drawable(matrix)
    with style():
        figure = lecture_figure(_words(matrix, title), size_of(matrix.shape))
        axis = figure.subplots()
        _draw_cells(axis, matrix, title, _shades(kernel))
        if blocks:
            high, wide = per_axis("blocks", blocks, 2, 1)
            axis.hlines(np.arange(high, matrix.shape[0], high) - 0.5, -0.5, matrix.shape[1] - 0.5, palette.QUIET, linewidth=0.8)
            axis.vlines(np.arange(wide, matrix.shape[1], wide) - 0.5, -0.5, matrix.shape[0] - 0.5, palette.QUIET, linewidth=0.8)
    return figure


def _drawable(matrix):
    matrix = as_array("matrix", matrix)
    check_cells(matrix.shape)
    check_finite("matrix", matrix)
    return matrix


def _words(matrix, title):
    rows = (" ".join(number(value) if value else "0" for value in row) for row in matrix)
    return "\n".join([f"{title}, {len(matrix)}×{len(matrix[0])}", *rows])


def _shades(kernel):
    """The look of each number of a kernel, from the first tap, light, to the last, dark."""
    kernel = as_array("kernel", kernel)
    check_finite("kernel", kernel)
    taps = kernel.ravel().tolist()
    if len(set(taps)) < len(taps):
        raise ValueError(f"The taps of kernel must all differ, so that their shades tell them apart, but they are {taps}.")
    return {tap: palette.BOXES[f"tap-{palette.shade(a, len(taps))}"] for a, tap in enumerate(taps)}


def _draw_cells(axis, matrix, title, shades):
    """Draw the non-zero cells as tinted boxes with their values; row and column numbers at the edges."""
    from matplotlib.patches import Rectangle

    rows, columns = matrix.shape
    axis.add_patch(Rectangle((-0.5, -0.5), columns, rows, fill=False, edgecolor=palette.QUIET))
    for row, column in np.argwhere(matrix).tolist():
        box = shades.get(matrix[row, column], palette.BOXES["tap-1"])
        axis.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=box.fill, edgecolor=box.edge))
        axis.text(column, row, number(matrix[row, column]), ha="center", va="center", color=palette.INK, fontsize=9)
    axis.set(xlim=(-0.6, columns - 0.4), ylim=(rows - 0.4, -0.6), aspect="equal", title=title)
    axis.set(xticks=range(columns), yticks=range(rows), ylabel="row: output", xlabel="column: input")
    axis.tick_params(length=0, labelsize=8, labelcolor=palette.QUIET)
    axis.spines[:].set_visible(False)
