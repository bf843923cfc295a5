"""What a page can show: how many cells, and how large their numbers may be."""

import numpy as np

from ..arrays import as_arrays, check_finite

MOST_COLUMNS = 128  # in one row of a picture
MOST_ROWS = 16  # and columns, of a grid
MOST_CROSSINGS = 64 * 64  # of a board
COLUMNS, LETTERS = 20, 60  # at most so many columns stand on a line, or so many letters of the longest number in each
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
    if array.dtype != np.int64 and float(np.abs(array).max()) > LARGEST_FRACTION:
        raise ValueError(f"A picture shows numbers up to {LARGEST_FRACTION:.0e}, but {name} holds {np.abs(array).max():.3g}.")
    if array.dtype == np.int64 and not -LARGEST_SHOWN <= array.min() <= array.max() <= LARGEST_SHOWN:
        odd = max(array.max(), array.min(), key=lambda value: abs(int(value)))
        raise ValueError(f"A picture shows integers up to {LARGEST_SHOWN:,}, but {name} holds {odd}.")


def check_extent(shape, what):
    """Refuse a row or a grid that no page can show; `what` names it."""
    if len(shape) == 1:
        check_row(*shape, f"the long row {what}")
    elif max(shape) > MOST_ROWS:
        size = f"{shape[0]}×{shape[1]}"
        raise ValueError(f"A picture shows a grid of at most {MOST_ROWS}×{MOST_ROWS} cells, but the long grid {what} has {size}.")


def check_row(cells, what):
    """Refuse a row that no page can show."""
    if cells > MOST_COLUMNS:
        raise ValueError(f"A picture shows at most {MOST_COLUMNS} cells a row, but {what} has {cells:,}.")


def check_board(rows, columns):
    """Refuse a board that no page can show."""
    if rows * columns > MOST_CROSSINGS:
        raise ValueError(f"A board has at most {MOST_CROSSINGS:,} crossings, but this one is {rows}×{columns}.")


def columns_that_fit(texts):
    """How many columns stand on one line, if the longest of some texts must fit into each."""
    return min(COLUMNS, LETTERS // max(map(len, texts)))
