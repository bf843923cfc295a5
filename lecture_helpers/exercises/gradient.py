"""The exercises of notebook 02, The gradient. `c` is the gradient from above, ∂ℓ/∂y."""

import numpy as np

from ..checks import Exercise, Misconception, summarise
from ..operators import conv_transpose, cross_correlate, input_gradient, kernel_gradient
from .data import DIGITS, POWERS, overwritten, random_rows, reversed_copies


def summary():
    """All verdicts of this notebook."""
    return summarise(globals())


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
    """The kernel slides over the gradient from above; no cell if that is narrower."""
    return [np.dot(c[u : u + len(kernel)], kernel) for u in range(len(c) - len(kernel) + 1)]


one_path = Misconception(
    "one path only",
    _one_path,
    "Your gradient takes one path from this input to the loss. Which other outputs read the lit cell?",
)
turned_round = Misconception(
    "κ[i − u] instead of κ[u − i]",
    _turned_round,
    "Your sum uses the tap i − u. If the kernel stands at i and the cell u lies under it, which of the two numbers is larger?",
)
not_reversed = reversed_copies._replace(
    name="the taps in the order in which they are written",
    advice="Seen from an input cell, your taps go up as i goes up. Through which tap does y[0] read x[0]?",
)
inner_cells_only = Misconception(
    "only the cells that every tap reads",
    lambda c, kernel: _inner_cells(c, kernel[::-1]),
    "Your row is shorter than the gradient from above, but x was longer. Which outputs read the very first cell of x?",
)
as_wide_as_c = Misconception(
    "as many cells as outputs",
    lambda c, kernel: _gradient(c, kernel)[: len(c)],
    "Your row is as wide as the gradient from above. How many cells did x have if the kernel found len(c) places in it?",
)

C, KERNEL, X = [1, 10], [3, 4], [5, 7, 2]

gradient_row = Exercise(
    id="02_gradient_row",
    title="The gradient of a small layer",
    truth=lambda: _gradient(C, KERNEL),
    misconceptions=(
        Misconception(
            "the gradient depends on x",
            lambda: np.multiply(X, _gradient(C, KERNEL)),
            "Every number is multiplied by its own x[u]. If x[u] grows by 1, does it matter for the loss where it started?",
        ),
        one_path.on(C, KERNEL),
        Misconception(
            "one path of the middle cell, through y[1]",
            lambda: [C[0] * KERNEL[0], C[1] * KERNEL[0], C[1] * KERNEL[1]],
            "The middle cell is read twice, and only one of its paths is here. Which other output reads x[1]?",
        ),
        Misconception(
            "one path of the middle cell, through y[0]",
            lambda: [C[0] * KERNEL[0], C[0] * KERNEL[1], C[1] * KERNEL[1]],
            "The middle cell is read twice, and its path through y[1] is missing. With which factors does that path enter?",
        ),
        Misconception(
            "the weights of the loss are left out",
            lambda: _gradient([1, 1], KERNEL),
            "This is how y[0] + y[1] grows. With which weights do y[0] and y[1] enter the loss?",
        ),
        turned_round.on(C, KERNEL),
        not_reversed.on(C, KERNEL),
        Misconception(
            "the forward pass",
            lambda: cross_correlate(X, KERNEL),
            "This is y, the layer's output. How much does the loss grow if one cell of x grows by 1?",
        ),
        Misconception(
            "the gradient with respect to the kernel",
            lambda: kernel_gradient(X, C, 2),
            "Two numbers, one for each tap: this is how the loss depends on the kernel. How many cells does x have?",
        ),
    ),
    hints=(
        "Let x[0] grow by 1: which outputs read it, and through which tap?",
        "x[0] is read by y[0] alone, through tap 0: 1·3. The middle cell is read twice.",
        "x[1]: 1·4 through y[0] and tap 1, plus 10·3 through y[1] and tap 0.",
    ),
)

linking_tap = Exercise(
    id="02_linking_tap",
    title="The tap that links two cells",
    truth=lambda u, i, w: u - i if 0 <= u - i < w else None,
    cases=((4, 2, 3), (2, 4, 3), (5, 2, 3), (7, 7, 2), (6, 3, 4), (3, 4, 5), (9, 2, 4)),
    misconceptions=(
        Misconception(
            "i − u instead of u − i",
            lambda u, i, w: i - u if 0 <= i - u < w else None,
            "Your tap is i − u. A kernel that stands at i covers the cells from i on: can a cell left of i lie under it?",
        ),
        Misconception(
            "the sign does not matter",
            lambda u, i, w: abs(u - i) if abs(u - i) < w else None,
            "You take the distance of the two numbers. Does a kernel that stands at 4 cover the cell 2?",
        ),
        Misconception(
            "every difference is a tap",
            lambda u, i, w: u - i,
            "This is u − i, but the kernel has only w taps. Which numbers do its taps have?",
        ),
        Misconception(
            "only the right end is tested",
            lambda u, i, w: u - i if u - i < w else None,
            "A tap has a negative number here. Does the kernel cover the cells left of the place where it stands?",
        ),
        Misconception(
            "only the left end is tested",
            lambda u, i, w: u - i if u >= i else None,
            "A tap has a number that is too large here. Does the kernel reach that far to the right?",
        ),
        Misconception(
            "tap 0 is left out",
            lambda u, i, w: u - i if 0 < u - i < w else None,
            "Tap 0 is missing. Which cell lies under tap 0 when the kernel stands at i?",
        ),
        Misconception(
            "one tap too many",
            lambda u, i, w: u - i if 0 <= u - i <= w else None,
            "Your kernel has w + 1 taps. If taps count from 0, which is the last one?",
        ),
        Misconception(
            "0 for no tap",
            lambda u, i, w: u - i if 0 <= u - i < w else 0,
            "Here 0 (or False) is meant to say that nothing links the two. But what does 0 say where tap 0 links them?",
        ),
        Misconception(
            "−1 for no tap",
            lambda u, i, w: u - i if 0 <= u - i < w else -1,
            "Here −1 is meant to say that nothing links the two. What does the task ask for in that case?",
        ),
        Misconception(
            "taps counted from 1",
            lambda u, i, w: u - i + 1 if 0 <= u - i < w else None,
            "The right tap, counted from 1. Which number does the first tap have in brackets?",
        ),
    ),
    hints=(
        "If the kernel stands at i, tap a lies on the cell u = i + a. Solve for a.",
        "a = u − i. But which values of a belong to a tap?",
        "Return `u - i` if `0 <= u - i < w`, and `None` otherwise.",
    ),
)

chain_rule = Exercise(
    id="02_chain_rule",
    title="The gradient from the chain rule",
    truth=_gradient,
    cases=((DIGITS, POWERS), *random_rows(seed=23, count=4), (np.array([2, 5]), np.array([3, 7, 1, 4]))),
    misconceptions=(
        not_reversed,
        turned_round,
        one_path,
        Misconception(
            "a negative tap is read from the kernel's end",
            _from_the_end,
            "Where u − i is negative, Python reads the kernel from its end. Which values may u − i have?",
        ),
        Misconception(
            "tap 0 is left out",
            lambda c, kernel: _gradient(c, [0, *kernel[1:]]),
            "None of your sums uses tap 0. Which values may u − i have?",
        ),
        inner_cells_only,
        inner_cells_only._replace(name="only these cells, and the taps as they are written", model=_inner_cells),
        as_wide_as_c,
        as_wide_as_c._replace(name="the middle of the row", model=lambda c, kernel: np.convolve(c, kernel, "same")),
        overwritten._replace(
            name="later paths replace earlier ones",
            advice="Where several paths lead to the loss, your row keeps only the last. What do the paths of a cell have to do?",
        ),
    ),
    hints=(
        "How wide was x? The kernel found len(c) places in it.",
        "One sum for each u, over all outputs i that read x[u]: those with `0 <= u - i < len(kernel)`.",
        "The term of output i is `c[i] * kernel[u - i]`.",
    ),
)

paths_add = Exercise(
    id="02_paths_add",
    title="Repair the gradient loop",
    truth=_gradient,
    cases=((DIGITS, POWERS), *random_rows(seed=24, count=4)),
    misconceptions=(
        overwritten._replace(
            name="later paths replace earlier ones",
            advice="Of the lit cell's paths, only the last one is left. What does `=` do to what an earlier path left there?",
        ),
        one_path,
        not_reversed,
        Misconception(
            "cells left of the kernel",
            lambda c, kernel: np.roll(conv_transpose(c[::-1], kernel)[::-1], 1 - len(kernel)),
            "Your cells lie to the left of i. If the kernel stands at i, where does its tap a lie?",
        ),
        Misconception(
            "the last output is forgotten",
            lambda c, kernel: _gradient([*c[:-1], 0], kernel),
            "The last number of c never arrives. Which values does `i` take?",
        ),
    ),
    hints=(
        "Delete the line that raises, run both cells, and compare the first cells with a sum by hand.",
        "x[1] is reached twice by the loop. What happens to the first contribution when the second one comes?",
        "The paths add: `+=` in place of `=`.",
    ),
)

tap_gradient = Exercise(
    id="02_tap_gradient",
    title="The gradient with respect to the kernel",
    truth=lambda x, c: kernel_gradient(x, c, len(x) - len(c) + 1),
    cases=((np.arange(1, 7), np.array([1, 10, 100, 1000])), *random_rows(seed=25, count=4, longest=6)),
    misconceptions=(
        Misconception(
            "the gradient from above is reversed",
            lambda x, c: cross_correlate(x, c[::-1]),
            "The gradient from above runs backwards in your sums. Which cell of x does tap 0 read when the kernel stands at 0?",
        ),
        Misconception(
            "the taps are reversed",
            lambda x, c: cross_correlate(x, c)[::-1],
            "The right numbers, in the opposite order. Which of them belongs to tap 0?",
        ),
        Misconception(
            "the last tap is missing",
            lambda x, c: cross_correlate(x, c)[:-1],
            "These numbers are right, but a tap is missing. How many places does a row as long as c find within x?",
        ),
        Misconception(
            "the full width",
            conv_transpose,
            "Your row has more numbers than the kernel has taps. How many places does c find within x?",
        ),
        Misconception(
            "the gradient from above is left out",
            lambda x, c: cross_correlate(x, np.ones_like(c)),
            "You add up cells of x as they are. By what is each path multiplied on its way to the loss?",
        ),
        Misconception(
            "one path only",
            lambda x, c: x[: len(x) - len(c) + 1] * c[0],
            "Each tap has only its path through y[0] here. How many outputs use tap 0?",
        ),
    ),
    hints=(
        "Tap a is used by every output i, on the cell x[i + a].",
        "∂ℓ/∂κ[a] is the sum of `c[i] * x[i + a]` over all i. How many taps are there?",
        "That is a row sliding over another one: one inner product of c with `x[a : a + len(c)]` for each a.",
    ),
)
