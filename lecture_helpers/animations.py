"""The animations: each turns data and a layer's parameters into an `Animation`, which Jupyter displays as a player."""

import numpy as np

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
    input x (long row) · 3 cells: 1 2 3
    kernel κ · as written: 10 1
    output y (short row) · 2 cells: 12 23
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
        title = f"{self.scene.title}: {'worksheet' if blank else 'filmstrip'} of {len(self)} steps"
        rows = self.scene.summary(answers=not blank)[1:]
        text = "\n".join([title, *rows]) if blank else f"{title}\n{self.text()}"
        return _picture(draw_filmstrip(self.scene, blank=blank), "; ".join([title, *rows]), text)

    def save(self, path):
        """Write the looping picture (.svg) or a page with the player (.html), and return the path.

        Raises ValueError for another ending and OSError if the file cannot be written.
        """
        return save(path, svg=draw(self.scene), html=page(self.scene.title, self._html()))

    def _html(self):
        return player(as_image(draw(self.scene), alt_text(self.scene)))

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self._html(), "text/plain": self.text()}


def animate_sliding_kernel(x, kernel, transposed=False, *, stride=1, padding=0, output_padding=0, dilation=1, ask="some"):
    """Animate a layer read per output cell: the kernel stops at one place after another, and each stop gives one output cell.

    `x` and `kernel` hold finite numbers, on a row or on a grid of up to 16×16 cells; there is one step for every output cell.
    A transposed layer slides its kernel, reversed, over x spread out between zeros. The parameters are those of the layer.
    `ask` says at which steps a player stops to ask: a list of steps, counted from 1, None for nowhere, or "some", the first
    two and each with something new. Raises TypeError or ValueError, with the values, if the data cannot be drawn or the layer
    is illegal. Source: lecture 9.1, x ⊛ κ.

    >>> animate_sliding_kernel([1, 4, -1, 0, 2, -2, 1, 3, 3, 1], [1, 2, 0, -1]).text().splitlines()[5]
    '2. y[1] = 4·1 + (−1)·2 + 0·0 + 2·(−1) = 0'
    """
    options = dict(stride=stride, padding=padding, output_padding=output_padding, dilation=dilation)
    return _asking(scenes.gathered(scenes.layer_of(x, kernel, transposed=transposed, **options)), ask)


def animate_summed_kernels(x, kernel, *, stride=1, padding=0, output_padding=0, dilation=1, ask="some"):
    """Animate a transposed convolution layer: every input cell adds one weighted, translated copy of the kernel.

    `x` and `kernel` hold finite numbers, on a row, drawn as a board, or on a grid; there is one step for every input cell.
    `ask` as in `animate_sliding_kernel`. Raises TypeError or ValueError, with the values, if the data cannot be drawn or the
    layer is illegal. Source: lecture 9.1, transposed convolution layer.

    >>> animate_summed_kernels([2, 3, 0, -1], [1, 2, -1]).text().splitlines()[2]
    'output y (long row) · 6 cells: 2 7 4 −4 −2 1'
    """
    options = dict(stride=stride, padding=padding, output_padding=output_padding, dilation=dilation)
    return _asking(scenes.summed(scenes.layer_of(x, kernel, transposed=True, **options)), ask)


def animate_gradient(grad_output, kernel, *, stride=1, padding=0, output_padding=0, dilation=1, ask="some"):
    """Animate how ∂ℓ/∂y flows back through a convolution layer: one step per input cell x[u], from every place that reads it.

    `grad_output` (the layer's output width,) and `kernel` (w,) hold finite numbers; x itself does not matter. With a stride,
    `output_padding` says how many cells of x the kernel did not reach; `ask` as in `animate_sliding_kernel`. Raises TypeError
    or ValueError, with the values. Source: lecture 9.1, the derivation of ∂ℓ/∂x.

    >>> animate_gradient([1, 2, 3, 4], [1, 10, 100]).text().splitlines()[-4]
    '3. x[2] is read by y[0], y[1], y[2]: ∂ℓ/∂x[2] = 1·100 + 2·10 + 3·1 = 123'
    """
    options = dict(stride=stride, padding=padding, output_padding=output_padding, dilation=dilation)
    layer = scenes.layer_of(grad_output, kernel, transposed=True, name="grad_output", most_axes=1, **options)
    return _asking(scenes.gradient(layer), ask)


def animate_matrix(x, kernel, transposed=False, *, stride=1, padding=0, output_padding=0, dilation=1, ask="some"):
    """Animate a layer as a matrix C: a convolution layer enters at the top, row by row; a transposed one at the left.

    `x` (W,) and `kernel` (w,) hold finite numbers; the matrix has at most 4,096 entries. `ask` as in `animate_sliding_kernel`.
    Raises TypeError or ValueError, with the values. Source: lecture 9.1, the banded matrix and its transpose.

    >>> len(animate_matrix([1, 2, 3, 4, 5], [1, 10, 100])), len(animate_matrix([1, 2, 3], [1, 10, 100], transposed=True))
    (3, 3)
    """
    options = dict(stride=stride, padding=padding, output_padding=output_padding, dilation=dilation)
    return _asking(scenes.as_matrix(scenes.layer_of(x, kernel, transposed=transposed, most_axes=1, **options)), ask)


def animate_gather_and_scatter(x, kernel, *, stride=1, padding=0, output_padding=0, dilation=1, ask="some"):
    """Animate both readings of one transposed layer on the same numbers: one step per output cell, ending in the same row.

    Scatter lays the copies down, row by row; gather adds down a column. `x` and `kernel` hold finite numbers, on a row or on a
    grid; `ask` as in `animate_sliding_kernel`. Raises TypeError or ValueError, with the values. Source: lecture 9.1, the two
    ways to read the layer.

    >>> animate_gather_and_scatter([2, 3, 0, -1], [1, 2, -1]).text().splitlines()[5]
    '2. The copy of x[1] is laid down: y[1] = 2·2 + 3·1 = 7'
    """
    options = dict(stride=stride, padding=padding, output_padding=output_padding, dilation=dilation)
    return _asking(scenes.gathered_and_summed(scenes.layer_of(x, kernel, transposed=True, **options)), ask)


def animate_connections(x, kernel, transposed=False, reading="gather", *, stride=1, padding=0, output_padding=0, dilation=1):
    """Animate the connections of a layer as wires between two rows, grouped by output cell, by input cell or by tap.

    `x` and `kernel` hold finite numbers, on a row or on a small grid; `reading` is "gather", "scatter" or "tap"; the
    parameters are those of the layer. By "scatter", the shares of the input cells add up in the output. Nothing is asked. Raises
    TypeError or ValueError, with the values. Source: Dumoulin and Visin (2016), for the links.

    >>> animate_connections([1, 2, 3, 4], [5, 2]).text().splitlines()[4]
    '1. y[0] reads x[0] through κ[0], x[1] through κ[1]'
    """
    options = dict(stride=stride, padding=padding, output_padding=output_padding, dilation=dilation)
    return Animation(scenes.connected(scenes.layer_of(x, kernel, transposed=transposed, **options), reading))


def animate_transpose(kernel, size, *, stride=1, padding=0, dilation=1):
    """Animate the way from wires to the transposed matrix: the short row swings to the side, and the board folds into Cᵀ.

    `kernel` (w,) holds finite numbers, `size` is the width of the convolution layer's input; the parameters are those of
    `cross_correlate`, without padding. Raises TypeError or ValueError, with the values. Source: lecture 9.1, the 5×7 matrix and
    its transpose.

    >>> len(animate_transpose([1, 2, 3], 7))
    4
    """
    return Animation(scenes.transpose_scene(kernel, size, stride=stride, padding=padding, dilation=dilation))


def draw_operation(x, kernel, transposed=False):
    """Draw one operation on a line, as a still picture: x ⊛ κ = y, or x ∗ κ = y for the transposed layer.

    `x` (W,) and `kernel` (w,) hold finite numbers. Raises TypeError or ValueError, with the values, if they cannot be drawn.
    Source: lecture 9.1, the two calls of PyTorch as pictograms.

    >>> draw_operation([0, 0, 1, 0, 0], [1, 2, 3])
    input x ⊛ kernel κ = output y: 0 0 1 0 0 ⊛ 1 2 3 = 3 2 1
    """
    return _still(scenes.operation(scenes.layer_of(x, kernel, transposed=transposed, most_axes=1)))


def draw_channels(x, weight, transposed=False, groups=1):
    """Draw a layer with channels as a table of kernels, as a still picture: entered at one side, left at the other.

    `x` (channels, W) is one sample; `weight` is PyTorch's: (in, out / groups, w) for a transposed layer, (out, in / groups, w)
    for a convolution layer, with at most 6 channels. Raises TypeError or ValueError, with the values. Source: the weights of
    `torch.nn.ConvTranspose1d` and `torch.nn.Conv1d`.

    >>> print(draw_channels([[1, 2], [3, 4]], [[[1], [10], [100]], [[2], [20], [200]]], transposed=True).text().splitlines()[-1])
    output y · 3 channels: 7 10 / 70 100 / 700 1000
    """
    return _still(scenes.channels_scene(x, weight, transposed, groups))


def _asking(scene, ask):
    """The animation of a scene, asking at the given steps, counted from 1."""
    if isinstance(ask, str) and ask == "some":
        return Animation(scene)
    steps = () if ask is None else np.asarray(ask, dtype=None if np.size(ask) else int)
    if np.ndim(steps) != 1 or not all(type(step) is int and 1 <= step <= scene.steps for step in np.ravel(steps).tolist()):
        raise ValueError(f'ask must be None, "some", or a list of steps from 1 to {scene.steps}, but is {ask!r}.')
    return Animation(scene._replace(ask=tuple(int(step) - 1 for step in steps)))


def _still(scene):
    return _picture(draw_still(scene), alt_text(scene), "\n".join(filter(None, scene.summary())))


def _picture(svg, alt, text):
    return Picture(svg, as_image(svg, alt), text)
