"""What is said of a layer below its controls: the size formula with the numbers put in, and the call of PyTorch."""

from html import escape

from ..arrays import per_axis
from ..geometry import DEFAULTS, extent
from ..words import plain_parameter

ONLY_PYTORCH = "PyTorch accepts this; no convolution layer gives it."


def per_axes(layer):
    """The parameters of a layer on every axis: [(stride, padding, dilation, output_padding), …]."""
    given = (per_axis(name, layer.params.get(name, default), layer.axes, 0) for name, default in DEFAULTS.items())
    return list(zip(*given))


def only_pytorch(layer):
    """Whether no convolution layer turns the output's size into the input's: s ≤ op < d on some axis."""
    return layer.transposed and any(s <= op < d for s, _, d, op in per_axes(layer))


def size_text(layer):
    """The size formula of every axis, with the numbers put in."""
    lines = []
    sizes = zip(layer.x.shape, layer.kernel.shape, layer.y.shape)
    for axis, ((n, w, size), (s, p, d, op)) in enumerate(zip(sizes, per_axes(layer))):
        if layer.transposed:
            formula = f"(m − 1)s − 2p + K + op = ({n} − 1)·{s} − 2·{p} + {extent(w, d)} + {op}"
        else:
            formula = f"⌊(n + 2p − K)/s⌋ + 1 = ⌊({n} + 2·{p} − {extent(w, d)})/{s}⌋ + 1"
        name = "Width" if layer.axes == 1 else ("Height", "Width")[axis]
        lines.append(f"{name}, with K = d(w − 1) + 1 = {extent(w, d)}: {formula} = {size}")
    return "".join(f'<div style="line-height:1.4">{line}</div>' for line in lines)


def torch_text(layer):
    """The call of PyTorch that computes the same, with a button that copies it; its tooltip defines `x` and `kernel`."""
    call = f"conv{'_transpose' if layer.transposed else ''}{layer.axes}d"
    values = {name: plain_parameter(layer.params.get(name, default)) for name, default in DEFAULTS.items()}
    given = "".join(f", {name}={value}" for name, value in values.items() if value != DEFAULTS[name])
    line = f"F.{call}(x, kernel{given})"
    arrays = (("x", layer.x), ("kernel", layer.kernel))
    defined = "&#10;".join(f"{name} = torch.tensor([[{array.astype(float).tolist()}]])" for name, array in arrays)
    code = f'<code title="{defined}" style="overflow-wrap:anywhere;line-height:1.4">{escape(line)}</code>'
    return f'{code} <button data-copy="{escape(line)}" title="copy; before it:&#10;{defined}">copy</button>'
