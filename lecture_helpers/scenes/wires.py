"""The wires: two rows, and every connection between them in the shade of its tap; those of the step are strong.

Read per input cell, the output's numbers add up, share by share. The short row stands centred by the long one. The picture of
a transposed layer is that of its convolution layer, mirrored at a horizontal line: left stays left. On grids, what is joined is
lit, and says through which tap.
"""

import numpy as np

from ..palette import shade
from .cells import Band, Cell, Line, life
from .parts import beyond, lit, numbered, on_wire, running, tap_index, wire
from .rows import cuts, hops, row_band, standing_kernel
from .scene import Caption, Scene
from .sentences import adding_said, landing_said, reading_said, share_said, tap_said, total_said

FALL = 3.4  # from row to row, in cells


def connections_scene(layer, reading="gather", computed=False):
    """The scene of a layer's connections, grouped by output cell ("gather"), by input cell ("scatter") or by "tap".

    If `computed`, the output has its numbers from the start, and the captions their arithmetic. Raises ValueError for another
    reading.
    """
    if reading not in ("gather", "scatter", "tap"):
        raise ValueError(f"reading must be one of gather, scatter, tap, but is {reading!r}.")
    steps = dict(gather=layer.by_output, scatter=layer.by_input, tap=layer.by_tap)[reading]
    steps = [[link for link in links if link.cell is not None] for links in steps]
    captions = tuple(_said(layer, reading, k, computed) for k in range(len(steps)))
    how = dict(gather="read per output cell", scatter="read per input cell", tap="read per tap")[reading]
    title = f"{layer.kind}, {how}{layer.described()}"
    filled = "numbers" if computed else "sums" if reading == "scatter" else ""
    bands, lines = _on_rows(layer, steps, reading, filled) if layer.axes == 1 else _on_grids(layer, steps, filled)
    return Scene(title, bands, captions, lines, beats=1)


def _said(layer, reading, k, computed):
    """The caption of a step: what is joined, or, if it is computed, the arithmetic."""
    if reading == "tap":
        return tap_said(layer, k)
    if not computed:
        return reading_said(layer, k) if reading == "gather" else adding_said(layer, k)
    said = (
        total_said(layer, k) if reading == "gather" else landing_said(layer, k, ()) if layer.transposed else share_said(layer, k)
    )
    return Caption(said.answered)


def _on_rows(layer, steps, reading, filled):
    """Two rows and the wires between them."""
    long_row, short_row = (FALL, 0) if layer.transposed else (0, FALL)
    shift = (layer.extent[0] - layer.short[0]) / 2
    long_places = [(long_row, *position) for position in layer.cells]
    short_places = [(short_row, shift + i) for i in range(*layer.short)]
    inputs, outputs = (short_places, long_places) if layer.transposed else (long_places, short_places)
    cut_lines, cut_texts = cuts(layer, long_row - 0.3, long_row + 1.7, long_row + 1.5)
    hop_row = long_row + (2.5 if cut_texts else 1.45 if layer.transposed else -0.5)
    labels, arcs = hops(layer, [stand for (stand,) in layer.stands], hop_row, up=not layer.transposed)
    taps, wires = _wires(layer, steps, reading, shift, long_row)
    bands = (
        _row(layer, "input", inputs, steps, "numbers", () if layer.transposed else _outside(layer, long_row), notes="above"),
        _row(layer, "output", outputs, steps, filled, _outside(layer, long_row) if layer.transposed else ()),
        _kernel(layer, reading),
        labels._replace(cells=(*labels.cells, *cut_texts, *taps)),
    )
    return bands, (*wires, *cut_lines, *arcs)


def _row(layer, role, places, steps, filled, more=(), **where):
    """One row with its cells, filled with "numbers", with "sums" that grow, or not at all; those that a step joins are lit."""
    cells = numbered(layer, role, places, None if filled == "numbers" else [""] * len(places))
    of = layer.input_of if role == "input" else layer.output_of
    cells += lit(f"{role}-lit", [[places[n] for n in sorted({of(link) for link in links})] for links in steps], 1)
    cells += _sums(layer, places) if filled == "sums" else []
    return row_band(layer, role, [*cells, *more], places[0], **where)


def _sums(layer, places):
    """The number in every output cell, as the shares of the input cells arrive."""
    cells = []
    for place, links in zip(places, layer.by_output):
        links = [link for link in links if layer.input_of(link) is not None]
        shares = [layer.product(link) for link in links]
        cells += running(place, shares, [layer.input_of(link) for link in links], layer.x.size - 1)
    return cells


def _outside(layer, row):
    """The cells beyond the ends of the long row."""
    text, box = ("", "cropped") if layer.transposed else ("0", "border")
    return [Cell(row, *position, text, box) for position in beyond(layer)]


def _wires(layer, steps, reading, shift, long_row):
    """All wires, thin, and the step's own, strong, with the name of each one's tap."""
    lines, taps, count = [], [], len(steps)
    for link in layer.links:
        start, end = _ends(layer, link, shift, long_row)
        lines.append(wire(layer, link.tap, start, end, width=1) if link.cell is not None else Line(start, end, "faint", width=1))
    for k, links in enumerate(steps):
        for link in links:
            start, end = _ends(layer, link, shift, long_row)
            lines.append(wire(layer, link.tap, start, end, width=3, arrow=True, **life(k, count, 1)))
            if reading != "tap":
                taps.append(_pill(layer, link, start, end, reading == "gather", **life(k, count, 1)))
    return taps, lines


def _ends(layer, link, shift, long_row):
    """Where a link's wire leaves its input cell, and where it arrives at its output cell."""
    upper, lower = 1, FALL
    long_end = (lower if long_row else upper, link.position[0] + 0.5)
    short_end = (upper if long_row else lower, shift + link.place + 0.5)
    return (short_end, long_end) if layer.transposed else (long_end, short_end)


def _pill(layer, link, start, end, at_start, **times):
    """The name of a tap on its wire, near the end where wires lie apart."""
    (near, beside), (far, other) = (start, end) if at_start else (end, start)
    row, column = on_wire(near, beside, far, other)
    box = f"tap-{shade(link.tap, layer.kernel.size)}"
    return Cell(row - 0.22, column - 0.32, tap_index(layer, link.tap), box, size=(0.44, 0.64), **times)


def _kernel(layer, reading):
    """The kernel by itself, beside the rows."""
    band = standing_kernel(layer, (FALL / 2, layer.extent[0] + 1), "above", "")
    marks = lit("product-lit", [[(cell.row, cell.column)] for cell in band.cells], 1) if reading == "tap" else []
    return band._replace(cells=(*band.cells, *marks))


def _on_grids(layer, steps, filled):
    """The input, the kernel and the output beside one another; a joined cell of the input says through which tap."""
    column = layer.x.shape[1] + 1.6
    after = column + layer.kernel.shape[1] + 1.6
    inputs, outputs = ([(r, left + c) for r, c in np.ndindex(values.shape)] for left, values in ((0, layer.x), (after, layer.y)))
    taps = []
    for k, links in enumerate(steps):
        for link in links:
            r, c = inputs[layer.input_of(link)]
            pill = f"tap-{shade(link.tap, layer.kernel.size)}"
            taps.append(Cell(r + 0.58, c + 0.08, tap_index(layer, link.tap), pill, size=(0.4, 0.84), **life(k, len(steps), 1)))
    rows = (("input", inputs, "numbers"), ("output", outputs, filled))
    bands = [_row(layer, role, places, steps, shown, side="above", notes="none") for role, places, shown in rows]
    bands = [band._replace(cells=tuple(_lifted(cell) for cell in band.cells)) for band in bands]
    return (bands[0], standing_kernel(layer, (0, column), "above"), bands[1], Band("", "", tuple(taps))), ()


def _lifted(cell):
    """A cell whose number leaves room for the name of a tap below it."""
    return cell._replace(note="", under=" " if cell.text else "")
