"""The slips that families offer to every exercise: (name, what is done wrong, advice), in tables by what is changed."""

import numpy as np

from ..geometry import conv_output_size, conv_transpose_output_size, extent
from ..operators import conv_transpose, cross_correlate
from .data import one_copy_wins, spread


def applies(condition, value):
    """The value, if a model applies to it."""
    if not condition:
        raise ValueError("This model does not apply here.")
    return value


def number(y):
    """A single number; anything else is refused, as by the following."""
    return applies(np.ndim(y) == 0 and np.asarray(y).dtype != bool, y)


def several(y):
    """An array or a list of entries."""
    return applies(np.ndim(y) and len(y), y)


def row(y):
    """A single row of more than one number."""
    return applies(np.ndim(y) == 1 and len(y) > 1, y)


def rows(y):
    """An array with more than one axis."""
    return applies(np.ndim(y) > 1, np.asarray(y))


def placed(a, value, *places):
    """A copy of an array with another value in some places."""
    a = np.array(several(a))
    a[list(places)] = value
    return a


def parts(a):
    """An argument that holds several numbers, its kind kept."""
    return a if isinstance(a, (list, tuple)) else np.asarray(several(a))


RESULTS = (  # what became of the right answer
    ("cut to whole numbers", np.trunc, "Your numbers are cut to whole ones. Which `dtype` has your row?"),
    ("without their sign", np.abs, "Your numbers have lost their sign. Where does that happen?"),
    ("nothing below zero", lambda y: np.maximum(y, 0), "Where a number should be negative, yours is 0. What does that?"),
    ("with the other sign", np.negative, "All signs are turned round. What is subtracted from what?"),
    ("twice the answer", lambda y: 2 * y, "All your numbers are doubled. What is counted twice?"),
    ("one too many", lambda y: number(y) + 1, "Your number is one too large each time. Which end is counted too much?"),
    ("one too few", lambda y: number(y) - 1, "Your number is one too small each time. Which end is not counted?"),
    ("counted from 1", lambda y: row(y) + 1, "All your numbers are one too large. From which number on does Python count?"),
    ("the opposite", lambda y: applies(y.dtype == bool, ~y), "Your answers are the opposite. When does your code say True?"),
    ("backwards", lambda y: row(y)[::-1], "The right numbers, from the last to the first. Which of them comes first?"),
    ("rows in the opposite order", lambda y: rows(y)[::-1], "The right rows, in the opposite order. Which of them comes first?"),
    ("each row backwards", lambda y: rows(y)[..., ::-1], "Each of your rows runs from its end. Where does it begin?"),
    ("rows and columns exchanged", lambda y: rows(y).swapaxes(-1, -2),
     "Rows and columns have changed places. What is a row here?"),
    ("the first one is missing", lambda y: several(y)[1:], "The first entry is missing. With what do you begin?"),
    ("the last one is missing", lambda y: several(y)[:-1], "The last entry is missing. With what do you end?"),
    ("both ends are missing", lambda y: several(y)[1:-1], "An entry is missing at each end. Where do you begin, and end?"),
    ("only the first one", lambda y: several(y)[:1], "Only the first entry is here. Does `return` come too early?"),
    ("only the last one", lambda y: several(y)[-1:], "Only the last entry is here. Does your loop replace the others?"),
    ("the first one alone", lambda y: several(y)[0], "This is the first entry alone. Does a `return` end your loop too early?"),
    ("the last one alone", lambda y: several(y)[-1], "This is the last entry alone. What becomes of the others?"),
    ("a zero before", lambda y: np.pad(row(y), (1, 0)), "A zero too many stands at the beginning. Where does the row begin?"),
    ("a zero after", lambda y: np.pad(row(y), (0, 1)), "A zero too many stands at the end. Where does the row end?"),
    ("a zero at each end", lambda y: np.pad(row(y), 1), "A zero too many stands at each end. How wide is the row?"),
    ("too far right", lambda y: [0, *row(y)[:-1]], "All lies one cell too far right. Which index is one too large?"),
    ("too far left", lambda y: [*row(y)[1:], 0], "Everything lies one cell too far left. Which index is one too small?"),
    ("a sum not started anew", lambda y: np.cumsum(several(y), 0),
     "Each entry contains those before it. Where does a sum begin anew?"),
    ("everything in one number", lambda y: np.sum(several(y)),
     "This is the sum of all the numbers asked for. What is kept apart?"),
    ("one bracket too many", lambda y: y[None], "The right answer, in one pair of brackets too many. What does `[0]` take away?"),
    ("in a single row", lambda y: rows(y).ravel(), "The right entries, all in one row. Which rows does the task ask for?"),
)
ARGUMENTS = (  # what became of an argument that holds several numbers, before it was used
    ("backwards", lambda a: parts(a)[::-1], "This is the answer for `{}` read from its end. What reverses it?"),
    ("turned by half a turn", lambda a: rows(a)[..., ::-1, ::-1],
     "This is the answer for `{}` turned by half a turn. What turns it?"),
    ("its last axis backwards", lambda a: rows(a)[..., ::-1],
     "This is the answer for `{}` with its last axis reversed. What reverses it?"),
    ("transposed", lambda a: rows(a).swapaxes(-1, -2),
     "This is the answer for `{}` with its last axes exchanged. What does that?"),
    ("its first axes exchanged", lambda a: rows(a).swapaxes(0, 1),
     "This is the answer for `{}` with its first axes exchanged. What do they count?"),
    ("not used", lambda a: np.ones_like(parts(a)), "This is the answer if `{}` held ones. Where does your code multiply by it?"),
)
LOOPS = (  # the same, for slips that only code makes
    ("zero", lambda a: 0 * np.asarray(parts(a)), "This is the answer if `{}` held zeros. Where does your code use it?"),
    ("without its last entry", lambda a: placed(a, 0, -1), "The last entry of `{}` has no effect. How far does your loop go?"),
    ("without its first entry", lambda a: placed(a, 0, 0), "The first entry of `{}` has no effect. Where does your loop begin?"),
    ("its first entry alone", lambda a: placed(a, 0, *range(1, len(a))),
     "Only the first entry of `{}` has an effect. Does `return` come too early?"),
    ("its last entry alone", lambda a: placed(a, 0, *range(len(a) - 1)),
     "Only the last entry of `{}` has an effect. What replaces the others?"),
    ("its first entry throughout", lambda a: placed(a, a[0], *range(len(a))),
     "The first entry of `{}` stands for all. Which index never changes?"),
    ("read one too early", lambda a: np.roll(parts(a), 1, 0),
     "`{}` is read one index too early, and −1 is its end. Which index is meant?"),
    ("read one too late", lambda a: np.roll(parts(a), -1, 0),
     "`{}` is read one index too late, and its front follows its end. Which index is meant?"),
    ("shortened", lambda a: several(a)[:-1], "This is the answer if `{}` lacked its last entry. Where does your code stop?"),
)
NUMBERS = (  # what became of an argument that is a number
    ("+ 1", lambda a: number(a) + 1, "This is the answer for {0} + 1 in place of {0}. Where does it stand in your code?"),
    ("− 1", lambda a: number(a) - 1, "This is the answer for {0} − 1 in place of {0}. Where does it stand in your code?"),
    ("with the other sign", lambda a: -number(a), "This is the answer for −{0} in place of {0}. Which sign has it?"),
    ("twice", lambda a: 2 * number(a), "This is the answer for 2·{0} in place of {0}. How often does it count?"),
)


def one_axis(x, kernel, transposed, params):
    """A layer on a row without dilation as (x, kernel, transposed, stride, padding)."""
    applies(np.ndim(x) == 1 and params.get("dilation", 1) == 1, x)
    return np.asarray(x), np.asarray(kernel), transposed, params.get("stride", 1), params.get("padding", 0)


def layer_of(x, kernel, transposed, s=1, p=0, d=1):
    """What a layer on a row computes."""
    return (conv_transpose if transposed else cross_correlate)(x, kernel, stride=s, padding=p, dilation=d)


def cropped(transposed, y, p):
    """The full row of a transposed layer, cropped."""
    return applies(transposed, np.asarray(y)[p : len(y) - p])


def copies(x, kernel, starts, width):
    """The sum of copies that begin on the given cells, in a row of this width; what does not fit is cut off."""
    y = np.zeros(max(width, max(starts) + len(kernel)))
    for value, start in zip(x, starts):
        y[start : start + len(kernel)] += value * kernel
    return y[:width]


def full(x, kernel, s):
    """The width of a transposed layer's row before the crop."""
    return conv_transpose_output_size(len(x), len(kernel), stride=s)


def products(transposed, x, kernel):
    """The products at each place of a convolution layer's kernel, one row for each."""
    return applies(not transposed, np.lib.stride_tricks.sliding_window_view(x, len(kernel)) * kernel)


def first(y, width):
    """The first cells of a row, filled up with zeros."""
    return np.pad(y, (0, width))[:width]


OTHER = "These are the numbers of the other layer. Does the layer that is asked for make a row narrower, or wider?"
LATER = "Where two copies meet, your row holds only the later one. How many copies reach the lit cell?"
STEPS = "Your loop takes steps of s over {x}. Which of its cells lay down a copy, and which row does the stride space out?"
TAPS = "Gaps have opened between the taps. Does a stride move the taps of a copy apart, or the copies?"
ENDS = "Your row is cropped at one end only. What happens at the other end?"
LAYERS = (  # what was computed in place of a layer with the kernel k, transposed (t) or not, with stride s and padding p
    ("the other layer", lambda x, k, t, s, p: layer_of(x, k, not t, s, p), OTHER),
    ("the other layer, the kernel reversed", lambda x, k, t, s, p: layer_of(x, k[::-1], not t, s, p), OTHER),
    ("the kernel reversed", lambda x, k, t, s, p: layer_of(x, k[::-1], t, s, p),
     "The taps run the wrong way round. Send a single 1 through: in which order should they come out?"),
    ("copies overwrite each other", lambda x, k, t, s, p: cropped(t, one_copy_wins(x, k, s), p), LATER),
    ("copies overwrite each other, reversed", lambda x, k, t, s, p: cropped(t, one_copy_wins(x, k[::-1], s), p), LATER),
    ("the stride is forgotten in the slice", lambda x, k, t, s, p: cropped(t, copies(x, k, range(len(x)), full(x, k, s)), p),
     "The row has the right width, but your copies stand one cell apart. Where does copy i begin?"),
    ("copies one cell further apart", lambda x, k, t, s, p: cropped(t, layer_of(x, k, t, s + 1), p),
     "Your copies stand s + 1 cells apart. How many zeros lie between samples that are s cells apart?"),
    ("copies too far right", lambda x, k, t, s, p: cropped(t, copies(x, k, range(1, len(x) * s + 1, s), full(x, k, s)), p),
     "Each copy begins one cell too far right. On which cell does copy 0 begin?"),
    ("every s-th sample, in place", lambda x, k, t, s, p: applies(t, copies(x[::s], k, range(0, len(x), s), full(x, k, s))),
     STEPS),
    ("every s-th sample", lambda x, k, t, s, p: applies(t, copies(x[::s], k, range(0, len(x), s), full(x, k, 1))), STEPS),
    ("the stride in the taps", lambda x, k, t, s, p: layer_of(x, k, t, 1, p, s), TAPS),
    ("the stride in the taps, cut off", lambda x, k, t, s, p: applies(t, first(layer_of(x, k, t, 1, 0, s), full(x, k, s))), TAPS),
    ("the stride on the result", lambda x, k, t, s, p: layer_of(x, k, t, 1, p)[::s],
     "Your row holds some cells of the row for stride 1, s cells apart. Which row does a stride space out?"),
    ("zeros between the results", lambda x, k, t, s, p: spread(layer_of(x, k, t, 1, p), s - 1),
     "Zeros stand between the numbers of the row for stride 1. What does a stride move apart, numbers or copies?"),
    ("the stride is ignored", lambda x, k, t, s, p: layer_of(x, k, t, 1, p),
     "This is the row for stride 1. Where does copy i begin when copies stand s cells apart?"),
    ("as wide as x, cut off", lambda x, k, t, s, p: first(layer_of(x, k, t, s, p), len(x)),
     "Your row has as many cells as {x}: it is cut off at its end, or filled up. Where does it really end?"),
    ("as wide as x, the middle", lambda x, k, t, s, p: np.convolve(x, k if t else k[::-1], "same"),
     "Your row has as many cells as {x}: it is the middle of a wider one. Where does that begin and end?"),
    ("cropped at the left only", lambda x, k, t, s, p: applies(p, layer_of(x, k, t, s)[p:]), ENDS),
    ("cropped at the right only", lambda x, k, t, s, p: applies(p, layer_of(x, k, t, s)[: -p or None]), ENDS),
    ("zeros round the row", lambda x, k, t, s, p: applies(t, np.pad(layer_of(x, k, t, s), p)),
     "Zeros have been added round the row. What does a transposed layer's padding do to its output?"),
    ("a mean in place of a sum", lambda x, k, t, s, p: products(t, x, k).mean(1),
     "Your sums are divided by the number of taps. What does an inner product do with its products?"),
    ("sums of cells and taps", lambda x, k, t, s, p: products(t, x, np.ones_like(k)).sum(1) + k.sum(),
     "Cells and taps are added here. What should happen to a cell and the tap on it?"),
    ("the kernel moves by its own width", lambda x, k, t, s, p: applies(not t, layer_of(x, k, t, len(k))),
     "Your kernel moves by its own width each time. By how many cells should it move?"),
)
WIDTHS = (  # what the number of cells of an answer may come from, whatever stands in them; w is the kernel's extent
    ("as wide as the input", lambda n, w, t, s, p: n,
     "Your row is as wide as {x}. How far do its copies, or its kernel, reach?"),
    ("as wide as the other layer's output", lambda n, w, t, s, p: _size(n, w, not t, s, p),
     "Your row has the width of the other layer's output. Does the layer that is asked for make a row narrower, or wider?"),
    ("as wide as without padding", lambda n, w, t, s, p: _size(n, w, t, s, 0),
     "Your row has the width for padding 0. What does padding do?"),
    ("as wide as for stride 1", lambda n, w, t, s, p: _size(n, w, t, 1, p),
     "Your row has the width for stride 1. Where does its last copy begin?"),
    ("as wide as s inputs", lambda n, w, t, s, p: n * s,
     "Your row has s cells for each one of {x}. Where does the last copy begin and end?"),
    ("as wide as the padded input", lambda n, w, t, s, p: (n - 1) * s + 1 + 2 * (w - 1),
     "Your row is as wide as {x} with its zeros. At how many places does the kernel lie within that?"),
    ("as wide as the kernel", lambda n, w, t, s, p: w,
     "Your row is as wide as the kernel. How many places, or copies, are there?"),
    ("one cell too wide", lambda n, w, t, s, p: _size(n, w, t, s, p) + 1,
     "Your row is one cell too wide. Where does it begin and end?"),
    ("one cell too narrow", lambda n, w, t, s, p: _size(n, w, t, s, p) - 1,
     "Your row is one cell too narrow. Where does it begin and end?"),
    ("two cells too wide", lambda n, w, t, s, p: _size(n, w, t, s, p) + 2,
     "Your row is two cells too wide. Where does it begin and end?"),
    ("two cells too narrow", lambda n, w, t, s, p: _size(n, w, t, s, p) - 2,
     "Your row is two cells too narrow. Where does it begin and end?"),
)


def _size(n, w, transposed, s, p):
    return (conv_transpose_output_size if transposed else conv_output_size)(n, w, stride=s, padding=p)


def widths(x, kernel, transposed, params):
    w = extent(len(kernel), params.get("dilation", 1))
    return applies(np.ndim(x) == 1, (len(x), w, transposed, params.get("stride", 1), params.get("padding", 0)))
