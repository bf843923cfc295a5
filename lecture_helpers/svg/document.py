"""A scene as one compact SVG: a still of any moment, all of them as a filmstrip, or one picture driven by a single variable --t.

Static parts are drawn once. Whatever appears or vanishes carries the moments of its life, --k and --u, and one rule turns
these and --t into an opacity. Untouched, the picture loops through its moments; with reduced motion, in print, and in
renderers without CSS variables it shows the finished state.
"""

import base64
from html import escape

from .. import palette
from ..scenes import visible
from .layout import LABEL, MARGIN, NARROWEST, PAGE, SMALLEST_TEXT
from .markup import Part, boxes, group, label, labels, lines_of, moving, split_by_life, texts, timed, timed_numbers
from .page import arrange

SECONDS_PER_STEP = 1.2


def draw(scene):
    """Draw a scene as an SVG document that loops through its moments, as text."""
    return draw_page(arrange(scene))


def draw_page(page):
    """Draw a scene that is laid out, and the one below it, as an SVG document that loops through its moments, as text."""
    scene, last = page.scene, page.scene.steps
    spoken = [
        Part("<text", f">{lines_of(lines, palette.CAPTION_TEXT)}</text>", t, t + 1 if t < last else None)
        for t, lines in enumerate(page.captions)
    ]
    caption = group(MARGIN, page.layout.height + LABEL, timed(spoken[:-1]) + timed(spoken[-1:]), "c")
    picture, used = _picture(scene, page.layout, "s") + caption, scene.bands
    if page.below:
        place = f"translate(0 {page.shift:.4g}) scale({page.scale:.4g})"
        picture += f'{label(page.below.bands[0], MARGIN, page.bottom + LABEL)}<g transform="{place}">'
        picture += f"{_picture(_legible(page.below, page.scale), page.small, 'b')}</g>"
        used = (*used, *page.below.bands)
    return _document(page.layout.width, page.height, _heading(page), picture, _style(used) + _clock(last))


def draw_still(scene, moment=None):
    """Draw the finished state of a scene, or that of another moment, without its caption, as an SVG document, as text."""
    page = arrange(scene)
    still = _still(page, scene.steps if moment is None else moment)
    return _document(page.layout.width, page.layout.height, _heading(page), still, _style(scene.bands))


def draw_filmstrip(scene, *, blank=False):
    """Draw every step on one page, as an SVG document, as text; `blank` leaves the answers empty, as a worksheet."""
    scene = scene.blank() if blank else scene
    scene = scene._replace(captions=tuple(f"{step}. {caption}" for step, caption in enumerate(scene.captions)))
    page = arrange(scene, narrowest=NARROWEST // 2)
    width, height = page.layout.width, page.height
    across = max(1, PAGE // width)
    frames = []
    for step in range(1, scene.steps + 1):
        row, column = divmod(step - 1, across)
        caption = f"<text>{lines_of(page.captions[step], palette.CAPTION_TEXT)}</text>"
        frame = _still(page, step) + group(MARGIN, page.layout.height + LABEL, caption, "c")
        frames.append(group(column * width, row * height, frame))
    rows = -(-scene.steps // across)
    return _document(across * width, rows * height, _heading(arrange(scene)), "".join(frames), _style(scene.bands))


def as_image(svg, alt):
    """An <img> element that holds a whole SVG document."""
    return f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}">'


def _still(page, moment):
    """The bands of a scene as they are at one moment."""
    now = [item for item in page.layout.place(page.scene) if visible(item.cell, moment)]
    return labels(page.scene, page.layout) + boxes(now, page.layout) + texts(now, page.layout)


def _picture(scene, layout, name):
    """All bands of a scene, without its captions; `name` begins the ids of repeated shapes."""
    still, passing = split_by_life(layout.place(scene))
    shapes, parts = moving([item for item in passing if item.cell.box], layout, name)
    numbers = timed_numbers([item for item in passing if not item.cell.box], layout)
    return f"<defs>{shapes}</defs>{labels(scene, layout)}{boxes(still, layout)}{timed(parts)}{texts(still, layout)}{numbers}"


def _legible(scene, scale):
    """The scene without its label, which is drawn at full size, and without numbers that would be too small to read."""
    (band,) = scene.bands
    kept = scale * palette.CELL_TEXT >= SMALLEST_TEXT
    cells = band.cells if kept else tuple(cell._replace(text="") for cell in band.cells)
    return scene._replace(bands=(band._replace(label="", cells=cells),))


def _heading(page):
    """The title of a page, and where the rest begins below it."""
    return lines_of(page.title, palette.TITLE_TEXT) if page.title else "", page.top


def _document(width, height, heading, body, style):
    title, top = heading
    size = f'width="{width}" height="{top + height}" viewBox="0 0 {width} {top + height}"'
    title = group(MARGIN, MARGIN + palette.TITLE_TEXT, f"<text>{title}</text>", "h")
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><style>{style}</style>{title}{group(0, top, body)}</svg>'


def _style(bands):
    """The look of texts, and of the boxes that some bands use."""
    used = {cell.box for band in bands for cell in band.cells}
    looks = "".join(
        f".{name}{{fill:{box.fill};stroke:{box.edge}"
        f"{f';stroke-width:{box.width}' if box.width > 1 else ''}{';stroke-dasharray:3' if box.dashed else ''}}}"
        for name, box in palette.BOXES.items()
        if name in used
    )
    return (
        f"svg{{background:{palette.PAPER}}}"
        f"text{{fill:{palette.INK};font:{palette.CELL_TEXT}px {palette.FONT};text-anchor:middle}}"
        f".h text,.c text,.l{{text-anchor:start}}.h text{{font-weight:bold}}.l{{font-size:{palette.LABEL_TEXT}px}}"
        f".c text{{font-size:{palette.CAPTION_TEXT}px}}.n{{font-size:{palette.NOTE_TEXT}px;fill:{palette.QUIET}}}{looks}"
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
