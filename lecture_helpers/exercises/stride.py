"""The exercises of notebook 05, Stride."""

import numpy as np

from ..checks import Exercise, Misconception, summarise
from ..operators import conv_transpose, coverage, cross_correlate
from .data import DIGITS, POWERS, one_copy_wins, random_rows


def summary():
    """All verdicts of this notebook."""
    return summarise(globals())


def _spread(x, zeros, after=0):
    """The samples with so many zeros between them, and so many after the last one."""
    row = np.zeros((len(x) - 1) * (zeros + 1) + 1 + after, int)
    row[: (len(x) - 1) * (zeros + 1) + 1 : zeros + 1] = x
    return row


def _inserted(x, kernel, zeros, after=0):
    return conv_transpose(_spread(x, zeros, after), kernel)


def _every_other(x, kernel, stride):
    return conv_transpose(x, kernel)[::stride]


_STRIDES = tuple(zip(random_rows(seed=53, count=3, widest=4), (1, 2, 3)))
CASES = ((DIGITS, POWERS, 2), *((x, kernel, stride) for (x, kernel), stride in _STRIDES), (np.array([7, 2]), np.array([3, 8]), 3))

stride_row = Exercise(
    id="05_stride_row",
    title="A transposed layer with stride 2",
    truth=lambda: conv_transpose(DIGITS, POWERS, stride=2),
    misconceptions=(
        Misconception(
            "the stride moves over the input",
            lambda: _every_other(DIGITS, POWERS, 2),
            "Your row is every second cell of the row for stride 1, so the layer shrinks. Which of the two rows does a "
            "transposed "
            "layer's stride space out?",
        ),
        Misconception(
            "the stride is ignored",
            lambda: conv_transpose(DIGITS, POWERS),
            "This is the row for stride 1. Where does copy i begin when copies stand two cells apart?",
        ),
        Misconception(
            "the kernel is reversed while stamping",
            lambda: conv_transpose(DIGITS, POWERS[::-1], stride=2),
            "Each of your copies lies the wrong way round. Stamp a single 1: in which order should its taps come out?",
        ),
        Misconception(
            "a convolution layer",
            lambda: cross_correlate(DIGITS, POWERS, stride=2),
            "This is the convolution layer's row. Which of the two layers is asked for?",
        ),
        Misconception(
            "copies s + 1 cells apart",
            lambda: conv_transpose(DIGITS, POWERS, stride=3),
            "Your copies stand side by side without meeting. By how many cells is each one shifted if the stride is 2?",
        ),
        Misconception(
            "a zero follows the last copy",
            lambda: _inserted(DIGITS, POWERS, 1, 1),
            "One cell too many at the end. On which cell does the last copy end?",
        ),
        Misconception(
            "width s·W",
            lambda: conv_transpose(DIGITS, POWERS, stride=2)[:8],
            "Eight cells, twice the input: the last copy is cut off. Where does it begin, and how wide is it?",
        ),
        Misconception(
            "the stride spreads the kernel",
            lambda: conv_transpose(DIGITS, POWERS, dilation=2),
            "Gaps have opened within each copy. Does a stride move the taps of a copy apart, or the copies?",
        ),
        Misconception(
            "copies overwrite each other",
            lambda: one_copy_wins(DIGITS, POWERS, 2),
            "Where two copies meet, your row holds only the later one. How many copies reach the lit cell?",
        ),
    ),
    hints=(
        "Write each copy on a line of its own: 1 10 100, then 2 20 200, and so on.",
        "With stride 2, each copy stands two cells further right than the one before.",
        "Copy i covers the cells 2i, 2i + 1 and 2i + 2: neighbours share one cell.",
    ),
)

stamp = Exercise(
    id="05_stamp",
    title="Stamp with a stride",
    truth=lambda x, kernel, stride: conv_transpose(x, kernel, stride=stride),
    cases=CASES,
    misconceptions=(
        Misconception(
            "copies overwrite each other",
            one_copy_wins,
            "Where two copies meet, your row holds only the later one. How many copies reach the lit cell?",
        ),
        Misconception(
            "the stride is ignored",
            lambda x, kernel, stride: conv_transpose(x, kernel),
            "This is the row for stride 1. Where does copy i begin when copies stand `stride` cells apart?",
        ),
        Misconception(
            "the stride moves over the input",
            _every_other,
            "Your row is every `stride`-th cell of the row for stride 1. Which row does the stride space out here?",
        ),
        Misconception(
            "the kernel is reversed while stamping",
            lambda x, kernel, stride: conv_transpose(x, kernel[::-1], stride=stride),
            "Each of your copies lies the wrong way round. Stamp a single 1: in which order should its taps come out?",
        ),
        Misconception(
            "the stride spreads the kernel",
            lambda x, kernel, stride: conv_transpose(x, kernel, dilation=stride),
            "Your copies have gaps in them. Does a stride move the taps of a copy apart, or the copies?",
        ),
        Misconception(
            "width s·W",
            lambda x, kernel, stride: np.resize(
                [*conv_transpose(x, kernel, stride=stride), *[0] * stride * len(x)], stride * len(x)
            ),
            "Your row has `stride · len(x)` cells. On which cell does the last copy end?",
        ),
        Misconception(
            "room for one more step",
            lambda x, kernel, stride: [*conv_transpose(x, kernel, stride=stride), *[0] * stride],
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
    truth=lambda x, kernel, stride: conv_transpose(x, kernel, stride=stride),
    cases=CASES,
    misconceptions=(
        Misconception(
            "a zero follows the last sample, and the kernel is not reversed",
            lambda x, kernel, stride: _inserted(x, kernel[::-1], stride - 1, stride - 1),
            "Two things are left: zeros that no copy reaches stand at the end, and the taps run the wrong way. What does a "
            "single 1 give?",
        ),
        Misconception(
            "a zero follows the last sample",
            lambda x, kernel, stride: _inserted(x, kernel, stride - 1, stride - 1),
            "There are zeros at the end that no copy reaches. How many gaps lie between len(x) samples?",
        ),
        Misconception(
            "the kernel is not reversed",
            lambda x, kernel, stride: _inserted(x, kernel[::-1], stride - 1),
            "These are the numbers of a kernel laid on in the order it is written. Send a single 1 through both versions: "
            "in which order do the taps come out?",
        ),
        Misconception(
            "s zeros between the samples",
            lambda x, kernel, stride: _inserted(x, kernel, stride),
            "Your samples stand `stride + 1` cells apart. How many zeros lie between two samples that are `stride` cells apart?",
        ),
        Misconception(
            "not padded",
            lambda x, kernel, stride: cross_correlate(_spread(x, stride - 1), kernel[::-1]),
            "These are only the inner cells. What must surround the spread row so that the kernel can reach the outermost "
            "output cells?",
        ),
        Misconception(
            "not padded, not reversed",
            lambda x, kernel, stride: cross_correlate(_spread(x, stride - 1), kernel),
            "Only the inner cells are here, and the taps run the wrong way. Which two things does the gather form need?",
        ),
    ),
    hints=(
        "Two places are wrong. Look at the spread row for x = [1, 2]: what should follow the 2?",
        "Between len(x) samples lie len(x) − 1 gaps; so the spread row has `(len(x) - 1) * stride + 1` cells.",
        "And a transposed layer that gathers needs the kernel reversed: `kernel[::-1]`.",
    ),
)


def _copies(u, W, w, s):
    return coverage(W, w, stride=s)[u]


copies = Exercise(
    id="05_copies",
    title="How many copies reach cell u?",
    truth=_copies,
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
    ),
    hints=(
        "Copy i begins at cell i·s and covers w cells. When is u among them?",
        "u is among them exactly if `0 <= u - i * s < w`.",
        "Count the i in `range(W)` for which that holds: `sum(... for i in range(W))` counts the True ones.",
    ),
)
