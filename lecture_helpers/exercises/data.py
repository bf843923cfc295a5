"""What several notebooks' exercises share: digits that show where they came from, random rows, and frequent misconceptions."""

import numpy as np

from ..checks import Misconception
from ..operators import conv_transpose, cross_correlate

DIGITS = np.array([1, 2, 3, 4])
POWERS = np.array([1, 10, 100])


def random_rows(seed, count, shortest=3, longest=7, widest=3):
    """`count` pairs (x, kernel) of random integers, x always longer than the kernel, whose taps all differ."""
    rng = np.random.default_rng(seed)
    pairs = []
    for _ in range(count):
        w = int(rng.integers(2, widest + 1))
        x = rng.integers(1, 10, int(rng.integers(max(shortest, w + 1), longest + 1)))
        pairs.append((x, rng.choice(np.arange(1, 10), w, replace=False)))
    return tuple(pairs)


def spread(x, zeros, after=0):
    """The samples with so many zeros between them, and so many after the last one."""
    row = np.zeros((len(x) - 1) * (zeros + 1) + 1 + after, int)
    row[: (len(x) - 1) * (zeros + 1) + 1 : zeros + 1] = x
    return row


def one_copy_wins(x, kernel, stride=1):
    """Copies of the kernel laid down with = instead of +=: where two meet, the later one stays."""
    y = np.zeros((len(x) - 1) * stride + len(kernel), int)
    for i, value in enumerate(x):
        y[i * stride : i * stride + len(kernel)] = value * np.asarray(kernel)
    return y


overwritten = Misconception(
    "copies overwrite each other",
    one_copy_wins,
    "Where two copies meet, your row holds only the later one. How many copies reach the lit cell?",
)
reversed_copies = Misconception(
    "the kernel is reversed while stamping",
    lambda x, kernel, stride=1: conv_transpose(x, np.asarray(kernel)[::-1], stride=stride),
    "Each of your copies lies the wrong way round. Stamp a single 1: in which order should its taps come out?",
)
repeated_samples = tuple(
    Misconception(
        f"samples are repeated, kernel {taps}, padding {padding}",
        lambda taps=taps, padding=padding: cross_correlate(np.repeat(DIGITS, 2), taps, padding=padding),
        "Your numbers come from a row in which each sample stands twice. How many copies does one cell of the input lay down?",
    )
    for taps in (POWERS, POWERS[::-1])
    for padding in (0, 1, 2)
)
