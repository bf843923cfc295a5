"""The controls of explorers: sliders, choices, and text boxes with the numbers that stand in them."""

import ipywidgets
import numpy as np

from ..arrays import is_per_axis, per_axis
from ..geometry import DEFAULTS

SLIDER_ENDS = dict(stride=4, padding=4, dilation=4, output_padding=3, inputs=10, width=8)
AXES = ("↓", "→")  # of a grid, where a parameter has a slider for each
NAMED = dict(description_width="7.7em")
HINT = "numbers like 1 2 3, or a grid like 1 2 / 3 4"


def sliders(name, value, axes):
    """A slider for a parameter, or, if `value` has one value for each of two axes, two of them: {name of the control: slider}."""
    if not is_per_axis(value) or len(value) == 1:
        return {name: slider(name, per_axis(name, value, 1, DEFAULTS[name])[0])}
    values = per_axis(name, value, axes, DEFAULTS[name])
    return {f"{name} {axis}": slider(name, each, f" {axis}") for axis, each in zip(AXES, values)}


def slider(name, value, axis=""):
    """A slider for a whole number, which ends further right if the value lies there."""
    most = max(SLIDER_ENDS[name], value)
    return ipywidgets.IntSlider(
        value,
        min=DEFAULTS.get(name, 1),
        max=most,
        description=name.replace("_", " ") + axis,
        style=NAMED,
        layout=dict(width="98%"),
    )


def value_of(controls, name):
    """The value of a parameter that has one slider, or one for each axis."""
    return controls[name].value if name in controls else tuple(controls[f"{name} {axis}"].value for axis in AXES)


def choice(description, options, value):
    """Buttons, one of which is pressed."""
    style = NAMED | dict(button_width="9em")
    return ipywidgets.ToggleButtons(options=options, value=value, description=description, style=style)


def text_box(values, description):
    """A box with numbers, which are read when Enter is pressed or the box is left."""
    options = dict(placeholder=HINT, tooltip=HINT, continuous_update=False, style=NAMED, layout=dict(width="98%"))
    return ipywidgets.Text(_written(values), description=description, **options)


def _written(values):
    """Numbers as they stand in a text box: rows of a grid are separated by slashes."""
    values = np.asarray(values)
    rows = (values if values.ndim == 2 else values[None]).tolist()
    lone = " /" if values.ndim == 2 and len(rows) == 1 else ""
    return " / ".join(" ".join(str(value) for value in row) for row in rows) + lone


class BadText(ValueError):
    """Numbers that cannot be read; `control` names the text box."""

    def __init__(self, control, sentence):
        super().__init__(sentence)
        self.control = control


def numbers_in(text, name):
    """The numbers of a text box: whole numbers stay whole."""
    grid = text.replace(";", "/").replace("−", "-").split("/")
    rows = [[_number(entry, name) for entry in row.replace(", ", " ").rstrip(",").split()] for row in grid]
    rows = [row for row in rows if row]
    if not rows:
        raise BadText(name, f"The {name} is empty: write {HINT}.")
    return rows if len(grid) > 1 else rows[0]


def _number(entry, name):
    whole, comma, rest = entry.partition(",")
    if comma and _is_number(whole) and rest[:1].isdigit():
        raise BadText(name, f"{entry!r} may be one number or several: write 2.5 with a point, and a space between two numbers.")
    if not _is_number(entry):
        raise BadText(name, f"The {name} must be numbers, separated by spaces, but {entry!r} is none.")
    return int(entry) if entry.lstrip("+-").isdigit() else float(entry)


def _is_number(entry):
    try:
        float(entry)
    except ValueError:
        return False
    return True
