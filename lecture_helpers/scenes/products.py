"""The bands of products: the copies that a transposed layer lays down, the shares that a convolution layer's inputs give."""

import numpy as np

from ..geometry import extent
from ..words import number
from .cells import Band, Cell, life

STAIRCASE = 8, 20  # up to so many copies on so many columns, each copy has a row of its own


def copies(layer, added, lit=()):
    """The weighted copies of the kernel, each in a row of its own, or packed like bricks when there are many."""
    staircase = layer.x.size <= STAIRCASE[0] and layer.extent[0] <= STAIRCASE[1]
    rows = layer.x.size if staircase else -(-(1 + layer.by_place[0][-1].position[0]) // layer.stride[0])
    cells = []
    for i, links in enumerate(layer.by_place):
        if staircase:
            cells.append(Cell(i, -1, f"{number(layer.x[i])}·κ", since=added[i]))
        cells += [_product(layer, link, (i % rows, *link.position), since=added[i]) for link in links]
    last = len(lit) - 1
    for t, links in enumerate(lit):
        moments = life(t, last) | dict(since=t + 1)
        cells += [Cell(link.place % rows, *link.position, box="copy-lit", **moments) for link in links]
    return Band("copies x[i]·κ, one per input cell", tuple(cells), answer=True)


def copy(layer):
    """The weighted copy of each step by itself, on a grid."""
    taps, last = list(np.ndindex(layer.kernel.shape)), len(layer.by_place) - 1
    cells = [_product(layer, link, taps[link.tap], **life(t, last)) for t, links in enumerate(layer.by_place) for link in links]
    return Band("copy: x[i, j]·κ", tuple(cells), answer=True)


def shares(layer, added, lit=()):
    """What each input cell of a convolution layer on a row gives to the outputs that read it, under these outputs.

    `added` holds the moment of every link, `lit` the links of every step.
    """
    rows = layer.x.size if layer.x.size <= STAIRCASE[0] else extent(layer.kernel.size, layer.params["dilation"])
    stand = {link: (link.cell % rows, *layer.stands[link.place]) for link in layer.kept}
    cells = [_product(layer, link, stand[link], since=added(link)) for link in layer.kept]
    last = len(lit) - 1
    cells += [
        Cell(*stand[link], box="copy-lit", **life(t, last)) for t, links in enumerate(lit) for link in links if link in stand
    ]
    return Band("shares x[u]·κ[a], reversed: one row per input cell", tuple(cells), answer=True)


def _product(layer, link, place, **moments):
    """A cell with the product of one link."""
    output, source = layer.output_of(link), layer.input_of(link)
    of = () if output is None else ("link", output, source)
    return Cell(*place, number(layer.product(link)), "copy", of=of, **moments)
