"""Layers with batches, channels, groups and bias, against torch.nn.functional."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lecture_helpers import conv_layer, conv_transpose_layer
from strategies import LEGAL, layers


@st.composite
def batches(draw, transposed):
    """(x, weight, bias, options) of a legal layer with its own number of channels on each side."""
    row, kernel, options = draw(layers(transposed=transposed))
    n, groups, inputs, outputs = (draw(st.integers(least, 3)) for least in (0, 1, 1, 1))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    first, second = (groups * inputs, outputs) if transposed else (groups * outputs, inputs)
    x = rng.integers(-9, 10, (n, groups * inputs, *row.shape)).astype(float)
    weight = rng.integers(-9, 10, (first, second, *kernel.shape)).astype(float)
    bias = rng.integers(-9, 10, groups * outputs).astype(float) if draw(st.booleans()) else None
    return x, weight, bias, options | dict(groups=groups)


def by_torch(name, x, weight, bias=None, **options):
    layer = getattr(torch.nn.functional, f"{name}{x.ndim - 2}d")
    return layer(torch.tensor(x), torch.tensor(weight), None if bias is None else torch.tensor(bias), **options).numpy()


@LEGAL
@given(batches(transposed=False))
def test_conv_layer_is_pytorchs(batch):
    x, weight, bias, options = batch
    assert np.array_equal(conv_layer(x, weight, bias, **options), by_torch("conv", x, weight, bias, **options))


@LEGAL
@given(batches(transposed=True))
def test_conv_transpose_layer_is_pytorchs(batch):
    x, weight, bias, options = batch
    expected = by_torch("conv_transpose", x, weight, bias, **options)
    assert np.array_equal(conv_transpose_layer(x, weight, bias, **options), expected)


def test_the_weight_of_a_transposed_layer_is_in_out_and_channels_add():
    x, weight = [[[1, 2, 3], [4, 5, 6]]], [[[1, 10], [100, 1000]], [[2, 20], [3, 30]]]
    assert conv_transpose_layer(x, weight)[0, 0].tolist() == [9, 102, 135, 150]
    assert conv_transpose_layer(x, np.swapaxes(weight, 0, 1))[0, 0].tolist() == [401, 4512, 5623, 6030]
    assert conv_transpose_layer([[[1, 2], [3, 4]]], [[[1], [10], [100]], [[2], [20], [200]]]).tolist() == [
        [[7, 10], [70, 100], [700, 1000]]
    ]


def test_the_bias_is_added_once_for_each_output_cell():
    assert conv_transpose_layer([[[1, 2, 3, 4]]], [[[1, 10, 100]]], [5000]).tolist() == [[[5001, 5012, 5123, 5234, 5340, 5400]]]


def test_dtypes_follow_the_operators_rule():
    x, weight = np.ones((1, 1, 3), np.float32), np.ones((1, 1, 2), np.float32)
    for layer in (conv_layer, conv_transpose_layer):
        assert layer(x, weight).dtype == np.float32
        assert layer(x, weight, [1.0]).dtype == np.float64
        assert layer(x.astype(int), weight.astype(int)).dtype == np.int64


@pytest.mark.parametrize(
    "call, sentence",
    [
        (lambda: conv_layer([[1, 2]], [[1]]), "x must have the axes (N, C, *spatial), but has shape (1, 2)."),
        (lambda: conv_layer([[[1, 2]]], [[1]]), "x and weight must have the same number of axes, but x has 3 and weight has 2."),
        (lambda: conv_layer(np.ones((1, 3, 4)), np.ones((2, 2, 2))),
         "A weight of shape (2, 2, 2), read as (out, in / groups, *kernel) with groups=1, takes 2 input channels, "
         "but x has shape (1, 3, 4), hence 3."),
        (lambda: conv_transpose_layer(np.ones((1, 3, 4)), np.ones((2, 3, 2))),
         "A weight of shape (2, 3, 2), read as (in, out / groups, *kernel) with groups=1, takes 2 input channels, "
         "but x has shape (1, 3, 4), hence 3."),
        (lambda: conv_layer(np.ones((1, 4, 4)), np.ones((3, 2, 2)), groups=2),
         "groups=2 must divide the weight's first axis, but weight has shape (3, 2, 2)."),
        (lambda: conv_layer(np.ones((1, 1, 4)), np.ones((3, 1, 2)), [1, 2]),
         "bias has shape (2,), but the layer has 3 output channels."),
        (lambda: conv_layer(np.ones((1, 0, 4)), np.ones((3, 0, 2))),
         "Only the batch may be empty, but x has shape (1, 0, 4) and weight has shape (3, 0, 2)."),
        (lambda: conv_layer(np.ones((1, 1, 4)), np.ones((3, 1, 2)), groups=0), "groups must be at least 1, but is 0."),
        (lambda: conv_layer(np.ones((1, 1, 2)), np.ones((1, 1, 5))),
         "A kernel of length 5 does not fit into 2 + 2·0 padded samples."),
    ],
)  # fmt: skip
def test_shapes_that_do_not_fit_are_refused_in_one_sentence(call, sentence):
    with pytest.raises(ValueError) as refusal:
        call()
    assert str(refusal.value) == sentence
