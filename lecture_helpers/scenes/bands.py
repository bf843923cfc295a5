"""The bands of a layer's pictures, on rows and grids alike: what is given, the kernel, and the output as it fills.

A step is a list of links: those which are read, laid down or added in it.
"""

import numpy as np

from ..words import join, number
from .cells import Band, Cell, life, running_sums
from .places import border_of, meetings, outputs, small, source, spot, spots


def given(layer, label, steps, border=True):
    """The input: its cells, on the large row between padding zeros if there is a `border`, and those that each step reads."""
    places = small(layer) if layer.transposed else spots(layer, layer.cells)
    cells = _numbered(layer, layer.x, places, "input")
    border = border and not layer.transposed
    if border:
        cells += [Cell(*spot(layer, position), "0", "padding") for position in border_of(layer)]
    last = len(steps) - 1
    for t, links in enumerate(steps):
        lit = {source(layer, places, link): "padding-lit" if layer.input_of(link) is None else "input-lit" for link in links}
        cells += [Cell(*place, box=box, **life(t, last)) for place, box in lit.items()]
    meaning = _grey(layer, "padding") if border else ""
    return Band(f"{label}{meaning}", tuple(cells), join(layer.x))


def kernel(layer, label, steps, reverse=False):
    """The kernel: on rows, its taps at the positions of every step, given as (tap, position); on grids, standing by itself."""
    values = np.flip(layer.kernel) if reverse else layer.kernel
    if layer.axes == 2:
        taps = np.flip(np.arange(values.size)) if reverse else np.arange(values.size)
        places = np.ndindex(values.shape)
        cells = [Cell(*place, number(layer.kernel.flat[a]), "kernel", of=("kernel", int(a))) for place, a in zip(places, taps)]
    else:
        last = len(steps) - 1
        cells = [
            Cell(*spot(layer, position), number(layer.kernel[a]), "kernel", str(a), **life(t, last), of=("kernel", a))
            for t, taps in enumerate(steps)
            for a, position in taps
        ]
    return Band(label, tuple(cells), join(values))


def filled(layer, label):
    """The output while it fills cell by cell."""
    last, places = layer.y.size - 1, outputs(layer)
    cells = _numbered(layer, [""] * layer.y.size, places, "output")
    cells += [Cell(*place, box="output-done", since=t + 1) for t, place in enumerate(places)]
    cells += [Cell(*place, box="output-lit", **life(t, last)) for t, place in enumerate(places)]
    cells += [Cell(*place, number(layer.y.flat[t]), since=t + 1) for t, place in enumerate(places)]
    return Band(label, tuple(cells), join(layer.y), answer=True)


def summed(layer, label, added, done, lit):
    """The output while it fills with running sums.

    `added` holds the moment of every input cell's products, `done` that at which a position is finished, `lit` the output
    cells of every step.
    """
    cells, last = [], len(lit) - 1
    for position, links, output in meetings(layer):
        place = spot(layer, position)
        if output is None:
            cells.append(Cell(*place, box="padding"))
        else:
            note = str(output) if layer.axes == 1 else ""
            cells.append(Cell(*place, box="output", note=note, of=("output", output)))
            cells.append(Cell(*place, box="output-done", since=done(position, links)))
            cells += [Cell(*place, box="output-lit", **life(t, last)) for t, outputs in enumerate(lit) if output in outputs]
        links = sorted(links, key=lambda link: added[layer.input_of(link)])
        moments = [added[layer.input_of(link)] for link in links]
        cells += running_sums(place, [layer.product(link) for link in links], moments, done(position, links))
    cropped = _grey(layer, "cropped") if layer.transposed else ""
    return Band(f"{label}{cropped}", tuple(cells), join(layer.y), answer=True)


def _numbered(layer, values, places, role):
    """Cells in boxes, with their indices on rows."""
    texts = [value if value == "" else number(value) for value in np.ravel(values).tolist()]
    return [
        Cell(*place, text, role, str(k) if layer.axes == 1 else "", of=(role, k))
        for k, (place, text) in enumerate(zip(places, texts))
    ]


def _grey(layer, meaning):
    """What the grey cells of a row or grid mean, as a suffix of its label."""
    return f" (grey: {meaning})" if any(layer.border) else ""
