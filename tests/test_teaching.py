"""TEACHING.md's answers are right, and what it hands out can be made."""

import json
import re
from pathlib import Path

import numpy as np
import torch

import handouts
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
    transpose = matrix_of(lambda x: conv_transpose(x, [7, 30, 8]), 3)
    assert answers() | {"8": ""} == {
        "1": row(cross_correlate([3, 1, 4, 1, 5], [100, 10, 1])),
        "2": row(conv_transpose([2, 5, 3], K)),
        "3": row(conv_transpose([2, 5, 3], K, stride=2)),
        "4": str(conv_transpose_output_size(5, 4, stride=3, padding=1, output_padding=1)),
        "5": row(input_gradient([2, 7], [5, 3], 3)),
        "6": f"{row(transpose[1].astype(int))} and {row(transpose[2].astype(int))}",
        "7": str(tuple(torch.nn.ConvTranspose2d(8, 6, (2, 4), groups=2).weight.shape)),
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


def read_texts():
    """What a student may read: the cells of the notebooks and their outputs as text, and the modules of the exercises."""
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            yield "".join(cell["source"])
            for output in cell.get("outputs", []):
                yield "".join(output.get("text", output.get("data", {}).get("text/plain", "")))
    for path in (ROOT / "lecture_helpers" / "exercises").rglob("*.py"):
        yield path.read_text("utf-8")


def test_no_answer_of_the_test_stands_in_a_notebook_or_an_exercise():
    course = [f" {' '.join(re.findall('[0-9]+', text))} " for text in read_texts()]
    assert len(course) > 500 and any(" 2 7 4 4 2 1 " in numbers for numbers in course)
    for number in "12356":
        for part in answers()[number].split(" and "):
            assert not any(f" {part} " in numbers for numbers in course), (number, part)


def test_every_exercise_shows_an_outcome_of_its_notebook():
    table = TEXT.partition("## Outcomes")[2].partition("\n## ")[0]
    notebook, shown = "", []
    for number, names in re.findall(r"^\| (\d\d)? ?\| .* \| (`.*`) \|$", table, re.MULTILINE):
        notebook = number or notebook
        shown += [f"{notebook}_{name}" for name in re.findall(r"`(\w+)`", names)]
    cells = [c for path in (ROOT / "notebooks").glob("*.ipynb") for c in json.loads(path.read_text("utf-8"))["cells"]]
    assert sorted(shown) == sorted(cell["metadata"]["exercise"] for cell in cells if "exercise" in cell["metadata"])


def test_the_sections_of_the_plan_exist_and_seven_classes_are_as_long_as_their_notebooks():
    plan = TEXT.partition("## Lesson plans")[2].partition("\n## ")[0]
    sources = {path.stem[:2]: path.read_text("utf-8") for path in (ROOT / "notebooks").glob("*.ipynb")}
    rows = re.findall(r"^\| \d+–\d+ \|.*\| (\d\d), (.*) \|$", plan, re.MULTILINE)
    assert len(rows) == 6
    for notebook, text in rows:
        assert all(section in sources[notebook] or section in sources["05"] for section in re.findall(r'"(.+?\?)"', text))
        assert all(f"exercises.{name}.check" in sources[notebook] for name in re.findall(r"exercise `(\w+)`", text))
    minutes = {name: int(re.search(r"(\d+) minutes", text)[1]) for name, text in sources.items()}
    classes = re.findall(r"^\| \d \| ((?:\d\d|and| )+) \| (\d+) \|$", plan, re.MULTILINE)
    assert len(classes) == 5
    for names, length in classes:
        assert sum(minutes[name] for name in re.findall(r"\d\d", names)) == int(length) <= 90


def test_the_plan_adds_up_and_names_notebooks_that_exist():
    spans = re.findall(r"^\| (\d+)–(\d+) \|", TEXT, re.MULTILINE)
    assert [int(end) for _, end in spans[:-1]] == [int(start) for start, _ in spans[1:]] and spans[-1][1] == "90"
    names = {path.stem[:2] for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert set(re.findall(r"\b(0\d)\b", TEXT.partition("## What to expect")[0])) <= names


def test_the_handouts_are_worksheets_without_answers_their_answers_and_a_card(tmp_path):
    handouts.main(tmp_path)
    pages = {path.stem: path.read_text("utf-8") for path in tmp_path.iterdir()}
    card = pages.pop("card")
    assert all(words in card for words in ("<strong>reversed</strong>", "output_padding", "(in, out, w)", "s(W − 1) + w"))
    assert "$" not in card and "x<sub>i+a−1</sub>" in card and row(conv_transpose(X, K, stride=2)) in card
    assert set(pages) == {name + end for name in handouts.WORKSHEETS for end in ("", "_answers")}
    for name, animation in handouts.WORKSHEETS.items():
        blank, answers = (animation.filmstrip(blank=blank) for blank in (True, False))
        assert "Name:" in pages[name] and blank.image in pages[name]
        assert "Name:" not in pages[f"{name}_answers"] and answers.image in pages[f"{name}_answers"]
        for band in (band for band in animation.scene.bands if band.answer and band.values):
            assert band.values in answers.text() and band.values not in blank.text()


def test_every_handout_fills_one_printed_page(tmp_path):
    handouts.main(tmp_path)
    with browser() as chromium:
        page = chromium.new_page()
        for path in tmp_path.iterdir():
            page.goto(path.as_uri())
            for paper in ("A4", "Letter"):
                assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper))) == 1, (path.name, paper)
            picture = page.query_selector("img")
            assert picture is None or "answers" in path.name or picture.bounding_box()["width"] > 500, path.name
