"""What a kernel slides over, read per output cell, and where it stands at every step: for rows.

A convolution layer slides its kernel, as written, over its input with its padding. A transposed layer slides its kernel,
reversed and by one cell at a time, over its input spread out by the stride, with zeros in between and around it.
"""

from typing import NamedTuple

from ..words import number


class Track(NamedTuple):
    """What a kernel slides over, and where it stands at every step."""

    cells: tuple  # (column, text, box, index or None, of): the row that the kernel reads
    taps: tuple  # per step, (tap, column, link or None)
    outputs: tuple  # the column of every output cell, centred under the row


def track_of(layer):
    """What the kernel of a layer slides over."""
    return _spread_track(layer) if layer.transposed else _input_track(layer)


def is_spread(layer):
    """Whether the input of a layer is spread out, with zeros in between."""
    return layer.transposed and layer.stride[0] > 1 and layer.x.size > 1


def _input_track(layer):
    """The input with its padding, under which the kernel stands as written."""
    (pad,), (extent,) = layer.border, layer.extent
    read = {link.cell for link in layer.kept}
    cells = []
    for column in range(extent):
        u = column - pad
        if 0 <= u < layer.x.size:
            box = "input" if u in read else "unread"
            cells.append((column, number(layer.x[u]), box, str(u), ("input", u)))
        else:
            cells.append((column, "0", "border", None, ()))
    taps = [[(link.tap, *link.position, link) for link in links] for links in layer.by_place]
    shift = (extent - layer.y.size) / 2
    return Track(tuple(cells), tuple(taps), tuple(shift + i for i in range(layer.y.size)))


def _spread_track(layer):
    """The input spread out by the stride between zeros, under which the kernel stands reversed."""
    (stride,), (dilation,), (span,), (crop,) = layer.stride, layer.dilation, layer.span, layer.border
    ends = (layer.x.size - 1) * stride
    first, last = min(0, crop - span + 1), max(ends, crop + layer.y.size - 1)
    read = {link.place for link in layer.kept}
    cells = []
    for stand in range(first, last + 1):
        i, between = divmod(stand, stride)
        if not between and 0 <= i < layer.x.size:
            cells.append((stand - first, number(layer.x[i]), "input" if i in read else "unread", str(i), ("input", i)))
        else:
            cells.append((stand - first, "0", "inserted" if 0 < stand < ends else "border", None, ()))
    taps = []
    for (position,), links in zip(layer.cells, layer.by_cell):
        by_tap = {link.tap: link for link in links}
        taps.append([(a, position - a * dilation - first, by_tap.get(a)) for a in range(layer.kernel.size)])
    shift = crop - first - (span - 1) / 2
    return Track(tuple(cells), tuple(taps), tuple(shift + q for q in range(layer.y.size)))
