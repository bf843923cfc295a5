"""What can be shown of one layer: its readings, and the operation on one line."""

from ..words import join, numbers
from .cells import Band, Cell, Scene
from .convolution import shares, sliding, sliding_and_shares
from .transposed import both, gathered, summed

READINGS = ("gather", "scatter", "both")


def layer_scene(layer, reading="gather"):
    """The scene of a layer, gathered, scattered, or both.

    On grids a convolution layer is shown by gather only, a transposed one by scatter or both. Raises ValueError, with the
    values, for another reading.
    """
    if reading not in READINGS:
        raise ValueError(f"reading must be one of {', '.join(READINGS)}, but is {reading!r}.")
    if layer.axes == 2:
        reading = ("both" if reading == "gather" else reading) if layer.transposed else "gather"
    scenes = (
        dict(gather=gathered, scatter=summed, both=both)
        if layer.transposed
        else dict(gather=sliding, scatter=shares, both=sliding_and_shares)
    )
    return scenes[reading](layer)


def operation(layer):
    """One operation on a row, without steps: input, operator, kernel and output on one line."""
    symbol = "∗" if layer.transposed else "⊛"
    cells, column = [], 0
    for box, row, sign in (("input", layer.x, symbol), ("kernel", layer.kernel, "="), ("output-done", layer.y, "")):
        cells += [Cell(0, column + k, text, box) for k, text in enumerate(numbers(row))]
        cells += [Cell(0, column + row.size, sign)] if sign else []
        column += row.size + 1
    values = f"{join(layer.x)} {symbol} {join(layer.kernel)} = {join(layer.y)}"
    return Scene("", (Band(f"input x {symbol} kernel κ = output y", tuple(cells), values),), ("",))
