"""The animations: each turns data and a layer's parameters into an `Animation`, which Jupyter displays as a player."""

from . import scenes
from .player import Picture, alt_text, page, player, save
from .svg import draw, draw_filmstrip


class Animation:
    """A scene that plays. Jupyter shows the last value of a cell; `len` counts its steps.

    >>> animation = animate_sliding_kernel([1, 2, 3], [10, 1])
    >>> len(animation)
    2
    >>> print(animation.text())
    Convolution layer, y = x ⊛ κ
    input x (large row), W = 3: 1 2 3
    kernel κ as written, w = 2: 10 1
    output y (small row), width 2: 12 23
    1. y[0] = 1·10 + 2·1 = 12
    2. y[1] = 2·10 + 3·1 = 23
    """

    def __init__(self, scene):
        self.scene = scene

    def __len__(self):
        return self.scene.steps

    def __repr__(self):
        return self.text()

    def text(self):
        """The storyboard: title, each row once, and the caption of every step."""
        return self.scene.text()

    def filmstrip(self, blank=False):
        """All steps on one page, as a picture to print; with `blank`, a worksheet with empty outputs."""
        name = "worksheet" if blank else "filmstrip"
        rows = self.text() if not blank else "\n".join(band.label for band in self.scene.bands)
        return Picture(draw_filmstrip(self.scene, blank=blank), f"{self.scene.title}: {name} of {len(self)} steps\n{rows}")

    def save(self, path):
        """Write the looping picture (.svg) or a page with the player (.html), and return the path.

        Raises ValueError for another ending and OSError if the file cannot be written.
        """
        return save(path, svg=draw(self.scene), html=page(self.scene.title, self._html()))

    def _html(self):
        return player(draw(self.scene), alt_text(self.text()))

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self._html(), "text/plain": self.text()}


def animate_sliding_kernel(x, kernel, *, stride=1, padding=0, dilation=1):
    """Animate a convolution layer: the kernel stops at one place after another, and each stop gives one output cell.

    `x` (W,) and `kernel` (w,) hold finite numbers; the animation has `conv_output_size(W, w, ...)` steps. Raises TypeError
    or ValueError, with the values, if they cannot be drawn or the layer is illegal. Source: lecture 9.1, x ⊛ κ.

    >>> animate_sliding_kernel([1, 4, -1, 0, 2, -2, 1, 3, 3, 1], [1, 2, 0, -1]).scene.captions[2]
    'y[1] = 4·1 + (−1)·2 + 0·0 + 2·(−1) = 0'
    """
    return Animation(scenes.sliding_kernel_scene(x, kernel, stride=stride, padding=padding, dilation=dilation))


def animate_summed_kernels(x, kernel, *, stride=1, padding=0, output_padding=0, dilation=1):
    """Animate a transposed convolution layer: every input cell adds one weighted, translated copy of the kernel.

    `x` (W,) and `kernel` (w,) hold finite numbers; the animation has W steps. Raises TypeError or ValueError, with the
    values, if they cannot be drawn or the layer is illegal. Source: lecture 9.1, transposed convolution layer.

    >>> print(animate_summed_kernels([2, 3, 0, -1], [1, 2, -1]).scene.bands[-1].values)
    2 7 4 −4 −2 1
    """
    options = dict(stride=stride, padding=padding, output_padding=output_padding, dilation=dilation)
    return Animation(scenes.summed_kernels_scene(x, kernel, **options))
