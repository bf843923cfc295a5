"""The notebooks as files: executed, reproducible to the byte, free of what belongs to one machine, and linked."""

import ast
import json
import re
from pathlib import Path

import pytest

from lecture_helpers import animate_summed_kernels
from lecture_helpers.svg import draw
from reexecute import METADATA, execute

FOLDER = Path(__file__).parent.parent / "notebooks"
PATHS = sorted(FOLDER.glob("*.ipynb"))
every_notebook = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def cells(path, kind=None):
    return [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if kind in (None, cell["cell_type"])]


def outputs(path):
    return [output for cell in cells(path, "code") for output in cell["outputs"]]


def test_there_are_notebooks():
    assert [path.stem[:2] for path in PATHS] == [f"{number:02}" for number in range(len(PATHS))] and len(PATHS) >= 5


@every_notebook
def test_every_code_cell_was_executed_in_order(path):
    counts = [cell["execution_count"] for cell in cells(path, "code")]
    assert counts == list(range(1, len(counts) + 1))


@every_notebook
def test_no_output_is_an_error_a_warning_or_a_live_widget(path):
    for output in outputs(path):
        assert output["output_type"] != "error" and output.get("name") != "stderr"
        assert "application/vnd.jupyter.widget-view+json" not in output.get("data", {})


@every_notebook
def test_nothing_in_it_belongs_to_one_machine(path):
    text = path.read_text("utf-8")
    assert json.loads(text)["metadata"] == METADATA
    assert not re.search(r"/(home|root|tmp|work|Users)/", text)


@every_notebook
def test_it_is_small_and_its_cells_are_too(path):
    assert path.stat().st_size <= 500_000
    assert all(len(cell["source"]) <= 12 for cell in cells(path, "code"))
    ids = [cell["id"] for cell in cells(path)]
    assert len(ids) == len(set(ids))


@every_notebook
def test_executing_it_again_changes_no_byte_and_writes_no_file(path):
    """So it runs in a folder that cannot be written to."""
    files = sorted(FOLDER.rglob("*"))
    again, saved = execute(path), path.read_text("utf-8")
    assert sorted(FOLDER.rglob("*")) == files
    if path.stem[:2] in ("08", "09"):  # their pictures show what torch computes, which may differ between machines
        again, saved = (re.sub(r"data:image/png;base64,[\w+/=]+", "", text) for text in (again, saved))
    assert again == saved


def bound_names(source):
    """The names that a cell gives a value, outside of the bodies of its functions and classes."""
    todo, names = [ast.parse(source)], set()
    while todo:
        node = todo.pop()
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        if isinstance(node, ast.alias):
            names.add((node.asname or node.name).partition(".")[0])
        todo += ast.iter_child_nodes(node)
    return names


def test_the_names_that_a_cell_binds_are_found():
    source = "import a.b\nfrom c import d as e\nf = g = 1\nfor h, i in []: j = 2\ndef k():\n    hidden = 3\nwith l as m: n[0] = 4"
    assert bound_names(source) == set("aefghijkm")


@every_notebook
def test_no_cell_rebinds_a_name_that_an_exercise_asks_for(path):
    """A check that is run again must still find the learner's own answer."""
    bound = [(cell, bound_names("".join(cell["source"]))) for cell in cells(path, "code")]
    asked = [(cell, names) for cell, names in bound if "exercise" in cell["metadata"]]
    assert asked and all(names for _, names in asked)
    for exercise, names in asked:
        for other, rebound in bound:
            assert other is exercise or not names & rebound, (names & rebound, other["id"])


@every_notebook
def test_its_links_lead_somewhere(path):
    for cell in cells(path, "markdown"):
        for target in re.findall(r"\]\(([^)#]+)\)", "".join(cell["source"])):
            assert target.startswith("https://") or (FOLDER / target).exists(), target


def test_every_animation_carries_its_storyboard():
    bundles = [output.get("data", {}) for path in PATHS for output in outputs(path)]
    players = [data for data in bundles if "data-lecture-player" in "".join(data.get("text/html", ""))]
    assert len(players) >= 10
    for data in players:
        lines = "".join(data["text/plain"]).splitlines()
        assert lines[-1].split(".")[0] == str(sum(line.split(".")[0].isdigit() for line in lines))


@every_notebook
def test_its_text_makes_no_empty_promise(path):
    text = "\n".join("".join(cell["source"]) for cell in cells(path))
    assert not re.search(r"TODO|FIXME|coming soon|to be written", text, re.IGNORECASE)


def test_no_cell_of_the_course_is_left_out_of_the_comparison_of_outputs():
    assert not [tag for path in PATHS for cell in cells(path, "code") for tag in cell["metadata"].get("tags", [])]


def test_the_readme_lists_every_notebook_and_shows_the_animation_that_the_code_draws():
    readme = (FOLDER.parent / "README.md").read_text("utf-8")
    listed = re.findall(r"^\| \[(.+)\]\(notebooks/(.+)\) \| (.+) \| (\d+) \|$", readme, re.MULTILINE)
    assert [name for _, name, _, _ in listed] == [path.name for path in PATHS]
    start = "\n".join("".join(cell["source"]) for cell in cells(PATHS[0]))
    for path, (title, name, question, minutes) in zip(PATHS, listed):
        assert f"({name}) | {question} | {minutes} |" in start or f"| {title} | {question} | {minutes} |" in start
        assert "".join(cells(path)[0]["source"]).partition("\n\n")[2].startswith(f"{minutes} minutes")
    assert (FOLDER / "images" / "summed_kernels.svg").read_text("utf-8") == draw(
        animate_summed_kernels([2, 3, 0, -1], [1, 2, -1]).scene
    )
