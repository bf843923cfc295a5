"""Where the cells of a layer are drawn: on rows, everything stands in common columns; on grids, every grid is dense."""

import numpy as np


def spot(layer, position):
    """Where a position of the large row or grid is drawn."""
    return position if layer.axes == 2 else (0, *position)


def spots(layer, positions):
    return [spot(layer, position) for position in positions]


def small(layer):
    """Where the cells of the small row or grid are drawn."""
    return list(np.ndindex(layer.small)) if layer.axes == 2 else spots(layer, layer.stands)


def outputs(layer):
    """Where the output cells are drawn if what is cropped is not."""
    if layer.transposed and layer.axes == 1:
        return spots(layer, layer.cells)
    return list(np.ndindex(layer.y.shape)) if layer.transposed else small(layer)


def source(layer, places, link):
    """Where the input cell of a link is drawn."""
    return places[link.place] if layer.transposed else spot(layer, link.position)


def border_of(layer):
    """The positions around the cells of the large row."""
    inner = set(layer.cells)
    return [position for position in np.ndindex(layer.extent) if position not in inner]


def meetings(layer):
    """Every position of the output with the links that meet there and the number of its cell, None where it is cropped."""
    if layer.transposed:
        number_of = {position: q for q, position in enumerate(layer.cells)}
        for position in np.ndindex(layer.extent):
            yield position, layer.by_position.get(position, []), number_of.get(position)
    else:
        for q, (stand, links) in enumerate(zip(layer.stands, layer.by_place)):
            yield stand, [link for link in links if link.cell is not None], q
