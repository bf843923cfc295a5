"""The board: a row for every place of the short row, a column for every cell of the long one, and a tap where they are joined.

The long row runs along the top or the bottom, the short one along a side. A convolution layer enters at the top and leaves at
the right; its transpose enters at the left and leaves at the bottom: the same board, entered from the other side. For rows.
"""

from ..arrays import per_axis
from ..words import number, times
from .cells import QUICK, Band, Cell, Line, Scene, life, only_asked
from .limits import check_board
from .parts import (
    bare,
    beyond,
    hops,
    lit,
    numbered,
    row_band,
    running,
    shade,
    standing_kernel,
    tap_cell,
    tap_index,
    unread,
    worth_asking,
)
from .sentences import landing_said, share_said, total_said

AWAY = 0.6  # between the board and the rows along its sides, in cells


def board(layer, reading="scatter", show="products", title=None):
    """The scene of a layer on a row, read by "gather", one output cell a step, or by "scatter", one input cell a step.

    The crossings show `products`, as they are added, or `taps`: then they are the layer's matrix C.
    """
    check_board(*layer.short, *layer.extent)
    gather = reading == "gather"
    steps = layer.by_output if gather else layer.by_input
    crossings, marks = (_slots(layer), _products(layer, steps)) if show == "products" else ([], _taps(layer, steps))
    cuts, cut_texts = _cuts(layer)
    hop_row = _below(layer) + 1.45 if layer.transposed else -1.5 - AWAY
    labels, arcs = hops(layer, [stand for (stand,) in layer.stands], hop_row, up=not layer.transposed)
    bands = (
        Band("", "", (*_lanes(layer, gather), *crossings)),
        _input(layer, steps, gather),
        Band("", "", tuple(marks), answer=show == "products"),
        _output(layer, steps, gather),
        *([_kernel(layer)] if show == "products" else ()),
        labels._replace(cells=(*labels.cells, *cut_texts)),
    )
    grid = Line((0, 0), (layer.short[0], layer.extent[0]), "faint", "grid", 1)
    captions = tuple(_said(layer, k, gather, show) for k in range(len(steps)))
    ask = worth_asking(_features(links) for links in steps)
    return Scene(title or _title(layer, gather, show), bands, captions, (grid, *cuts, *arcs), ask=ask)


def both(layer):
    """A transposed layer on a row, read per output cell down its column, while the copies that it needs are laid down as rows."""
    scene = board(layer, "gather", title=f"Transposed convolution layer: gather and scatter{layer.described()}")
    needed = {}
    for q, links in enumerate(layer.by_output):
        for link in links:
            needed.setdefault(link.place, q)
    under, given, laid, *rest = scene.bands
    marks = [cell for cell in laid.cells if cell.box == "product-lit"]
    for i, links in enumerate(layer.by_place):
        step = needed.get(i, layer.y.size - 1)
        marks = [*_asked(links, step), *(cell for link in links for cell in _product(layer, link, 2 * step + 1)), *marks]
    return scene._replace(bands=(under, given, laid._replace(cells=tuple(marks)), *rest))


def _title(layer, gather, show):
    kind = "Transposed convolution layer" if layer.transposed else "Convolution layer"
    if show == "taps":
        return f"{kind} as a matrix, {'y = Cᵀ x' if layer.transposed else 'y = C x'}{layer.described()}"
    how = "by gather" if gather else ": summed kernels" if layer.transposed else "by scatter"
    return f"{kind}{'' if how[0] == ':' else ' '}{how}{layer.described()}"


def _below(layer):
    """The row of what runs along the bottom."""
    return layer.short[0] + AWAY


def _along_row(layer, gather):
    """Whether a step is a row of the board."""
    return gather != layer.transposed


def _place(link):
    return (link.place, *link.position)


def _lanes(layer, gather):
    """The row or the column of every step, tinted from where it enters to where it leaves."""
    (rows,), (columns,), tone = layer.short, layer.extent, "lane-output" if gather else "lane-input"
    if _along_row(layer, gather):
        left, right = (-AWAY, columns) if layer.transposed else (0, columns + AWAY)
        return [Cell(k, left, box=tone, size=(1, right - left), **life(k, rows)) for k in range(rows)]
    top, bottom = (0, rows + AWAY) if layer.transposed else (-AWAY, rows)
    count = len(layer.cells)
    return [Cell(top, column, box=tone, size=(bottom - top, 1), **life(k, count)) for k, (column,) in enumerate(layer.cells)]


def _slots(layer):
    """The crossings, outlined in the shades of their taps."""
    looks = [_beyond(layer) if link.cell is None else f"slot-{shade(link.tap, layer.kernel.size)}" for link in layer.links]
    return [Cell(*_place(link), "", look, under=tap_index(layer, link.tap)) for link, look in zip(layer.links, looks)]


def _beyond(layer):
    """The look of a crossing beyond the ends of the long row."""
    return "cropped" if layer.transposed else "border"


def _products(layer, steps):
    """The product of each crossing from its step's answer on; while the step asks, a question."""
    cells = []
    for k, links in enumerate(steps):
        cells += _asked(links, k)
        cells += [cell for link in links for cell in _product(layer, link, 2 * k + 1)]
        cells += [Cell(*_place(link), box="product-lit", **life(k, len(steps))) for link in links]
    return cells


def _asked(links, step):
    """A question on every crossing of some links, while a step asks."""
    return [Cell(*_place(link), "?", "product-empty", under=" ", **only_asked(step)) for link in links if link.cell is not None]


def _product(layer, link, since):
    """A crossing with its product, under a bar in the shade of its tap; without a box where it is cropped."""
    (row, column), text = _place(link), number(layer.product(link))
    if link.cell is None:
        return [Cell(row, column, text, under=" ", since=since)] if layer.transposed else []
    of = ("link", layer.output_of(link), layer.input_of(link))
    bar = Cell(row, column, box=f"tap-{shade(link.tap, layer.kernel.size)}", size=(0.13, 1), since=since)
    return [Cell(row, column, text, "product", under=" ", since=since, of=of), bar]


def _taps(layer, steps):
    """The crossings as the matrix C: the taps, and in the row or column of a step what each multiplies."""
    cells, count = [], len(steps)
    for k, links in enumerate(steps):
        beyond = [link for link in links if link.cell is None]
        cells += [Cell(*_place(link), "", _beyond(layer), under=tap_index(layer, link.tap)) for link in beyond]
        for link in (link for link in links if link.cell is not None):
            place, shown, value = _place(link), life(k, count), number(layer.kernel[link.tap])
            of = ("link", layer.output_of(link), layer.input_of(link))
            cells.append(tap_cell(layer, link.tap, place)._replace(text="", of=of))
            cells += [Cell(*place, value, under=" ", until=2 * k)] if k else []
            cells += [Cell(*place, value, under=" ", since=2 * k + 2 - QUICK)] if k < count - 1 else []
            cells.append(Cell(*place, times(*layer.factors(link)), "product", under=" ", **shown))
            cells.append(Cell(*place, box="product-lit", **shown))
    return cells


def _input(layer, steps, gather):
    """The input along its side, with what each step reads."""
    if layer.transposed:
        places, where = [(i, -1.1 - AWAY) for i in range(layer.x.size)], dict(side="above", notes="left")
    else:
        places, where = [(-1 - AWAY, *position) for position in layer.cells], dict(side="left", notes="above")
    pale = unread(layer)
    cells = [cell._replace(box="unread") if p in pale else cell for p, cell in enumerate(numbered(layer, "input", places))]
    if not layer.transposed:
        cells += [Cell(-1 - AWAY, *position, "0", "border") for position in beyond(layer)]
    read = [[layer.input_of(link) for link in links] if gather else [k] for k, links in enumerate(steps)]
    cells += lit("input-lit", [[places[p] for p in dict.fromkeys(each) if p is not None] for each in read])
    words = f"{len(pale)}\u00a0never\u00a0read" if pale else ""
    return row_band(layer, "input", cells, places[0] if layer.transposed else (-1 - AWAY, 0), words, **where)


def _output(layer, steps, gather):
    """The output along the other side, while it fills."""
    bottom, right = _below(layer), layer.extent[0] + AWAY
    if layer.transposed:
        places, corner, where = [(bottom, *position) for position in layer.cells], (bottom, 0), {}
    else:
        places, corner, where = [(i, right) for i in range(layer.y.size)], (0, right), dict(side="above", notes="right")
    uncovered = bare(layer)
    cells = numbered(layer, "output", places, [""] * layer.y.size)
    cells = [cell._replace(box="uncovered") if q in uncovered else cell for q, cell in enumerate(cells)]
    for q, place in enumerate(places):
        cells += _filled(layer, q, place, steps, gather, q in uncovered)
    cells += [Cell(bottom, *position, box="cropped") for position in beyond(layer)] if layer.transposed else []
    words = f"{len(uncovered)}\u00a0reached by\u00a0no\u00a0copy" if uncovered else ""
    return row_band(layer, "output", cells, corner, words, **where)


def _filled(layer, q, place, steps, gather, uncovered):
    """What one output cell shows in the course of the steps."""
    count = len(steps)
    if gather:
        lit, done = [q], 2 * q + 1
        cells = [Cell(*place, "?", **only_asked(q)), Cell(*place, number(layer.y[q]), since=done)]
    else:
        links = [link for link in layer.by_output[q] if link.cell is not None]
        lit = [layer.input_of(link) for link in links]
        times = [2 * step + 1 for step in lit]
        done = max(times, default=2 * count - 1)
        cells = running(place, [layer.product(link) for link in links], times, done)
    found = [] if uncovered else [Cell(*place, box="output-done", since=done)]
    return [*found, *(Cell(*place, box="output-lit", **life(step, count)) for step in lit), *cells]


def _kernel(layer):
    """The kernel by itself, below the board."""
    hopping = layer.transposed and layer.stride[0] > 1
    row = _below(layer) + (3.0 if hopping else 2.1) if layer.transposed else layer.short[0] + 0.7
    return standing_kernel(layer, (row, 0))


def _cuts(layer):
    """Where padding and output_padding cut the output of a transposed layer: lines, thin where nothing is cut, with words."""
    (pad,), (size,) = layer.border, layer.long
    op = per_axis("output_padding", layer.params["output_padding"], 1, 0)[0] if layer.transposed else 0
    if not layer.transposed or not (pad or op):
        return (), ()
    rest = f"p − op = {pad} − {op} = {number(pad - op)}" if op else f"p = {pad}"
    ends = [(pad, f"p = {pad}: {pad} cut", pad)] if pad else []
    ends.append(
        (pad + size, f"{rest}: {pad - op or 'none'} cut" if pad >= op else f"op − p = {op - pad}: {op - pad} added", pad - op)
    )
    lines = tuple(
        Line((-1.2, column), (_below(layer) + 1.15, column), "mark", "line", 3 if cut else 1) for column, _, cut in ends
    )
    return lines, tuple(Cell(-2, column - 0.5, text, tone="mark") for column, text, _ in ends)


def _features(links):
    """What is there to see in a step: how many links meet, whether some lie beyond the ends."""
    real = sum(link.cell is not None for link in links)
    return {real} if real == len(links) else {real, "beyond"}


def _said(layer, k, gather, show):
    """The caption of a step."""
    if gather:
        before = ((f"Row {k} of C: ", ""),) if show == "taps" and not layer.transposed else ()
        return total_said(layer, k, before=before)
    if not layer.transposed:
        return share_said(layer, k)
    return landing_said(layer, k, [q for q, links in enumerate(layer.by_output) if _last(layer, links) == k])


def _last(layer, links):
    """The last copy that reaches a cell; of none, the last one at all."""
    return links[-1].place if links else layer.x.size - 1
