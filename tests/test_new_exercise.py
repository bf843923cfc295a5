"""The guide for adding an exercise, followed to the letter in a copy of the course."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from uuid import UUID

import nbformat
import numpy as np
import pytest

import new_exercise
from exercise_cases import EXERCISES, NOTEBOOKS
from lecture_helpers.checks import solutions
from lecture_helpers.exercises.families import exercise

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
GUIDE = GUIDE.partition("## How to add an exercise in ten minutes")[2].partition("\n## ")[0]
(TABLE,) = (dedent(block) for block in re.findall(r"^ *```python\n(.*?)^ *```", GUIDE, re.MULTILINE | re.DOTALL))
NAME = "01_convolution_sum"


def test_the_worked_example_judges_as_its_text_promises():
    namespace = dict(np=np, exercise=exercise)
    exec(TABLE, namespace)
    example = namespace["every_other"]
    assert example.check(example.truth).status == "correct" and example.id == "01_every_other"
    for misconception in example.own:
        assert example.check(misconception.model).misconception == misconception.name
        assert misconception.advice.count("?") == 1 and misconception.advice in TABLE
    assert len(example.own) >= 3 and len(example.hints) >= 2
    assert example.check(lambda x: x[::2].astype(int)).misconception == "cut to whole numbers"


@pytest.fixture
def copy(tmp_path):
    """The course as it stands here, with the notebook of the example alone."""
    for folder in ("lecture_helpers", "tests", "tools"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("README.md", "TEACHING.md", "pyproject.toml", *(f"notebooks/{path.name}" for path in NOTEBOOKS)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def run(folder, *command):
    """Run Python in a copy, which finds its own package first."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    return done.stdout


def append(path, text):
    path.write_text(path.read_text("utf-8") + text, encoding="utf-8")


def test_who_follows_the_guide_has_a_new_exercise_and_passing_tests(copy):
    append(copy / f"lecture_helpers/exercises/{NAME[3:]}.py", f"\n{TABLE}")
    marker = re.search(r"after a line `(# %% 01_every_other)`", GUIDE)[1]
    append(copy / f"lecture_helpers/exercises/solutions/{NAME[3:]}.py", f"\n\n{marker}\ndef every_other(x):\n    return x[::2]\n")
    (command,) = re.findall(r"`\.venv/bin/python (tools/new_exercise\.py 01_every_other)`", GUIDE)
    said = run(copy, *command.split())
    assert "Put the task into words" in said and "Add `every_other` to a row of notebook 01" in said and "solution" not in said

    teaching = copy / "TEACHING.md"
    teaching.write_text(
        teaching.read_text("utf-8").replace("`renamed`, `readers` |", "`renamed`, `readers`, `every_other` |"), "utf-8"
    )
    path = copy / "notebooks" / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    place = next(k for k, cell in enumerate(notebook.cells) if cell.metadata.get("exercise") == "01_every_other")
    for cell in notebook.cells[place - 1 : place + 2]:  # as if the author had made them anew in JupyterLab
        cell.id = UUID(bytes=os.urandom(16)).hex[:8]
    nbformat.write(notebook, path)
    run(copy, "tools/reexecute.py", f"notebooks/{NAME}.ipynb")
    tests = ("tests/test_exercises.py", "tests/test_mutants.py", "tests/test_teaching.py")
    chosen = f"every_other or ({NAME} and not browser) or different or outcome"
    passed = re.search(r"(\d+) passed", run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests, "-k", chosen))
    assert int(passed[1]) > 20


def test_the_command_makes_the_cells_that_the_course_has():
    """The cells of every exercise of the course are what the command would write, but for the words and the stub."""
    for each in EXERCISES:
        (path,) = [path for path in NOTEBOOKS if path.stem[:2] == each.id[:2]]
        notebook = nbformat.read(path, as_version=4)
        place = next(k for k, cell in enumerate(notebook.cells) if cell.metadata.get("exercise") == each.id)
        repair = "NotImplementedError" in notebook.cells[place].source
        task, stub, check = new_exercise.cells(each, "cell-00", repair)
        assert stub.metadata == notebook.cells[place].metadata and stub.id == notebook.cells[place].id
        assert {**check, "outputs": [], "execution_count": None} == {
            **notebook.cells[place + 1], "outputs": [], "execution_count": None
        }  # fmt: skip
        assert stub.source.partition("\n")[0] == notebook.cells[place].source.partition("\n")[0]
        assert task.source.startswith("### Exercise: ") and ("NotImplementedError" in stub.source) == repair


def test_what_is_not_there_or_is_there_already_is_refused_in_one_sentence(capsys):
    for name, words in (
        ("01_slide", "01_convolution_sum.ipynb has the cells of 01_slide already."),
        ("01_nothing", "convolution_sum.py has no exercise with the id 01_nothing; write its table first."),
        ("slide", "'slide' is no id of an exercise"),
        ("99_slide", "'99_slide' is no id of an exercise"),
    ):
        assert new_exercise.main([name]) == 1
        assert words in capsys.readouterr().err


def test_code_to_repair_begins_as_the_solution(monkeypatch):
    (slide,) = [each for each in EXERCISES if each.id == "01_slide"]
    stub = new_exercise.cells(slide, "cell-00", repair=True)[1].source
    assert 'raise NotImplementedError("delete this line, run, then repair")' in stub
    assert stub.endswith(solutions()["01_slide"].partition("\n")[2])
    monkeypatch.setattr(new_exercise, "solutions", dict)
    with pytest.raises(ValueError, match="Write the solution of 01_slide first"):
        new_exercise.cells(slide, "cell-00", repair=True)
