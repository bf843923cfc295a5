"""What several notebooks' exercises share: digits that show where they came from, random rows, a model of overwriting."""

import numpy as np

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


def one_copy_wins(x, kernel, stride=1):
    """Copies of the kernel laid down with = instead of +=: where two meet, the later one stays."""
    y = np.zeros((len(x) - 1) * stride + len(kernel), int)
    for i, value in enumerate(x):
        y[i * stride : i * stride + len(kernel)] = value * np.asarray(kernel)
    return y
