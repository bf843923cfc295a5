"""A stage that is too long for one line: broken by places, each line a small stage with the cells that its places use.

It has no products and no wires, and nothing glides: it exists so that nothing breaks.
"""

from .cells import Cell, life
from .parts import features, tap_cell, worth_asking
from .rows import kernel_band, row_band
from .scene import Scene
from .stage import input_words, output_band

HEIGHT, ROW = 5.0, 1.45  # of a line, and from row to row within it, in cells


def broken(layer, track, title, captions, output, fit):
    """The scene of a long stage, on as many lines as it needs."""
    read, kernel, filled, seen = [], [], [], set()
    for line, (steps, first, last) in enumerate(_split(track, fit)):
        top = line * HEIGHT
        read += _read(track, steps, first, last, top, seen)
        kernel += _kernel(layer, track, steps, first, top + ROW)
        left = (last - first + 1 - len(steps)) / 2
        filled += [(top + 2 * ROW, left + n) for n in range(len(steps))]
        seen |= set(range(first, last + 1))
    bands = (
        row_band(layer, "input", read, (0, 0), *input_words(layer, [box for _, _, box, _, _ in track.cells]), notes="above"),
        kernel_band(layer, kernel, (ROW, 0), "reversed" if layer.transposed else "as written"),
        output_band(layer, filled, output),
    )
    return Scene(title, bands, captions, ask=worth_asking(features(layer.by_output)))


def _split(track, fit):
    """The lines: the steps of each, and the first and the last column that they use."""
    lines, steps = [], []
    for k, taps in enumerate(track.taps):
        columns = [column for _, column, _ in taps]
        if steps and max(columns) - min(column for _, column, _ in track.taps[steps[0]]) >= fit:
            lines.append(steps)
            steps = []
        steps.append(k)
    ends = [[column for k in (steps[0], steps[-1]) for _, column, _ in track.taps[k]] for steps in (*lines, steps)]
    return [(steps, min(columns), max(columns)) for steps, columns in zip((*lines, steps), ends)]


def _read(track, steps, first, last, row, seen):
    """The cells that a line uses, pale where the line before has shown them."""
    cells, boxes = [], {}
    for column, text, box, note, of in track.cells[first : last + 1]:
        boxes[column] = box
        pale = "unread" if column in seen and box == "input" else box
        cells.append(Cell(row, column - first, text, pale, note or "", of=of))
    for k in steps:
        lit = [column for _, column, _ in track.taps[k] if boxes[column] in ("input", "unread")]
        cells += [Cell(row, column - first, box="input-lit", **life(k, len(track.taps))) for column in lit]
    return cells


def _kernel(layer, track, steps, first, row):
    """The kernel at the places of a line."""
    count = len(track.taps)
    return [tap_cell(layer, a, (row, column - first), **life(k, count)) for k in steps for a, column, _ in track.taps[k]]
