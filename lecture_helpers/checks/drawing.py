"""Answers as pictures: rows of cells, some of them marked; and text as HTML."""

from html import escape

import numpy as np

from ..scenes import answer_scene, explored, gathered, layer_of
from ..svg import as_image, draw_still
from .wording import in_words

MOST_ROWS, MOST_CELLS = 12, 24  # larger answers are not drawn


def as_html(text):
    """Text as HTML, with what stands between backticks as code.

    >>> as_html("x < 3 in `y`")
    'x &lt; 3 in <code>y</code>'
    """
    return "".join(f"<code>{part}</code>" if odd % 2 else part for odd, part in enumerate(escape(text).split("`")))


def as_rows(answer):
    """An answer of at most two axes as rows of texts; empty if it has more, or is too large or too ragged to draw."""
    rows = answer if isinstance(answer, list) and answer and all(isinstance(row, list) for row in answer) else [answer]
    if not all(isinstance(row, list) and row and not any(isinstance(cell, list) for cell in row) for row in rows):
        return []
    small = len(rows) <= MOST_ROWS and max(map(len, rows)) <= MOST_CELLS
    return [[in_words(cell) for cell in row] for row in rows] if small else []


def picture_of(answers, marked):
    """An <img> of answers {label: answer} below one another, with the cells {label: [index]} marked; empty if one is no row."""
    rows = {label: as_rows(answer) for label, answer in answers.items()}
    if not all(rows.values()):
        return ""
    scene = answer_scene([(label, rows[label], [(0, *index)[-2:] for index in marked.get(label, ())]) for label in rows])
    described = "; ".join(f"{label}: {in_words(answer, *marked.get(label, ()))}" for label, answer in answers.items())
    return as_image(draw_still(scene), described)


def picture_of_situation(layer, cell, words):
    """An <img> of the moment at which a layer (x, kernel, transposed, params) asks for an output cell; empty if it has none."""
    x, kernel, transposed, params = layer
    try:
        layer = layer_of(x, kernel, transposed=transposed, **params)
        scene = explored(layer, "gather", "products") if transposed else gathered(layer)
        step = int(np.ravel_multi_index(cell, layer.y.shape))
    except ValueError:  # too large to draw, or a cell that the layer does not have
        return ""
    return as_image(draw_still(scene, scene.asked(step)), words)
