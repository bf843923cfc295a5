"""Grey-scale images in rows."""

from .. import palette
from ..arrays import as_array, check_finite, per_axis
from .figure import lecture_figure, style


def plot_images(titles, images, *, columns=8, words=None):
    """Plot grey-scale images in rows of `columns`, each under its title, as a `Figure`; one scale of grey for all of them.

    `images` is a sequence of arrays (height, width), `titles` one text for each; `words` as in `plot_curves`. Raises
    ValueError, with the values, if their numbers differ or an image has not two axes.

    >>> plot_images(["a step"], [[[0, 1], [0, 1]]])
    a step: 2×2, 0 to 1
    """
    images = [as_array("image", image) for image in images]
    for image in images:
        check_finite("image", image)
    if len(titles) != len(images) or not images or any(image.ndim != 2 or not image.size for image in images):
        raise ValueError(
            f"Each image needs a title and two axes, but there are {len(titles)} titles for {[i.shape for i in images]}."
        )
    lines = [
        f"{title}: {len(image)}×{len(image[0])}, {image.min():.3g} to {image.max():.3g}" for title, image in zip(titles, images)
    ]
    low, high = min(image.min() for image in images), max(image.max() for image in images)
    (columns,) = per_axis("columns", columns, 1, 1)
    columns = min(columns, len(images))
    rows = -(-len(images) // columns)
    with style():
        figure = lecture_figure(words or "\n".join(lines), (max(2.6, 1.25 * columns), 1.5 * rows))
        axes = figure.subplots(rows, columns, squeeze=False).ravel()
        for axis, title, image in zip(axes, titles, images):
            _draw_image(axis, title, image, low, high)
        for axis in axes[len(images) :]:
            axis.axis("off")
    return figure


def _draw_image(axis, title, image, low, high):
    axis.imshow(image, cmap="gray", vmin=low, vmax=high)
    axis.set_title(title, fontsize=8, loc="center", fontweight="normal")
    axis.set(xticks=[], yticks=[])
    axis.spines[:].set(visible=True, color=palette.HUES["padding"])
