"""Images in rows, each pixel as large as every other: a scaled image must not show a grid of its own."""

import numpy as np

from .. import palette
from ..arrays import as_array, check_finite, one_dtype, per_axis
from .figure import lecture_figure, style

PAGE = 940  # points of the screen across: as wide as a row of many images becomes
LARGEST, SMALLEST = 280, 128  # points of the screen along the longer side of one image
GAP, TITLE = 14, 22  # between images, and above each


def plot_images(titles, images, *, columns=8, scale=None, words=None):
    """Plot images in rows of `columns`, each under its title, as a `Figure`; one scale of brightness for all of them.

    `images` is a sequence of arrays (height, width) of greys, or (3, height, width) of red, green and blue; `titles` one text
    for each; `words` as in `plot_curves`. The fewer columns, the larger the images; or `scale` is the number of points across
    a pixel, the same for all of them, so that an image with twice as many pixels is twice as large. Raises TypeError or
    ValueError, with the values, if the numbers of titles and images differ, or an image has other axes.

    >>> plot_images(["a step"], [[[0, 1], [0, 1]]])
    a step: 2×2, 0 to 1
    """
    titles, images = [str(title) for title in titles], _read(titles, images)
    (columns,) = per_axis("columns", columns, 1, 1)
    columns = min(columns, len(images))
    rows, side = -(-len(images) // columns), _side(images, columns, scale)
    title = TITLE + 14 * max(text.count("\n") for text in titles) if any(titles) else GAP
    width, height = columns * (side + GAP) + GAP, rows * (side + title) + GAP
    low, high = min(image.min() for image in images), max(image.max() for image in images)
    with style():
        figure = lecture_figure(words or _described(titles, images), (1, 1))
        figure.set_layout_engine("none")
        figure.set_size_inches(width / figure.dpi, height / figure.dpi)
        for place, (text, image) in enumerate(zip(titles, images)):
            row, column = divmod(place, columns)
            corner = GAP + column * (side + GAP), height - (row + 1) * (side + title)
            _draw_image(_axes_for(image, figure, corner, side, scale), text, image, low, high)
    return figure


def _side(images, columns, scale):
    """Points of the screen along the square in which each image stands."""
    if scale is None:
        return max(SMALLEST, min(LARGEST, PAGE // columns - GAP))
    (scale,) = per_axis("scale", scale, 1, 1)
    return scale * max(max(_size(image)) for image in images)


def _size(image):
    """The height and the width of an image, in pixels."""
    return image.shape[-2:]


def _read(titles, images):
    """The images as arrays, one for each title."""
    images = [as_array("image", image) for image in images]
    for image in images:
        check_finite("image", image)
    if len(titles) != len(images) or not images or not all(map(_is_image, images)):
        raise ValueError(
            f"Each image needs a title and two axes, or three channels of two axes, but there are {len(titles)} titles for "
            f"{[i.shape for i in images]}."
        )
    return one_dtype(*images)


def _is_image(image):
    return image.size and (image.ndim == 2 or (image.ndim == 3 and len(image) == 3))


def _described(titles, images):
    return "\n".join(
        f"{title}: {'×'.join(map(str, image.shape))}, {image.min():.3g} to {image.max():.3g}"
        for title, image in zip(titles, images)
    )


def _axes_for(image, figure, corner, side, scale):
    """Axes in a square with this lower left corner, with a whole number of points for each pixel if there is room for that."""
    most = max(_size(image))
    points = scale or side // most or side / most
    height, width = (points * size for size in _size(image))
    box = corner[0] + (side - width) // 2, corner[1] + side - height, width, height
    across, down = figure.get_size_inches() * figure.dpi
    return figure.add_axes((box[0] / across, box[1] / down, box[2] / across, box[3] / down))


def _draw_image(axis, title, image, low, high):
    if image.ndim == 3:
        image = np.moveaxis(image - low, 0, -1) / (high - low or 1)
    axis.imshow(image, cmap="gray", vmin=low, vmax=high, interpolation="nearest", aspect="auto")
    axis.set_title(title, fontsize=9, loc="center", fontweight="normal", pad=4)
    axis.set(xticks=[], yticks=[])
    axis.spines[:].set(visible=True, color=palette.HUES["padding"])
