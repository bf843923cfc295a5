"""The exercises of notebook 06, Padding and dilation."""

import numpy as np

from ..checks import Exercise, Misconception, summarise
from ..geometry import conv_transpose_output_size, extent
from ..operators import conv_transpose, cross_correlate, kernel_gradient
from .data import DIGITS, POWERS, overwritten, repeated_samples, reversed_copies, spread


def summary():
    """All verdicts of this notebook."""
    return summarise(globals())


FULL = conv_transpose(DIGITS, POWERS, stride=2)

cropped_row = Exercise(
    id="06_cropped_row",
    title="Stride 2 and padding 1",
    truth=lambda: conv_transpose(DIGITS, POWERS, stride=2, padding=1),
    misconceptions=(
        Misconception(
            "padding makes the output larger",
            lambda: [0, *FULL, 0],
            "Zeros have been added round the output. On which cells of the full row would a kernel that begins at −1 write?",
        ),
        Misconception(
            "zeros round the input",
            lambda: conv_transpose([0, *DIGITS, 0], POWERS, stride=2),
            "Here the input got a zero at each end before it was stamped. Which of a transposed layer's rows has the padding?",
        ),
        Misconception(
            "cropped on the left only",
            lambda: FULL[1:],
            "One cell has gone, at the left end. What happens at the other end?",
        ),
        Misconception(
            "cropped on the right only",
            lambda: FULL[:-1],
            "One cell has gone, at the right end. What happens at the other end?",
        ),
        Misconception(
            "not cropped",
            lambda: FULL,
            "This is the row for padding 0. Which of its cells lie at u = −1, if every copy moves one cell to the left?",
        ),
        Misconception(
            "the stride is ignored",
            lambda: conv_transpose(DIGITS, POWERS, padding=1),
            "Your copies stand one cell apart. Where does copy i begin with stride 2?",
        ),
        reversed_copies._replace(model=lambda: conv_transpose(DIGITS, POWERS[::-1], stride=2, padding=1)),
        Misconception(
            "cropped cells hold zeros",
            lambda: [0, *FULL[1:-1], 0],
            "You wrote zeros where cells were cropped. Do those cells still exist?",
        ),
        Misconception(
            "a convolution layer",
            lambda: cross_correlate(DIGITS, POWERS, stride=2, padding=1),
            "This is the convolution layer's row. Which of the two layers is asked for?",
        ),
        Misconception(
            "cropped by s·p cells",
            lambda: FULL[2:-2],
            "Two cells have gone at each end. In which row's cells is the padding counted, the small one's or the large one's?",
        ),
        *repeated_samples,
    ),
    hints=(
        "Begin with the full row for stride 2: nine cells.",
        "With padding 1, u = 2i + a − 1: every copy moves one cell to the left, and what leaves the row is dropped.",
        "One cell is dropped at each end.",
    ),
)


def _gathered(x, kernel, stride, padding):
    return cross_correlate(spread(x, stride - 1), kernel[::-1], padding=padding)


cropping_gather = Exercise(
    id="06_cropping_gather",
    title="Repair the gather form with padding",
    truth=lambda x, kernel, stride, padding: conv_transpose(x, kernel, stride=stride, padding=padding),
    cases=(
        (DIGITS, POWERS, 2, 1),
        (DIGITS, POWERS, 1, 2),
        (np.array([4, 0, 5]), np.array([7, 2, 3, 9]), 3, 1),
        (np.array([6, 1]), np.array([2, 8]), 1, 0),
    ),
    misconceptions=(
        Misconception(
            "padding makes the output larger",
            lambda x, kernel, stride, padding: _gathered(x, kernel, stride, len(kernel) - 1 + padding),
            "Your row grows with the padding. What does a transposed layer's padding do to its output?",
        ),
        Misconception(
            "the padding is forgotten",
            lambda x, kernel, stride, padding: _gathered(x, kernel, stride, len(kernel) - 1),
            "This is the full row. How many zeros fewer does the kernel need if the outermost output cells are dropped?",
        ),
        Misconception(
            "padded as a convolution layer is",
            lambda x, kernel, stride, padding: _gathered(x, kernel, stride, padding),
            "You hand the padding on as it is. For padding 0, how many zeros does the gather form need at each end?",
        ),
        Misconception(
            "one zero too many",
            lambda x, kernel, stride, padding: _gathered(x, kernel, stride, len(kernel) - padding),
            "One cell too many at each end. How many zeros does the gather form need for padding 0?",
        ),
        Misconception(
            "cropped by s·p cells",
            lambda x, kernel, stride, padding: conv_transpose(x, kernel, stride=stride, padding=stride * padding),
            "More cells have gone than the padding says. In which row's cells is it counted?",
        ),
        Misconception(
            "nothing is left for padding 0",
            lambda x, kernel, stride, padding: conv_transpose(x, kernel, stride=stride)[padding:-padding],
            "Nothing is cropped with padding 0, but your row is empty then. What is `y[p:-p]` for p = 0?",
        ),
    ),
    hints=(
        "Delete the line that raises, run both cells, and compare the widths: does padding make the output wider or narrower?",
        "Padding crops p cells at each end. So the kernel needs p zeros fewer at each end.",
        "`padding=len(kernel) - 1 - padding`.",
    ),
)

P1_OP1 = conv_transpose(DIGITS, POWERS, stride=2, padding=1, output_padding=1)
P0_OP1 = conv_transpose(DIGITS, POWERS, stride=2, output_padding=1)

output_padding_rows = Exercise(
    id="06_output_padding_rows",
    title="output_padding, with and without a crop",
    truth=lambda: [P1_OP1, P0_OP1],
    misconceptions=(
        Misconception(
            "output_padding always appends zeros",
            lambda: [[*P1_OP1[:-1], 0], P0_OP1],
            "The first row ends with a 0. The crop moved by one cell at the right end: which number stood there before the crop?",
        ),
        Misconception(
            "output_padding never gives a zero",
            lambda: [P1_OP1, FULL],
            "The second row is the full row. It has nothing left to uncover: what stands in a cell that no copy reaches?",
        ),
        Misconception(
            "output_padding on the left",
            lambda: [FULL[:-1], [0, *FULL]],
            "Your rows grow at the left end. At which end does a convolution layer with a stride leave cells unread?",
        ),
        Misconception(
            "the two rows exchanged",
            lambda: [P0_OP1, P1_OP1],
            "You have the two rows in the opposite order. Which padding was asked for first?",
        ),
        Misconception(
            "a zero on the left",
            lambda: [[0, *FULL[1:-1]], [0, *FULL]],
            "Your rows begin with a 0. At which end does output_padding move the crop?",
        ),
        Misconception(
            "a zero at both ends",
            lambda: [[0, *FULL[1:-1], 0], [0, *FULL, 0]],
            "Your rows grow at both ends. How many cells does output_padding 1 add?",
        ),
        Misconception(
            "output_padding on both sides",
            lambda: [FULL, [0, *FULL, 0]],
            "Your rows grow by two cells. How many cells does output_padding 1 add?",
        ),
        Misconception(
            "output_padding changes nothing",
            lambda: [FULL[1:-1], FULL],
            "These are the rows for output_padding 0. What do you see if the right end is cropped by one cell less?",
        ),
    ),
    hints=(
        "The full row has nine cells: 1 10 102 … 40 400.",
        "The left end is cropped by p cells, the right end by p − op.",
        "For p = 1, op = 1 the right end is not cropped at all. For p = 0, op = 1 it needs one cell more than the copies fill.",
    ),
)

SPACED = spread(POWERS, 1)

dilated_row = Exercise(
    id="06_dilated_row",
    title="A transposed layer with dilation 2",
    truth=lambda: conv_transpose(DIGITS, POWERS, dilation=2),
    misconceptions=(
        Misconception(
            "dilation spreads the input",
            lambda: FULL,
            "Your copies stand two cells apart, each without gaps: that is a stride. What does dilation move apart?",
        ),
        Misconception(
            "d zeros between the taps",
            lambda: conv_transpose(DIGITS, POWERS, dilation=3),
            "Your taps stand three cells apart. How many gaps lie between neighbouring taps if they are two cells apart?",
        ),
        Misconception(
            "the dilation is ignored",
            lambda: conv_transpose(DIGITS, POWERS),
            "This is the row for dilation 1. On which cells does the first copy lie if its taps stand two cells apart?",
        ),
        reversed_copies.on(DIGITS, SPACED),
        overwritten.on(DIGITS, SPACED),
    ),
    hints=(
        "Write one copy with its gaps: 1 _ 10 _ 100.",
        "Copies still stand one cell apart: 1 _ 10 _ 100, and 2 _ 20 _ 200 one cell further right.",
        "Even and odd cells add up separately at first: 1, 2, 10 + 3, 20 + 4, …",
    ),
)

PAIRS = ((3, 1), (1, 1), (2, 3))

largest_output_padding = Exercise(
    id="06_largest_output_padding",
    title="The largest output_padding",
    truth=lambda: [[max(s, d) - 1, s - 1] for s, d in PAIRS],
    misconceptions=(
        Misconception(
            "PyTorch checks the mathematics",
            lambda: [[s - 1, s - 1] for s, d in PAIRS],
            "The second numbers are right. With which of s and d does PyTorch compare output_padding?",
        ),
        Misconception(
            "what PyTorch accepts always means something",
            lambda: [[max(s, d) - 1] * 2 for s, d in PAIRS],
            "The first numbers are right. With stride 2, how many widths does a convolution layer turn into one and the same?",
        ),
        Misconception(
            "output_padding may equal the bound",
            lambda: [[max(s, d), s] for s, d in PAIRS],
            "All your numbers are the bounds themselves. Is the comparison < or ≤?",
        ),
        Misconception(
            "the two exchanged",
            lambda: [[s - 1, max(s, d) - 1] for s, d in PAIRS],
            "You have the two numbers of each pair in the opposite order. Which one was asked for first?",
        ),
    ),
    hints=(
        "PyTorch's check: op < max(s, d). The mathematics: op < s.",
        "For whole numbers, op < s means that op is at most s − 1.",
        "For (3, 1) both are 2. For (2, 3) they differ.",
    ),
)


def _gap_after_each_tap(w, d):
    return d * w


def _d_zeros_between_taps(w, d):
    return w + d * (w - 1)


def _size(m, w, s, p, op, d, extent_of=extent):
    return (m - 1) * s - 2 * p + extent_of(w, d) + op


transposed_size = Exercise(
    id="06_transposed_size",
    title="The width of a transposed layer",
    truth=lambda m, w, s, p, op, d: conv_transpose_output_size(m, w, stride=s, padding=p, output_padding=op, dilation=d),
    cases=(
        (10, 3, 1, 0, 0, 2),
        (4, 3, 2, 1, 1, 1),
        (6, 5, 3, 2, 2, 1),
        (7, 4, 2, 1, 0, 3),
        (1, 4, 1, 0, 0, 1),
        (4, 3, 2, 0, 1, 1),
    ),
    misconceptions=(
        Misconception(
            "the dilation is forgotten",
            lambda m, w, s, p, op, d: _size(m, w, s, p, op, 1),
            "This is the width for dilation 1. How many cells does one copy span if its taps stand d cells apart?",
        ),
        Misconception(
            "extent d·w",
            lambda m, w, s, p, op, d: _size(m, w, s, p, op, d, _gap_after_each_tap),
            "Your copy spans d·w cells, gaps after the last tap included. How many gaps lie between w taps?",
        ),
        Misconception(
            "d zeros between the taps",
            lambda m, w, s, p, op, d: _size(m, w, s, p, op, d, _d_zeros_between_taps),
            "Your copy has d empty cells between its taps. How many are there if neighbouring taps stand d cells apart?",
        ),
        Misconception(
            "padding is added",
            lambda m, w, s, p, op, d: _size(m, w, s, -p, op, d),
            "Your width grows with the padding. What does a transposed layer's padding do to its output?",
        ),
        Misconception(
            "cropped at one end only",
            lambda m, w, s, p, op, d: _size(m, w, s, p, op, d) + p,
            "The padding crops one end only here. How many ends does a row have?",
        ),
        Misconception(
            "m·s instead of (m − 1)·s",
            lambda m, w, s, p, op, d: _size(m, w, s, p, op, d) + s,
            "One step too many. How many steps lie between the first copy and the last of m?",
        ),
        Misconception(
            "output_padding only uncovers",
            lambda m, w, s, p, op, d: _size(m, w, s, p, min(op, p), d),
            "Your op adds nothing once the crop is used up. How wide is the row for p = 0 and op = 1?",
        ),
        Misconception(
            "the size of a convolution layer",
            lambda m, w, s, p, op, d: (m + 2 * p - extent(w, d)) // s + 1,
            "This is the size of a convolution layer's output. Which of a transposed layer's rows is the larger one?",
        ),
        Misconception(
            "extent d(w − 1)",
            lambda m, w, s, p, op, d: _size(m, w, s, p, op, d) - 1,
            "Your copy spans d(w − 1) cells. How many would that be for w = 1?",
        ),
        Misconception(
            "the padding is forgotten",
            lambda m, w, s, p, op, d: _size(m, w, s, 0, op, d),
            "This is the width for padding 0. What does p crop?",
        ),
        Misconception(
            "cropped by s·p cells",
            lambda m, w, s, p, op, d: _size(m, w, s, s * p, op, d),
            "Here s·p cells are cropped at each end. In which row's cells is the padding counted?",
        ),
        Misconception(
            "output_padding is forgotten",
            lambda m, w, s, p, op, d: _size(m, w, s, p, 0, d),
            "This is the width for output_padding 0. At which end, and by how many cells, does op change it?",
        ),
        Misconception(
            "output_padding is subtracted",
            lambda m, w, s, p, op, d: _size(m, w, s, p, -op, d),
            "Your width shrinks with op. Does a larger op crop more at the right, or less?",
        ),
        Misconception(
            "width s·W",
            lambda m, w, s, p, op, d: m * s - 2 * p + op,
            "Your row has s cells for each copy, before the crop. How many cells does the last copy cover?",
        ),
    ),
    hints=(
        "Where does the last copy begin, before anything is cropped? And how many cells does it span?",
        "It begins at (m − 1)·s and spans d(w − 1) + 1 cells.",
        "Then crop p cells at the left end and p − op at the right one.",
    ),
)


def _unread(n, w, s, p, d, extent_of=extent):
    return (n + 2 * p - extent_of(w, d)) % s


needed_output_padding = Exercise(
    id="06_needed_output_padding",
    title="The output_padding that restores a size",
    truth=_unread,
    cases=(
        (16, 5, 3, 2, 1),
        (17, 5, 3, 2, 1),
        (18, 5, 3, 2, 1),
        (8, 3, 2, 1, 1),
        (13, 3, 4, 1, 2),
        (9, 2, 1, 0, 1),
        (12, 3, 2, 0, 3),
        (12, 3, 3, 2, 2),
    ),
    misconceptions=(
        Misconception(
            "the same parameters always restore the size",
            lambda n, w, s, p, d: 0,
            "With 0, the round trip comes back to the smallest size that fits. Do 16, 17 and 18 cells lead to one small size?",
        ),
        Misconception(
            "always s − 1",
            lambda n, w, s, p, d: s - 1,
            "This is the largest value that means anything. How many cells did the last step of the kernel really leave over?",
        ),
        Misconception(
            "n mod s",
            lambda n, w, s, p, d: n % s,
            "You divide n alone. Does the kernel's walk begin with n free cells, or has the kernel itself a width?",
        ),
        Misconception(
            "the padding is forgotten",
            lambda n, w, s, p, d: _unread(n, w, s, 0, d),
            "Here the kernel walks over the n cells alone. Over how many does it walk with padding p at each end?",
        ),
        Misconception(
            "padded on one side",
            lambda n, w, s, p, d: (n + p - extent(w, d)) % s,
            "The padding is counted once. At how many ends do the zeros stand?",
        ),
        Misconception(
            "extent d(w − 1)",
            lambda n, w, s, p, d: _unread(n + 1, w, s, p, d),
            "Your kernel spans d(w − 1) cells. How many would that be for w = 1?",
        ),
        Misconception(
            "cells missing to the next step",
            lambda n, w, s, p, d: -(n + 2 * p - extent(w, d)) % s,
            "You count the cells that are missing to one more step. How many are left over after the last one?",
        ),
        Misconception(
            "the remainder by max(s, d)",
            lambda n, w, s, p, d: _unread(n, w, max(s, d), p, d),
            "You divide by the larger of s and d. By how many cells does the kernel move at a time?",
        ),
        Misconception(
            "the dilation is forgotten",
            lambda n, w, s, p, d: _unread(n, w, s, p, 1),
            "Your kernel spans w cells. How many does it span with dilation d?",
        ),
        Misconception(
            "padding and dilation are forgotten",
            lambda n, w, s, p, d: (n - w) % s,
            "Your kernel spans w cells and walks over the n cells alone. What do the dilation and the padding change?",
        ),
        Misconception(
            "the kernel is forgotten",
            lambda n, w, s, p, d: (n + 2 * p) % s,
            "You divide the whole padded row. How many cells can a kernel of extent K walk on a row of n + 2p cells?",
        ),
        Misconception(
            "extent d·w",
            lambda n, w, s, p, d: _unread(n, w, s, p, d, _gap_after_each_tap),
            "Your kernel spans d·w cells, gaps after the last tap included. How many gaps lie between w taps?",
        ),
        Misconception(
            "d zeros between the taps",
            lambda n, w, s, p, d: _unread(n, w, s, p, d, _d_zeros_between_taps),
            "Your kernel has d empty cells between its taps. How many are there if neighbouring taps stand d cells apart?",
        ),
        Misconception(
            "the steps instead of the remainder",
            lambda n, w, s, p, d: (n + 2 * p - extent(w, d)) // s,
            "This counts the steps of the kernel. What do they leave over?",
        ),
    ),
    hints=(
        "How many cells lie to the right of the kernel when it stands at its last place?",
        "The kernel of extent K walks over n + 2p cells in steps of s: it has n + 2p − K cells to walk.",
        "What the last step cannot use is the remainder: `(n + 2 * p - K) % s`, with `K = d * (w - 1) + 1`.",
    ),
)

strided_kernel_gradient = Exercise(
    id="06_strided_kernel_gradient",
    title="The kernel's gradient with a stride",
    truth=lambda x, g, w, stride: kernel_gradient(x, g, w, stride=stride),
    cases=(
        (np.arange(1, 9), POWERS, 3, 2),
        (np.array([3, 1, 4, 1, 5, 9, 2]), np.array([2, 7, 1]), 2, 2),
        (np.array([2, 8, 5, 3, 7, 4, 9, 6]), np.array([5, 3]), 4, 3),
        (np.array([6, 2, 9, 4]), np.array([1, 7, 3]), 2, 1),
    ),
    misconceptions=(
        Misconception(
            "the stride is ignored",
            lambda x, g, w, stride: kernel_gradient(x[: len(g) + w - 1], g, w),
            "Your sums read neighbouring cells. On which cell does tap a lie when the kernel stands at place i with this stride?",
        ),
        Misconception(
            "not trimmed",
            lambda x, g, w, stride: cross_correlate(x, g, dilation=stride),
            "Your row has a number for every place that fits. How many taps does the kernel have?",
        ),
        Misconception(
            "a stride instead of a dilation",
            lambda x, g, w, stride: cross_correlate(x, g, stride=stride)[:w],
            "Your gradient from above takes steps of s, its numbers side by side. How far apart are the cells that a tap reads?",
        ),
        Misconception(
            "the taps are reversed",
            lambda x, g, w, stride: kernel_gradient(x, g, w, stride=stride)[::-1],
            "The right numbers, in the opposite order. Which of them belongs to tap 0?",
        ),
        Misconception(
            "the gradient from above is reversed",
            lambda x, g, w, stride: kernel_gradient(x, g[::-1], w, stride=stride),
            "The gradient from above runs backwards in your sums. With which of its numbers is x[0] multiplied?",
        ),
    ),
    hints=(
        "Tap a is used at every place i, on the cell u = i·s + a.",
        "∂ℓ/∂κ[a] is the sum of `g[i] * x[i * stride + a]` over all i.",
        "The cells that one tap reads lie `stride` apart: `x[a::stride][:len(g)]`.",
    ),
)
