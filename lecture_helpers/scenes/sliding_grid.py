"""A kernel that lies on a padded image, its taps in the corners of the cells, with the products in a grid of their own."""

import numpy as np

from ..palette import shade
from ..words import number
from .cells import Band, Cell, life
from .parts import appearing, beyond, filling, lit, tap_index, unnoted, unread, worth_asking
from .rows import row_band, standing_kernel
from .scene import Scene
from .sentences import total_said

APART = 1.5  # columns between two grids


def sliding_grid(layer):
    """The scene of a convolution layer on a grid: the kernel lies on the padded image, step by step."""
    steps = layer.by_place
    products = layer.extent[1] + APART
    output = products + layer.kernel.shape[1] + APART
    places = [(r, output + c) for r, c in np.ndindex(layer.y.shape)]
    bands = (
        _image(layer, steps),
        Band("products", "", tuple(_products(layer, steps, products)), "", True, (0, products), "above", role="copy"),
        row_band(layer, "output", unnoted(filling(layer, places)), (0, output), side="above"),
        standing_kernel(layer, (layer.kernel.shape[0] + 1.2, products), "above"),
        _lying_kernel(layer),
    )
    captions = tuple(total_said(layer, q) for q in range(layer.y.size))
    title = f"Convolution layer, y = x ⊛ κ{layer.described()}"
    return Scene(title, bands, captions, ask=worth_asking(_seen(layer, steps)), cell=52)


def _seen(layer, steps):
    """Whether padding is read at every step."""
    for links in steps:
        yield {"border"} if any(link.cell is None for link in links) else {"inside"}


def _image(layer, steps):
    """The input with its padding; the cells under the kernel are lit."""
    pale = unread(layer)
    cells = [Cell(*position, "0", "border") for position in beyond(layer)]
    for u, place in enumerate(layer.cells):
        cells.append(Cell(*place, number(layer.x.flat[u]), "unread" if u in pale else "input", of=("input", u)))
    cells += lit("input-lit", [[link.position for link in links if link.cell is not None] for links in steps])
    cells += lit("border-lit", [[link.position for link in links if link.cell is None] for links in steps])
    return row_band(layer, "input", cells, (0, 0), "zeros added around" if any(layer.border) else "", side="above")


def _lying_kernel(layer):
    """The kernel as it lies on the image: a frame, and every tap in the corner of its cell; it glides within a row of places."""
    first = layer.by_place[0]
    cells = [Cell(0, 0, box="frame", size=layer.span)]
    for link in first:
        row, column = link.position
        box = f"tap-{shade(link.tap, layer.kernel.size)}"
        tap = number(layer.kernel.flat[link.tap])
        cells.append(Cell(row + 0.02, column + 0.46, tap, box, size=(0.32, 0.53), of=("kernel", link.tap)))
    stands = layer.stands
    moves = tuple((2 * k, two[0] - one[0], two[1] - one[1]) for k, (one, two) in enumerate(zip(stands, stands[1:]), 1))
    return Band("", "", tuple(cells), moves=moves)


def _products(layer, steps, left):
    """The products of every step in a grid of the kernel's shape: empty while it asks; added zeros and taps that are 0 say so."""
    cells, taps = [], list(np.ndindex(layer.kernel.shape))
    for k, links in enumerate(steps):
        for n, link in enumerate(links):
            (row, column), times = taps[link.tap], life(k, len(steps))
            place = (row, left + column)
            if link.cell is None:
                cells.append(Cell(*place, "0", "product-border", under="pad", **times))
                continue
            under = tap_index(layer, link.tap) + ("" if layer.kernel.flat[link.tap] else "=0")
            cells.append(Cell(*place, "", "product-empty", under=under, **times))
            of = ("link", link.place, link.cell)
            since = appearing(k, n, len(links))
            cells.append(
                Cell(*place, number(layer.product(link)), "product", under=" ", since=since, until=times["until"], of=of)
            )
    return cells
