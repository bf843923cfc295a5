"""An exercise as a table of frozen facts: what is true, on which cases it is tested, which misconceptions are known, hints.

A misconception is a *model*: a computation that yields the wrong answer, called with the arguments of a case like the truth.
"""

import copy
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from .answers import plain, same, same_shape

REFUSED = "refused"  # what a model answers to a case on which it raises


class Misconception(NamedTuple):
    """A wrong belief: its name in words, the computation that it leads to, and advice that asks one question."""

    name: str
    model: Callable
    advice: str
    shape_only: bool = False  # only the shape of its answers counts

    def agrees(self, one, other):
        """Whether two answers agree in what counts for it."""
        return (same_shape if self.shape_only else same)(one, other)


@dataclass(frozen=True, eq=False)
class Table:
    """The facts of one exercise.

    `truth` and the models take the arguments of a case. An exercise with `cases` asks for a function; one with `predict`
    asks for the value on these arguments. `id` is unique in the course and names the exercise's cell. A misconception is
    written as (name, model, advice). `families(table)` gives more of them, which stand behind the exercise's own; (name,
    advice) takes the model from there, with better words.
    """

    id: str
    title: str
    truth: Callable
    misconceptions: tuple
    hints: tuple[str, ...]
    cases: tuple[tuple, ...] = ()
    predict: tuple | None = None
    layer: Callable | None = (
        None  # from a case's arguments to (x, kernel, transposed, params): the layer whose output is asked for
    )
    drawn: bool = True  # whether a picture of that layer may be shown: not where its connections are the answer
    misfit: str = ""  # what to ask where arrays met whose shapes do not fit
    whole: bool = False  # PyTorch takes these numbers as sizes, and refuses 2.0
    new: bool = False  # a new row is asked for; the given one must stay as it is
    without: tuple[str, ...] = ()  # the names of functions that the task rules out
    numbers_of: Callable = lambda answer: answer  # a predicted value that holds no numbers yet, such as layers, as numbers
    families: Callable = lambda table: ()

    def __post_init__(self):
        if (self.predict is None) == (not self.cases):
            raise ValueError(f"{self.id} needs either cases or predict.")

    @property
    def name(self):
        """What the learner's variable or function is called."""
        return self.id[3:]

    @property
    def is_prediction(self):
        """Whether the answer is a value instead of a function."""
        return self.predict is not None

    @property
    def asked(self):
        """The arguments on which an answer is needed, one tuple for each case."""
        return (self.predict,) if self.is_prediction else self.cases

    @cached_property
    def truths(self):
        """The right answer to every case, as nested lists."""
        return tuple(self.answers(self.truth))

    @cached_property
    def own(self):
        """The exercise's own misconceptions."""
        shared = {name: (model, *shape_only) for name, model, _, *shape_only in self.families(self)}
        unknown = [each[0] for each in self.misconceptions if len(each) == 2 and each[0] not in shared]
        if unknown:
            raise ValueError(f"{self.id} names {unknown[0]!r}, but no family has a member of that name.")
        found = []
        for name, *model, advice in self.misconceptions:
            model, *shape_only = model or shared[name]
            found.append(Misconception(name, model, advice, *shape_only))
        return tuple(found)

    @cached_property
    def offered(self):
        """The members of the families that give other answers than the truth, the own misconceptions, and members before."""
        taken = {_key(self.truths), _shape(self.truths), *map(self._what_counts, self.own)}
        found = []
        for each in (Misconception(*member) for member in self.families(self)):
            answers, key = self.answers(each.model), self._what_counts(each)
            if key not in taken and any(answer != REFUSED for answer in answers) and not self._is_constant(each, key):
                taken.add(key)
                found.append(each)
        return tuple(found)

    def _what_counts(self, misconception):
        """A model's answers to the cases in a form that can be looked up, or their shapes."""
        return (_shape if misconception.shape_only else _key)(self.answers(misconception.model))

    def _is_constant(self, misconception, key):
        """Whether a model gives the same answer to cases with several right ones, which has a name of its own."""
        return not misconception.shape_only and len(set(key)) == 1 < len(set(_key(self.truths)))

    def answers(self, model):
        """What a model answers to the cases, each as nested lists; `REFUSED` where it raises."""
        return [_answer(model, case) for case in self.asked]

    def argument_names(self):
        """The names of a case's arguments, those of the truth if it tells them."""
        try:
            names = list(inspect.signature(self.truth).parameters)
        except (TypeError, ValueError):  # some built-in functions do not
            names = []
        return [*names, *(f"argument {k}" for k in range(len(names), 9))]


def _answer(model, case):
    try:
        return plain(model(*copy.deepcopy(case)))
    except Exception:
        return REFUSED


def _key(answers):
    """Answers in a form that can be looked up; numbers that agree in six digits have the same form."""
    if isinstance(answers, (list, tuple)):
        return tuple(map(_key, answers))
    return float(f"{answers:.6g}") + 0.0 if isinstance(answers, (int, float)) else answers


def _shape(answers):
    """Answers with a dot in place of every number."""
    return tuple(map(_shape, answers)) if isinstance(answers, (list, tuple)) else "."
