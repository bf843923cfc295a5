"""What to show, as plain data: bands of labelled cells, each with the moments at which it is visible, and captions.

Moment 0 shows the scene before the first step; moment t shows it after step t. A scene is complete: whoever draws it, or
reads it as text, computes nothing. Columns follow the geometry u = i·s + a·d − p: cell u of the large row stands in column
u + p, place i of the small row in column i·s, so that every tap lies straight under or over the cells it joins.
"""

from typing import NamedTuple

import numpy as np

from .geometry import connections, conv_transpose_output_size, per_axis
from .operators import as_arrays, conv_transpose, cross_correlate

MOST_CELLS = 128  # in one row of a picture
STAIRCASE = 8  # up to so many copies, each has a row of its own


class Cell(NamedTuple):
    """One cell of a band: where it stands, what it shows, and from which moment until before which one."""

    row: int
    column: int
    text: str = ""
    box: str = ""  # a key of palette.BOXES; without one, only the text is drawn
    note: str = ""  # the index, in small type under the box
    since: int = 0
    until: int | None = None  # None: it stays


class Band(NamedTuple):
    """A labelled block of cells; `values` is its finished content as text, `answer` says that a worksheet leaves it blank."""

    label: str
    cells: tuple[Cell, ...]
    values: str = ""
    answer: bool = False


class Scene(NamedTuple):
    """A title, bands of cells, and one caption per moment."""

    title: str
    bands: tuple[Band, ...]
    captions: tuple[str, ...]

    @property
    def steps(self):
        """The number of steps after the start."""
        return len(self.captions) - 1

    def frame(self, moment):
        """The cells visible at one moment: one tuple per band."""
        return tuple(tuple(cell for cell in band.cells if visible(cell, moment)) for band in self.bands)

    def text(self):
        """The storyboard: title, each row once with its finished values, then one line per step."""
        rows = [f"{band.label}: {band.values}" for band in self.bands if band.values]
        return "\n".join([self.title, *rows, *(f"{t}. {caption}" for t, caption in enumerate(self.captions) if t)])


def visible(cell, moment):
    """Whether a cell is shown at a moment."""
    return cell.since <= moment and (cell.until is None or moment < cell.until)


def life(i, last):
    """The moments of what belongs to step i: from its step (the first from the start) until the next (the last for ever)."""
    return dict(since=i + 1 if i else 0, until=i + 2 if i < last else None)


def sliding_kernel_scene(x, kernel, *, stride=1, padding=0, dilation=1):
    """The scene of a convolution layer x ⊛ κ, one step per place of the kernel; 1-D `x` and `kernel`."""
    x, kernel = picture_arrays(x=x, kernel=kernel)
    options = dict(stride=stride, padding=padding, dilation=dilation)
    y = cross_correlate(x, kernel, **options)
    check_width(x.size + 2 * _int(padding), "the large row with its padding")
    (place,), _, (cell,), inside = connections(x.shape, kernel.shape, y.shape, **options)
    under = np.where(inside, x[np.clip(cell, 0, x.size - 1)], 0).reshape(y.size, kernel.size)
    columns = (cell + _int(padding)).reshape(y.size, kernel.size)
    stands = columns[:, 0]

    captions = ["Predict y[0], then step."]
    captions += [sum_of_products(f"y[{i}]", zip(under[i], kernel), y[i]) for i in range(y.size)]
    bands = (
        Band(f"input x (large row), W = {x.size}{grey('padding', padding)}", _padded_row(x, _int(padding), columns), join(x)),
        Band(f"kernel κ as written, w = {kernel.size}", _travelling_kernel(kernel, columns), join(kernel)),
        Band(f"output y (small row), width {y.size}", _output_row(y, stands), join(y), answer=True),
    )
    return Scene(f"Convolution layer, y = x ⊛ κ{described(options)}", bands, tuple(captions))


def summed_kernels_scene(x, kernel, *, stride=1, padding=0, output_padding=0, dilation=1):
    """The scene of a transposed convolution layer as summed copies of the kernel, one step per input cell; 1-D."""
    x, kernel = picture_arrays(x=x, kernel=kernel)
    options = dict(stride=stride, padding=padding, dilation=dilation, output_padding=output_padding)
    y = conv_transpose(x, kernel, **options)
    crop, full = _int(padding), conv_transpose_output_size(x.size, kernel.size, stride=stride, dilation=dilation)
    width = max(full, crop + y.size)
    check_width(width, "the large row before cropping")
    (place,), (tap,), (column,), _ = connections(width, kernel.size, x.size, stride=stride, dilation=dilation)
    copies = np.zeros((x.size, width), x.dtype)
    copies[place, column] = x[place] * kernel[tap]
    columns = column.reshape(x.size, kernel.size)

    outputs = range(crop, crop + y.size)
    sums = _Sums(copies.cumsum(axis=0), columns)
    bands = (
        Band(f"input x (small row), W = {x.size}", _places_row(x, columns[:, 0]), join(x)),
        Band(f"kernel κ as written, w = {kernel.size}", _travelling_kernel(kernel, columns), join(kernel)),
        Band("copies x[i]·κ, one per input cell", _copies(x, copies, columns, stride), answer=True),
        Band(f"output y (large row), width {y.size}{grey('cropped', padding)}", sums.cells(outputs), join(y), answer=True),
    )
    captions = (
        "Predict y[0] and y[1], then step.",
        *(_copy_caption(i, x, kernel, columns, sums, outputs) for i in range(x.size)),
    )
    return Scene(f"Transposed convolution layer: summed kernels{described(options)}", bands, captions)


class _Sums:
    """The output row of the summed copies while it fills: which copies reach a column, and its running sum."""

    def __init__(self, running, columns):
        self.running = running
        self.copies_at = [[] for _ in range(running.shape[1])]
        for i, reached in enumerate(columns.tolist()):
            for column in reached:
                self.copies_at[column].append(i)
        self.starts = columns[:, 0]

    def done(self, column):
        """The step after which no copy reaches the column; a column without a copy is done when one starts beyond it."""
        copies = self.copies_at[column]
        return 1 + (copies[-1] if copies else int(np.searchsorted(self.starts, column, side="right")) - 1)

    def cells(self, outputs):
        """The cells of the output row; columns outside the range `outputs` are cropped."""
        cells = []
        for column, copies in enumerate(self.copies_at):
            kept = column in outputs
            cells.append(Cell(0, column, box="output" if kept else "padding", note=str(column - outputs.start) if kept else ""))
            if kept:
                cells.append(Cell(0, column, box="output-done", since=self.done(column)))
                cells += [Cell(0, column, box="output-lit", **life(i, len(self.starts) - 1)) for i in copies]
            ends = [i + 1 for i in copies[1:]] + [None]
            cells += [Cell(0, column, number(self.running[i, column]), since=i + 1, until=end) for i, end in zip(copies, ends)]
            if not copies:
                cells.append(Cell(0, column, "0", since=self.done(column)))
        return tuple(cells)


def _copy_caption(i, x, kernel, columns, sums, outputs):
    """The arithmetic of one copy, and of the output cells that it finishes."""
    products = ", ".join(product(x[i], tap) for tap in kernel)
    where = ", ".join(f"y[{column - outputs.start}]" for column in columns[i].tolist() if column in outputs)
    added = f"added at {where}" if where else "all of it cropped"
    caption = f"x[{i}]·κ = {products} = {', '.join(number(x[i] * tap) for tap in kernel)}, {added}."
    finished = []
    for column in (column for column in outputs if sums.done(column) == i + 1):
        pairs = [(x[j], kernel[columns[j].tolist().index(column)]) for j in sums.copies_at[column]]
        finished.append(sum_of_products(f"y[{column - outputs.start}]", pairs, sums.running[-1, column]))
    return caption + (f" Finished: {'; '.join(finished)}." if finished else "")


def _padded_row(x, padding, columns):
    """The large row between its padding zeros, with the cells under the kernel lit step by step."""
    row = np.pad(x, padding)
    real = range(padding, padding + x.size)
    cells = [
        Cell(0, c, number(row[c]), "input" if c in real else "padding", str(c - padding) if c in real else "")
        for c in range(row.size)
    ]
    last = len(columns) - 1
    lit = [Cell(0, c, box="input-lit", **life(i, last)) for i, under in enumerate(columns.tolist()) for c in under]
    return tuple(cells + lit)


def _places_row(x, stands):
    """The small row of a transposed layer, each cell in the column where its copy starts, lit in its step."""
    cells = [Cell(0, c, number(x[i]), "input", str(i)) for i, c in enumerate(stands.tolist())]
    lit = [Cell(0, c, box="input-lit", **life(i, x.size - 1)) for i, c in enumerate(stands.tolist())]
    return tuple(cells + lit)


def _travelling_kernel(kernel, columns):
    """The kernel at one place after another."""
    last = len(columns) - 1
    return tuple(
        Cell(0, c, number(kernel[a]), "kernel", str(a), **life(i, last))
        for i, under in enumerate(columns.tolist())
        for a, c in enumerate(under)
    )


def _output_row(y, stands):
    """The small row of a convolution layer: each cell under the place where the kernel stands, filled in its step."""
    cells = []
    for i, c in enumerate(stands.tolist()):
        cells.append(Cell(0, c, box="output", note=str(i)))
        cells.append(Cell(0, c, box="output-lit", **life(i, y.size - 1)))
        cells.append(Cell(0, c, number(y[i]), since=i + 1))
    return tuple(cells)


def _copies(x, copies, columns, stride):
    """The translated copies, each in a row of its own, or packed like bricks when there are many."""
    span = int(columns[0, -1] - columns[0, 0]) + 1
    rows = x.size if x.size <= STAIRCASE else -(-span // _int(stride))
    cells = []
    for i, reached in enumerate(columns.tolist()):
        if x.size <= STAIRCASE:
            cells.append(Cell(i, reached[0] - 1, f"{number(x[i])}·κ", since=i + 1))
        cells += [Cell(i % rows, c, number(copies[i, c]), "copy", since=i + 1) for c in reached]
    return tuple(cells)


def picture_arrays(**named):
    """The named values as 1-D arrays of finite numbers, small enough to draw."""
    arrays = as_arrays(**named)
    for name, array in zip(named, arrays):
        if array.ndim != 1:
            raise ValueError(f"An animation shows rows with 1 axis, but {name} has {array.ndim}.")
        check_width(array.size, name)
        if not np.isfinite(array).all():
            where = int(np.flatnonzero(~np.isfinite(array))[0])
            raise ValueError(f"A picture needs finite numbers, but {name}[{where}] is {array[where]}.")
    return arrays


def check_width(cells, what):
    """Refuse a row that no page can show."""
    if cells > MOST_CELLS:
        raise ValueError(f"A picture shows at most {MOST_CELLS} cells a row, but {what} has {cells:,}.")


def number(value):
    """A number as text, with a true minus sign; fractions with four significant digits.

    >>> number(-2), number(0.123456), number(36963.0)
    ('−2', '0.1235', '36963')
    """
    whole = float(value).is_integer() and abs(value) < 1e15
    return (str(int(value)) if whole else f"{value:.4g}").replace("-", "−")


def product(signal, tap):
    """A product as text, the signal first, negative factors in brackets.

    >>> product(-1, 2), product(2, -1)
    ('(−1)·2', '2·(−1)')
    """
    return "·".join(f"({number(factor)})" if factor < 0 else number(factor) for factor in (signal, tap))


def sum_of_products(name, pairs, total):
    """A sum written out, with its value.

    >>> sum_of_products("y[1]", [(4, 1), (-1, 2)], 2)
    'y[1] = 4·1 + (−1)·2 = 2'
    """
    terms = " + ".join(product(signal, tap) for signal, tap in pairs)
    return f"{name} = {terms} = {number(total)}" if terms else f"{name} = {number(total)} (no copy reaches it)"


def join(values):
    """The numbers of a row as text, separated by spaces."""
    return " ".join(number(value) for value in values)


def described(options):
    """The parameters that differ from their defaults, as a suffix of a title."""
    named = [f"{name} {_int(value)}" for name, value in options.items() if _int(value) != (name in ("stride", "dilation"))]
    return "".join(f", {text}" for text in named)


def grey(meaning, padding):
    """What the grey cells of a row mean, as a suffix of its label."""
    return f" (grey: {meaning})" if _int(padding) else ""


def _int(value):
    """A parameter, given as an int or for one axis, as an int."""
    (value,) = per_axis("parameter", value, 1, 0)
    return value
