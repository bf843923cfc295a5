"""The stage: a kernel slides along a long row, its products are added into one output cell after another. For rows.

While a step asks, its products are empty; on the way to its answer they appear one after another.
"""

from ..words import counted, number
from .cells import Band, Cell, Line, life
from .parts import appearing, bare, features, filling, lit, numbered, tap_cell, wire, worth_asking
from .rows import hops, kernel_band, row_band
from .scene import Scene
from .tracks import is_spread

GAP = 1.55  # from row to row, in cells: room for the indices and the signs between them
FALL = 2.0  # from the products to the output


def stage(layer, track, title, captions, output):
    """The scene of a layer on a row, read per output cell; `output` is the label of the output and its role."""
    top = GAP if is_spread(layer) else 0
    bands = [_read_band(layer, track, top), _kernel_band(layer, track, top + GAP), _product_band(layer, track, top + 2 * GAP)]
    if top:
        bands.insert(0, _dense_band(layer, track))
    down = top + 2 * GAP + FALL
    bands.append(output_band(layer, [(down, column) for column in track.outputs], output))
    lines = (*_spreading(layer, track), *_wires(layer, track, top + 2 * GAP + 1, down))
    if not layer.transposed:
        labels, arcs = hops(layer, [taps[0][1] for taps in track.taps], top - 0.5, up=True)
        bands, lines = (*bands, labels), (*lines, *arcs)
    return Scene(title, tuple(bands), captions, lines, ask=worth_asking(features(layer.by_output)))


def output_band(layer, places, output):
    """The output row, cell by cell."""
    label, role = output
    uncovered = bare(layer)
    meet = "meets" if len(uncovered) == 1 else "meet"
    words = f"{len(uncovered)} {meet}\u00a0only\u00a0zeros" if uncovered else ""
    cells = filling(layer, places, uncovered, "gradient-lit" if role == "gradient" else "")
    return row_band(layer, "output", cells, places[0], words, label=label)._replace(role=role)


def _read_band(layer, track, row):
    """The row that the kernel reads: each step's cells lit."""
    spread = is_spread(layer)
    cells = [Cell(row, column, text, box, "" if spread else note or "", of=of) for column, text, box, note, of in track.cells]
    boxes = {column: box for column, _, box, _, _ in track.cells}
    for look, under in (("input-lit", ("input", "unread")), ("border-lit", ("border", "inserted"))):
        cells += lit(look, [[(row, column) for _, column, _ in taps if boxes[column] in under] for taps in track.taps])
    if spread:
        return Band("x, spread out", _spread_words(layer, boxes.values()), tuple(cells), corner=(row, 0), role="input")
    return row_band(layer, "input", cells, (row, 0), *input_words(layer, boxes.values()), notes="above")


def input_words(layer, looks):
    """What stands around the input, and what is not read of it."""
    looks = list(looks)
    if "border" in looks:
        yield f"{'zeros' if layer.transposed else counted(layer.border[0], 'zero')}\u00a0added at\u00a0each\u00a0end"
    if "unread" in looks:
        yield f"{looks.count('unread')}\u00a0never\u00a0read"


def _spread_words(layer, looks):
    """What stands between the cells of the input, and around them."""
    zeros = counted(layer.stride[0] - 1, "zero")
    ends = "; zeros at\u00a0the\u00a0ends" if "border" in looks else ""
    return f"stride\u00a0{layer.stride[0]} became {zeros} in\u00a0each\u00a0gap{ends}"


def _dense_band(layer, track):
    """The input of a transposed layer as it is, centred above its cells spread out."""
    left = _dense_left(layer, track)
    cells = numbered(layer, "input", [(0, left + i) for i in range(layer.x.size)])
    return row_band(layer, "input", cells, (0, left), notes="above")


def _dense_left(layer, track):
    columns = [column for column, _, _, _, of in track.cells if of]
    return (columns[0] + columns[-1] - layer.x.size + 1) / 2


def _spreading(layer, track):
    """Thin lines from the cells of the input to where they stand spread out."""
    if not is_spread(layer):
        return ()
    columns = [column for column, _, _, _, of in track.cells if of]
    left = _dense_left(layer, track)
    return tuple(Line((1, left + i + 0.5), (GAP, column + 0.5), "input", "wire", 1) for i, column in enumerate(columns))


def _kernel_band(layer, track, row):
    """The kernel, which glides from place to place, with the signs between it and the row above."""
    first = track.taps[0]
    cells = [tap_cell(layer, a, (row, column)) for a, column, _ in first]
    cells += [Cell(row - 0.775, column, "×", tone="quiet") for _, column, _ in first]
    order = "reversed" if layer.transposed else "as written"
    moves = tuple((2 * k, 0, taps[0][1] - track.taps[k - 1][0][1]) for k, taps in enumerate(track.taps) if k)
    by = 1 if layer.transposed else layer.stride[0]
    about = (
        order
        + (f", slides\u00a0by\u00a0{by}" if max(layer.stride) > 1 else "")
        + (f", taps\u00a0{layer.dilation[0]}\u00a0apart" if layer.dilation[0] > 1 else "")
    )
    corner = (row, min(column for _, column, _ in first))
    return kernel_band(layer, cells, corner, about, moves=moves)


def _product_band(layer, track, row):
    """The products of every step: empty while it asks, then one after another."""
    cells, steps = [], len(track.taps)
    boxes = {column: box for column, _, box, _, _ in track.cells}
    for k, taps in enumerate(track.taps):
        order = sorted(taps, key=lambda tap: tap[1])
        for n, (_, column, link) in enumerate(order):
            zero = "gap" if boxes[column] == "inserted" else "end" if layer.transposed else "pad"
            cells += _product_cells(layer, link, (row, column), zero, life(k, steps), appearing(k, n, len(taps)))
        signs = zip(order, order[1:])
        cells += [Cell(row + 0.72, (one[1] + other[1]) / 2, "+", tone="quiet", **life(k, steps)) for one, other in signs]
    return Band("products", "", tuple(cells), "", answer=True, corner=(row, 0), role="copy")


def _product_cells(layer, link, place, zero, times, since):
    """One product: its empty cell, and its number from `since` on; a product with an added zero says so."""
    source = None if link is None else layer.input_of(link)
    if source is None:
        return [Cell(*place, "0", "product-border", under=zero, **times)]
    of = ("link", layer.output_of(link), source)
    filled = Cell(*place, number(layer.product(link)), "product", since=since, until=times["until"], of=of)
    return [Cell(*place, box="product-empty", **times), filled]


def _wires(layer, track, top, bottom):
    """The wires of every step, from its products to its output cell: thin while it asks, then strong."""
    lines, steps = [], len(track.taps)
    for k, (taps, output) in enumerate(zip(track.taps, track.outputs)):
        end, times = (bottom - 0.1, output + 0.5), life(k, steps)
        lines.append(Line(end, (bottom, output + 0.5), "output", "line", 2.5, arrow=True, **times))
        for a, column, link in taps:
            real = link is not None and layer.input_of(link) is not None
            start = (top, column + 0.5)
            if real:
                lines.append(wire(layer, a, start, end, width=2.5, arrow=True, **times))
            else:
                lines.append(Line(start, end, "quiet", width=1, **times))
    return lines
