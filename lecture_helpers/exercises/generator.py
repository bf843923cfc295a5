"""The exercises of notebook 09, A generator."""

from functools import partial

import numpy as np

from ..checks import summarise
from ..geometry import conv_output_size, conv_transpose_output_size
from ..operators import conv_transpose, cross_correlate
from .data import one_copy_wins
from .families import exercise

summary = partial(summarise, globals())


def _error(z, kernel, target):
    return cross_correlate(z, kernel) - target


def _gradient(z, kernel, target):
    """The gradient of ½‖z ⊛ κ − target‖² with respect to z."""
    return conv_transpose(_error(z, kernel, target), kernel)


def _step(z, kernel, target, rate):
    return z - rate * _gradient(z, kernel, target)


input_step = exercise(
    id="09_input_step", title="One gradient step on the input", truth=_step,
    misfit="z is wider than target: which of the two layers leads from the width of z to that of target, and which one back?",
    cases=((np.array([2.0, 0, 1, 4]), np.array([3, 1]), np.array([5, 5, 9]), 0.5),
           (np.zeros(3), np.array([1, 2]), np.array([10, 20]), 0.1),
           (np.array([1.0, 3, 2, 0, 5]), np.array([2, 0, 1]), np.array([4, 1, 6]), 0.25),
           (np.array([0.5, -2, 3]), np.array([-1, 0.5]), np.array([0, -4]), 0.5)),
    misconceptions=(
        ("the kernel is reversed on the way back",
         lambda z, kernel, target, rate: z - rate * conv_transpose(_error(z, kernel, target), kernel[::-1]),
         "On the way back your kernel lies reversed in each copy. How does a transposed layer that stamps lay it down?"),
        ("uphill instead of downhill", lambda z, kernel, target, rate: _step(z, kernel, target, -rate),
         "Your step goes uphill: the error grows. In which direction does the gradient point?"),
        ("rate: ignored", "The right direction, with a step of length 1. By what is the gradient multiplied?"),
        ("the target is sent back, instead of the error",
         lambda z, kernel, target, rate: z + rate * conv_transpose(target, kernel),
         "The target itself has been sent back. Which difference is to become small?"),
        ("the target's way back alone", lambda z, kernel, target, rate: conv_transpose(target, kernel),
         "This is the target, sent back through the layer. From where does a step begin, and along which gradient?"),
        ("the step instead of what it leads to", lambda z, kernel, target, rate: _step(z, kernel, target, rate) - z,
         "This is the step alone. Where does z stand after it?"),
        ("the gradient", lambda z, kernel, target, rate: _gradient(z, kernel, target),
         "This is the gradient. Where does z stand after a step against it?"),
        ("rate times the gradient", lambda z, kernel, target, rate: rate * _gradient(z, kernel, target),
         "This is how far the step leads. From where does it start, and in which direction does the error shrink?"),
        ("target: zero", "Your error does not contain the target. Which difference is to become small?"),
        ("a step of fixed length",
         lambda z, kernel, target, rate: _step(z, kernel, target, rate / np.linalg.norm(_gradient(z, kernel, target))),
         "Your step has a fixed length, as in the loop above. How long is it if it is rate times the gradient itself?"),
        ("a factor 2", lambda z, kernel, target, rate: _step(z, kernel, target, 2 * rate),
         "Your step is twice as long. What does the ½ in the loss do to the derivative of a square?"),
    ),
    hints=("Three lines: the error e = z ⊛ κ − target, its way back to the input, the step.",
           "The way back is a transposed layer: `conv_transpose(e, kernel)`.",
           "`z - rate * conv_transpose(cross_correlate(z, kernel) - target, kernel)`."),
)

LECTURE = ((5, 1), (5, 1), (4, 2), (3, 2), (4, 1))


def _up(layers, more=False):
    """The sizes from 1 up; with `more`, each layer has the largest output_padding."""
    sizes = [1]
    for k, s in layers:
        sizes.append(conv_transpose_output_size(sizes[-1], k, stride=s, output_padding=s - 1 if more else 0))
    return sizes


decoder_sizes = exercise(
    id="09_decoder_sizes", title="Repair a mirrored decoder", truth=lambda layers: _up(layers[::-1]),
    cases=((list(LECTURE),), ([(3, 1), (4, 2), (5, 1)],), ([(4, 2), (3, 1)],)),
    misconceptions=(
        ("layers: backwards", "You run through the layers in the encoder's order. Which of its layers has to be undone first?"),
        ("output_padding s − 1", lambda layers: _up(layers[::-1], more=True),
         "Your strided layers add a cell. Did the stride leave anything over on the way down?"),
        ("strides only", lambda layers: [int(size) for size in np.cumprod([1, *(s for _, s in layers[::-1])])],
         "Your sizes grow by the strides alone. How far does the last copy of a layer reach beyond its own place?"),
        ("kernel and stride exchanged", lambda layers: _up([(s, k) for k, s in layers[::-1]]),
         "Kernel and stride have changed places. Which of the two comes first in each pair?"),
        ("not mirrored, from the largest size down", lambda layers: _up(layers)[::-1],
         "The sizes themselves run backwards. What should be mirrored, the layers or the list of sizes?"),
        ("the encoder's own sizes", lambda layers: _up(layers[::-1])[::-1],
         "These are the encoder's sizes, from the image down. Where does the decoder begin?"),
        ("the strides are ignored", lambda layers: _up([(k, 1) for k, _ in layers[::-1]]),
         "These are the sizes for stride 1. Where does your code use s?"),
    ),
    hints=("Delete the line that raises and run both cells: at which size does your decoder end?",
           "The encoder's last layer went from 4 pixels to 1. So the decoder's first layer must go from 1 to 4.",
           "`for k, s in reversed(layers):`."),
)


def _down(n, layers=LECTURE):
    sizes = [n]
    for k, s in layers:
        sizes.append(conv_output_size(sizes[-1], k, stride=s))
    return sizes


def _needed(n):
    """The output_padding of each mirrored layer that restores the sizes on the way down from n."""
    there = _down(n)[::-1]
    return [
        large - conv_transpose_output_size(small, k, stride=s) for small, large, (k, s) in zip(there, there[1:], LECTURE[::-1])
    ]


decoder_paddings = exercise(
    id="09_decoder_paddings", title="The decoder's output_paddings for 30 pixels", truth=lambda: _needed(30), predict=(),
    misconceptions=(
        ("the same parameters always restore the size", lambda: [0, 0, 0, 0, 0],
         "With zeros only, the decoder ends at 28 pixels. On the way down from 30, which steps leave a pixel over?"),
        ("in the encoder's order", lambda: _needed(30)[::-1],
         "You gave the 1 to the decoder's fourth layer. It mirrors the encoder's second layer: which stride has that one?"),
        ("both strided layers", lambda: [0, 1, 1, 0, 0],
         "Both layers with stride 2 got a 1. On the way down from 30, what does (n − k)/s leave over in each of the two?"),
        ("the missing pixels at the end", lambda: [0, 0, 0, 0, 2],
         "The last layer is to add what is missing. Which values may its output_padding have with stride 1?"),
        ("every layer", lambda: [1, 1, 1, 1, 1], "Every layer got a 1. Which output_padding may a layer with stride 1 have?"),
        ("the sizes", lambda: _down(30)[::-1],
         "These are the sizes on the way up. How many cells does each layer lack without an output_padding?"),
        ("the other strided layer", lambda: [0, 0, 1, 0, 0],
         "You gave the 1 to the decoder's third layer. Between which two sizes on the way down is a pixel left over?"),
        ("two cells in one step", lambda: [0, 2, 0, 0, 0],
         "The right layer, but two cells. Which values may output_padding have in a layer with stride 2?"),
    ),
    hints=("First the sizes of the encoder for 30 pixels: 30, 26, 22, …",
           "They are 30 26 22 10 4 1. For each layer, what is the remainder of (n − k)/s?",
           "The layer from 10 to 4 leaves a pixel over; the decoder's second layer is its mirror image."),
)

ENCODER = ((1, 16, 5, 1), (16, 16, 5, 1), (16, 16, 4, 2), (16, 16, 3, 2), (16, 24, 4, 1))  # in, out, kernel size, stride


def _mirrored(layers=ENCODER):
    """The arguments of the transposed layers that lead back through an encoder's layers."""
    return [[out, into, k, s] for into, out, k, s in layers[::-1]]


decoder_layers = exercise(
    id="09_decoder_layers", title="The decoder that will be trained", truth=_mirrored, predict=(), whole=True,
    misconceptions=(
        ("the encoder's order", lambda: _mirrored(ENCODER[::-1]),
         "Your first layer mirrors the encoder's first one. Which of its layers has to be undone first?"),
        ("in and out as in the encoder", lambda: [[*each] for each in ENCODER[::-1]],
         "The right order, but your first layer expects 16 channels. How many has the code?"),
        ("the encoder itself", lambda: [[*each] for each in ENCODER],
         "This is the encoder. With which of its layers does the way back begin, and what is the way in there?"),
        ("without strides", lambda: [[out, into, k, 1] for out, into, k, _ in _mirrored()],
         "All your layers have stride 1, so the image stays small. Which two of the encoder's layers have stride 2?"),
        ("kernel size and stride exchanged", lambda: [[out, into, s, k] for out, into, k, s in _mirrored()],
         "Kernel size and stride have changed places. Which one comes first in `nn.ConvTranspose2d`?"),
        ("the kernels in the encoder's order", lambda: [[*a[:2], b[2], a[3]] for a, b in zip(_mirrored(), ENCODER)],
         "The channels run back, the kernel sizes still run forth. Which size has the layer that made the code?"),
        ("the strides in the encoder's order", lambda: [[*a[:3], b[3]] for a, b in zip(_mirrored(), ENCODER)],
         "Your strides run in the encoder's order. Which of your layers mirrors the one from 20 to 9 pixels?"),
        ("kernels and strides in the encoder's order", lambda: [[*a[:2], *b[2:]] for a, b in zip(_mirrored(), ENCODER)],
         "Only the channels have been mirrored. Which kernel size and stride has the layer that made the code?"),
        ("an image of 16 channels", lambda: [*_mirrored()[:-1], [16, 16, 5, 1]],
         "Your last layer gives 16 channels. How many has a grey image?"),
        ("a layer is missing", lambda: _mirrored()[1:],
         "Your first layer expects 16 channels, but the code has 24. Which layer of the encoder made it?"),
    ),
    hints=("The encoder's last layer takes 16 channels to 24, with a kernel of 4 and stride 1. What is its mirror image?",
           "It is `(24, 16, 4, 1)`. Go on backwards through the encoder, in and out exchanged.",
           "`[(24, 16, 4, 1), (16, 16, 3, 2), …]`: two layers with stride 2, one after the other; the last one gives 1 channel."),
)

T, KERNEL = np.array([10, 20]), np.array([1, 2])
ROW = conv_transpose(T, KERNEL)


def _there_and_back(row, kernel=KERNEL):
    """The decoder's row, and what the encoder makes of it."""
    return [row, cross_correlate(row, kernel)]


shared_weights = exercise(
    id="09_shared_weights", title="A decoder with the encoder's weights", truth=lambda: _there_and_back(ROW), predict=(),
    misconceptions=(
        ("the encoder undoes the decoder", lambda: [ROW, T],
         "The second row is the code itself. What is the inner product of [1, 2] with the first two cells of your first row?"),
        ("the kernel is reversed on the way up", lambda: _there_and_back(conv_transpose(T, KERNEL[::-1])),
         "On the way up, your copies hold the kernel reversed. How does a transposed layer stamp it?"),
        ("the kernel is reversed on the way down", lambda: _there_and_back(ROW, KERNEL[::-1]),
         "The first row is right; on the way down the kernel lies reversed. How does a convolution layer lay it on?"),
        ("copies overwrite each other", lambda: _there_and_back(one_copy_wins(T, KERNEL)),
         "Where the copies of the first row meet, only the later one is left. How many copies reach the middle cell?"),
        ("only the decoder's row", lambda: ROW, "This is the decoder's row. What does the encoder make of it, as a second row?"),
        ("the code times the sum of the squared taps", lambda: [ROW, T * (KERNEL @ KERNEL)],
         "Your second row is the code, 1² + 2² = 5 times. What does each place read of the copy that the other number laid?"),
        ("padding on the way down", lambda: [ROW, cross_correlate(ROW, KERNEL, padding=1)],
         "Your second row is as if zeros stood around the first one. At how many places do two taps lie within three cells?"),
        ("the rows exchanged", lambda: _there_and_back(ROW)[::-1],
         "These rows stand in the opposite order. Which one comes first?"),
    ),
    hints=("The decoder first: two copies of [1, 2], weighted by 10 and 20, one cell apart.",
           "10 20, and 20 40 one cell further right, added: 10 40 40.", "Then slide [1, 2] over that row: two inner products."),
)
