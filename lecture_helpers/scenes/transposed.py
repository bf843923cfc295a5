"""A transposed layer as scenes: gather, one step per output cell; scatter, one per input cell; and both at once."""

import numpy as np

from . import bands, products
from .labels import gaps, input_label, kernel_label, output_label, rows
from .sentences import gradient_said, landing_said, scene_of, totals


def gathered(layer):
    """A transposed layer on a row by gather: the kernel reversed, at one output cell after another."""
    shown = _gathered(layer, input_label(layer) + gaps(layer), output_label(layer))
    title = f"Transposed convolution layer by gather{layer.described()}"
    return scene_of(layer, title, shown, "Predict y[0]: which cells reach it?", totals(layer))


def gradient(layer):
    """∂ℓ/∂x of a convolution layer on a row, gathered: one step per cell u of x, from every place i that reads it."""
    shown = _gathered(layer, "input: ∂ℓ/∂y, from above (small row)", "output: gradient ∂ℓ/∂x (large row)")
    title = f"Gradient of a convolution layer with respect to its input{layer.described()}"
    said = [gradient_said(layer, u) for u in range(layer.y.size)]
    return scene_of(layer, title, shown, "Predict which y[i] read x[0], and through which taps.", said)


def summed(layer):
    """A transposed layer by scatter: summed copies of the kernel, as written, one step per input cell."""
    added = range(1, layer.x.size + 1)
    stands = [[(link.tap, link.position) for link in links] for links in layer.by_place]
    lit = [{link.cell for link in links} for links in layer.by_place]
    done = {position: _finished(layer, position) for position in np.ndindex(layer.extent)}
    shown = (
        bands.given(layer, input_label(layer), layer.by_place),
        bands.kernel(layer, kernel_label(layer, "as written"), stands),
        products.copies(layer, added) if layer.axes == 1 else products.copy(layer),
        bands.summed(layer, output_label(layer), added, lambda position, links: done[position], lit),
    )
    finishes = [[u for u, position in enumerate(layer.cells) if done[position] == i + 1] for i in range(layer.x.size)]
    said = [landing_said(layer, i, finished) for i, finished in enumerate(finishes)]
    two = layer.axes == 1 and layer.y.size > 1
    start = "Predict y[0] and y[1], then step until both are filled." if two else f"Predict {layer.name('y', 0)}, then step."
    if layer.axes == 2:
        start = "Predict the corner y[0, 0], then step."
    return scene_of(layer, f"Transposed convolution layer: summed kernels{layer.described()}", shown, start, said)


def both(layer):
    """Both readings of a transposed layer on the same numbers, one step per output cell, ending in the same row."""
    moment = {position: _nearest(layer, position) + 1 for position in np.ndindex(layer.extent)}
    added = [_first(layer, links, moment) for links in layer.by_place]
    label = rows(layer, "output y (large {})")
    kinds = ("{}, along the kernel", "{}, down the column" + f", width {layer.y.size}") if layer.axes == 1 else ("{}", "{}")
    gather, scatter = (f"{name}: {kind.format(label)}" for name, kind in zip(("gather", "scatter"), kinds))
    stamped = (
        products.copies(layer, added, lit=layer.by_output)
        if layer.axes == 1
        else bands.kernel(layer, "kernel κ as written, to scatter", ())
    )
    lit = [{u} for u in range(layer.y.size)]
    shown = (
        *_gathered(layer, input_label(layer) + gaps(layer), gather),
        stamped,
        bands.summed(layer, scatter, added, lambda position, links: moment[position], lit),
    )
    title = f"Transposed convolution layer: gather and scatter{layer.described()}"
    return scene_of(layer, title, shown, f"Predict {layer.name('y', 0)}: which copies reach it?", totals(layer))


def _gathered(layer, input_label, output_label):
    """The bands of a gather: the input, the reversed kernel at one output cell after another, the output."""
    spread = [link.position for link in layer.by_place[0]]
    stands = [[(a, tuple(np.subtract(cell, tap).tolist())) for a, tap in enumerate(spread)] for cell in layer.cells]
    label = kernel_label(layer, "reversed") + (", to gather" if layer.axes == 2 else "")
    return (
        bands.given(layer, input_label, layer.by_output),
        bands.kernel(layer, label, stands, reverse=True),
        bands.filled(layer, output_label),
    )


def _finished(layer, position):
    """The moment after which no copy reaches a position; one without a copy is finished when no further copy starts before it."""
    reaching = layer.by_position.get(position)
    return 1 + (
        reaching[-1].place if reaching else max((i for i, stand in enumerate(layer.stands) if stand <= position), default=0)
    )


def _nearest(layer, position):
    """The number of the output cell that lies nearest to a position."""
    index = [min(max(k - p, 0), n - 1) for k, p, n in zip(position, layer.border, layer.large)]
    return int(np.ravel_multi_index(index, layer.large))


def _first(layer, links, moment):
    """The moment at which a copy is needed for the first time; that of its first position if all of it is cropped."""
    return min((moment[link.position] for link in links if link.cell is not None), default=moment[links[0].position])
