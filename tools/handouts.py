"""Make what a teacher prints, as pages of HTML: worksheets with empty outputs, their answers, and a card with the course's rules.

python tools/handouts.py FOLDER
"""

import json
import re
import sys
from pathlib import Path

from nbconvert.filters import markdown2html

import lecture_helpers as lh
from lecture_helpers.player import page

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
WORKSHEETS = {
    "sliding_kernel": lh.animate_sliding_kernel([2, 0, 3, 1, -1, 4, 2], [1, -1, 2]),
    "summed_kernels": lh.animate_summed_kernels([1, 3, -2, 2], [2, 1, -1]),
    "summed_kernels_stride_2": lh.animate_summed_kernels([1, 3, -2, 2], [2, 1, -1], stride=2),
    "gradient": lh.animate_gradient([3, 1, 0, -2], [1, -1, 2]),
    "matrix": lh.animate_matrix([3, 1, 2, 0, 1, 2, 1], [1, 3, 2]),
    "transposed_matrix": lh.animate_matrix([1, 3, 0, 2], [2, 1, 3], transposed=True),
}
TASK = '<p style="font:13px sans-serif;margin:0 10px 12px">Name: <span style="display:inline-block;width:16em;\
border-bottom:1px solid">&nbsp;</span> &nbsp; Fill in the empty cells, step by step.</p>'
LETTERS = "n: cells of the large row · m: cells of the small row · W: cells of the input · w: taps of the kernel · s: stride · \
p: padding · d: dilation · op: output_padding · K: cells that the kernel spans"
CARD = {  # notebook → what its card shows begins with these words
    "01_convolution_sum": ("1. *By hand:*",),
    "03_transposed_matrix": ("| | gather (per output cell)", "1. *Scatter:*"),
    "04_pytorch": ("1. *Two layers:*",),
    "05_stride": ("1. *Where the stride lives:*",),
    "06_padding_and_dilation": ("1. *Padding:*", "| read the connections"),
}
STYLE = "body{font:11px DejaVu Sans,sans-serif;max-width:56em;margin:0 auto}td,th{border:1px solid #999;padding:1px 6px}\
table{border-collapse:collapse}h1{font-size:16px}h2{font-size:12px;margin:.7em 0 .2em}p,li{margin:.1em 0}ol{margin:.2em 0}\
a.anchor-link{display:none}@page{margin:12mm}"


def worksheets(folder):
    """Write a blank filmstrip of every animation, with a line for the name, and its answers."""
    for name, animation in WORKSHEETS.items():
        blank = animation.filmstrip(blank=True)
        (folder / f"{name}.html").write_text(page(blank.text(), TASK + blank.image), encoding="utf-8", newline="\n")
        animation.filmstrip().save(folder / f"{name}_answers.html")


def example():
    """One row through a transposed layer, with its parameters changed one at a time."""
    x, kernel = [1, 2, 3, 4], [1, 10, 100]
    rows = [
        (call, " ".join(map(str, lh.conv_transpose(x, kernel, **params))))
        for call, params in (
            ("stride 1", {}),
            ("stride 2", dict(stride=2)),
            ("stride 2, padding 1", dict(stride=2, padding=1)),
            ("stride 2, padding 1, output_padding 1", dict(stride=2, padding=1, output_padding=1)),
            ("dilation 2", dict(dilation=2)),
        )
    ]
    lines = "\n".join(f"| {call} | {row} |" for call, row in rows)
    return f"| the transposed layer of 1 2 3 4 with κ = 1 10 100 | |\n|---|---|\n{lines}"


def card():
    """The card as a page: the tables and rules with which the notebooks close, in their own words, and a worked example."""
    parts = ["<h1>Transposed convolution on a card</h1>", f"<p>{LETTERS}</p>"]
    for stem, beginnings in CARD.items():
        cells = json.loads((NOTEBOOKS / f"{stem}.ipynb").read_text("utf-8"))["cells"]
        texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
        parts.append(f"<h2>{texts[0].splitlines()[0].removeprefix('# ')}</h2>")
        for begin in beginnings:
            found = [begin + text.partition(begin)[2].partition("\n\n")[0] for text in texts if begin in text]
            rules = next(text for text in reversed(found) if "?" not in text)  # not the table that is still to be filled in
            parts.append(markdown2html(re.sub(r"\$(.+?)\$", _without_latex, rules.rstrip(":"))))
    parts += ["<h2>An example</h2>", markdown2html(example())]
    head = f'<head><meta charset="utf-8"><title>Card</title><style>{STYLE}</style></head>'
    return f'<!DOCTYPE html><html lang="en">{head}<body>{"".join(parts)}</body></html>\n'


def _without_latex(formula):
    """A short formula, for a page that loads no typesetting."""
    return re.sub(r"_\{(.*?)\}|_(.)", r"<sub>\1\2</sub>", formula[1].replace("\\,", " ").replace("-", "−"))


def main(folder):
    """Write everything into a folder."""
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    worksheets(folder)
    (folder / "card.html").write_text(card(), encoding="utf-8")
    print(f"{len(WORKSHEETS)} worksheets, their answers, and card.html are in {folder}/; open them in a browser and print.")


if __name__ == "__main__":
    main(sys.argv[1])
