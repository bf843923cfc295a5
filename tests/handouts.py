"""Make what a teacher prints, as pages of HTML: worksheets with empty outputs, and a card with the tables of the course.

python tests/handouts.py FOLDER
"""

import json
import sys
from pathlib import Path

from nbconvert.filters import markdown2html

import lecture_helpers as lh
from lecture_helpers.player import page

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
WORKSHEETS = {
    "sliding_kernel": lh.animate_sliding_kernel([1, 4, -1, 0, 2, -2, 1, 3, 3, 1], [1, 2, 0, -1]),
    "summed_kernels": lh.animate_summed_kernels([2, 3, 0, -1], [1, 2, -1]),
    "summed_kernels_stride_2": lh.animate_summed_kernels([2, 3, 0, -1], [1, 2, -1], stride=2),
    "gradient": lh.animate_gradient([2, 3, 0, -1], [1, 2, -1]),
    "matrix": lh.animate_matrix([1, 4, -1, 0, 2, -2, 1], [1, 2, 3]),
}
CARD = {  # notebook → what its card shows begins with these words
    "03_transposed_matrix": "| | gather (per output cell)",
    "04_pytorch": "1. *Axes:*",
    "05_stride": "1. *Where the stride lives:*",
    "06_padding_and_dilation": "1. *Padding:*",
}
NAME_LINE = '<p style="font:13px sans-serif;margin:0 10px 12px">Name: <span style="display:inline-block;width:16em;\
border-bottom:1px solid">&nbsp;</span></p>'
STYLE = "body{font:13px DejaVu Sans,sans-serif;max-width:46em;margin:1em auto}td,th{border:1px solid #999;padding:3px 8px}\
table{border-collapse:collapse}h2{font-size:14px;margin:1em 0 .3em}p,li{margin:.2em 0}@page{margin:12mm}"


def worksheets(folder):
    """Write a blank filmstrip of every animation, with a line for the name."""
    for name, animation in WORKSHEETS.items():
        picture = animation.filmstrip(blank=True)
        (folder / f"{name}.html").write_text(page(picture.text(), NAME_LINE + picture.image), encoding="utf-8", newline="\n")


def card():
    """The card as a page: the tables and rules with which the notebooks close, in their own words."""
    parts = ["<h1>Transposed convolution on a card</h1>"]
    for stem, begin in CARD.items():
        cells = json.loads((NOTEBOOKS / f"{stem}.ipynb").read_text("utf-8"))["cells"]
        texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
        found = [begin + text.partition(begin)[2].partition("\n\n")[0] for text in texts if begin in text]
        rules = next(text for text in reversed(found) if "?" not in text)  # not the table that is still to be filled in
        parts += [f"<h2>{texts[0].splitlines()[0].removeprefix('# ')}</h2>", markdown2html(rules)]
    head = f'<head><meta charset="utf-8"><title>Card</title><style>{STYLE}</style></head>'
    return f'<!DOCTYPE html><html lang="en">{head}<body>{"".join(parts)}</body></html>\n'


def main(folder):
    """Write everything into a folder."""
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    worksheets(folder)
    (folder / "card.html").write_text(card(), encoding="utf-8")
    print(f"{len(WORKSHEETS)} worksheets and card.html are in {folder}/; open them in a browser and print.")


if __name__ == "__main__":
    main(sys.argv[1])
