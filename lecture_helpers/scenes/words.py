"""Numbers, arithmetic and parameters as the words of captions and labels, and the limits of what a page can show."""

import numpy as np

from ..geometry import DEFAULTS, per_axis
from ..operators import as_arrays, check_finite

MOST_COLUMNS = 128  # in one row of a picture
LARGEST_SHOWN = 10**8  # of the integers in a picture, so that sums of their products stay within int64
LARGEST_FRACTION = 1e100  # of its other numbers, so that sums of their products stay finite


def picture_arrays(most_axes=1, **named):
    """The named values as arrays of finite numbers with at most `most_axes` axes, small enough to draw."""
    arrays = as_arrays(**named)
    for name, array in zip(named, arrays):
        if array.ndim > most_axes:
            axes = "1 axis" if most_axes == 1 else f"1 or {most_axes} axes"
            raise ValueError(f"This picture shows arrays with {axes}, but {name} has {array.ndim}.")
        check_width(max(array.shape), name)
        check_finite(name, array)
        if array.dtype != np.int64 and np.abs(array).max() > LARGEST_FRACTION:
            raise ValueError(f"A picture shows numbers up to {LARGEST_FRACTION:.0e}, but {name} holds {np.abs(array).max():.3g}.")
        if array.dtype == np.int64 and not -LARGEST_SHOWN <= array.min() <= array.max() <= LARGEST_SHOWN:
            odd = max(array.max(), array.min(), key=lambda value: abs(int(value)))
            raise ValueError(f"A picture shows integers up to {LARGEST_SHOWN:,}, but {name} holds {odd}.")
    return arrays


def check_width(cells, what):
    """Refuse a row that no page can show."""
    if cells > MOST_COLUMNS:
        raise ValueError(f"A picture shows at most {MOST_COLUMNS} cells a row, but {what} has {cells:,}.")


def single(value, name="parameter"):
    """A parameter, given as an int or for one axis, as an int; `name` appears in the error."""
    return per_axis(name, value, 1, 0)[0]


def number(value, digits=0):
    """A number as text, with a true minus sign; fractions with `digits` significant digits, or as many as stay legible.

    >>> number(-2), number(0.123456), number(1000.54), number(36963.0)
    ('−2', '0.1235', '1000.54', '36963')
    """
    whole = float(value).is_integer() and abs(value) < 1e15
    digits = digits or (4 if abs(value) < 100 else 7)
    return (str(int(value)) if whole else f"{value:.{digits}g}").replace("-", "−")


def numbers(values):
    """Numbers as a list of texts."""
    return [number(value) for value in values]


def join(values):
    """The numbers of a row as text, separated by spaces."""
    return " ".join(numbers(values))


def product(signal, tap):
    """A product as text, the signal first, negative factors in brackets.

    >>> product(-1, 2), product(2, -1)
    ('(−1)·2', '2·(−1)')
    """
    return "·".join(f"({number(factor)})" if factor < 0 else number(factor) for factor in (signal, tap))


def sum_of_products(name, pairs, total):
    """A sum written out, with its value.

    >>> sum_of_products("y[1]", [(4, 1), (-1, 2)], 2)
    'y[1] = 4·1 + (−1)·2 = 2'
    """
    terms = " + ".join(product(signal, tap) for signal, tap in pairs)
    return f"{name} = {terms} = {number(total)}" if terms else f"{name} = {number(total)} (no copy reaches it)"


def plain_parameter(value):
    """A parameter as an int, or as a tuple of ints if the axes differ.

    >>> plain_parameter((2, 2)), plain_parameter(np.array([1, 2]))
    (2, (1, 2))
    """
    values = tuple(np.atleast_1d(value).tolist())
    return values if len(set(values)) > 1 else values[0]


def described(options):
    """The parameters that differ from their defaults, as a suffix of a title."""
    values = {name: plain_parameter(value) for name, value in options.items()}
    return "".join(f", {name} {value}" for name, value in values.items() if value != DEFAULTS[name])


def indexed(name, flat, shape):
    """A cell's name with its index, from its number in C order.

    >>> indexed("y", 3, (2, 2))
    'y[1, 1]'
    """
    return f"{name}[{', '.join(map(str, np.unravel_index(flat, shape)))}]"


def grey(meaning, padding):
    """What the grey cells of a row mean, as a suffix of its label."""
    return f" (grey: {meaning})" if single(padding) else ""
