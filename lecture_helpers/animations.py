"""The animations: each turns data and a layer's parameters into an `Animation`, which Jupyter displays as a player."""

from . import scenes
from .player import Picture, alt_text, page, player, save
from .svg import as_image, draw, draw_filmstrip, draw_still


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
        title = f"{self.scene.title}: {name} of {len(self)} steps"
        rows = [band.label for band in self.scene.bands] if blank else self.scene.summary()
        alt = "; ".join([title, *rows])
        text = "\n".join([title, *rows]) if blank else f"{title}\n{self.text()}"
        return Picture(*_image(draw_filmstrip(self.scene, blank=blank), alt), text)

    def save(self, path):
        """Write the looping picture (.svg) or a page with the player (.html), and return the path.

        Raises ValueError for another ending and OSError if the file cannot be written.
        """
        return save(path, svg=draw(self.scene), html=page(self.scene.title, self._html()))

    def _html(self):
        return player(as_image(draw(self.scene), alt_text(self.scene)))

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self._html(), "text/plain": self.text()}


def animate_sliding_kernel(x, kernel, *, stride=1, padding=0, dilation=1):
    """Animate a convolution layer: the kernel stops at one place after another, and each stop gives one output cell.

    `x` (W,) and `kernel` (w,) hold finite numbers; the animation has `conv_output_size(W, w, ...)` steps. Raises TypeError
    or ValueError, with the values, if they cannot be drawn or the layer is illegal. Source: lecture 9.1, x ⊛ κ.

    >>> animate_sliding_kernel([1, 4, -1, 0, 2, -2, 1, 3, 3, 1], [1, 2, 0, -1]).scene.captions[2]
    'y[1] = 4·1 + (−1)·2 + 0·0 + 2·(−1) = 0'
    """
    return Animation(scenes.sliding(scenes.layer_of(x, kernel, stride=stride, padding=padding, dilation=dilation)))


def animate_summed_kernels(x, kernel, *, stride=1, padding=0, output_padding=0, dilation=1):
    """Animate a transposed convolution layer: every input cell adds one weighted, translated copy of the kernel.

    `x` (W,) and `kernel` (w,) hold finite numbers; the animation has W steps. Raises TypeError or ValueError, with the
    values, if they cannot be drawn or the layer is illegal. Source: lecture 9.1, transposed convolution layer.

    >>> print(animate_summed_kernels([2, 3, 0, -1], [1, 2, -1]).scene.bands[-1].values)
    2 7 4 −4 −2 1
    """
    options = dict(stride=stride, padding=padding, output_padding=output_padding, dilation=dilation)
    return Animation(scenes.summed(scenes.layer_of(x, kernel, transposed=True, **options)))


def animate_gradient(grad_output, kernel, *, stride=1, padding=0, output_padding=0, dilation=1):
    """Animate how ∂ℓ/∂y flows back through a convolution layer: one step per input cell x[u], from every place that reads it.

    `grad_output` (the layer's output width,) and `kernel` (w,) hold finite numbers; x itself does not matter. With a stride,
    `output_padding` says how many cells of x the kernel did not reach. Raises TypeError or ValueError, with the values.
    Source: lecture 9.1, the derivation of ∂ℓ/∂x.

    >>> animate_gradient([1, 2, 3, 4], [1, 10, 100]).scene.captions[3]
    'x[2] is read by y[0], y[1], y[2]: ∂ℓ/∂x[2] = 1·100 + 2·10 + 3·1 = 123'
    """
    options = dict(stride=stride, padding=padding, output_padding=output_padding, dilation=dilation)
    layer = scenes.layer_of(grad_output, kernel, transposed=True, name="grad_output", most_axes=1, **options)
    return Animation(scenes.gradient(layer))


def animate_matrix(x, kernel, transposed=False, *, stride=1, padding=0, output_padding=0, dilation=1):
    """Animate a layer as a matrix: row by row for a convolution layer, column by column for a transposed one.

    `x` (W,) and `kernel` (w,) hold finite numbers; the matrix has at most 24 rows and columns. Raises TypeError or ValueError,
    with the values. Source: lecture 9.1, the banded matrix and its transpose.

    >>> len(animate_matrix([1, 2, 3, 4, 5], [1, 10, 100])), len(animate_matrix([1, 2, 3], [1, 10, 100], transposed=True))
    (3, 3)
    """
    options = dict(stride=stride, padding=padding, output_padding=output_padding, dilation=dilation)
    return Animation(scenes.matrix_scene(scenes.layer_of(x, kernel, transposed=transposed, most_axes=1, **options)))


def animate_gather_and_scatter(x, kernel, *, stride=1, padding=0, output_padding=0, dilation=1):
    """Animate both readings of one transposed layer on the same numbers: one step per output cell, ending in the same row.

    Gather adds along the reversed kernel, scatter adds down a column of copies. `x` (W,) and `kernel` (w,) hold finite
    numbers. Raises TypeError or ValueError, with the values. Source: lecture 9.1, the two ways to read the layer.

    >>> animate_gather_and_scatter([2, 3, 0, -1], [1, 2, -1]).scene.captions[2]
    'y[1] = 2·2 + 3·1 = 7'
    """
    options = dict(stride=stride, padding=padding, output_padding=output_padding, dilation=dilation)
    return Animation(scenes.both(scenes.layer_of(x, kernel, transposed=True, **options)))


def draw_operation(x, kernel, transposed=False):
    """Draw one operation on a line, as a still picture: x ⊛ κ = y, or x ∗ κ = y for the transposed layer.

    `x` (W,) and `kernel` (w,) hold finite numbers. Raises TypeError or ValueError, with the values, if they cannot be drawn.
    Source: lecture 9.1, the two calls of PyTorch as pictograms.

    >>> draw_operation([0, 0, 1, 0, 0], [1, 2, 3])
    input x ⊛ kernel κ = output y: 0 0 1 0 0 ⊛ 1 2 3 = 3 2 1
    """
    scene = scenes.operation(scenes.layer_of(x, kernel, transposed=transposed, most_axes=1))
    return Picture(*_image(draw_still(scene), alt_text(scene)), scene.text().strip())


def _image(svg, alt):
    return svg, as_image(svg, alt)
