"""The exercises of notebook 06, Padding and dilation."""

from functools import partial

import numpy as np

from ..checks import summarise
from ..geometry import conv_output_size, conv_transpose_output_size, extent
from ..operators import conv_transpose, cross_correlate, kernel_gradient
from .data import DIGITS, MIXED, POWERS, one_copy_wins, repeated_samples, spread, stamps
from .families import exercise
from .slips import LATER

summary = partial(summarise, globals())

FULL = conv_transpose(DIGITS, POWERS, stride=2)

cropped_row = exercise(
    id="06_cropped_row", title="Stride 2 and padding 1",
    truth=lambda x, kernel, stride, padding: conv_transpose(x, kernel, stride=stride, padding=padding),
    predict=(DIGITS, POWERS, 2, 1), layer=stamps,
    misconceptions=(
        ("zeros round the input", lambda *case: conv_transpose([0, *DIGITS, 0], POWERS, stride=2),
         "Here the input got a zero at each end before it was stamped. Which of a transposed layer's rows has the padding?"),
        ("padding: ignored",
         "This is the row for padding 0. Which of its cells lie outside if each copy moves one cell to the left?"),
        ("a zero at each end", "You wrote zeros where cells were cropped. Do those cells still exist?"),
        *repeated_samples,
    ),
    hints=("Begin with the full row for stride 2: nine cells.",
           "With padding 1, u = 2i + a − 1: every copy moves one cell to the left, and what leaves the row is dropped.",
           "One cell is dropped at each end."),
)


def _gathered(x, kernel, stride, padding):
    return cross_correlate(spread(x, stride - 1), kernel[::-1], padding=padding)


cropping_gather = exercise(
    id="06_cropping_gather", title="Repair the gather form with padding",
    truth=lambda x, kernel, stride, padding: conv_transpose(x, kernel, stride=stride, padding=padding), layer=stamps,
    cases=((DIGITS, POWERS, 2, 1), (DIGITS, POWERS, 1, 2), (np.array([4, 0, 5]), np.array([7, 2, 3, 9]), 3, 1),
           (np.array([6, 1]), np.array([2, 8]), 1, 0), (*MIXED, 2, 1)),
    misconceptions=(
        ("padding: ignored", "This is the full row. How many zeros fewer does the kernel need if the outermost cells go?"),
        ("padded as a convolution layer is", lambda x, kernel, stride, padding: _gathered(x, kernel, stride, padding),
         "You hand the padding on as it is. For padding 0, how many zeros does the gather form need at each end?"),
        ("one zero too many", lambda x, kernel, stride, padding: _gathered(x, kernel, stride, len(kernel) - padding),
         "One cell too many at each end. How many zeros does the gather form need for padding 0?"),
        ("cropped by s·p cells",
         lambda x, kernel, stride, padding: conv_transpose(x, kernel, stride=stride, padding=stride * padding),
         "More cells have gone than the padding says. In which row's cells is it counted?"),
        ("nothing is left for padding 0",
         lambda x, kernel, stride, padding: conv_transpose(x, kernel, stride=stride)[padding:-padding],
         "Nothing is cropped with padding 0, but your row is empty then. What is `y[p:-p]` for p = 0?"),
        ("(w − 1)·s zeros", lambda x, kernel, stride, padding: _gathered(x, kernel, stride, (len(kernel) - 1) * stride - padding),
         "The number of zeros grows with the stride here. How far beyond the end may the kernel stand and still touch a sample?"),
    ),
    hints=("Delete the line that raises, run both cells, and compare the widths: does padding make the output wider or narrower?",
           "Padding crops p cells at each end. So the kernel needs p zeros fewer at each end.",
           "`padding=len(kernel) - 1 - padding`."),
)

P1_OP1 = conv_transpose(DIGITS, POWERS, stride=2, padding=1, output_padding=1)
P0_OP1 = conv_transpose(DIGITS, POWERS, stride=2, output_padding=1)

output_padding_rows = exercise(
    id="06_output_padding_rows", title="output_padding, with and without a crop", truth=lambda: [P1_OP1, P0_OP1], predict=(),
    misconceptions=(
        ("output_padding always appends zeros", lambda *case: [[*P1_OP1[:-1], 0], P0_OP1],
         "The first row ends with a 0. The crop moved by one cell at the right end: which number stood there before the crop?"),
        ("output_padding never gives a zero", lambda *case: [P1_OP1, FULL],
         "The second row is the full row. It has nothing left to uncover: what stands in a cell that no copy reaches?"),
        ("output_padding on the left", lambda *case: [FULL[:-1], [0, *FULL]],
         "Your rows grow at the left end. At which end does a convolution layer with a stride leave cells unread?"),
        ("the two rows exchanged", lambda *case: [P0_OP1, P1_OP1],
         "You have the two rows in the opposite order. Which padding was asked for first?"),
        ("a zero on the left", lambda *case: [[0, *FULL[1:-1]], [0, *FULL]],
         "Your rows begin with a 0. At which end does output_padding move the crop?"),
        ("the first row on the left", lambda *case: [FULL[:-1], P0_OP1],
         "The second row is right; your first one grew at its left end. At which end does output_padding move the crop?"),
        ("a zero on the left of the first row", lambda *case: [[0, *FULL[1:-1]], P0_OP1],
         "The second row is right; your first one begins with a 0. At which end does output_padding move the crop?"),
        ("the second row on the left", lambda *case: [P1_OP1, [0, *FULL]],
         "The first row is right; your second one begins with a 0. At which end does output_padding work?"),
        ("output_padding changes nothing under a crop", lambda *case: [FULL[1:-1], P0_OP1],
         "The second row is right; your first one is that for output_padding 0. What is left of the crop at its right end?"),
        ("output_padding on both sides", lambda *case: [FULL, [0, *FULL, 0]],
         "Your rows grow by two cells. How many cells does output_padding 1 add?"),
        ("output_padding changes nothing", lambda *case: [FULL[1:-1], FULL],
         "These are the rows for output_padding 0. What do you see if the right end is cropped by one cell less?"),
        ("only the first row", lambda *case: P1_OP1,
         "This is the row for padding 1. Which other one does the task ask for, so that two rows make one list?"),
    ),
    hints=("The full row has nine cells: 1 10 102 … 40 400.", "The left end is cropped by p cells, the right end by p − op.",
           "For p = 1, op = 1 the right end is not cropped at all. For p = 0, op = 1 it needs a cell more than the copies fill."),
)

SPACED = spread(POWERS, 1)

dilated_row = exercise(
    id="06_dilated_row", title="A transposed layer with dilation 2",
    truth=lambda x, kernel, dilation: conv_transpose(x, kernel, dilation=dilation), predict=(DIGITS, POWERS, 2),
    layer=lambda x, kernel, dilation: stamps(x, kernel, dilation=dilation),
    misconceptions=(
        ("dilation spreads the input", lambda *case: FULL,
         "Your copies stand two cells apart, each without gaps: that is a stride. What does dilation move apart?"),
        ("d zeros between the taps", lambda *case: conv_transpose(DIGITS, POWERS, dilation=3),
         "Your taps stand three cells apart. How many gaps lie between neighbouring taps if they are two cells apart?"),
        ("dilation: ignored",
         "This is the row for dilation 1. On which cells does a copy lie if its taps stand two cells apart?"),
        ("copies overwrite each other", lambda *case: one_copy_wins(DIGITS, SPACED), LATER),
    ),
    hints=("Write one copy with its gaps: 1 _ 10 _ 100.",
           "Copies still stand one cell apart: 1 _ 10 _ 100, and 2 _ 20 _ 200 one cell further right.",
           "Even and odd cells add up separately at first: 1, 2, 10 + 3, 20 + 4, …"),
)


def _gap_after_each_tap(w, d):
    return d * w


def _d_zeros_between_taps(w, d):
    return w + d * (w - 1)


def _size(m, w, s, p, op, d, extent_of=extent):
    return (m - 1) * s - 2 * p + extent_of(w, d) + op


conv_size = exercise(
    id="06_conv_size", title="The width of a convolution layer",
    truth=lambda n, w, s, p, d: conv_output_size(n, w, stride=s, padding=p, dilation=d),
    without=("conv_output_size", "conv_transpose_output_size", "cross_correlate", "conv1d", "Conv1d"),
    cases=((20, 4, 3, 2, 2), (7, 3, 2, 0, 1), (8, 3, 2, 0, 1), (9, 3, 1, 1, 1), (12, 2, 3, 1, 4), (5, 5, 2, 0, 1)),
    misconceptions=(
        ("d: ignored", "This is the number of places for dilation 1. How many cells does the kernel span?"),
        ("extent d·w", lambda n, w, s, p, d: (n + 2 * p - d * w) // s + 1,
         "Your kernel spans d·w cells, gaps after the last tap included. How many gaps lie between w taps?"),
        ("d zeros between the taps", lambda n, w, s, p, d: (n + 2 * p - _d_zeros_between_taps(w, d)) // s + 1,
         "Your kernel has d empty cells between its taps. How many are there if neighbouring taps stand d cells apart?"),
        ("padded at one end only", lambda n, w, s, p, d: (n + p - extent(w, d)) // s + 1,
         "Your padding stands at one end only. How many ends does a row have?"),
        ("cropped by its padding", lambda n, w, s, p, d: (n - 2 * p - extent(w, d)) // s + 1,
         "Your width shrinks with the padding. What does padding do to the row that a convolution layer reads?"),
        ("steps instead of places", lambda n, w, s, p, d: (n + 2 * p - extent(w, d)) // s,
         "You count the kernel's steps. At how many places has it stood after one step?"),
        ("not rounded", lambda n, w, s, p, d: (n + 2 * p - extent(w, d)) / s + 1,
         "Your answer is a fraction where a step does not fit. Which division of Python gives whole numbers?"),
        ("rounded up", lambda n, w, s, p, d: -(-(n + 2 * p - extent(w, d)) // s) + 1,
         "Your kernel takes a last step that does not fit. Which way must the division round?"),
        ("the + 1 before the division", lambda n, w, s, p, d: (n + 2 * p - extent(w, d) + 1) // s,
         "You divide the number of places for stride 1. Does the place at the very start need a step?"),
        ("extent d(w − 1)", lambda n, w, s, p, d: (n + 2 * p - d * (w - 1)) // s + 1,
         "Your kernel spans d(w − 1) cells. How many would that be for w = 1?"),
        ("the size of a transposed layer", lambda n, w, s, p, d: (n - 1) * s - 2 * p + extent(w, d),
         "This is the size of a transposed layer's output. Which of a convolution layer's rows is the larger one?"),
    ),
    hints=("The kernel spans K = d(w − 1) + 1 cells of a row of n + 2p. How many cells are left for it to walk?",
           "It walks n + 2p − K cells in steps of s. How many steps fit, and at how many places has it stood then?",
           "`(n + 2 * p - K) // s + 1`."),
)

transposed_size = exercise(
    id="06_transposed_size", title="The width of a transposed layer",
    truth=lambda m, w, s, p, op, d: conv_transpose_output_size(m, w, stride=s, padding=p, output_padding=op, dilation=d),
    without=("conv_transpose_output_size", "conv_transpose", "conv_output_size", "conv_transpose1d", "ConvTranspose1d"),
    cases=((10, 3, 1, 0, 0, 2), (4, 3, 2, 1, 1, 1), (6, 5, 3, 2, 2, 1), (7, 4, 2, 1, 0, 3), (1, 4, 1, 0, 0, 1),
           (4, 3, 2, 0, 1, 1)),
    misconceptions=(
        ("d: ignored", "This is the width for dilation 1. How many cells does one copy span if its taps stand d cells apart?"),
        ("extent d·w", lambda m, w, s, p, op, d: _size(m, w, s, p, op, d, _gap_after_each_tap),
         "Your copy spans d·w cells, gaps after the last tap included. How many gaps lie between w taps?"),
        ("d zeros between the taps", lambda m, w, s, p, op, d: _size(m, w, s, p, op, d, _d_zeros_between_taps),
         "Your copy has d empty cells between its taps. How many are there if neighbouring taps stand d cells apart?"),
        ("padding is added", lambda m, w, s, p, op, d: _size(m, w, s, -p, op, d),
         "Your width grows with the padding. What does a transposed layer's padding do to its output?"),
        ("cropped at one end only", lambda m, w, s, p, op, d: _size(m, w, s, p, op, d) + p,
         "The padding crops one end only here. How many ends does a row have?"),
        ("m: + 1", "One step too many. How many steps lie between the first copy and the last of m?"),
        ("output_padding only uncovers", lambda m, w, s, p, op, d: _size(m, w, s, p, min(op, p), d),
         "Your op adds nothing once the crop is used up. How wide is the row for p = 0 and op = 1?"),
        ("the size of a convolution layer", lambda m, w, s, p, op, d: (m + 2 * p - extent(w, d)) // s + 1,
         "This is the size of a convolution layer's output. Which of a transposed layer's rows is the larger one?"),
        ("extent d(w − 1)", lambda m, w, s, p, op, d: _size(m, w, s, p, op, d) - 1,
         "Your copy spans d(w − 1) cells. How many would that be for w = 1?"),
        ("cropped by s·p cells", lambda m, w, s, p, op, d: _size(m, w, s, s * p, op, d),
         "Here s·p cells are cropped at each end. In which row's cells is the padding counted?"),
        ("output_padding is subtracted", lambda m, w, s, p, op, d: _size(m, w, s, p, -op, d),
         "Your width shrinks with op. Does a larger op crop more at the right, or less?"),
        ("s·m cells, and nothing else", lambda m, w, s, p, op, d: m * s,
         "Your row has s cells for each input cell. Where does the last copy begin, and how many cells does it span?"),
        ("width s·W", lambda m, w, s, p, op, d: m * s - 2 * p + op,
         "Your row has s cells for each copy, before the crop. How many cells does the last copy cover?"),
    ),
    hints=("Where does the last copy begin, before anything is cropped? And how many cells does it span?",
           "It begins at (m − 1)·s and spans d(w − 1) + 1 cells.",
           "Then crop p cells at the left end and p − op at the right one."),
)


def _unread(n, w, s, p, d, extent_of=extent):
    return (n + 2 * p - extent_of(w, d)) % s


needed_output_padding = exercise(
    id="06_needed_output_padding", title="The output_padding that restores a size", truth=_unread,
    cases=((16, 5, 3, 2, 1), (17, 5, 3, 2, 1), (18, 5, 3, 2, 1), (8, 3, 2, 1, 1), (13, 3, 4, 1, 2), (9, 2, 1, 0, 1),
           (12, 3, 2, 0, 3), (12, 3, 3, 2, 2)),
    misconceptions=(
        ("the same parameters always restore the size", lambda n, w, s, p, d: 0,
         "With 0, the round trip comes back to the smallest size that fits. Do 16, 17 and 18 cells lead to one small size?"),
        ("always s − 1", lambda n, w, s, p, d: s - 1,
         "This is the largest value that means anything. How many cells did the last step of the kernel really leave over?"),
        ("n mod s", lambda n, w, s, p, d: n % s,
         "You divide n alone. Does the kernel's walk begin with n free cells, or has the kernel itself a width?"),
        ("padded on one side", lambda n, w, s, p, d: (n + p - extent(w, d)) % s,
         "The padding is counted once. At how many ends do the zeros stand?"),
        ("extent d(w − 1)", lambda n, w, s, p, d: _unread(n + 1, w, s, p, d),
         "Your kernel walks one cell further than it can. Where are the + 1 of its extent, and that of the size formula?"),
        ("cells missing to the next step, from 1 to s", lambda n, w, s, p, d: s - _unread(n, w, s, p, d),
         "You count the cells that are missing to one more step. How many are left over after the last one?"),
        ("what s − 1 leaves over", lambda n, w, s, p, d: s - 1 - _unread(n, w, s, p, d),
         "This is what is missing from the largest value, s − 1. How many cells did the last step of the kernel leave over?"),
        ("cells missing to the next step", lambda n, w, s, p, d: -(n + 2 * p - extent(w, d)) % s,
         "You count the cells that are missing to one more step. How many are left over after the last one?"),
        ("d: ignored", "Your kernel spans w cells. How many does it span with dilation d?"),
        ("the kernel is forgotten", lambda n, w, s, p, d: (n + 2 * p) % s,
         "You divide the whole padded row. How many cells can a kernel of extent K walk on a row of n + 2p cells?"),
        ("extent d·w", lambda n, w, s, p, d: _unread(n, w, s, p, d, _gap_after_each_tap),
         "Your kernel spans d·w cells, gaps after the last tap included. How many gaps lie between w taps?"),
        ("d zeros between the taps", lambda n, w, s, p, d: _unread(n, w, s, p, d, _d_zeros_between_taps),
         "Your kernel has d empty cells between its taps. How many are there if neighbouring taps stand d cells apart?"),
        ("the steps instead of the remainder", lambda n, w, s, p, d: (n + 2 * p - extent(w, d)) // s,
         "This counts the steps of the kernel. What do they leave over?"),
    ),
    hints=("How many cells lie to the right of the kernel when it stands at its last place?",
           "The kernel of extent K walks over n + 2p cells in steps of s: it has n + 2p − K cells to walk.",
           "What the last step cannot use is the remainder: `(n + 2 * p - K) % s`, with `K = d * (w - 1) + 1`."),
)

PAIRS = ((3, 1), (1, 1), (2, 3))

largest_output_padding = exercise(
    id="06_largest_output_padding", title="The largest output_padding (optional)",
    truth=lambda: [[max(s, d) - 1, s - 1] for s, d in PAIRS], predict=(),
    misconceptions=(
        ("PyTorch checks the mathematics", lambda *case: [[s - 1, s - 1] for s, d in PAIRS],
         "The second numbers are right. With which of s and d does PyTorch compare output_padding?"),
        ("what PyTorch accepts always means something", lambda *case: [[max(s, d) - 1] * 2 for s, d in PAIRS],
         "The first numbers are right. With stride 2, how many widths does a convolution layer turn into one and the same?"),
        ("output_padding may equal the bound", lambda *case: [[max(s, d), s] for s, d in PAIRS],
         "All your numbers are the bounds themselves. Is the comparison < or ≤?"),
        ("the two exchanged", lambda *case: [[s - 1, max(s, d) - 1] for s, d in PAIRS],
         "You have the two numbers of each pair in the opposite order. Which one was asked for first?"),
        ("the smaller of s and d", lambda *case: [[min(s, d) - 1, s - 1] for s, d in PAIRS],
         "Your first numbers belong to the smaller of s and d. Must output_padding be smaller than s, or than d?"),
    ),
    hints=("PyTorch's check: op < max(s, d). The mathematics: op < s.",
           "For whole numbers, op < s means that op is at most s − 1.", "For (3, 1) both are 2. For (2, 3) they differ."),
)

strided_kernel_gradient = exercise(
    id="06_strided_kernel_gradient", title="The kernel's gradient with a stride (optional)",
    truth=lambda x, g, w, stride: kernel_gradient(x, g, w, stride=stride),
    without=("convolve", "correlate", "cross_correlate", "kernel_gradient", "conv1d"),
    cases=((np.arange(1, 9), POWERS, 3, 2), (np.array([3, 1, 4, 1, 5, 9, 2]), np.array([2, 7, 1]), 2, 2),
           (np.array([2, 8, 5, 3, 7, 4, 9, 6]), np.array([5, 3]), 4, 3), (np.array([6, 2, 9, 4]), np.array([1, 7, 3]), 2, 1),
           (np.array([0.5, -2, 0, 3, 4, -1.5]), np.array([-1, 0.25]), 3, 2)),
    misconceptions=(
        ("the stride is ignored", lambda x, g, w, stride: kernel_gradient(x[: len(g) + w - 1], g, w),
         "Your sums read neighbouring cells. On which cell does tap a lie when the kernel stands at place i with this stride?"),
        ("not trimmed", lambda x, g, w, stride: cross_correlate(x, g, dilation=stride),
         "Your row has a number for every place that fits. How many taps does the kernel have?"),
        ("a stride instead of a dilation", lambda x, g, w, stride: cross_correlate(x, g, stride=stride)[:w],
         "Your incoming gradient takes steps of s, its numbers side by side. How far apart are the cells that a tap reads?"),
        ("g: backwards", "The incoming gradient runs backwards in your sums. With which of its numbers is x[0] multiplied?"),
        ("the stride on the tap", lambda x, g, w, stride: [sum(p * q for p, q in zip(g, x[a * stride :])) for a in range(w)],
         "Your sums read x[i + a·s]. On which cell does tap a lie when the kernel stands at place i?"),
    ),
    hints=("Tap a is used at every place i, on the cell u = i·s + a.",
           "∂ℓ/∂κ[a] is the sum of `g[i] * x[i * stride + a]` over all i.",
           "The cells that one tap reads lie `stride` apart: `x[a::stride][:len(g)]`."),
)
