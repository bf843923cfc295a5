"""Time in a picture: one variable, --t, from which every opacity and every glide follows.

What appears or vanishes carries the times of its life, --k and --u, and one rule turns these and --t into an opacity. What is
there at the end carries it in plain attributes too, for renderers that know no CSS variables.
"""

import re

from ..scenes import visible
from .shapes import framed


def timed(layout, items, render, name):
    """What appears or vanishes, as definitions and markup; what looks the same at several places is defined once."""
    groups = {}
    for (start, until), members in _lives(items).items():
        column = min(item.left() for item in members)
        likeness = tuple(item.looks(-column) for item in members)
        groups.setdefault(likeness, []).append((start, until, column, members))
    shapes, parts = "", []
    for index, places in enumerate(groups.values()):
        if len(places) > 1:
            _, _, column, members = places[0]
            once = _delayed(layout, [item.shifted(-column) for item in members], render)
            shapes += f"<g id='{name}{index}'>{once}</g>"
        for start, until, column, members in places:
            where = f" x='{column * layout.across:g}'" if column else ""
            used = f"<use href='#{name}{index}'{where}/>" if len(places) > 1 else _delayed(layout, members, render)
            parts.append((start, until, used, any(map(framed, members))))
    return shapes, alive(parts)


def _lives(items):
    """The items that live from a stop, or from some time on the way to the next one, until the same time."""
    lives = {}
    for item in items:
        lives.setdefault((int(item.since), item.until), []).append(item)
    return lives


def _delayed(layout, items, render):
    """The markup of items that begin to live on the way to the same stop, one after another."""
    late = {}
    for item in items:
        late.setdefault(round(item.since % 1, 2), []).append(item)
    parts = [render(layout, members) for delay, members in sorted(late.items())]
    if len(parts) == 1 and 0 in late:
        return parts[0]
    if 0 in late:
        return parts[0] + _in_turn(parts[1:], sorted(late)[1:])
    return _in_turn(parts, sorted(late))


def _in_turn(parts, delays):
    """Parts that appear one after another: those of one row share its place."""
    rows = [re.fullmatch(r"<text x='([\d.]+)' y='([\d.]+)'>([^<]*)</text>", part) for part in parts]
    name = f"d{100 * delays[0]:.0f}-{len(delays)}"
    if all(rows) and len({row[2] for row in rows}) == 1:
        texts = "".join(f"<text x='{row[1]}'>{row[3]}</text>" for row in rows)
        return f"<g class='{name}' transform='translate(0 {rows[0][2]})'>{texts}</g>"
    return f"<g class='{name}'>{''.join(part if part.count('<') == 1 else f'<g>{part}</g>' for part in parts)}</g>"


def delays(items):
    """The rules for what appears on the way from one stop to the next, one after another."""
    turns = {}
    for item in items:
        if item.since % 1:
            turns.setdefault((int(item.since), item.until), set()).add(round(item.since % 1, 2))
    rules = ""
    for turn in sorted({tuple(sorted(each)) for each in turns.values()}):
        name = f"d{100 * turn[0]:.0f}-{len(turn)}"
        rules += "".join(f".{name}>:nth-child({n}){{--d:{f'{delay:g}'[1:]}}}" for n, delay in enumerate(turn, 1))
        rules += f".{name}>*{{opacity:clamp(0,(var(--t) - var(--k) - var(--d))*4 + 1,1)}}"
    return rules


def alive(parts):
    """Parts (since, until, markup, whether it is a frame) with the times of their lives; frames that stay come last."""
    lasting = {}
    for since, until, markup, frame in sorted(parts, key=lambda part: part[3]):
        order = (1, round(until - since, 2)) if until is not None else (2 if frame else 0, 0)
        lasting.setdefault(order, []).append(_marked(markup, "style", f"--k:{since:g}") if since else markup)
    found = ""
    for (order, span), markups in sorted(lasting.items()):
        passing = f" o' visibility='hidden' style='--s:{span:g}" if order == 1 else ""
        found += f"<g class='v{passing}'>{''.join(markups)}</g>"
    return found


def _marked(markup, name, value):
    """Markup with one more attribute, on its element if it is only one that has none, else on a group around it."""
    single = re.fullmatch(r"(<(?:text|use|path|rect)\b[^>]*?)(/?>(?:[^<]*</\w+>)?)", markup)
    if single and f" {name}=" not in single[1]:
        return f"{single[1]} {name}='{value}'{single[2]}"
    group = re.fullmatch(r"<g( transform='[^']*')?>(?:(?!</?g).)*</g>", markup)
    return f"<g {name}='{value}'{markup[2:]}" if group else f"<g {name}='{value}'>{markup}</g>"


def always(items):
    """What is there from the start to the end, and the rest."""
    still = [item for item in items if not item.since and item.until is None]
    return still, [item for item in items if item.since or item.until is not None]


def gliding(layout, band, markup):
    """A band that glides from place to place, as a group."""
    end = [round(shift * unit, 1) for shift, unit in zip(band.shift(layout.scene.last), (layout.down, layout.across))]
    x, y = (_path(band.moves, axis, unit) for axis, unit in ((2, layout.across), (1, layout.down)))
    return f"<g transform='translate({end[1]:g} {end[0]:g})' style='transform:translate({x},{y})'>{markup}</g>"


def _path(moves, axis, unit):
    """How far a band has glided along one axis, as a CSS length; where it changes rows it does not glide, but jumps."""
    steps = [(move[0], round(move[axis] * unit, 1), bool(move[1] and move[2])) for move in moves]
    lengths = {length for _, length, _ in steps}
    if lengths <= {0}:
        return "0"
    if len(lengths) == 1:
        return f"calc(var(--p)*{lengths.pop():g}px)"
    parts = [
        f"clamp(0,(var(--t) - {time - 0.5:g})*99,1)*{d:g}px" if jump else f"{part_of(time)}*{d:g}px"
        for time, d, jump in steps
        if d
    ]
    return f"calc({' + '.join(parts)})"


def part_of(time):
    """How much of the way to a time has passed, from 0 to 1."""
    return f"clamp(0,var(--t) - {time - 1:g},1)"


def at(items, time):
    """What is visible at a time."""
    return [item for item in items if visible(item, time)]
