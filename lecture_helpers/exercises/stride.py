"""The exercises of notebook 05, Stride."""

from functools import partial

import numpy as np

from ..checks import summarise
from ..operators import conv_transpose, coverage, cross_correlate
from .data import DIGITS, MIXED, POWERS, arguments_of, random_rows, repeated_samples, reversed_taps, spread, stamps
from .families import exercise

summary = partial(summarise, globals())


def _transposed(x, kernel, stride):
    return conv_transpose(x, kernel, stride=stride)


width_of_steps = (
    "width s·W", lambda x, kernel, stride: np.pad(_transposed(x, kernel, stride), (0, stride * len(x)))[: stride * len(x)],
    "Your row has s cells for each input cell. Where does the last copy begin, and how wide is it?")
zeros_at_the_end = (
    "zeros follow the last sample", lambda x, kernel, stride: conv_transpose(spread(x, stride - 1, stride - 1), kernel),
    "There are zeros at the end that no copy reaches. Where does the last copy begin?")
not_padded = (
    "not padded", lambda x, kernel, stride: cross_correlate(spread(x, stride - 1), kernel[::-1]),
    "These are only the inner cells. Which cells does the first copy cover, and which ones the last?")
neither_padded_nor_reversed = (
    "not padded, not reversed", lambda x, kernel, stride: cross_correlate(spread(x, stride - 1), kernel),
    "Only the inner cells are here, and the taps run the wrong way. On which cells does the first copy lie, and in which order?")

LIBRARY = ("convolve", "correlate", "cross_correlate", "conv_transpose", "conv1d", "conv_transpose1d", "conv_transpose_layer")
GAPS = "There are zeros at the end that no copy reaches. How many gaps lie between len(x) samples?"
INNER = "These are only the inner cells. What must surround the spread row so that the kernel can reach the others?"

stride_row = exercise(
    id="05_stride_row", title="A transposed layer with stride 2", truth=_transposed, predict=(DIGITS, POWERS, 2), layer=stamps,
    misconceptions=(
        width_of_steps, zeros_at_the_end, not_padded, neither_padded_nor_reversed, *repeated_samples,
        ("the other layer", "This is the convolution layer's row. Which of the two layers is asked for?"),
    ),
    hints=("Write each copy on a line of its own: 1 10 100, then 2 20 200, and so on.",
           "With stride 2, each copy stands two cells further right than the one before.",
           "Copy i covers the cells 2i, 2i + 1 and 2i + 2: neighbours share one cell."),
)

_STRIDES = tuple(zip(random_rows(seed=53, count=3, widest=4), (1, 2, 3)))
CASES = ((DIGITS, POWERS, 2), *((x, kernel, stride) for (x, kernel), stride in _STRIDES), (np.array([7, 2]), np.array([3, 8]), 3),
         (*MIXED, 2))

stamp = exercise(
    id="05_stamp", title="Stamp with a stride", truth=_transposed, layer=stamps, without=LIBRARY, cases=CASES,
    misconceptions=(
        width_of_steps, zeros_at_the_end,
        ("room for one more step", lambda x, kernel, stride: np.pad(_transposed(x, kernel, stride), (0, stride)),
         "There are zeros at the end that no copy reaches. How many steps lie between the first copy and the last one?"),
    ),
    hints=("The last copy begins at cell (len(x) − 1)·stride. How wide is the whole row?",
           "A row of zeros with `(len(x) - 1) * stride + len(kernel)` cells, then one slice for each copy.",
           "In the loop: `y[i * stride : i * stride + len(kernel)] += x[i] * kernel`."),
)

zero_insertion = exercise(
    id="05_zero_insertion", title="Repair the zero insertion", truth=_transposed, layer=stamps, cases=CASES,
    misconceptions=(
        ("zeros follow the last sample, and the kernel is not reversed",
         lambda x, kernel, stride: reversed_taps(spread(x, stride - 1, stride - 1), kernel), GAPS),
        (*zeros_at_the_end[:2], GAPS),
        ("the kernel reversed", "Your kernel slides as it is written. In which order should its taps come out for a single 1?"),
        ("the stride in the convolution layer as well", lambda x, kernel, stride: _transposed(x, kernel, stride)[::stride],
         "Your kernel walks over the spread row in steps of its own. Which stride does it need once the zeros are in?"),
        (*not_padded[:2], INNER), (*neither_padded_nor_reversed[:2], INNER),
    ),
    hints=("Two places are wrong. Look at the spread row for x = [1, 2]: what should follow the 2?",
           "Between len(x) samples lie len(x) − 1 gaps; so the spread row has `(len(x) - 1) * stride + 1` cells.",
           "And a transposed layer that gathers needs the kernel reversed: `kernel[::-1]`."),
)

copies = exercise(
    id="05_copies", title="The number of copies that reach cell u", truth=lambda u, W, w, s: coverage(W, w, stride=s)[u],
    cases=((4, 6, 3, 2), (5, 6, 3, 2), (0, 6, 3, 2), (12, 6, 3, 2), (1, 6, 4, 2), (6, 6, 4, 2), (2, 6, 2, 3), (3, 6, 2, 3),
           (5, 3, 5, 1), (13, 4, 7, 3)),
    misconceptions=(
        ("⌈w / s⌉ everywhere", lambda u, W, w, s: -(-w // s),
         "This is the largest number of copies that can meet anywhere. Do they all reach this cell?"),
        ("⌊w / s⌋ everywhere", lambda u, W, w, s: w // s,
         "This is w divided by s. If w is no multiple of s, do all cells get equally many copies?"),
        ("copies before the first one", lambda u, W, w, s: sum(0 <= u - i * s < w for i in range(-w, W)),
         "Here a copy is counted that would begin left of the row. Which numbers can i have?"),
        ("copies after the last one", lambda u, W, w, s: sum(0 <= u - i * s < w for i in range(W + w)),
         "Here a copy is counted that belongs to no input cell. Which numbers can i have?"),
        ("the stride is ignored", lambda u, W, w, s: sum(0 <= u - i < w for i in range(W)),
         "This is the number for copies that stand one cell apart. Where does copy i begin with a stride?"),
        ("the last copy is left out", lambda u, W, w, s: sum(0 <= u - i * s < w for i in range(W - 1)),
         "Here the copy of the last input cell is never counted. Which numbers can i have?"),
        ("w: + 1", "Here each copy covers w + 1 cells. A copy of width w that begins at cell i·s: which is its last cell?"),
        ("a copy misses its first cell", lambda u, W, w, s: sum(0 < u - i * s < w for i in range(W)),
         "Here each copy covers w − 1 cells. A copy of width w that begins at cell i·s: which is its first cell?"),
        ("as many input cells as u says", lambda u, W, w, s: sum(0 <= u - i * s < w for i in range(u)),
         "Your i takes the numbers below u. Which input cells are there, and which of them are missing for u = 0?"),
        ("every copy that begins before u", lambda u, W, w, s: sum(i * s <= u for i in range(W)),
         "You count every copy that begins at u or before. Where does a copy end?"),
        ("taps of u's remainder", lambda u, W, w, s: sum((u - a) % s == 0 for a in range(w)),
         "You count the taps that fit u's remainder. Does an input cell stand at (u − a)/s for each of them?"),
    ),
    hints=("Copy i begins at cell i·s and covers w cells. When is u among them?",
           "u is among them exactly if `0 <= u - i * s < w`.",
           "Count the i in `range(W)` for which that holds: `sum(... for i in range(W))` counts the True ones."),
)

gather_in_torch = exercise(
    id="05_gather_in_torch", title="The gather form in PyTorch", truth=_transposed, layer=stamps, cases=CASES,
    without=("conv_transpose1d", "ConvTranspose1d", *(name for name in LIBRARY if name != "conv1d")),
    misconceptions=(
        (*zeros_at_the_end[:2], GAPS),
        ("zeros follow the last sample, and the kernel is not reversed",
         lambda x, kernel, stride: reversed_taps(spread(x, stride - 1, stride - 1), kernel), GAPS),
        ("the kernel reversed", "`conv1d` reads a kernel as it is written. In which order should a single 1 let its taps out?"),
        ("the stride in the convolution layer as well", lambda x, kernel, stride: _transposed(x, kernel, stride)[::stride],
         "Your `conv1d` takes steps over z. Which stride does it need once the zeros are in?"),
        (*not_padded[:2], INNER), (*neither_padded_nor_reversed[:2], INNER),
        ("a zero too many at each end", lambda x, kernel, stride: np.pad(_transposed(x, kernel, stride), 1),
         "Your row begins and ends with a cell that no tap reaches. How far out may the kernel stand and still touch x?"),
    ),
    hints=("`torch.zeros(1, 1, n)` is a batch of zeros. How many cells has z for len(x) samples that stand `stride` apart?",
           "`z[..., ::stride] = torch.tensor(x)` writes the samples; `.flip(-1)` reverses the kernel's last axis.",
           "`F.conv1d(z, kernel.flip(-1), padding=w - 1)[0, 0]`, where the kernel has the shape (1, 1, w)."),
)


def _layers(stride):
    """Two rows of arguments that differ from the right ones in the stride only."""
    return lambda: [[3, 2, 7, stride], [2, 3, 7, stride]]


strided_layers = exercise(
    id="05_strided_layers", title="Set up two layers with a stride", truth=_layers(3), predict=(),
    numbers_of=arguments_of("ConvTranspose1d", "Conv1d", names=("stride",)),
    misconceptions=(
        ("width s·W", _layers(4), "Your stride is the quotient of the widths. How many cells does the last copy need?"),
        ("the stride is forgotten", _layers(1), "These layers have stride 1. How wide is the output of the first one then?"),
        ("the second stride is forgotten", lambda: [[3, 2, 7, 3], [2, 3, 7, 1]],
         "The first layer is right; the second has stride 1. How many cells does it make of 16?"),
        ("the first stride is forgotten", lambda: [[3, 2, 7, 1], [2, 3, 7, 3]],
         "The second layer is right; the first has stride 1. How many cells does it make of 4?"),
        ("the quotient of W and w", _layers(2), "How wide is a row of four copies of 7 cells, each 2 cells further right?"),
        ("all of the way in one step", _layers(9),
         "Your stride is the way from the first copy to the last. How many steps are that?"),
        ("the kernel forgotten", _layers(5),
         "Your steps end where the row ends. How many cells does the last copy need for itself?"),
        ("the channels of the way back", lambda: [[3, 2, 7, 3], [3, 2, 7, 3]],
         "The first layer is right; the second gets 2 channels. How many should it give?"),
        ("the channels exchanged in both", lambda: [[2, 3, 7, 3], [3, 2, 7, 3]],
         "The strides are right, but your layers take as many channels as they should give. Which number comes first?"),
        ("the kernel as wide as the stride", lambda: [[3, 2, 3, 7], [2, 3, 3, 7]],
         "You have `kernel_size` and `stride` in each other's place. Which of them is 7?"),
    ),
    hints=("The width of a transposed layer's output is s(W − 1) + w. What are W, w and the width here?",
           "Four copies of 7 cells: the last one begins at cell 16 − 7. How many steps led there?",
           "The same stride leads back: ⌊(16 − 7)/s⌋ + 1 places."),
)
