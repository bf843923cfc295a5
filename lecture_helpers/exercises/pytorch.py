"""The exercises of notebook 04, The layer in PyTorch."""

from functools import partial

import numpy as np

from ..checks import summarise
from ..layers import conv_layer, conv_transpose_layer
from ..operators import conv_transpose, cross_correlate
from .data import DIGITS, MIXED, POWERS, arguments_of, one_copy_wins, random_rows, slides
from .families import exercise

summary = partial(summarise, globals())


def _sample(x, weight):
    """The transposed layer on one sample: x (in, W), weight (in, out, w) → (out, W + w − 1)."""
    return conv_transpose_layer(x[None], weight)[0]


def _swapped(x, weight):
    return _sample(x, weight.swapaxes(0, 1))


def _random_weights(seed, *sizes):
    """For each (in, out, w), a sample of three cells and a weight, whole numbers as floats."""
    rng = np.random.default_rng(seed)
    return tuple((rng.integers(1, 10, (n, 3)) * 1.0, rng.integers(1, 10, (n, m, w)) * 1.0) for n, m, w in sizes)


APART = "You have one row for each pair of an input and an output channel. Which of these rows does an output channel add up?"
MIXED_CHANNELS = (np.array([[0.5, -2], [0, 3]]), np.array([[[1.0, -1], [0.25, 2], [-3, 0]], [[-0.5, 4], [2, 0], [1, 1.5]]]))

channels = exercise(
    id="04_channels", title="A transposed layer with channels", truth=_sample,
    without=("conv_transpose1d", "conv1d", "ConvTranspose1d", "conv_transpose_layer", "torch"),
    cases=((np.array([[1, 2], [3, 4]]), np.array([[[1, 10], [1, 0], [0, 1]], [[100, 1000], [0, 100], [100, 0]]])),
           *_random_weights(42, (2, 3, 2), (3, 2, 3), (2, 2, 2)), MIXED_CHANNELS),
    misconceptions=(
        ("x: its first entry alone", "Your output channels hear input channel 0 only. How many does each have to add up?"),
        ("x: its last entry alone", "Only the last input channel is left in your output. What becomes of the others' rows?"),
        ("weight: its first axes exchanged",
         "You read the weight as (out, in, w). Which kernel leads from input channel 0 to output channel 1?"),
        ("the weight is (out, in, w), with one row for each input channel",
         lambda x, weight: [sum(conv_transpose(x[c], weight[o, c]) for c in range(len(x))) for o in range(len(weight))],
         "You have one row for each input channel. Which axis of the weight counts the output channels?"),
        ("channel by channel", lambda x, weight: [conv_transpose(x[o], weight[o, o]) for o in range(min(weight.shape[:2]))],
         "Each of your rows hears one input channel only. How many kernels lead to output channel 0?"),
        ("weight: its last axis backwards",
         "Your copies hold the kernels reversed. Send a single 1 into channel 0: in which order do the taps come out?"),
        ("a convolution layer", lambda x, weight: conv_layer(x[None], weight.swapaxes(0, 1))[0],
         "Your rows became narrower: this gathers as a convolution layer does. Which function of this notebook stamps?"),
        ("the input channels are added first", lambda x, weight: _sample(x.sum(0)[None], weight[:1]),
         "You add the input channels first, and stamp their sum with one kernel. How many kernels lead to output channel 0?"),
        ("one kernel for all input channels", lambda x, weight: _sample(x, weight[:, :1].repeat(weight.shape[1], 1)),
         "All your output channels use the kernels of channel 0. Which index of the weight counts them?"),
        ("a row for each pair, by output channel",
         lambda x, weight: [conv_transpose(x[c], weight[c, o]) for o in range(weight.shape[1]) for c in range(len(x))], APART),
        ("a row for each pair, by input channel",
         lambda x, weight: [conv_transpose(x[c], weight[c, o]) for c in range(len(x)) for o in range(weight.shape[1])], APART),
        ("summed over the output channels",
         lambda x, weight: [sum(conv_transpose(x[c], kernel) for kernel in weight[c]) for c in range(len(x))],
         "You have one row for each input channel: its copies for all outputs, added up. Over which ones does an output sum?"),
        ("all channels added first, and all kernels",
         lambda x, weight: [conv_transpose(x.sum(0), weight[:, o].sum(0)) for o in range(weight.shape[1])],
         "You add the input channels, and the kernels, before stamping. Which input channel alone does `weight[0, 0]` stamp?"),
        ("two input channels, whatever comes", lambda x, weight: _sample(x[:2], weight[:2]),
         "Two input channels are added, but there are more. Over which numbers does c run?"),
    ),
    hints=("Begin with one output channel: which kernels lead to it?",
           "From input channel c to output channel o leads the kernel `weight[c, o]`.",
           "`sum(conv_transpose(x[c], weight[c, o]) for c in range(len(x)))` is output channel o."),
)

shapes = exercise(
    id="04_shapes", title="Shapes of a transposed layer",
    truth=lambda: [[2, 3, 4], conv_transpose_layer(np.zeros((5, 2, 7)), np.zeros((2, 3, 4))).shape], predict=(),
    misconceptions=(
        ("the weight is (out, in, w)", lambda: [[3, 2, 4], [5, 3, 10]],
         "The output is right; your weight has the axes of `Conv1d`. Which of a transposed layer's channels come first?"),
        ("the width of a convolution layer", lambda: [[2, 3, 4], [5, 3, 4]],
         "The weight is right; your output became narrower. Where does the copy of the last cell end?"),
        ("the width stays", lambda: [[2, 3, 4], [5, 3, 7]],
         "The weight is right; your output is as wide as the input. How far does the last copy reach beyond it?"),
        ("the channels stay", lambda: [[2, 3, 4], [5, 2, 10]],
         "The weight is right; your output has as many channels as the input. Which of the numbers 2 and 3 is `out_channels`?"),
        ("both shapes of a convolution layer", lambda: [[3, 2, 4], [5, 3, 4]],
         "Both shapes are those of `Conv1d`. Which way does the signal run through a transposed layer?"),
        ("the weight is (out, in, w), and the width stays", lambda: [[3, 2, 4], [5, 3, 7]],
         "Your weight has the axes of `Conv1d`, and your output is as wide as the input. What does an input cell stamp?"),
        ("the two shapes exchanged", lambda: [[5, 3, 10], [2, 3, 4]],
         "Both shapes are right, each in the other one's place. Which of them does the task ask for first?"),
        ("without the sample axis", lambda: [[2, 3, 4], [3, 10]],
         "The weight is right; your output has no axis for the samples of the batch. How many samples come in, and go out?"),
        ("one cell too many", lambda: [[2, 3, 4], [5, 3, 11]],
         "The weight is right; your output is W + w cells wide. Where does the copy of the last cell end?"),
    ),
    hints=("The weight has three axes: two for channels, one for taps. The output has N, C and W.",
           "A transposed layer's weight begins with its input channels.", "The width: W + w − 1, with W = 7 and w = 4."),
)

setup = exercise(
    id="04_setup", title="Set up two layers", truth=lambda: [[3, 2, 4], [2, 6, 5]], predict=(),
    numbers_of=arguments_of("ConvTranspose1d", "Conv1d"),
    misconceptions=(
        ("the channels exchanged in both", lambda: [[2, 3, 4], [6, 2, 5]],
         "Your layers take as many channels as they should give. Which of the two numbers comes first, channels in or out?"),
        ("the channels of the transposed layer exchanged", lambda: [[2, 3, 4], [2, 6, 5]],
         "The Conv1d is right; your ConvTranspose1d would refuse this batch. How many channels come in?"),
        ("the channels of the convolution layer exchanged", lambda: [[3, 2, 4], [6, 2, 5]],
         "The ConvTranspose1d is right; your Conv1d would refuse this batch. How many channels come in?"),
        ("kernels as wide as the change", lambda: [[3, 2, 3], [2, 6, 4]],
         "Your kernels are as wide as the change of width. By how many cells does a kernel of width 1 change it?"),
        ("one tap too many", lambda: [[3, 2, 5], [2, 6, 6]],
         "Your kernels are one tap too wide. By how many cells does a kernel of width w change the width?"),
        ("kernels as wide as the output", lambda: [[3, 2, 13], [2, 6, 9]],
         "Your kernels are as wide as the output should be. How wide would W + w − 1 be?"),
        ("kernels as wide as the input", lambda: [[3, 2, 10], [2, 6, 13]],
         "Your kernels are as wide as the input. How wide would W + w − 1 be?"),
        ("samples taken for channels", lambda: [[8, 8, 4], [8, 8, 5]],
         "The kernels are right, but 8 counts the samples. Which axis of (N, C, W) counts the channels?"),
        ("the two layers exchanged", lambda: [[2, 6, 5], [3, 2, 4]],
         "Both are right, each in the other one's place. Which layer does the task ask for first?"),
        *((f"the second kernel has {w} taps", lambda w=w: [[3, 2, 4], [2, 6, w]],
           "The first layer is right; how many cells does the second make of 13?") for w in (3, 4, 6, 9, 13)),
        *((f"the first kernel has {w} taps", lambda w=w: [[3, 2, w], [2, 6, 5]],
           "The second layer is right; how many cells does the first make of 10?") for w in (3, 5, 10, 13)),
    ),
    hints=("Both layers take `in_channels`, `out_channels`, `kernel_size`, in this order.",
           "The channels are the second number of each shape; the 8 samples are no argument of a layer.",
           "W + w − 1 is the width of the transposed layer's output, W − w + 1 that of the convolution layer's."),
)

transposed_layer = exercise(
    id="04_transposed_layer", title="Repair the axes", truth=_sample,
    cases=((np.array([[1.0, 2, 3], [4, 5, 6]]), np.array([[[1.0, 10], [100, 1000]], [[2, 20], [3, 30]]])),
           *_random_weights(43, (2, 2, 3), (3, 3, 2), (2, 3, 2)), MIXED_CHANNELS),
    misconceptions=(
        ("weight: its first axes exchanged",
         "Output channel 0 got a kernel that belongs to channel 1. Which axis of the weight counts the input channels here?"),
        ("weight: its last axis backwards", "Now the taps run backwards in each copy. Which axis of the weight is turned round?"),
        ("a convolution layer", lambda x, weight: conv_layer(x[None], weight.swapaxes(0, 1))[0],
         "Your rows became narrower. Which function of PyTorch stamps copies?"),
        ("a convolution layer, with the weight as it is", lambda x, weight: conv_layer(x[None], weight)[0],
         "Your rows became narrower: that is `conv1d`. Which function of PyTorch stamps copies?"),
        ("x: backwards", "Each input channel meets the other one's kernels. In which order do the channels of x come?"),
        ("rows in the opposite order", "The right rows, in the wrong order. Which of them belongs to `weight[:, 0]`?"),
    ),
    hints=("Put in an impulse: a 1 in input channel 0, zeros elsewhere. Which kernels should come out?",
           "PyTorch wants (in, out, w), and that is how the weight arrives here.",
           "Nothing has to be permuted: hand the weight over as it is."),
)

bias_row = exercise(
    id="04_bias_row", title="A bias of 5000", truth=lambda x, kernel, bias: conv_transpose(x, kernel) + bias,
    predict=(DIGITS, POWERS, 5000),
    misconceptions=(
        ("the bias arrives with every copy",
         lambda x, kernel, bias: conv_transpose(x, kernel) + bias * conv_transpose(np.ones_like(x), np.ones_like(kernel)),
         "Where copies meet, the bias has come several times. Does it belong to a copy, or to an output cell?"),
        ("the bias is forgotten", lambda x, kernel, bias: conv_transpose(x, kernel),
         "This is the sum of the copies. What does the bias do to each of these cells?"),
        ("the bias is added to the input", lambda x, kernel, bias: conv_transpose(x + bias, kernel),
         "Here the kernel has multiplied the bias as well. Is the bias added before the copies are made, or after?"),
        ("kernel: backwards", "The bias is right, but each copy lies the wrong way round. How is a kernel stamped?"),
        ("copies overwrite each other", lambda x, kernel, bias: one_copy_wins(x, kernel) + bias,
         "The bias is right, but where two copies meet only the later one is left. How many copies reach the lit cell?"),
        ("the bias arrives at the first cell only",
         lambda x, kernel, bias: [bias + x[0] * kernel[0], *conv_transpose(x, kernel)[1:]],
         "One cell has the bias, the others don't. For which cells of an output channel does it hold?"),
        ("the row of a convolution layer", lambda x, kernel, bias: cross_correlate(x, kernel) + bias,
         "The bias is right, but the row is a convolution layer's. Which of the two layers is asked for?"),
    ),
    hints=("First the sum of the copies: 1 12 123 …", "The bias belongs to an output channel. This layer has one.",
           "Add 5000 once to each of the six cells."),
)

backward_pass = exercise(
    id="04_backward_pass", title="The backward pass of a transposed layer", truth=lambda g, kernel: cross_correlate(g, kernel),
    layer=slides, drawn=False, cases=((np.arange(1, 6), POWERS), *random_rows(seed=44, count=4), MIXED),
    misconceptions=(
        ("the other layer",
         "Your row became wider still. The layer led from a small row to a large one: how wide is the gradient that returns?"),
        ("the kernel reversed",
         "The right width, but the taps run backwards. On which cell of y did x[0] put tap 0, and on which one tap 1?"),
        ("the full width", lambda g, kernel: cross_correlate(g, kernel, padding=len(kernel) - 1),
         "Your row is wider than g. How many cells did x have if summed copies filled len(g) cells?"),
        ("as wide as the incoming gradient", lambda g, kernel: cross_correlate([*g, *[0] * (len(kernel) - 1)], kernel),
         "Your row is as wide as g. How many cells did x have if summed copies filled len(g) cells?"),
    ),
    hints=("Which output cells does x[i] write to, and through which taps?",
           "x[i] writes `x[i] * kernel[a]` to y[i + a]. So ∂ℓ/∂x[i] is the sum of `g[i + a] * kernel[a]`.",
           "That sum is one call of a function that you know since notebook 01."),
)
