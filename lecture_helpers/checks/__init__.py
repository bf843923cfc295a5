"""The exercise engine: a table of cases and misconceptions judges a learner's answer and says what its numbers are.

A misconception is a *model*: a computation that yields the wrong answer. An answer that agrees with a model on every case
that was answered gets that model's advice. No verdict shows the right answer.
"""

import copy
import dis
import linecache
import math
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html import escape
from importlib.resources import files
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

import numpy as np

from ..scenes import answer_scene, number
from ..svg import as_image, draw_still
from . import sandbox

TIME_LIMIT = 2.0  # seconds for one check, over all its cases
MOST_NUMBERS = 10_000  # in one list or array of an answer
DEEPEST = 8  # lists within lists
LARGEST_NUMBER = 10**300
SHOWN_ROWS, SHOWN_CELLS = 12, 24  # larger answers are shown in words only
HEADINGS = {
    "correct": "✓ Correct.",
    "diagnosed": "✗ Not yet.",
    "wrong": "✗ Not yet.",
    "error": "! This could not be judged.",
    "not attempted": "○ Not attempted yet.",
}


class Misconception(NamedTuple):
    """A wrong belief: its name in words, the computation that it leads to, and advice that asks one question."""

    name: str
    model: Callable
    advice: str


class Unreadable(Exception):
    """An answer that holds no numbers to judge; the message is one sentence."""


@dataclass(frozen=True)
class Verdict:
    """What a check says. `status` is "correct", "diagnosed", "wrong", "error" or "not attempted"."""

    status: str
    message: str
    misconception: str = ""
    answer: Any = None  # the learner's answer to the case in question
    lit: tuple[int, ...] | None = None  # its first wrong cell
    printed: str = ""  # by the learner's code, in the first case

    def __repr__(self):
        words = _in_words(self.answer, self.lit or None)
        answer = f"\nYour answer: {words}" if words else ""
        printed = f"\nYour code printed, in the first case:\n{self.printed}" if self.printed else ""
        return f"{HEADINGS[self.status]} {self.message}".rstrip() + answer + printed

    def _repr_mimebundle_(self, include=None, exclude=None):
        text = "".join(f"<code>{part}</code>" if odd % 2 else part for odd, part in enumerate(escape(self.message).split("`")))
        printed = f"<p>Your code printed, in the first case:</p><pre>{escape(self.printed)}</pre>" if self.printed else ""
        html = f"<p><b>{HEADINGS[self.status]}</b> {text}</p>{self._picture()}{printed}"
        return {"text/html": html, "text/plain": repr(self)}

    def _picture(self):
        rows = _as_rows(self.answer)
        if not rows or len(rows) > SHOWN_ROWS or max(map(len, rows)) > SHOWN_CELLS:
            return ""
        lit = None if self.lit is None else (0, *self.lit)[-2:]
        return as_image(draw_still(answer_scene(rows, lit)), f"your answer: {_in_words(self.answer, self.lit)}")


class Note(NamedTuple):
    """A hint or a solution, shown as text."""

    text: str

    def __repr__(self):
        return self.text


class Summary(NamedTuple):
    """The latest verdict of every exercise of a notebook."""

    exercises: tuple

    def __repr__(self):
        lines = [f"{HEADINGS[each.verdict.status]} {each.title}" for each in self.exercises]
        done = sum(each.verdict.status == "correct" for each in self.exercises)
        return "\n".join([*lines, f"{done} of {len(self.exercises)} correct"])


@dataclass(eq=False)
class Exercise:
    """One exercise: what is true, on which cases it is tested, which misconceptions are known, and hints.

    `truth` and the models take the arguments of a case. A prediction has a single case without arguments; its answer is a
    value, that of all other exercises is a function. `id` is unique in the course and names the exercise's cell.
    """

    id: str
    title: str
    truth: Callable
    misconceptions: tuple[Misconception, ...]
    hints: tuple[str, ...]
    cases: tuple[tuple, ...] = ((),)
    verdict: Verdict = field(default=Verdict("not attempted", ""), init=False)
    hints_given: int = field(default=0, init=False)

    def check(self, answer):
        """Judge an answer and return a `Verdict`; it raises only where nbgrader runs it, on anything but "correct"."""
        self.verdict = self._judge(answer)
        if os.environ.get("NBGRADER_EXECUTION") and self.verdict.status != "correct":
            raise AssertionError(repr(self.verdict))
        return self.verdict

    def hint(self):
        """The next hint, from gentle to strong; after the last one, the last again."""
        self.hints_given = min(self.hints_given + 1, len(self.hints))
        return Note(f"Hint {self.hints_given} of {len(self.hints)}: {self.hints[self.hints_given - 1]}")

    def solution(self):
        """The model solution, where this copy of the course contains the solutions."""
        return Note(solutions().get(self.id, "The solutions are withheld in this copy of the course."))

    @property
    def is_prediction(self):
        """Whether the answer is a value instead of a function."""
        return self.cases == ((),)

    def _judge(self, answer):
        if answer is ... or is_stub(answer):
            return Verdict("not attempted", f"{self.title}: replace the `...` in the cell above and run both cells.")
        if self.is_prediction:
            return self._compare([sandbox.Outcome(answer)], "")
        if not callable(answer):
            return Verdict("error", f"A function is needed here, but this is of type {type(answer).__name__}.")
        outcomes, note = self._run(answer)
        if isinstance(outcomes[0].error, NotImplementedError):
            return Verdict("not attempted", f"{self.title}: delete the line with `NotImplementedError`, then go on.")
        verdict = self._compare(outcomes, note + _stale(answer) + _shadowed(answer))
        return verdict if verdict.status == "correct" else replace(verdict, printed=outcomes[0].printed.rstrip())

    def _run(self, function):
        """The outcomes of the cases, up to a time-out, and a note if the function changed its arguments."""
        outcomes, changed, deadline = [], False, time.monotonic() + TIME_LIMIT
        for case in self.cases:
            arguments = copy.deepcopy(case)
            outcomes.append(sandbox.call(function, arguments, max(deadline - time.monotonic(), 0.01)))
            changed = changed or not all(map(np.array_equal, arguments, case))
            if outcomes[-1].out_of_time:
                break
        return outcomes, " It also changes its arguments in place: work on a copy." if changed else ""

    def _compare(self, outcomes, note):
        """Judge the outcomes: right everywhere, or a known misconception, or what is wrong first."""
        truths = [plain(self.truth(*copy.deepcopy(case))) for case in self.cases]
        answered, trouble = [], None
        for case, outcome, truth in zip(self.cases, outcomes, truths):
            try:
                answered.append((case, _read(outcome, truth, None in truths), truth))
            except Unreadable as reason:
                status = "wrong" if outcome.error is None else "error"
                trouble = trouble or (len(answered), Verdict(status, self._about(case, str(reason)) + note))
        wrong = [k for k, (_, answer, truth) in enumerate(answered) if not _same(answer, truth)]
        if not wrong:
            return trouble[1] if trouble else Verdict("correct", note.strip())
        case, answer, truth = answered[wrong[0]]
        lit = first_difference(answer, truth)
        for misconception in self.misconceptions:
            if all(_agrees(misconception.model, *entry[:2]) for entry in answered):
                return Verdict("diagnosed", self._about(case, misconception.advice) + note, misconception.name, answer, lit)
        if trouble and trouble[0] <= wrong[0]:
            return trouble[1]
        return Verdict("wrong", self._about(case, _what_is_wrong(answer, truth, lit)) + note, "", answer, lit)

    def _about(self, case, message):
        """The message, with the arguments of the case to which it applies."""
        if not case:
            return message
        names = self.truth.__code__.co_varnames[: len(case)]
        given = ", ".join(_given(name, plain(value)) for name, value in zip(names, case))
        return f"For {given}: {message}"


def summarise(namespace):
    """A `Summary` of the exercises in a module's namespace."""
    return Summary(tuple(value for value in namespace.values() if isinstance(value, Exercise)))


def solutions():
    """The model solutions {exercise id: source of its cell}; empty in a release without them, and where nbgrader runs.

    Each module of `exercises/solutions` holds one notebook's solutions, each after a line "# %% id".
    """
    folder = files("lecture_helpers").joinpath("exercises", "solutions")
    there = folder.is_dir() and not os.environ.get("NBGRADER_EXECUTION")
    modules = [path.read_text("utf-8") for path in folder.iterdir() if path.name.endswith(".py")] if there else []
    blocks = [block for text in modules for block in text.split("\n# %% ")[1:]]
    return {block.partition("\n")[0].strip(): block.partition("\n")[2].strip() for block in blocks}


def is_stub(answer):
    """Whether an answer is a function whose body is only `...`, `pass` or a docstring."""
    if not isinstance(answer, FunctionType):
        return False
    idle = {"RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE", "POP_TOP"}
    nothing = {None, ..., answer.__doc__}
    return all(step.opname in idle for step in dis.get_instructions(answer)) and nothing.issuperset(answer.__code__.co_consts)


def plain(value, depth=0):
    """An answer as nested lists of Python numbers, texts and None; raises Unreadable, with the reason."""
    if hasattr(value, "tolist"):
        value = _as_lists(value)
    if isinstance(value, (list, tuple, range)):
        if len(value) > MOST_NUMBERS or depth > DEEPEST:
            raise Unreadable(f"Your answer is a list with {len(value):,} entries or more, far more than are needed.")
        return [plain(entry, depth + 1) for entry in value]
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        raise Unreadable("Your answer holds a number of more than 300 digits.")
    if value is ...:
        raise Unreadable("There is still a `...` in your answer.")
    if value is not None and not isinstance(value, (bool, int, float, str)):
        raise Unreadable(f"Your answer holds something of type {type(value).__name__}; numbers in a list are needed.")
    return value


def _as_lists(array):
    """An array or a tensor as nested lists."""
    try:
        array = array.detach() if hasattr(array, "detach") else array
        size = int(np.prod(array.shape))
        if size <= MOST_NUMBERS:
            return array.tolist()
    except Exception as problem:
        raise Unreadable(f"Your answer cannot be read as numbers ({type(problem).__name__}).") from None
    raise Unreadable(f"Your answer holds {size:,} numbers, far more than are needed.")


def first_difference(answer, truth):
    """The index of the first cell in which two nested lists differ, or None if their shapes differ or nothing does."""
    if isinstance(answer, list) and isinstance(truth, list) and len(answer) == len(truth):
        for index, pair in enumerate(zip(answer, truth)):
            if not _same(*pair):
                inner = first_difference(*pair)
                return None if inner is None else (index, *inner)
    return None if isinstance(answer, list) or isinstance(truth, list) else ()


def _read(outcome, truth, may_be_none):
    """The answer in an outcome as nested lists; raises Unreadable if there is none or it is not finite."""
    if outcome.problem:
        raise Unreadable(outcome.problem)
    answer = plain(outcome.value)
    if answer is None and not may_be_none:
        raise Unreadable("There is no answer (None): does every way through your code end with `return`?")
    words = any(isinstance(value, str) for _, value in _cells(truth))
    for index, value in _cells(answer):
        if isinstance(value, str) and not words:
            raise Unreadable(f"Your answer holds text{_at(index)}: a number, or True and False, is written without quotes.")
        if isinstance(value, float) and not math.isfinite(value):
            raise Unreadable(f"Your answer holds {value}{_at(index)}: is something divided by zero or never filled in?")
    return answer


def _cells(answer, index=()):
    """All (index, value) of a nested list."""
    if isinstance(answer, list):
        for k, entry in enumerate(answer):
            yield from _cells(entry, (*index, k))
    else:
        yield index, answer


def _same(one, other):
    """Whether two nested answers agree, numbers up to the precision of float32."""
    one, other = plain(one), plain(other)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=1e-5, abs_tol=1e-8)
    if isinstance(one, str) and isinstance(other, str):
        return one.strip().lower() == other.strip().lower()
    return one is None and other is None


def _agrees(model, case, answer):
    """Whether a misconception's model gives this answer; a model that refuses a case agrees with no answer to it."""
    try:
        return _same(plain(model(*copy.deepcopy(case))), answer)
    except Exception:
        return False


def _what_is_wrong(answer, truth, lit):
    """What can be said of a wrong answer that no known misconception explains, with a question."""
    if answer is None:
        return "Your answer is `None` here. Does a `return` end every way through your code?"
    if isinstance(answer, list) and not isinstance(truth, list):
        return "Your answer is a list, but a single number is needed. Do you mean its length, or a number in it?"
    if isinstance(truth, list) and not isinstance(answer, list):
        return "Your answer is a single number, but several are needed. How many, and does a `return` end your code too early?"
    if lit is not None:
        return f"Your answer is not right{_at(lit)}. What do you get if you work it out by hand?"
    for k, (row, right) in enumerate(zip(answer, truth) if len(answer) == len(truth) else ()):
        if isinstance(row, list) and isinstance(right, list) and len(row) != len(right):
            return f"Row {k} of your answer (from 0) has too {_few_or_many(row, right)} cells. Where does it end?"
    cells, needed = (list(_cells(value)) for value in (answer, truth))
    if len(cells) == len(needed):
        return "The number of cells is right, but not how they are put into rows. Which brackets does the task ask for?"
    count = f"{len(cells)} {'number' if len(cells) == 1 else 'numbers'}"
    return f"Your answer has {count}, which is too {_few_or_many(cells, needed)}. How many does the task lead to?"


def _few_or_many(cells, needed):
    return "few" if len(cells) < len(needed) else "many"


def _given(name, value):
    """An argument in words; one with three axes block by block."""
    if isinstance(value, list) and value and isinstance(value[0], list) and value[0] and isinstance(value[0][0], list):
        return "; ".join(f"{name}[{k}] = {_in_words(block)}" for k, block in enumerate(value))
    return f"{name} = {_in_words(value) or value}"


def _at(index):
    if not index:
        return ""
    return f" at position {index[0]}" if len(index) == 1 else f" at position {index}"


def _as_rows(answer):
    """An answer of one or two axes as rows of numbers as texts; empty if it is none."""
    rows = answer if isinstance(answer, list) and answer and all(isinstance(row, list) for row in answer) else [answer]
    if not all(isinstance(row, list) and row and all(isinstance(cell, (int, float)) for cell in row) for row in rows):
        return []
    return [[_in_words(cell) for cell in row] for row in rows]


def _in_words(answer, lit=None):
    """An answer on one line, the lit cell in brackets."""
    if isinstance(answer, list):
        inner = [_in_words(cell, lit[1:] if lit and lit[0] == k else None) for k, cell in enumerate(answer)]
        return (" / " if any(isinstance(cell, list) for cell in answer) else " ").join(inner)
    a_number = isinstance(answer, (int, float)) and not isinstance(answer, bool)
    words = number(answer) if a_number else "" if answer is None else str(answer)
    return words if lit is None or not words else f"[{words}]"


def _stale(function):
    """A note if the notebook holds a newer version of the function, whose cell did not run."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    name = getattr(function, "__name__", "")
    newest = next((cell for cell in reversed(shell.user_ns.get("In", [])) if f"def {name}(" in cell), "") if shell else ""
    own = "".join(linecache.getlines(function.__code__.co_filename)) if hasattr(function, "__code__") else ""
    if newest and own and newest.strip() != own.strip():
        return f" This judged an older `{name}`: the cell with your newest version stopped with an error."
    return ""


def _shadowed(function):
    """A note if the notebook gave the name np another meaning."""
    np = getattr(function, "__globals__", {}).get("np")
    if np is None or isinstance(np, ModuleType):
        return ""
    return " The name `np` is no longer NumPy here: run `import numpy as np` again."
