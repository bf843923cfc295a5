"""The exercises of notebook 03, The transposed matrix."""

import numpy as np

from ..checks import Exercise, Misconception, summarise
from ..geometry import conv_transpose_output_size
from ..operators import conv_transpose, cross_correlate, matrix_of
from .data import DIGITS, POWERS, overwritten, random_rows, reversed_copies


def summary():
    """All verdicts of this notebook."""
    return summarise(globals())


output_width = Exercise(
    id="03_output_width",
    title="Width of a transposed layer",
    truth=lambda W, w: conv_transpose_output_size(W, w),
    cases=((4, 3), (1, 4), (7, 2), (5, 5), (12, 1)),
    misconceptions=(
        Misconception(
            "the width of a convolution layer",
            lambda W, w: W - w + 1,
            "That is how many places a kernel finds inside W cells. Here it writes: where does the copy of the last cell end?",
        ),
        Misconception(
            "the width stays",
            lambda W, w: W,
            "This is the input's width. How far does the last copy reach beyond it?",
        ),
        Misconception(
            "copies side by side",
            lambda W, w: W * w,
            "This would hold if the copies lay side by side. By how many cells is each one shifted against the one before?",
        ),
        Misconception(
            "one too many",
            lambda W, w: W + w,
            "One too many. The copy of cell 0 ends at w − 1. Where does the copy of cell W − 1 end?",
        ),
    ),
    hints=(
        "How wide is the output for a single input cell?",
        "Each further input cell shifts its copy by one.",
        "The last copy starts at cell W − 1 and covers w cells.",
    ),
)

stamp = Exercise(
    id="03_stamp",
    title="Stamp copies of the kernel",
    truth=conv_transpose,
    cases=((DIGITS, POWERS), *random_rows(seed=32, count=4)),
    misconceptions=(
        overwritten,
        reversed_copies,
        Misconception(
            "valid instead of full width",
            lambda x, kernel: conv_transpose(x, kernel)[len(kernel) - 1 : len(x)],
            "These are only the cells that all taps reach. Where does the last copy end?",
        ),
        Misconception(
            "as wide as the input",
            lambda x, kernel: conv_transpose(x, kernel)[: len(x)],
            "Your row is as wide as the input, so the last copies are cut off. Where does the copy of the last cell end?",
        ),
        Misconception(
            "the middle, as wide as the input",
            lambda x, kernel: np.convolve(x, kernel, "same"),
            "Your row is as wide as the input, the middle of a wider one. Where does the first copy begin, and the last one end?",
        ),
        Misconception(
            "a convolution layer",
            cross_correlate,
            "This is what a convolution layer answers: it reads. How many output cells does one input cell of yours write to?",
        ),
        Misconception(
            "the input is not used as a weight",
            lambda x, kernel: conv_transpose(np.ones_like(x), kernel),
            "All your copies are equal. By what is copy i multiplied?",
        ),
        Misconception(
            "the last copy is missing",
            lambda x, kernel: conv_transpose([*x[:-1], 0], kernel),
            "One copy is missing in your sum. Which values does `i` take in your loop, and which is the last input cell?",
        ),
    ),
    hints=(
        "Start with a row of zeros, as wide as the output. How wide is that?",
        "Copy i covers the cells i, i + 1, … i + w − 1: a slice of the output.",
        "In the loop: `y[i : i + len(kernel)] += x[i] * kernel`.",
    ),
)

gather = Exercise(
    id="03_gather",
    title="Repair the gather form",
    truth=conv_transpose,
    cases=((DIGITS, POWERS), *random_rows(seed=35, count=4)),
    misconceptions=(
        Misconception(
            "reversed, but padded by w",
            lambda x, kernel: cross_correlate(x, kernel[::-1], padding=len(kernel)),
            "A zero stands at each end of your row. How far beyond the end may the kernel stand and still touch x?",
        ),
        Misconception(
            "padded by w, not reversed",
            lambda x, kernel: cross_correlate(x, kernel, padding=len(kernel)),
            "A zero stands at each end, and the taps come out in the wrong order. What does a single 1 give?",
        ),
        Misconception(
            "not reversed",
            lambda x, kernel: cross_correlate(x, kernel, padding=len(kernel) - 1),
            "Your kernel slides as it is written. Send a single 1 through: in which order should its taps come out?",
        ),
        Misconception(
            "reversed, but not padded",
            lambda x, kernel: cross_correlate(x, kernel[::-1]),
            "These are only the inner cells. What must surround x so that the kernel can reach the outermost output cells?",
        ),
        Misconception(
            "neither reversed nor padded",
            cross_correlate,
            "This is what a convolution layer answers. What would a single 1 give here, and what should it give?",
        ),
        Misconception(
            "the input is reversed instead of the kernel",
            lambda x, kernel: cross_correlate(x[::-1], kernel, padding=len(kernel) - 1),
            "The right numbers, from the last to the first. What has been turned round?",
        ),
        Misconception(
            "always two zeros",
            lambda x, kernel: cross_correlate(x, kernel[::-1], padding=2),
            "Two zeros at each end were right for w = 3. How many does a kernel of this width need?",
        ),
    ),
    hints=(
        "Two places are wrong. Run it on a single 1 to see one of them.",
        "The kernel must be reversed. And the width of the answer says whether the padding is right.",
        "`cross_correlate(x, kernel[::-1], padding=len(kernel) - 1)`.",
    ),
)

one_layer_alike = Misconception(
    "one reversal, in the convolution layer",
    lambda: [["as written", "reversed"], ["as written", "as written"]],
    "By your table, one layer lays its kernel alike in both readings, the other does not. What does a single 1 tell of each?",
)

table = Exercise(
    id="03_table",
    title="Gather or scatter, as written or reversed",
    truth=lambda: [["as written", "reversed"], ["reversed", "as written"]],
    misconceptions=(
        Misconception(
            "never reversed",
            lambda: [["as written", "as written"], ["as written", "as written"]],
            "Nothing is reversed here. Stand on an output cell of a transposed layer: which taps u − i do you meet as i grows?",
        ),
        Misconception(
            "always reversed",
            lambda: [["reversed", "reversed"], ["reversed", "reversed"]],
            "You reverse the kernel everywhere. How does it lie in the animation of notebook 01?",
        ),
        Misconception(
            "the transposed layer reverses always",
            lambda: [["as written", "as written"], ["reversed", "reversed"]],
            "By your table, only the transposed layer reverses its kernel. How did it lie in the copies that you stamped?",
        ),
        Misconception(
            "scatter reverses always",
            lambda: [["as written", "reversed"], ["as written", "reversed"]],
            "By your table, the reversal belongs to scatter. How did the kernel lie in the copies that you stamped?",
        ),
        Misconception(
            "gather reverses always",
            lambda: [["reversed", "as written"], ["reversed", "as written"]],
            "By your table, the reversal belongs to gather. How does the kernel lie in the animation of notebook 01?",
        ),
        Misconception(
            "the two layers exchanged",
            lambda: [["reversed", "as written"], ["as written", "reversed"]],
            "Your two reversals stand on a diagonal. How does the kernel lie in the animation of notebook 01?",
        ),
        Misconception(
            "the convolution layer reverses always",
            lambda: [["reversed", "reversed"], ["as written", "as written"]],
            "By your table, only the convolution layer reverses its kernel. How did it lie in the animation of notebook 01?",
        ),
        one_layer_alike,
        one_layer_alike._replace(
            name="one reversal, in the transposed layer",
            model=lambda: [["as written", "as written"], ["reversed", "as written"]],
        ),
        one_layer_alike._replace(
            name="three reversals, one in the convolution layer",
            model=lambda: [["as written", "reversed"], ["reversed", "reversed"]],
        ),
        one_layer_alike._replace(
            name="three reversals, one in the transposed layer",
            model=lambda: [["reversed", "reversed"], ["reversed", "as written"]],
        ),
    ),
    hints=(
        "Two of the four you have seen in animations: the sliding kernel, and the summed copies.",
        "Convolution layer by gather: as written. Transposed layer by scatter: as written.",
        "Change the layer or the reading, and the kernel is reversed.",
    ),
)

rows_of_the_transpose = Exercise(
    id="03_rows_of_the_transpose",
    title="Rows 1 and 2 of Cᵀ",
    truth=lambda: matrix_of(lambda x: conv_transpose(x, [4, 7, 9]), 3)[1:3],
    misconceptions=(
        Misconception(
            "the rows of Cᵀ hold the kernel as written",
            lambda: [[4, 7, 0], [4, 7, 9]],
            "Your rows hold the taps as they are written. Column 0 of Cᵀ is row 0 of C: what stands in it, from top to bottom?",
        ),
        Misconception(
            "rows of C instead of rows of Cᵀ",
            lambda: matrix_of(lambda x: cross_correlate(x, [4, 7, 9]), 5)[1:3],
            "These are rows of C itself. How many columns does Cᵀ have if C has 3 rows?",
        ),
        Misconception(
            "as wide as the rows in the notebook's picture",
            lambda: matrix_of(lambda x: conv_transpose(x, [4, 7, 9]), 5)[1:3],
            "Your rows have five cells, as in the picture above, where C had 5 rows. How many rows has C here?",
        ),
        Misconception(
            "counted from 1",
            lambda: [[4, 0, 0], [7, 4, 0]],
            "These are the first and the second row of Cᵀ. Which index does the first row have, when counting from 0?",
        ),
    ),
    hints=(
        "Write C down first: three rows, five columns, the kernel shifted by one in each row.",
        "Row 1 of Cᵀ is column 1 of C, read from top to bottom.",
        "Column 1 of C is 7 4 0: tap 1 in row 0, tap 0 in row 1, nothing in row 2.",
    ),
)


def _gap(C, B, x, g):
    return np.dot(C @ x, g) - np.dot(x, B @ g)


def _pair(flip_C, flip_B):
    """The matrices of ⊛ and of its transposed layer for κ = [1, 2, 4] on five cells, each with the kernel reversed or not."""
    there, back = (np.array([1, 2, 4])[:: -1 if flip else 1] for flip in (flip_C, flip_B))
    C = matrix_of(lambda x: cross_correlate(x, there), 5)
    B = matrix_of(lambda g: conv_transpose(g, back), 3)
    return C, B, np.array([1, 2, 3, 4, 5]), np.array([1, 10, 100])


transpose_gap = Exercise(
    id="03_transpose_gap",
    title="The gap between ⟨C x, g⟩ and ⟨x, B g⟩",
    truth=_gap,
    cases=(_pair(False, True), _pair(False, False), _pair(True, False), _pair(True, True)),
    misconceptions=(
        Misconception(
            "a product with itself",
            lambda C, B, x, g: np.dot(C @ x, C @ x) - np.dot(x, B @ g),
            "Your first product pairs C x with itself. With which row does ⟨C x, g⟩ pair it?",
        ),
        Misconception(
            "the sign is lost",
            lambda C, B, x, g: abs(_gap(C, B, x, g)),
            "The size is right, the sign is lost. Which side is subtracted from which?",
        ),
        Misconception(
            "the other way round",
            lambda C, B, x, g: -_gap(C, B, x, g),
            "The sign is turned round. Which side is subtracted from which?",
        ),
        Misconception(
            "only one side",
            lambda C, B, x, g: np.dot(C @ x, g),
            "This is ⟨C x, g⟩ alone. What is to be compared with it?",
        ),
        Misconception(
            "Cᵀ in place of B",
            lambda C, B, x, g: _gap(C, C.T, x, g),
            "Your difference is 0 whatever B is. Which matrix is to be put to the test, Cᵀ or the given B?",
        ),
        Misconception(
            "the sum of both sides",
            lambda C, B, x, g: np.dot(C @ x, g) + np.dot(x, B @ g),
            "You add the two sides. When is the difference of two numbers 0?",
        ),
    ),
    hints=(
        "`np.dot(p, q)` is ⟨p, q⟩, and `C @ x` is C x.",
        "The first side pairs C x with g; the second pairs x with B g.",
        "`np.dot(C @ x, g) - np.dot(x, B @ g)`.",
    ),
)

there_and_back = Exercise(
    id="03_there_and_back",
    title="Layer, then transposed layer",
    truth=lambda: conv_transpose(cross_correlate([1, 2, 3], [10, 1]), [10, 1]),
    misconceptions=(
        Misconception(
            "the transposed layer is the inverse",
            lambda: [1, 2, 3],
            "This is the input itself. Does a transposed layer look for the old input, or does it stamp copies?",
        ),
        Misconception(
            "only the first layer",
            lambda: cross_correlate([1, 2, 3], [10, 1]),
            "This is the row between the two layers. What does the transposed layer make of it?",
        ),
        reversed_copies.on([12, 23], [10, 1]),
        Misconception(
            "the kernel is reversed on the way there",
            lambda: conv_transpose([21, 32], [10, 1]),
            "Your first layer gave 21 32: there the kernel lay reversed. How does it lie in a convolution layer that gathers?",
        ),
        Misconception(
            "the kernel is reversed in both layers",
            lambda: conv_transpose([21, 32], [1, 10]),
            "In both layers your kernel lies reversed. How does it lie in a layer that slides it, and in one that stamps it?",
        ),
        Misconception(
            "the transposed layer comes first",
            lambda: cross_correlate(conv_transpose([1, 2, 3], [10, 1]), [10, 1]),
            "Here the transposed layer came first, the convolution layer second. With which of them does the task begin?",
        ),
        overwritten.on([12, 23], [10, 1]),
    ),
    hints=(
        "First the convolution layer: two inner products.",
        "Its output is 12 23. Now stamp one copy of the kernel for each of the two.",
        "The copies are 120 12 and 230 23, the second one cell further right. Add them.",
    ),
)
