"""The exercises of notebook 02, The gradient. `c` is the incoming gradient, ∂ℓ/∂y."""

from functools import partial

import numpy as np

from ..checks import summarise
from ..operators import conv_transpose, cross_correlate, input_gradient, kernel_gradient
from .data import DIGITS, MIXED, POWERS, random_rows, slides, stamps
from .families import exercise

summary = partial(summarise, globals())


def _gradient(c, kernel):
    return input_gradient(c, kernel, len(c) + len(kernel) - 1)


def _one_path(c, kernel):
    """Only the output with the cell's own number, through tap 0."""
    return [*np.multiply(c, kernel[0]), *[0] * (len(kernel) - 1)]


def _turned_round(c, kernel):
    """κ[i − u] in place of κ[u − i]."""
    return [sum(c[i] * kernel[i - u] for i in range(len(c)) if 0 <= i - u < len(kernel)) for u in range(len(c) + len(kernel) - 1)]


def _from_the_end(c, kernel):
    """κ[u − i] for every u − i below the kernel's width: Python reads negative ones from the end."""
    return [sum(c[i] * kernel[u - i] for i in range(len(c)) if u - i < len(kernel)) for u in range(len(c) + len(kernel) - 1)]


def _inner_cells(c, kernel):
    """The kernel slides over the incoming gradient; no cell if that is narrower."""
    return [np.dot(c[u : u + len(kernel)], kernel) for u in range(len(c) - len(kernel) + 1)]


one_path = (
    "one path only", _one_path,
    "Your gradient takes one path from this input to the loss. Which other outputs read the lit cell?")
turned_round = (
    "κ[i − u] instead of κ[u − i]", _turned_round,
    "Your sum uses the tap i − u. If the kernel stands at i and the cell u lies under it, which of the two numbers is larger?")
not_reversed = (
    "the kernel reversed", "Seen from an input cell, your taps go up as i goes up. Through which tap does y[0] read x[0]?")
SHORTER = "Your row is shorter than the incoming gradient, but x was longer. Which outputs read the very first cell of x?"
AS_WIDE = "Your row is as wide as the incoming gradient. How many cells did x have if the kernel found len(c) places in it?"
X = np.array([5, 7, 2])
LIBRARY = ("convolve", "correlate", "cross_correlate", "conv_transpose", "input_gradient", "conv1d", "polymul", "autograd")

gradient_row = exercise(
    id="02_gradient_row", title="The gradient of a small layer", truth=_gradient, predict=(np.array([1, 10]), np.array([3, 4])),
    layer=stamps, drawn=False,
    misconceptions=(
        ("the gradient depends on x", lambda c, kernel: X * _gradient(c, kernel),
         "Every number is multiplied by its own x[u]. If x[u] grows by 1, does it matter for the loss where it started?"),
        one_path,
        ("one path of the middle cell, through y[1]", lambda c, kernel: [c[0] * kernel[0], c[1] * kernel[0], c[1] * kernel[1]],
         "The middle cell is read twice, and only one of its paths is here. Which other output reads x[1]?"),
        ("one path of the middle cell, through y[0]", lambda c, kernel: [c[0] * kernel[0], c[0] * kernel[1], c[1] * kernel[1]],
         "The middle cell is read twice, and its path through y[1] is missing. With which factors does that path enter?"),
        ("c: not used", "This is how y[0] + y[1] grows. With which weights do y[0] and y[1] enter the loss?"),
        turned_round, not_reversed, ("as wide as x, cut off", AS_WIDE),
        ("the forward pass", lambda c, kernel: cross_correlate(X, kernel),
         "This is y, the layer's output. How much does the loss grow if one cell of x grows by 1?"),
        ("the gradient with respect to the kernel", lambda c, kernel: kernel_gradient(X, c, 2),
         "Two numbers, one for each tap: this is how the loss depends on the kernel. How many cells does x have?"),
    ),
    hints=("Let x[0] grow by 1: which outputs read it, and through which tap?",
           "x[0] is read by y[0] alone, through tap 0: 1·3. The middle cell is read twice.",
           "x[1]: 1·4 through y[0] and tap 1, plus 10·3 through y[1] and tap 0."),
)

linking_tap = exercise(
    id="02_linking_tap", title="The tap that links two cells", truth=lambda u, i, w: u - i if 0 <= u - i < w else None,
    cases=((4, 2, 3), (2, 4, 3), (5, 2, 3), (7, 7, 2), (6, 3, 4), (3, 4, 5), (9, 2, 4)),
    misconceptions=(
        ("u and i exchanged", "Your tap is i − u. A kernel at i covers the cells from i on: can a cell left of i lie under it?"),
        ("any i − u", lambda u, i, w: i - u, "This is i − u. If a kernel at i covers the cell u, which of the two is larger?"),
        ("the sign does not matter", lambda u, i, w: abs(u - i) if abs(u - i) < w else None,
         "You take the distance of the two numbers. Does a kernel that stands at 4 cover the cell 2?"),
        ("any u − i", lambda u, i, w: u - i, "This is u − i, but the kernel has only w taps. Which numbers do its taps have?"),
        ("only the right end is tested", lambda u, i, w: u - i if u - i < w else None,
         "A tap has a negative number here. Does the kernel cover the cells left of the place where it stands?"),
        ("only the left end is tested", lambda u, i, w: u - i if u >= i else None,
         "A tap has a number that is too large here. Does the kernel reach that far to the right?"),
        ("the taps in the opposite order", lambda u, i, w: w - 1 - (u - i) if 0 <= u - i < w else None,
         "Seen from the cell u, your taps go up as i goes up. Which tap lies on the cell i when the kernel stands at i?"),
        ("tap 0 is left out", lambda u, i, w: u - i if 0 < u - i < w else None,
         "Tap 0 is missing. Which cell lies under tap 0 when the kernel stands at i?"),
        ("w: + 1", "Your kernel has w + 1 taps. If taps count from 0, which is the last one?"),
        ("0 for no tap", lambda u, i, w: u - i if 0 <= u - i < w else 0,
         "Here 0 (or False) is meant to say that nothing links the two. But what does 0 say where tap 0 links them?"),
        ("−1 for no tap", lambda u, i, w: u - i if 0 <= u - i < w else -1,
         "Here −1 is meant to say that nothing links the two. What does the task ask for in that case?"),
        ("taps counted from 1", lambda u, i, w: u - i + 1 if 0 <= u - i < w else None,
         "The right tap, counted from 1. Which number does the first tap have in brackets?"),
    ),
    hints=("If the kernel stands at i, tap a lies on the cell u = i + a. Solve for a.",
           "a = u − i. But which values of a belong to a tap?", "Return `u - i` if `0 <= u - i < w`, and `None` otherwise."),
)

chain_rule = exercise(
    id="02_chain_rule", title="The gradient from the chain rule", truth=_gradient, layer=stamps, drawn=False, without=LIBRARY,
    cases=((DIGITS, POWERS), *random_rows(seed=23, count=4), (np.array([2, 5]), np.array([3, 7, 1, 4])), MIXED),
    misconceptions=(
        not_reversed, turned_round, one_path,
        ("a negative tap is read from the kernel's end", _from_the_end,
         "Where u − i is negative, Python reads the kernel from its end. Which values may u − i have?"),
        ("kernel: without its first entry", "None of your sums uses tap 0. Which values may u − i have?"),
        ("only the cells that every tap reads", lambda c, kernel: _inner_cells(c, kernel[::-1]), SHORTER),
        ("only these cells, and the taps as they are written", _inner_cells, SHORTER),
        ("as wide as x, cut off", AS_WIDE), ("as wide as x, the middle", AS_WIDE),
        ("copies overwrite each other",
         "Where several paths lead to the loss, your row keeps only the last. What do the paths of a cell have to do?"),
    ),
    hints=("How wide was x? The kernel found len(c) places in it.",
           "One sum for each u, over all outputs i that read x[u]: those with `0 <= u - i < len(kernel)`.",
           "The term of output i is `c[i] * kernel[u - i]`."),
)

paths_add = exercise(
    id="02_paths_add", title="Repair the gradient loop", truth=_gradient, layer=stamps, drawn=False,
    cases=((DIGITS, POWERS), *random_rows(seed=24, count=4), MIXED),
    misconceptions=(
        ("copies overwrite each other",
         "Of the lit cell's paths, only the last one is left. What does `=` do to what an earlier path left there?"),
        one_path, not_reversed,
        ("cells left of the kernel", lambda c, kernel: np.roll(conv_transpose(c[::-1], kernel)[::-1], 1 - len(kernel)),
         "Your cells lie to the left of i. If the kernel stands at i, where does its tap a lie?"),
        ("c: without its last entry", "The last number of c never arrives. Which values does `i` take?"),
    ),
    hints=("Delete the line that raises, run both cells, and compare the first cells with a sum by hand.",
           "x[1] is reached twice by the loop. What happens to the first contribution when the second one comes?",
           "The paths add: `+=` in place of `=`."),
)

tap_gradient = exercise(
    id="02_tap_gradient", title="The gradient with respect to the kernel",
    truth=lambda x, c: kernel_gradient(x, c, len(x) - len(c) + 1), layer=slides, drawn=False,
    cases=((np.arange(1, 7), np.array([1, 10, 100, 1000])), *random_rows(seed=25, count=4, longest=6), MIXED),
    misconceptions=(
        ("the kernel reversed",
         "The incoming gradient runs backwards in your sums. Which cell of x does tap 0 read when the kernel stands at 0?"),
        ("the full width", conv_transpose,
         "This is more numbers than the kernel has taps. How many places does c find within x?"),
        ("c: not used", "You add up cells of x as they are. By what is each path multiplied on its way to the loss?"),
        ("as wide as the kernel", "Your row is as wide as c, a number for each output. How many places does c find within x?"),
        ("a number for every cell of x",
         lambda x, c: np.append(cross_correlate(x, c), [x[u:] @ c[: len(x) - u] for u in range(len(x) - len(c) + 1, len(x))]),
         "You have a number for every cell of x; slices at the end are too short. How many taps does the kernel have?"),
    ),
    hints=("Tap a is used by every output i, on the cell x[i + a].",
           "∂ℓ/∂κ[a] is the sum of `c[i] * x[i + a]` over all i. How many taps are there?",
           "That is a row sliding over another one: one inner product of c with `x[a : a + len(c)]` for each a."),
)
