"""A transposed convolution layer in two readings: summed copies (scatter), and the reversed kernel sliding (gather)."""

from typing import NamedTuple

import numpy as np

from ..geometry import connections, conv_transpose_output_size
from ..operators import conv_transpose
from .cells import Band, Cell, Scene, life, row_of_cells, running_sums
from .planes import gather_and_scatter_plane_scene, summed_plane_scene
from .sliding import travelling_kernel
from .words import check_width, described, grey, join, number, numbers, picture_arrays, product, single, sum_of_products

STAIRCASE = 8, 20  # up to so many copies on so many columns, each copy has a row of its own


class Layer(NamedTuple):
    """A transposed layer on one axis, in picture columns: cell u of its output stands in column u + padding."""

    x: np.ndarray
    kernel: np.ndarray
    y: np.ndarray
    columns: np.ndarray  # (W, w): where tap a of copy i falls
    outputs: range  # the columns of y; what falls outside is cropped
    width: int
    options: dict

    @property
    def stands(self):
        """The column in which each input cell stands: that of its copy's first tap."""
        return self.columns[:, 0].tolist()

    @property
    def last(self):
        """The last input cell."""
        return self.x.size - 1

    def link(self, i, column):
        """What a cell of copy i shows: the link to its output cell; nothing if it is cropped."""
        return ("link", self.outputs.index(column), i) if column in self.outputs else ()

    def reaching(self, column):
        """The (copy, tap) pairs that reach a column, in the copies' order."""
        return [(int(i), int(a)) for i, a in np.argwhere(self.columns == column)]

    def total(self, name, column):
        """The arithmetic of one output cell: "y[1] = 2·2 + 3·1 = 7"."""
        u = column - self.outputs.start
        pairs = [(self.x[i], self.kernel[a]) for i, a in self.reaching(column)]
        return sum_of_products(f"{name}[{u}]", pairs, self.y[u])


def summed_kernels_scene(x, kernel, *, stride=1, padding=0, output_padding=0, dilation=1):
    """The scene of a transposed convolution layer as summed copies of the kernel, one step per input cell."""
    options = dict(stride=stride, padding=padding, dilation=dilation, output_padding=output_padding)
    x, kernel = picture_arrays(2, x=x, kernel=kernel)
    if x.ndim == 2:
        return summed_plane_scene(x, kernel, **options)
    layer = _layer(x, kernel, **options)
    added = list(range(1, layer.x.size + 1))
    done = [_done(layer, column) for column in range(layer.width)]
    bands = (
        _input_band(layer, [life(i, layer.last) for i in range(layer.x.size)]),
        Band(f"kernel κ as written, w = {layer.kernel.size}", travelling_kernel(layer.kernel, layer.columns), join(layer.kernel)),
        _copies_band(layer, added),
        _sums_band(layer, added, done, [[life(i, layer.last) for i, _ in layer.reaching(c)] for c in layer.outputs]),
    )
    captions = [_copy_caption(layer, i, [c for c in layer.outputs if done[c] == i + 1]) for i in range(layer.x.size)]
    title = f"Transposed convolution layer: summed kernels{described(layer.options)}"
    start = "Predict y[0] and y[1], then step until both are filled." if layer.y.size > 1 else "Predict y[0], then step."
    return Scene(title, bands, (start, *captions))


def gradient_scene(grad_output, kernel, *, stride=1, padding=0, output_padding=0, dilation=1):
    """The scene of ∂ℓ/∂x of a convolution layer, gathered: one step per cell u of x, from every place i that reads it; 1-D."""
    options = dict(stride=stride, padding=padding, dilation=dilation, output_padding=output_padding)
    layer = _layer(grad_output, kernel, name="grad_output", **options)
    bands = _gathered(layer, "input: ∂ℓ/∂y, from above (small row)", "output: gradient ∂ℓ/∂x (large row)")
    captions = []
    for u, column in enumerate(layer.outputs):
        readers = ", ".join(f"y[{i}]" for i, _ in layer.reaching(column))
        captions.append(
            f"x[{u}] is read by {readers}: {layer.total('∂ℓ/∂x', column)}"
            if readers
            else f"No output reads x[{u}]: ∂ℓ/∂x[{u}] = 0"
        )
    title = f"Gradient of a convolution layer with respect to its input{described(options)}"
    return Scene(title, bands, ("Predict which y[i] read x[0], and through which taps.", *captions))


def gather_scene(x, kernel, *, stride=1, padding=0, output_padding=0, dilation=1):
    """The scene of a transposed layer on a row by gather: the reversed kernel, one step per output cell."""
    layer = _layer(x, kernel, stride=stride, padding=padding, dilation=dilation, output_padding=output_padding)
    bands = _gathered(
        layer, f"input x (small row), W = {layer.x.size}{_gaps(layer)}", f"output y (large row), width {layer.y.size}"
    )
    captions = [layer.total("y", column) for column in layer.outputs]
    title = f"Transposed convolution layer by gather{described(layer.options)}"
    return Scene(title, bands, ("Predict y[0]: which cells reach it?", *captions))


def gather_and_scatter_scene(x, kernel, *, stride=1, padding=0, output_padding=0, dilation=1):
    """The scene of both readings of one transposed layer on the same numbers, one step per output cell."""
    options = dict(stride=stride, padding=padding, dilation=dilation, output_padding=output_padding)
    x, kernel = picture_arrays(2, x=x, kernel=kernel)
    if x.ndim == 2:
        return gather_and_scatter_plane_scene(x, kernel, **options)
    layer = _layer(x, kernel, **options)
    last = layer.y.size - 1
    step = [min(max(column - layer.outputs.start, 0), last) + 1 for column in range(layer.width)]
    added = [step[column] for column in layer.stands]
    lit = [[life(u, last)] for u in range(layer.y.size)]
    bands = (
        *_gathered(
            layer, f"input x (small row), W = {layer.x.size}{_gaps(layer)}", "gather: output y (large row), along the kernel"
        ),
        _copies_band(layer, added, lit=True),
        _sums_band(layer, added, step, lit, "scatter: output y (large row), down the column"),
    )
    captions = [layer.total("y", column) for column in layer.outputs]
    title = f"Transposed convolution layer: gather and scatter{described(layer.options)}"
    return Scene(title, bands, ("Predict y[0]: which copies reach it?", *captions))


def _layer(x, kernel, name="x", **options):
    """The layer's numbers and columns, with its parameters checked; `name` is what errors call the input."""
    arrays = picture_arrays(**{name: x, "kernel": kernel})
    x, kernel = arrays
    spread = dict(stride=options["stride"], dilation=options["dilation"])
    full = conv_transpose_output_size(x.size, kernel.size, **spread)
    check_width(full, "the large row before cropping")
    y = conv_transpose(x, kernel, **options)
    crop = single(options["padding"])
    width = max(full, crop + y.size)
    _, _, (column,), _ = connections(width, kernel.size, x.size, **spread)
    return Layer(x, kernel, y, column.reshape(x.size, kernel.size), range(crop, crop + y.size), width, options)


def _done(layer, column):
    """The step after which no copy reaches a column; a column without a copy is done when no further copy starts before it."""
    reaching = layer.reaching(column)
    return 1 + (reaching[-1][0] if reaching else int(np.searchsorted(layer.stands, column, side="right")) - 1)


def _input_band(layer, lives, label=None):
    """The small row, each cell in the column where its copy starts, lit for the moments given."""
    cells = row_of_cells(numbers(layer.x), layer.stands, "input")
    lit = [Cell(0, column, box="input-lit", **moments) for column, moments in zip(layer.stands, lives)]
    return Band(label or f"input x (small row), W = {layer.x.size}", (*cells, *lit), join(layer.x))


def _copies_band(layer, added, lit=False):
    """The translated copies, each in a row of its own, or packed like bricks when there are many; `lit`, column by column."""
    span = int(layer.columns[0, -1]) + 1
    staircase = layer.x.size <= STAIRCASE[0] and layer.width <= STAIRCASE[1]
    rows = layer.x.size if staircase else -(-span // single(layer.options["stride"]))
    cells = []
    for i, (moment, columns) in enumerate(zip(added, layer.columns.tolist())):
        if staircase:
            cells.append(Cell(i, -1, f"{number(layer.x[i])}·κ", since=moment))
        for column, value in zip(columns, numbers(layer.x[i] * layer.kernel)):
            cells.append(Cell(i % rows, column, value, "copy", since=moment, of=layer.link(i, column)))
    for u, column in enumerate(layer.outputs if lit else ()):
        moments = life(u, layer.y.size - 1) | dict(since=u + 1)
        cells += [Cell(i % rows, column, box="copy-lit", **moments) for i, _ in layer.reaching(column)]
    return Band("copies x[i]·κ, one per input cell", tuple(cells), answer=True)


def _sums_band(layer, added, done, lit, label="output y (large row)"):
    """The output row while it fills with running sums; columns outside `outputs` are cropped."""
    cells = []
    for column in range(layer.width):
        u = column - layer.outputs.start
        if column in layer.outputs:
            cells.append(Cell(0, column, box="output", note=str(u), of=("output", u)))
            cells.append(Cell(0, column, box="output-done", since=done[column]))
            cells += [Cell(0, column, box="output-lit", **moments) for moments in lit[u]]
        else:
            cells.append(Cell(0, column, box="padding"))
        terms = [layer.x[i] * layer.kernel[a] for i, a in layer.reaching(column)]
        cells += running_sums(0, column, terms, [added[i] for i, _ in layer.reaching(column)], done[column])
    label += f", width {layer.y.size}{grey('cropped', layer.outputs.start)}"
    return Band(label, tuple(cells), join(layer.y), answer=True)


def _copy_caption(layer, i, finished):
    """The arithmetic of one copy, and of the output cells that it finishes."""
    products = ", ".join(product(layer.x[i], tap) for tap in layer.kernel)
    columns, first = layer.columns[i].tolist(), layer.outputs.start
    where = [f"y[{column - first}]" if column in layer.outputs else "(cropped)" for column in columns]
    added = f"added at {', '.join(where)}" if set(where) != {"(cropped)"} else "all of it cropped"
    caption = f"x[{i}]·κ = {products} = {', '.join(numbers(layer.x[i] * layer.kernel))}, {added}."
    return caption + (f" Finished: {'; '.join(layer.total('y', column) for column in finished)}." if finished else "")


def _gaps(layer):
    """What the gaps between spread input cells mean, as a suffix of the row's label."""
    return " (gaps: inserted zeros)" if single(layer.options["stride"]) > 1 else ""


def _gathered(layer, input_label, output_label):
    """The bands of a gather: the small row, the reversed kernel at one output cell after another, the large row."""
    last = layer.y.size - 1
    spread = layer.columns[0]
    columns = np.array(layer.outputs)[:, None] - spread[None, :]
    lit = [
        Cell(0, layer.stands[i], box="input-lit", **life(u, last))
        for u, c in enumerate(layer.outputs)
        for i, _ in layer.reaching(c)
    ]
    small = (*row_of_cells(numbers(layer.x), layer.stands, "input"), *lit)
    large = row_of_cells([""] * layer.y.size, layer.outputs, "output")
    large += [Cell(0, column, box="output-done", since=u + 1) for u, column in enumerate(layer.outputs)]
    large += [Cell(0, column, box="output-lit", **life(u, last)) for u, column in enumerate(layer.outputs)]
    large += [Cell(0, column, number(layer.y[u]), since=u + 1) for u, column in enumerate(layer.outputs)]
    return (
        Band(input_label, small, join(layer.x)),
        Band(f"kernel κ reversed, w = {layer.kernel.size}", travelling_kernel(layer.kernel, columns), join(layer.kernel[::-1])),
        Band(output_label, tuple(large), join(layer.y), answer=True),
    )
