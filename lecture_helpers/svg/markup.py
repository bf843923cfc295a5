"""Cells, labels and texts as the markup of an SVG; what appears and vanishes carries the moments of its life."""

from html import escape
from itertools import groupby
from typing import NamedTuple

from .. import palette
from .layout import CELL


class Part(NamedTuple):
    """A piece of markup, open for attributes between head and tail, and the moments of its life."""

    head: str
    tail: str
    since: int
    until: int | None


def split_by_life(items):
    """Cells that are there from the start to the end, and cells that appear or vanish."""
    still, passing = [], []
    for item in items:
        (passing if item.cell.since or item.cell.until is not None else still).append(item)
    return still, passing


def moving(items, layout, name):
    """What appears and vanishes together, as parts; a shape that occurs at several places becomes a definition."""
    lives, groups = {}, {}
    for item in items:
        lives.setdefault((item.cell.since, item.cell.until), []).append(item)
    for life, members in lives.items():
        left = members[0].x
        members = [item._replace(x=item.x - left) for item in members]
        groups.setdefault(boxes(members, layout) + texts(members, layout), []).append((left, *life))
    shapes, parts = "", []
    for index, (markup, places) in enumerate(groups.items()):
        shapes += f'<g id="{name}{index}">{markup}</g>' if len(places) > 1 else ""
        for left, since, until in places:
            open_group = f'<g transform="translate({left})"', f">{markup}</g>"
            use = f'<use href="#{name}{index}" x="{left}"', "/>"
            parts.append(Part(*(use if len(places) > 1 else open_group), since, until))
    return shapes, sorted(parts, key=lambda part: part.since)


def timed(parts):
    """Parts with their lives, those that stay first; what vanishes is hidden from renderers without CSS variables."""
    staying = [f'{part.head} style="--k:{part.since}"{part.tail}' for part in parts if part.until is None]
    passing = [
        f'{part.head} style="--k:{part.since}{"" if part.until == part.since + 1 else f";--u:{part.until}"}"{part.tail}'
        for part in parts
        if part.until is not None
    ]
    return "".join(staying) + (f'<g class="o" visibility="hidden">{"".join(passing)}</g>' if passing else "")


def boxes(items, layout):
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


def texts(items, layout):
    """The numbers in cells and the indices under them, row by row."""
    texts = ""
    for y, row in groupby(sorted(items, key=_reading_order), _row):
        row = list(row)
        numbers = "".join("".join(_number(item, layout)) for item in row if item.cell.text)
        texts += group(0, y + 20, numbers) if numbers else ""
        texts += _notes([item for item in row if item.cell.note], y + CELL + 12, layout)
    return texts


def timed_numbers(items, layout):
    """Numbers that appear or vanish by themselves, row by row."""
    rows = groupby(sorted(items, key=_reading_order), _row)
    return "".join(
        group(0, y + 20, timed([Part(*_number(item, layout), item.cell.since, item.cell.until) for item in row]))
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
    places = [middle + palette.INDEX * k - palette.INDEX * (n - 1) // 2 for middle, n in zip(middles, letters) for k in range(n)]
    return f'<text class="n" x="{" ".join(map(str, places))}" y="{y}">{escape("".join(item.cell.note for item in items))}</text>'


def labels(scene, layout):
    """The label of every band, in each line in which it has cells."""
    labels = ""
    for band, (left, top) in zip(scene.bands, layout.corners):
        lines = sorted({(cell.column - layout.first) // layout.columns for cell in band.cells})
        labels += "".join(label(band, left, line * layout.line + top) for line in lines)
    return labels


def label(band, left, top):
    """The label above a band whose cells begin at a position."""
    return f'<text class="l" x="{left}" y="{top - 6}">{escape(band.label)}</text>' if band.label else ""


def group(x, y, markup, name=""):
    named = f' class="{name}"' if name else ""
    return f'<g{named} transform="translate({x} {y})">{markup}</g>'


def lines_of(lines, size):
    """Lines of text as the content of one <text> element."""
    first, *rest = (escape(line) for line in lines)
    return first + "".join(f' <tspan x="0" y="{row * (size + 4)}">{line}</tspan>' for row, line in enumerate(rest, 1))
