"""The picture of an explorer, as the page holds it: a player whose SVG can be exchanged, and what its cells are linked with."""

import json
import zlib

import anywidget
import ipywidgets
import traitlets

from .. import scenes
from ..player import script

SCRIPTS = ("player.js", "controls.js", "waiting.js", "explorer.js")  # one module; `mount` of the first finds no container here
OLD = "lecture-old"  # the class of what shows an earlier setting


def _packed(value, widget):
    """What the page unpacks, as bytes."""
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


PACKED = dict(sync=True, to_json=_packed)


class LivePicture(anywidget.AnyWidget):
    """A player whose picture can be exchanged, and whose cells show their links when pointed at; one step of it asks nobody."""

    _esm = "\n".join(map(script, SCRIPTS))
    _css = f".{OLD} {{ opacity: .5 }}"
    svg = traitlets.Unicode().tag(**PACKED)
    cells = traitlets.Dict().tag(**PACKED)  # spots, links and sentences, as `layer_cells` describes them
    controls = traitlets.List().tag(sync=True, **ipywidgets.widget_serialization)
    setting = traitlets.List().tag(sync=True)  # of the controls, when Python last answered; the page compares it with its own
    old = traitlets.Bool(False).tag(sync=True)  # whether the present setting was refused; it gives the picture the class OLD
    live = traitlets.Bool(True).tag(sync=True)  # whether a kernel is meant to answer: a page without one never says it is missing


NOTHING = dict(spots=[], links=[], of=[], said=[])  # a picture whose cells cannot be pointed at


def layer_cells(layout, layer):
    """What the page needs to show links: the spots, what they are of, with a sentence for each, and the linked cells.

    A spot is [x, y, width, height, number of what it is of, number of its band], and, if it is not always there,
    since, until; a link is [input, tap, output].
    """
    sentences = scenes.cell_sentences(layer)
    numbered, bands, spots = {}, {}, []
    for band, *box, cell in layout.spots():
        of = numbered.setdefault(cell.of, len(numbered))
        which = bands.setdefault(band.label, len(bands))
        passing = () if (cell.since, cell.until) == (0, None) else (cell.since, cell.until)
        spots.append([*map(_short, box), of, which, *passing])
    links = [[layer.input_of(link), link.tap, layer.output_of(link)] for link in layer.kept]
    return dict(spots=spots, links=links, of=[list(of) for of in numbered], said=[sentences[of] for of in numbered])


def _short(pixels):
    """Pixels with one digit, or none, behind the point."""
    return int(pixels) if pixels == int(pixels) else round(pixels, 1)
