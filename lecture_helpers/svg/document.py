"""A scene as one compact SVG: a still of any stop with plain attributes, all of them as a filmstrip, or the picture that moves.

The moving picture is the last still and style: at every stop it looks like the still of that stop.
"""

from html import escape

from .. import palette
from ..scenes import QUICK
from .clock import clock
from .layout import lay_out
from .picture import moving, still
from .shapes import definitions
from .style import style
from .texts import caption, heading
from .wrapping import MARGIN

PRINTED = 700, 920  # width and height of a printed page, in px


def draw(scene, layout=None):
    """Draw a scene as an SVG document that moves, as text."""
    layout = layout or lay_out(scene)
    shapes, picture = moving(layout)
    said, room = _captions(layout)
    asks = " ".join(map(str, scene.ask))
    about = f" role='img' aria-label='{escape('; '.join(scene.summary(answers=False)[1:]))}'"
    data = f"{about} data-ask='{asks}'" + ("" if scene.beats == 2 else f" data-beats='{scene.beats}'")
    defined = f"<defs>{definitions(layout, _looks(scene))}{shapes}</defs>"
    body = f"{defined}{heading(layout)}{picture}{said}"
    return _document(layout.width, layout.height + room, style(scene) + clock(scene, _items(scene)), body, data)


def draw_still(scene, time=None):
    """Draw one stop of a scene, the last one if none is given, without its caption, as an SVG document, as text."""
    layout = lay_out(scene)
    body = (
        f"<defs>{definitions(layout, _looks(scene))}</defs>{heading(layout)}{still(layout, scene.last if time is None else time)}"
    )
    return _document(layout.width, layout.height, style(scene), body)


def draw_filmstrip(scene, *, blank=False):
    """Draw every step, answered, on one page, as an SVG document, as text; `blank` leaves the answers empty, as a worksheet."""
    scene = scene.blank() if blank else scene
    layout = lay_out(scene)
    untitled = layout._replace(title=())
    panels = [_panel(untitled, k) for k in range(scene.steps)]
    height = layout.height + max(room for _, room in panels)
    across = max(range(1, scene.steps + 1), key=lambda count: _printed(layout.width * count, height * -(-scene.steps // count)))
    placed = [
        f"<g transform='translate({k % across * layout.width} {k // across * height})'>{panel}</g>"
        for k, (panel, _) in enumerate(panels)
    ]
    body = f"<defs>{definitions(layout, _looks(scene))}</defs>{heading(layout)}{''.join(placed)}"
    return _document(across * layout.width, -(-scene.steps // across) * height, style(scene), body)


def as_image(svg, alt):
    """An <img> element that holds a whole SVG document, percent-encoded as far as an attribute of a page needs it."""
    encoded = svg
    for letter, code in (("%", "%25"), ("#", "%23"), ('"', "%22"), ("\n", "%0A"), ("&", "&amp;")):
        encoded = encoded.replace(letter, code)
    return f'<img alt="{escape(alt)}" src="data:image/svg+xml,{encoded}">'


def _items(scene):
    return [*scene.lines, *(cell for band in scene.bands for cell in band.cells)]


def _looks(scene):
    return {cell.box for band in scene.bands for cell in band.cells}


def _captions(layout):
    """The question of every step, which gives way to its answer; and the height that the tallest of them takes."""
    scene, asked, answered, room = layout.scene, [], [], 0
    for k, each in enumerate(scene.captions):
        question, low = caption(each.asked, layout.width, scene.asked(k))
        answer, high = caption(each.answered, layout.width, scene.answered(k))
        room = max(room, low, high)
        asked.append(question)
        last = answer.startswith("<text") and each.expected == each.answered[-1][0]  # a player finds it there
        answered.append(
            answer if last or not each.expected else answer.replace(" style", f" data-a='{escape(each.expected)}' style", 1)
        )
    place = f" class='c' transform='translate({MARGIN} {layout.height + palette.CAPTION_TEXT})'"
    passing = f"<g class='v o' visibility='hidden' style='--s:{QUICK:g}'>{''.join(answered[:-1])}</g>"
    questions = f"<g class='v o' visibility='hidden' style='--s:1'>{''.join(asked)}</g>" if scene.beats == 2 else ""
    return f"<g{place}>{questions}{passing}<g class='v'>{answered[-1]}</g></g>", room + MARGIN


def _printed(width, height):
    """The scale at which a picture is printed on one page."""
    return min(1, PRINTED[0] / width, PRINTED[1] / height)


def _panel(layout, step):
    """One step of a filmstrip, with its number and its caption."""
    scene = layout.scene
    spans = ((f"{step + 1}. ", ""), *scene.captions[step].answered)
    text, room = caption(spans, layout.width)
    said = f"<g class='c' transform='translate({MARGIN} {layout.height + palette.CAPTION_TEXT})'>{text}</g>"
    return still(layout, scene.answered(step)) + said, room + MARGIN


def _document(width, height, rules, body, data=""):
    size = f"width='{width:g}' height='{height:g}' viewBox='0 0 {width:g} {height:g}'"
    return f"<svg xmlns='http://www.w3.org/2000/svg' {size}{data}><style>{rules}</style>{body}</svg>"
