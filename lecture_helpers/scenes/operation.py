"""One operation on a single line: x ⊛ κ = y, or x ∗ κ = y."""

from ..operators import conv_transpose, cross_correlate
from .cells import Band, Cell, Scene
from .words import join, numbers, picture_arrays


def operation_scene(x, kernel, *, transposed=False):
    """The scene of one operation, without steps: input, operator, kernel and output in a row; 1-D."""
    x, kernel = picture_arrays(x=x, kernel=kernel)
    symbol, y = ("∗", conv_transpose(x, kernel)) if transposed else ("⊛", cross_correlate(x, kernel))
    cells, column = [], 0
    for box, row, sign in (("input", x, symbol), ("kernel", kernel, "="), ("output-done", y, "")):
        cells += [Cell(0, column + k, text, box) for k, text in enumerate(numbers(row))]
        cells += [Cell(0, column + row.size, sign)] if sign else []
        column += row.size + 1
    label = f"input x {symbol} kernel κ = output y"
    return Scene("", (Band(label, tuple(cells), f"{join(x)} {symbol} {join(kernel)} = {join(y)}"),), ("",))
