"""Every number of the lecture and of its extensions, computed here and, where PyTorch has the layer, there."""

import numpy as np
import pytest
import torch

from lecture_helpers import conv_transpose, coverage, cross_correlate, input_gradient, kernel_gradient

X, K = "1 2 3 4", "1 10 100"
LAYERS = [  # operator, input, kernel, parameters, output
    ("conv", "1 4 -1 0 2 -2 1 3 3 1", "1 2 0 -1", {}, "9 0 1 3 -5 -3 6"),
    ("conv_transpose", "2 3 0 -1", "1 2 -1", {}, "2 7 4 -4 -2 1"),
    ("conv_transpose", "2 3 0 -1", "1 2 -1", dict(stride=2), "2 4 1 6 -3 0 -1 -2 1"),
    ("conv", "0 0 1 0 0 0 0", "1 2 3", {}, "3 2 1 0 0"),
    ("conv_transpose", "0 0 1 0 0 0 0", "1 2 3", {}, "0 0 1 2 3 0 0 0 0"),
    ("conv_transpose", X, K, {}, "1 12 123 234 340 400"),
    ("conv_transpose", X, K, dict(padding=1), "12 123 234 340"),
    ("conv_transpose", X, K, dict(stride=2), "1 10 102 20 203 30 304 40 400"),
    ("conv_transpose", X, K, dict(stride=2, padding=1), "10 102 20 203 30 304 40"),
    ("conv_transpose", X, K, dict(stride=2, padding=1, output_padding=1), "10 102 20 203 30 304 40 400"),
    ("conv_transpose", X, K, dict(stride=2, output_padding=1), "1 10 102 20 203 30 304 40 400 0"),
    ("conv_transpose", X, K, dict(dilation=2), "1 2 13 24 130 240 300 400"),
    ("conv", "1 2 3 4 5", K, {}, "321 432 543"),
    ("conv_transpose", "321 432 543", K, {}, "321 3642 36963 48630 54300"),
    ("conv", "1 2 3 4 5", "100 10 1", {}, "123 234 345"),
    ("conv", "0 0 0 1 0 0", "1 20 300", {}, "0 300 20 1"),
    ("conv_transpose", "12 23", "10 1", {}, "120 242 23"),
    ("conv_transpose", "1 1 1 1", "1 3 5 3", dict(stride=2), "1 3 6 6 6 6 6 6 5 3"),
    ("conv_transpose", "1 1 1 1", "1 2 3 4", dict(stride=2), "1 2 4 6 4 6 4 6 3 4"),
]
COVERAGES = [  # inputs, width, parameters, copies per output cell
    (6, 3, dict(stride=2), "1121212121211"),
    (6, 4, dict(stride=2), "11222222222211"),
    (6, 2, dict(stride=3), "11011011011011011"),
    (5, 4, dict(stride=3), "1112112112112111"),
    (5, 3, dict(stride=2), "11212121211"),
    (5, 4, dict(stride=2, padding=1), "1222222221"),
]


def row(text):
    return [int(number) for number in text.split()]


@pytest.mark.parametrize("name, x, kernel, options, y", LAYERS)
def test_a_row_of_the_lecture(name, x, kernel, options, y):
    operator = dict(conv=cross_correlate, conv_transpose=conv_transpose)[name]
    assert operator(row(x), row(kernel), **options).tolist() == row(y)
    by_torch = getattr(torch.nn.functional, f"{name}1d")
    assert by_torch(torch.tensor([[row(x)]]).double(), torch.tensor([[row(kernel)]]).double(), **options)[0, 0].tolist() == row(y)


@pytest.mark.parametrize("n, w, options, copies", COVERAGES)
def test_a_coverage_of_the_lecture(n, w, options, copies):
    assert coverage(n, w, **options).tolist() == [int(digit) for digit in copies]


def test_the_gradients_of_the_lecture():
    assert input_gradient([1, 10], [3, 4], 3).tolist() == [3, 34, 40]
    assert input_gradient(row(X), row(K), 6).tolist() == row("1 12 123 234 340 400")
    assert kernel_gradient(range(1, 7), [1, 10, 100, 1000], 3).tolist() == [4321, 5432, 6543]
    assert kernel_gradient(range(1, 9), row(K), 3, stride=2).tolist() == [531, 642, 753]
    assert cross_correlate(conv_transpose([10, 20], [1, 2]), [1, 2]).tolist() == [90, 120]


def test_every_combination_of_two_axes_in_the_lecture():
    kernel = np.array([[1, 10], [100, 1000]])
    assert conv_transpose([[1, 2], [3, 4]], kernel).tolist() == [[1, 12, 20], [103, 1234, 2040], [300, 3400, 4000]]
    assert conv_transpose([[1, 2], [3, 4]], kernel.T).tolist() == [[1, 102, 200], [13, 1324, 2400], [30, 3040, 4000]]
    assert conv_transpose([[1, 2], [3, 4]], kernel, stride=(2, 1)).tolist() == [
        [1, 12, 20], [100, 1200, 2000], [3, 34, 40], [300, 3400, 4000],
    ]  # fmt: skip


def test_nearest_upsampling_and_a_convolution_layer_are_a_transposed_layer_with_tied_taps():
    a, b, c = 1, 10, 100
    for x in (row(X), [5, 0, -2, 7, 1]):
        upscaled = cross_correlate(np.repeat(x, 2), [a, b, c], padding=1)
        assert np.array_equal(upscaled, conv_transpose(x, [c, b + c, a + b, a], stride=2, padding=1))
