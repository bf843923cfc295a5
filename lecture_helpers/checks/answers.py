"""A learner's answer as nested lists of numbers, texts and None: how it is read, compared and put into words."""

import itertools
import math
import numbers
import re

import numpy as np

from ..words import number

MOST_NUMBERS = 10_000  # in one answer
DEEPEST = 8  # lists within lists
LARGEST_NUMBER = 10**300
SHOWN_ROWS, SHOWN_CELLS = 12, 24  # larger answers are not drawn
MOST_WRITTEN = 100  # cells of an answer that is written out


class Unreadable(Exception):
    """An answer that holds no numbers to judge; the message is one sentence."""


def plain(value):
    """An answer as nested lists of Python numbers, texts and None; raises Unreadable, with the reason."""
    try:
        return _plain(value, 0, iter(range(MOST_NUMBERS)))
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


def unfit(answer, truth, may_be_none, predicted):
    """Why a readable answer cannot be judged, in one sentence; empty if it can."""
    if answer is None and not may_be_none:
        question = (
            "which value does your cell give to its name" if predicted else "does every way through your code end with `return`"
        )
        return f"There is no answer (None): {question}?"
    words = any(isinstance(value, str) for _, value in cells(truth))
    for index, value in cells(answer):
        if isinstance(value, str) and not words:
            return f"Your answer holds text{_at(index)}: numbers, and True, False or None, are written without quotes."
        if isinstance(value, float) and not math.isfinite(value):
            return f"Your answer holds {value}{_at(index)}: is something divided by zero or never filled in?"
    return ""


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


def what_is_wrong(answer, truth, lit, predicted):
    """What can be said of a wrong answer that no known misconception explains, with a question."""
    if answer is None:
        return "Your answer is `None` here. Does a `return` end every way through your code?"
    if isinstance(answer, list) and not isinstance(truth, list):
        return "Your answer is a list, but a single number is needed. Do you mean its length, or a number in it?"
    if isinstance(truth, list) and not isinstance(answer, list):
        early = "" if predicted else ", and does a `return` end your code too early"
        return f"Your answer is a single number, but several are needed. How many{early}?"
    if any(isinstance(value, str) for _, value in cells(truth)):
        return _wrong_words(answer, truth)
    if lit is not None:
        return f"Your answer is not right{_at(lit)}. What do you get if you work it out by hand?"
    return _wrong_shape(answer, truth)


def _wrong_words(answer, truth):
    """The same for an answer of texts, without naming the wrong one: where there are two, that would give the right one away."""
    known = sorted({value for _, value in cells(truth)})
    strange = [value for _, value in cells(answer) if not any(same(value, word) for word in known)]
    choice = " or ".join(f'"{word}"' for word in known)
    if strange:
        return f"Each entry is {choice}, but one of yours is {strange[0]!r}. Is it misspelled?"
    return "At least one entry is not right. Which of them have you seen in an animation, and which could a single 1 tell you?"


def _wrong_shape(answer, truth):
    """The same for an answer whose rows or cells are too few or too many."""
    nested = [isinstance(value, list) and all(isinstance(row, list) for row in value) for value in (answer, truth)]
    if all(nested) and len(answer) != len(truth):
        return f"Your answer has {len(answer)} rows, which is too {_few_or_many(answer, truth)}. How many does the task lead to?"
    for k, (row, right) in enumerate(zip(answer, truth) if len(answer) == len(truth) else ()):
        if isinstance(row, list) and isinstance(right, list) and len(row) != len(right):
            return f"Row {k} of your answer (from 0) has too {_few_or_many(row, right)} cells. Where does it end?"
    given, needed = (list(cells(value)) for value in (answer, truth))
    if len(given) == len(needed):
        return "The number of cells is right, but not how they are put into rows. Which brackets does the task ask for?"
    count = f"{len(given)} {'number' if len(given) == 1 else 'numbers'}"
    return f"Your answer has {count}, which is too {_few_or_many(given, needed)}. How many does the task lead to?"


def _few_or_many(given, needed):
    return "few" if len(given) < len(needed) else "many"


def _at(index):
    if not index:
        return ""
    return f" at position {index[0]}" if len(index) == 1 else f" at position {index}"


def as_rows(answer):
    """An answer of one or two axes as rows of numbers as texts; empty if it is none, or too large to draw."""
    rows = answer if isinstance(answer, list) and answer and all(isinstance(row, list) for row in answer) else [answer]
    if not all(isinstance(row, list) and row and all(isinstance(cell, (int, float)) for cell in row) for row in rows):
        return []
    small = len(rows) <= SHOWN_ROWS and max(map(len, rows)) <= SHOWN_CELLS
    return [[in_words(cell) for cell in row] for row in rows] if small else []


def in_words(answer, lit=None):
    """An answer on one line, the lit cell in brackets; only its size, if it is large."""
    if isinstance(answer, list):
        if len(list(itertools.islice(cells(answer), MOST_WRITTEN + 1))) > MOST_WRITTEN:
            return f"more than {MOST_WRITTEN} numbers"
        inner = [in_words(cell, lit[1:] if lit and lit[0] == k else None) for k, cell in enumerate(answer)]
        return (" / " if any(isinstance(cell, list) for cell in answer) else " ").join(inner)
    a_number = isinstance(answer, (int, float)) and not isinstance(answer, bool)
    words = number(answer, digits=7) if a_number else "" if answer is None else str(answer)
    return words if lit is None or not words else f"[{words}]"


def given_in_words(name, value):
    """An argument of a case in words; one with three axes block by block."""
    if isinstance(value, list) and value and isinstance(value[0], list) and value[0] and isinstance(value[0][0], list):
        return "; ".join(f"{name}[{k}] = {in_words(block)}" for k, block in enumerate(value))
    return f"{name} = {in_words(value) or value}"
