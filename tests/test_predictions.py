"""What learners predict: the file shows no result before a guess, and what is folded names the result that then appears."""

import re
from pathlib import Path

import pytest
from nbclient import NotebookClient
from nbformat import read

FOLDER = Path(__file__).parent.parent / "notebooks"
PATHS = [next(FOLDER.glob(f"{number}_*.ipynb")) for number in ("03", "04", "05", "06")]
every_notebook = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
GUESS, FOLD = re.compile(r"^guess = \.\.\.", re.MULTILINE), "<details><summary>Then open</summary>\n\n"


def shown(cell):
    return "".join(output.get("data", {}).get("text/plain", "") for output in cell.outputs)


def asking(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code" and "compare(" in cell.source]


def values(text):
    return " ".join(re.findall(r"-?\d+|True|False", text.replace("−", "-")))


def folded(cells):
    """The text that is folded in the first text cell with a fold."""
    source = next(cell.source for cell in cells if FOLD in cell.source)
    return source.partition(FOLD)[2].partition("</details>")[0]


@every_notebook
def test_no_result_stands_in_the_file_before_a_guess(path):
    cells = asking(read(path, 4))
    assert len(cells) >= 8
    for cell in cells:
        assert len(GUESS.findall(cell.source)) == 1, cell.source
        assert [set(output.data) for output in cell.outputs] == [{"text/plain", "text/html"}]
        assert all(text.removeprefix("<p>").startswith("No guess yet") for text in cell.outputs[0].data.values()), cell.source


@every_notebook
def test_what_is_folded_names_the_result(path):
    notebook = read(path, 4)
    for cell in asking(notebook):
        cell.source = GUESS.sub("guess = None", cell.source)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(FOLDER)}}).execute()
    for cell in asking(notebook):
        result, text = values(shown(cell)), folded(notebook.cells[notebook.cells.index(cell) + 1 :])
        assert result and f" {result} " in f" {values(text)} ", (result, text)


@every_notebook
def test_every_fold_is_closed_and_leaves_markdown_its_blank_lines(path):
    text = "\n\n".join(cell.source for cell in read(path, 4).cells if cell.cell_type == "markdown")
    assert text.count("<details>") == text.count(FOLD) == text.count("\n\n</details>") >= 8
