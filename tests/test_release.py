"""A teacher's release, and what its students do with it: clone, work, update."""

import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[1]
NAME = "notebooks/01_convolution_sum.ipynb"
IDENTITY = ("-c", "user.name=Test", "-c", "user.email=test@example.org")


def run(folder, *command):
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, encoding="utf-8").stdout


def release(course):
    return run(course, "make", "--silent", f"PYTHON={sys.executable}", "release")


@pytest.fixture
def course(tmp_path):
    """A teacher's copy of the course, as it stands here, with its first release."""
    course = tmp_path / "course"
    run(tmp_path, "git", "clone", "--quiet", str(ROOT), str(course))
    for name in ("Makefile", "README.md", "tools/release.py"):
        (course / name).write_bytes((ROOT / name).read_bytes())
    run(course, "git", *IDENTITY, "commit", "--quiet", "--all", "--allow-empty", "--message", "as it stands here")
    release(course)
    return course


def test_a_release_holds_the_course_without_solutions_and_without_a_word_of_what_it_lacks(course):
    released = course / "student-course"
    assert (released / NAME).exists() and (released / "lecture_helpers" / "checks").is_dir()
    assert not list(released.rglob("solutions")) and not list(released.rglob("test_*"))
    history = run(released, "git", "log", "--name-only", "--format=")
    assert "solutions" not in history and "TEACHING" not in history
    readme = (released / "README.md").read_text("utf-8")
    assert "TEACHING" not in readme and "make test" not in readme and "## Credits and licence" in readme
    listed = run(released, "make", "help")
    assert re.findall(r"^make (\S+)", listed, re.MULTILINE) == ["help", "lab", "update"]
    offered = set(re.findall(r"`make ([a-z-]+)|^    make ([a-z-]+)", readme, re.MULTILINE))
    assert {one or other for one, other in offered} == {"lab", "update"}
    assert all((released / link).exists() for link in re.findall(r"\]\((?!http)([^) ]+)\)", readme))


def test_a_second_release_reaches_a_student_and_keeps_the_work(course, tmp_path):
    student = tmp_path / "student"
    run(tmp_path, "git", "clone", "--quiet", str(course / "student-course"), str(student))
    work = nbformat.read(student / NAME, as_version=4)
    (cell,) = [each for each in work.cells if each.metadata.get("exercise") == "01_slide"]
    cell.source = "def slide(x, kernel):\n    return x  # mine\n"
    nbformat.write(work, student / NAME)
    assert "holds this version already" in release(course)

    newer = nbformat.read(course / NAME, as_version=4)
    newer.cells[0].source += "\n\nA newer sentence."
    nbformat.write(newer, course / NAME)
    run(course, "git", *IDENTITY, "commit", "--quiet", "--all", "--message", "newer")
    assert "publish it" in release(course)
    run(student, sys.executable, "-m", "lecture_helpers.carry_over", "--update")
    sources = [each.source for each in nbformat.read(student / NAME, as_version=4).cells]
    assert sources[0].endswith("A newer sentence.") and cell.source in sources


def test_what_is_not_committed_is_named_as_missing_from_the_release(course):
    (course / NAME).write_text((course / NAME).read_text("utf-8").replace("The convolution sum", "A better title"), "utf-8")
    said = release(course)
    assert f"Not in it, because not committed: {NAME}." in said and "holds this version already" in said


def test_a_folder_that_is_no_release_is_left_alone(course, tmp_path):
    folder = tmp_path / "precious"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")
    refused = subprocess.run([sys.executable, "tools/release.py", folder], cwd=course, capture_output=True, encoding="utf-8")
    assert refused.returncode == 1 and "is no release" in refused.stderr and (folder / "thesis.txt").exists()
