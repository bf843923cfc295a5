"""The gradient: the forward picture, x above y above the loss, with a gradient in every node that runs up the same wires.

It is gathered for one x[u] after another, from every y[i] that reads it. The layer given is the transposed one, whose input
is ∂ℓ/∂y and whose output is ∂ℓ/∂x: the numbers of x play no part.
"""

from ..palette import shade
from ..words import counted, join, number
from .cells import Band, Cell, Line, life, only_asked
from .parts import bare, on_wire, tap_index, wire, worth_asking
from .rows import standing_kernel
from .scene import Scene
from .sentences import gradient_said

NODE = 1.9  # height of a node, a name above a gradient, in cells
FALL = 4.6  # from x to y
LOSS = FALL + NODE + 1.7
MOST = 12  # cells of x in this picture


def gradient_scene(layer):
    """The scene of ∂ℓ/∂x of a convolution layer on a row of at most `MOST` cells."""
    shift = (layer.extent[0] - layer.x.size) / 2
    above = [(0, *position) for position in layer.cells]
    below = [(FALL, shift + i) for i in range(layer.x.size)]
    captions = tuple(gradient_said(layer, u) for u in range(layer.y.size))
    middle = shift + (layer.x.size - 1) / 2
    bands = (
        _names("input x", "names only", "input", "x", above),
        _gradients_of_x(layer, above),
        _names("output y", counted(layer.x.size, "cell"), "output", "y", below),
        _gradients_of_y(layer, below),
        Band("loss ℓ", "", (Cell(LOSS, middle, "ℓ", "loss"),), corner=(LOSS, middle)),
        standing_kernel(layer, (FALL, layer.extent[0] + 1), "above", ""),
        Band("", "", tuple(_pills(layer, above, below))),
    )
    title = f"Gradient of a convolution layer with respect to its input{layer.described()}"
    lines = (*_loss_lines(layer, below, middle), *_wires(layer, above, below))
    return Scene(title, bands, captions, lines, ask=worth_asking([len(links)] for links in layer.by_output), cell=46)


def _names(label, about, role, letter, places):
    """The upper halves of nodes: their names."""
    cells = [Cell(row, column, f"{letter}[{k}]", role, size=(0.9, 1)) for k, (row, column) in enumerate(places)]
    return Band(label, about, tuple(cells), "", corner=places[0], role=role)


def _gradients_of_x(layer, places):
    """The lower halves of the nodes of x: what arrives, one after another."""
    cells, steps, uncovered = [], layer.y.size, bare(layer)
    for u, (row, column) in enumerate(places):
        place = (row + 0.9, column)
        cells.append(Cell(*place, "", "uncovered" if u in uncovered else "gradient", of=("output", u)))
        cells += [Cell(*place, box="gradient-lit", **life(u, steps)), Cell(*place, "?", **only_asked(u))]
        cells.append(Cell(*place, number(layer.y[u]), since=2 * u + 1))
    about = f"{counted(len(uncovered), 'cell')} never read" if uncovered else ""
    return Band("gradient ∂ℓ/∂x", about, tuple(cells), join(layer.y), True, corner=(0.9, places[0][1]), role="gradient")


def _gradients_of_y(layer, places):
    """The lower halves of the nodes of y: the incoming gradient, which is given."""
    cells = [Cell(row + 0.9, column, number(layer.x[i]), "gradient", of=("input", i)) for i, (row, column) in enumerate(places)]
    for u, links in enumerate(layer.by_cell):
        cells += [Cell(FALL + 0.9, places[link.place][1], box="gradient-lit", **life(u, layer.y.size)) for link in links]
    return Band("gradient ∂ℓ/∂y", "given", tuple(cells), join(layer.x), corner=(FALL + 0.9, places[0][1]), role="gradient")


def _loss_lines(layer, places, middle):
    """From the loss up to every node of y."""
    return [Line((LOSS, middle + 0.5), (FALL + NODE, column + 0.5), "gradient", width=1.5, arrow=True) for _, column in places]


def _wires(layer, above, below):
    """The forward wires, thin; those on which the step's gradient comes up, strong."""
    lines, steps = [], layer.y.size
    for u, links in enumerate(layer.by_cell):
        for link in links:
            start, end = (FALL, below[link.place][1] + 0.5), (NODE, above[u][1] + 0.5)
            lines.append(wire(layer, link.tap, start, end, width=1))
            lines.append(wire(layer, link.tap, start, end, width=3, arrow=True, **life(u, steps)))
    return lines


def _pills(layer, above, below):
    """On every strong wire, the tap by which it multiplies."""
    cells = []
    for u, links in enumerate(layer.by_cell):
        for link in links:
            row, column = on_wire(FALL, below[link.place][1], NODE, above[u][1])
            text, box = f"×{number(layer.kernel[link.tap])}", f"tap-{shade(link.tap, layer.kernel.size)}"
            under, times = tap_index(layer, link.tap), life(u, layer.y.size)
            cells.append(Cell(row - 0.4, column + 0.22, text, box, under=under, size=(0.8, 0.56), **times))
    return cells
