"""Plots with matplotlib: matrices and coverage cell by cell, signals, curves, images.

Each returns a `Figure`, without touching pyplot's state, and carries its content in words.
"""

import base64
import io
from importlib.resources import as_file, files

import matplotlib
import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from . import palette
from .geometry import conv_output_size
from .operators import as_array, as_arrays, coverage, cross_correlate, matrix_of

MOST_MATRIX_CELLS = 24 * 24
MOST_BARS = 64


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
    """Plot 1-D signals under one another, on one axis of positions, as a `Figure`.

    A signal whose name begins with input, kernel or output has that role's colour, any other is grey. The names
    are the titles, with spaces for underscores. Raises TypeError or ValueError if a signal is not 1-D.

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
        for axis, (name, array) in zip(axes, arrays.items(), strict=True):
            axis.axhline(0, color=palette.HUES["padding"], linewidth=0.8)
            axis.plot(array, color=palette.HUES.get(name.split()[0], palette.HUES["padding"]), marker="o", markersize=3)
            axis.set_title(name)
        axes[-1].set_xlabel("position")
    return figure


def plot_coverage(n, w, **params):
    """Plot how many copies of the kernel reach each output cell of a transposed layer, as a `Figure`.

    `n` and `w` are the sizes of the input and the kernel, ints for a row, pairs for a grid; `params` are those of `coverage`.
    Raises TypeError or ValueError, with the values. Source: Odena, Dumoulin and Olah (2016), uneven overlap.

    >>> plot_coverage(6, 3, stride=2)
    copies per output cell, W 6, w 3, stride 2: 1 1 2 1 2 1 2 1 2 1 2 1 1
    """
    counts = coverage(n, w, **params)
    if counts.ndim > 2:
        raise ValueError(f"A plot shows the coverage of 1 or 2 axes, but this layer has {counts.ndim}.")
    grid = counts.ndim == 2
    if grid:
        _check_cells(counts.shape)
    elif counts.size > MOST_BARS:
        raise ValueError(f"A plot shows the coverage of at most {MOST_BARS} output cells, but this layer has {counts.size}.")
    rows = [" ".join(map(number, row)) for row in np.atleast_2d(counts)]
    layer = ", ".join([f"W {n}", f"w {w}", *(f"{name} {value}" for name, value in params.items())])
    with _style():
        size = _size(counts.shape) if grid else (max(3.0, 0.3 * counts.size + 0.8), 1.9)
        figure = LectureFigure(f"copies per output cell, {layer}: " + ("\n" if grid else "").join(["", *rows]), size)
        (_shade_grid if grid else _draw_bars)(figure.subplots(), counts, f"copies per output cell, {layer}")
    return figure


def plot_curves(x, *, xlabel, ylabel, logarithmic=False, **curves):
    """Plot curves over common positions `x` (n,), each with its name at its right end, as a `Figure`; the last one in colour.

    With `logarithmic`, both axes are, and the name carries the curve's slope there: the power of x with which it grows.
    Raises TypeError or ValueError, with the values, if lengths differ or a number is not finite.

    >>> plot_curves([10, 100], xlabel="W", ylabel="multiplications", logarithmic=True, loop=[30, 300], matrix=[120, 12000])
    multiplications over W: 10 100
    loop, slope 1: 30 300
    matrix, slope 2: 120 12000
    """
    x, *rows = as_arrays(x=x, **curves)
    for name, row in zip(curves, rows):
        if row.shape != x.shape or x.ndim != 1:
            raise ValueError(f"Curves and positions need one axis of equal length, but {name} has {row.shape} and x {x.shape}.")
        _check_finite(name, row)
    names = [name.replace("_", " ") + (f", slope {_slope(x, row):.2g}" if logarithmic else "") for name, row in zip(curves, rows)]
    words = [
        f"{ylabel} over {xlabel}: {' '.join(map(number, x))}",
        *(f"{name}: {' '.join(map(number, row))}" for name, row in zip(names, rows)),
    ]
    with _style():
        figure = LectureFigure("\n".join(words), (6.4, 3.4))
        axis = figure.subplots()
        for name, row in zip(names, rows):
            colour = palette.HUES["output"] if row is rows[-1] else palette.HUES["padding"]
            axis.plot(x, row, color=colour)
            axis.annotate(f" {name}", (x[-1], row[-1]), color=palette.INK, va="center", fontsize=9)
        axis.set(xlabel=xlabel, ylabel=ylabel)
        if logarithmic:
            axis.set(xscale="log", yscale="log")
            axis.set_xticks(x, map(number, x))
            axis.minorticks_off()
    return figure


def plot_images(titles, images, *, columns=8):
    """Plot grey-scale images in rows of `columns`, each under its title, as a `Figure`; one scale of grey for all of them.

    `images` is a sequence of arrays (height, width), `titles` one text for each. Raises ValueError, with the values, if their
    numbers differ or an image has not two axes.

    >>> plot_images(["a step"], [[[0, 1], [0, 1]]])
    a step: 2×2, 0 to 1
    """
    images = [as_array("image", image) for image in images]
    if len(titles) != len(images) or not images or any(image.ndim != 2 for image in images):
        raise ValueError(
            f"Each image needs a title and two axes, but there are {len(titles)} titles for {[i.shape for i in images]}."
        )
    words = [
        f"{title}: {len(image)}×{len(image[0])}, {image.min():.3g} to {image.max():.3g}" for title, image in zip(titles, images)
    ]
    low, high = min(image.min() for image in images), max(image.max() for image in images)
    columns = min(columns, len(images))
    rows = -(-len(images) // columns)
    with _style():
        figure = LectureFigure("\n".join(words), (max(2.6, 1.25 * columns), 1.5 * rows))
        axes = figure.subplots(rows, columns, squeeze=False).ravel()
        for axis, title, image in zip(axes, titles, images):
            axis.imshow(image, cmap="gray", vmin=low, vmax=high)
            axis.set_title(title, fontsize=8, loc="center", fontweight="normal")
            axis.set(xticks=[], yticks=[])
            axis.spines[:].set(visible=True, color=palette.HUES["padding"])
        for axis in axes[len(images) :]:
            axis.axis("off")
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


def _slope(x, row):
    """The power of x with which a curve grows at its right end."""
    return np.log(row[-1] / row[-2]) / np.log(x[-1] / x[-2])


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
