"""The way from the wires to the transpose: the short row swings to the side, each wire becomes a crossing, and the board folds.

Four stops: wires; the board, which is the matrix C; the same board entered from the other side, where the short row has become
the input x and the long one the output y; and beside it, folded over its diagonal, the matrix Cᵀ as books write it.
"""

from ..arrays import per_axis
from ..palette import shade
from ..words import counted
from .cells import QUICK, Band, Cell, Line
from .given import layer_of
from .limits import check_row
from .parts import tap_index, wire
from .rows import standing_kernel
from .scene import Caption, Scene

FALL = 3.4
TOP = -1.6  # what runs along the top of a board
AWAY = 0.6  # between a board and what runs along its other sides
BOTTOM = TOP + FALL
APART = 3  # columns between the board and the folded one
SWUNG, ENTERED, FOLDED = 1, 2, 3  # the stops: the board, the transposed layer on it, the folded board


def transpose_scene(kernel, size, **params):
    """The scene of a convolution layer on a row of some size, whose numbers are names only; without padding."""
    (size,) = per_axis("size", size, 1, 1)
    check_row(size, "the long row")
    layer = layer_of([1] * size, kernel, most_axes=1, **params)
    if any(layer.border):
        raise ValueError(f"This picture shows a layer without padding, but padding is {params['padding']!r}.")
    (rows,), (columns,) = layer.short, layer.long
    shift = (columns - rows) / 2
    aside = columns + APART
    wired = [(TOP, u) for u in range(columns)], [(BOTTOM, shift + i) for i in range(rows)]
    rows_of = _rows_of_the_layer(wired, columns) + _rows_of_the_transpose(rows, columns, aside)
    ends = [(link, (TOP + 1, link.cell + 0.5), (BOTTOM, shift + link.place + 0.5)) for link in layer.kept]
    wires = [wire(layer, link.tap, start, end, width=1, until=QUICK) for link, start, end in ends]
    crossings = [_crossing(layer, aside, *each) for each in ends]
    grids = (
        Line((0, 0), (rows, columns), "faint", "grid", 1, since=SWUNG),
        Line((0, aside), (columns, aside + rows), "faint", "grid", 1, since=FOLDED),
    )
    kernel = standing_kernel(layer, (rows + AWAY + 2.4, 0), "above", "")
    bands = (*rows_of, *crossings, _heads(rows, columns, aside), Band("", "", _left_behind(layer)), kernel)
    title = f"From wires to the transpose, w = {layer.kernel.size}{layer.described()}"
    return Scene(title, bands, _captions(layer), (*wires, *grids), beats=1)


def _rows_of_the_layer(wired, columns):
    """The convolution layer's input along the top, and its output, which swings from below to the right of the board."""
    along, right = wired[0], [(i, columns + AWAY) for i in range(len(wired[1]))]
    until = SWUNG + QUICK
    x = _row("input x", "input", wired[0], SWUNG, along, until=until)
    return x + _row("output y", "output", wired[1], SWUNG, right, until=until)


def _rows_of_the_transpose(rows, columns, aside):
    """The transposed layer's input at the left of the board, and its output below it; then along the folded board."""
    left, top = [(i, -1 - AWAY) for i in range(rows)], [(TOP, aside + i) for i in range(rows)]
    below, right = [(rows + AWAY, u) for u in range(columns)], [(u, aside + rows + AWAY) for u in range(columns)]
    since = ENTERED - QUICK
    x = _row("input x", "input", left, FOLDED, top, since=since)
    return x + _row("output y", "output", below, FOLDED, right, since=since)


def _row(label, role, places, time, later, **times):
    """A row whose cells each glide, on the way to a time, from their places to later ones."""
    bands = []
    for k, (one, two) in enumerate(zip(places, later)):
        move = {time: (two[0] - one[0], two[1] - one[1])}
        moves = tuple((at, *move.get(at, (0, 0))) for at in (SWUNG, FOLDED))  # whatever glides here has the same count
        name = (label, counted(len(places), "cell")) if k == 0 else ("", "")
        cell = Cell(*one, f"{label[-1]}[{k}]", role, of=(role, k), **times)
        bands.append(Band(*name, (cell,), corner=one, side="none", moves=moves, role=role))
    return bands


def _crossing(layer, aside, link, start, end):
    """A tap that leaves the middle of its wire for its place on the board."""
    row, column = (start[0] + end[0]) / 2 - 0.5, (start[1] + end[1]) / 2 - 0.5
    moves = ((SWUNG, link.place - row, link.cell - column), (FOLDED, link.cell - link.place, aside + link.place - link.cell))
    cell = Cell(row, column, tap_index(layer, link.tap), f"tap-{shade(link.tap, layer.kernel.size)}")
    return Band("", "", (cell._replace(since=SWUNG - QUICK),), moves=moves)


def _left_behind(layer):
    """The board as it was, pale, beside the one that has folded."""
    looks = [(link, f"slot-{shade(link.tap, layer.kernel.size)}") for link in layer.kept]
    return tuple(Cell(link.place, link.cell, tap_index(layer, link.tap), look, since=FOLDED) for link, look in looks)


def _heads(rows, columns, aside):
    """What a stop is called, and where its layer enters and leaves: the places of "input x" and of "output y"."""
    middle, folded, right = columns / 2 - 0.5, aside + rows / 2 - 0.5, columns + AWAY
    said = (
        (0, SWUNG - QUICK, "", middle, ((TOP, -1.5), (BOTTOM, middle - rows / 2 - 1.2))),
        (SWUNG, ENTERED - QUICK, "C", middle, ((TOP, -1.5), (rows - 0.1, right))),
        (ENTERED, FOLDED - QUICK, "C, entered at the left", middle, ((-1, -1 - AWAY), (rows + AWAY, -1.7))),
        (FOLDED, None, "C", middle, ()),
        (FOLDED, None, "Cᵀ", folded, ((TOP, aside - 1.5), (columns - 0.1, aside + rows + AWAY))),
    )
    cells = []
    for since, until, name, centre, ends in said:
        cells += [Cell(TOP - 1.2, centre, name, tone="mark", since=since, until=until)] if name else []
        named = zip(("input x", "output y"), ("input", "output"), ends)
        cells += [Cell(*place, text, tone=role, since=since, until=until) for text, role, place in named]
    return Band("", "", tuple(cells))


def _captions(layer):
    """What is said at the four stops."""
    (rows,), (columns,) = layer.short, layer.long
    said = (
        "Every wire is one tap between a cell of x and a cell of y.",
        "The short row swings to the side, and each wire becomes a crossing: "
        f"the matrix C, {rows}×{columns}. Row i holds what y[i] reads.",
        "The transposed layer enters the same board at the left and leaves at the bottom. Now the short row is its input x, the "
        "long one its output y: column u holds what y[u] is made of.",
        f"Folded over its diagonal, the board is Cᵀ, {columns}×{rows}, entered at the top again: "
        "row u now holds what was column u, and column i is a copy of the kernel.",
    )
    return tuple(Caption(((text, ""),)) for text in said)
