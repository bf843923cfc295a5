"""A convolution layer as scenes: gather, one step per output cell; scatter, one per input cell; and both at once."""

from . import bands, products
from .labels import input_label, kernel_label, output_label
from .sentences import scene_of, share_said, totals


def sliding(layer):
    """A convolution layer by gather: the kernel as written, at one place after another."""
    steps = layer.by_place
    stands = [[(link.tap, link.position) for link in links] for links in steps]
    shown = (
        bands.given(layer, input_label(layer), steps),
        bands.kernel(layer, kernel_label(layer, "as written"), stands),
        bands.filled(layer, output_label(layer)),
    )
    return scene_of(
        layer,
        f"Convolution layer, y = x ⊛ κ{layer.described()}",
        shown,
        f"Predict {layer.name('y', 0)}, then step.",
        totals(layer),
    )


def shares(layer):
    """A convolution layer on a row by scatter: what each input cell gives to the outputs that read it."""
    added, last = range(1, layer.x.size + 1), layer.x.size
    stands = [[(link.tap, layer.stands[link.place]) for link in links] for links in layer.by_cell]
    lit = [set() for _ in layer.by_cell]
    shown = (
        bands.given(layer, input_label(layer), layer.by_cell, border=False),
        bands.kernel(layer, "kernel κ reversed: the taps that read the lit cell", stands, reverse=True),
        products.shares(layer, lambda link: link.cell + 1),
        bands.summed(
            layer, output_label(layer), added, lambda _, links: max((1 + link.cell for link in links), default=last), lit
        ),
    )
    said = [share_said(layer, u) for u in range(layer.x.size)]
    return scene_of(
        layer, f"Convolution layer by scatter{layer.described()}", shown, "Predict which outputs read x[0], then step.", said
    )


def sliding_and_shares(layer):
    """A convolution layer on a row by gather, with the shares that each step adds up below it."""
    scene = sliding(layer)
    added = products.shares(layer, lambda link: link.place + 1, lit=layer.by_place)
    return scene._replace(title=f"Convolution layer: gather and scatter{layer.described()}", bands=(*scene.bands, added))
