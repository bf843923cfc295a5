"""The exercises of notebook 01, The convolution sum."""

from functools import partial

import numpy as np

from ..checks import summarise
from ..geometry import conv_output_size
from ..operators import cross_correlate
from .data import MIXED, POWERS, random_rows, slides
from .families import exercise

summary = partial(summarise, globals())

kernel_reversed = (
    "the kernel reversed",
    "These are the numbers of a kernel laid on backwards. Which tap lies on the first cell when the kernel stands at 0?")
same_width = (
    "as wide as x, the middle",
    "Your row is as wide as the input: the kernel sticks out at its ends. At how many places does it lie within the row?")
full_width = (
    "the other layer, the kernel reversed",
    "Your kernel begins before the first cell and ends after the last. At how many places does it lie within the row?")
summed_copies = (
    "the other layer",
    "These are summed copies of the kernel, as in notebook 00. How many cells does a convolution layer read at one place?")
first_output_missing = ("the first one is missing", "The first output is missing. At which place does your kernel stand first?")
last_output_missing = (
    "the last one is missing",
    "These numbers are right, but one is missing at the end. On which cell does the last tap lie at the kernel's last place?")
last_tap_missing = (
    "kernel: without its last entry", "Each of your sums lacks its last product. Which taps of the kernel does it use?")
LIBRARY = ("convolve", "correlate", "cross_correlate", "conv_transpose", "conv1d", "conv_layer", "polymul")

layer_row = exercise(
    id="01_layer_row", title="The row of a convolution layer", truth=cross_correlate,
    predict=(np.array([5, 1, 4, 2, 3]), np.array([100, 1, 10])), layer=slides,
    misconceptions=(
        kernel_reversed, same_width, full_width, summed_copies, last_output_missing,
        ("one place too early", lambda x, kernel: cross_correlate(np.roll(x, 1), kernel),
         "The first number contains the last cell. Which cell is under tap 0 when the kernel stands at 0?"),
        ("the products of the first place", lambda x, kernel: x[: len(kernel)] * kernel,
         "These are the three products of the first place. What becomes of them in an inner product?"),
        ("zeros after the end of the row", lambda x, kernel: cross_correlate([*x, 0, 0], kernel),
         "Your kernel goes on beyond the last cell, as if zeros followed. At how many places does it lie within five cells?"),
    ),
    hints=("Write the kernel under the first three cells, as it is written. Multiply and add.",
           "The first number is 5·100 + 1·1 + 4·10.",
           "Move the kernel one cell to the right, as long as it lies within the five cells: three places."),
)

output_count = exercise(
    id="01_output_count", title="The number of outputs", truth=lambda W, w: conv_output_size(W, w),
    cases=((10, 4), (5, 5), (9, 1), (7, 3)),
    misconceptions=(
        ("one too few", "One is missing. A kernel as wide as its input has one place: what would you get for it?"),
        ("the width of summed copies", lambda W, w: W + w - 1,
         "This counts every place where the kernel touches the row. Where may its last tap lie if it is to stay within it?"),
        ("W", lambda W, w: W, "This is the number of cells. Can the kernel's first tap stand on the last cell?"),
        ("blocks side by side", lambda W, w: W // w,
         "This counts blocks that lie side by side. By how many cells does the kernel move at a time?"),
        ("one too many", "One too many. A kernel exactly as wide as its input: at how many places does it lie within it?"),
    ),
    hints=("On which cell does the first tap stand at the last place?", "The first tap can stand on 0, 1, … up to W − w.",
           "How many numbers are 0, 1, … W − w? One more than W − w."),
)

inner_products = exercise(
    id="01_inner_products", title="Repair the subscripts", truth=cross_correlate, layer=slides, drawn=False,
    cases=((np.array([3, 9, 2, 7]), np.array([100, 10, 1])), *random_rows(seed=15, count=4), MIXED),
    misconceptions=(
        first_output_missing, last_output_missing, last_tap_missing,
        ("x: read one too early",
         "The lit number contains the last cell of x. Which cell does Python read for `x[-1]`, and which index leads there?"),
        ("tap 0 is skipped", lambda x, kernel: cross_correlate(x[:-1], kernel[1:]),
         "Each of your sums lacks its first product, and the others moved. What is the smallest `a` in your loop?"),
        ("the cell i − a",
         lambda x, kernel: [sum(x[i - a] * tap for a, tap in enumerate(kernel)) for i in range(len(x) - len(kernel) + 1)],
         "Your sums read the cells i − a, left of the place i. Does a kernel that stands at i cover cells left or right of it?"),
        ("the taps one too early as well", lambda x, kernel: cross_correlate(np.roll(x, 1), np.roll(kernel, 1)),
         "Now the tap is read one index too early, too. Which tap lies on the cell `x[i + a]`?"),
    ),
    hints=("Delete the line that raises, run both cells and look at the first number: which input cell has got into it?",
           "For i = 0 and a = 0, which cell should be read, and which one does the code read?",
           "Brackets count from 0: the cell under tap a is `x[i + a]`. (If your i and a both begin at 1, it is `x[i + a - 2]`.)"),
)

impulse_row = exercise(
    id="01_impulse_row", title="An impulse through ⊛", truth=cross_correlate,
    predict=(np.array([0, 0, 0, 1, 0, 0]), np.array([1, 20, 300])), layer=slides,
    misconceptions=(
        ("the kernel reversed",
         "Your taps appear as they are written. Which of them meets the 1 first as the kernel moves right?"),
        ("one place too early", lambda *case: [300, 20, 1, 0],
         "The right order, one place too early. The kernel stands at 0: does any of its taps lie on the 1 yet?"),
        same_width, full_width, summed_copies,
        ("the kernel is not cut off by zeros", lambda *case: [300, 20, 1],
         "These are the outputs that meet the 1. What does the layer answer where the kernel meets zeros only?"),
    ),
    hints=("First count: at how many places does the kernel lie within the row?",
           "At the place 0 the kernel covers the cells 0, 1, 2: three zeros.",
           "At the place 1 it covers the cells 1, 2, 3. Its last tap lies on the 1."),
)

slide = exercise(
    id="01_slide", title="Slide a kernel", truth=cross_correlate, layer=slides, without=LIBRARY,
    cases=((np.arange(1, 7), POWERS), *random_rows(seed=14, count=4), (np.array([3, 8]), np.array([7, 2])), MIXED),
    misconceptions=(
        kernel_reversed, same_width, full_width, summed_copies, first_output_missing, last_output_missing, last_tap_missing,
        ("products that are not added",
         lambda x, kernel: [x[i : i + len(kernel)] * kernel for i in range(len(x) - len(kernel) + 1)],
         "Each place of the kernel gives you several products. What becomes of them in an inner product?"),
        ("kernel: not used", "You add up the cells as they are. By what is the cell under tap a multiplied?"),
    ),
    hints=("At how many places does the kernel lie within x?",
           "One output for each place i: `for i in range(len(x) - len(kernel) + 1)`.",
           "The cells under the kernel are the slice `x[i : i + len(kernel)]`.",
           "`np.dot(x[i : i + len(kernel)], kernel)` is the inner product; collect them in a list."),
)


def _renamed(x, kernel, places, is_tap):
    """The sum over input cells u, at so many places, with the test by which a u counts."""
    w = len(kernel)
    return [sum(x[u] * kernel[u - i] for u in range(len(x)) if is_tap(u - i, w)) for i in range(places)]


renamed = exercise(
    id="01_renamed", title="The sum over input cells", truth=cross_correlate, layer=slides, without=LIBRARY,
    cases=((np.array([5, 1, 4, 2]), np.array([100, 10, 1])), (np.array([6, 1, 4, 2, 9, 3]), np.array([5, 8, 7])),
           (np.array([3, 8]), np.array([7, 2])), MIXED),
    misconceptions=(
        ("κ[i − u] instead of κ[u − i]",
         lambda x, kernel: [sum(x[u] * kernel[i - u] for u in range(len(x)) if 0 <= i - u < len(kernel))
                            for i in range(len(x) - len(kernel) + 1)],
         "Your sum uses the tap i − u. If the kernel stands at i and u lies under it, which of the two numbers is larger?"),
        ("a negative tap is read from the kernel's end",
         lambda x, kernel: _renamed(x, kernel, len(x) - len(kernel) + 1, lambda a, w: a < w),
         "Where u − i is negative, Python reads the kernel from its end. Which values may u − i have?"),
        ("tap 0 is left out", lambda x, kernel: _renamed(x, kernel, len(x) - len(kernel) + 1, lambda a, w: 0 < a < w),
         "The product with tap 0 is missing. For which u is u − i = 0?"),
        ("the first cells at every place",
         lambda x, kernel: [sum(x[u] * kernel[u - i] for u in range(len(kernel))) for i in range(len(x) - len(kernel) + 1)],
         "Your u goes through the first w cells, wherever the kernel stands. Which cells does y[1] read?"),
        ("places beyond the last one", lambda x, kernel: _renamed(x, kernel, len(x), lambda a, w: 0 <= a < w),
         "Your list goes on where the kernel sticks out of the row. How many places are there?"),
        kernel_reversed, full_width, summed_copies, last_output_missing, last_tap_missing,
        ("kernel: not used", "You add up the cells as they are. Through which tap does y[i] read x[u]?"),
    ),
    hints=("One number for each place i, as in `slide`. Within it, u goes through all cells of x.",
           "Only the u count for which u − i is a tap. What is the first tap's number, what is the last one's?",
           "`sum(x[u] * kernel[u - i] for u in range(len(x)) if 0 <= u - i < len(kernel))`, for each i."),
)

readers = exercise(
    id="01_readers", title="The outputs that read x[u]", truth=lambda u, W, w: [i for i in range(W - w + 1) if 0 <= u - i < w],
    cases=((0, 6, 3), (2, 6, 3), (3, 6, 3), (5, 6, 3), (4, 9, 2), (1, 4, 4)),
    misconceptions=(
        ("one path", lambda u, W, w: [u], "One output only. How often does the cell u = 2 occur in the list of connections?"),
        ("readers lie to the right", lambda u, W, w: list(range(u, u + w)),
         "These places lie to the right of the cell. If the kernel stands at i, does it cover cells left or right of i?"),
        ("places before the row and after the last one", lambda u, W, w: list(range(u - w + 1, u + 1)),
         "Your list names places where the kernel would stick out of the row. Which places are there at all?"),
        ("places before the row", lambda u, W, w: list(range(u - w + 1, min(u, W - w) + 1)),
         "Your list begins before the row. What is the smallest place there is?"),
        ("i − u instead of u − i", lambda u, W, w: [i for i in range(W - w + 1) if 0 <= i - u < w],
         "Your test is i − u. If the kernel stands at i, does it cover cells left or right of i?"),
        ("places right of the cell", lambda u, W, w: [i for i in range(W - w + 1) if u - i < w],
         "Your list holds places to the right of the cell. Which cells does a kernel that stands there cover?"),
        ("places too far left of the cell", lambda u, W, w: [i for i in range(W - w + 1) if u >= i],
         "Your list begins with places too far left. How far does a kernel of width w reach from there?"),
        ("one tap too many", lambda u, W, w: [i for i in range(W - w + 1) if 0 <= u - i <= w],
         "You count the place u − w as well. Which cell lies under the last tap there?"),
        ("W: − 1", "One place is never looked at. Where does the kernel stand when its last tap lies on the last cell?"),
        ("places after the last one", lambda u, W, w: list(range(max(0, u - w + 1), u + 1)),
         "Your list goes on after the last place. Where does the kernel stand when its last tap lies on the last cell?"),
        ("the outputs drawn around the cell", lambda u, W, w: list(range(max(0, u - w // 2), min(u + w // 2, W - w) + 1)),
         "These are places on both sides of u. If the kernel stands at i, does its middle lie on the cell i, or its first tap?"),
        ("the outputs drawn around the cell, and further",
         lambda u, W, w: list(range(max(0, u - w // 2), min(u + w // 2, W - 1) + 1)),
         "These are numbers on both sides of u. If the kernel stands at i, does its middle lie on the cell i, or its first tap?"),
        ("cells instead of outputs", lambda u, W, w: list(range(u, min(u + w, W))),
         "These are the cells that one output reads. Which outputs read the cell u?"),
        ("taps instead of outputs", lambda u, W, w: [u - i for i in range(W - w + 1) if 0 <= u - i < w],
         "These are taps, the numbers u − i. Which numbers do the outputs have that read the cell through them?"),
        ("the end of the range left out", lambda u, W, w: list(range(max(0, u - w + 1), min(u, W - w))),
         "The last output that reads the cell is missing. Does `range` include its end?"),
        ("in decreasing order", lambda u, W, w: [i for i in reversed(range(W - w + 1)) if 0 <= u - i < w],
         "These outputs read the cell, but the last one comes first. In which order does the task ask for them?"),
    ),
    hints=("Output i reads the cells i, i + 1, … i + w − 1. When is u among them?",
           "u is among them exactly if `0 <= u - i < w`.",
           "Go through all places `i in range(W - w + 1)` and keep those for which that holds."),
)
