"""The way from the wires to the transpose: the short row swings to the side, each wire becomes a crossing, and the board folds.

Four stops: wires; the board, which is the matrix C; the same board entered from the other side; and beside it, folded over its
diagonal, the matrix Cᵀ as books write it.
"""

from ..arrays import per_axis
from ..words import counted
from .cells import QUICK, Band, Cell, Line
from .given import layer_of
from .limits import check_row
from .parts import shade, tap_index, wire
from .rows import standing_kernel
from .scene import Caption, Scene

FALL = 3.4
TOP = -1.6  # the row of x
BOTTOM = TOP + FALL
APART = 3  # columns between the board and the folded one
FOLDED = 3  # the stop at which the board has folded


def transpose_scene(kernel, size, **params):
    """The scene of a convolution layer on a row of some size, whose numbers are names only; without padding."""
    (size,) = per_axis("size", size, 1, 1)
    check_row(size, "the long row")
    layer = layer_of([1] * size, kernel, most_axes=1, **params)
    if any(layer.border):
        raise ValueError(f"This picture shows a layer without padding, but padding is {params['padding']!r}.")
    (rows,), (columns,) = layer.short, layer.long
    shift = (columns - rows) / 2
    wired = [(TOP, u) for u in range(columns)], [(BOTTOM, shift + i) for i in range(rows)]
    along = wired[0], [(i, columns + 0.7) for i in range(rows)]
    aside = columns + APART
    folded = [(u, aside - 1.7) for u in range(columns)], [(TOP, aside + i) for i in range(rows)]
    rows_of = [_row(*each) for each in zip(("input x", "output y"), ("input", "output"), wired, folded, along)]
    ends = [(link, (TOP + 1, link.cell + 0.5), (BOTTOM, shift + link.place + 0.5)) for link in layer.kept]
    wires = [wire(layer, link.tap, start, end, width=1, until=QUICK) for link, start, end in ends]
    crossings = [_crossing(layer, aside, *each) for each in ends]
    grids = (
        Line((0, 0), (rows, columns), "faint", "grid", 1, since=1),
        Line((0, aside), (columns, aside + rows), "faint", "grid", 1, since=FOLDED),
    )
    kernel = standing_kernel(layer, (max(rows, BOTTOM + 1) + 0.8, 0), "above", "")
    bands = (*rows_of[0], *rows_of[1], *crossings, _heads(rows, columns, aside), Band("", "", _left_behind(layer)), kernel)
    title = f"From wires to the transpose, w = {layer.kernel.size}{layer.described()}"
    return Scene(title, bands, _captions(layer), (*wires, *grids), beats=1)


def _row(label, role, wired, folded, board):
    """A row whose cells each glide: from the wires to the side of the board, and with the board as it folds."""
    letter = label[-1]
    bands = []
    for k, (one, two, three) in enumerate(zip(wired, board, folded)):
        moves = [(1, two[0] - one[0], two[1] - one[1])] if one != two else []
        moves += [(FOLDED, three[0] - two[0], three[1] - two[1])]
        name = (label, counted(len(wired), "cell")) if k == 0 else ("", "")
        cell = Cell(*one, f"{letter}[{k}]", role, of=(role, k))
        bands.append(Band(*name, (cell,), corner=one, side="none", moves=_both(moves), role=role))
    return bands


def _both(moves):
    """Moves at both times, so that everything that glides in this scene keeps the same count."""
    found = {time: (rows, columns) for time, rows, columns in moves}
    return tuple((time, *found.get(time, (0, 0))) for time in (1, FOLDED))


def _crossing(layer, aside, link, start, end):
    """A tap that leaves the middle of its wire for its place on the board."""
    row, column = (start[0] + end[0]) / 2 - 0.5, (start[1] + end[1]) / 2 - 0.5
    moves = ((1, link.place - row, link.cell - column), (FOLDED, link.cell - link.place, aside + link.place - link.cell))
    cell = Cell(row, column, tap_index(layer, link.tap), f"tap-{shade(link.tap, layer.kernel.size)}")
    return Band("", "", (cell._replace(since=1 - QUICK),), moves=moves)


def _left_behind(layer):
    """The board as it was, pale, beside the one that has folded."""
    looks = [(link, f"slot-{shade(link.tap, layer.kernel.size)}") for link in layer.kept]
    return tuple(Cell(link.place, link.cell, tap_index(layer, link.tap), look, since=FOLDED) for link, look in looks)


def _heads(rows, columns, aside):
    """What a stop of the board is called, and on which sides it is entered and left."""
    said = (
        (1, 2 - QUICK, "C", ((TOP, -1.4, "in →"), (rows - 0.1, columns + 0.7, "out"))),
        (2, 3 - QUICK, "C, entered from its other side", ((TOP, -1.4, "← out"), (rows - 0.1, columns + 0.7, "in"))),
        (FOLDED, None, "C", ()),
        (FOLDED, None, "Cᵀ", ((TOP, aside + rows + 0.6, "in"), (columns - 0.1, aside - 1.7, "out"))),
    )
    cells = [
        Cell(row, column, text, tone="mark", since=since, until=until)
        for since, until, name, marks in said
        for row, column, text in ((TOP - 1.2, aside + rows / 2 - 0.5 if name == "Cᵀ" else columns / 2 - 0.5, name), *marks)
    ]
    return Band("", "", tuple(cells))


def _captions(layer):
    """What is said at the four stops."""
    (rows,), (columns,) = layer.short, layer.long
    said = (
        "Every wire is one tap between a cell of x and a cell of y.",
        "The short row swings to the side, and each wire becomes a crossing: "
        f"the matrix C, {rows}×{columns}. Row i holds what y[i] reads.",
        "The transposed layer enters the same board at the right and leaves at the top: column u holds what x[u] receives.",
        f"Folded over its diagonal, the board is Cᵀ, {columns}×{rows}: "
        "row u now holds what was column u, and column i is a copy of the kernel.",
    )
    return tuple(Caption(((text, ""),)) for text in said)
