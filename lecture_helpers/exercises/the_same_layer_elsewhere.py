"""The exercises of notebook 10, The same layer elsewhere."""

from functools import partial

import numpy as np

from ..checks import summarise
from ..operators import conv_transpose
from .data import DIGITS, MIXED, POWERS
from .families import exercise

summary = partial(summarise, globals())


def _window(x, kernel, stride, left):
    """`stride` cells of the full row for each one of x, the first `left` cells cropped."""
    return conv_transpose(x, kernel, stride=stride)[left : left + stride * len(x)]


def _spare(kernel, stride):
    """How many cells a full row has too many."""
    return len(kernel) - stride


def _same(x, kernel, stride):
    return _window(x, kernel, stride, _spare(kernel, stride) // 2)


same_row = exercise(
    id="10_same_row", title="Repair a converter", truth=_same,
    cases=((DIGITS, POWERS, 2), (np.array([3, 1, 2]), np.array([4, 7, 1, 9, 5]), 2),
           (np.array([2, 5, 8]), np.array([6, 1, 3, 7]), 2), (np.array([7, 2]), np.array([5, 3, 8, 1, 9, 2, 4]), 4),
           (np.array([4, 9, 6]), np.array([2, 5]), 2), (*MIXED, 2)),
    misconceptions=(
        ("the odd cell is cropped at the left",
         lambda x, kernel, stride: _window(x, kernel, stride, (_spare(kernel, stride) + 1) // 2),
         "The size is right, and so are the rows for which w − s is even. At which end does Keras crop the odd cell?"),
        ("everything is cropped at the right", lambda x, kernel, stride: _window(x, kernel, stride, 0),
         "You crop at the right end only. With w = 5 and s = 2, three cells are too many: how many of them go at the left?"),
        ("everything is cropped at the left", lambda x, kernel, stride: _window(x, kernel, stride, _spare(kernel, stride)),
         "You crop at the left end only. How many of the cells that are too many go at the right?"),
        ("both ends alike, too few",
         lambda x, kernel, stride: conv_transpose(x, kernel, stride=stride, padding=_spare(kernel, stride) // 2),
         "Both ends are cropped alike, so an odd cell stays. Which end loses it?"),
        ("both ends alike, too many",
         lambda x, kernel, stride: conv_transpose(x, kernel, stride=stride, padding=(_spare(kernel, stride) + 1) // 2),
         "Both ends are cropped alike, so a cell too many is gone. Which end keeps it?"),
        ("one cell more at the right, always",
         lambda x, kernel, stride: _same(x, kernel, stride)[: stride * len(x) - 1 + _spare(kernel, stride) % 2],
         "You leave out one cell more at the right each time. What if w − s is even?"),
        ("half a kernel at the left", lambda x, kernel, stride: _window(x, kernel, stride, (len(kernel) - 1) // 2),
         "You crop half of the kernel at the left, as for stride 1. How many cells are too many with stride s?"),
        ("padding 1 and output_padding 1",
         lambda x, kernel, stride: conv_transpose(x, kernel, stride=stride, padding=1, output_padding=1),
         "Your padding is the same for all kernels. How many cells are too many for w = 4 and s = 2?"),
        ("nothing is cropped", lambda x, kernel, stride: conv_transpose(x, kernel, stride=stride),
         "This is the full row. How many of its cells are too many if each input cell is to have s of them?"),
        ("the kernel reversed", lambda x, kernel, stride: _same(x, kernel[::-1], stride),
         "The crop is right, but your copies are reversed. In which order do Keras' copies hold the kernel?"),
        ("as wide as x", lambda x, kernel, stride: _same(x, kernel, stride)[: len(x)],
         "Your row has one cell for each input cell. How many has Keras' row?"),
        ("a zero in place of the first cell", lambda x, kernel, stride: _same(x, kernel, stride) * _but_first(stride * len(x)),
         "The first cell holds a 0. What did it hold before the crop?"),
    ),
    hints=("For which kernels can padding and output_padding not say it? Compute the full row, with neither of them.",
           "`spare = len(kernel) - stride` cells are too many. Half of them, rounded down, go at the left.",
           "A slice of the full row: from `left = spare // 2`, `stride * len(x)` cells."),
)


def _but_first(cells):
    return np.arange(cells) > 0


def _blocks(n, depth):
    """The size in blocks of 2^depth cells, rounded up."""
    return -(-n // 2**depth)


padded_size = exercise(
    id="10_padded_size", title="The next size that comes back", truth=lambda n, depth: _blocks(n, depth) * 2**depth,
    cases=((100, 5), (360, 3), (33, 5), (1, 4), (249, 2), (96, 5), (130, 3), (7, 1)),
    misconceptions=(
        ("the size before", lambda n, depth: n // 2**depth * 2**depth,
         "This is the largest such size that is not above n. Can an image be padded to fewer cells than it has?"),
        ("the next power of two", lambda n, depth: 1 << (n - 1).bit_length(),
         "You go on to the next power of two. Must the smallest row in the middle have a single cell?"),
        ("the next even number", lambda n, depth: n + n % 2, "Your size can be halved once. How often must it be halved?"),
        ("2·depth instead of 2^depth", lambda n, depth: -(-n // (2 * depth)) * 2 * depth,
         "Your size is a multiple of 2·depth. By which number do several halvings divide?"),
        ("always one block more", lambda n, depth: (n // 2**depth + 1) * 2**depth,
         "A size that comes back needs no more cells. What does your formula add to it?"),
        ("the nearest", lambda n, depth: round(n / 2**depth) * 2**depth,
         "You round to the nearest such size, which may lie below n. In which direction can an image be padded?"),
        ("what is missing", lambda n, depth: -n % 2**depth, "This is how many cells must be added. Which size is that then?"),
        ("the rest is added", lambda n, depth: n + n % 2**depth,
         "You add what is left over to n. How many cells are missing to the next multiple?"),
        ("the smallest row in the middle", _blocks, "This is the size after all halvings. What does it come back as?"),
        ("what is too many", lambda n, depth: n % 2**depth, "This is what is left over. Which size leaves nothing over?"),
        ("a multiple of depth", lambda n, depth: -(-n // depth) * depth,
         "Your size is a multiple of depth. By which number do that many halvings divide?"),
        ("n itself", lambda n, depth: n, "You return n. Do 100 cells come back after five halvings?"),
    ),
    hints=("A size comes back if every halving divides without a rest. So by which number must it be divisible?",
           "By 2·2·…·2, `2 ** depth`. Which multiple of it is the first that is not below n?",
           "Divide, round up, multiply. `-(-n // b)` is n / b rounded up."),
)

THREE = np.array([[5, 7, 2], [4, 9, 8], [6, 3, 1]])

one_kernel = exercise(
    id="10_one_kernel", title="One kernel for PixelShuffle", truth=lambda kernels: kernels[:, ::-1].T.ravel(),
    cases=((np.array([[1, 2, 3], [10, 20, 30]]),), (THREE,), (np.array([[1, 2, 3, 4, 5], [6, 7, 8, 9, 0]]),),
           (np.array([[0.5, -2, 0], [3, 1.5, -1]]),)),
    misconceptions=(
        ("interleaved as written", lambda kernels: kernels.T.ravel(),
         "Interleaved, but each kernel runs as it is written. In which order does ⊛ let a single 1 out?"),
        ("reversed, one after the other", lambda kernels: kernels[:, ::-1].ravel(),
         "Your kernels stand one after the other. Which one writes y[0], and which one its neighbour y[1]?"),
        ("one after the other, as written", lambda kernels: kernels.ravel(),
         "Your kernels stand one after the other, as written. What does a single 1 become, and in which order?"),
        ("everything reversed", lambda kernels: kernels[::-1, ::-1].T.ravel(),
         "Each kernel is reversed, and so is their order. Which kernel writes y[0]?"),
        ("the kernels in the opposite order", lambda kernels: kernels[::-1].T.ravel(),
         "The kernels come in the opposite order, each as written. What does a single 1 become, and in which order?"),
        ("not yet one row", lambda kernels: kernels[:, ::-1].T,
         "The right taps in the right order, as a table. A kernel is a row: what does `.ravel()` do?"),
        ("everything backwards in one row", lambda kernels: kernels.ravel()[::-1],
         "Your kernels stand one after the other, the last one first. Which kernels write y[0] and its neighbour y[1]?"),
        ("only two kernels", lambda kernels: kernels[:2, ::-1].T.ravel(),
         "These are the taps of the first two kernels. How many rows may there be?"),
        ("only the first kernel", lambda kernels: kernels[0, ::-1],
         "These are the taps of one kernel. Which cells does the other one write?"),
        ("the kernels added up", lambda kernels: kernels[:, ::-1].sum(0),
         "The kernels are added up here. Do they write to the same cells, or to cells of their own?"),
        ("the kernels, reversed, in rows", lambda kernels: kernels[:, ::-1],
         "Each kernel is reversed, in a row of its own. Whose tap comes first in the one kernel, and whose comes second?"),
    ),
    hints=("Send a single 1 through: what do the two ⊛ make of it, and what becomes of that when it is interleaved?",
           "Each kernel comes out reversed; then one tap from each in turn.",
           "`kernels[:, ::-1]` reverses each row; `.T.ravel()` reads a table down its columns."),
)

LINES = (0.25, 0.75, 0.75, 0.25)


def _diagonal(channels, taps=LINES):
    """The taps on the diagonal of the channels, zeros elsewhere."""
    return np.eye(channels)[:, :, None] * taps


bilinear_weight = exercise(
    id="10_bilinear_weight", title="Repair a bilinear start", truth=_diagonal, cases=((2,), (3,), (4,)),
    misconceptions=(
        ("every channel reads all", lambda channels: np.ones((channels, channels, 1)) * LINES,
         "Every kernel of the table is filled, so output channel 0 adds up all inputs. Which one alone should it enlarge?"),
        ("the mean of all channels", lambda channels: np.ones((channels, channels, 1)) * LINES / channels,
         "Every output channel is now the mean of all inputs. Which one alone should it enlarge?"),
        ("one kernel for each channel", lambda channels: np.ones((channels, 1, 1)) * LINES,
         "This weight is right with `groups=channels`. Which shape has it without groups?"),
        ("a kernel that sums to 1", lambda channels: _diagonal(channels, np.array(LINES) / 2),
         "The diagonal is right, but a grey of 1 comes out as ½. What must the taps of each class add up to?"),
        ("nearest", lambda channels: _diagonal(channels, (0, 1, 1, 0)),
         "The diagonal is right, but these taps repeat each cell. Which taps draw a line between two cells?"),
        ("only the first channel", lambda channels: _diagonal(channels) * (np.arange(channels) == 0)[:, None, None],
         "Only channel 0 is enlarged. Which kernel belongs to the next channel?"),
        ("the last channel is missing", lambda channels: np.pad(_diagonal(channels - 1), ((0, 1), (0, 1), (0, 0))),
         "The last channel stays dark. How far does the diagonal reach?"),
        ("all inputs into channel 0", lambda channels: np.eye(1, channels)[:, :, None] * np.ones((channels, 1, 1)) * LINES,
         "Output channel 0 adds up all inputs, and the others get nothing. Which output belongs to input 1?"),
        ("a half in the middle", lambda channels: _diagonal(channels, (0.25, 0.5, 0.5, 0.25)),
         "The diagonal is right, but a grey of 1 comes out as ¾. What must the taps of each class add up to?"),
        ("inside out", lambda channels: _diagonal(channels, (0.75, 0.25, 0.25, 0.75)),
         "The diagonal is right, but the outer taps are the larger ones. To which input cell is an output cell nearest?"),
        ("the other diagonal", lambda channels: _diagonal(channels)[::-1],
         "Each output channel enlarges one input, but not its own. Which entries have equal channel numbers?"),
        ("channels behind the taps", lambda channels: _diagonal(channels).transpose(2, 0, 1),
         "Your first axis counts the taps. Which axes does a transposed layer's weight have, and in which order?"),
        ("channels above the diagonal too", lambda channels: np.triu(np.ones((channels, channels)))[:, :, None] * LINES,
         "Some output channels read several inputs. Which one alone should each of them enlarge?"),
    ),
    hints=("What does output channel 0 read, if `weight[:]` fills all kernels of the table?",
           "Input c should reach output c only: the kernels with two equal channel numbers, `weight[c, c]`.",
           "A loop over the channels fills the diagonal; the other kernels stay 0."),
)

ANSWERS = ([0, 5, 4, 3, 2, 1], [1, 2, 3, 4, 5, 0], [0, 1, 2, 3, 4, 5, 0])  # to 0 1 0, by three libraries: κ = 1 2 3 4 5, s = 2


def _fingerprint(row, place=2, full=9):
    """Whether the copy is reversed, and how many cells of a full row are missing at the left and at the right."""
    row = np.array(row)
    left = place - int(np.flatnonzero(row)[0])
    return [int(row[row > 0][0] > 1), left, full - len(row) - left]


def _zeros(row):
    """How many zeros stand before the copy and behind it."""
    first, *_, last = np.flatnonzero(row)
    return int(first), len(row) - 1 - int(last)


def _fingerprints(**options):
    return [_fingerprint(row, **options) for row in ANSWERS]


def _changed(change):
    return lambda: [change(*each) for each in _fingerprints()]


fingerprints = exercise(
    id="10_fingerprints", title="Three fingerprints", truth=_fingerprints, predict=(),
    misconceptions=(
        ("the stride is forgotten", lambda: _fingerprints(place=1, full=7),
         "Your crops belong to stride 1. Where does the copy of x[1] begin with stride 2, and how wide is the full row?"),
        ("the copy of x[1] begins at cell 1", lambda: _fingerprints(place=1),
         "By your numbers, the copy of x[1] begins at cell 1 of the full row. How many cells does stride 2 move it?"),
        ("the zeros that are there", lambda: [[_fingerprint(row)[0], *_zeros(row)] for row in ANSWERS],
         "You count the zeros that are left beside the copy. How many stand beside it in the full row?"),
        ("left and right exchanged", _changed(lambda reverse, left, right: [reverse, right, left]),
         "The crops of the two ends are exchanged. How many zeros stand before the copy in the full row, and how many in row A?"),
        ("1 and 0 exchanged", _changed(lambda reverse, left, right: [1 - reverse, left, right]),
         "The crops are right. For which order of the taps was a 1 asked?"),
        ("nothing is reversed", _changed(lambda reverse, left, right: [0, left, right]),
         "The crops are right, and no copy is reversed by your numbers. In which order do the taps of A come out?"),
        ("everything is reversed", _changed(lambda reverse, left, right: [1, left, right]),
         "The crops are right, and every copy is reversed by your numbers. In which order do the taps of B come out?"),
        ("nothing is cropped", _changed(lambda reverse, left, right: [reverse, 0, 0]),
         "By your numbers nothing is cropped. How many cells has the full row of three cells, a kernel of five and stride 2?"),
        ("three cells are missing everywhere", _changed(lambda reverse, left, right: [reverse, left, 3 - left]),
         "By your numbers three cells are missing in every row. How many cells has row C?"),
        ("the odd cell always at the right", _changed(lambda reverse, left, right: [reverse, 1, left + right - 1]),
         "In all your rows the copy has moved by one cell to the left. Where does it begin in row B?"),
        ("the full row has s·W cells more", lambda: _fingerprints(full=10),
         "Your full row has ten cells. The last copy begins at cell 4: how far does it reach?"),
        ("the full row is a cell short", lambda: _fingerprints(full=8),
         "Your full row has eight cells. The last copy begins at cell 4: how far does it reach?"),
    ),
    hints=("Write down the full row first, without any crop: where does the copy of x[1] begin?",
           "The full row has nine cells: two zeros, the copy, two zeros. Which of these zeros are missing in each row?",
           "In row A one zero is left before the copy, and none behind it."),
)
