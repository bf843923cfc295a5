"""The exercises of notebook 07, Two dimensions and channels."""

import numpy as np

from ..checks import Exercise, Misconception, summarise
from ..geometry import conv_output_size, conv_transpose_output_size
from ..layers import conv_transpose_layer
from ..operators import conv_transpose


def summary():
    """All verdicts of this notebook."""
    return summarise(globals())


def _strided(x, kernel, stride):
    return conv_transpose(x, kernel, stride=stride)


def _overwritten(x, kernel, stride):
    y = np.zeros(conv_transpose_output_size(x.shape, kernel.shape, stride=stride), int)
    for i, j in np.ndindex(x.shape):
        row, column = i * stride[0], j * stride[1]
        y[row : row + kernel.shape[0], column : column + kernel.shape[1]] = x[i, j] * kernel
    return y


COMMON_SLIPS = (
    Misconception(
        "the kernel's axes are transposed",
        lambda x, kernel, stride: _strided(x, kernel.T, stride),
        "Your copies hold the kernel with rows and columns exchanged. Stamp a single 1: where does `kernel[0, 1]` come out?",
    ),
    Misconception(
        "both axes of the kernel are reversed",
        lambda x, kernel, stride: _strided(x, kernel[::-1, ::-1], stride),
        "Each of your copies is turned by half a turn. Does a transposed layer that stamps reverse its kernel?",
    ),
    Misconception(
        "the kernel's columns are reversed",
        lambda x, kernel, stride: _strided(x, kernel[:, ::-1], stride),
        "Each of your copies is mirrored, left to right. Does a transposed layer that stamps reverse its kernel?",
    ),
    Misconception(
        "the kernel's rows are reversed",
        lambda x, kernel, stride: _strided(x, kernel[::-1], stride),
        "Each of your copies is mirrored, top to bottom. Does a transposed layer that stamps reverse its kernel?",
    ),
    Misconception(
        "copies overwrite each other",
        _overwritten,
        "Where copies meet, your grid holds only the latest one. How many copies reach the lit cell?",
    ),
)

GRID, STAMP = np.array([[1, 2], [3, 4]]), np.array([[1, 10], [100, 1000]])

stamped_grid = Exercise(
    id="07_stamped_grid",
    title="Stamp on a grid",
    truth=lambda: conv_transpose(GRID, STAMP),
    misconceptions=(
        *(slip.on(GRID, STAMP, (1, 1)) for slip in COMMON_SLIPS),
        Misconception(
            "the input's axes are transposed",
            lambda: conv_transpose(GRID.T, STAMP),
            "Your copies stand in exchanged places. Where does the copy of x[0, 1] begin?",
        ),
        Misconception(
            "copies side by side",
            lambda: conv_transpose(GRID, STAMP, stride=2),
            "Your copies don't meet. By how many cells is a copy shifted against its neighbour?",
        ),
    ),
    hints=(
        "Four copies of 2×2 cells, each shifted by one cell: how large is the output?",
        "The copy of x[0, 1] begins at y[0, 1]; the copy of x[1, 0] at y[1, 0].",
        "The middle cell is reached by all four copies: 1000, 200, 30 and 4.",
    ),
)

OTHER_GRID, OTHER_STAMP = np.array([[3, 0, 5], [2, 7, 1]]), np.array([[1, 4], [2, 6], [8, 3]])

stamp_grid = Exercise(
    id="07_stamp_grid",
    title="Stamp on a grid with two strides",
    truth=_strided,
    cases=(
        (GRID, STAMP, (2, 1)),
        (OTHER_GRID, OTHER_STAMP, (1, 3)),
        (OTHER_GRID, OTHER_STAMP, (2, 2)),
        (np.array([[6], [2], [5]]), OTHER_STAMP, (2, 1)),
    ),
    misconceptions=(
        Misconception(
            "the two strides exchanged",
            lambda x, kernel, stride: _strided(x, kernel, stride[::-1]),
            "Your copies take the steps of the other axis. Which of the two strides belongs to the rows?",
        ),
        Misconception(
            "the first stride for both axes",
            lambda x, kernel, stride: _strided(x, kernel, (stride[0], stride[0])),
            "Both axes take the rows' step here. Which entry of the stride belongs to the columns?",
        ),
        Misconception(
            "the second stride for both axes",
            lambda x, kernel, stride: _strided(x, kernel, (stride[1], stride[1])),
            "Both axes take the columns' step here. Which entry of the stride belongs to the rows?",
        ),
        Misconception(
            "the strides are ignored",
            lambda x, kernel, stride: conv_transpose(x, kernel),
            "These copies stand one cell apart on both axes. Where does the copy of x[i, j] begin with these strides?",
        ),
        *COMMON_SLIPS,
    ),
    hints=(
        "How large is the output on each axis? (m − 1)·s + w, once for the rows and once for the columns.",
        "Two loops, over i and j; the copy of x[i, j] begins at row `i * stride[0]` and column `j * stride[1]`.",
        "`y[r : r + kernel.shape[0], c : c + kernel.shape[1]] += x[i, j] * kernel`.",
    ),
)


def _size(stride=(2, 1), padding=(1, 2)):
    return conv_transpose_output_size((4, 6), (3, 5), stride=stride, padding=padding)


output_shape = Exercise(
    id="07_output_shape",
    title="The shape of a strided output",
    truth=_size,
    misconceptions=(
        Misconception(
            "stride times input",
            lambda: (8, 6),
            "These are the input's sizes times the strides. How far does the last copy reach beyond its own place?",
        ),
        Misconception(
            "padding is added",
            lambda: (11, 14),
            "Your output has grown by the padding. What does a transposed layer's padding do?",
        ),
        Misconception(
            "padding is forgotten",
            lambda: _size(padding=0),
            "These are the sizes before the crop. How many cells go on each axis?",
        ),
        Misconception(
            "cropped at one end only",
            lambda: (8, 8),
            "Each axis is cropped at one end only here. How many ends has an axis?",
        ),
        Misconception(
            "the strides exchanged",
            lambda: _size(stride=(1, 2)),
            "Your strides belong to the other axis each. Which of them belongs to the rows?",
        ),
        Misconception(
            "the paddings exchanged",
            lambda: _size(padding=(2, 1)),
            "Your paddings belong to the other axis each. Which of them belongs to the rows?",
        ),
        Misconception(
            "the kernel's sizes exchanged",
            lambda: conv_transpose_output_size((4, 6), (5, 3), stride=(2, 1), padding=(1, 2)),
            "The kernel's sizes have changed places. Which of 3 and 5 belongs to the rows?",
        ),
        Misconception(
            "the two sizes exchanged",
            lambda: _size()[::-1],
            "Your pair names the size of the columns' axis first. Which axis comes first in a shape?",
        ),
        Misconception(
            "a convolution layer",
            lambda: conv_output_size((4, 6), (3, 5), stride=(2, 1), padding=(1, 2)),
            "This is what a convolution layer makes of 4×6 cells. In which direction do the sizes of a transposed layer go?",
        ),
    ),
    hints=(
        "Treat each axis on its own: (m − 1)·s − 2p + w.",
        "The rows have m = 4, w = 3, s = 2, p = 1.",
        "The rows: 3·2 − 2 + 3.",
    ),
)


def _layer(x, weight, bias):
    return conv_transpose_layer(x[None], weight, bias)[0]


def _case(seed, inputs, outputs, kernel):
    rng = np.random.default_rng(seed)
    grid, weight = rng.integers(1, 10, (inputs, 2, 2)), rng.integers(1, 10, (inputs, outputs, *kernel))
    return grid, weight, rng.integers(1, 10, outputs) * 1000


piled_up = Misconception(
    "output channels pile up",
    lambda x, weight, bias: np.cumsum(_layer(x, weight, bias), axis=0),
    "Your second output channel contains the first one. Where does the sum of an output channel begin anew?",
)

layer = Exercise(
    id="07_layer",
    title="Repair a layer with channels and a bias",
    truth=_layer,
    cases=(
        (
            np.array([[[1, 2]], [[3, 4]]]),
            np.array([[[[1]], [[10]], [[100]]], [[[2]], [[20]], [[200]]]]),
            np.array([5000, 6000, 7000]),
        ),
        _case(75, 3, 2, (2, 2)),
        _case(76, 2, 2, (1, 3)),
    ),
    misconceptions=(
        Misconception(
            "the last channel replaces the others",
            lambda x, weight, bias: _layer(x[-1:], weight[-1:], bias),
            "Each output channel holds only what the last input channel gave. What should become of the other channels' grids?",
        ),
        Misconception(
            "the bias once for each input channel",
            lambda x, weight, bias: _layer(x, weight, bias * len(x)),
            "The channels are summed, but the bias has come once for each of them. Where does it stand in your loops?",
        ),
        Misconception(
            "the bias is forgotten",
            lambda x, weight, bias: _layer(x, weight, bias * 0),
            "The channels are summed. What has become of the bias?",
        ),
        Misconception(
            "the first channel only",
            lambda x, weight, bias: _layer(x[:1], weight[:1], bias),
            "Each output channel hears input channel 0 only. Does your `return`, or your indent, end the inner loop too early?",
        ),
        Misconception(
            "the weight is (out, in, …)",
            lambda x, weight, bias: _layer(x, weight.swapaxes(0, 1), bias),
            "You read the weight as (out, in, …). Which kernel leads from input channel 0 to output channel 1?",
        ),
        piled_up,
        piled_up._replace(
            name="output channels pile up, without their biases",
            model=lambda x, weight, bias: piled_up.model(x, weight, 0 * bias) + bias[:, None, None],
        ),
        Misconception(
            "one bias for all channels",
            lambda x, weight, bias: _layer(x, weight, np.full_like(bias, bias[0])),
            "Every output channel got the same bias. How many numbers does the bias hold?",
        ),
    ),
    hints=(
        "Compare the first output channel with a sum by hand: which input channel is missing?",
        "An output channel is one grid that starts as the bias, and then adds one grid for each input channel.",
        "Start each output channel with `grid = bias[o]`, and write `grid = grid + conv_transpose(...)` in the inner loop.",
    ),
)

weight_shape = Exercise(
    id="07_weight_shape",
    title="The weight's shape with groups",
    truth=lambda inputs, outputs, kernel, groups: [inputs, outputs // groups, *kernel],
    cases=((6, 4, (3, 5), 2), (8, 8, (3, 3), 8), (2, 6, (1, 4), 1), (9, 12, (5, 2), 3)),
    misconceptions=(
        Misconception(
            "the shape of a convolution layer",
            lambda inputs, outputs, kernel, groups: [outputs, inputs // groups, *kernel],
            "This is the weight of a convolution layer. Which of its channels does a transposed layer's weight count first?",
        ),
        Misconception(
            "groups are ignored",
            lambda inputs, outputs, kernel, groups: [inputs, outputs, *kernel],
            "This weight links all channels. With how many output channels is an input channel linked within its group?",
        ),
        Misconception(
            "both channel axes are divided",
            lambda inputs, outputs, kernel, groups: [inputs // groups, outputs // groups, *kernel],
            "This is the weight of one group alone. How many groups does the tensor have to hold?",
        ),
        Misconception(
            "the input axis is divided",
            lambda inputs, outputs, kernel, groups: [inputs // groups, outputs, *kernel],
            "The right number of numbers, but the wrong axis is divided. Which channel axis of this layer's weight stays whole?",
        ),
        Misconception(
            "the kernel's axes exchanged",
            lambda inputs, outputs, kernel, groups: [inputs, outputs // groups, *kernel[::-1]],
            "The channel axes are right. Which of the kernel's sizes comes first, its height or its width?",
        ),
    ),
    hints=(
        "Without groups: (in, out, height, width).",
        "With groups, an input channel reaches only the output channels of its own group: out / groups of them.",
        "So the second axis is divided: (in, out / groups, height, width).",
    ),
)
