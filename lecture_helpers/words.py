"""Numbers and arithmetic as text, alike in pictures, plots and verdicts."""

import numpy as np


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
    """Numbers as one text: a row separated by spaces, the rows of a grid by slashes.

    >>> join([1, -2]), join([[1, 2], [3, 4]])
    ('1 −2', '1 2 / 3 4')
    """
    return " / ".join(" ".join(numbers(row)) for row in np.atleast_2d(values))


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


def indexed(name, flat, shape):
    """A cell's name with its index, from its number in C order.

    >>> indexed("y", 3, (2, 2)), indexed("y", 3, (4,))
    ('y[1, 1]', 'y[3]')
    """
    return f"{name}[{', '.join(map(str, np.unravel_index(flat, shape)))}]"


def plain_parameter(value):
    """A parameter as an int, or as a tuple of ints if the axes differ.

    >>> plain_parameter((2, 2)), plain_parameter(np.array([1, 2]))
    (2, (1, 2))
    """
    values = tuple(np.atleast_1d(value).tolist())
    return values if len(set(values)) > 1 else values[0]
