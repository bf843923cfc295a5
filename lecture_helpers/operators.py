"""The reference operators: a convolution layer, its transpose and their gradients as three one-line assignments.

All of them read the same list of connections (see `geometry`):

    y[place]    += x[cell]  · kernel[tap]      a convolution layer, x ⊛ κ
    x[cell]     += y[place] · kernel[tap]      its transpose
    kernel[tap] += y[place] · x[cell]          its gradient with respect to the kernel

Arrays or nested lists come in, new arrays go out. Integers and booleans give int64, float32 stays float32, any other
real mix gives float64. Source: F. Fleuret, "Introduction to Deep Learning" (AMMI, 2018), lecture 9.1.
"""

import math

import numpy as np

from .arrays import as_arrays, as_shape, per_axis
from .geometry import connections, conv_output_size, conv_transpose_output_size


def cross_correlate(x, kernel, *, stride=1, padding=0, dilation=1):
    """Compute what a convolution layer computes, x ⊛ κ: y[i] = Σ_a x[i·s + a·d − p] · κ[a], with zeros outside x.

    `x` and `kernel` have the same number of axes; the output's shape is `conv_output_size` of their shapes. Signal
    processing calls this the cross-correlation. Raises TypeError or ValueError, with the values, on bad input.
    Source: the lecture's x ⊛ κ; `torch.nn.functional.conv1d` for one sample and one channel.

    >>> cross_correlate([1, 2, 3, 4], [10, 1])
    array([12, 23, 34])
    """
    x, kernel = as_arrays(x=x, kernel=kernel)
    small = conv_output_size(x.shape, kernel.shape, stride=stride, padding=padding, dilation=dilation)
    links = connections(x.shape, kernel.shape, small, stride=stride, padding=padding, dilation=dilation)
    place, tap, cell = links.kept()
    y = np.zeros(small, x.dtype)
    np.add.at(y, place, x[cell] * kernel[tap])
    return y


def conv_transpose(x, kernel, *, stride=1, padding=0, output_padding=0, dilation=1):
    """Compute a transposed convolution layer: y[i·s + a·d − p] += x[i] · κ[a] for every input cell i and tap a.

    `x` and `kernel` have the same number of axes; the output's shape is `conv_transpose_output_size` of their shapes.
    With stride 1 and padding 0 it is x ∗ κ. Raises TypeError or ValueError, with the values, on bad input.
    Source: lecture 9.1; `torch.nn.functional.conv_transpose1d` for one sample and one channel.

    >>> conv_transpose([1, 2, 3], [100, 10, 1], stride=2)
    array([100,  10, 201,  20, 302,  30,   3])
    """
    x, kernel = as_arrays(x=x, kernel=kernel)
    options = dict(stride=stride, padding=padding, dilation=dilation)
    large = conv_transpose_output_size(x.shape, kernel.shape, output_padding=output_padding, **options)
    return _scatter(x, kernel, large, **options)


def convolve(x, kernel):
    """Compute the convolution of signal processing at full width, x ∗ κ: y[u] = Σ_i x[i] · κ[u − i].

    The output has len(x) + len(kernel) − 1 cells on every axis. Raises TypeError or ValueError on bad input.
    Source: the lecture's x ∗ κ; `scipy.signal.convolve`.

    >>> convolve([1, 2, 3], [100, 10, 1])
    array([100, 210, 321,  32,   3])
    """
    return conv_transpose(x, kernel)


def input_gradient(grad_output, kernel, input_shape, *, stride=1, padding=0, dilation=1):
    """Compute ∂ℓ/∂x of a convolution layer y = x ⊛ κ from ∂ℓ/∂y: ∂ℓ/∂x[u] = Σ_i ∂ℓ/∂y[i] · κ[a], where u = i·s + a·d − p.

    `input_shape` is the shape of x (an int for one axis); `grad_output` must have the output's shape. The result is the
    transposed layer of `grad_output`. Raises TypeError or ValueError, with the values, on bad input.
    Source: lecture 9.1, the derivation of ∂ℓ/∂x.

    >>> input_gradient([1, 10], [3, 4], 3)
    array([ 3, 34, 40])
    """
    grad_output, kernel = as_arrays(grad_output=grad_output, kernel=kernel)
    large = per_axis("input_shape", input_shape, kernel.ndim, 1)
    options = dict(stride=stride, padding=padding, dilation=dilation)
    _check_gradient(grad_output, conv_output_size(large, kernel.shape, **options))
    return _scatter(grad_output, kernel, large, **options)


def kernel_gradient(x, grad_output, kernel_shape, *, stride=1, padding=0, dilation=1):
    """Compute ∂ℓ/∂κ of a convolution layer y = x ⊛ κ from ∂ℓ/∂y: ∂ℓ/∂κ[a] = Σ_i ∂ℓ/∂y[i] · x[i·s + a·d − p].

    `kernel_shape` is the shape of κ (an int for one axis); `grad_output` must have the output's shape. It is ⊛ of the
    padded x with ∂ℓ/∂y in which stride and dilation swap places. Raises TypeError or ValueError, with the values.
    Source: `torch.nn.grad.conv1d_weight`.

    >>> kernel_gradient([1, 2, 3, 4, 5, 6], [1, 10, 100, 1000], 3)
    array([4321, 5432, 6543])
    """
    x, grad_output = as_arrays(x=x, grad_output=grad_output)
    taps = per_axis("kernel_shape", kernel_shape, x.ndim, 1)
    options = dict(stride=stride, padding=padding, dilation=dilation)
    small = conv_output_size(x.shape, taps, **options)
    _check_gradient(grad_output, small)
    place, tap, cell = connections(x.shape, taps, small, **options).kept()
    kernel = np.zeros(taps, x.dtype)
    np.add.at(kernel, tap, grad_output[place] * x[cell])
    return kernel


def coverage(n, w, *, stride=1, padding=0, output_padding=0, dilation=1):
    """Count, for every output cell of a transposed layer, the copies of the kernel that reach it.

    `n` is the size of this layer's input, `w` the kernel's (ints or one per axis). The result is int64 and has the
    output's shape. Raises TypeError or ValueError, with the values. Source: A. Odena, V. Dumoulin and C. Olah,
    "Deconvolution and checkerboard artifacts" (Distill, 2016).

    >>> coverage(6, 3, stride=2)
    array([1, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 1])
    """
    ndim = max(len(as_shape(n)), len(as_shape(w)))
    x, kernel = (np.broadcast_to(np.int64(1), per_axis(name, size, ndim, 1)) for name, size in (("n", n), ("w", w)))
    options = dict(stride=stride, padding=padding, output_padding=output_padding, dilation=dilation)
    return conv_transpose(x, kernel, **options)


def matrix_of(operator, input_shape):
    """Write a linear operator as the matrix whose columns are its answers to the unit impulses.

    `operator` takes an array of shape `input_shape` (an int for one axis). The result has shape (output cells, input
    cells) in C order; the impulses are float64. Raises ValueError if operator(0) is not 0, since a matrix cannot add a bias.
    Source: lecture 9.1, the banded 5×7 matrix.

    >>> matrix_of(lambda x: cross_correlate(x, [1, 2]), 3)
    array([[1., 2., 0.],
           [0., 1., 2.]])
    """
    shape = per_axis("input_shape", input_shape, len(as_shape(input_shape)), 1)
    at_zero = np.asarray(operator(np.zeros(shape)))
    if np.any(at_zero != 0):
        raise ValueError(f"operator(0) must be 0 for a matrix to describe it, but it holds {at_zero[at_zero != 0].flat[0]}.")
    impulses = np.eye(math.prod(shape)).reshape(-1, *shape)
    return np.stack([np.asarray(operator(impulse)).ravel() for impulse in impulses], axis=1)


def _scatter(small, kernel, large_shape, **options):
    """Let every cell of `small` add its weighted copy of the kernel into zeros of shape `large_shape`."""
    place, tap, cell = connections(large_shape, kernel.shape, small.shape, **options).kept()
    large = np.zeros(large_shape, small.dtype)
    np.add.at(large, cell, small[place] * kernel[tap])
    return large


def _check_gradient(grad_output, shape):
    if grad_output.shape != shape:
        raise ValueError(f"grad_output has shape {grad_output.shape}, but this layer's output has shape {shape}.")
