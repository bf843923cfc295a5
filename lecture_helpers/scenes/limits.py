"""What a page can show: how many cells, and how large their numbers may be."""

import math

import numpy as np

from ..arrays import as_arrays, check_finite

MOST_COLUMNS = 128  # in one row of a picture
MOST_ROWS = 16  # and columns, of a grid
MOST_LINES = 24  # rows or columns of a matrix in a player
MOST_MATRIX_CELLS = 64 * 64  # in an explorer
LARGEST_SHOWN = 10**8  # of the integers in a picture, so that sums of their products stay within int64
LARGEST_FRACTION = 1e100  # of its other numbers, so that sums of their products stay finite


def picture_arrays(most_axes=1, **named):
    """The named values as arrays of finite numbers with at most `most_axes` axes, small enough to draw."""
    arrays = as_arrays(**named)
    for name, array in zip(named, arrays):
        if array.ndim > most_axes:
            axes = "1 axis" if most_axes == 1 else f"1 or {most_axes} axes"
            raise ValueError(f"This picture shows arrays with {axes}, but {name} has {array.ndim}.")
        check_row(max(array.shape), name)
        check_finite(name, array)
        _check_size(name, array)
    return arrays


def _check_size(name, array):
    """Refuse numbers whose sums of products could overflow."""
    if array.dtype != np.int64 and np.abs(array).max() > LARGEST_FRACTION:
        raise ValueError(f"A picture shows numbers up to {LARGEST_FRACTION:.0e}, but {name} holds {np.abs(array).max():.3g}.")
    if array.dtype == np.int64 and not -LARGEST_SHOWN <= array.min() <= array.max() <= LARGEST_SHOWN:
        odd = max(array.max(), array.min(), key=lambda value: abs(int(value)))
        raise ValueError(f"A picture shows integers up to {LARGEST_SHOWN:,}, but {name} holds {odd}.")


def check_extent(shape, what):
    """Refuse a row or a grid that no page can show; `what` names it."""
    if len(shape) == 1:
        check_row(*shape, f"the large row {what}")
    elif max(shape) > MOST_ROWS:
        size = f"{shape[0]}×{shape[1]}"
        raise ValueError(
            f"A picture shows a grid of at most {MOST_ROWS}×{MOST_ROWS} cells, but the large grid {what} has {size}."
        )


def check_row(cells, what):
    """Refuse a row that no page can show."""
    if cells > MOST_COLUMNS:
        raise ValueError(f"A picture shows at most {MOST_COLUMNS} cells a row, but {what} has {cells:,}.")


def check_matrix(rows, columns):
    """Refuse a matrix that no player can show."""
    if max(rows, columns) > MOST_LINES:
        raise ValueError(f"A picture shows a matrix of at most {MOST_LINES} rows and columns, but this one is {rows}×{columns}.")


def check_matrix_cells(rows, columns):
    """Refuse a matrix that no explorer can show."""
    if math.prod((rows, columns)) > MOST_MATRIX_CELLS:
        raise ValueError(f"An explorer shows a matrix of at most {MOST_MATRIX_CELLS:,} cells, but this one is {rows}×{columns}.")
