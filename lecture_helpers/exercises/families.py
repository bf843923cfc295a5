"""Families of misconceptions: slips that can be made in any exercise, offered to all of them behind their own.

A member is (name, model, advice), as in the tables. The advice says what is so whenever the model agrees, and no more.
A member that answers like the truth, or like one of an exercise's own misconceptions, is dropped. An exercise that has better
words for a member writes (name, advice) among its own.
"""

import re

import numpy as np

from ..checks import Exercise
from ..checks.answers import cells
from .slips import ARGUMENTS, LAYERS, LOOPS, NUMBERS, RESULTS, WIDTHS, one_axis, several, widths

NEUTRAL = dict(stride=1, s=1, dilation=1, d=1, padding=0, p=0, op=0, groups=1, rate=1)
IN_CODE = re.compile(r"code|loop|return|Python|index|dtype|\[0\]|What (reverses|does that|turns)")  # what a prediction has not


def exercise(**table):
    """An `Exercise` to which all families are offered."""
    return Exercise(**table, families=members)


def members(table):
    """All members for the exercise of a table; a model that does not apply to it raises."""
    names = table.argument_names()[: len(table.asked[0])]
    for name, model, advice, *shape_only in (*_values(table, names), *_shapes(table, names)):
        advice = advice.replace("{x}", "the input" if table.is_prediction else f"`{names[0]}`")
        if table.is_prediction and IN_CODE.search(advice):
            advice = re.sub(r"[^.]*\?$", " Which step led there?", advice)
        yield name, model, advice, *shape_only


def _values(table, names):
    if table.layer:
        yield from ((name, _of_layer(model, table.layer), advice) for name, model, advice in LAYERS)
    if not table.is_prediction or len(list(cells(list(table.truths)))) > 2:  # two numbers agree with too many models by chance
        yield from ((name, _of_answer(change, table.truth), advice) for name, change, advice in RESULTS)
    for place, name in enumerate(names):
        changes = (*ARGUMENTS, *(() if table.is_prediction else LOOPS), *_neutral(name), *NUMBERS)
        yield from ((f"{name}: {what}", _of_argument(how, place, table.truth), say.format(name)) for what, how, say in changes)
    for place, (one, other) in enumerate(zip(names, names[1:])):
        advice = f"This is the answer for {one} and {other} in exchanged roles. Which is which?"
        yield f"{one} and {other} exchanged", _exchanged(place, table.truth), advice


def _shapes(table, names):
    if table.layer and (table.drawn or not table.is_prediction):  # which row is the input must be plain
        yield from ((name, _of_width(width, table.layer), advice, True) for name, width, advice in WIDTHS)
    for place, name in enumerate(() if table.is_prediction else names):
        advice = f"Your answer has as many entries as `{name}`. How many does the task lead to?"
        yield f"as many as {name}", lambda *case, place=place: np.zeros(len(several(case[place]))), advice, True


def _of_answer(change, truth):
    return lambda *case: change(np.asarray(truth(*case)))


def _of_argument(change, place, truth):
    return lambda *case: truth(*case[:place], change(case[place]), *case[place + 1 :])


def _exchanged(place, truth):
    return lambda *case: truth(*case[:place], case[place + 1], case[place], *case[place + 2 :])


def _of_layer(model, layer):
    return lambda *case: model(*one_axis(*layer(*case)))


def _of_width(width, layer):
    return lambda *case: np.zeros(width(*widths(*layer(*case))))


def _neutral(name):
    """The member that ignores a parameter."""
    if name in NEUTRAL:
        value = NEUTRAL[name]
        advice = f"This is the answer for `{name}` = {value}. Where does your code use `{name}`?"
        yield "ignored", lambda a: (value,) * len(a) if np.ndim(a) else value, advice
