"""From what a caller passes in to a `Layer`: read, checked, listed and computed, each once."""

import numpy as np

from ..arrays import per_axis
from ..geometry import DEFAULTS, conv_output_size, conv_transpose_output_size
from .layer import Layer
from .limits import check_extent, picture_arrays
from .links import links_of


def layer_of(x, kernel, *, transposed=False, most_axes=2, name="x", **given):
    """The layer of some input and kernel; `name` is what errors call the input.

    Raises TypeError or ValueError, with the values, for what the operators or a picture refuse.
    """
    x, kernel = picture_arrays(most_axes, **{name: x, "kernel": kernel})
    if unknown := given.keys() - DEFAULTS.keys():
        raise TypeError(f"A layer has no parameter {min(unknown)!r}; its parameters are {', '.join(DEFAULTS)}.")
    params = {key: given.get(key, default) for key, default in DEFAULTS.items()}
    if not transposed and any(per_axis("output_padding", params.pop("output_padding"), x.ndim, 0)):
        raise ValueError(f"Only a transposed layer has an output_padding, but it is {given['output_padding']!r} here.")
    border = per_axis("padding", params["padding"], x.ndim, 0)
    find = _transposed_shapes if transposed else _convolution_shapes
    y_shape, extent = find(x.shape, kernel.shape, border, params)
    small, large = (x.shape, y_shape) if transposed else (y_shape, x.shape)
    links = links_of(large, kernel.shape, small, border, params)
    y = np.zeros(y_shape, x.dtype)
    layer = Layer(x, kernel, y, transposed, params, border, extent, links)
    kept = [(layer.output_of(link), layer.product(link)) for link in layer.kept]
    np.add.at(y.reshape(-1), [output for output, _ in kept], np.array([product for _, product in kept], x.dtype))
    return layer


def _convolution_shapes(n, w, border, params):
    """The output's shape, and that of the input with its padding."""
    extent = tuple(size + 2 * pad for size, pad in zip(n, border))
    check_extent(extent, "with its padding")
    return conv_output_size(n, w, **params), extent


def _transposed_shapes(n, w, border, params):
    """The output's shape, and that of the output before it is cropped."""
    full = conv_transpose_output_size(n, w, stride=params["stride"], dilation=params["dilation"])
    check_extent(full, "before cropping")
    y = conv_transpose_output_size(n, w, **params)
    return y, tuple(max(size, crop + kept) for size, crop, kept in zip(full, border, y))
