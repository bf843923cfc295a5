"""The reference operators: against PyTorch and SciPy over random layers, and as laws, each next to one asymmetric literal."""

import numpy as np
import pytest
import scipy.signal
import torch
from hypothesis import given

from lecture_helpers import (
    conv_output_size,
    conv_transpose,
    conv_transpose_output_size,
    convolve,
    coverage,
    cross_correlate,
    input_gradient,
    kernel_gradient,
    matrix_of,
)
from strategies import LEGAL, layers, parameters

X, K = [1, 2, 3, 4], [1, 10, 100]


def by_torch(name, x, kernel, **options):
    layer = getattr(torch.nn.functional, f"{name}{np.ndim(x)}d")
    x, kernel = (torch.tensor(np.array(array), dtype=torch.float64)[None, None] for array in (x, kernel))
    return layer(x, kernel, **options)[0, 0].numpy()


def gradients_by_torch(x, kernel, grad_output, options):
    x, kernel = (torch.tensor(array, dtype=torch.float64)[None, None].requires_grad_() for array in (x, kernel))
    y = getattr(torch.nn.functional, f"conv{x.ndim - 2}d")(x, kernel, **options)
    (y * torch.tensor(grad_output)).sum().backward()
    return x.grad[0, 0].numpy(), kernel.grad[0, 0].numpy()


def digits_like(shape):
    return np.arange(np.prod(shape)).reshape(shape) * 7 % 10 - 3


@LEGAL
@given(layers())
def test_cross_correlate_is_pytorchs_convolution_layer(layer):
    x, kernel, options = layer
    assert np.array_equal(cross_correlate(x, kernel, **options), by_torch("conv", x, kernel, **options))


@LEGAL
@given(layers(transposed=True))
def test_conv_transpose_is_pytorchs_transposed_layer(layer):
    x, kernel, options = layer
    assert np.array_equal(conv_transpose(x, kernel, **options), by_torch("conv_transpose", x, kernel, **options))


@LEGAL
@given(layers())
def test_both_gradients_are_those_of_automatic_differentiation(layer):
    x, kernel, options = layer
    g = digits_like(conv_output_size(x.shape, kernel.shape, **options))
    with_respect_to_x, with_respect_to_kernel = gradients_by_torch(x, kernel, g, options)
    assert np.array_equal(input_gradient(g, kernel, x.shape, **options), with_respect_to_x)
    assert np.array_equal(kernel_gradient(x, g, kernel.shape, **options), with_respect_to_kernel)


@LEGAL
@given(layers())
def test_scipy_agrees_on_both_operators(layer):
    x, kernel, _ = layer
    assert np.array_equal(convolve(x, kernel), scipy.signal.convolve(x, kernel, method="direct"))
    if all(n >= w for n, w in zip(x.shape, kernel.shape)):
        assert np.array_equal(cross_correlate(x, kernel), scipy.signal.correlate(x, kernel, "valid", "direct"))


def test_convolve_of_signal_processing_is_the_transposed_layer():
    assert convolve(X, K).tolist() == conv_transpose(X, K).tolist() == [1, 12, 123, 234, 340, 400]
    assert convolve([[1, 2], [3, 4]], [[1, 10], [100, 1000]]).tolist() == [[1, 12, 20], [103, 1234, 2040], [300, 3400, 4000]]


@pytest.mark.parametrize("transposed", [False, True])
def test_what_pytorch_refuses_is_refused_and_nothing_else(transposed):
    name, operator = ("conv_transpose", conv_transpose) if transposed else ("conv", cross_correlate)
    seen = {True: 0, False: 0}

    @LEGAL
    @given(parameters(transposed))
    def compare(case):
        n, w, options = case
        x, kernel = digits_like(n), digits_like(w)
        try:
            expected = by_torch(name, x, kernel, **options)
        except RuntimeError:
            expected = None
        seen[expected is None] += 1
        if expected is None:
            with pytest.raises(ValueError):
                operator(x, kernel, **options)
        else:
            assert np.array_equal(operator(x, kernel, **options), expected)

    compare()
    assert min(seen.values()) > 10


@LEGAL
@given(layers())
def test_stamping_is_the_adjoint_of_sliding(layer):
    x, kernel, options = layer
    g = digits_like(conv_output_size(x.shape, kernel.shape, **options))
    there = np.vdot(cross_correlate(x, kernel, **options), g)
    assert there == np.vdot(x, input_gradient(g, kernel, x.shape, **options))


def test_the_adjoint_literal_that_a_reversal_on_both_sides_would_miss():
    assert input_gradient([1, 10], [3, 4], 3).tolist() == [3, 34, 40]
    assert conv_transpose([1, 2, 3], [100, 10, 1], stride=2).tolist() == [100, 10, 201, 20, 302, 30, 3]


@LEGAL
@given(layers(axes=(1, 2)))
def test_the_matrix_of_the_transposed_layer_is_the_transposed_matrix(layer):
    x, kernel, options = layer
    spare = tuple(
        (n + 2 * p - d * (w - 1) - 1) % s
        for n, w, s, p, d in zip(x.shape, kernel.shape, options["stride"], options["padding"], options["dilation"])
    )
    small = conv_output_size(x.shape, kernel.shape, **options)
    C = matrix_of(lambda x: cross_correlate(x, kernel, **options), x.shape)
    if all(op < max(s, d) for op, s, d in zip(spare, options["stride"], options["dilation"])):
        transposed = matrix_of(lambda y: conv_transpose(y, kernel, output_padding=spare, **options), small)
        assert np.array_equal(transposed, C.T)
    assert np.array_equal(matrix_of(lambda g: input_gradient(g, kernel, x.shape, **options), small), C.T)
    assert np.array_equal(C @ x.ravel(), cross_correlate(x, kernel, **options).ravel())


def test_the_5_by_7_matrix_holds_the_kernel_as_written_in_its_rows():
    C = matrix_of(lambda x: cross_correlate(x, [1, 2, 3]), 7)
    assert C.shape == (5, 7) and C.dtype == np.float64
    assert C[1].tolist() == [0, 1, 2, 3, 0, 0, 0]
    assert C.T[:3].tolist() == [[1, 0, 0, 0, 0], [2, 1, 0, 0, 0], [3, 2, 1, 0, 0]]


def test_a_matrix_cannot_add_a_bias():
    with pytest.raises(ValueError, match=r"operator\(0\) must be 0 .* holds 5"):
        matrix_of(lambda x: cross_correlate(x, [1, 2]) + 5, 4)


@LEGAL
@given(layers(axes=(1, 2), transposed=True))
def test_gathering_the_zero_inserted_input_gives_the_transposed_layer(layer):
    x, kernel, options = layer
    spread = np.zeros([(n - 1) * s + 1 for n, s in zip(x.shape, options["stride"])], int)
    spread[tuple(slice(None, None, s) for s in options["stride"])] = x
    for axis, (w, p, d, op) in enumerate(zip(kernel.shape, options["padding"], options["dilation"], options["output_padding"])):
        left, right = d * (w - 1) - p, d * (w - 1) - p + op
        pads = [(0, 0)] * x.ndim
        pads[axis] = max(left, 0), max(right, 0)
        spread = np.pad(spread, pads)
        spread = np.take(spread, range(max(-left, 0), spread.shape[axis] - max(-right, 0)), axis)
    gathered = cross_correlate(spread, np.flip(kernel), dilation=options["dilation"])
    assert np.array_equal(gathered, conv_transpose(x, kernel, **options))


@LEGAL
@given(layers())
def test_the_kernel_gradient_is_a_convolution_layer_with_stride_and_dilation_swapped(layer):
    x, kernel, options = layer
    g = digits_like(conv_output_size(x.shape, kernel.shape, **options))
    swapped = dict(stride=options["dilation"], dilation=options["stride"], padding=options["padding"])
    slid = cross_correlate(x, g, **swapped)[tuple(slice(w) for w in kernel.shape)]
    assert np.array_equal(slid, kernel_gradient(x, g, kernel.shape, **options))


def test_kernel_gradients_by_hand():
    assert kernel_gradient([1, 2, 3, 4, 5, 6], [1, 10, 100, 1000], 3).tolist() == [4321, 5432, 6543]
    assert kernel_gradient([1, 2, 3, 4, 5, 6, 7, 8], K, 3, stride=2).tolist() == [531, 642, 753]


@LEGAL
@given(layers(transposed=True))
def test_coverage_counts_the_copies(layer):
    x, kernel, options = layer
    counts = coverage(x.shape, kernel.shape, **options)
    assert counts.dtype == np.int64
    assert np.array_equal(counts, conv_transpose(np.ones(x.shape, int), np.ones(kernel.shape, int), **options))


def test_coverage_of_two_axes_is_the_product_of_one_axis_each():
    rows, columns = coverage(3, 3), coverage(4, 2, stride=2)
    assert np.array_equal(coverage((3, 4), (3, 2), stride=(1, 2)), np.outer(rows, columns))
    assert coverage((3, 3), 3)[2].tolist() == [3, 6, 9, 6, 3]


@pytest.mark.parametrize("operator", [cross_correlate, conv_transpose, convolve])
@pytest.mark.parametrize(
    "x_dtype, kernel_dtype, expected",
    [
        (bool, bool, np.int64), (np.uint8, np.int16, np.int64), (np.float32, np.float32, np.float32),
        (np.float32, np.float64, np.float64), (np.float32, int, np.float64), (np.float16, np.float16, np.float64),
        (bool, float, np.float64),
    ],
)  # fmt: skip
def test_dtypes_follow_one_rule(operator, x_dtype, kernel_dtype, expected):
    result = operator(np.array([1, 0, 1, 1]).astype(x_dtype), np.array([1, 1]).astype(kernel_dtype))
    assert type(result) is np.ndarray and result.dtype == expected


def test_inputs_are_never_modified_and_nested_lists_are_welcome():
    x, kernel = np.array([1.0, 2, 3]), np.array([1.0, 10])
    for operator in (cross_correlate, conv_transpose, convolve):
        operator(x, kernel)[:] = -1
    assert x.tolist() == [1, 2, 3] and kernel.tolist() == [1, 10]
    assert cross_correlate([[1, 2], [3, 4]], ((1,), (10,))).tolist() == [[31, 42]]


def test_nan_and_inf_reach_the_outputs_that_read_them():
    assert np.isnan(cross_correlate([1, np.nan, 3, 4], [1, 1])).tolist() == [True, True, False]
    assert np.isinf(conv_transpose([1, np.inf, 1], [1, 1])).tolist() == [False, True, True, False]


@pytest.mark.parametrize(
    "x, error, sentence",
    [
        ([], ValueError, "x must hold at least one number, but has shape (0,)."),
        ([[1, 2], [3]], ValueError, "x must be a rectangular array of numbers, but its rows differ in length or depth."),
        (5, ValueError, "x must have at least one axis, but is the single number 5."),
        ("12", TypeError, "x must hold real numbers that fit into int64 or float64, but holds '12'."),
        ([1, None], TypeError, "x must hold real numbers that fit into int64 or float64, but holds None."),
        ([1, 2j], TypeError, "x must hold real numbers that fit into int64 or float64, but holds (1+0j)."),
        ([10**20], TypeError, f"x must hold real numbers that fit into int64 or float64, but holds {10**20}."),
        ([2**63], ValueError, f"x must fit into int64, but holds {2**63}."),
        ([[1, 2]], ValueError, "The arrays must have the same number of axes, but x has 2 and kernel has 1."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("operator", [cross_correlate, conv_transpose, convolve])
def test_data_without_meaning_is_refused_in_one_sentence(operator, x, error, sentence):
    with pytest.raises(error) as refusal:
        operator(x, [1])
    assert str(refusal.value) == sentence


def test_a_tensor_that_records_gradients_is_refused_with_the_reason():
    with pytest.raises(TypeError, match="x cannot be read as an array of numbers: .*requires grad"):
        cross_correlate(torch.ones(3, requires_grad=True), [1])


def test_a_gradient_of_the_wrong_shape_is_refused_with_both_shapes():
    with pytest.raises(ValueError, match=r"grad_output has shape \(2,\), but this layer's output has shape \(4,\)\."):
        input_gradient([1, 2], [1, 2], 5)
    with pytest.raises(ValueError, match=r"grad_output has shape \(2, 1\), but this layer's output has shape \(2, 2\)\."):
        kernel_gradient([[1, 2, 3]] * 3, [[1], [1]], (2, 2))


def test_transposed_sizes_match_what_comes_out():
    assert conv_transpose([1], [1, 2, 3, 4]).size == conv_transpose_output_size(1, 4) == 4
