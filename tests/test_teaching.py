"""TEACHING.md's answers are right, and what it hands out can be made."""

import html
import json
import re
from pathlib import Path

import numpy as np
from lab import browser

from lecture_helpers import conv_transpose, conv_transpose_output_size, cross_correlate, input_gradient, matrix_of

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "TEACHING.md").read_text("utf-8")
X, K = [1, 2, 3, 4], [1, 10, 100]


def row(values):
    return " ".join(map(str, np.asarray(values).tolist()))


def answers():
    """The answers to the test, by number."""
    part = TEXT.partition("## A test for before and after")[2].partition("\n## ")[0]
    return dict(re.findall(r"^(\d)\. .*\*\((.*)\)\*$", part, re.MULTILINE))


def test_the_answers_of_the_test_are_computed():
    transpose = matrix_of(lambda x: conv_transpose(x, [1, 2, 3]), 3)
    assert answers() | {"8": ""} == {
        "1": row(cross_correlate([1, 2, 3, 4, 5], [100, 10, 1])),
        "2": row(conv_transpose(X, K)),
        "3": row(conv_transpose(X, K, stride=2)),
        "4": str(conv_transpose_output_size(4, 3, stride=2, padding=1, output_padding=1)),
        "5": row(input_gradient([1, 10], [3, 4], 3)),
        "6": f"{row(transpose[1].astype(int))} and {row(transpose[2].astype(int))}",
        "7": "(6, 2, 3, 5)",
        "8": "",
    }
    flat, uneven = ([int(digit) for digit in kernel.split()] for kernel in re.findall(r"\d \d \d \d", answers()["8"]))
    inside = [conv_transpose(np.ones(6, int), kernel, stride=2)[3:-3] for kernel in (flat, uneven)]
    assert [np.ptp(each) == 0 for each in inside] == [True, False]


def test_the_weight_of_question_7_is_pytorchs():
    import torch

    assert tuple(torch.nn.ConvTranspose2d(6, 4, (3, 5), groups=2).weight.shape) == (6, 2, 3, 5)


def test_the_wrong_rows_are_what_the_misconceptions_give():
    from lecture_helpers.exercises.data import one_copy_wins

    table = TEXT.partition("## What to expect")[2].partition("\n## ")[0]
    for values in (
        conv_transpose(X, K[::-1]),
        one_copy_wins(X, K),
        cross_correlate(X, K),
        cross_correlate(X, K[::-1]),
        conv_transpose(X, K)[::2],
    ):
        assert row(values) in table


def test_every_exercise_shows_an_outcome_of_its_notebook():
    table = TEXT.partition("## Outcomes")[2].partition("\n## ")[0]
    notebook, shown = "", []
    for number, names in re.findall(r"^\| (\d\d)? ?\| .* \| (`.*`) \|$", table, re.MULTILINE):
        notebook = number or notebook
        shown += [f"{notebook}_{name}" for name in re.findall(r"`(\w+)`", names)]
    cells = [c for path in (ROOT / "notebooks").glob("*.ipynb") for c in json.loads(path.read_text("utf-8"))["cells"]]
    assert sorted(shown) == sorted(cell["metadata"]["exercise"] for cell in cells if "exercise" in cell["metadata"])


def test_the_plan_adds_up_and_names_notebooks_that_exist():
    spans = re.findall(r"^\| (\d+)–(\d+) \|", TEXT, re.MULTILINE)
    assert [int(end) for _, end in spans[:-1]] == [int(start) for start, _ in spans[1:]] and spans[-1][1] == "90"
    names = {path.stem[:2] for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert set(re.findall(r"\b(0\d)\b", TEXT.partition("## What to expect")[0])) <= names


def test_the_handouts_are_worksheets_without_answers_and_a_card_with_the_tables(tmp_path):
    import handouts

    handouts.main(tmp_path)
    pages = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert len(pages) == len(handouts.WORKSHEETS) + 1
    assert all(("Name:" in page) == (name != "card.html") for name, page in pages.items())
    card = pages.pop("card.html")
    assert all(words in card for words in ("<strong>reversed</strong>", "output_padding", "(in, out, w)", "s(W − 1) + w"))
    for name, animation in handouts.WORKSHEETS.items():
        svg = animation.filmstrip(blank=True).svg
        assert name + ".html" in pages and len(animation) >= 4
        assert not any(html.escape(caption) in svg for caption in animation.scene.captions[1:])


def test_every_handout_fills_one_printed_page(tmp_path):
    import handouts

    handouts.main(tmp_path)
    with browser() as chromium:
        page = chromium.new_page()
        for path in tmp_path.iterdir():
            page.goto(path.as_uri())
            assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1, path.name
            picture = page.query_selector("img")
            assert picture is None or picture.bounding_box()["width"] > 500, path.name
