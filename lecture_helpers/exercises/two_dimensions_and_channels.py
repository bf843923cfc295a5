"""The exercises of notebook 07, Two dimensions and channels."""

from functools import partial

import numpy as np

from ..checks import summarise
from ..geometry import conv_output_size, conv_transpose_output_size
from ..layers import conv_transpose_layer
from ..operators import conv_transpose
from .data import stamps
from .families import exercise

summary = partial(summarise, globals())


def _strided(x, kernel, stride):
    return conv_transpose(x, kernel, stride=stride)


def _overwritten(x, kernel, stride):
    y = np.zeros(conv_transpose_output_size(x.shape, kernel.shape, stride=stride))
    for i, j in np.ndindex(x.shape):
        row, column = i * stride[0], j * stride[1]
        y[row : row + kernel.shape[0], column : column + kernel.shape[1]] = x[i, j] * kernel
    return y


COMMON_SLIPS = (
    ("the kernel's axes are transposed", lambda x, kernel, stride: _strided(x, kernel.T, stride),
     "Your copies hold the kernel with rows and columns exchanged. Stamp a single 1: where does `kernel[0, 1]` come out?"),
    ("gathered with the kernel's axes transposed", lambda x, kernel, stride: _strided(x, kernel.T[::-1, ::-1], stride),
     "These are the numbers of `kernel.T` slid over the input. Which tap of a copy lies on the cell where the copy begins?"),
    ("both axes of the kernel are reversed", lambda x, kernel, stride: _strided(x, kernel[::-1, ::-1], stride),
     "Each of your copies is turned by half a turn. Does a transposed layer that stamps reverse its kernel?"),
    ("the kernel's columns are reversed", lambda x, kernel, stride: _strided(x, kernel[:, ::-1], stride),
     "Each of your copies is mirrored, left to right. Does a transposed layer that stamps reverse its kernel?"),
    ("the kernel's rows are reversed", lambda x, kernel, stride: _strided(x, kernel[::-1], stride),
     "Each of your copies is mirrored, top to bottom. Does a transposed layer that stamps reverse its kernel?"),
    ("copies overwrite each other", _overwritten,
     "Where copies meet, your grid holds only the latest one. How many copies reach the lit cell?"),
)

GRID, STAMP = np.array([[1, 2], [3, 4]]), np.array([[1, 10], [100, 1000]])

stamped_grid = exercise(
    id="07_stamped_grid", title="Stamp on a grid", truth=_strided, predict=(GRID, STAMP, (1, 1)), layer=stamps,
    misconceptions=(
        *COMMON_SLIPS,
        ("x: transposed", "Your copies stand in exchanged places. Where does the copy of x[0, 1] begin?"),
        ("copies side by side", lambda x, kernel, stride: conv_transpose(x, kernel, stride=2),
         "Your copies don't meet. By how many cells is a copy shifted against its neighbour?"),
        ("one inner product", lambda x, kernel, stride: [[np.sum(x * kernel)]],
         "This is what a convolution layer answers: one inner product. How many cells do four copies cover?"),
        ("as large as the input", lambda x, kernel, stride: conv_transpose(x, kernel)[:2, :2],
         "Your grid is as large as the input. How far do the copies reach beyond it?"),
    ),
    hints=("Four copies of 2×2 cells, each shifted by one cell: how large is the output?",
           "The copy of x[0, 1] begins at y[0, 1]; the copy of x[1, 0] at y[1, 0].",
           "The middle cell is reached by all four copies: 1000, 200, 30 and 4."),
)

matrix_row = exercise(
    id="07_matrix_row", title="A row of the matrix", truth=lambda: [6, 7, 8, 12, 13], predict=(),
    misconceptions=(
        ("rows of the input as long as the output's", lambda: [6, 6, 7, 10, 11],
         "You count four cells to a row of the input, as in the output. How many has the input?"),
        ("rows as long as the grid is high", lambda: [6, 5, 6, 8, 9],
         "You count three cells to a row of the input. That is its height: how many cells stand side by side in it?"),
        ("the row of C counted with the input's width", lambda: [7, 7, 8, 12, 13],
         "The columns are right. A row of C belongs to an output: how many of those stand in one row of y?"),
        ("the widths of the two grids exchanged", lambda: [7, 6, 7, 10, 11],
         "You count five cells to a row of y, and four to a row of x. y has its own width. How many columns has the output?"),
        ("the lower taps as far on as in the output", lambda: [6, 7, 8, 11, 12],
         "The row and the upper taps are right. From x[1, 2] down to x[2, 2]: how many cells of x lie in one row?"),
        ("both grids as wide as the kernel", lambda: [4, 4, 5, 6, 7],
         "You count two cells to a row, as in the kernel. How many has a row of the input, and one of the output?"),
        ("four columns side by side", lambda: [6, 7, 8, 9, 10],
         "Your four taps stand side by side. Which cell of the input lies under the lower left tap?"),
        ("the first column is the row's number", lambda: [6, 6, 7, 11, 12],
         "Your first tap lies in the column with the number of the row. Is x[1, 2] the cell 6 of the input, too?"),
        ("column after column", lambda: [5, 7, 8, 10, 11],
         "You write the grids down column by column. In which order does `reshape` take the cells?"),
        ("places counted from 1", lambda: [7, 8, 9, 13, 14],
         "All your numbers are one too large. Which number has the first row, and the first column?"),
        ("row and column of the place exchanged", lambda: [9, 11, 12, 16, 17],
         "Yours is the place (2, 1). Which of the two numbers of y[1, 2] counts the rows?"),
        ("upwards and to the left", lambda: [6, 1, 2, 6, 7],
         "Your taps lie on cells above and to the left of the place. Over which cells does the kernel lie at (1, 2)?"),
        ("the columns alone", lambda: [7, 8, 12, 13], "These are the four columns. In which row of C do they stand?"),
        ("the row alone", lambda: 6, "This is the row. In which of its columns do the taps stand?"),
    ),
    hints=("The kernel at (1, 2) lies on x[1, 2], x[1, 3], x[2, 2] and x[2, 3].",
           "Row after row: the cell x[i, j] of a grid with five columns has the number 5·i + j.",
           "The output has 2×4 cells, so y[1, 2] has the number 4 + 2."),
)

OTHER_GRID, OTHER_STAMP = np.array([[3, 0, 5], [2, 7, 1]]), np.array([[1, 4], [2, 6], [8, 3]])



def _one_cell_apart(x, kernel, stride):
    """The strides count in the size only."""
    y = np.zeros(conv_transpose_output_size(x.shape, kernel.shape, stride=stride))
    near = conv_transpose(x, kernel)
    y[: near.shape[0], : near.shape[1]] = near
    return y


stamp_grid = exercise(
    id="07_stamp_grid", title="Stamp on a grid with two strides", truth=_strided, layer=stamps,
    cases=((GRID, STAMP, (2, 1)), (OTHER_GRID, OTHER_STAMP, (1, 3)), (OTHER_GRID, OTHER_STAMP, (2, 2)),
           (np.array([[6], [2], [5]]), OTHER_STAMP, (2, 1)),
           (np.array([[0.5, -2, 0], [3, 1.5, -1]]), np.array([[1, -0.5], [0, 2]]), (1, 2))),
    misconceptions=(
        ("stride: backwards", "Your copies take the steps of the other axis. Which of the two strides belongs to the rows?"),
        ("stride: its first entry throughout", "Both axes take the rows' step here. Which entry belongs to the columns?"),
        ("the second stride for both axes", lambda x, kernel, stride: _strided(x, kernel, (stride[1], stride[1])),
         "Both axes take the columns' step here. Which entry of the stride belongs to the rows?"),
        ("stride: not used", "These copies stand one cell apart on both axes. Where should the copy of x[i, j] begin?"),
        ("the strides in the size only", _one_cell_apart,
         "The size is right, but your copies stand one cell apart on both axes. At which row and column does the copy of "
         "x[i, j] begin?"),
        *COMMON_SLIPS,
    ),
    hints=("How large is the output on each axis? (m − 1)·s + w, once for the rows and once for the columns.",
           "Two loops, over i and j; the copy of x[i, j] begins at row `i * stride[0]` and column `j * stride[1]`.",
           "`y[r : r + kernel.shape[0], c : c + kernel.shape[1]] += x[i, j] * kernel`."),
)


def _size(size=(4, 6), kernel=(3, 5), stride=(2, 1), padding=(1, 2)):
    return conv_transpose_output_size(size, kernel, stride=stride, padding=padding)


output_shape = exercise(
    id="07_output_shape", title="The shape of a strided output", truth=_size, predict=(),
    misconceptions=(
        ("stride times input", lambda: (8, 6),
         "These are the input's sizes times the strides. How far does the last copy reach beyond its own place?"),
        ("padding is added", lambda: (11, 14), "Your output has grown by the padding. What should the padding do?"),
        ("padding is forgotten", lambda: _size(padding=0), "These are the sizes before the crop. How many cells go?"),
        ("cropped at one end only", lambda: (8, 8), "Each axis is cropped at one end only here. How many ends has an axis?"),
        ("the strides exchanged", lambda: _size(stride=(1, 2)), "Your strides have changed places. Which is the rows'?"),
        ("the paddings exchanged", lambda: _size(padding=(2, 1)), "Your paddings have changed places. Which is the rows'?"),
        ("the kernel's sizes exchanged", lambda: _size(kernel=(5, 3)),
         "The kernel's sizes have changed places. Which is the rows'?"),
        ("the two sizes exchanged", lambda: _size()[::-1],
         "Your pair names the size of the columns' axis first. Which axis comes first in a shape?"),
        ("a convolution layer", lambda: conv_output_size((4, 6), (3, 5), stride=(2, 1), padding=(1, 2)),
         "This is what a convolution layer makes of 4×6 cells. In which direction do the sizes of a transposed layer go?"),
        ("m·s instead of (m − 1)·s", lambda: (9, 7),
         "One step too many on each axis. How many steps lie between the first copy and the last of m?"),
        ("strides are ignored", lambda: _size(stride=1), "These are the sizes for stride 1. On which axis is it 2?"),
    ),
    hints=("Treat each axis on its own: (m − 1)·s − 2p + w.", "The rows have m = 4, w = 3, s = 2, p = 1.",
           "The rows: 3·2 − 2 + 3."),
)


def _layer(x, weight, bias):
    return conv_transpose_layer(x[None], weight, bias)[0]


def _case(seed, inputs, outputs, kernel):
    rng = np.random.default_rng(seed)
    grid, weight = rng.integers(1, 10, (inputs, 2, 2)), rng.integers(1, 10, (inputs, outputs, *kernel))
    return grid, weight, rng.integers(1, 10, outputs) * 1000


def _piled_up(x, weight, bias):
    return np.cumsum(_layer(x, weight, bias), axis=0)


PAIR = np.array([[[1, 2]], [[3, 4]]])
PILED_UP = "Your second output channel contains the first one. Where does the sum of an output channel begin anew?"

layer = exercise(
    id="07_layer", title="Repair a layer with channels and a bias", truth=_layer,
    cases=((PAIR, np.array([[[[1]], [[10]], [[100]]], [[[2]], [[20]], [[200]]]]), np.array([5000, 6000, 7000])),
           _case(75, 3, 2, (2, 2)), _case(76, 2, 2, (1, 3)),
           (PAIR * -0.5, np.array([[[[1, -0.5]], [[0, 2]]], [[[-3, 1]], [[0.25, 4]]]]), np.array([0.5, -7]))),
    misconceptions=(
        ("x: its last entry alone",
         "Each output channel holds only what the last input channel gave. What should become of the other channels' grids?"),
        ("the bias once for each input channel", lambda x, weight, bias: _layer(x, weight, bias * len(x)),
         "The channels are summed, but the bias has come once for each of them. Where does it stand in your loops?"),
        ("bias: zero", "The channels are summed. What has become of the bias?"),
        ("x: its first entry alone",
         "Each output channel hears input channel 0 only. Does your `return`, or your indent, end the inner loop too early?"),
        ("weight: its first axes exchanged",
         "You read the weight as (out, in, …). Which kernel leads from input channel 0 to output channel 1?"),
        ("a sum not started anew", PILED_UP),
        ("output channels pile up, without their biases",
         lambda x, weight, bias: _piled_up(x, weight, 0 * bias) + bias[:, None, None], PILED_UP),
        ("bias: its first entry throughout", "Every output channel got the same bias. How many numbers does the bias hold?"),
    ),
    hints=("Compare the first output channel with a sum by hand: which input channel is missing?",
           "An output channel is one grid that starts as the bias, and then adds one grid for each input channel.",
           "Start each output channel with `grid = bias[o]`, and write `grid = grid + conv_transpose(...)` in the inner loop."),
)


def _grouped(x, weight, bias, groups):
    return conv_transpose_layer(x[None], weight, bias, groups=groups)[0]


def _groups_mixed(x, weight, bias, groups):
    """Every output channel adds up all input channels."""
    return _layer(x, np.concatenate([weight] * groups, axis=1), bias)


def _grouped_case(seed, inputs, outputs, kernel, groups):
    rng = np.random.default_rng(seed)
    grid, weight = rng.integers(1, 10, (inputs, 2, 2)), rng.integers(1, 10, (inputs, outputs // groups, *kernel))
    return grid, weight, rng.integers(1, 10, outputs) * 1000, groups


def _interleaved(x, groups):
    """The input channels as `x[g::groups]` takes them, group after group."""
    return np.arange(len(x)).reshape(-1, groups).T.ravel()


def _taken_in_turn(x, weight, bias, groups):
    order = _interleaved(x, groups)
    return _grouped(x[order], weight[order], bias, groups)


FOUR = np.array([[[1, 2]], [[3, 4]], [[5, 6]], [[7, 8]]])
TENS = np.array([[[[1]], [[10]]], [[[100]], [[1000]]], [[[2]], [[20]]], [[[200]], [[2000]]]])

grouped_layer = exercise(
    id="07_grouped_layer", title="A layer with groups", truth=_grouped,
    cases=((FOUR, TENS, np.array([10000, 20000, 30000, 40000]), 2),
           _grouped_case(78, 6, 4, (2, 1), 2), _grouped_case(79, 3, 6, (2, 2), 3),
           _grouped_case(80, 2, 3, (1, 3), 1),
           (PAIR * -0.5, np.array([[[[1, -0.5], [0, 2]]], [[[-3, 1], [0.25, 4]]]]), np.array([0.5, -7]), 2)),
    misconceptions=(
        ("all input channels in every sum", _groups_mixed,
         "Every output channel hears every input channel. Which input channels belong to the group of the first output?"),
        ("the bias begins anew in each group",
         lambda x, weight, bias, groups: _grouped(x, weight, np.tile(bias[: weight.shape[1]], groups), groups),
         "The second group has the bias of the first. Which of the bias's numbers belong to its output channels?"),
        ("bias: zero", "The groups are right. What has become of the bias?"),
        ("the groups take the channels in turn", _taken_in_turn,
         "Your groups take every groups-th input channel, in turn. Which channels are the first half of four?"),
        ("the groups take the inputs in turn, not the weight",
         lambda x, weight, bias, groups: _grouped(x[_interleaved(x, groups)], weight, bias, groups),
         "Your groups take every groups-th input channel, but the kernels of neighbours. Which inputs belong to group 0?"),
        ("the first group only", lambda x, weight, bias, groups: _grouped(x, weight, bias, groups)[: weight.shape[1]],
         "These are the output channels of one group. Where do those of the others go?"),
        ("the groups in the opposite order",
         lambda x, weight, bias, groups: np.concatenate(np.split(_grouped(x, weight, bias, groups), groups)[::-1]),
         "Your groups stand in the opposite order. Which output channels does the first half of the inputs feed?"),
    ),
    hints=("Treat group g as a layer of its own: which input channels, which part of the weight, which biases does it get?",
           "Its inputs are `x[g * k : (g + 1) * k]` with `k = len(x) // groups`; the weight is sliced alike, on its first axis.",
           "Its biases are `bias[g * m : (g + 1) * m]` with `m = weight.shape[1]`; add its grids to one list for all groups."),
)

weight_shape = exercise(
    id="07_weight_shape", title="The weight's shape with groups",
    truth=lambda inputs, outputs, kernel, groups: [inputs, outputs // groups, *kernel], whole=True,
    cases=((6, 4, (3, 5), 2), (8, 8, (3, 3), 8), (2, 6, (1, 4), 1), (9, 12, (5, 2), 3)),
    misconceptions=(
        ("inputs and outputs exchanged",
         "This is the weight of a convolution layer. Which of its channels does a transposed layer's weight count first?"),
        ("groups: ignored",
         "This links all channels. With how many output channels is an input channel linked within its group?"),
        ("both channel axes are divided", lambda inputs, outputs, kernel, groups: [inputs // groups, outputs // groups, *kernel],
         "This is the weight of one group alone. How many groups does the tensor have to hold?"),
        ("the input axis is divided", lambda inputs, outputs, kernel, groups: [inputs // groups, outputs, *kernel],
         "The right number of numbers, but the wrong axis is divided. Which channel axis of this layer's weight stays whole?"),
        ("kernel: backwards", "The channel axes are right. Which of the kernel's sizes comes first, its height or its width?"),
    ),
    hints=("Without groups: (in, out, height, width).",
           "With groups, an input channel reaches only the output channels of its own group: out / groups of them.",
           "So the second axis is divided: (in, out / groups, height, width)."),
)
