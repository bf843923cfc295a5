"""The explorer of one layer: its board or its grids, its size and its call of PyTorch move with its parameters."""

from .. import scenes
from ..geometry import DEFAULTS
from ..svg import lay_out
from .boxes import choice, numbers_in, sliders, text_box, value_of
from .explorer import Explorer
from .picture import layer_cells
from .said import ONLY_PYTORCH, only_pytorch, size_text, torch_text

PARAMETERS = tuple(DEFAULTS)
VIEWS = ("matrix", "size", "torch")
NUMBERS = [("products x·κ", "products"), ("taps: matrix", "taps")]


def explore_layer(x, kernel, transposed=False, controls=PARAMETERS, *, views=VIEWS, **params):
    """Explore one layer: board, matrix, size formula and PyTorch line move together while its parameters change.

    `x` (W,) and `kernel` (w,) are rows, or small grids; `controls` names the parameters that get a slider, `views` what is
    shown beside the board, `params` holds starting values, also of parameters without a slider; one for each axis of a grid
    gives a slider to each. Raises TypeError or ValueError if the starting values cannot be shown: rows of up to 128 cells,
    grids of up to 16×16, a matrix of up to 4,096 cells.
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
        x, kernel = scenes.picture_arrays(2, input=x, kernel=kernel)
        self.transposed, self.fixed = transposed, {name: value for name, value in params.items() if name not in controls}
        self.sliders = [name for name in controls if name in allowed]
        boxes = dict(input=text_box(x, "input x"), kernel=text_box(kernel, "kernel κ"))
        for name in self.sliders:
            boxes |= sliders(name, params.get(name, DEFAULTS[name]), x.ndim)
        boxes["reading"] = choice("reading", scenes.READINGS, "scatter" if transposed else "gather")
        if "matrix" in views:
            boxes["numbers"] = choice("numbers", NUMBERS, "products")
        super().__init__(boxes, [view for view in VIEWS[1:] if view in views])

    def build(self):
        x, kernel = (numbers_in(self.controls[name].value, name) for name in ("input", "kernel"))
        params = self.fixed | {name: value_of(self.controls, name) for name in self.sliders}
        layer = scenes.layer_of(x, kernel, transposed=self.transposed, name="input", **params)
        show = self.controls["numbers"].value if "numbers" in self.controls else "wires"
        layout = lay_out(scenes.explored(layer, self.controls["reading"].value, show))
        self.shown, self.boardless = layer, layer.axes == 2 and show != "wires" and not scenes.has_board(layout.scene)
        return layout, layer_cells(layout, layer), dict(size=size_text(layer), torch=torch_text(layer))

    def notes(self):
        said, grid = {}, self.shown.axes == 2
        if grid and not self.transposed and self.controls["reading"].value == "scatter":
            said["reading"] = "On grids, a convolution layer is shown by gather only."
        if grid and "numbers" in self.controls and self.controls["numbers"].value == "taps":
            said["numbers"] = "On grids, products have numbers, and the taps of the board have shades only."
        if self.boardless:
            crossings = "×".join(map(str, scenes.board_size(self.shown)))
            said["numbers"] = f"There is no room beside these grids for their board: it would have {crossings} crossings."
        if only_pytorch(self.shown):
            names = [name for name in self.controls if name.startswith("output_padding")] or [*self.controls][-1:]
            said[names[-1]] = ONLY_PYTORCH
        return said
