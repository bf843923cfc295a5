"""What several notebooks' exercises share: digits that show where they came from, random rows, and frequent misconceptions."""

import numpy as np

from ..checks.answers import Unreadable
from ..geometry import DEFAULTS
from ..operators import conv_transpose, cross_correlate

DIGITS = np.array([1, 2, 3, 4])
POWERS = np.array([1, 10, 100])
MIXED = (np.array([2.5, -3, 0, 4]), np.array([-1, 0.25, 2]))  # a fraction, a zero and negative numbers


def random_rows(seed, count, shortest=3, longest=7, widest=3):
    """`count` pairs (x, kernel) of random integers, x always longer than the kernel, whose taps all differ."""
    rng = np.random.default_rng(seed)
    pairs = []
    for _ in range(count):
        w = int(rng.integers(2, widest + 1))
        x = rng.integers(1, 10, int(rng.integers(max(shortest, w + 1), longest + 1)))
        pairs.append((x, rng.choice(np.arange(1, 10), w, replace=False)))
    return tuple(pairs)


def slides(x, kernel, stride=1, padding=0, dilation=1):
    """A convolution layer as (x, kernel, transposed, params)."""
    return x, kernel, False, dict(stride=stride, padding=padding, dilation=dilation)


def stamps(x, kernel, stride=1, padding=0, dilation=1):
    """A transposed layer as (x, kernel, transposed, params)."""
    return x, kernel, True, dict(stride=stride, padding=padding, dilation=dilation)


def spread(x, zeros, after=0):
    """The samples with so many zeros between them, and so many after the last one."""
    row = np.zeros((len(x) - 1) * (zeros + 1) + 1 + after, np.asarray(x).dtype)
    row[: (len(x) - 1) * (zeros + 1) + 1 : zeros + 1] = x
    return row


def one_copy_wins(x, kernel, stride=1):
    """Copies of the kernel laid down with = instead of +=: where two meet, the later one stays."""
    x, kernel = np.asarray(x), np.asarray(kernel)
    y = np.zeros((len(x) - 1) * stride + len(kernel), np.result_type(x, kernel))
    for i, value in enumerate(x):
        y[i * stride : i * stride + len(kernel)] = value * kernel
    return y


def reversed_taps(x, kernel, stride=1):
    """A transposed layer whose copies hold the kernel reversed."""
    return conv_transpose(x, np.asarray(kernel)[::-1], stride=stride)


repeated_samples = tuple(
    (f"samples are repeated, kernel {taps}, padding {padding}",
     lambda *case, taps=taps, padding=padding: cross_correlate(np.repeat(DIGITS, 2), taps, padding=padding),
     "Your numbers come from a row in which each sample stands twice. How many copies does one cell of the input lay down?")
    for taps in (POWERS, POWERS[::-1])
    for padding in (0, 1, 2)
)


def arguments_of(*kinds, names=()):
    """A function that reads two layers of PyTorch of these kinds as rows: channels in, channels out, kernel_size, then `names`.

    Rows of numbers stay as they are. Raises Unreadable for a layer of another kind, one that needs further arguments, or
    layers that are not a list of two.
    """
    example = ", ".join(f"torch.nn.{kind}(…)" for kind in kinds)

    def numbers_of(answer):
        rows = answer if isinstance(answer, (list, tuple)) else [answer]
        if rows is answer and len(rows) == len(kinds):
            return [_arguments(layer, kind, names) for layer, kind in zip(rows, kinds)]
        if any(hasattr(row, "parameters") for row in rows):
            raise Unreadable(f"Your answer is not a list of two layers, as in `[{example}]`.")
        return answer

    return numbers_of


def _arguments(layer, kind, names):
    if not hasattr(layer, "kernel_size"):
        return layer
    if type(layer).__name__ != kind:
        raise Unreadable(f"A {kind} is asked for where yours is a {type(layer).__name__}. Which one makes a row wider?")
    for name, default in (DEFAULTS | dict(groups=1)).items():
        value = getattr(layer, name, default)
        if name not in names and value not in (default, (default,)):
            raise Unreadable(f"Your {kind} has {name} {np.ravel(value)[0]}. Which layer does the task ask for, without it?")
    return [layer.in_channels, layer.out_channels, *(int(np.ravel(getattr(layer, name))[0]) for name in ("kernel_size", *names))]
