"""A layer with channels as a table of kernels: a row for every channel of one side, a column for every one of the other.

The weight is that table, (rows, columns, w). A transposed layer enters at the left and leaves at the bottom; a convolution
layer enters the same table at the top and leaves at the right. Groups are blocks on the diagonal. Beside each kernel stands
which input channel it meets: without that, a row of kernels reads as one long chain of operations.
"""

import numpy as np

from ..arrays import per_axis
from ..operators import conv_transpose, cross_correlate
from ..palette import shade
from ..words import counted, join, number, numbers
from .cells import Band, Cell
from .limits import check_row, picture_arrays
from .scene import Caption, Scene

STEP = 1.75  # from row to row of the table, in cells
AWAY = 2.3  # between two kernels of a row: room for "+", the name of an input channel, and the operator
NAMED, OPERATOR, EQUALS = -1.62, -0.9, -1.0  # where these stand, left of a kernel or a sum
MOST_CHANNELS = 6


def channels_scene(x, weight, transposed, groups):
    """The scene, a still, of a layer on one sample: `x` (channels, W), `weight` (rows, columns / groups, w)."""
    x, weight = _read(x, weight)
    table = _table(weight, groups)
    y = _output(x, weight, table, transposed)
    (side, side_role), (foot, foot_role) = ((x, "input"), (y, "output")) if transposed else ((y, "output"), (x, "input"))
    across = max(weight.shape[2] + AWAY, foot.shape[1] + 0.6)
    reach = across * max(column for _, column in table) + weight.shape[2] + 1.2
    check_row(round(reach + side.shape[1]), "this table")
    bands = (
        _kernels(table, weight, across, transposed),
        _signs(table, weight, across, transposed),
        _equals(len(y), weight, across, reach, transposed),
        _along_side(side, side_role, -side.shape[1] - AWAY if transposed else reach),
        _along_foot(foot, foot_role, across, len(weight) * STEP + 0.9 if transposed else -2.3),
    )
    kind, shape = ("Transposed convolution layer", "in, out") if transposed else ("Convolution layer", "out, in")
    split, per = ("", "") if groups == 1 else (f", {groups} groups", " / groups")
    title = f"{kind}{split}, weight ({shape}{per}, w) = {weight.shape}. {_words(transposed)}"
    return Scene(title, bands, (Caption(()),), beats=1)


def _read(x, weight):
    """The input and the weight, small enough to draw."""
    x, weight = (picture_arrays(3, **{name: value})[0] for name, value in (("x", x), ("weight", weight)))
    shapes = f"x has shape {x.shape} and weight {weight.shape}"
    if x.ndim != 2 or weight.ndim != 3:
        raise ValueError(f"This picture shows x (channels, W) and weight (rows, columns, w), but {shapes}.")
    if max(*weight.shape[:2], len(x)) > MOST_CHANNELS:
        raise ValueError(f"This picture shows at most {MOST_CHANNELS} channels, but {shapes}.")
    return x, weight


def _words(transposed):
    if transposed:
        return "A row of kernels is what one input channel stamps; a column, added up, is one output channel."
    return "A column of kernels reads one input channel; a row, added up, is one output channel."


def _table(weight, groups):
    """(row, column) of the table → (row, column) of the weight: all of it, or blocks on the diagonal."""
    rows, columns = weight.shape[:2]
    (groups,) = per_axis("groups", groups, 1, 1)
    if rows % groups:
        raise ValueError(f"groups must divide the first axis of the weight, but is {groups} for {rows}.")
    return {(r, r // (rows // groups) * columns + c): (r, c) for r in range(rows) for c in range(columns)}


def _output(x, weight, table, transposed):
    """The output channels, each the sum of one column, or of one row, of the table."""
    side, other = (0, 1) if transposed else (1, 0)
    channels = 1 + max(place[side] for place in table)
    if len(x) != channels:
        raise ValueError(f"This table has {channels} input channels, but x has shape {x.shape}.")
    operator, sums = (conv_transpose if transposed else cross_correlate), {}
    for place, entry in table.items():
        sums[place[other]] = sums.get(place[other], 0) + operator(x[place[side]], weight[entry])
    return np.array([sums[channel] for channel in sorted(sums)])


def _kernels(table, weight, across, transposed):
    """The kernels in their places."""
    cells = []
    for (row, column), (r, c) in table.items():
        for a, value in enumerate(weight[r, c]):
            box = f"tap-{shade(a, weight.shape[2])}"
            cells.append(Cell(row * STEP, column * across + a, number(value), box, under=f"{r},{c},{a}"))
    return Band(
        "weight",
        "[in, out, tap]" if transposed else "[out, in, tap]",
        tuple(cells),
        " / ".join(join(kernels) for kernels in weight),
        corner=(0, 0),
        side="above",
        role="kernel",
    )


def _along_side(signals, role, left):
    """The channels of the short side, one beside each row."""
    return _signals(signals, role, [(row * STEP, left) for row in range(len(signals))])


def _along_foot(signals, role, across, row):
    """The channels of the long side, one under or above each column."""
    return _signals(signals, role, [(row, column * across) for column in range(len(signals))])


def _signs(table, weight, across, transposed):
    """What is done with each kernel: the input channel that it meets, the operator, and "+" between those that are added up."""
    width, cells = weight.shape[2], []
    for row, column in table:
        left, channel = column * across, row if transposed else column
        cells.append(Cell(row * STEP, left + NAMED, f"in {channel}", tone="input"))
        cells.append(Cell(row * STEP, left + OPERATOR, "∗" if transposed else "⊛", tone="ink"))
        if transposed and (row + 1, column) in table:
            cells.append(Cell(row * STEP + 0.75, left + (width - 1) / 2, "+", tone="ink"))
        if not transposed and (row, column + 1) in table:
            cells.append(Cell(row * STEP, left + width, "+", tone="ink"))
    return Band("", "", tuple(cells))


def _equals(channels, weight, across, reach, transposed):
    """An "=" before each output channel."""
    rows, middle = len(weight), (weight.shape[2] - 1) / 2
    places = [
        ((rows - 1) * STEP + 0.75, k * across + middle) if transposed else (k * STEP, reach + EQUALS) for k in range(channels)
    ]
    return Band("", "", tuple(Cell(*place, "=", tone="ink") for place in places))


def _signals(signals, role, places):
    cells = [
        Cell(row, left + k, text, role if role == "input" else "output-done")
        for (row, left), signal in zip(places, signals)
        for k, text in enumerate(numbers(signal))
    ]
    cells += [Cell(row + 0.72, left - 0.1, f"{role[:-3]} {k}", tone=role) for k, (row, left) in enumerate(places)]
    label = "input x" if role == "input" else "output y"
    about = counted(len(signals), "channel")
    return Band(label, about, tuple(cells), join(signals), role == "output", places[0], "above", role=role)
