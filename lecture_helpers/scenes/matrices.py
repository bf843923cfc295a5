"""A layer as a matrix at work: row by row for a convolution layer, column by column for a transposed one."""

import numpy as np

from ..geometry import connections, conv_output_size, conv_transpose_output_size, per_axis
from ..operators import conv_transpose, cross_correlate
from .cells import Band, Cell, Scene, life, row_of_cells, running_sums
from .words import described, join, number, numbers, picture_arrays, product, sum_of_products

MOST_LINES = 24  # rows or columns of a matrix


def matrix_scene(x, kernel, *, transposed=False, stride=1, padding=0, output_padding=0, dilation=1):
    """The scene of y = C x, one step per row, or of y = Cᵀ x, one step per column; 1-D `x` and `kernel`."""
    x, kernel = picture_arrays(x=x, kernel=kernel)
    options = dict(stride=stride, padding=padding, dilation=dilation)
    if transposed:
        _check_size(conv_transpose_output_size(x.size, kernel.size, output_padding=output_padding, **options), x.size)
        y = conv_transpose(x, kernel, output_padding=output_padding, **options)
        (column,), (tap,), (row,) = connections(y.shape, kernel.shape, x.shape, **options).kept()
    else:
        if per_axis("output_padding", output_padding, 1, 0) != (0,):
            raise ValueError(
                f"Only a transposed layer has an output_padding, but it is {output_padding!r} with transposed=False."
            )
        _check_size(conv_output_size(x.size, kernel.size, **options), x.size)
        y = cross_correlate(x, kernel, **options)
        (row,), (tap,), (column,) = connections(x.shape, kernel.shape, y.shape, **options).kept()
    taps = list(zip(row.tolist(), column.tolist(), kernel[tap]))
    show = _by_column if transposed else _by_row
    suffix = described(options | (dict(output_padding=output_padding) if transposed else {}))
    return show(x, y, taps, f", κ = {join(kernel)}{suffix}")


def _check_size(rows, columns):
    if max(rows, columns) > MOST_LINES:
        raise ValueError(f"A picture shows a matrix of at most {MOST_LINES} rows and columns, but this one is {rows}×{columns}.")


def _by_row(x, y, taps, suffix):
    """Row i of C and the input give y[i]."""
    last = y.size - 1
    rows = [[(column, value) for row, column, value in taps if row == i] for i in range(y.size)]
    lit = [Cell(0, column, box="input-lit", **life(i, last)) for i, row in enumerate(rows) for column, _ in row]
    matrix = [Cell(i, column, box="kernel", **life(i, last)) for i, row in enumerate(rows) for column, _ in row]
    output = [Cell(i, x.size + 1, number(y[i]), since=i + 1) for i in range(y.size)]
    output += [Cell(i, x.size + 1, box="output-lit", **life(i, last)) for i in range(y.size)]
    captions = [
        f"Row {i} of C: {sum_of_products(f'y[{i}]', [(x[column], value) for column, value in row], y[i])}"
        for i, row in enumerate(rows)
    ]
    names = ("Convolution layer as a matrix, y = C x", "input x (large row)", "matrix C; beside it output y (small row)")
    return _matrix(names, suffix, x, y, taps, (lit, matrix + output, "Predict y[0], then step.", captions))


def _by_column(x, y, taps, suffix):
    """Column i of Cᵀ, weighted by x[i], is added to the output."""
    last = x.size - 1
    columns = [[(row, value) for row, column, value in taps if column == i] for i in range(x.size)]
    lit = [Cell(0, i, box="input-lit", **life(i, last)) for i in range(x.size)]
    matrix = [Cell(row, i, box="kernel", **life(i, last)) for i, column in enumerate(columns) for row, _ in column]
    output, captions = [], []
    for i, column in enumerate(columns):
        output += [Cell(row, x.size + 1, box="output-lit", **life(i, last)) for row, _ in column]
        where = ", ".join(f"y[{row}]" for row, _ in column)
        products = ", ".join(product(x[i], value) for _, value in column)
        captions.append(
            f"Column {i} of Cᵀ, times x[{i}]: {products}, added at {where}" if column else f"Column {i} of Cᵀ is empty"
        )
    for u in range(y.size):
        added = [(column + 1, x[column] * value) for row, column, value in taps if row == u]
        output += running_sums(u, x.size + 1, [term for _, term in added], [moment for moment, _ in added], x.size)
    names = (
        "Transposed convolution layer as a matrix, y = Cᵀ x",
        "input x (small row)",
        "matrix Cᵀ; beside it output y (large row)",
    )
    return _matrix(names, suffix, x, y, taps, (lit, matrix + output, "Predict y[0] and y[1], then step.", captions))


def _matrix(names, suffix, x, y, taps, moving):
    """The scene that both directions share: input over the matrix' columns, output to its right."""
    title, input_label, matrix_label = names
    lit, work, start, captions = moving
    still = [Cell(row, column, number(value), "tap") for row, column, value in taps]
    still += [cell for i in range(y.size) for cell in (Cell(i, x.size, f"y[{i}]"), Cell(i, x.size + 1, box="output"))]
    values = " / ".join(join(line) for line in _dense(taps, (y.size, x.size)))
    bands = (
        Band(input_label, (*row_of_cells(numbers(x), range(x.size), "input"), *lit), join(x)),
        Band(matrix_label, (*still, *work), f"{values} gives {join(y)}", answer=True),
    )
    return Scene(title + suffix, bands, (start, *captions))


def _dense(taps, shape):
    matrix = np.zeros(shape, np.asarray([value for _, _, value in taps]).dtype)
    for row, column, value in taps:
        matrix[row, column] = value
    return matrix
