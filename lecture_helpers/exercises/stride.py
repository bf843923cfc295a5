"""The exercises of notebook 05, Stride."""

import numpy as np

from ..checks import Exercise, Misconception, summarise
from ..operators import conv_transpose, coverage, cross_correlate
from .data import DIGITS, POWERS, overwritten, random_rows, repeated_samples, reversed_copies, spread


def summary():
    """All verdicts of this notebook."""
    return summarise(globals())


def _transposed(x, kernel, stride):
    return conv_transpose(x, kernel, stride=stride)


stride_on_input = Misconception(
    "the stride moves over the input",
    lambda x, kernel, stride: conv_transpose(x, kernel)[::stride],
    "Your row holds some cells of the row for stride 1, s cells apart. Which row does a transposed layer's stride space out?",
)
stride_ignored = Misconception(
    "the stride is ignored",
    lambda x, kernel, stride: conv_transpose(x, kernel),
    "This is the row for stride 1. Where does copy i begin when copies stand s cells apart?",
)
stride_in_kernel = Misconception(
    "the stride spreads the kernel",
    lambda x, kernel, stride: conv_transpose(x, kernel, dilation=stride),
    "Gaps have opened within each copy. Does a stride move the taps of a copy apart, or the copies?",
)
width_of_steps = Misconception(
    "width s·W",
    lambda x, kernel, stride: np.pad(_transposed(x, kernel, stride), (0, stride * len(x)))[: stride * len(x)],
    "Your row has s cells for each input cell. Where does the last copy begin, and how wide is it?",
)
zeros_at_the_end = Misconception(
    "zeros follow the last sample",
    lambda x, kernel, stride: conv_transpose(spread(x, stride - 1, stride - 1), kernel),
    "There are zeros at the end that no copy reaches. Where does the last copy begin?",
)
not_padded = Misconception(
    "not padded",
    lambda x, kernel, stride: cross_correlate(spread(x, stride - 1), kernel[::-1]),
    "These are only the inner cells. Which cells does the first copy cover, and which ones the last?",
)
neither_padded_nor_reversed = Misconception(
    "not padded, not reversed",
    lambda x, kernel, stride: cross_correlate(spread(x, stride - 1), kernel),
    "Only the inner cells are here, and the taps run the wrong way. On which cells does the first copy lie, and in which order?",
)

stride_row = Exercise(
    id="05_stride_row",
    title="A transposed layer with stride 2",
    truth=lambda: _transposed(DIGITS, POWERS, 2),
    misconceptions=(
        stride_on_input.on(DIGITS, POWERS, 2),
        stride_ignored.on(DIGITS, POWERS, 2),
        reversed_copies.on(DIGITS, POWERS, 2),
        Misconception(
            "a convolution layer",
            lambda: cross_correlate(DIGITS, POWERS, stride=2),
            "This is the convolution layer's row. Which of the two layers is asked for?",
        ),
        Misconception(
            "copies s + 1 cells apart",
            lambda: _transposed(DIGITS, POWERS, 3),
            "Your copies stand side by side without meeting. By how many cells is each one shifted if the stride is 2?",
        ),
        zeros_at_the_end.on(DIGITS, POWERS, 2),
        width_of_steps.on(DIGITS, POWERS, 2),
        stride_in_kernel.on(DIGITS, POWERS, 2),
        overwritten.on(DIGITS, POWERS, 2),
        not_padded.on(DIGITS, POWERS, 2),
        neither_padded_nor_reversed.on(DIGITS, POWERS, 2),
        *repeated_samples,
    ),
    hints=(
        "Write each copy on a line of its own: 1 10 100, then 2 20 200, and so on.",
        "With stride 2, each copy stands two cells further right than the one before.",
        "Copy i covers the cells 2i, 2i + 1 and 2i + 2: neighbours share one cell.",
    ),
)

_STRIDES = tuple(zip(random_rows(seed=53, count=3, widest=4), (1, 2, 3)))
CASES = ((DIGITS, POWERS, 2), *((x, kernel, stride) for (x, kernel), stride in _STRIDES), (np.array([7, 2]), np.array([3, 8]), 3))

stamp = Exercise(
    id="05_stamp",
    title="Stamp with a stride",
    truth=_transposed,
    cases=CASES,
    misconceptions=(
        overwritten,
        stride_ignored,
        stride_on_input,
        reversed_copies,
        stride_in_kernel,
        width_of_steps,
        zeros_at_the_end,
        Misconception(
            "room for one more step",
            lambda x, kernel, stride: np.pad(_transposed(x, kernel, stride), (0, stride)),
            "There are zeros at the end that no copy reaches. How many steps lie between the first copy and the last one?",
        ),
    ),
    hints=(
        "The last copy begins at cell (len(x) − 1)·stride. How wide is the whole row?",
        "A row of zeros with `(len(x) - 1) * stride + len(kernel)` cells, then one slice for each copy.",
        "In the loop: `y[i * stride : i * stride + len(kernel)] += x[i] * kernel`.",
    ),
)

zero_insertion = Exercise(
    id="05_zero_insertion",
    title="Repair the zero insertion",
    truth=_transposed,
    cases=CASES,
    misconceptions=(
        Misconception(
            "zeros follow the last sample, and the kernel is not reversed",
            lambda x, kernel, stride: conv_transpose(spread(x, stride - 1, stride - 1), kernel[::-1]),
            "Zeros that no copy reaches stand at the end, and the taps run the wrong way. What does a single 1 give, and where?",
        ),
        zeros_at_the_end._replace(
            advice="There are zeros at the end that no copy reaches. How many gaps lie between len(x) samples?"
        ),
        reversed_copies._replace(
            name="the kernel is not reversed",
            advice="Your kernel slides as it is written. Send a single 1 through: in which order should its taps come out?",
        ),
        Misconception(
            "s zeros between the samples",
            lambda x, kernel, stride: conv_transpose(spread(x, stride), kernel),
            "Your samples stand `stride + 1` cells apart. How many zeros lie between two samples that are `stride` cells apart?",
        ),
        not_padded._replace(
            advice="These are only the inner cells. What must surround the spread row so that the kernel can reach the others?"
        ),
        neither_padded_nor_reversed,
    ),
    hints=(
        "Two places are wrong. Look at the spread row for x = [1, 2]: what should follow the 2?",
        "Between len(x) samples lie len(x) − 1 gaps; so the spread row has `(len(x) - 1) * stride + 1` cells.",
        "And a transposed layer that gathers needs the kernel reversed: `kernel[::-1]`.",
    ),
)


copies = Exercise(
    id="05_copies",
    title="The number of copies that reach cell u",
    truth=lambda u, W, w, s: coverage(W, w, stride=s)[u],
    cases=(
        (4, 6, 3, 2),
        (5, 6, 3, 2),
        (0, 6, 3, 2),
        (12, 6, 3, 2),
        (1, 6, 4, 2),
        (6, 6, 4, 2),
        (2, 6, 2, 3),
        (3, 6, 2, 3),
        (5, 3, 5, 1),
    ),
    misconceptions=(
        Misconception(
            "⌈w / s⌉ everywhere",
            lambda u, W, w, s: -(-w // s),
            "This is the largest number of copies that can meet anywhere. Do they all reach this cell?",
        ),
        Misconception(
            "⌊w / s⌋ everywhere",
            lambda u, W, w, s: w // s,
            "This is w divided by s. If w is no multiple of s, do all cells get equally many copies?",
        ),
        Misconception(
            "copies before the first one",
            lambda u, W, w, s: sum(0 <= u - i * s < w for i in range(-w, W)),
            "Here a copy is counted that would begin left of the row. Which numbers can i have?",
        ),
        Misconception(
            "copies after the last one",
            lambda u, W, w, s: sum(0 <= u - i * s < w for i in range(W + w)),
            "Here a copy is counted that belongs to no input cell. Which numbers can i have?",
        ),
        Misconception(
            "the stride is ignored",
            lambda u, W, w, s: sum(0 <= u - i < w for i in range(W)),
            "This is the number for copies that stand one cell apart. Where does copy i begin with a stride?",
        ),
        Misconception(
            "the last copy is left out",
            lambda u, W, w, s: sum(0 <= u - i * s < w for i in range(W - 1)),
            "Here the copy of the last input cell is never counted. Which numbers can i have?",
        ),
        Misconception(
            "a copy is one cell wider",
            lambda u, W, w, s: sum(0 <= u - i * s <= w for i in range(W)),
            "Here each copy covers w + 1 cells. A copy of width w that begins at cell i·s: which is its last cell?",
        ),
        Misconception(
            "a copy misses its first cell",
            lambda u, W, w, s: sum(0 < u - i * s < w for i in range(W)),
            "Here each copy covers w − 1 cells. A copy of width w that begins at cell i·s: which is its first cell?",
        ),
    ),
    hints=(
        "Copy i begins at cell i·s and covers w cells. When is u among them?",
        "u is among them exactly if `0 <= u - i * s < w`.",
        "Count the i in `range(W)` for which that holds: `sum(... for i in range(W))` counts the True ones.",
    ),
)
