"""The exercise engine: a table of cases and misconceptions judges a learner's answer and says what its numbers are.

A misconception is a *model*: a computation that yields the wrong answer. An answer that agrees with a model on every case
that was answered gets that model's advice. No verdict shows the right answer.
"""

import copy
import dis
import inspect
import linecache
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

from ..scenes import answer_scene
from ..svg import as_image, draw_still
from . import sandbox
from .answers import Unreadable, as_rows, first_difference, given_in_words, in_words, plain, same, unfit, what_is_wrong

TIME_LIMIT = 2.0  # seconds for one check, over all its cases
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

    def on(self, *arguments):
        """The same misconception about these arguments, for a prediction."""
        return self._replace(model=lambda: self.model(*arguments))


class NotCorrect(AssertionError):
    """What a check raises where nbgrader runs it; IPython, and so the feedback page, shows its message alone."""

    def _render_traceback_(self):
        return [str(self)]


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
        words = in_words(self.answer, self.lit or None)
        answer = f"\nYour answer: {words}" if words else ""
        printed = f"\nYour code printed, in the first case:\n{self.printed}" if self.printed else ""
        return f"{HEADINGS[self.status]} {self.message}".rstrip() + answer + printed

    def _repr_mimebundle_(self, include=None, exclude=None):
        text = "".join(f"<code>{part}</code>" if odd % 2 else part for odd, part in enumerate(escape(self.message).split("`")))
        printed = f"<p>Your code printed, in the first case:</p><pre>{escape(self.printed)}</pre>" if self.printed else ""
        html = f"<p><b>{HEADINGS[self.status]}</b> {text}</p>{self._picture()}{printed}"
        return {"text/html": html, "text/plain": repr(self)}

    def _picture(self):
        rows = as_rows(self.answer)
        if not rows:
            return ""
        lit = None if self.lit is None else (0, *self.lit)[-2:]
        label = "your answer, with one cell marked" if lit else "your answer"
        scene = answer_scene([(label, rows, [lit] if lit else [])])
        return as_image(draw_still(scene), f"your answer: {in_words(self.answer, self.lit)}")


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
            raise NotCorrect(repr(self.verdict))
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
            return self._compare([_read(sandbox.Outcome(answer))], "")
        if not callable(answer):
            return Verdict("error", f"A function is needed here, but this is of type {type(answer).__name__}.")
        outcomes, note = self._run(answer)
        if isinstance(outcomes[0].error, NotImplementedError) and _raises_itself(answer):
            return Verdict("not attempted", f"{self.title}: delete the line with `NotImplementedError`, then go on.")
        verdict = self._compare(outcomes, note + _stale(answer) + _shadowed(answer))
        return verdict if verdict.status == "correct" else replace(verdict, printed=outcomes[0].printed.rstrip())

    def _run(self, function):
        """The outcomes of the cases, each read before the next call, up to a time-out; a note if arguments were changed."""
        outcomes, changed, deadline = [], False, time.monotonic() + TIME_LIMIT
        for case in self.cases:
            arguments = copy.deepcopy(case)
            outcomes.append(_read(sandbox.call(function, arguments, max(deadline - time.monotonic(), 0.01))))
            changed = changed or not all(map(np.array_equal, arguments, case))
            if outcomes[-1].out_of_time:
                break
        return outcomes, " It also changes its arguments in place: work on a copy." if changed else ""

    def _compare(self, outcomes, note):
        """Judge the outcomes: right everywhere, or a known misconception, or what is wrong first."""
        truths = [plain(self.truth(*copy.deepcopy(case))) for case in self.cases]
        answered, trouble = [], None
        for case, outcome, truth in zip(self.cases, outcomes, truths):
            reason = outcome.problem or unfit(outcome.value, truth, None in truths, self.is_prediction)
            if reason:
                status = "wrong" if outcome.error is None else "error"
                trouble = trouble or (len(answered), Verdict(status, self._about(case, reason) + note))
            else:
                answered.append((case, outcome.value, truth))
        wrong = [k for k, (_, answer, truth) in enumerate(answered) if not same(answer, truth)]
        if not wrong:
            return trouble[1] if trouble else Verdict("correct", note.strip())
        case, answer, truth = answered[wrong[0]]
        lit = first_difference(answer, truth)
        for misconception in self.misconceptions:
            if all(_agrees(misconception.model, *entry[:2]) for entry in answered):
                return Verdict("diagnosed", self._about(case, misconception.advice) + note, misconception.name, answer, lit)
        if trouble and trouble[0] <= wrong[0]:
            return trouble[1]
        words = what_is_wrong(answer, truth, lit, self.is_prediction)
        return Verdict("wrong", self._about(case, words) + note, "", answer, lit)

    def _about(self, case, message):
        """The message, with the arguments of the case to which it applies."""
        if not case:
            return message
        names = self.truth.__code__.co_varnames[: len(case)]
        given = ", ".join(given_in_words(name, plain(value)) for name, value in zip(names, case))
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


def _raises_itself(function):
    """Whether a function names NotImplementedError, as stubs do, so that it was not raised by a library."""
    return "NotImplementedError" in getattr(getattr(function, "__code__", None), "co_names", ())


def _read(outcome):
    """An outcome with its value as nested lists, or with the reason why it cannot be read."""
    try:
        return outcome if outcome.problem else outcome._replace(value=plain(outcome.value))
    except Unreadable as reason:
        return outcome._replace(value=None, problem=str(reason))


def _agrees(model, case, answer):
    """Whether a misconception's model gives this answer; a model that refuses a case agrees with no answer to it."""
    try:
        return same(plain(model(*copy.deepcopy(case))), answer)
    except Exception:
        return False


def _stale(function):
    """A note if the notebook holds a newer version of the function, whose cell did not run."""
    function = inspect.unwrap(function)
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
