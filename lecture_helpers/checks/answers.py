"""A learner's answer as nested lists of numbers, texts and None: how it is read, and how two of them are compared."""

import math
import numbers
import re

import numpy as np

MOST_NUMBERS = 10_000  # in one answer
DEEPEST = 8  # lists within lists
LARGEST_NUMBER = 10**300


class Unreadable(Exception):
    """An answer that holds no numbers to judge; the message is one sentence."""


def plain(value, numbers_of=lambda value: value):
    """An answer as nested lists of numbers, texts and None; `numbers_of` as in `Table`. Raises Unreadable, with the reason."""
    try:
        return _plain(numbers_of(value), 0, iter(range(MOST_NUMBERS)))
    except Unreadable:
        raise
    except Exception as problem:
        raise Unreadable(f"Your answer cannot be read as numbers ({type(problem).__name__}).") from None


def _plain(value, depth, room):
    """The same for a part of an answer; `room` counts down what an answer may still hold."""
    if next(room, None) is None:
        raise Unreadable(f"Your answer holds more than {MOST_NUMBERS:,} numbers, far more than are needed.")
    if hasattr(value, "tolist"):
        value = _as_lists(value)
    if isinstance(value, (list, tuple, range)):
        if depth > DEEPEST:
            raise Unreadable(f"Your lists lie more than {DEEPEST} deep. Does a list contain itself?")
        return [_plain(entry, depth + 1, room) for entry in value]
    if value is ...:
        raise Unreadable("There is still a `...` in your answer.")
    return _cell(value)


def _as_lists(array):
    """An array or a tensor as nested lists."""
    array = array.detach() if hasattr(array, "detach") else array
    size = int(np.prod(array.shape))
    if size > MOST_NUMBERS:
        raise Unreadable(f"Your answer holds {size:,} numbers, far more than are needed.")
    return array.tolist()


def _cell(value):
    """One number, text or None."""
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        raise Unreadable("Your answer holds a number of more than 300 digits.")
    if value is None or isinstance(value, (int, float, str)):
        return value
    if isinstance(value, complex) and abs(value.imag) <= 1e-8 * max(1, abs(value.real)):
        return value.real
    if isinstance(value, numbers.Real):
        return float(value)
    advice = "put it into `list(…)`" if hasattr(value, "__next__") else "numbers in a list are needed"
    raise Unreadable(f"Your answer holds something of type {type(value).__name__}; {advice}.")


def cells(answer, index=()):
    """All (index, value) of a nested list."""
    if isinstance(answer, list):
        for k, entry in enumerate(answer):
            yield from cells(entry, (*index, k))
    else:
        yield index, answer


def same(one, other):
    """Whether two nested answers agree, numbers up to the precision of float32, texts up to how they are spelled."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=1e-5, abs_tol=1e-8)
    if isinstance(one, str) and isinstance(other, str):
        return _folded(one) == _folded(other)
    return one is None and other is None


def _folded(text):
    return re.sub(r"[\s_-]+", " ", text.strip().lower())


def first_difference(answer, truth):
    """The index of the first cell in which two nested lists differ; None if their shapes differ, nothing does, or it is a text.

    Where there are two texts to choose from, a lit one would give the other away.
    """
    if isinstance(answer, str) and isinstance(truth, str):
        return None
    if isinstance(answer, list) and isinstance(truth, list) and len(answer) == len(truth):
        for index, pair in enumerate(zip(answer, truth)):
            if not same(*pair):
                inner = first_difference(*pair)
                return None if inner is None else (index, *inner)
    return None if isinstance(answer, list) or isinstance(truth, list) else ()


def same_shape(one, other):
    """Whether two nested answers have as many rows and cells, whatever stands in them."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same_shape, one, other))
    return not isinstance(one, list) and not isinstance(other, list)


def depth(answer):
    """How many lists lie in one another around the first cell of an answer."""
    return 1 + (depth(answer[0]) if answer else 0) if isinstance(answer, list) else 0
