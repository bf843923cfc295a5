"""What notebook 10 says of other libraries is what JAX, ONNX and PyTorch compute.

Keras and TensorFlow are not installed here. Their "same" and "valid" are those of `keras.src.backend.common.backend_utils`,
which calls JAX with the paddings of `jax.lax.conv_transpose`: `same` below.
"""

import json
import re
from pathlib import Path

import jax
import numpy as np
import pytest
import torch
from jax import lax
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator
from torch import nn
from torch.nn import functional as F

from lecture_helpers import conv_output_size, conv_transpose, conv_transpose_layer, coverage, cross_correlate
from lecture_helpers.exercises import the_same_layer_elsewhere as exercises

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "10_the_same_layer_elsewhere.ipynb"
X, K = np.array([1, 2, 3]), np.array([1, 10, 100])
SHAPES = [(n, w, s) for n in (1, 3, 4) for s in (1, 2, 3) for w in range(s, s + 4)]
every_shape = pytest.mark.parametrize("n, w, s", SHAPES)


def numbers(*shape, seed=0):
    return np.random.default_rng([seed, *shape]).integers(-9, 10, shape)


def same(x, kernel, stride, odd_at_left=False):
    """`stride` cells for each cell of x, cropped alike at both ends; an odd cell goes at the right."""
    left = (len(kernel) - stride + odd_at_left) // 2
    return conv_transpose(x, kernel, stride=stride)[left : left + stride * len(x)]


def by_jax(x, kernel, stride, padding, transpose_kernel=False):
    """One row through one kernel."""
    x, kernel = (np.asarray(each, np.float32) for each in (x, kernel))
    y = lax.conv_transpose(x[None, :, None], kernel[:, None, None], (stride,), padding, transpose_kernel=transpose_kernel)
    return np.asarray(y)[0, :, 0].tolist()


def by_onnx(x, kernel, stride, auto_pad):
    """The same by ONNX's reference evaluator."""
    x, kernel = (np.asarray(each, np.float32)[None, None] for each in (x, kernel))
    node = helper.make_node("ConvTranspose", ["x", "kernel"], ["y"], strides=[stride], auto_pad=auto_pad)
    x_info, kernel_info, y_info = (
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [None] * 3) for name in ("x", "kernel", "y")
    )
    graph = helper.make_graph([node], "layer", [x_info, kernel_info], [y_info])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 11)])
    return ReferenceEvaluator(model).run(None, dict(x=x, kernel=kernel))[0][0, 0].tolist()


def tensor(array):
    return torch.tensor(np.asarray(array, float))


@every_shape
def test_onnx_crops_the_odd_cell_at_the_right_or_at_the_left(n, w, s):
    x, kernel = numbers(n, seed=1), numbers(w, seed=2)
    assert by_onnx(x, kernel, s, "SAME_UPPER") == same(x, kernel, s).tolist() == exercises.same_row.truth(x, kernel, s).tolist()
    assert by_onnx(x, kernel, s, "SAME_LOWER") == same(x, kernel, s, odd_at_left=True).tolist()
    assert by_onnx(x, kernel, s, "VALID") == conv_transpose(x, kernel, stride=s).tolist()


@every_shape
def test_jax_reverses_the_kernel_unless_it_is_told_to_transpose_it(n, w, s):
    x, kernel = numbers(n, seed=3), numbers(w, seed=4)
    for taps, option in ((kernel[::-1], False), (kernel, True)):
        assert by_jax(x, kernel, s, "SAME", option) == same(x, taps, s).tolist()
        assert by_jax(x, kernel, s, "VALID", option) == conv_transpose(x, taps, stride=s).tolist()


def test_the_rows_of_the_three_libraries():
    assert by_jax(X, K, 2, "VALID") == [100, 10, 201, 20, 302, 30, 3]
    assert by_jax(X, K, 2, "VALID", True) == [1, 10, 102, 20, 203, 30, 300]
    assert by_jax(X, K, 2, "SAME", True) == by_onnx(X, K, 2, "SAME_UPPER") == [1, 10, 102, 20, 203, 30]
    in_torch = F.conv_transpose1d(tensor([[X]]), tensor([[K]]), stride=2, padding=1, output_padding=1)[0, 0].tolist()
    assert in_torch == by_onnx(X, K, 2, "SAME_LOWER") == [10, 102, 20, 203, 30, 300]
    assert by_jax([2, 0, 3], K, 2, "VALID") == [200, 20, 2, 0, 300, 30, 3]


@pytest.mark.parametrize("w, s", [(1, 2), (2, 3), (1, 4)])
def test_a_valid_row_of_jax_with_a_kernel_narrower_than_the_stride_ends_with_zeros(w, s):
    x, kernel = numbers(3, seed=5), numbers(w, seed=6)
    by_op = conv_transpose(x, kernel, stride=s, output_padding=s - w)
    assert by_jax(x, kernel, s, "VALID", True) == by_op.tolist() and len(by_op) == 3 * s


def test_the_axes_of_a_weight_that_travels_to_jax():
    weight, image = numbers(3, 5, 4, 2, seed=7), numbers(1, 3, 3, 4, seed=8)
    y = F.conv_transpose2d(tensor(image), tensor(weight), stride=2).permute(0, 2, 3, 1).numpy()
    travelled = {True: weight.transpose(2, 3, 1, 0), False: weight[:, :, ::-1, ::-1].transpose(2, 3, 0, 1)}
    for option, kernel in travelled.items():
        channels_last = np.asarray(image.transpose(0, 2, 3, 1), np.float32)
        by_option = lax.conv_transpose(channels_last, np.float32(kernel), (2, 2), "VALID", transpose_kernel=option)
        assert np.array_equal(by_option, y)
    assert travelled[True].shape == (4, 2, 5, 3)


def test_the_gradient_that_jax_takes_of_a_convolution_layer_has_the_kernel_as_written():
    def layer(x):
        kernel = np.float32(K)[:, None, None]
        return lax.conv_general_dilated(x[None, :, None], kernel, (2,), "VALID", dimension_numbers=("NHC", "HIO", "NHC"))

    _, backward = jax.vjp(layer, np.zeros(7, np.float32))
    (gradient,) = backward(np.float32(X)[None, :, None])
    assert gradient.tolist() == by_jax(X, K, 2, "VALID", transpose_kernel=True) == [1, 10, 102, 20, 203, 30, 300]


def test_pytorch_has_no_same_for_this_layer_and_no_padding_but_zeros():
    layer = nn.ConvTranspose1d(1, 1, 3, stride=2, padding="same")
    with pytest.raises(TypeError, match="argument 'padding' .*must be tuple of ints"):
        layer(torch.zeros(1, 1, 3))
    with pytest.raises(ValueError, match='Only "zeros"'):
        nn.ConvTranspose1d(1, 1, 3, padding_mode="reflect")


def test_a_skip_that_is_a_cell_longer_does_not_fit():
    with pytest.raises(RuntimeError, match="must match except in dimension 1. Expected size 25 but got size 24"):
        torch.cat([torch.zeros(1, 1, 25), torch.zeros(1, 1, 24)], 1)


@pytest.mark.parametrize("k, s, p", [(3, 2, 1), (4, 3, 0), (2, 2, 0)])
def test_output_size_reaches_what_a_convolution_layer_turns_into_the_input(k, s, p):
    layer = nn.ConvTranspose1d(1, 1, k, stride=s, padding=p)
    for size in range(15, 45):
        if conv_output_size(size, k, stride=s, padding=p) == 12:
            assert layer(torch.zeros(1, 1, 12), output_size=[size]).shape[-1] == size
        else:
            with pytest.raises(ValueError, match="valid sizes"):
                layer(torch.zeros(1, 1, 12), output_size=[size])


def test_the_next_size_that_comes_back_from_poolings_and_transposed_layers():
    def comes_back(n, depth):
        layers = nn.Sequential(*[nn.MaxPool1d(2)] * depth, *[nn.ConvTranspose1d(1, 1, 2, stride=2)] * depth)
        return layers(torch.zeros(1, 1, n)).shape[-1] == n

    for n, depth in [(100, 5), (96, 5), (360, 3), (9, 1)]:
        sizes = (size for size in range(n, 999) if comes_back(size, depth))
        assert exercises.padded_size.truth(n, depth) == next(sizes)


@pytest.mark.parametrize("r, w", [(2, 3), (3, 5), (2, 1)])
def test_pixel_shuffle_is_one_transposed_layer(r, w):
    kernels, x = numbers(r * r, 1, w, w, seed=9), numbers(1, 1, 5, 4, seed=10)
    shuffled = F.pixel_shuffle(F.conv2d(tensor(x), tensor(kernels), padding=w // 2), r)[0, 0]
    square = kernels.reshape(r, r, w, w)[:, :, ::-1, ::-1].transpose(2, 0, 3, 1).reshape(r * w, r * w)
    assert np.array_equal(conv_transpose(x[0, 0], square, stride=r, padding=r * (w // 2)), shuffled)


@pytest.mark.parametrize("r, w", [(2, 3), (3, 5), (2, 1)])
def test_on_a_row_its_kernel_is_that_of_the_exercise(r, w):
    kernels, x = numbers(r, w, seed=14), numbers(6, seed=15)
    shuffled = np.stack([cross_correlate(x, taps, padding=w // 2) for taps in kernels], axis=1).ravel()
    one = exercises.one_kernel.truth(kernels)
    assert np.array_equal(conv_transpose(x, one, stride=r, padding=r * (w // 2)), shuffled)


def test_bilinear_weights_are_interpolate_inside_and_with_the_edge_repeated_everywhere():
    lines, x = np.array([0.25, 0.75, 0.75, 0.25]), np.array([1, 2, 4, 8])
    interpolated = F.interpolate(tensor([[x]]), scale_factor=2, mode="linear", align_corners=False)[0, 0].numpy()
    row = conv_transpose(x, lines, stride=2, padding=1)
    assert interpolated.tolist() == [1, 1.25, 1.75, 2.5, 3.5, 5, 7, 8]
    assert row.tolist() == [0.75, *interpolated[1:-1], 6]
    assert np.array_equal(conv_transpose(np.pad(x, 1, "edge"), lines, stride=2, padding=3), interpolated)


def test_the_same_holds_for_images_in_several_channels():
    image, lines = numbers(1, 3, 5, 4, seed=11), np.array([0.25, 0.75, 0.75, 0.25])
    weight = np.eye(3)[:, :, None, None] * np.outer(lines, lines)
    padded = np.pad(image, ((0, 0), (0, 0), (1, 1), (1, 1)), "edge")
    interpolated = F.interpolate(tensor(image), scale_factor=2, mode="bilinear", align_corners=False)
    assert np.allclose(conv_transpose_layer(padded, weight, stride=2, padding=3), interpolated)


def test_one_bilinear_kernel_for_each_channel_by_the_diagonal_or_by_groups():
    x, weight = numbers(1, 3, 4, seed=12), exercises.bilinear_weight.truth(3)
    grouped = F.conv_transpose1d(tensor(x), tensor(weight[range(3), range(3)][:, None]), stride=2, padding=1, groups=3)
    assert np.allclose(conv_transpose_layer(x, weight, stride=2, padding=1), grouped)


def test_fold_and_unfold_multiply_by_the_coverage():
    image = tensor(numbers(1, 1, 6, 5, seed=13))
    folded = F.fold(F.unfold(image, 3), (6, 5), 3)[0, 0]
    assert np.array_equal(folded, coverage((4, 3), (3, 3)) * image[0, 0].numpy())


def test_max_unpooling_puts_the_largest_back_to_where_they_stood():
    largest, places = F.max_pool1d(tensor([[[3, 1, 4, 1, 5, 9]]]), 2, return_indices=True)
    assert F.max_unpool1d(largest, places, 2)[0, 0].tolist() == [3, 0, 4, 0, 0, 9]


def test_overlap_add_is_the_inverse_short_time_fourier_transform():
    window, signal = torch.hann_window(16), tensor(numbers(64, seed=16)).float()
    spectrum = torch.stft(signal, 16, 4, window=window, return_complex=True)
    frames = (torch.fft.irfft(spectrum.T, 16) * window).numpy()  # one row for each frame
    added = conv_transpose_layer(frames.T[None], np.eye(16)[:, None], stride=4)[0, 0]
    sums = conv_transpose(np.ones(len(frames)), window.numpy() ** 2, stride=4)
    assert np.allclose((added / np.maximum(sums, 1e-9))[8:-8], torch.istft(spectrum, 16, 4, window=window), atol=1e-5)
    assert np.allclose(sums[12:-12], 1.5)


def printed_and_tables():
    """The numbers and truth values that a cell prints, and the answers of the table that stands below it."""
    cells = json.loads(NOTEBOOK.read_text("utf-8"))["cells"]
    printed = ""
    for cell in cells:
        text = "".join(cell["source"])
        if cell["cell_type"] == "code" and "print(" in text:
            printed += "".join("".join(output["text"]) for output in cell["outputs"])
        elif cell["cell_type"] == "markdown":
            if text.startswith("| question | answer |"):
                yield " ".join(re.findall(r"[\d.]+\d|\d+|True|False", printed)), text
            printed = ""


ANSWERS = (  # what the tables say, in the order in which the cells print it
    ("1 12 123", "123 230 300", "1.5", "4", "86"),
    ("12", "True", "16,384", "36,864", "1024", "48"),
    ("0.75", "1 2 3 3 2 1", "3 0 4 0 0 9", "False"),
)


def test_the_tables_say_what_the_cells_print():
    found = list(printed_and_tables())
    assert len(found) == len(ANSWERS) and sum(table.count("\n| ") for _, table in found) == 12
    for (printed, table), answers in zip(found, ANSWERS):
        place = 0
        for answer in answers:
            assert re.search(rf"(?<![\d.,]){answer}(?![\d])", table), answer
            place = printed.index(answer.replace(",", ""), place)


def test_pytorch_reads_the_fans_of_a_transposed_layer_as_those_of_a_convolution_layer():
    weight = nn.ConvTranspose2d(3, 64, 4, stride=2).weight
    assert nn.init._calculate_fan_in_and_fan_out(weight) == (64 * 4 * 4, 3 * 4 * 4) == (1024, 48)
