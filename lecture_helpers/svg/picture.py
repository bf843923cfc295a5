"""A picture below its title: a still of one stop, or the picture that moves."""

from ..scenes import Cell, Line
from .shapes import boxes, lines
from .texts import indices, labels, numbers
from .timing import alive, always, at, gliding, timed


def still(layout, time):
    """Everything that is there at a stop, with plain attributes."""
    scene = layout.scene
    shown = scene.frame(time)
    everything = [cell for cells in shown for cell in cells]
    lanes, rest = _lanes(everything)
    notes = "".join(indices(layout, band, cells) for band, cells in zip(scene.bands, shown))
    texts = f"<g class='x'>{numbers(layout, [cell for cell in everything if not cell.tone])}</g>"
    return f"{boxes(layout, lanes)}{_marks(layout, [*at(scene.lines, time), *rest])}{labels(layout)}{notes}{texts}"


def _lanes(cells):
    """The cells that lie under everything, and the others."""
    return [c for c in cells if c.box.startswith("lane")], [c for c in cells if not c.box.startswith("lane")]


def moving(layout):
    """Definitions, and the picture that moves: lanes, lines and boxes, texts, and on top of them what glides."""
    scene = layout.scene
    standing = [band for band in scene.bands if not band.moves]
    lanes, cells = _lanes([cell for band in standing for cell in band.cells])
    inked = [cell._replace(box="") for cell in cells if not cell.tone and (cell.text or cell.under)]
    bare = [cell._replace(text="", under="") for cell in cells if cell.box]
    marks = [*scene.lines, *bare, *(cell for cell in cells if cell.tone)]
    names = labels(layout) + "".join(indices(layout, band, band.cells) for band in standing)
    under, over, texts = (_layer(layout, *layer) for layer in ((lanes, boxes, "d"), (marks, _marks, "s"), (inked, numbers, "n")))
    picture = f"{under[1]}{over[1]}{names}<g class='x'>{texts[1]}</g>"
    gliders = "".join(gliding(layout, band, _block(layout, band)) for band in scene.bands if band.moves)
    return under[0] + over[0] + texts[0], picture + gliders


def _layer(layout, items, render, name):
    """Definitions and markup of some items: first what is always there."""
    steady, passing = always(items)
    shapes, parts = timed(layout, passing, render, name)
    return shapes, (render(layout, steady) if steady else "") + parts


def _marks(layout, items):
    """Lines, boxes, and the texts that stand on the card."""
    cells = [item for item in items if isinstance(item, Cell)]
    return (
        lines(layout, [i for i in items if isinstance(i, Line)])
        + boxes(layout, cells)
        + numbers(layout, [c for c in cells if c.tone])
    )


def _block(layout, band):
    """A band by itself, for one that glides."""
    steady, passing = always(band.cells)
    parts = [(cell.since, cell.until, _standing(layout, [cell]), False) for cell in passing]
    return _standing(layout, steady) + alive(parts) + indices(layout, band, band.cells)


def _standing(layout, cells):
    """Boxes and texts of some cells."""
    boxed = [cell for cell in cells if not cell.tone and (cell.text or cell.under)]
    inked = f"<g class='x'>{numbers(layout, boxed)}</g>" if boxed else ""
    return _marks(layout, cells) + inked
