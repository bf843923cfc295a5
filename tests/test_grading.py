"""A class graded with nbgrader: a full, a half-right and an untouched submission get their points."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from exercise_cases import SOLUTIONS

ROOT = Path(__file__).parents[1]
CONFIG = (ROOT / "TEACHING.md").read_text("utf-8").partition("```python\n")[2].partition("```")[0]
NOTEBOOK = "01_convolution_sum"
HALF = ["01_layer_row", "01_output_count", "01_slide"]


def nbgrader(course, *arguments):
    """Run a command of nbgrader in the course's folder, with the environment's programs on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=course, env=os.environ | {"PATH": path}, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr[-3000:]


def submit(course, student, answers):
    """Hand in the released notebook with these exercises answered."""
    notebook = nbformat.read(course / "release" / "week1" / f"{NOTEBOOK}.ipynb", as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("exercise")
        if name in answers:
            cell.source = answers[name]
    folder = course / "submitted" / student / "week1"
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{NOTEBOOK}.ipynb")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course folder in which three students' work was graded, as TEACHING.md describes it."""
    course = tmp_path_factory.mktemp("course")
    (course / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    (course / "source" / "week1").mkdir(parents=True)
    shutil.copy(ROOT / "notebooks" / f"{NOTEBOOK}.ipynb", course / "source" / "week1")
    nbgrader(course, "generate_assignment", "week1")
    submit(course, "full", SOLUTIONS)
    submit(course, "half", {name: SOLUTIONS[name] for name in HALF} | {"01_readers": "def readers(u, W, w):\n    return [u]"})
    submit(course, "untouched", {})
    nbgrader(course, "autograde", "week1")
    nbgrader(course, "generate_feedback", "week1")
    return course


def points(course):
    """Points by student and check cell."""
    with sqlite3.connect(course / "gradebook.db") as book:
        rows = book.execute(
            "select submitted_assignment.student_id, base_cell.name, grade.auto_score from grade"
            " join base_cell on base_cell.id = grade.cell_id join submitted_notebook on submitted_notebook.id = grade.notebook_id"
            " join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id"
        ).fetchall()
    return {student: {cell: score for name, cell, score in rows if name == student} for student, _, _ in rows}


def test_the_release_is_the_notebook_with_its_stubs(course):
    source, release = (
        [cell.source for cell in nbformat.read(course / folder / "week1" / f"{NOTEBOOK}.ipynb", as_version=4).cells]
        for folder in ("source", "release")
    )
    assert source == release


def test_every_student_gets_the_points_of_the_right_answers(course):
    graded = points(course)
    checks = [f"{name}_check" for name in SOLUTIONS if name.startswith("01")]
    assert graded["full"] == dict.fromkeys(checks, 2)
    assert graded["half"] == {name: 2 * (name.removesuffix("_check") in HALF) for name in checks}
    assert graded["untouched"] == dict.fromkeys(checks, 0)


def test_the_feedback_names_the_misconception(course):
    page = (course / "feedback" / "half" / "week1" / f"{NOTEBOOK}.html").read_text("utf-8")
    assert "One output only. How often does the cell u = 2 occur" in page
    assert "Not attempted yet" in (course / "feedback" / "untouched" / "week1" / f"{NOTEBOOK}.html").read_text("utf-8")
