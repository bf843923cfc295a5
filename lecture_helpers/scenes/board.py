"""The board: a row for every place of the short row, a column for every cell of the long one, and a tap where they are joined.

The long row runs along the top or the bottom, the short one along a side. A convolution layer enters at the top and leaves at
the right; its transpose enters at the left and leaves at the bottom: the same board, entered from the other side. For rows.
"""

from .cells import Band, Cell, Line, life
from .crossings import asked, product, products, slots, taps
from .limits import check_board
from .parts import features, worth_asking
from .rows import cuts, hops
from .scene import Scene
from .sentences import landing_said, share_said, total_said
from .sides import AWAY, below, input_along, kernel_below, output_along


def board(layer, reading="scatter", show="products", title=None):
    """The scene of a layer on a row, read by "gather", one output cell a step, or by "scatter", one input cell a step.

    The crossings show `products`, as they are added, or `taps`: then they are the layer's matrix C.
    """
    check_board(*layer.short, *layer.extent)
    gather = reading == "gather"
    steps = layer.by_output if gather else layer.by_input
    crossings, marks = (slots(layer), products(layer, steps)) if show == "products" else ([], taps(layer, steps))
    cut_lines, cut_texts = cuts(layer, -1.2, below(layer) + 1.15, -2)
    hop_row = below(layer) + 1.45 if layer.transposed else -1.5 - AWAY
    labels, arcs = hops(layer, [stand for (stand,) in layer.stands], hop_row, up=not layer.transposed)
    bands = (
        Band("", "", (*_lanes(layer, gather), *crossings)),
        input_along(layer, steps, gather),
        Band("", "", tuple(marks), answer=show == "products"),
        output_along(layer, steps, gather),
        *([kernel_below(layer)] if show == "products" else ()),
        labels._replace(cells=(*labels.cells, *cut_texts)),
    )
    grid = Line((0, 0), (layer.short[0], layer.extent[0]), "faint", "grid", 1)
    captions = tuple(_said(layer, k, gather, show) for k in range(len(steps)))
    ask = worth_asking(features(steps))
    return Scene(title or _title(layer, gather, show), bands, captions, (grid, *cut_lines, *arcs), ask=ask)


def both(layer):
    """A transposed layer on a row, read per output cell down its column, while the copies that it needs are laid down as rows."""
    scene = board(layer, "gather", title=f"Transposed convolution layer: gather and scatter{layer.described()}")
    needed = {}
    for q, links in enumerate(layer.by_output):
        for link in links:
            needed.setdefault(link.place, q)
    under, given, laid, *rest = scene.bands
    marks = [cell for cell in laid.cells if cell.box == "product-lit"]
    new = [[] for _ in range(layer.y.size)]
    for i, links in enumerate(layer.by_place):
        step = needed.get(i, layer.y.size - 1)
        new[step].append(layer.name("x", i))
        marks = [*asked(links, step), *(cell for link in links for cell in product(layer, link, 2 * step + 1)), *marks]
    captions = tuple(total_said(layer, q, before=_laid_down(names)) for q, names in enumerate(new))
    return scene._replace(bands=(under, given, laid._replace(cells=tuple(marks)), *rest), captions=captions)


def _laid_down(names):
    """What is said of the copies that a step lays down."""
    one = len(names) == 1
    said = f"The {'copy' if one else 'copies'} of {', '.join(names)} {'is' if one else 'are'} laid down: "
    return ((said, ""),) if names else ()


def _title(layer, gather, show):
    if show == "taps":
        return f"{layer.kind} as a matrix, {'Cᵀ x read on the board C' if layer.transposed else 'y = C x'}{layer.described()}"
    how = "by gather" if gather else ": summed kernels" if layer.transposed else "by scatter"
    return f"{layer.kind}{'' if how[0] == ':' else ' '}{how}{layer.described()}"


def _along_row(layer, gather):
    """Whether a step is a row of the board."""
    return gather != layer.transposed


def _lanes(layer, gather):
    """The row or the column of every step, tinted from where it enters to where it leaves."""
    (rows,), (columns,), tone = layer.short, layer.extent, "lane-output" if gather else "lane-input"
    if _along_row(layer, gather):
        left, right = (-AWAY, columns) if layer.transposed else (0, columns + AWAY)
        return [Cell(k, left, box=tone, size=(1, right - left), **life(k, rows)) for k in range(rows)]
    top, bottom = (0, rows + AWAY) if layer.transposed else (-AWAY, rows)
    count = len(layer.cells)
    return [Cell(top, column, box=tone, size=(bottom - top, 1), **life(k, count)) for k, (column,) in enumerate(layer.cells)]


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
