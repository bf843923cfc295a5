"""The exercise of notebook 00, Start here."""

from functools import partial

import numpy as np

from ..checks import summarise
from .families import exercise

summary = partial(summarise, globals())


def _added(long, place, short):
    y = np.array(long)
    for k, value in enumerate(short):
        y[place + k] += value
    return y


add_at = exercise(
    id="00_add_at", title="Add a short row into a long one", truth=_added, new=True,
    cases=((np.array([1, 1, 1, 1]), 1, np.array([10, 20])), (np.array([5, 3, 8, 2, 7]), 2, np.array([100, 40, 60])),
           (np.array([4, 9, 6]), 0, np.array([20, 50])), (np.array([0.5, -6, 2, 0]), 1, np.array([-1.25, 0, 3]))),
    misconceptions=(
        ("overwriting instead of adding", lambda long, place, short: [*long[:place], *short, *long[place + len(short) :]],
         "The lit cell holds only the short row's number. What became of the number that stood there before?"),
        ("place: − 1", "Everything lies one cell too far left. Which position does the first cell of a row have here?"),
        ("short: its first entry alone", "Only one number of the short row has arrived. Where do the others belong?"),
        ("inserted instead of added", lambda long, place, short: [*long[:place], *short, *long[place:]],
         "Your row became longer: the short row stands between the old cells. On which cells should it lie instead?"),
        ("only the sums", lambda long, place, short: _added(long, place, short)[place : place + len(short)],
         "These sums are right, but they are only a part of the row. Which cells of the long row stand beside them?"),
        ("at the beginning", lambda long, place, short: _added(long, 0, short),
         "The short row lies at the beginning here. Where does your code use `place`?"),
    ),
    hints=("Start with a copy, so that the long row itself stays as it is: `y = long.copy()`.",
           "A slice names the cells that the short row covers: `y[place : place + len(short)]`.",
           "Add to the slice: `y[place : place + len(short)] += short`. Then `return y`."),
)
