"""Numbers and arithmetic as text, alike in pictures, plots and verdicts.

What a caption colours is a tuple of spans, (text, role): the role is "input", "kernel", "output" or another key of
`palette.CARD`, or "" for what has none.
"""

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


def plain(spans):
    """The text of some spans.

    >>> plain((("y[0]", "output"), (" = ", ""), ("7", "output")))
    'y[0] = 7'
    """
    return "".join(text for text, _ in spans)


def product(signal, tap, roles=("input", "kernel")):
    """A product as spans, the signal first, negative factors in brackets.

    >>> plain(product(-1, 2)), plain(product(2, -1))
    ('(−1)·2', '2·(−1)')
    """
    (one, other), (signal_role, tap_role) = (_factor(factor) for factor in (signal, tap)), roles
    return (one, signal_role), ("·", ""), (other, tap_role)


def times(signal, tap):
    """A product that is still to be worked out, short, for a cell.

    >>> times(-1, 2), times(2, -1)
    ('−1×2', '2×(−1)')
    """
    return f"{number(signal)}×{_factor(tap)}"


def _factor(value):
    return f"({number(value)})" if value < 0 else number(value)


def joined(parts, separator):
    """Several tuples of spans as one, with a separator between them."""
    spans = []
    for part in parts:
        spans += [(separator, ""), *part] if spans else part
    return tuple(spans)


def indexed(name, flat, shape):
    """A cell's name with its index, from its number in C order.

    >>> indexed("y", 3, (2, 2)), indexed("y", 3, (4,))
    ('y[1, 1]', 'y[3]')
    """
    return f"{name}[{', '.join(map(str, np.unravel_index(flat, shape)))}]"


def counted(count, thing):
    """A count with its thing, in the plural where there are several.

    >>> counted(1, "cell"), counted(7, "cell")
    ('1 cell', '7 cells')
    """
    return f"{count} {thing}{'' if count == 1 else 's'}"


def plain_parameter(value):
    """A parameter as an int, or as a tuple of ints if the axes differ.

    >>> plain_parameter((2, 2)), plain_parameter(np.array([1, 2]))
    (2, (1, 2))
    """
    values = tuple(np.atleast_1d(value).tolist())
    return values if len(set(values)) > 1 else values[0]
