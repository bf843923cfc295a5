"""A scene as one compact SVG, driven by a single step variable --t.

Static parts are drawn once. Whatever appears or vanishes carries the moments of its life, --k and --u, and one rule turns
these and --t into an opacity. Untouched, the picture loops through its moments; with reduced motion, in print, and in
renderers without CSS variables it shows the finished state.
"""

import base64
import re
import textwrap
from html import escape
from itertools import groupby
from typing import NamedTuple

from . import palette
from .scenes import Cell, visible

CELL = 30
LABEL, NOTE, GAP = 19, 14, 8  # heights: of a band's label, of the indices under its cells, of the space below it
MARGIN = 10
PAGE, NARROWEST = 660, 520  # natural widths; shrunk to 550 px, the smallest type still measures 9 px
SMALLEST_TEXT = 9
TALLEST_BELOW = 450  # of a scene that is drawn below another one
SECONDS_PER_STEP = 1.2


class Placed(NamedTuple):
    """A cell and the position of its top left corner."""

    x: int
    y: int
    cell: Cell


class Part(NamedTuple):
    """A piece of markup, open for attributes between head and tail, and the moments of its life."""

    head: str
    tail: str
    since: int
    until: int | None


class Layout(NamedTuple):
    """Where cells go. A scene wider than the page wraps into several lines of `columns` columns, like lines of music."""

    cell: int  # a cell's width
    first: int  # the leftmost column
    columns: int
    lines: int
    corners: tuple[tuple[int, int], ...]  # of each band's cells within a line: left, top
    line: int  # a line's height
    width: int

    @property
    def height(self):
        """The height of all lines."""
        return self.lines * self.line

    def place(self, scene):
        """All cells of a scene with their positions."""
        return [item for band in self.place_bands(scene) for item in band]

    def place_bands(self, scene):
        """The cells of each band with their positions."""
        for band, (left, top) in zip(scene.bands, self.corners):
            lines = [divmod(cell.column - self.first, self.columns) for cell in band.cells]
            yield [
                Placed(left + column * self.cell, line * self.line + top + cell.row * CELL, cell)
                for (line, column), cell in zip(lines, band.cells)
            ]


def draw(scene, below=None):
    """Draw a scene as an SVG document that loops through its moments, as text; `below`, a band in step, shrunk to its width."""
    layout, last = lay_out(scene), scene.steps
    captions, room = _captions(scene, layout)
    spoken = [Part("<text", f">{caption}</text>", t, t + 1 if t < last else None) for t, caption in enumerate(captions)]
    caption = _group(MARGIN, layout.height + LABEL, _timed(spoken[:-1]) + _timed(spoken[-1:]), "c")
    picture, height = _picture(scene, layout, "s") + caption, layout.height + room
    if below:
        small, scale = _shrunk(below, layout.width)
        place = f"translate(0 {height + LABEL * (1 - scale):.4g}) scale({scale:.4g})"
        picture += f'{_label(below.bands[0], MARGIN, height + LABEL)}<g transform="{place}">'
        picture += f"{_picture(_legible(below, scale), small, 'b')}</g>"
        height += round(LABEL + (small.height - LABEL) * scale)
        scene = scene._replace(bands=(*scene.bands, *below.bands))
    return _document(scene, layout.width, height, picture, _clock(last))


def spots(scene, below=None):
    """Where the numbered cells of a drawn scene are: a list of (band, x, y, width, height, cell), in the units of its SVG."""
    layout = lay_out(scene)
    top = _top(scene, layout.width)
    found = list(_spots(scene, layout, top, 1))
    if below:
        small, scale = _shrunk(below, layout.width)
        found += _spots(below, small, top + layout.height + _captions(scene, layout)[1] + LABEL * (1 - scale), scale)
    return found


def _spots(scene, layout, top, scale):
    for band, cells in zip(scene.bands, layout.place_bands(scene)):
        for x, y, cell in cells:
            yield band, scale * x, top + scale * y, scale * layout.cell, scale * CELL, cell


def _picture(scene, layout, name):
    """All bands of a scene, without its captions; `name` begins the ids of repeated shapes."""
    still, passing = _sorted(layout.place(scene))
    shapes, moving = _moving([item for item in passing if item.cell.box], layout, name)
    return (
        f"<defs>{shapes}</defs>{_labels(scene, layout)}{_boxes(still, layout)}{_timed(moving)}{_texts(still, layout)}"
        f"{_timed_numbers([item for item in passing if not item.cell.box], layout)}"
    )


def _shrunk(scene, width):
    """The layout of a scene on a single line, and the scale at which it fits into a width."""
    layout = lay_out(scene, narrowest=0, widest=10**6)
    return layout, min(1, width / layout.width, TALLEST_BELOW / layout.height)


def _legible(scene, scale):
    """The scene without its label, which is drawn at full size, and without numbers that would be too small to read."""
    (band,) = scene.bands
    kept = scale * palette.CELL_TEXT >= SMALLEST_TEXT
    cells = band.cells if kept else tuple(cell._replace(text="") for cell in band.cells)
    return scene._replace(bands=(band._replace(label="", cells=cells),))


def draw_filmstrip(scene, *, blank=False):
    """Draw every step on one page, as an SVG document, as text; `blank` leaves the answers empty, as a worksheet."""
    scene = _without_answers(scene) if blank else scene
    scene = scene._replace(captions=tuple(f"{step}. {caption}" for step, caption in enumerate(scene.captions)))
    layout = lay_out(scene, narrowest=NARROWEST // 2)
    still, passing = _sorted(layout.place(scene))
    captions, room = _captions(scene, layout)
    across, height = max(1, PAGE // layout.width), layout.height + room
    frames = []
    for step in range(1, scene.steps + 1):
        row, column = divmod(step - 1, across)
        now = [item for item in passing if visible(item.cell, step)]
        caption = _group(MARGIN, layout.height + LABEL, f"<text>{captions[step]}</text>", "c")
        frame = f'<use href="#under"/>{_boxes(now, layout)}<use href="#over"/>{_texts(now, layout)}{caption}'
        frames.append(_group(column * layout.width, row * height, frame))
    under, over = _labels(scene, layout) + _boxes(still, layout), _texts(still, layout)
    body = f'<defs><g id="under">{under}</g><g id="over">{over}</g></defs>{"".join(frames)}'
    return _document(scene, across * layout.width, -(-scene.steps // across) * height, body)


def draw_still(scene):
    """Draw the finished state of a scene, without title and caption, as an SVG document, as text."""
    layout = lay_out(scene)
    now = [item for item in layout.place(scene) if visible(item.cell, scene.steps)]
    return _document(scene, layout.width, layout.height, _labels(scene, layout) + _boxes(now, layout) + _texts(now, layout))


def as_image(svg, alt):
    """An <img> element that holds a whole SVG document."""
    return f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}">'


def lay_out(scene, narrowest=NARROWEST, widest=PAGE):
    """Choose the cells' width for the longest number, and place the bands so that no page is too narrow."""
    letters = max(len(cell.text) for band in scene.bands for cell in band.cells)
    cell = max(CELL, 8 + round(0.64 * palette.CELL_TEXT * letters))
    return _beside(scene, cell) if scene.beside else _stacked(scene, cell, narrowest, widest)


def _stacked(scene, cell, narrowest, widest):
    """Rows above one another on common columns; what is wider than a page wraps into several lines."""
    taken = [each.column for band in scene.bands for each in band.cells]
    first, span = min(taken), max(taken) - min(taken) + 1
    columns = min(span, (widest - 2 * MARGIN) // cell)
    corners, top = [], 0
    for band in scene.bands:
        corners.append((MARGIN, top + LABEL))
        top += _height(band)
    width = min(widest, max(2 * MARGIN + max(columns * cell, *map(_label_width, scene.bands)), narrowest))
    return Layout(cell, first, columns, -(-span // columns), tuple(corners), top, width)


def _beside(scene, cell):
    """Grids beside one another, in as many rows as a page needs."""
    corners, left, top, bottom = [], MARGIN, 0, 0
    for band in scene.bands:
        width = max(cell * (1 + max(each.column for each in band.cells)), _label_width(band))
        if left + width > PAGE - MARGIN and left > MARGIN:
            left, top = MARGIN, bottom
        corners.append((left, top + LABEL))
        left, bottom = left + width + 3 * GAP, max(bottom, top + _height(band))
    return Layout(cell, 0, 1000, 1, tuple(corners), bottom, PAGE)


def _height(band):
    """The height of a band with its label, and with its indices if it has any."""
    notes = NOTE if any(cell.note for cell in band.cells) else 0
    return LABEL + CELL * (1 + max(cell.row for cell in band.cells)) + notes + GAP


def _label_width(band):
    return round(0.62 * palette.LABEL_TEXT * len(band.label))


def _sorted(items):
    """Cells that are there from the start to the end, and cells that appear or vanish."""
    still, passing = [], []
    for item in items:
        (passing if item.cell.since or item.cell.until is not None else still).append(item)
    return still, passing


def _moving(items, layout, name):
    """What appears and vanishes together, as parts; a shape that occurs at several places becomes a definition."""
    lives, groups = {}, {}
    for item in items:
        lives.setdefault((item.cell.since, item.cell.until), []).append(item)
    for life, members in lives.items():
        left = members[0].x
        members = [item._replace(x=item.x - left) for item in members]
        groups.setdefault(_boxes(members, layout) + _texts(members, layout), []).append((left, *life))
    shapes, parts = "", []
    for index, (markup, places) in enumerate(groups.items()):
        shapes += f'<g id="{name}{index}">{markup}</g>' if len(places) > 1 else ""
        for left, since, until in places:
            open_group = f'<g transform="translate({left})"', f">{markup}</g>"
            use = f'<use href="#{name}{index}" x="{left}"', "/>"
            parts.append(Part(*(use if len(places) > 1 else open_group), since, until))
    return shapes, sorted(parts, key=lambda part: part.since)


def _timed(parts):
    """Parts with their lives, those that stay first; what vanishes is hidden from renderers without CSS variables."""
    staying = [f'{part.head} style="--k:{part.since}"{part.tail}' for part in parts if part.until is None]
    passing = [
        f'{part.head} style="--k:{part.since}{"" if part.until == part.since + 1 else f";--u:{part.until}"}"{part.tail}'
        for part in parts
        if part.until is not None
    ]
    return "".join(staying) + (f'<g class="o" visibility="hidden">{"".join(passing)}</g>' if passing else "")


def _boxes(items, layout):
    """The boxes of cells, one path for each kind of box."""
    corners = {}
    for x, y, cell in items:
        if cell.box:
            corners.setdefault(cell.box, set()).add((y, x))
    return "".join(f'<path class="{box}" d="{_outlines(sorted(where), layout.cell)}"/>' for box, where in corners.items())


def _outlines(corners, width):
    """Path data of boxes with sorted corners (y, x): each run of neighbours is one frame with dividers."""
    path = ""
    for _, run in groupby(enumerate(corners), lambda entry: (entry[1][0], entry[1][1] - entry[0] * width)):
        run = [corner for _, corner in run]
        y, x = run[0]
        dividers = f"m{width} 0v{CELL}" + f"m{width}-{CELL}v{CELL}" * (len(run) - 2) if len(run) > 1 else ""
        path += f"M{x} {y}h{width * len(run)}v{CELL}h-{width * len(run)}z{dividers}"
    return path


def _row(item):
    return item.y


def _reading_order(item):
    return item.y, item.x


def _texts(items, layout):
    """The numbers in cells and the indices under them, row by row."""
    texts = ""
    for y, row in groupby(sorted(items, key=_reading_order), _row):
        row = list(row)
        numbers = "".join("".join(_number(item, layout)) for item in row if item.cell.text)
        texts += _group(0, y + 20, numbers) if numbers else ""
        texts += _notes([item for item in row if item.cell.note], y + CELL + 12, layout)
    return texts


def _timed_numbers(items, layout):
    """Numbers that appear or vanish by themselves, row by row."""
    rows = groupby(sorted(items, key=_reading_order), _row)
    return "".join(
        _group(0, y + 20, _timed([Part(*_number(item, layout), item.cell.since, item.cell.until) for item in row]))
        for y, row in rows
    )


def _number(item, layout):
    return f'<text x="{item.x + layout.cell // 2}"', f">{escape(item.cell.text)}</text>"


def _notes(items, y, layout):
    """The indices under a row of cells: one text whose characters are placed one by one, centred under each cell."""
    if not items:
        return ""
    middles = [item.x + layout.cell // 2 for item in items]
    letters = [len(item.cell.note) for item in items]
    places = [middle + 7 * k - 7 * (n - 1) // 2 for middle, n in zip(middles, letters) for k in range(n)]
    return f'<text class="n" x="{" ".join(map(str, places))}" y="{y}">{escape("".join(item.cell.note for item in items))}</text>'


def _labels(scene, layout):
    """The label of every band, in each line in which it has cells."""
    labels = ""
    for band, (left, top) in zip(scene.bands, layout.corners):
        lines = sorted({(cell.column - layout.first) // layout.columns for cell in band.cells})
        labels += "".join(_label(band, left, line * layout.line + top) for line in lines)
    return labels


def _label(band, left, top):
    """The label above a band whose cells begin at a position."""
    return f'<text class="l" x="{left}" y="{top - 6}">{escape(band.label)}</text>' if band.label else ""


def _captions(scene, layout):
    """Each caption as lines of text, and the height that the longest of them takes."""
    wrapped = [_wrap(caption, palette.CAPTION_TEXT, layout.width) for caption in scene.captions]
    return [text for text, _ in wrapped], LABEL + max(height for _, height in wrapped)


def _wrap(text, size, width, letter=0.6):
    """A text broken into lines, and their height; `letter` is the average width of a letter, as a share of its size."""
    height = size + 4
    joined = re.sub(
        r" (=) |(?<=[a-z]) (?=[\d(])", lambda gap: gap.group().replace(" ", "\0"), text
    )  # "= 7" and "stride 2" stay together
    lines = textwrap.wrap(joined, int((width - 2 * MARGIN) / (letter * size)), break_long_words=False)
    first, *rest = [line.replace("\0", " ") for line in lines]
    more = "".join(f' <tspan x="0" y="{row * height}">{escape(line)}</tspan>' for row, line in enumerate(rest, 1))
    return escape(first) + more, height * (1 + len(rest))


def _group(x, y, markup, name=""):
    named = f' class="{name}"' if name else ""
    return f'<g{named} transform="translate({x} {y})">{markup}</g>'


def _document(scene, width, height, body, clock=""):
    title, _ = _title(scene, width)
    top = _top(scene, width)
    size = f'width="{width}" height="{top + height}" viewBox="0 0 {width} {top + height}"'
    title = _group(MARGIN, MARGIN + palette.TITLE_TEXT, f"<text>{title}</text>", "h")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}><style>{_style(scene)}{clock}</style>{title}{_group(0, top, body)}</svg>'
    )


def _title(scene, width):
    return _wrap(scene.title, palette.TITLE_TEXT, width, letter=0.68) if scene.title else ("", 0)


def _top(scene, width):
    """Where the bands begin, below the title."""
    return MARGIN + _title(scene, width)[1] + GAP // 2


def _style(scene):
    used = {cell.box for band in scene.bands for cell in band.cells}
    boxes = "".join(
        f".{name}{{fill:{box.fill};stroke:{box.edge}"
        f"{f';stroke-width:{box.width}' if box.width > 1 else ''}{';stroke-dasharray:3' if box.dashed else ''}}}"
        for name, box in palette.BOXES.items()
        if name in used
    )
    return (
        f"svg{{background:{palette.PAPER}}}"
        f"text{{fill:{palette.INK};font:{palette.CELL_TEXT}px {palette.FONT};text-anchor:middle}}"
        f".h text,.c text,.l{{text-anchor:start}}.h text{{font-weight:bold}}.l{{font-size:{palette.LABEL_TEXT}px}}"
        f".c text{{font-size:{palette.CAPTION_TEXT}px}}.n{{font-size:{palette.NOTE_TEXT}px;fill:{palette.QUIET}}}{boxes}"
    )


def _clock(last):
    """The loop: --t jumps from moment to moment, and the finished picture stays for three beats."""
    beats = last + 3
    jumps = "".join(f"{100 * t / beats:.3g}%{{--t:{t}}}" for t in range(last))
    return (
        f"svg{{--t:{last};--u:{last + 1};animation:t {beats * SECONDS_PER_STEP:.4g}s step-end infinite}}"
        f"@keyframes t{{{jumps}{100 * last / beats:.3g}%,to{{--t:{last}}}}}"
        "g [style]{opacity:clamp(0,min(var(--t) - var(--k) + 1,var(--u) - var(--t)),1)}.o>*{--u:calc(var(--k) + 1)}"
        "@supports(--t:0){.o{visibility:visible}}"
        "@media(prefers-reduced-motion){svg{animation:none}}"
        f"@media print{{svg{{--t:{last}!important;animation:none!important}}}}"
    )


def _without_answers(scene):
    """The scene as a worksheet: empty answers, and captions that end where the arithmetic would begin."""
    bands = tuple(
        band._replace(cells=tuple(cell._replace(text="") for cell in band.cells)) if band.answer else band for band in scene.bands
    )
    return scene._replace(bands=bands, captions=tuple("".join(caption.partition(" = ")[:2]) for caption in scene.captions))
