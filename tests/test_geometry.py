"""Sizes and connections: against PyTorch, by literals, and what is refused."""

import numpy as np
import pytest
import torch
from hypothesis import given

from lecture_helpers import conv_output_size, conv_transpose_output_size
from lecture_helpers.geometry import MOST_CELLS, MOST_CONNECTIONS, connections, extent
from strategies import LEGAL, layers


def shape_by_torch(name, x, kernel, options):
    layer = getattr(torch.nn.functional, f"{name}{x.ndim}d")
    return tuple(layer(torch.zeros(1, 1, *x.shape), torch.zeros(1, 1, *kernel.shape), **options).shape[2:])


@LEGAL
@given(layers())
def test_the_size_of_a_convolution_layer_is_pytorchs(layer):
    x, kernel, options = layer
    assert conv_output_size(x.shape, kernel.shape, **options) == shape_by_torch("conv", x, kernel, options)


@LEGAL
@given(layers(transposed=True))
def test_the_size_of_a_transposed_layer_is_pytorchs(layer):
    x, kernel, options = layer
    assert conv_transpose_output_size(x.shape, kernel.shape, **options) == shape_by_torch("conv_transpose", x, kernel, options)


def test_sizes_of_the_lecture():
    assert [conv_output_size(*nw) for nw in ((10, 4), (5, 5), (9, 1))] == [7, 1, 9]
    assert [conv_transpose_output_size(*nw) for nw in ((4, 3), (1, 4), (7, 2))] == [6, 4, 8]
    assert conv_transpose_output_size(10, 3, dilation=2) == 14
    assert [conv_output_size(n, 5, stride=3, padding=2) for n in (16, 17, 18)] == [6, 6, 6]
    assert [conv_transpose_output_size(6, 5, stride=3, padding=2, output_padding=op) for op in (0, 1, 2)] == [16, 17, 18]
    assert conv_transpose_output_size((4, 6), (3, 5), stride=(2, 1), padding=(1, 2)) == (7, 6)


def test_the_autoencoder_of_the_lecture_goes_down_to_1_and_back_to_28():
    steps = [(5, 1), (5, 1), (4, 2), (3, 2), (4, 1)]
    down, up = [28], [1]
    for k, s in steps:
        down.append(conv_output_size(down[-1], k, stride=s))
    for k, s in reversed(steps):
        up.append(conv_transpose_output_size(up[-1], k, stride=s))
    assert down == [28, 24, 20, 9, 4, 1] and up == [1, 4, 9, 20, 24, 28]


@pytest.mark.parametrize("size", [conv_output_size, conv_transpose_output_size])
def test_ints_give_an_int_and_a_tuple_gives_a_tuple(size):
    assert type(size(5, 2)) is int
    assert size((5, 7), 2) == (size(5, 2), size(7, 2))
    assert size(7, (2, 3)) == (size(7, 2), size(7, 3))
    assert size([5, 7], 2, stride=(1, 2)) == (size(5, 2), size(7, 2, stride=2))
    assert size(np.int32(5), np.int64(2), stride=np.int8(1)) == size(5, 2)


def test_an_extent_is_the_kernel_with_its_gaps():
    assert [extent(3, 1), extent(3, 2), extent(1, 5)] == [3, 5, 1]


@LEGAL
@given(layers())
def test_every_connection_obeys_the_one_formula(layer):
    x, kernel, options = layer
    small = conv_output_size(x.shape, kernel.shape, **options)
    links = connections(x.shape, kernel.shape, small, **options)
    assert len(links.inside) == np.prod(small) * kernel.size
    for axis, (s, p, d) in enumerate(zip(options["stride"], options["padding"], options["dilation"])):
        assert (links.cell[axis] == links.place[axis] * s + links.tap[axis] * d - p).all()
    within = np.all([(cell >= 0) & (cell < n) for cell, n in zip(links.cell, x.shape)], axis=0)
    assert (links.inside == within).all()


def test_connections_are_listed_by_place_then_by_tap():
    links = connections(4, 2, 2, stride=2, padding=1)
    assert [array.tolist() for (array,) in links[:3]] == [[0, 0, 1, 1], [0, 1, 0, 1], [-1, 0, 1, 2]]
    assert links.inside.tolist() == [False, True, True, True]
    assert [array.tolist() for (array,) in links.kept()] == [[0, 1, 1], [1, 0, 1], [0, 1, 2]]


def test_a_layer_too_large_to_list_is_refused_with_its_size():
    with pytest.raises(ValueError, match=f"The large row has 2,000,000,001 cells.*{MOST_CELLS:,}"):
        connections(2_000_000_001, 1, 2, stride=2_000_000_000)
    with pytest.raises(ValueError, match=f"100,000,000 connections.*{MOST_CONNECTIONS:,}"):
        connections(10**7, 10, 10**7)


@pytest.mark.parametrize("size", [conv_output_size, conv_transpose_output_size])
@pytest.mark.parametrize("name", ["n", "w", "stride", "padding", "dilation"])
@pytest.mark.parametrize("value", [True, np.bool_(True), 2.0, "same", None, (1, 2.0), 1j])
def test_what_is_no_integer_is_a_type_error_that_shows_it(size, name, value):
    with pytest.raises(TypeError) as refusal:
        size(**(dict(n=(5, 5), w=(2, 2)) | {name: value}))
    assert str(refusal.value) == f"{name} must be an integer or one integer per axis, but is {value!r}."


@pytest.mark.parametrize("size", [conv_output_size, conv_transpose_output_size])
@pytest.mark.parametrize(
    "name, value, least", [("n", 0, 1), ("w", 0, 1), ("stride", 0, 1), ("padding", -1, 0), ("dilation", 0, 1)]
)
def test_what_is_too_small_is_a_value_error_that_shows_it(size, name, value, least):
    with pytest.raises(ValueError) as refusal:
        size(**(dict(n=5, w=2) | {name: value}))
    assert str(refusal.value) == f"{name} must be at least {least}, but is {value}."


@pytest.mark.parametrize(
    "call, sentence",
    [
        (lambda: conv_output_size(3, 5), "A kernel of length 5 does not fit into 3 + 2·0 padded samples."),
        (lambda: conv_output_size(3, 3, dilation=3, padding=1),
         "A kernel of length 3 with dilation 3 (extent 7) does not fit into 3 + 2·1 padded samples."),
        (lambda: conv_output_size(5, 2, stride=(1, 1)), "stride=(1, 1) has 2 values, but the layer has 1 axis."),
        (lambda: conv_output_size((5, 5), (2, 2, 2)), "w=(2, 2, 2) has 3 values, but the layer has 2 axes."),
        (lambda: conv_transpose_output_size(3, 2, output_padding=1),
         "output_padding must be smaller than max(stride, dilation) = max(1, 1), but is 1."),
        (lambda: conv_transpose_output_size(2, 1, padding=1), "padding=1 crops 1 cells at each end, which leaves nothing of 2."),
        (lambda: conv_output_size((), ()), "A layer needs at least one axis, but the sizes are n=(), w=()."),
        (lambda: conv_output_size(5, 2, stride=2**31), "stride must be at most 2147483647, but is 2147483648."),
    ],
)  # fmt: skip
def test_a_layer_that_does_not_exist_is_refused_in_one_sentence(call, sentence):
    with pytest.raises(ValueError) as refusal:
        call()
    assert str(refusal.value) == sentence


def test_the_largest_output_padding_is_pytorchs_max_of_stride_and_dilation_minus_1():
    def largest(stride, dilation):
        legal = 0
        while True:
            try:
                conv_transpose_output_size(5, 3, stride=stride, dilation=dilation, output_padding=legal + 1)
            except ValueError:
                return legal
            legal += 1

    assert [largest(*sd) for sd in ((3, 1), (1, 1), (2, 3))] == [2, 0, 2]
