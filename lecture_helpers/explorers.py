"""Explorers: sliders and text boxes around a picture that follows at once, and whose cells show their links when pointed at.

Stepping, pointing and pinning happen in the page; a changed parameter asks Python for a new picture. What cannot be computed
is refused in one sentence beside the control that caused it, and the last picture stays.
"""

from html import escape

import anywidget
import ipywidgets
import numpy as np
import traitlets

from . import scenes
from .arrays import per_axis
from .geometry import DEFAULTS, extent
from .player import alt_text, player, script
from .svg import as_image, draw, lay_out
from .words import plain_parameter

PARAMETERS = tuple(DEFAULTS)
VIEWS = ("matrix", "size", "torch")
SLIDER_ENDS = dict(stride=4, padding=4, dilation=4, output_padding=3, inputs=10, width=8)
WIDE = dict(description_width="9em")


class LivePicture(anywidget.AnyWidget):
    """A player whose picture can be exchanged, and whose cells show their links when pointed at; one step of it asks nobody."""

    _esm = script("player.js") + script(
        "explorer.js"
    )  # one module: the second uses `mount` of the first, which finds no container here
    svg = traitlets.Unicode().tag(sync=True)
    cells = traitlets.Dict().tag(sync=True)  # spots, links and sentences, as `layer_cells` describes them


class Explorer(ipywidgets.VBox):
    """Controls above a live picture. A subclass says in `build` what a setting of the controls shows."""

    def __init__(self, controls, about):
        self.controls = controls
        self.messages = {name: ipywidgets.HTML() for name in controls}
        self.about = {name: ipywidgets.HTML() for name in about}
        self.picture = LivePicture()
        for control in controls.values():
            control.layout.flex = "0 0 auto"  # a long message beside it must not squeeze it
        rows = [ipywidgets.HBox([control, self.messages[name]]) for name, control in controls.items()]
        super().__init__([*rows, *self.about.values(), self.picture])
        self.show()
        for name, control in controls.items():
            control.observe(lambda change, name=name: self._changed(name), "value")

    def build(self):
        """The scene, laid out, what is known of its cells, and the texts above the picture."""
        raise NotImplementedError

    def show(self):
        """Build the picture for the present settings; raises ValueError or TypeError, in one sentence, if that is impossible."""
        layout, cells, texts = self.build()
        svg = draw(layout.scene, layout)
        self.storyboard, self.label = layout.scene.text(), alt_text(layout.scene)
        with self.picture.hold_sync():
            self.picture.cells, self.picture.svg = cells, svg
        for name in self.about:
            self.about[name].value = texts[name]

    def _changed(self, name):
        refused = {}
        try:
            self.show()
        except (ValueError, TypeError) as refusal:
            beside = getattr(refusal, "control", name)
            refused[beside] = f"{refusal} The picture still shows the last setting that worked."
        said = self.notes() | refused
        for other, message in self.messages.items():
            message.value = f'<span role="alert">{escape(said[other])}</span>' if other in said else ""
        for shown in (self.picture, *self.about.values()):
            shown.layout.opacity = "0.5" if refused else "1"

    def notes(self):
        """What is to be said beside a control although nothing was refused: {control: sentence}."""
        return {}

    def __repr__(self):
        return self.storyboard

    def _repr_mimebundle_(self, include=None, exclude=None):
        bundle = super()._repr_mimebundle_(include=include, exclude=exclude) or {}
        static = player(as_image(self.picture.svg, self.label))
        return bundle | {"text/html": static, "text/plain": self.storyboard}


def explore_layer(x, kernel, transposed=False, controls=PARAMETERS, *, views=VIEWS, **params):
    """Explore one layer: board, matrix, size formula and PyTorch line move together while its parameters change.

    `x` (W,) and `kernel` (w,) are rows, or small grids; `controls` names the parameters that get a slider, `views` what is
    shown beside the board, `params` holds starting values, also of parameters without a slider. Raises TypeError or ValueError
    if the starting values cannot be shown: rows of up to 128 cells, grids of up to 16×16, a matrix of up to 4,096 cells.
    Source: Dumoulin and Visin (2016), for the links; `torch.nn.functional.conv_transpose1d`, for the line of PyTorch.

    >>> print(explore_layer([2, 3, 0, -1], [1, 2, -1], transposed=True, stride=2).storyboard.splitlines()[2])
    output y (long row) · 9 cells: 2 4 1 6 −3 0 −1 −2 1
    """
    return LayerExplorer(x, kernel, transposed, controls, views, params)


class LayerExplorer(Explorer):
    """The explorer of one layer, convolution or transposed."""

    def __init__(self, x, kernel, transposed, controls, views, params):
        allowed = ("stride", "padding", "dilation", *(("output_padding",) if transposed else ()))
        unknown = [name for name in controls if name not in PARAMETERS] + [name for name in params if name not in allowed]
        if unknown:
            raise ValueError(f"A layer has no parameter {unknown[0]!r}; controls and parameters are {', '.join(allowed)}.")
        if not set(views) <= set(VIEWS):
            raise ValueError(f"The views are {', '.join(VIEWS)}, but views is {views!r}.")
        self.views = views
        x, kernel = scenes.picture_arrays(2, input=x, kernel=kernel)
        self.transposed, self.fixed = transposed, {name: value for name, value in params.items() if name not in controls}
        self.sliders = [name for name in controls if name in allowed]
        default = "scatter" if transposed else "gather"
        boxes = {
            "input": _text(x, "input x"),
            "kernel": _text(kernel, "kernel κ"),
        }
        boxes |= {name: _slider(name, params.get(name, DEFAULTS[name])) for name in self.sliders}
        boxes["reading"] = ipywidgets.ToggleButtons(options=scenes.READINGS, value=default, description="reading", style=WIDE)
        if "matrix" in views:
            shown = [("products x·κ", "products"), ("taps κ: the matrix", "taps")]
            boxes["numbers"] = ipywidgets.ToggleButtons(options=shown, value="products", description="numbers", style=WIDE)
        super().__init__(boxes, [view for view in VIEWS[1:] if view in views])

    def build(self):
        x, kernel = (_numbers(self.controls[name].value, name) for name in ("input", "kernel"))
        params = self.fixed | {name: self.controls[name].value for name in self.sliders}
        layer, reading = (
            scenes.layer_of(x, kernel, transposed=self.transposed, name="input", **params),
            self.controls["reading"].value,
        )
        self.on_grid = layer.axes == 2
        show = self.controls["numbers"].value if "numbers" in self.controls else "wires"
        layout = lay_out(scenes.explored(layer, reading, show))
        return layout, layer_cells(layout, layer), dict(size=_size_text(layer), torch=_torch_text(layer))

    def notes(self):
        if self.on_grid and not self.transposed and self.controls["reading"].value == "scatter":
            return {"reading": "On grids, a convolution layer is shown by gather only."}
        if self.on_grid and "numbers" in self.controls and self.controls["numbers"].value == "taps":
            return {"numbers": "On grids, the products are shown only."}
        return {}


class BadText(ValueError):
    """Numbers that cannot be read; `control` names the text box."""

    def __init__(self, control, sentence):
        super().__init__(sentence)
        self.control = control


def layer_cells(layout, layer):
    """What the picture needs to show links: its spots, with a sentence each, and the (input, tap, output) cells linked."""
    sentences = scenes.cell_sentences(layer)
    found = []
    for band, *box, cell in layout.spots():
        if cell.of:
            place = dict(zip(("x", "y", "width", "height"), (round(value, 1) for value in box)))
            about = dict(of=list(cell.of), band=band.label, sentence=sentences[cell.of])
            found.append(place | about | dict(since=cell.since, until=cell.until))
    return dict(spots=found, links=[[layer.input_of(link), link.tap, layer.output_of(link)] for link in layer.kept])


def _slider(name, value):
    least = DEFAULTS.get(name, 1)
    (value,) = per_axis(name, value, 1, least)
    most = max(SLIDER_ENDS[name], value)
    return ipywidgets.IntSlider(value, min=least, max=most, description=name.replace("_", " "), style=WIDE)


def _text(values, description):
    hint = "numbers like 1 2 3, or a grid like 1 2 / 3 4"
    options = dict(placeholder=hint, tooltip=hint, continuous_update=False, style=WIDE)
    return ipywidgets.Text(_written(values), description=description, **options)


def _written(values):
    """Numbers as they stand in a text box: rows of a grid are separated by slashes."""
    values = np.asarray(values)
    rows = (values if values.ndim == 2 else values[None]).tolist()
    return " / ".join(" ".join(str(value) for value in row) for row in rows) + (
        " /" if values.ndim == 2 and len(rows) == 1 else ""
    )


def _numbers(text, name):
    """The numbers of a text box: whole numbers stay whole."""
    rows = []
    if not text.strip(" /,;"):
        raise BadText(name, f"The {name} is empty: write numbers like 1 2 3, or a grid like 1 2 / 3 4.")
    grid = text.replace(";", "/").replace("−", "-").replace(",", " ").split("/")
    for entries in filter(None, map(str.split, grid)):
        for entry in entries:
            if not _is_number(entry):
                raise BadText(name, f"The {name} must be numbers, separated by spaces or commas, but {entry!r} is none.")
        rows.append([int(entry) if entry.lstrip("+-").isdigit() else float(entry) for entry in entries])
    return rows if len(grid) > 1 else rows[0]


def _is_number(entry):
    try:
        float(entry)
    except ValueError:
        return False
    return True


def _size_text(layer):
    """The size formula of every axis, with the numbers put in."""
    given = {name: per_axis(name, layer.params.get(name, default), layer.axes, 0) for name, default in DEFAULTS.items()}
    lines = []
    for axis, (n, w, size) in enumerate(zip(layer.x.shape, layer.kernel.shape, layer.y.shape)):
        s, p, d, op = (values[axis] for values in given.values())
        if layer.transposed:
            formula = f"(m − 1)s − 2p + K + op = ({n} − 1)·{s} − 2·{p} + {extent(w, d)} + {op}"
        else:
            formula = f"⌊(n + 2p − K)/s⌋ + 1 = ⌊({n} + 2·{p} − {extent(w, d)})/{s}⌋ + 1"
        name = "Width" if layer.axes == 1 else ("Height", "Width")[axis]
        lines.append(f"{name}, with K = d(w − 1) + 1 = {extent(w, d)}: {formula} = {size}")
    return "<br>".join(lines)


def _torch_text(layer):
    """The line of PyTorch that computes the same."""
    call = f"conv{'_transpose' if layer.transposed else ''}{layer.axes}d"
    values = {name: plain_parameter(layer.params.get(name, default)) for name, default in DEFAULTS.items()}
    given = "".join(f", {name}={value}" for name, value in values.items() if value != DEFAULTS[name])
    tensors = (f"torch.tensor([[{values.astype(float).tolist()}]])" for values in (layer.x, layer.kernel))
    return f"<code>torch.nn.functional.{call}({', '.join(tensors)}{given})</code>"


def explore_coverage(n=6, w=3, *, stride=2):
    """Explore how many copies reach each output cell of a transposed layer, on a row and on a grid.

    `n` input cells, kernel width `w`, copies `stride` cells apart. Raises ValueError if they are not within the sliders.

    >>> print(explore_coverage(6, 4, stride=2).storyboard.splitlines()[-1])
    6. copy 5 covers the cells 10 to 13
    """
    for name, value, slider in (("n", n, "inputs"), ("w", w, "width"), ("stride", stride, "stride")):
        most = SLIDER_ENDS[slider]
        if per_axis(name, value, 1, 1)[0] > most:
            raise ValueError(f"{name} must be from 1 to {most} here, but is {value}.")
    return CoverageExplorer(n, w, stride)


class CoverageExplorer(Explorer):
    """The explorer of coverage: how many copies reach each output cell."""

    def __init__(self, n, w, stride):
        controls = {"inputs": _slider("inputs", n), "width": _slider("width", w), "stride": _slider("stride", stride)}
        super().__init__(controls, ("verdict",))

    def build(self):
        n, w, stride = (self.controls[name].value for name in ("inputs", "width", "stride"))
        layout = lay_out(scenes.coverage_scene(n, w, stride))
        return layout, dict(spots=[], links=[]), dict(verdict=_verdict(n, w, stride))


def _verdict(n, w, stride):
    """Whether inner cells are covered evenly, and why."""
    if n == 1:
        return "A single copy: every cell gets 1, and nothing can overlap."
    if n * stride < w:
        return f"Too few inputs to judge: {n} copies, {stride} apart, are not enough for the full count of a kernel of width {w}."
    if w % stride == 0:
        times = w // stride
        return (
            f"Even inside: s = {stride} divides w = {w}, so every inner cell gets {times} {'copy' if times == 1 else 'copies'}."
        )
    if w < stride:
        return f"Holes: the copies are narrower (w = {w}) than their distance (s = {stride})."
    few, many = w // stride, w // stride + 1
    return f"Uneven: {w} taps don't fall into {stride} equal classes, so inner cells get {few} or {many} copies."
