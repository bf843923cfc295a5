"""The explorer of coverage: taps that can be moved, how many copies reach a cell, and what they add up to there."""

import ipywidgets
import numpy as np

from .. import palette, scenes
from ..arrays import as_array, check_finite, per_axis
from ..svg import lay_out
from ..words import number, numbers
from .boxes import SLIDER_ENDS, slider
from .explorer import Explorer
from .picture import NOTHING

LARGEST = 9  # of the taps
WIDEST = 12  # pixels along an image


def explore_coverage(n, w, *, stride=1, kernel=None, image=None):
    """Explore how many copies of a kernel reach each output cell of a transposed layer, and what a constant input becomes.

    `n` input cells, all 1; `w` taps, all 1 unless `kernel` has them; copies `stride` cells apart. The taps are whole numbers
    from 0 to 9, and can be changed by dragging and by keys. Below, the layer with these taps on both axes enlarges `image`
    (height, width), at most 12 pixels along a side, none negative; without it, a white square. Raises TypeError or ValueError
    for what is not within the sliders, or no such image.
    Source: Odena, Dumoulin and Olah (2016), "Deconvolution and checkerboard artifacts".

    >>> print(explore_coverage(3, 4, stride=2, kernel=[1, 3, 5, 3]).storyboard.splitlines()[2])
    y for x = 1 1 1 …: 1 3 6 6 6 6 5 3
    """
    read = {}
    for name, value, at_slider in (("n", n, "inputs"), ("w", w, "width"), ("stride", stride, "stride")):
        most = SLIDER_ENDS[at_slider]
        (read[name],) = per_axis(name, value, 1, 1)
        if read[name] > most:
            raise ValueError(f"{name} must be from 1 to {most} here, but is {value}.")
    return CoverageExplorer(read["n"], read["w"], read["stride"], _taps(read["w"], kernel), _checked(image))


def _taps(w, kernel):
    """The taps to begin with, for the widest kernel: those that it doesn't have yet are 1."""
    taps = np.ones(w, int) if kernel is None else as_array("kernel", kernel)
    if taps.shape != (w,):
        raise ValueError(f"kernel must hold w = {w} taps, but has shape {taps.shape}.")
    for tap in taps.tolist():
        if not 0 <= tap <= LARGEST or tap != int(tap):
            raise ValueError(f"kernel must hold whole numbers from 0 to {LARGEST}, but holds {tap}.")
    return [*map(int, taps), *[1] * (SLIDER_ENDS["width"] - w)]


def _checked(image):
    """The image that is enlarged, its largest number 1, so that no sum of products overflows; None if there is none."""
    if image is None:
        return None
    image = as_array("image", image)
    check_finite("image", image)
    if image.ndim != 2 or not 1 <= min(image.shape) <= max(image.shape) <= WIDEST or image.min() < 0:
        raise ValueError(
            f"image must have 1 to {WIDEST} pixels along each side, none below 0, but has shape {image.shape} and holds "
            f"{number(image.min()) if image.size else 'nothing'}."
        )
    return image / (image.max() or 1)


class CoverageExplorer(Explorer):
    """The explorer of coverage: how many copies reach each output cell, and their sums."""

    def __init__(self, n, w, stride, taps, image):
        self.image = image
        controls = dict(inputs=slider("inputs", n), width=slider("width", w), stride=slider("stride", stride))
        self.taps = [_tap(a, value) for a, value in enumerate(taps)]
        controls |= {f"κ{a}": each for a, each in enumerate(self.taps)}
        layout = dict(flex_flow="row nowrap", justify_content="flex-start")
        super().__init__(controls, ("facts",), [ipywidgets.HBox(self.taps, layout=layout)])

    def build(self):
        n, w, stride = (self.controls[name].value for name in ("inputs", "width", "stride"))
        for a, each in enumerate(self.taps):
            each.layout.display = None if a < w else "none"
            if a < w:
                each.style.handle_color = palette.TAPS[palette.shade(a, w)]
        kernel = [each.value for each in self.taps[:w]]
        layout = lay_out(scenes.coverage_scene(kernel, n, stride, self.image))
        return layout, NOTHING, dict(facts=_facts(n, kernel, stride))


def _tap(a, value):
    """A tap as a slider that stands upright."""
    return ipywidgets.IntSlider(
        value,
        min=0,
        max=LARGEST,
        orientation="vertical",
        description=f"κ[{a}]",
        layout=dict(height="150px", width="39px", margin="0"),
    )


def _facts(n, kernel, stride):
    """What inner cells get, now: it is seen, and nothing says for which other setting it is so."""
    if n * stride < len(kernel):
        return f"Inputs {n} at stride {stride} are too few for a kernel of width {len(kernel)}: no cell lies inside."
    counts = sorted({len(kernel[k::stride]) for k in range(stride)})
    sums = sorted({sum(kernel[k::stride]) for k in range(stride)})
    return f"Copies in an inner cell: {' or '.join(numbers(counts))}<br>Sum in an inner cell: {' or '.join(numbers(sums))}"
