"""Answers, and what is wrong with them, in words."""

import itertools
import math

from ..words import counted, number
from .answers import cells, depth, same, same_shape

MOST_WRITTEN = 100  # cells of an answer that is written out


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


def fraction_among_sizes(answer):
    """What to say of an answer of sizes that holds a number such as 2.0; empty if it holds none."""
    found = next((value for _, value in cells(answer) if isinstance(value, float)), None)
    return "" if found is None else f"PyTorch refuses {found} as a size. Which division gives whole numbers in Python?"


def what_is_wrong(answer, truth, lit, predicted):
    """What can be said of a wrong answer that no known misconception explains, with a question."""
    if answer is None:
        return "Your answer is `None` here. Does a `return` end every way through your code?"
    if isinstance(answer, list) and not isinstance(truth, list):
        return "Your answer is a list, but a single value is needed. Do you mean its length, or a number in it?"
    if isinstance(truth, list) and not isinstance(answer, list):
        early = "" if predicted else ", and does a `return` end your code too early"
        return f"Your answer is a single value, but several are needed. How many{early}?"
    if not same_shape(answer, truth):
        return _wrong_shape(answer, truth)
    if any(isinstance(value, str) for _, value in cells(truth)):
        return _wrong_words(answer, truth)
    if isinstance(truth, bool) != isinstance(answer, bool) and not isinstance(truth, list):
        return f"The task asks for {'True or False' if isinstance(truth, bool) else 'a number'}. What does your code return?"
    if not lit and not predicted and isinstance(truth, (int, float)) and not isinstance(truth, bool):
        return f"Your answer is too {'small' if answer < truth else 'large'} here. What do you get if you work it out by hand?"
    return f"Your answer is not right{_at(lit)}. What do you get if you work it out by hand?"


def _wrong_words(answer, truth):
    """The same for an answer of texts, without naming the wrong one: where there are two, that would give the right one away."""
    known = sorted({value for _, value in cells(truth)})
    strange = [value for _, value in cells(answer) if not any(same(value, word) for word in known)]
    choice = " or ".join(f'"{word}"' for word in known)
    if strange:
        return f"Each entry is {choice}, but one of yours is {strange[0]!r}. Is it misspelled?"
    return "At least one entry is not right. Which of them have you seen in an animation, and which could a single 1 tell you?"


def _wrong_shape(answer, truth):
    """The same for an answer with too few or too many cells or rows, or with other brackets than the task asks for."""
    given, needed = (list(cells(value)) for value in (answer, truth))
    if len(given) == len(needed):
        return f"Your answer has as many numbers as are needed, but in other brackets{_brackets(answer)}. Which are asked for?"
    if depth(answer) < depth(truth):
        return f"Your answer is a single row of {counted(len(given), 'cell')}, but rows within a list are needed. How many?"
    if depth(answer) == depth(truth) > 1 and len(answer) != len(truth):
        many, what = _few_or_many(answer, truth), "grid" if depth(truth) > 2 else "row"
        return f"Your answer has {counted(len(answer), what)}, which is too {many}. How many does the task lead to?"
    for k, (row, right) in enumerate(zip(answer, truth) if len(answer) == len(truth) else ()):
        if isinstance(row, list) and isinstance(right, list) and len(row) != len(right):
            return f"Row {k} of your answer (counted from 0) has too {_few_or_many(row, right)} numbers. How many belong there?"
    many = _few_or_many(given, needed)
    numbers = f"{counted(len(given), 'number')}{_brackets(answer)}"
    return f"Your answer has {numbers}, which is too {many}. How many does the task lead to?"


def _few_or_many(given, needed):
    return "few" if len(given) < len(needed) else "many"


def _brackets(answer):
    """How deep the lists of an answer lie, as a suffix."""
    return f" (yours lie in {depth(answer)} pairs of brackets)" if depth(answer) > 1 else ""


def _at(index):
    if not index:
        return ""
    return f" at position {index[0]}" if len(index) == 1 else f" at position {index}"


def in_words(answer, *lit):
    """An answer on one line, cells with the indices `lit` in brackets, else the brackets of a single row in a list.

    >>> in_words([[1, 2], [3, 4]], (1, 0)), in_words([[1, 2]])
    ('1 2 / [3] 4', '[[1 2]]')
    """
    if len(list(itertools.islice(cells(answer), MOST_WRITTEN + 1))) > MOST_WRITTEN:
        return f"more than {MOST_WRITTEN} numbers"
    if isinstance(answer, list) and not lit and (not answer or (depth(answer) > 1 and len(answer) == 1)):
        return _bracketed(answer)
    return _written(answer, set(lit), ())


def _written(answer, lit, index):
    if isinstance(answer, list):
        inner = [_written(cell, lit, (*index, k)) for k, cell in enumerate(answer)]
        return {1: " ", 2: " / "}.get(depth(answer), "; ").join(inner)
    return f"[{_value(answer)}]" if index in lit else _value(answer)


def _bracketed(answer):
    return f"[{' '.join(map(_bracketed, answer))}]" if isinstance(answer, list) else _value(answer)


def _value(cell):
    """One number, text, truth value or None as text."""
    a_number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
    return number(cell, digits=7) if a_number and math.isfinite(cell) else str(cell)


def given_in_words(name, value):
    """An argument of a case in words; one with three axes block by block."""
    if isinstance(value, list) and value and isinstance(value[0], list) and value[0] and isinstance(value[0][0], list):
        return "; ".join(f"{name}[{k}] = {in_words(block)}" for k, block in enumerate(value))
    return f"{name} = {in_words(value)}"
