"""The exercises of notebook 03, The transposed matrix."""

from functools import partial

import numpy as np

from ..checks import summarise
from ..geometry import conv_transpose_output_size
from ..operators import conv_transpose, cross_correlate, matrix_of
from .data import DIGITS, MIXED, POWERS, one_copy_wins, random_rows, reversed_taps, stamps
from .families import exercise
from .slips import LATER

summary = partial(summarise, globals())

output_width = exercise(
    id="03_output_width", title="Width of a transposed layer", truth=lambda W, w: conv_transpose_output_size(W, w),
    cases=((4, 3), (1, 4), (7, 2), (5, 5), (12, 1)),
    misconceptions=(
        ("the width of a convolution layer", lambda W, w: W - w + 1,
         "That is how many places a kernel finds inside W cells. Here it writes: where does the copy of the last cell end?"),
        ("the width stays", lambda W, w: W, "This is the input's width. How far does the last copy reach beyond it?"),
        ("copies side by side", lambda W, w: W * w,
         "This would hold if the copies lay side by side. By how many cells is each one shifted against the one before?"),
        ("one too many", "One too many. The copy of cell 0 ends at w − 1. Where does the copy of cell W − 1 end?"),
        ("the width of the padded row", lambda W, w: W + 2 * (w - 1),
         "That is the row with w − 1 zeros at each end, on which the gather form slides. How many places has the kernel?"),
    ),
    hints=("How wide is the output for a single input cell?", "Each further input cell shifts its copy by one.",
           "The last copy starts at cell W − 1 and covers w cells."),
)

stamp = exercise(
    id="03_stamp", title="Stamp copies of the kernel", truth=conv_transpose, layer=stamps,
    without=("convolve", "correlate", "cross_correlate", "conv_transpose", "conv1d", "conv_transpose1d", "polymul"),
    cases=((DIGITS, POWERS), *random_rows(seed=32, count=4), MIXED),
    misconceptions=(
        ("valid instead of full width", lambda x, kernel: conv_transpose(x, kernel)[len(kernel) - 1 : len(x)],
         "These are only the cells that all taps reach. Where does the last copy end?"),
        ("x: not used", "All your copies are equal. By what is copy i multiplied?"),
        ("x: without its last entry",
         "One copy is missing in your sum. Which values does `i` take in your loop, and which is the last input cell?"),
    ),
    hints=("Start with a row of zeros, as wide as the output. How wide is that?",
           "Copy i covers the cells i, i + 1, … i + w − 1: a slice of the output.",
           "In the loop: `y[i : i + len(kernel)] += x[i] * kernel`."),
)

gather = exercise(
    id="03_gather", title="Repair the gather form", truth=conv_transpose, layer=stamps,
    cases=((DIGITS, POWERS), *random_rows(seed=35, count=4), MIXED),
    misconceptions=(
        ("reversed, but padded by w", lambda x, kernel: cross_correlate(x, kernel[::-1], padding=len(kernel)),
         "A zero stands at each end of your row. How far beyond the end may the kernel stand and still touch x?"),
        ("padded by w, not reversed", lambda x, kernel: cross_correlate(x, kernel, padding=len(kernel)),
         "A zero stands at each end of your row. How far beyond the end may the kernel stand and still touch x?"),
        ("the kernel reversed", "Your kernel slides as it is written. In which order should its taps come out for a single 1?"),
        ("the other layer, the kernel reversed",
         "These are only the inner cells. What must surround x so that the kernel can reach the outermost output cells?"),
        ("the other layer", "This is a convolution layer's answer. What would a single 1 give here, and what should it give?"),
        ("backwards", "The right numbers, from the last to the first. What has been turned round, and what should be?"),
        ("always two zeros", lambda x, kernel: cross_correlate(x, kernel[::-1], padding=2),
         "Two zeros at each end were right for w = 3. How many does a kernel of this width need?"),
    ),
    hints=("Two places are wrong. Run it on a single 1 to see one of them.",
           "The kernel must be reversed. And the width of the answer says whether the padding is right.",
           "`cross_correlate(x, kernel[::-1], padding=len(kernel) - 1)`."),
)

ALIKE = "By your table, one layer lays its kernel alike in both readings, the other does not. What does a single 1 tell of each?"

table = exercise(
    id="03_table", title="Gather or scatter, as written or reversed",
    truth=lambda: [["as written", "reversed"], ["reversed", "as written"]], predict=(),
    misconceptions=(
        ("never reversed", lambda: [["as written", "as written"], ["as written", "as written"]],
         "Nothing is reversed here. Stand on an output cell of a transposed layer: which taps u − i do you meet as i grows?"),
        ("always reversed", lambda: [["reversed", "reversed"], ["reversed", "reversed"]],
         "You reverse the kernel everywhere. How does it lie in the animation of notebook 01?"),
        ("the transposed layer reverses always", lambda: [["as written", "as written"], ["reversed", "reversed"]],
         "By your table, only the transposed layer reverses its kernel. How did it lie in the copies that you stamped?"),
        ("scatter reverses always", lambda: [["as written", "reversed"], ["as written", "reversed"]],
         "By your table, the reversal belongs to scatter. How did the kernel lie in the copies that you stamped?"),
        ("gather reverses always", lambda: [["reversed", "as written"], ["reversed", "as written"]],
         "By your table, the reversal belongs to gather. How does the kernel lie in the animation of notebook 01?"),
        ("the two layers exchanged", lambda: [["reversed", "as written"], ["as written", "reversed"]],
         "Your two reversals stand on a diagonal. How does the kernel lie in the animation of notebook 01?"),
        ("the convolution layer reverses always", lambda: [["reversed", "reversed"], ["as written", "as written"]],
         "By your table, only the convolution layer reverses its kernel. How did it lie in the animation of notebook 01?"),
        ("one reversal, in the convolution layer", lambda: [["as written", "reversed"], ["as written", "as written"]], ALIKE),
        ("one reversal, in the transposed layer", lambda: [["as written", "as written"], ["reversed", "as written"]], ALIKE),
        ("three reversals, one in the convolution layer", lambda: [["as written", "reversed"], ["reversed", "reversed"]], ALIKE),
        ("three reversals, one in the transposed layer", lambda: [["reversed", "reversed"], ["reversed", "as written"]], ALIKE),
    ),
    hints=("Two of the four you have seen in animations: the sliding kernel, and the summed copies.",
           "Convolution layer by gather: as written. Transposed layer by scatter: as written.",
           "Change the layer or the reading, and the kernel is reversed."),
)


def _matrix(kernel, W):
    """The matrix of the convolution layer on W cells."""
    return matrix_of(lambda x: cross_correlate(x, kernel), W)


def _entries(kernel, W, rows, tap):
    """A matrix whose entry (i, u) is the tap with the number `tap(i, u)`, and 0 where there is none."""
    taps = dict(enumerate(kernel))
    return [[taps.get(tap(i, u), 0) for u in range(W)] for i in range(rows)]


def _wrapped(kernel, W):
    """Entries κ[u − i] as Python reads them without a look at negative indices: from the end."""
    w = len(kernel)
    return [[kernel[u - i] if u - i < w else 0 for u in range(W)] for i in range(W - w + 1)]


layer_matrix = exercise(
    id="03_layer_matrix", title="The matrix of a convolution layer", truth=_matrix,
    without=("matrix_of", "cross_correlate", "toeplitz"),
    cases=((POWERS, 5), (np.array([4, 7]), 4), (np.array([6, 2, 9, 5]), 4), (np.array([0.5, 0, -2]), 6)),
    misconceptions=(
        ("rows and columns exchanged",
         "Your matrix has a row for each input cell. What does a row of C belong to, an input or an output?"),
        ("kernel: backwards", "Your rows hold the kernel reversed. Which tap lies on the cell i when the kernel stands at i?"),
        ("κ[i − u] instead of κ[u − i]",
         lambda kernel, W: _entries(kernel, W, W - len(kernel) + 1, lambda i, u: i - u),
         "The tap of your entry C[i, u] is i − u. Which of the two numbers is larger for a cell under the kernel?"),
        ("negative indices", _wrapped,
         "Where u − i is negative, Python reads the kernel from its end. Which values may u − i have?"),
        ("as many rows as columns",
         lambda kernel, W: _entries(kernel, W, W, lambda i, u: u - i),
         "Your matrix has as many rows as columns; in the last ones, taps fall off the end. How many outputs has the layer?"),
        ("the matrix of a transposed layer", lambda kernel, W: matrix_of(lambda x: conv_transpose(x, kernel), W),
         "This matrix makes a row of W cells longer. How many outputs has a convolution layer on W cells?"),
        ("the kernel is not shifted", lambda kernel, W: [[*kernel, *[0] * (W - len(kernel))]] * (W - len(kernel) + 1),
         "In all of your rows the kernel lies on the first cells. Which cells does y[1] read?"),
        ("the last one is missing", "The last row is missing. At which place does the kernel stand last?"),
        ("kernel: not used", "Your matrix says where a tap sits, by ones. Which number is the weight of x[u] in y[i]?"),
    ),
    hints=("How many rows? One for each output. How many columns? One for each input cell.",
           "Begin with `C = np.zeros((len_of_y, W))`. In row i, the taps lie on the cells i, i + 1, … i + w − 1.",
           "In the loop over i: `C[i, i : i + len(kernel)] = kernel`."),
)


def _transpose(kernel, W):
    """The matrix of the transposed layer on W cells."""
    return matrix_of(lambda x: conv_transpose(x, kernel), W)


rows_of_the_transpose = exercise(
    id="03_rows_of_the_transpose", title="Rows 1 and 2 of Cᵀ", truth=lambda kernel: _transpose(kernel, 3)[1:3],
    predict=(np.array([4, 7, 9]),),
    misconceptions=(
        ("the rows of Cᵀ hold the kernel as written", lambda kernel: [[4, 7, 0], [4, 7, 9]],
         "Your rows hold the taps as they are written. Column 0 of Cᵀ is row 0 of C: what stands in it, from top to bottom?"),
        ("each row backwards",
         "From left to right, your rows hold the taps as they are written. Which tap stands at the top of column 1 of C?"),
        ("rows of C instead of rows of Cᵀ", lambda kernel: _transpose(kernel, 3).T[1:3],
         "These are rows of C itself. How many columns does Cᵀ have if C has 3 rows?"),
        ("as wide as the rows in the notebook's picture", lambda kernel: _transpose(kernel, 5)[1:3],
         "Your rows have five cells, as in the picture above, where C had 5 rows. How many rows has C here?"),
        ("rows of C, cut off", lambda kernel: _transpose(kernel, 3).T[1:3, :3],
         "These are rows of C, cut off. Row 1 of Cᵀ is column 1 of C: what stands in that column?"),
        ("counted from 1", lambda kernel: _transpose(kernel, 3)[:2],
         "These are the first and the second row of Cᵀ. Which index does the first row have, when counting from 0?"),
        ("one row too late", lambda kernel: _transpose(kernel, 3)[2:4],
         "These are the rows 2 and 3 of Cᵀ. Which index does the first row have, when counting from 0?"),
        ("without zeros", lambda kernel: [[7, 4], [9, 7, 4]],
         "The taps are right, but where no tap stands, the matrix has a 0. How many columns has Cᵀ?"),
    ),
    hints=("Write C down first: three rows, five columns, the kernel shifted by one in each row.",
           "Row 1 of Cᵀ is column 1 of C, read from top to bottom.",
           "Column 1 of C is 7 4 0: tap 1 in row 0, tap 0 in row 1, nothing in row 2."),
)


there_and_back = exercise(
    id="03_there_and_back", title="Layer, then transposed layer",
    truth=lambda x, kernel: conv_transpose(cross_correlate(x, kernel), kernel), predict=(np.array([1, 2, 3]), np.array([10, 1])),
    misconceptions=(
        ("the transposed layer is the inverse", lambda x, kernel: x,
         "This is the input itself. Does a transposed layer look for the old input, or does it stamp copies?"),
        ("only the first layer", cross_correlate,
         "This row lies between the two layers. What does the transposed one make of it?"),
        ("only the second layer", lambda x, kernel: conv_transpose(x, kernel),
         "Your copies are weighted by the input itself. What does the first layer make of it before anything is stamped?"),
        ("the kernel is reversed on the way back", lambda x, kernel: reversed_taps(cross_correlate(x, kernel), kernel),
         "Each of your copies lies the wrong way round. Stamp a single 1: in which order should its taps come out?"),
        ("the kernel is reversed on the way there", lambda x, kernel: conv_transpose(cross_correlate(x, kernel[::-1]), kernel),
         "Your first layer gave 21 32: there the kernel lay reversed. How does it lie in a convolution layer that gathers?"),
        ("kernel: backwards",
         "In both layers your kernel lies reversed. How does it lie in a layer that slides it, and in one that stamps it?"),
        ("the transposed layer comes first", lambda x, kernel: cross_correlate(conv_transpose(x, kernel), kernel),
         "Here the transposed layer came first, the convolution layer second. With which of them does the task begin?"),
        ("copies overwrite each other", lambda x, kernel: one_copy_wins(cross_correlate(x, kernel), kernel), LATER),
    ),
    hints=("First the convolution layer: two inner products.",
           "Its output is 12 23. Now stamp one copy of the kernel for each of the two.",
           "The copies are 120 12 and 230 23, the second one cell further right. Add them."),
)


lost_row = exercise(
    id="03_lost_row", title="A row that is lost", predict=(np.array([10, 1]),),
    truth=lambda kernel: [int((-kernel[0] / kernel[1]) ** u) for u in range(3)],
    misconceptions=(
        ("all zeros", lambda kernel: [0, 0, 0], "Every layer turns zeros into zeros. Which x[1] makes y[0] = 0 if x[0] is 1?"),
        ("without their sign", "10·1 + 1·x[1] is to be 0. Can x[1] be positive?"),
        ("only y[0] is 0", lambda kernel: [1, -10, 0], "Your row makes y[0] = 0. Which x[2] makes y[1] = 0, too?"),
        ("the signs do not alternate", lambda kernel: [1, -10, -100],
         "Your row makes y[0] = 0. What is 10·(−10), and which x[2] brings y[1] back to 0?"),
        ("the taps exchanged", lambda kernel: [1, -0.1, 0.01],
         "This row is lost in a layer with the kernel 1 10. Which tap lies on x[0] in y[0]?"),
        ("begins with another number", lambda kernel: [-1, 10, -100],
         "The layer turns this row into 0 0, but it does not begin with 1. By which number do you multiply it?"),
        ("ends with 1 instead", lambda kernel: [0.01, -0.1, 1],
         "The layer turns this row into 0 0, but it ends with 1. By which number do you multiply it to begin with 1?"),
        ("one and minus one", lambda kernel: [1, -1, 1], "10·1 + 1·(−1) is 9. Which x[1] makes it 0?"),
    ),
    hints=("Begin with x[0] = 1. What is y[0] then, as a sum with the unknown x[1]?",
           "y[0] = 10·x[0] + 1·x[1] is 0 if x[1] is −10 times x[0].", "The same step leads from x[1] to x[2]."),
)


def _gap(C, B, x, g):
    return np.dot(C @ x, g) - np.dot(x, B @ g)


def _pair(flip_C, flip_B):
    """The matrices of ⊛ and of its transposed layer for κ = [1, 2, 4] on five cells, each with the kernel reversed or not."""
    there, back = (np.array([1, 2, 4])[:: -1 if flip else 1] for flip in (flip_C, flip_B))
    C = matrix_of(lambda x: cross_correlate(x, there), 5)
    B = matrix_of(lambda g: conv_transpose(g, back), 3)
    return C, B, np.array([1, 2, 3, 4, 5]), np.array([1, 10, 100])


transpose_gap = exercise(
    id="03_transpose_gap", title="The gap between ⟨C x, g⟩ and ⟨x, B g⟩", truth=_gap,
    misfit="Which of C and B takes a row as wide as x, and which one as wide as g?",
    cases=(_pair(False, True), _pair(False, False), _pair(True, False), _pair(True, True),
           (np.array([[0.5, -1, 0], [2, 0, 1]]), np.array([[1, 0], [0, -2], [3, 1]]), np.array([2, -3, 0.5]), np.array([1, 2]))),
    misconceptions=(
        ("a product with itself", lambda C, B, x, g: np.dot(C @ x, C @ x) - np.dot(x, B @ g),
         "Your first product pairs C x with itself. With which row does ⟨C x, g⟩ pair it?"),
        ("only one side", lambda C, B, x, g: np.dot(C @ x, g), "This is ⟨C x, g⟩ alone. What is to be compared with it?"),
        ("Cᵀ in place of B", lambda C, B, x, g: _gap(C, C.T, x, g),
         "Your difference is 0 whatever B is. Which matrix is to be put to the test, Cᵀ or the given B?"),
        ("the sum of both sides", lambda C, B, x, g: np.dot(C @ x, g) + np.dot(x, B @ g),
         "You add the two sides. When is the difference of two numbers 0?"),
        ("the other side alone", lambda C, B, x, g: np.dot(x, B @ g), "This is ⟨x, B g⟩ alone. What is to be compared with it?"),
        ("whether there is no gap", lambda C, B, x, g: bool(abs(_gap(C, B, x, g)) < 1e-9),
         "Your function says whether the gap is 0. How large is the gap itself?"),
    ),
    hints=("`np.dot(p, q)` is ⟨p, q⟩, and `C @ x` is C x.", "The first side pairs C x with g; the second pairs x with B g.",
           "`np.dot(C @ x, g) - np.dot(x, B @ g)`."),
)
