"""The exercise of notebook 00, Start here."""

import numpy as np

from ..checks import Exercise, Misconception, summarise


def summary():
    """All verdicts of this notebook."""
    return summarise(globals())


def _added(long, place, short):
    y = np.array(long)
    for k, value in enumerate(short):
        y[place + k] += value
    return y


def _overwritten(long, place, short):
    y = np.array(long)
    y[place : place + len(short)] = short
    return y


add_at = Exercise(
    id="00_add_at",
    title="Add a short row into a long one",
    truth=_added,
    cases=(
        (np.array([1, 1, 1, 1]), 1, np.array([10, 20])),
        (np.array([5, 3, 8, 2, 7]), 2, np.array([100, 40, 60])),
        (np.array([4, 9, 6]), 0, np.array([20, 50])),
    ),
    misconceptions=(
        Misconception(
            "overwriting instead of adding",
            _overwritten,
            "The lit cell holds only the short row's number. What became of the number that stood there before?",
        ),
        Misconception(
            "counted from 1",
            lambda long, place, short: _added(long, place - 1, short),
            "Everything lies one cell too far left. Which position does the first cell of a row have here?",
        ),
        Misconception(
            "only the first number is added",
            lambda long, place, short: _added(long, place, short[:1]),
            "Only one number of the short row has arrived. Where do the others belong?",
        ),
        Misconception(
            "inserted instead of added",
            lambda long, place, short: [*long[:place], *short, *long[place:]],
            "Your row became longer: the short row stands between the old cells. On which cells should it lie instead?",
        ),
    ),
    hints=(
        "Start with a copy, so that the long row itself stays as it is: `y = long.copy()`.",
        "A slice names the cells that the short row covers: `y[place : place + len(short)]`.",
        "Add to the slice: `y[place : place + len(short)] += short`. Then `return y`.",
    ),
)
