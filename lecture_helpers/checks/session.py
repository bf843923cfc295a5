"""An exercise in a learner's hands: its table, and the progress made with it in this session."""

import os
from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import NamedTuple

from .judge import judge
from .table import Table
from .verdict import HEADINGS, NotCorrect, Verdict

FAILURES = ("diagnosed", "wrong", "error")


@dataclass
class Progress:
    """What a learner has done so far with one exercise."""

    verdict: Verdict = Verdict("not attempted", "")
    failures: int = 0
    hints_given: int = 0
    was_correct: bool = False

    def add(self, verdict):
        """Take note of a verdict."""
        self.verdict = verdict
        self.failures += verdict.status in FAILURES
        self.was_correct |= verdict.status == "correct"


class Note(NamedTuple):
    """A hint or a solution, shown as text."""

    text: str

    def __repr__(self):
        return self.text


@dataclass(frozen=True, eq=False)
class Exercise(Table):
    """A table that a learner works on: `check(answer)`, `hint()`, `solution()`."""

    progress: Progress = field(default_factory=Progress, init=False)

    def check(self, answer):
        """Judge an answer and return a `Verdict`; it raises only where nbgrader runs it, on anything but "correct"."""
        verdict = judge(self, answer)
        self.progress.add(verdict)
        if os.environ.get("NBGRADER_EXECUTION") and verdict.status != "correct":
            raise NotCorrect(repr(verdict))
        return replace(verdict, way_on=self._way_on(verdict))

    def hint(self):
        """The next hint, from gentle to strong; after the last one, the last again."""
        count = len(self.hints)
        given = self.progress.hints_given = min(self.progress.hints_given + 1, count)
        last = f"\nThat was the last hint. {self._way_out()}".rstrip() if given == count else ""
        return Note(f"Hint {given} of {count}: {self.hints[given - 1]}{last}")

    def solution(self):
        """The model solution, where this copy of the course contains the solutions."""
        return Note(solutions().get(self.id, "The solutions are withheld in this copy of the course."))

    def _way_on(self, verdict):
        """From the second failure on: how to get the next hint."""
        if self.progress.failures < 2 or verdict.status not in FAILURES:
            return ""
        given = self.progress.hints_given
        if given == len(self.hints):
            return f"There are no more hints. {self._way_out()}".rstrip()
        return f"{'The next' if given else 'A'} hint: `exercises.{self.name}.hint()`"

    def _way_out(self):
        return f"`exercises.{self.name}.solution()` shows one way." if self.id in solutions() else ""


class Summary(NamedTuple):
    """The state of every exercise of a notebook; one that was right once stays right while its learner tries variants."""

    exercises: tuple

    def __repr__(self):
        done = sum(each.progress.was_correct for each in self.exercises)
        return "\n".join([*map(_line, self.exercises), f"{done} of {len(self.exercises)} correct"])


def _line(exercise):
    verdict, was_correct = exercise.progress.verdict, exercise.progress.was_correct
    heading = HEADINGS["correct" if was_correct else verdict.status]
    later = " (your newest version is not)" if was_correct and verdict.status != "correct" else ""
    return f"{heading} {exercise.title}{later}"


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
