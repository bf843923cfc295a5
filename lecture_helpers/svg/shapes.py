"""Boxes and lines as the markup of an SVG."""

from .. import palette
from .texts import tone

INSET, ROUND = 1, 4  # px between a box and the edge of its cell; radius of its corners, if it has an edge
HEAD = 7  # length of an arrow's head
FRAMES = {name for name, box in palette.BOXES.items() if box.fill == "none"}
STROKE = 2.5  # width of a line, where it does not say another


def boxes(layout, items):
    """The boxes of cells, in groups of one look and one row; frames lie on top of what is filled."""
    rows = {}
    for cell in sorted((cell for cell in items if cell.box), key=framed):
        rows.setdefault((cell.box, cell.row), []).append(cell)
    return "".join(_row(layout, look, row, cells) for (look, row), cells in rows.items())


def framed(item):
    """Whether a cell or a line is a frame around what is filled."""
    return getattr(item, "box", "") in FRAMES


def _row(layout, look, row, cells):
    x, y = (round(start + INSET, 1) for start in (layout.x(min(cell.column for cell in cells)), layout.y(row)))
    if len(cells) == 1:
        return _box(layout, cells[0], x, y, look)
    shapes = [_box(layout, cell, round(layout.x(cell.column) + INSET - x, 1)) for cell in cells]
    return f"<g class='{look}' transform='translate({x:g} {y:g})'>{''.join(shapes)}</g>"


def _box(layout, cell, x, y=0, look=""):
    where = (f" class='{look}'" if look else "") + (f" x='{x:g}'" if x else "") + (f" y='{y:g}'" if y else "")
    hatched = cell.box in palette.HATCHED
    if cell.size == (1, 1):
        return f"<use href='#{'h' if hatched else 'b'}'{where}/>"
    height, width = (round(size * unit - 2 * INSET, 1) for size, unit in zip(cell.size, (layout.down, layout.across)))
    rect = _rect(width, height, ROUND if palette.BOXES[cell.box].edge != "none" else 0)
    return (
        f"<g{where.split(' x=')[0]} transform='translate({x:g} {y:g})'>{rect}{_hatching(width, height)}</g>"
        if hatched
        else rect.replace("<rect", f"<rect{where}")
    )


def definitions(layout, looks):
    """The box of a cell, and, if some look needs it, one with hatching."""
    width, height = (round(unit - 2 * INSET, 1) for unit in (layout.across, layout.down))
    hatched = f"<g id='h'>{_rect(width, height)}{_hatching(width, height)}</g>" if looks & set(palette.HATCHED) else ""
    return _rect(width, height).replace("<rect", "<rect id='b'") + hatched


def _rect(width, height, most=ROUND):
    return f"<rect width='{width:g}' height='{height:g}' rx='{min(most, height / 3, width / 3):.3g}'/>"


def _hatching(width, height):
    """Lines across a box from its lower left to its upper right."""
    strokes = ((max(0, k - height), min(k, height), min(k, width), max(0, k - width)) for k in range(9, round(width + height), 9))
    return f"<path d='{''.join(f'M{x:g} {y:g}L{end_x:g} {end_y:g}' for x, y, end_x, end_y in strokes)}'/>"


def lines(layout, items):
    """Lines as paths, with their heads."""
    return "".join(_line(layout, line) for line in items)


def _line(layout, line):
    (x, y), (end_x, end_y) = ((layout.x(column), layout.y(row)) for row, column in (line.start, line.end))
    units = (layout.across, layout.down) if line.shape == "grid" else ()
    path = _SHAPES[line.shape](x, y, end_x, end_y, *units)
    width = "" if line.width == STROKE else f" {weight(line.width)}"
    head = f"<path class='a {tone(line.look)}' d='{_head(line, x, y, end_x, end_y)}'/>" if line.arrow else ""
    return f"<path class='l {tone(line.look)}{width}' d='{path}'/>{head}"


def weight(width):
    """The class of a line of some width."""
    return f"l{10 * width:g}"


def _straight(x, y, end_x, end_y):
    return f"M{x:g} {y:g}L{end_x:g} {end_y:g}"


def _wire(x, y, end_x, end_y):
    across, down = round(end_x - x, 1), round(end_y - y, 1)
    return f"M{x:g} {y:g}c0 {down / 2:g} {across:g} {down / 2:g} {across:g} {down:g}"


def _grid(x, y, end_x, end_y, across, down):
    """The lines between cells, and around all of them."""
    rows, columns = round((end_y - y) / down), round((end_x - x) / across)
    lying = "".join(f"M{x:g} {y + k * down:g}H{end_x:g}" for k in range(rows + 1))
    return lying + "".join(f"M{x + k * across:g} {y:g}V{end_y:g}" for k in range(columns + 1))


def _hop(x, y, end_x, end_y, up=1):
    bow = round(min(40, abs(end_x - x) * 0.6), 1)
    return f"M{x:g} {y:g}Q{(x + end_x) / 2:g} {y - up * bow:g} {end_x:g} {end_y:g}"


def _hop_below(*ends):
    return _hop(*ends, up=-1)


def _head(line, x, y, end_x, end_y):
    """A triangle at a line's end: upright for wires, leaning as an arc arrives."""
    if line.shape.startswith("hop"):
        back, lift = (-1 if end_x > x else 1), (-1 if line.shape == "hop" else 1)
        return f"M{end_x:g} {end_y:g}l{7 * back} {3 * lift}l{4 * -back} {5 * lift}z"
    direction = 1 if end_y > y else -1
    return f"M{end_x:g} {end_y:g}l-4 {-direction * HEAD}h8z"


_SHAPES = {"wire": _wire, "line": _straight, "hop": _hop, "hop-below": _hop_below, "grid": _grid}
