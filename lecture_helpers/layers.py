"""Layers with batches, channels, groups and bias, as `torch.nn.functional` computes them.

The operators' assignments with three more letters: sample n, output channel o and input channel c, in every group g.
A weight is a stack of kernels: (out, in / groups, *kernel) for a convolution layer, (in, out / groups, *kernel) for a
transposed one.
"""

import numpy as np

from .arrays import as_array, one_dtype, per_axis
from .geometry import connections, conv_output_size, conv_transpose_output_size


def conv_layer(x, weight, bias=None, *, stride=1, padding=0, dilation=1, groups=1):
    """Compute a convolution layer on a batch, as `torch.nn.functional.conv1d`, `conv2d`, `conv3d` do.

    Shapes: x (N, C, *spatial), weight (O, C / groups, *kernel), bias (O,), output (N, O, *spatial'). N may be 0.
    Raises TypeError or ValueError, with the values, if shapes or parameters do not fit. Source: `torch.nn.Conv1d`.

    >>> conv_layer([[[0, 0, 1, 0, 0, 0, 0]]], [[[1, 2, 3]]])
    array([[[3, 2, 1, 0, 0]]])
    """
    x, weight, bias, groups = _as_layer(x, weight, bias, groups, in_axis=1)
    options = dict(stride=stride, padding=padding, dilation=dilation)
    small = conv_output_size(x.shape[2:], weight.shape[2:], **options)
    place, tap, cell = connections(x.shape[2:], weight.shape[2:], small, **options).kept()
    x, weight = _split(x, groups, axis=1), _split(weight, groups, axis=0)  # (N, g, c, …) and (g, o, c, …)
    y = np.zeros((len(x), groups, weight.shape[1], *small), x.dtype)
    np.add.at(y, (..., *place), np.einsum("ngcl,gocl->ngol", x[..., *cell], weight[..., *tap]))
    return _join(y, bias)


def conv_transpose_layer(x, weight, bias=None, *, stride=1, padding=0, output_padding=0, dilation=1, groups=1):
    """Compute a transposed convolution layer on a batch, as `torch.nn.functional.conv_transpose1d` and its kin do.

    Shapes: x (N, C, *spatial), weight (C, O / groups, *kernel), bias (O,), output (N, O, *spatial'). N may be 0. The bias
    is added once per output cell. Raises TypeError or ValueError, with the values. Source: `torch.nn.ConvTranspose1d`.

    >>> conv_transpose_layer([[[2, 3, 0, -1]]], [[[1, 2, -1]]])
    array([[[ 2,  7,  4, -4, -2,  1]]])
    """
    x, weight, bias, groups = _as_layer(x, weight, bias, groups, in_axis=0)
    options = dict(stride=stride, padding=padding, dilation=dilation)
    large = conv_transpose_output_size(x.shape[2:], weight.shape[2:], output_padding=output_padding, **options)
    place, tap, cell = connections(large, weight.shape[2:], x.shape[2:], **options).kept()
    x, weight = _split(x, groups, axis=1), _split(weight, groups, axis=0)  # (N, g, c, …) and (g, c, o, …)
    y = np.zeros((len(x), groups, weight.shape[2], *large), x.dtype)
    np.add.at(y, (..., *cell), np.einsum("ngcl,gcol->ngol", x[..., *place], weight[..., *tap]))
    return _join(y, bias)


def _as_layer(x, weight, bias, groups, in_axis):
    """Arrays of one dtype whose channels agree; `in_axis` is the weight's axis of input channels."""
    x, weight = as_array("x", x), as_array("weight", weight)
    (groups,) = per_axis("groups", groups, 1, 1)
    _check_axes(x, weight)
    if weight.shape[0] % groups:
        raise ValueError(f"groups={groups} must divide the weight's first axis, but weight has shape {weight.shape}.")
    inputs, outputs = weight.shape[in_axis], weight.shape[1 - in_axis]
    inputs, outputs = (inputs * groups, outputs) if in_axis == 1 else (inputs, outputs * groups)
    if x.shape[1] != inputs:
        layout = "(out, in / groups, *kernel)" if in_axis == 1 else "(in, out / groups, *kernel)"
        raise ValueError(
            f"A weight of shape {weight.shape}, read as {layout} with groups={groups}, takes {inputs} input channels, "
            f"but x has shape {x.shape}, hence {x.shape[1]}."
        )
    bias = np.zeros(outputs, weight.dtype) if bias is None else as_array("bias", bias)
    if bias.shape != (outputs,):
        raise ValueError(f"bias has shape {bias.shape}, but the layer has {outputs} output channels.")
    return *one_dtype(x, weight, bias), groups


def _check_axes(x, weight):
    if x.ndim < 3:
        raise ValueError(f"x must have the axes (N, C, *spatial), but has shape {x.shape}.")
    if x.ndim != weight.ndim:
        raise ValueError(f"x and weight must have the same number of axes, but x has {x.ndim} and weight has {weight.ndim}.")
    if 0 in x.shape[1:] or 0 in weight.shape:
        raise ValueError(f"Only the batch may be empty, but x has shape {x.shape} and weight has shape {weight.shape}.")


def _split(array, groups, axis):
    shape = array.shape
    return array.reshape(*shape[:axis], groups, shape[axis] // groups, *shape[axis + 1 :])


def _join(y, bias):
    """Merge the groups' channels (axes 1 and 2) and add the bias once per output cell."""
    y = y.reshape(y.shape[0], y.shape[1] * y.shape[2], *y.shape[3:])
    return y + bias.reshape(-1, *[1] * (y.ndim - 2))
