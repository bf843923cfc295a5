"""A guess beside the result, for predictions that are typed but not judged."""

from html import escape
from typing import NamedTuple

from .answers import Unreadable, cells, plain, same
from .drawing import as_html, picture_of
from .wording import in_words

NO_GUESS = "No guess yet: write one in, or `None` to just see"
GUESS, RESULT = "your guess", "result"


class Comparison(NamedTuple):
    """What `compare` shows: a line of words, and the guess and the result as nested lists."""

    words: str
    answers: dict  # by label
    ringed: dict  # by label, the indices of cells in which the two differ

    def __repr__(self):
        rows = [f"{label + ':':12}{in_words(answer, *self.ringed.get(label, ()))}" for label, answer in self.answers.items()]
        return "\n".join([*rows, *filter(None, [self.words])])

    def _repr_mimebundle_(self, include=None, exclude=None):
        words = f"<p>{as_html(self.words)}</p>" if self.words else ""
        return {"text/html": self._picture() + words, "text/plain": repr(self)}

    def _picture(self):
        rows = {label: answer if isinstance(answer, list) else [answer] for label, answer in self.answers.items()}
        ringed = {label: [index or (0,) for index in indices] for label, indices in self.ringed.items()}
        try:
            drawn = picture_of(rows, ringed) if rows else ""
        except Exception:  # a picture refuses what words can still say
            drawn = ""
        return drawn or "".join(f"<p>{label}: <code>{escape(in_words(row))}</code></p>" for label, row in self.answers.items())


def compare(guess, result):
    """Show a guess above the result, cell by cell, with differing cells ringed; no verdict is given, nothing is raised.

    Both may be numbers, rows, grids, texts or truth values, as lists, arrays or tensors. With `...` for a guess, the result
    is not shown yet; with `None` it is shown alone.

    >>> compare([1, 2, 4], [1, 2, 3])
    your guess: 1 2 [4]
    result:     1 2 3
    1 of 3 cells differs.
    >>> compare(..., [1, 2, 3])
    No guess yet: write one in, or `None` to just see
    """
    if guess is ...:
        return Comparison(NO_GUESS, {}, {})
    right, _ = _read(result)
    if guess is None:
        return Comparison("", {RESULT: right}, {})
    guessed, problem = _read(guess)
    if problem:
        return Comparison(problem.replace("our answer", "our guess"), {RESULT: right}, {})
    short = _too_little(guessed, right)
    ringed = {} if short else {GUESS: _differing(guessed, right), RESULT: _missing(right, guessed)}
    return Comparison(short or _summary(ringed, guessed, right), {GUESS: guessed, RESULT: right}, ringed)


def _too_little(guess, result):
    """What to say of one entry where several are asked for, or of one row where there are several; else nothing."""
    if not isinstance(result, list) or len(_cells(result)) < 2:
        return ""
    if not isinstance(guess, list):
        return f"Your guess is one entry; {len(_cells(result))} are asked for."
    rows = len(result) if isinstance(result[0], list) else 0
    alone = len(guess) == 1 or not any(isinstance(part, list) for part in guess)
    return f"Your guess is one row; {rows} are asked for." if rows > 1 and alone else ""


def _read(value):
    """A value as nested lists, with the reason if it cannot be read; then as text."""
    try:
        return plain(value), ""
    except Unreadable as reason:
        return _text(value), str(reason)


def _text(value):
    try:
        return str(value)[:200]
    except Exception:  # an object whose own text fails
        return type(value).__name__


def _differing(one, other):
    """The indices of the cells of `one` that `other` lacks, or in which it holds something else."""
    there = dict(_cells(other))
    return [index for index, value in _cells(one) if index not in there or not same(value, there[index])]


def _missing(one, other):
    """The indices of the cells of `one` that `other` lacks."""
    there = dict(_cells(other))
    return [index for index, _ in _cells(one) if index not in there]


def _cells(answer):
    """All (index, value) of an answer; a list that holds a single row counts as that row."""
    alone = isinstance(answer, list) and len(answer) == 1 and isinstance(answer[0], list)
    return list(cells(answer[0] if alone else answer))


def _summary(ringed, guess, result):
    count = len({index for answer in (guess, result) for index, _ in _cells(answer)})
    differing = len(ringed[GUESS]) + len(ringed[RESULT])
    if count == 1:
        return "They differ." if differing else "They agree."
    return (
        f"{differing} of {count} cells {'differs' if differing == 1 else 'differ'}." if differing else f"All {count} cells agree."
    )
