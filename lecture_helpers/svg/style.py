"""How a picture looks: type, boxes and lines, on a light card and on a dark one."""

from .. import palette
from .shapes import STROKE, weight
from .texts import tone


def style(scene):
    """The rules that a scene needs."""
    looks = {cell.box for band in scene.bands for cell in band.cells} - {""}
    strokes = {line.look for line in scene.lines}
    tones = {cell.tone for band in scene.bands for cell in band.cells} | {band.role for band in scene.bands}
    tones |= {role for caption in scene.captions for _, role in (*caption.question, *caption.answer)}
    used = {"card", "ink", "quiet", "input", "kernel"} | strokes | (tones - {""})
    return _type() + _boxes(looks) + _card(strokes, tones - {""}, {line.width for line in scene.lines}) + _dark(used)


def _type():
    """Type; in captions, signals and taps have elements of their own, `a` and `tspan`."""
    return (
        f"svg{{background:{on_card('card')};color:{on_card('ink')};font:{palette.CELL_TEXT}px {palette.FONT};text-anchor:middle}}"
        f"text,tspan,a{{fill:currentColor}}a{{color:{on_card('input')}}}tspan{{color:{on_card('kernel')}}}"
        f".h{{font-weight:bold;font-size:{palette.LABEL_TEXT}px}}.s,.c{{text-anchor:start}}.e{{text-anchor:end}}"
        f".n,.u,.m{{font-size:{palette.NOTE_TEXT}px;font-weight:normal}}.n,.m{{color:{on_card('quiet')}}}"
        f".q{{font-weight:bold}}.x{{color:{palette.INK}}}"
    )


def _boxes(looks):
    """The looks of boxes, in the palette's order; those alike share a rule."""
    edges = {}
    for name, box in palette.BOXES.items():
        if name in looks:
            rules = [f"stroke:{box.edge}"] if box.edge != "none" else []
            rules += [f"stroke-width:{box.width:g}"] if box.width != 1 else []
            rules += [f"stroke-dasharray:{box.dashes}"] if box.dashes else []
            rules += ["shape-rendering:crispEdges"] if name.startswith("grey") else []
            for each in (f"fill:{box.fill}", *rules):
                edges.setdefault(each, []).append(f".{name}")
    return "".join(f"{','.join(names)}{{{edge}}}" for edge, names in edges.items())


def _card(strokes, tones, widths):
    """The colours of lines and texts that stand on the card."""
    lines = f".l{{fill:none;stroke:currentColor;stroke-width:{STROKE}}}.a{{fill:currentColor}}" if strokes else ""
    lines += "".join(f".{weight(width)}{{stroke-width:{width:g}}}" for width in sorted(widths - {STROKE}))
    return lines + "".join(
        f".{tone(name)}{{color:{on_card(name)}}}" for name in palette.CARD if name in strokes | tones - {"ink"}
    )


def on_card(name):
    """A colour that depends on the card: its light value where nothing says otherwise."""
    return f"var(--{name},{palette.CARD[name][0]})"


def _dark(used):
    """The values on a dark card, which a player takes on where its page is dark."""
    return f":host([dark]){{{';'.join(f'--{name}:{dark}' for name, (_, dark) in palette.CARD.items() if name in used)}}}"
