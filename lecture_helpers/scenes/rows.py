"""The labelled bands of a layer: its input, its output and its kernel; its stride, as hops along the long row; its cuts."""

import numpy as np

from ..arrays import per_axis
from ..words import counted, join, number
from .cells import Band, Cell, Line
from .parts import tap_cell


def sized(layer, role):
    """The size of the input or the output in words."""
    values = layer.x if role == "input" else layer.y
    return counted(values.size, "cell") if layer.axes == 1 else "×".join(map(str, values.shape))


def row_band(layer, role, cells, corner, *more, side="left", notes="below", label=""):
    """The band of the input or the output, with its size and what `more` is to be said of it."""
    is_long = (role == "output") == layer.transposed
    equal = layer.x.shape == layer.y.shape
    which = "" if equal else f"{'long' if is_long else 'short'} {'row' if layer.axes == 1 else 'grid'}"
    about = ", ".join([sized(layer, role), *filter(None, more)])
    values, label = (layer.x, "input x") if role == "input" else (layer.y, label or "output y")
    return Band(label, about, tuple(cells), join(values), role == "output", corner, side, notes, (), role, which)


def kernel_band(layer, cells, corner, about="as written", side="left", moves=()):
    """The band of the kernel; what is said about it begins with the order in which it is laid on."""
    values = np.flip(layer.kernel) if about.startswith("reversed") else layer.kernel
    return Band("kernel κ", about, tuple(cells), join(values), False, corner, side, moves=moves, role="kernel")


def standing_kernel(layer, corner, side="left", about="as written"):
    """The kernel by itself, on a row or a grid, with the names of its taps."""
    row, column = corner
    places = [(0, *index) if layer.axes == 1 else index for index in np.ndindex(layer.kernel.shape)]
    cells = [tap_cell(layer, a, (row + r, column + c)) for a, (r, c) in enumerate(places)]
    return kernel_band(layer, cells, corner, about, side)


def hops(layer, starts, row, up):
    """The stride, as hops along the long row from where one place starts to where the next one does: a label, and arcs."""
    stride = layer.stride[-1]
    if stride == 1 or len(starts) < 2:
        return Band("", "", ()), ()
    middle = (starts[0] + starts[1]) / 2
    first = [int(start) - layer.border[-1] for start in starts[:4]]
    places = ", ".join(map(number, first)) + (", …" if len(starts) > 4 else "")
    label = Cell(row - (1.45 if up else -0.45), middle + 0.6, f"stride {stride}: κ0 at {places}", tone="mark")
    arcs = [
        Line((row, one + 0.5), (row, other + 0.5), "mark", "hop" if up else "hop-below", 1.5, arrow=True)
        for one, other in zip(starts, starts[1:])
    ]
    return Band("", "", (label,)), tuple(arcs)


def cuts(layer, top, bottom, words):
    """Where padding and output_padding cut a transposed layer's output: lines, thin where none cuts, and words."""
    (pad,), (size,) = layer.border, layer.long
    op = per_axis("output_padding", layer.params["output_padding"], 1, 0)[0] if layer.transposed else 0
    if not layer.transposed or not (pad or op):
        return (), ()
    rest = f"p − op = {pad} − {op} = {number(pad - op)}" if op else f"p = {pad}"
    ends = [(pad, f"p = {pad}: {pad} cut", pad)] if pad else []
    uncovered = f"{pad} uncovered, " if pad else ""
    said = f"{rest}: {pad - op or 'none'} cut" if pad >= op else f"op = {op}: {uncovered}{op - pad} appended"
    ends.append((pad + size, said, pad - op))
    lines = tuple(Line((top, column), (bottom, column), "mark", "line", 3 if cut else 1) for column, _, cut in ends)
    return lines, tuple(Cell(words, column - 0.5, text, tone="mark") for column, text, _ in ends)
