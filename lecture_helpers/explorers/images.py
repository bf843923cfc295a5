"""The explorer of images: sliders for the numbers from which a function draws."""

import ipywidgets

from ..arrays import as_array, check_finite, per_axis
from ..svg import draw_pixels
from ..words import number
from .boxes import NAMED
from .explorer import Explorer
from .picture import NOTHING

MOST = 12  # sliders
FAR = 2.0  # where they end
LARGEST = 64  # pixels along one side


def explore_images(draw, count):
    """Explore what a function draws from `count` numbers: each has a slider from −2 to 2, and stands at 0 first.

    `draw(values)` gets a list of `count` numbers, and returns an image (height, width), 0 for black and 1 for white, of at
    most 64 pixels along a side. Raises TypeError or ValueError if it does not, or fails, or if `count` is not from 1 to 12.
    Source: the walks through code space of Radford, Metz and Chintala (2016), arXiv:1511.06434.

    >>> print(explore_images(lambda values: [[values[0], 0.5]], 1).storyboard)
    Image of 1×2 pixels
    1. number 1: 0
    """
    (count,) = per_axis("count", count, 1, 1)
    if count > MOST:
        raise ValueError(f"count must be from 1 to {MOST} here, but is {count}.")
    return ImageExplorer(draw, count)


class ImageExplorer(Explorer):
    """The explorer of images."""

    def __init__(self, draw, count):
        self.draw = draw
        super().__init__({f"number {k + 1}": _slider(k) for k in range(count)}, ())

    def _drawn(self, values):
        """What the function draws; whatever goes wrong in it is said in a sentence."""
        try:
            return self.draw(values)
        except Exception as error:
            said = f"draw({values}) raises {type(error).__name__}: {error}"
            raise ValueError(f"{said.rstrip('.')}.") from error

    def show(self):
        values = {name: control.value for name, control in self.controls.items()}
        image = as_array("image", self._drawn([*values.values()]))
        check_finite("image", image)
        if image.ndim != 2 or not 1 <= min(image.shape) <= max(image.shape) <= LARGEST:
            raise ValueError(
                f"draw must return an image of 1 to {LARGEST} pixels along each side, but its shape is {image.shape}."
            )
        drawn_from = ", ".join(f"{name}: {number(value)}" for name, value in values.items())
        self.storyboard = f"Image of {image.shape[0]}×{image.shape[1]} pixels\n1. {drawn_from}"
        self.label = f"The image for {drawn_from}"
        with self.picture.hold_sync():
            self.picture.cells, self.picture.svg = NOTHING, draw_pixels(image, ", ".join(map(number, values.values())))


def _slider(k):
    return ipywidgets.FloatSlider(
        0, min=-FAR, max=FAR, step=0.1, description=f"number {k + 1}", style=NAMED, layout=dict(width="98%")
    )
