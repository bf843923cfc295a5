"""Numbers, indices, labels, title and captions as the markup of an SVG."""

from html import escape

from .. import palette
from .layout import about_lines
from .wrapping import LEADING, MARGIN, height_of, wrap_spans

BASELINE = 5  # px from the middle of a cell to the foot of its number
LIFTED, UNDER = 19, 5  # px from the top of a cell with a small text to the foot of its number, and from its bottom to that text's


def tone(role):
    """The class of what has a role's colour: `to` is the output's, `w2` the wire's of the third shade; ink needs none."""
    if role == "ink":
        return ""
    return f"w{role[-1]}" if role.startswith("wire") else f"t{role[0]}"


def numbers(layout, items):
    """The texts in cells, row by row."""
    rows = {}
    for cell in items:
        for y, kind, x, text in _in_cell(layout, cell):
            rows.setdefault((y, kind), []).append(f"<text x='{x:g}'>{text}</text>")
    return "".join(_text_row(y, kind, texts) for (y, kind), texts in rows.items())


def _text_row(y, kind, texts):
    named = f" class='{kind}'" if kind else ""
    if len(texts) == 1:
        return texts[0].replace("<text", f"<text{named}", 1).replace(">", f" y='{y:g}'>", 1)
    return f"<g{named} transform='translate(0 {y:g})'>{''.join(texts)}</g>"


def _in_cell(layout, cell):
    """The texts of a cell: (y, class, x, text)."""
    height, width = cell.size[0] * layout.down, cell.size[1] * layout.across
    x, y = round(layout.x(cell.column) + width / 2, 1), layout.y(cell.row)
    small = height < 24
    if cell.text:
        foot = y + LIFTED if cell.under else y + height / 2 + (4 if small else BASELINE)
        kind = "" if cell.box else tone(cell.tone) if cell.tone else ""
        small = small or (len(cell.text) > 1 and "×" in cell.text)
        kind = " ".join(filter(None, ("q" if cell.text == "?" else "", kind, "u" if small else "")))
        yield round(foot, 1), kind, x, escape(cell.text)
    if cell.under.strip():
        yield round(y + height - UNDER, 1), "u", x, escape(cell.under)


def indices(layout, band, items):
    """The indices beside cells: one text a row, whose letters are placed one by one."""
    rows = {}
    for cell in items:
        if cell.note:
            x, y = _beside(layout, band.notes, cell)
            rows.setdefault(y, []).extend(_letters(cell.note, x))
    found = ""
    for y, letters in rows.items():
        places = " ".join(f"{x:g}" for _, x in letters)
        found += f"<text class='n' x='{places}' y='{y:g}'>{escape(''.join(letter for letter, _ in letters))}</text>"
    return found


def _letters(note, middle):
    """The letters of an index with the middle of each, so that all of it is centred."""
    first = middle - palette.INDEX * (len(note) - 1) / 2
    return [(letter, round(first + k * palette.INDEX, 1)) for k, letter in enumerate(note)]


def _beside(layout, side, cell):
    """The middle of a cell's index, and its foot."""
    x, y = layout.x(cell.column), layout.y(cell.row)
    height, width = cell.size[0] * layout.down, cell.size[1] * layout.across
    half = palette.INDEX * len(cell.note) / 2
    if side in ("left", "right"):
        return (x - 6 - half if side == "left" else x + width + 6 + half), round(y + height / 2 + 4, 1)
    return round(x + width / 2, 1), round(y - 4 if side == "above" else y + height + 12, 1)


def labels(layout):
    """The labels of all bands."""
    return "".join(_label(layout, band) for band in layout.scene.bands if band.label and band.side != "none")


def _label(layout, band):
    row, column = band.corner
    toned = f" {tone(band.role)}" if band.role else ""
    if band.side == "above":
        y = layout.y(row) - (20 if band.notes == "above" else 8)
        about = f"<tspan class='m'> · {escape(band.about)}</tspan>" if band.about else ""
        return f"<text class='h s{toned}' x='{layout.x(column) + 1:g}' y='{y:g}'>{escape(band.label)}{about}</text>"
    lines = about_lines(band)
    x = layout.left + min(0, *(cell.column for cell in band.cells)) * layout.across - (20 if band.notes == "left" else 12)
    first = layout.y(row) + layout.down / 2 + BELOW_ONE - len(lines) * ABOUT_LINE / 2
    more = "".join(f"<tspan x='{x:g}' dy='{ABOUT_LINE}' class='m'>{escape(line)}</tspan>" for line in lines)
    return f"<text class='h e{toned}' x='{x:g}' y='{first:g}'>{escape(band.label)}{more}</text>"


BELOW_ONE, ABOUT_LINE = 5, 14


def heading(layout):
    """The title, one text for every line."""
    step = palette.TITLE_TEXT + LEADING
    lines = [
        f"<text x='{MARGIN}' y='{MARGIN - LEADING + k * step}'>{escape(line)} </text>" for k, line in enumerate(layout.title, 1)
    ]
    return f"<g class='h s'>{''.join(lines)}</g>" if lines else ""


def caption(spans, width, since=None):
    """A caption as one element, and its height; `since` is when it is shown."""
    lines, step = wrap_spans(spans, palette.CAPTION_TEXT, width), palette.CAPTION_TEXT + LEADING
    style = "" if since is None else f" style='--k:{since:g}'"
    parts = ["".join(_span(*span) for span in line) for line in lines]
    room = height_of(lines, palette.CAPTION_TEXT)
    if len(parts) == 1:
        return f"<text{style}>{parts[0]}</text>", room
    placed = "".join(f"<text y='{k * step}'>{part} </text>" if k else f"<text>{part} </text>" for k, part in enumerate(parts))
    return f"<g{style}>{placed}</g>", room


def _span(text, role):
    """A part of a caption; the two commonest roles have elements of their own, which saves a third of all captions' bytes."""
    if role in ("input", "kernel"):
        name = {"input": "a", "kernel": "tspan"}[role]
        return f"<{name}>{escape(text)}</{name}>"
    return f"<tspan class='{tone(role)}'>{escape(text)}</tspan>" if role else escape(text)
