"""What the folded text under a prediction says is what appears there when the cell is run with `None` for a guess."""

import re
from operator import eq
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[1] / "notebooks"
NAMES = sorted(path.stem for path in FOLDER.glob("*.ipynb"))
GUESS = re.compile(r"^guess = \.\.\.", re.MULTILINE)
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?")
TRAINED = 0.35  # a share: how far a trained network's number may lie from the text's "about"


def asks(cell):
    return cell.cell_type == "code" and "compare(" in cell.source and GUESS.search(cell.source)


def run_without_guesses(name):
    """The cells of a notebook, run with `None` for every guess."""
    notebook = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)
    for cell in notebook.cells:
        if asks(cell):
            cell.source = GUESS.sub("guess = None", cell.source)
    folder = {"metadata": {"path": str(FOLDER)}}
    NotebookClient(notebook, timeout=300, resources=folder, extra_arguments=["--log-level=ERROR"]).execute()
    return notebook.cells


def numbers(text):
    return [float(found) for found in NUMBER.findall(text.replace("−", "-"))]


def shown(cell):
    """The text of a comparison that shows its result alone."""
    (text,) = [output.data["text/plain"] for output in cell.outputs if "data" in output]
    assert text.startswith("result:"), text
    return text


def folded_after(cells, place):
    """The text folded in the next text cell that has any."""
    texts = (cell.source for cell in cells[place:] if cell.cell_type == "markdown")
    return next(text for text in texts if text.startswith("<details><summary>Then open</summary>\n\n")).partition("</details>")[0]


def stands_in(result, said, near):
    """Whether the numbers of a result follow one another somewhere among those of a text."""
    windows = (said[k : k + len(result)] for k in range(len(said) - len(result) + 1))
    return any(all(map(near, result, window)) for window in windows)


def nearly(value, other):
    """For what a trained network gives, which differs between processors; shapes and counts are exact."""
    return abs(value - other) <= (max(TRAINED * abs(value), 0.02) if value % 1 else 0)


def test_results_are_found_in_a_text_only_in_their_order():
    text = numbers("9 rows: 1 20 −3.")
    assert stands_in([1, 20, -3], text, eq) and stands_in([9], text, eq)
    assert not stands_in([1, -3], text, eq) and not stands_in([20, 1], text, eq)
    assert nearly(0.5, 0.6) and not nearly(0.5, 0.8) and not nearly(28.0, 27.0)


@pytest.mark.parametrize("name", NAMES)
def test_each_result_stands_in_the_text_folded_under_it(name):
    cells = run_without_guesses(name)
    places = [place for place, cell in enumerate(cells) if "guess = None" in cell.source]
    near = nearly if name.startswith("09") else eq
    assert places
    for place in places:
        result, said = numbers(shown(cells[place])), numbers(folded_after(cells, place))
        assert stands_in(result, said, near), (cells[place].id, result, said)


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_between_a_prediction_and_its_folded_answer_keeps_an_output_in_words(name):
    waiting, told = False, []
    for cell in nbformat.read(FOLDER / f"{name}.ipynb", as_version=4).cells:
        if asks(cell):
            waiting = True
        elif "<details>" in cell.source:
            waiting = False
        elif waiting and cell.cell_type == "code":
            told += [cell.id for output in cell.outputs if "<img" not in output.get("data", {}).get("text/html", "")]
    assert not told


@pytest.mark.parametrize("name", NAMES)
def test_each_prediction_waits_for_a_guess_in_the_saved_file(name):
    cells = [cell for cell in nbformat.read(FOLDER / f"{name}.ipynb", 4).cells if asks(cell)]
    saved = [text.removeprefix("<p>").removesuffix("</p>") for cell in cells for text in cell.outputs[0].data.values()]
    waiting = "No guess yet: write one in, or {0}None{1} to just see"
    assert set(saved) == {waiting.format("`", "`"), waiting.format("<code>", "</code>")} and len(saved) == 2 * len(cells)


@pytest.mark.parametrize("name", NAMES)
def test_every_fold_is_closed_and_leaves_markdown_its_blank_lines(name):
    cells = nbformat.read(FOLDER / f"{name}.ipynb", as_version=4).cells
    for text in (cell.source for cell in cells if cell.cell_type == "markdown"):
        assert text.count("<details>") == text.count("</summary>\n\n") == text.count("\n\n</details>"), text
