"""What can be shown of one layer: each reading, on a row or on a grid, and the operation on one line."""

from ..words import join, numbers
from .board import board, both
from .broken import broken
from .cells import Band, Cell
from .gradient import MOST, gradient_scene
from .limits import columns_that_fit
from .scene import Caption, Scene
from .sentences import gradient_said, total_said
from .sliding_grid import sliding_grid
from .stage import stage
from .stamped_grid import stamped_grid
from .tracks import track_of
from .unrolled import beside_grids
from .wires import connections_scene

READINGS = ("gather", "scatter")


def gathered(layer):
    """A layer read per output cell: on a grid, or on a row as a sliding kernel."""
    if layer.axes == 2:
        return stamped_grid(layer, "gather") if layer.transposed else sliding_grid(layer)
    how = " by gather" if layer.transposed else ", y = x ⊛ κ"
    captions = tuple(total_said(layer, q) for q in range(layer.y.size))
    return _on_stage(layer, f"{layer.kind}{how}{layer.described()}", captions, ("output y", "output"))


def _on_stage(layer, title, captions, output):
    """The stage, or, where that is too long for one line, its lines."""
    track = track_of(layer)
    fit = columns_that_fit([text for _, text, *_ in track.cells] + numbers(layer.kernel))
    if len(track.cells) <= fit:
        return stage(layer, track, title, captions, output)
    return broken(layer, track, title, captions, output, fit)


def summed(layer):
    """A transposed layer read per input cell: summed copies of the kernel."""
    return board(layer, "scatter") if layer.axes == 1 else stamped_grid(layer)


def gathered_and_summed(layer):
    """A transposed layer read per output cell, while the copies that it needs are laid down."""
    return both(layer) if layer.axes == 1 else stamped_grid(layer, "gather")


def as_matrix(layer):
    """A layer as a matrix, entered from the side of its input."""
    return board(layer, "scatter" if layer.transposed else "gather", "taps")


def gradient(layer):
    """How ∂ℓ/∂y flows back to one x[u] after another: on the wires, or, where they are too many, as a sliding kernel."""
    if layer.y.size <= MOST:
        return gradient_scene(layer)
    captions = tuple(gradient_said(layer, u) for u in range(layer.y.size))
    title = f"Gradient of a convolution layer with respect to its input{layer.described()}"
    return _on_stage(layer, title, captions, ("gradient ∂ℓ/∂x", "gradient"))


def connected(layer, reading):
    """The connections of a layer, grouped by a reading: "gather", "scatter" or "tap"."""
    return connections_scene(layer, reading)


def explored(layer, reading, show):
    """What an explorer shows of a layer: the "wires" of a row, or its board with "products" or "taps"; the grids of a grid,
    without its board for "wires".

    The reading is not in the title, so that switching it leaves all where it is.
    """
    title = f"{layer.kind}{layer.described()}"
    if layer.axes == 1:
        wires = show == "wires"
        scene = connections_scene(layer, reading, computed=True) if wires else board(layer, reading, show)
        return scene if show == "taps" else scene._replace(title=title)
    grids = stamped_grid(layer, reading)._replace(title=title) if layer.transposed else sliding_grid(layer)
    return grids if show == "wires" else beside_grids(grids, layer, gather=not layer.transposed or reading == "gather")


def operation(layer):
    """One operation on a row, without steps: input, operator, kernel and output on one line."""
    symbol = "∗" if layer.transposed else "⊛"
    cells, column = [], 0
    for box, row, sign in (("input", layer.x, symbol), ("kernel", layer.kernel, "="), ("output-done", layer.y, "")):
        cells += [Cell(0, column + k, text, "tap-1" if box == "kernel" else box) for k, text in enumerate(numbers(row))]
        cells += [Cell(0, column + row.size, sign, tone="ink")] if sign else []
        column += row.size + 1
    values = f"{join(layer.x)} {symbol} {join(layer.kernel)} = {join(layer.y)}"
    label = f"input x {symbol} kernel κ = output y"
    return Scene("", (Band(label, "", tuple(cells), values, side="above"),), (Caption(((values, ""),)),), beats=1)
