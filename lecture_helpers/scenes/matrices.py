"""A layer as a matrix: at work beside its input and output, or lit in step with another picture."""

import numpy as np

from ..words import join, number, numbers, product
from .cells import Band, Cell, Scene, life, running_sums
from .limits import check_matrix, check_matrix_cells
from .sentences import Said, scene_of, total


def matrix_scene(layer):
    """The scene of y = C x, one step per row, or of y = Cᵀ x, one step per column, on a row."""
    rows, columns = layer.y.size, layer.x.size
    check_matrix(rows, columns)
    title = "Transposed convolution layer as a matrix, y = Cᵀ x" if layer.transposed else "Convolution layer as a matrix, y = C x"
    sizes = ("small", "large") if layer.transposed else ("large", "small")
    steps = layer.by_input if layer.transposed else layer.by_output
    steps = [[link for link in links if link.cell is not None] for links in steps]
    work, start, said = _by_column(layer, steps) if layer.transposed else _by_row(layer, steps)
    still = [Cell(*_entry(layer, link), number(layer.kernel[link.tap]), "tap") for link in layer.kept]
    still += [cell for q in range(rows) for cell in (Cell(q, columns, f"y[{q}]"), Cell(q, columns + 1, box="output"))]
    lit = [Cell(*_entry(layer, link), box="kernel", **life(t, len(steps) - 1)) for t, links in enumerate(steps) for link in links]
    label = f"matrix {'Cᵀ' if layer.transposed else 'C'}; beside it output y ({sizes[1]} row)"
    bands = (
        Band(f"input x ({sizes[0]} row)", _input(layer, steps), join(layer.x)),
        Band(label, (*still, *lit, *work), f"{join(_dense(layer))} gives {join(layer.y)}", answer=True),
    )
    return scene_of(layer, f"{title}, κ = {join(layer.kernel)}{layer.described()}", bands, start, said)


def matrix_band_scene(layer, reading="gather"):
    """The scene of a layer's matrix alone, with the row (gather) or the column (scatter) of each step lit."""
    rows, columns = layer.y.size, layer.x.size
    check_matrix_cells(rows, columns)
    by_row = reading != "scatter" or (layer.axes == 2 and not layer.transposed)
    last = (rows if by_row else columns) - 1
    taps = [(*_entry(layer, link), link.tap) for link in layer.kept]
    cells = [Cell(q, p, number(layer.kernel.flat[a]), "tap", of=("link", q, p)) for q, p, a in taps]
    cells += [Cell(q, p, box="kernel", **life(q if by_row else p, last)) for q, p, _ in taps]
    empty = _without_taps(rows, columns, taps)
    cells += [Cell(*position, box="padding") for position in empty]
    name = "matrix Cᵀ: y = Cᵀ x" if layer.transposed else "matrix C: y = C x"
    label = f"{name}, {rows}×{columns}" + (" (dashed: a row or column without taps)" if empty else "")
    return Scene("", (Band(label, tuple(cells)),), ("",) * (last + 2))


def _by_row(layer, steps):
    """Row i of C and the input give y[i]."""
    column, last = layer.x.size + 1, layer.y.size - 1
    work = [Cell(q, column, number(layer.y[q]), since=q + 1) for q in range(layer.y.size)]
    work += [Cell(q, column, box="output-lit", **life(q, last)) for q in range(layer.y.size)]
    return work, "Predict y[0], then step.", [total(layer, "y", q, f"Row {q} of C: ", links) for q, links in enumerate(steps)]


def _by_column(layer, steps):
    """Column i of Cᵀ, weighted by x[i], is added to the output."""
    column, last, work = layer.x.size + 1, layer.x.size - 1, []
    for i, links in enumerate(steps):
        work += [Cell(link.cell, column, box="output-lit", **life(i, last)) for link in links]
    for u, links in enumerate(layer.by_cell):
        terms, moments = [layer.product(link) for link in links], [link.place + 1 for link in links]
        work += running_sums((u, column), terms, moments, layer.x.size)
    return work, "Predict y[0] and y[1], then step.", [_column_said(layer, i, links) for i, links in enumerate(steps)]


def _column_said(layer, i, links):
    if not links:
        return Said(f"Column {i} of Cᵀ is empty")
    products, where = (", ".join(product(*layer.factors(link)) for link in links), ", ".join(f"y[{link.cell}]" for link in links))
    return Said(f"Column {i} of Cᵀ, times x[{i}]: {products}, added at {where}")


def _input(layer, steps):
    """The input over the columns of the matrix, with what each step reads lit."""
    cells = [Cell(0, p, text, "input", str(p), of=("input", p)) for p, text in enumerate(numbers(layer.x))]
    last = len(steps) - 1
    for t, links in enumerate(steps):
        read = [t] if layer.transposed else [link.cell for link in links]
        cells += [Cell(0, p, box="input-lit", **life(t, last)) for p in read]
    return tuple(cells)


def _entry(layer, link):
    """The row and the column of a matrix in which a link's tap stands."""
    return layer.output_of(link), layer.input_of(link)


def _without_taps(rows, columns, taps):
    """The positions in the rows and columns of a layer's matrix in which no tap stands."""
    full_rows, full_columns = {q for q, _, _ in taps}, {p for _, p, _ in taps}
    return [place for place in np.ndindex(rows, columns) if place[0] not in full_rows or place[1] not in full_columns]


def _dense(layer):
    matrix = np.zeros((layer.y.size, layer.x.size), layer.kernel.dtype)
    for link in layer.kept:
        matrix[_entry(layer, link)] = layer.kernel[link.tap]
    return matrix
