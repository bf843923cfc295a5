"""Call a learner's function with the cases of its exercise."""

import copy
from typing import NamedTuple

import numpy as np

from . import sandbox
from .answers import Unreadable, plain

TIME_LIMIT = 2.0  # seconds for one check, over all its cases, imports apart


class Run(NamedTuple):
    """What a function did: one outcome for each case up to a time-out, and the first case's again if all were answered."""

    outcomes: list
    changed: bool
    again: sandbox.Outcome | None


def run_of(table, function):
    """Call a function with the cases, each result read before the next call, then with the first case once more."""
    outcomes, changed, left = [], False, TIME_LIMIT
    for case in (*table.cases, table.cases[0]):
        arguments = copy.deepcopy(case)
        outcomes.append(read(sandbox.call(function, arguments, max(left, 0.01))))
        left -= outcomes[-1].seconds
        changed = changed or not all(map(np.array_equal, arguments, case))
        if outcomes[-1].out_of_time:
            break
    complete = len(outcomes) > len(table.cases)
    return Run(outcomes[: len(table.cases)], changed, outcomes[-1] if complete else None)


def read(outcome, numbers_of=lambda value: value):
    """An outcome with its value as nested lists, or with the reason why it cannot be read; `numbers_of` as in `Table`."""
    try:
        return outcome if outcome.problem else outcome._replace(value=plain(outcome.value, numbers_of))
    except Unreadable as reason:
        return outcome._replace(value=None, problem=str(reason))
