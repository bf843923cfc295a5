"""Plots with matplotlib: matrices cell by cell, and signals. Each returns a `Figure`, without touching pyplot's state."""

import base64
import io
from importlib.resources import as_file, files

import matplotlib
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from . import palette
from .geometry import conv_output_size
from .operators import as_array, as_arrays, cross_correlate, matrix_of

MOST_MATRIX_CELLS = 24 * 24


class LectureFigure(Figure):
    """A matplotlib figure that Jupyter shows without pyplot, with its content in words as the text of the output."""

    def __init__(self, words, size):
        super().__init__(figsize=size)
        self.words = words

    def __repr__(self):
        return self.words

    def _repr_mimebundle_(self, include=None, exclude=None):
        buffer = io.BytesIO()
        self.savefig(buffer, format="png", metadata={"Software": None})
        png = base64.b64encode(buffer.getvalue()).decode()
        return {"image/png": png, "text/plain": self.words}, {"image/png": {"alt": self.words}}


def plot_matrix(matrix, *, title="matrix"):
    """Plot a matrix of numbers cell by cell, zeros left empty, as a `Figure`.

    `matrix` has two axes and at most 576 cells. Raises TypeError or ValueError, with the values, if it does not.

    >>> plot_matrix([[1, 2, 0], [0, 1, 2]], title="C")
    C, 2×3
    1 2 0
    0 1 2
    """
    matrix = _drawable(matrix)
    with _style():
        figure = LectureFigure(_words(matrix, title), _size(matrix.shape))
        _draw_cells(figure.subplots(), matrix, title)
    return figure


def plot_matrix_and_transpose(kernel, n, *, symbols=False, **params):
    """Plot the matrix C of the convolution layer on `n` cells, and its transpose, side by side, as a `Figure`.

    `kernel` (w,) is 1-D; `params` are those of `cross_correlate`. With `symbols`, the cells name the taps, κ₁ κ₂ …, instead
    of their values. Raises TypeError or ValueError, with the values. Source: lecture 9.1, the 5×7 matrix and its transpose.

    >>> plot_matrix_and_transpose([1, 2], 3)
    C, 2×3
    1 2 0
    0 1 2
    Cᵀ, 3×2
    1 0
    2 1
    0 2
    """
    (kernel,) = as_arrays(kernel=kernel)
    _check_finite("kernel", kernel)
    if kernel.ndim != 1:
        raise ValueError(f"kernel must have 1 axis, but has shape {kernel.shape}.")
    _check_cells((conv_output_size(n, kernel.size, **params), n))
    taps = np.arange(1, kernel.size + 1)
    matrix = _drawable(matrix_of(lambda x: cross_correlate(x, taps if symbols else kernel, **params), n))
    name = (lambda tap: "κ" + str(int(tap)).translate(SUBSCRIPTS)) if symbols else number
    words = "\n".join(_words(each, title, name) for each, title in ((matrix, "C"), (matrix.T, "Cᵀ")))
    rows, columns = matrix.shape
    with _style():
        figure = LectureFigure(words, _size((max(rows, columns), rows + columns + 1)))
        left, right = figure.subplots(1, 2, width_ratios=(columns, rows))
        _draw_cells(left, matrix, "C: y = C x", name, ("place i: output y", "cell u: input x"))
        _draw_cells(right, matrix.T, "Cᵀ: y = Cᵀ x", name, ("cell u: output y", "place i: input x"))
    return figure


def plot_signals(**signals):
    """Plot 1-D signals under one another, on one axis of positions, as a `Figure`; the last one, the subject, in colour.

    The names are the titles, with spaces for underscores. Raises TypeError or ValueError if a signal is not 1-D.

    >>> plot_signals(input_x=[0, 0, 1, 1], output_y=[0, 1, 0])
    input x: 0 0 1 1
    output y: 0 1 0
    """
    if not signals:
        raise ValueError("plot_signals needs at least one signal, but got none.")
    arrays = {name.replace("_", " "): as_arrays(**{name: signal})[0] for name, signal in signals.items()}
    for name, array in arrays.items():
        if array.ndim != 1:
            raise ValueError(f"A signal has 1 axis, but {name} has shape {array.shape}.")
        _check_finite(name, array)
    words = "\n".join(f"{name}: {' '.join(map(number, array))}" for name, array in arrays.items())
    with _style():
        figure = LectureFigure(words, (6.4, 1.5 * len(arrays)))
        axes = figure.subplots(len(arrays), 1, sharex=True, squeeze=False)[:, 0]
        for position, (axis, (name, array)) in enumerate(zip(axes, arrays.items(), strict=True), 1):
            axis.plot(array, color=palette.HUES["output" if position == len(arrays) else "padding"], marker="o", markersize=3)
            axis.set_title(name)
        axes[-1].set_xlabel("position")
    return figure


def number(value):
    """A number as a label, with a true minus sign."""
    return f"{value:.6g}".replace("-", "−")


SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def _style():
    with as_file(files(__package__).joinpath("lecture.mplstyle")) as path:
        return matplotlib.rc_context(fname=path)


def _drawable(matrix):
    matrix = as_array("matrix", matrix)
    _check_cells(matrix.shape)
    _check_finite("matrix", matrix)
    return matrix


def _check_cells(shape):
    if len(shape) != 2 or not 1 <= shape[0] * shape[1] <= MOST_MATRIX_CELLS:
        raise ValueError(f"A plot shows a matrix with 1 to {MOST_MATRIX_CELLS} cells, but this one has shape {shape}.")


def _check_finite(name, array):
    if not np.isfinite(array).all():
        where = np.argwhere(~np.isfinite(array))[0].tolist()
        raise ValueError(f"A picture needs finite numbers, but {name}{where} is {array[tuple(where)]}.")


def _words(matrix, title, name=number):
    rows = (" ".join(name(value) if value else "0" for value in row) for row in matrix)
    return "\n".join([f"{title}, {len(matrix)}×{len(matrix[0])}", *rows])


def _size(shape):
    """Inches for a matrix of this shape."""
    rows, columns = shape
    return max(2.5, 0.36 * columns + 0.8), 0.36 * rows + 0.8


def _draw_cells(axis, matrix, title, name=number, labels=("row: output", "column: input")):
    """Draw the non-zero cells as tinted boxes with their values; row and column numbers at the edges."""
    rows, columns = matrix.shape
    box = palette.BOXES["kernel"]
    axis.add_patch(Rectangle((-0.5, -0.5), columns, rows, fill=False, edgecolor=palette.QUIET))
    for row, column in np.argwhere(matrix).tolist():
        axis.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=box.fill, edgecolor=box.edge))
        axis.text(column, row, name(matrix[row, column]), ha="center", va="center", color=palette.INK, fontsize=9)
    axis.set(xlim=(-0.6, columns - 0.4), ylim=(rows - 0.4, -0.6), aspect="equal", title=title)
    axis.set(xticks=range(columns), yticks=range(rows), ylabel=labels[0], xlabel=labels[1])
    axis.tick_params(length=0, labelsize=8, labelcolor=palette.QUIET)
    axis.spines[:].set_visible(False)
