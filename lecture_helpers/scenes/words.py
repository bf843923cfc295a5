"""Numbers, arithmetic and parameters as the words of captions and labels, and the limits of what a page can show."""

import numpy as np

from ..geometry import DEFAULTS, per_axis
from ..operators import as_arrays

MOST_COLUMNS = 128  # in one row of a picture
LARGEST_SHOWN = 10**8  # of the integers in a picture, so that sums of their products stay within int64


def picture_arrays(most_axes=1, **named):
    """The named values as arrays of finite numbers with at most `most_axes` axes, small enough to draw."""
    arrays = as_arrays(**named)
    for name, array in zip(named, arrays):
        if array.ndim > most_axes:
            axes = "1 axis" if most_axes == 1 else f"1 or {most_axes} axes"
            raise ValueError(f"This picture shows arrays with {axes}, but {name} has {array.ndim}.")
        check_width(max(array.shape), name)
        if not np.isfinite(array).all():
            where = tuple(np.argwhere(~np.isfinite(array))[0].tolist())
            raise ValueError(f"A picture needs finite numbers, but {name}{list(where)} is {array[where]}.")
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


def number(value):
    """A number as text, with a true minus sign; fractions with four significant digits.

    >>> number(-2), number(0.123456), number(36963.0)
    ('−2', '0.1235', '36963')
    """
    whole = float(value).is_integer() and abs(value) < 1e15
    return (str(int(value)) if whole else f"{value:.4g}").replace("-", "−")


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


def described(options):
    """The parameters that differ from their defaults, as a suffix of a title."""
    values = {
        name: value[0] if isinstance(value, (tuple, list)) and len(set(value)) == 1 else value for name, value in options.items()
    }
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
