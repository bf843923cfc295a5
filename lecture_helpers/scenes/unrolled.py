"""The board of a layer on a grid, small, beside its grids: each grid written as one row, and its taps as shades without numbers.

As on the board of rows, a row is a cell of the short grid and a column one of the long grid; the input enters at the top or the
left, the output leaves at the right or the bottom.
"""

import math

from ..palette import shade
from .cells import Band, Cell, Line, life

LARGEST = 0.3  # of a crossing's height and width, in cells
LEAST_HEIGHT, LEAST_WIDTH = 0.2, 0.07
HIGH = 3.3  # of the whole board, in cells, at most
SIDE = 0.3  # of what runs along its sides: their height or width
EDGE = 0.05  # of a frame around a row or a column
LOWEST = 10  # row that the board may reach, where nothing else reaches further


def beside_grids(scene, layer, gather):
    """The scene of a layer on grids with its board below the kernel or the output; without it where there is no room."""
    corner, width = _room(scene, layer)
    rows, columns = board_size(layer)
    size = min(LARGEST, HIGH / rows), min(LARGEST, width / columns)
    low = max([LOWEST, *(cell.row + cell.size[0] for band in scene.bands for cell in band.cells)])
    if size[0] < LEAST_HEIGHT or size[1] < LEAST_WIDTH or corner[0] + rows * size[0] + SIDE > low:
        return scene
    cells = (*_sides(layer, corner, size), *_crossings(layer, corner, size), *_frames(layer, gather, corner, size))
    words = "x down, y across" if layer.transposed else "y down, x across"
    band = Band("board", words, cells, corner=(corner[0] - (0 if layer.transposed else SIDE), corner[1]), side="above")
    return scene._replace(bands=(*scene.bands, band), lines=(*scene.lines, *_blocks(layer, corner, size)))


def has_board(scene):
    """Whether the board had room."""
    return any(band.label == "board" for band in scene.bands)


def _room(scene, layer):
    """Where the board's crossings begin, and how many columns there are for it."""
    bands = {band.role: band for band in scene.bands if band.role}
    kernel, output = bands["kernel"].corner, bands["output"].corner
    if layer.transposed:
        return (kernel[0] + layer.kernel.shape[0] + 1, SIDE), output[1] - 2 * SIDE
    return (output[0] + layer.y.shape[0] + 1 + SIDE, output[1] - 2 * SIDE), max(3, layer.y.shape[1]) + SIDE


def _crossings(layer, corner, size):
    """A tap's shade where a cell of one grid meets one of the other."""
    for link in layer.kept:
        of = ("link", layer.output_of(link), layer.input_of(link))
        place = corner[0] + link.place * size[0], corner[1] + link.cell * size[1]
        yield Cell(*place, box=f"tap-{shade(link.tap, layer.kernel.size)}", size=size, of=of)


def _sides(layer, corner, size):
    """The cells of both grids along the sides, for pointing at a row or a column as a whole."""
    (rows, columns), (row, column), (height, width) = board_size(layer), corner, size
    if layer.transposed:
        (short, beside), (long, along) = ("input", column - SIDE), ("output", row + rows * height)
    else:
        (short, beside), (long, along) = ("output", column + columns * width), ("input", row - SIDE)
    looks = dict(input="input", output="output-done")
    for i in range(rows):
        yield Cell(row + i * height, beside, box=looks[short], size=(height, SIDE), of=(short, i))
    for u in range(columns):
        yield Cell(along, column + u * width, box=looks[long], size=(SIDE, width), of=(long, u))


def _frames(layer, gather, corner, size):
    """A frame around the row or the column of every step."""
    (rows, columns), (row, column), (height, width) = board_size(layer), corner, size
    look = "output-lit" if gather else "product-lit"
    if gather != layer.transposed:
        return [_frame(row + k * height, column, height, columns * width, look, k, rows) for k in range(rows)]
    return [_frame(row, column + k * width, rows * height, width, look, k, columns) for k in range(columns)]


def _frame(row, column, height, width, look, step, steps):
    return Cell(row - EDGE, column - EDGE, box=look, size=(height + 2 * EDGE, width + 2 * EDGE), **life(step, steps))


def _blocks(layer, corner, size):
    """Lines around the board, and where a row of either grid ends."""
    (rows, columns), (row, column), (height, width) = board_size(layer), corner, size
    bottom, right = row + rows * height, column + columns * width
    for i in range(0, rows + 1, layer.short[1]):
        yield Line((row + i * height, column), (row + i * height, right), "quiet", "line", 1)
    for u in range(0, columns + 1, layer.long[1]):
        yield Line((row, column + u * width), (bottom, column + u * width), "quiet", "line", 1)


def board_size(layer):
    """How many rows and columns the board has: a row for each cell of the short grid, a column for each of the long one."""
    return math.prod(layer.short), math.prod(layer.long)
