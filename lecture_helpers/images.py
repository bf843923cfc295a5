"""Small grey images made on the spot, so that nothing is downloaded, and a measure of the grid in an image.

Every image shows one shape: its kind, place, size, angle and brightness are drawn at random.
"""

import numpy as np

KINDS = {  # how far the point (u, v) lies outside of a shape of radius 1, centred and upright; negative inside
    "disk": lambda u, v: np.hypot(u, v) - 1,
    "ring": lambda u, v: abs(np.hypot(u, v) - 0.75) - 0.25,
    "box": lambda u, v: np.maximum(abs(u), abs(v)) - 0.85,
    "bar": lambda u, v: np.maximum(abs(u) - 1, abs(v) - 0.3),
    "cross": lambda u, v: np.minimum(np.maximum(abs(u) - 1, abs(v) - 0.28), np.maximum(abs(v) - 1, abs(u) - 0.28)),
    "triangle": lambda u, v: np.maximum(abs(u) * 0.87 + v * 0.5, -v) - 0.5,
}


def shape_images(count, size=28, seed=0, kinds=tuple(KINDS)):
    """Make `count` images of `size`×`size` pixels with values from 0 to 1, as float32 (count, size, size).

    The same seed gives the same images; `kinds` names the shapes to choose from. Raises ValueError if `count` is not at least
    1, `size` not at least 8, or a kind unknown.

    >>> shape_images(3).shape
    (3, 28, 28)
    """
    if not isinstance(count, (int, np.integer)) or not isinstance(size, (int, np.integer)) or count < 1 or size < 8:
        raise ValueError(f"At least 1 image of at least 8 pixels is needed, but count is {count} and size {size}.")
    if not kinds or not set(kinds) <= KINDS.keys():
        raise ValueError(f"kinds must be some of {', '.join(KINDS)}, but is {kinds!r}.")
    rng = np.random.default_rng(seed)
    kind = rng.integers(len(kinds), size=count)
    row, column = rng.uniform(0.35, 0.65, (2, count, 1, 1)) * (size - 1)
    radius = rng.uniform(0.2, 0.34, (count, 1, 1)) * size
    angle, brightness = rng.uniform(0, np.pi, (count, 1, 1)), rng.uniform(0.5, 1, (count, 1, 1))
    y, x = np.indices((size, size))
    along = ((x - column) * np.cos(angle) + (y - row) * np.sin(angle)) / radius
    across = ((y - row) * np.cos(angle) - (x - column) * np.sin(angle)) / radius
    outside = np.empty((count, size, size))
    for k, name in enumerate(kinds):
        outside[kind == k] = KINDS[name](along[kind == k], across[kind == k])
    return (brightness * np.clip(0.5 - outside * radius, 0, 1)).astype(np.float32)


def phase_spread(image, stride):
    """Measure the grid in an image: how far the means of its stride × stride phases lie apart, relative to its mean.

    Phase (r, c) holds the pixels whose row leaves the remainder r, and whose column c, when divided by the stride. Without a
    grid, all phases have about the same mean, and the result is near 0. `image` (height, width) is at least as large as the
    stride and has a mean other than 0; raises ValueError otherwise.

    >>> phase_spread(np.ones((4, 4)), 2), phase_spread([[1, 3], [1, 3]], 2)
    (0.0, 1.0)
    """
    image = np.asarray(image, float)
    if not isinstance(stride, (int, np.integer)) or stride < 1:
        raise ValueError(f"The stride must be an integer of at least 1, but is {stride!r}.")
    if image.ndim != 2 or min(image.shape) < stride or not image.mean():
        raise ValueError(f"phase_spread needs at least {stride}×{stride} pixels with a mean other than 0, but got {image.shape}.")
    means = [image[row::stride, column::stride].mean() for row in range(stride) for column in range(stride)]
    return float(np.ptp(means) / abs(image.mean()))
