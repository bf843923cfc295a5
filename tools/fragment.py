"""One explorer as HTML that stands alone on a page: controls beside a picture, and all that they can show, packed."""

import base64
import gzip
import re
from html import escape

from lecture_helpers.svg import as_image
from packing import packed
from settings import Settings, as_json, deflated, hidden, is_number, is_tap


def fragment(cell, explorer, notebook):
    """An explorer as HTML; `cell` is the id of its cell, `notebook` the address where it can do everything."""
    picture = as_image(explorer.picture.svg, explorer.label)  # until the script has begun, and where there is none
    settings = Settings(explorer)
    taps = [name for name, control in settings.controls.items() if is_tap(control)]
    rows = [row(cell, settings, name) for name in settings.controls if name not in taps]
    if settings.alone:
        rows.append(f'<div class="taps">{"".join(tap(cell, settings, name) for name in taps)}</div>')
    about = "".join(f'<div data-about="{name}"></div>' for name in explorer.about)
    note = f'<p>{left_out(settings)}, <a href="{escape(notebook)}">run the notebook</a>.</p>'
    data = f'<script type="application/gzip">{zipped(packed(settings.texts()))}</script>'
    controls = f'<div class="controls">{"".join(rows)}{about}</div>'
    room = 0.82 * float(re.search(r"width='([\d.]+)'", explorer.picture.svg)[1])  # px: a player makes its picture no smaller
    shown = f'<div class="picture" style="flex-basis:{room:.0f}px" data-deflated="{" ".join(deflated(explorer))}">{picture}</div>'
    return f'<div class="lecture-explorer" data-prerendered>{controls}{shown}{note}{data}</div>'


def zipped(value):
    """A value as JSON, compressed, as letters; the same ones at every run."""
    return base64.b64encode(gzip.compress(as_json(value).encode(), mtime=0)).decode()


def left_out(settings):
    """What the page's explorer cannot do, and the beginning of a sentence on who can."""
    if any(map(is_number, settings.controls.values())):
        return "Drawn beforehand for one changed number at a time: the others go back to 0. To change more"
    if settings.alone:
        inputs, stride = (settings.start[name] for name in ("inputs", "stride"))
        fixed = f"{inputs} inputs, stride {stride}"
        return f"Drawn beforehand for {fixed} and one changed tap at a time: the others go back. To change more"
    if any(map(is_tap, settings.controls.values())):
        return "Drawn beforehand with every tap 1. To move the taps, too"
    return "Drawn beforehand for this input and this kernel. To write your own"


def row(cell, settings, name):
    """A control with its name and its value, and room for a sentence about it; a control that cannot be moved as text."""
    control, note = settings.controls[name], f'<div data-notes="{name}"></div>'
    if name not in (*settings.free, *settings.alone):
        return text(control)
    if hasattr(control, "options"):
        return choice(cell, settings, name) + note
    return f'<div class="row">{slider(cell, settings, name)}</div>{note}'


def text(control):
    """A control that cannot be moved; the rows of a grid stand below each other."""
    value = escape(str(control.value)).replace(" / ", "\n")
    return f'<div class="row"><span>{escape(control.description)}</span><code>{value}</code></div>'


def tap(cell, settings, name):
    """A tap as a slider that stands upright."""
    return f"<div{' hidden' if hidden(settings.controls[name]) else ''}>{slider(cell, settings, name)}</div>"


def slider(cell, settings, name):
    """A slider between its name and its value."""
    control, alone = settings.controls[name], " data-alone" if name in settings.alone else ""
    limits = f'min="{control.min}" max="{control.max}" step="{control.step}" value="{control.value}" autocomplete="off"'
    data = f'data-control="{name}" data-offsets="{settings.offsets(name)}"{alone}'
    label = f'<label for="{cell}-{name}">{escape(control.description)}</label>'
    return f'{label}<input type="range" id="{cell}-{name}" {limits} {data}><span>{control.value}</span>'


def choice(cell, settings, name):
    """Radio buttons, one of which is pressed."""
    control, buttons = settings.controls[name], []
    for place, offset in enumerate(settings.offsets(name)):
        option = control.options[place]
        label = escape(option[0] if isinstance(option, tuple) else option)
        checked = " checked" if place == control.index else ""
        data = f'name="{cell}-{name}" data-control="{name}" data-offsets="{offset}" autocomplete="off"{checked}'
        buttons.append(f'<label><input type="radio" {data}>{label}</label>')
    legend = f'<span id="{cell}-{name}">{escape(control.description)}</span>'
    return f'<div class="row choice" role="radiogroup" aria-labelledby="{cell}-{name}">{legend}{"".join(buttons)}</div>'
