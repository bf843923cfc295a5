"""The exercises of notebook 08, Checkerboards."""

from functools import partial

import numpy as np

from ..checks import summarise
from ..geometry import conv_transpose_output_size
from ..layers import conv_layer, conv_transpose_layer
from ..operators import conv_transpose, coverage
from .data import stamps
from .families import exercise

summary = partial(summarise, globals())

FIRST, SECOND = coverage(5, 3, stride=2), coverage(5, 4, stride=2, padding=1)

coverage_rows = exercise(
    id="08_coverage_rows", title="Two rows of coverage", truth=lambda: [FIRST, SECOND], predict=(),
    misconceptions=(
        ("even coverage reaches the border", lambda: [FIRST, [2] * 10],
         "In your second row even the outermost cells get two copies. Which copy besides the first one could reach cell 0?"),
        ("w/s copies everywhere", lambda: [[2] * 11, [2] * 10],
         "In both rows every cell gets two copies. In the first, with w = 3 and s = 2, how many copies reach cell 1?"),
        ("the padding is forgotten", lambda: [FIRST, coverage(5, 4, stride=2)],
         "Your second row has not been cropped. What does padding 1 do to both of its ends?"),
        ("s·W cells", lambda: [FIRST[:10], SECOND], "Your first row lacks a cell. Where does the last copy begin, and end?"),
        ("the rows exchanged", lambda: [SECOND, FIRST], "These rows stand in the opposite order. Which kernel comes first?"),
        ("cropped at one end", lambda: [FIRST, coverage(5, 4, stride=2)[1:]],
         "Your second row is cropped at its left end only. What happens at the other end?"),
        ("cropped at the right end", lambda: [FIRST, coverage(5, 4, stride=2)[:-1]],
         "Your second row is cropped at its right end only. What happens at the other end?"),
        ("the coverage of the input", lambda: [[1, 1, 2, 1, 2], [1, 1, 2, 2, 2]],
         "Your rows are as wide as the input. How wide is the output, on which the copies are counted?"),
        ("begins with 1 2", lambda: [[1, 2] * 5 + [1], SECOND], "Your first row begins with 1 2. Which copies reach cell 1?"),
        ("the second row with the borders of the first", lambda: [FIRST, [1, 1, *[2] * 6, 1, 1]],
         "Your second row begins with 1 1, as without padding. Which cells does padding 1 crop?"),
        ("the second row alternates", lambda: [FIRST, [1, 2] * 5],
         "Your second row alternates. If w is a multiple of s, how many copies reach each of the inner cells?"),
        ("only the first row", lambda: FIRST, "This is the first row. Which other one is asked for?"),
    ),
    hints=("Draw five copies below one another, each two cells further right, and count in columns.",
           "First row: copies cover 0–2, 2–4, 4–6, 6–8 and 8–10. The cells 2, 4, 6 and 8 are covered twice.",
           "Second row: without padding 1 1 2 2 … 2 2 1 1; then crop one cell at each end."),
)

middle_row = exercise(
    id="08_middle_row", title="The middle row of a grid's coverage", truth=lambda: coverage((3, 3), (3, 3))[2], predict=(),
    misconceptions=(
        ("coverage adds in two dimensions", lambda: coverage(3, 3) + 3,
         "You add the counts of the two axes. If r rows of copies reach a cell, with c copies in each, how many is that?"),
        ("one dimension only", lambda: coverage(3, 3),
         "This is the coverage of a single row of copies. How many rows of copies reach the middle row?"),
        ("the row next to the middle one", lambda: coverage((3, 3), (3, 3))[1],
         "This is the row above the middle one. How many rows of copies reach row 2, the middle of five?"),
        ("nine everywhere", lambda: [9] * 5, "Nine copies, everywhere. How many of them reach the outermost cell of the row?"),
        ("squared", lambda: coverage(3, 3) ** 2,
         "You have squared the counts of one axis: the grid's diagonal. How many rows of copies reach its middle row?"),
    ),
    hints=("On one axis, three copies of width 3 cover five cells 1 2 3 2 1 times.",
           "A grid's copies are all pairs of a copy of the rows and a copy of the columns.",
           "The middle row is reached by 3 of the row copies. So multiply 1 2 3 2 1 by 3."),
)

even_coverage = exercise(
    id="08_even_coverage", title="Even coverage", truth=lambda w, s: w % s == 0,
    cases=((3, 2), (4, 2), (2, 3), (6, 3), (5, 5), (6, 4), (2, 4), (5, 1)),
    misconceptions=(
        ("even as soon as copies overlap", lambda w, s: w > s,
         "You ask whether copies overlap. With w = 3 and s = 2 they do: do the cells 1 and 2 get equally many copies?"),
        ("even if there are no holes", lambda w, s: w >= s,
         "You ask whether every cell is reached. Is every cell reached equally often when w = 3 and s = 2?"),
        ("w must be an even number", lambda w, s: w % 2 == 0,
         "You ask whether w is an even number. With w = 2 and s = 3, how many copies reach cell 2?"),
        ("the stride must be 1", lambda w, s: s == 1,
         "By your answers, only stride 1 covers evenly. With w = 4 and s = 2, which inner cells get fewer copies than others?"),
        ("never even", lambda w, s: False,
         "By your answers, no layer covers its inner cells evenly. With w = 4 and s = 2, which inner cells get fewer copies?"),
        ("always even", lambda w, s: True,
         "By your answers, every layer covers evenly. With w = 3 and s = 2, how many copies reach the cells 1 and 2?"),
        ("copies side by side", lambda w, s: w == s,
         "By your answers, copies must not meet. What if every inner cell, the borders aside, is reached by two of them?"),
        ("the remainder itself", lambda w, s: w % s, "You return a remainder. Which of its values means yes?"),
        ("the opposite", "You say yes where a remainder is left. With w = 4 and s = 2, which inner cells get fewer copies?"),
        ("s must divide w, and copies must overlap", lambda w, s: w % s == 0 and w > s,
         "You demand overlapping copies. If copies lie side by side, how many of them reach each cell?"),
        ("w must divide s, or s must divide w", lambda w, s: w % s == 0 or s % w == 0,
         "You accept copies narrower than the stride. With w = 2 and s = 4, how many copies reach the cells 1 and 2?"),
        ("w and s exchanged", "You divide the stride by the width. How many copies lie on a cell if w is twice as large as s?"),
    ),
    hints=("Look at inner cells only. The taps that can reach cell u are a = u mod s, and then every s-th one.",
           "How many taps has each remainder mod s? Even coverage means: equally many.",
           "w taps fall into s groups of equal size if and only if s divides w."),
)

constant_input = exercise(
    id="08_constant_input", title="A constant input", truth=lambda x, kernel, stride: conv_transpose(x, kernel, stride=stride),
    predict=(np.ones(4, int), np.array([1, 2, 3, 4]), 2), layer=stamps,
    misconceptions=(
        *((f"even coverage gives a flat output: {row}", lambda *case, row=row: row,
           "Your inner cells are all equal. Which taps reach cell 2, and which ones cell 3?")
          for level in (4, 5, 6, 10) for row in ([1, 2, *[level] * 6, 3, 4], [level] * 10)),
        ("the coverage", lambda x, kernel, stride: coverage(4, 4, stride=stride),
         "These are the numbers of copies. With which taps do the copies reach these cells?"),
        ("copies side by side", lambda x, kernel, stride: conv_transpose(x, kernel, stride=4),
         "Your copies don't meet. By how many cells is a copy shifted against its neighbour?"),
        ("width s·W", lambda x, kernel, stride: conv_transpose(x, kernel, stride=stride)[:8],
         "Your row has two cells for each input cell. Where does the last copy begin, and how wide is it?"),
        *((f"the borders are forgotten: {row}", lambda *case, row=row: row,
           "Your row repeats 4 6 up to its ends. How many copies reach its outermost cells?")
          for row in ([4, 6] * 5, [4, 6] * 4, [4, 6] * 3, [6, 4] * 5, [1, 2, *[4, 6] * 4], [*[4, 6] * 4, 3, 4])),
    ),
    hints=("Four equal copies, 1 2 3 4, each two cells further right.",
           "Even inner cells get tap 0 of one copy and tap 2 of the one before.", "Even: 1 + 3. Odd: 2 + 4."),
)


def _phases(image, stride):
    """The phases of an image, none of them empty."""
    phases = [image[row::stride, column::stride] for row in range(stride) for column in range(stride)]
    return phases if all(phase.size for phase in phases) else []


def _spread(means, image):
    return float(np.ptp(means)) / float(image.mean())  # of an image of zeros, Python refuses to say


def _means(image, stride):
    return np.array([phase.mean() for phase in _phases(image, stride)])


measure_grid = exercise(
    id="08_measure_grid", title="Measure a grid", truth=lambda image, stride: _spread(_means(image, stride), image),
    cases=((np.array([[1, 2], [4, 13]]), 2), (np.array([[9, 4], [2, 1]]), 2),
           (np.array([[1, 6, 3, 8], [2, 5, 0, 7], [9, 4, 1, 2], [6, 3, 8, 3]]), 2),
           (np.arange(35).reshape(5, 7) % 9, 2), (np.arange(54).reshape(6, 9) ** 2 % 11, 3),
           (np.array([[0.5, -2, 4, 1], [3, 0, 1.5, 2]]), 2)),
    misconceptions=(
        ("the largest mean by the smallest", lambda image, stride: _means(image, stride).max() / _means(image, stride).min(),
         "You divide the largest mean by the smallest. What should come out for an image without a grid?"),
        ("no division", lambda image, stride: np.ptp(_means(image, stride)),
         "This is the difference of the means. What becomes of it if the whole image is twice as bright?"),
        ("divided by the largest mean", lambda image, stride: np.ptp(_means(image, stride)) / _means(image, stride).max(),
         "You divide by the largest of the phases' means. By which mean does the task divide?"),
        ("phases of rows only", lambda image, stride: _spread([image[row::stride].mean() for row in range(stride)], image),
         "Your phases are whole rows. How many phases has an image, if both row and column count?"),
        ("phases of columns only", lambda image, stride: _spread([image[:, k::stride].mean() for k in range(stride)], image),
         "Your phases are whole columns. How many phases has an image, if both row and column count?"),
        ("the diagonal phases only", lambda image, stride: _spread([image[k::stride, k::stride].mean() for k in range(stride)],
                                                                   image),
         "Your phases have the same remainder for row and column. Which ones are left out?"),
        ("pixels in place of means", lambda image, stride: np.ptp(image) / image.mean(),
         "This compares single pixels. Of which pixels does a phase take the mean?"),
        ("blocks in place of phases",
         lambda image, stride: _spread([block.mean() for rows in np.array_split(image, stride)
                                        for block in np.array_split(rows, stride, axis=1)], image),
         "You compare blocks of neighbours. Which pixels leave the same remainders, neighbours or every stride-th?"),
        ("sums in place of means", lambda image, stride: np.ptp([each.sum() for each in _phases(image, stride)]) / image.mean(),
         "You compare the sums of the phases. What if they hold unequally many pixels?"),
        ("stride 2 throughout", lambda image, stride: _spread(_means(image, 2), image),
         "This takes every second row and column, whatever the stride. Where does your code use `stride`?"),
        ("the standard deviation", lambda image, stride: np.std(_means(image, stride)) / image.mean(),
         "You take the standard deviation of the means. Which difference does the task ask for?"),
        ("divided by the mean of the means", lambda image, stride: np.ptp(_means(image, stride)) / _means(image, stride).mean(),
         "You divide by the mean of the phases' means. Is that the image's mean if the phases hold unequally many pixels?"),
    ),
    hints=("How many phases are there, and which slice holds the one of row remainder r and column remainder c?",
           "`image[r::stride, c::stride]`, for r and c from 0 to stride − 1: collect the means of all of them in a list.",
           "`(max(means) - min(means)) / image.mean()`."),
)


def _enlarged(x, factor=3):
    return np.repeat(np.repeat(x, factor, axis=-2), factor, axis=-1)


def _convolved(x, w=3, padding=1):
    """A convolution layer of 3 output channels, all its weights and biases 1."""
    return conv_layer(x, np.ones((3, x.shape[1], w, w)), np.ones(3), padding=padding)


def _between(x, axis):
    """Bilinear upsampling by 3 along an axis."""
    places = (np.arange(3 * x.shape[axis]) + 0.5) / 3 - 0.5
    return np.apply_along_axis(lambda row: np.interp(places, np.arange(len(row)), row), axis, x)


replaced = exercise(
    id="08_replaced", title="Replace a transposed layer", truth=lambda x: _convolved(_enlarged(x)),
    cases=((np.array([[[[1, 2]], [[30, 40]]]]),), (np.arange(12).reshape(1, 2, 2, 3) ** 2 % 7,),
           (np.array([[[[0.5, -2], [0, 3]], [[1, 4], [-1.5, 2]]]]),)),
    misconceptions=(
        ("the transposed layer", lambda x: conv_transpose_layer(x, np.ones((2, 3, 5, 5)), np.ones(3), stride=3, padding=1),
         "These are the summed copies of the transposed layer. What enlarges without any weights?"),
        ("the convolution layer first", lambda x: _enlarged(_convolved(x)),
         "Blocks of 3×3 equal numbers: the convolution layer has come first. Which of the two should blend the blocks?"),
        ("nothing is enlarged", _convolved, "The image has kept its size. Which layer comes before the convolution layer?"),
        ("only enlarged", _enlarged, "The image is enlarged, and has two channels still. Which layer makes three of them?"),
        ("twice as large", lambda x: _convolved(_enlarged(x, 2)),
         "Twice as large. How much larger did the transposed layer make the image, with its stride 3?"),
        ("no padding", lambda x: _convolved(_enlarged(x), padding=0),
         "Two rows and two columns are missing. By how much does a convolution layer of width 3 shrink an image?"),
        ("padding 2", lambda x: _convolved(_enlarged(x), padding=2),
         "Two rows and two columns too many. By how much does a convolution layer of width 3 shrink an image?"),
        ("kernel_size 5, padding 1", lambda x: _convolved(_enlarged(x), w=5),
         "Two rows and two columns are missing. By how much does a convolution layer of width 5 shrink an image?"),
        ("kernel_size 5, padding 2", lambda x: _convolved(_enlarged(x), w=5, padding=2),
         "The size is right, but your kernel is 5 pixels wide. Which kernel_size does the task ask for?"),
        ("bilinear", lambda x: _convolved(_between(_between(x, -2), -1)),
         "This is bilinear upsampling, as good a cure. The task asks for nearest: what is Upsample's default?"),
        ("without a bias", lambda x: _convolved(_enlarged(x)) - 1,
         "All your numbers are 1 too small. Has your convolution layer a bias, as the transposed one had?"),
        ("the transposed layer, and another one", lambda x: _convolved(
            conv_transpose_layer(x, np.ones((2, 3, 5, 5)), np.ones(3), stride=3, padding=1)),
         "The transposed layer is still there, before your convolution layer. What should stand in its place?"),
    ),
    hints=("`torch.nn.Sequential(first, second)` is a layer, too. Which of the two enlarges?",
           "The first is `torch.nn.Upsample(scale_factor=3)`. The second has the channels of the transposed layer, 2 and 3.",
           "The second is `torch.nn.Conv2d(2, 3, kernel_size=3, padding=1)`: padding 1 keeps the size."),
)


def _shape(n, kernel=4, stride=3, padding=1, output_padding=1):
    size = conv_transpose_output_size(n, kernel, stride=stride, padding=padding, output_padding=output_padding)
    return [kernel, stride, padding, size, size]


matching_shape = exercise(
    id="08_matching_shape", title="Repair the size of a transposed layer", truth=_shape, cases=((7,), (4,), (16,)),
    misconceptions=(
        ("nothing is repaired", lambda n: _shape(n, output_padding=0),
         "One cell is missing on each axis. At which end, and by which parameter, can a cell be added?"),
        ("output_padding 2", lambda n: _shape(n, output_padding=2),
         "One cell too many on each axis. How many were missing before, and what have you changed since?"),
        ("the padding was taken away instead", lambda n: _shape(n, padding=0, output_padding=0),
         "Without padding there is one cell too many on each axis. By how many cells does padding 1 change a size?"),
        ("output_padding without padding", lambda n: _shape(n, padding=0),
         "Two cells too many on each axis, and the padding is no longer the task's. What does padding 1 crop?"),
        *((f"the right size, with kernel_size, stride, padding {given}", lambda n, given=given: [*given, 3 * n, 3 * n],
           "The size is right, but kernel_size, stride or padding is no longer the task's. What else can add a cell?")
          for given in ((5, 3, 1), (3, 3, 0), (7, 3, 2), (3, 3, 1), (5, 1, 2))),
        ("upsampling and a convolution layer", lambda n: [3, 1, 1, 3 * n, 3 * n],
         "These are the parameters of a convolution layer behind an upsampling. Here the transposed layer itself is to be "
         "repaired: which parameter of its own adds a cell?"),
        ("the stride is lost", lambda n: _shape(n, stride=1, output_padding=0),
         "The output is hardly larger than the input. Which parameter makes it three times as large?"),
        ("dilation 2", lambda n: [4, 3, 1, 3 * n + 2, 3 * n + 2],
         "Two cells too many on each axis. How many were missing before, and what have you changed since?"),
    ),
    hints=("The size: (m − 1)s − 2p + K + op. What does it give for s = 3, p = 1, K = 4 and op = 0?",
           "Upsampling by 3 gives 3m cells; this layer gives 3m − 1. What adds a cell at the right end?", "`output_padding=1`."),
)

tied_taps = exercise(
    id="08_tied_taps", title="The taps of nearest ×2, then ⊛",
    truth=lambda kernel: [kernel[2], kernel[1] + kernel[2], kernel[0] + kernel[1], kernel[0]],
    cases=((np.array([1, 10, 100]),), (np.array([2, 7, 5]),), (np.array([4, -3, 9]),), (np.array([0.5, 0, -2]),)),
    misconceptions=(
        ("backwards", "The right four numbers, the wrong way round. In which order does an impulse come out of ⊛?"),
        ("the kernel with a zero", lambda kernel: [*kernel[::-1], 0],
         "These are the kernel's own taps. Upsampling makes two 1s of the impulse: how many of them can an output cell read?"),
        ("every tap twice", lambda kernel: [kernel[2], kernel[2], kernel[0], kernel[0]],
         "Here every output cell reads one tap. An output cell between the two 1s reads two of them: what does it get?"),
        ("three taps are enough", lambda kernel: kernel[::-1],
         "Three taps. The impulse became two 1s side by side: how many output cells read at least one of them?"),
        ("the kernel as written, with a zero", lambda kernel: [*kernel, 0],
         "These are the kernel's own taps. Upsampling makes two 1s of the impulse: how many of them can an output cell read?"),
        ("the middle tap twice", lambda kernel: [kernel[2], kernel[1], kernel[1], kernel[0]],
         "The outer taps are right. A cell between the two 1s reads both of them: what does it get?"),
    ),
    hints=("Send a single 1 through: nearest upsampling makes 1 1 of it.",
           "Then ⊛: it answers an impulse with κ₃ κ₂ κ₁. Two impulses side by side: add two such answers, one shifted by a cell.",
           "κ₃ κ₂ κ₁ 0 plus 0 κ₃ κ₂ κ₁."),
)
