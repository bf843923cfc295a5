"""The README's worked example of an exercise is one that works."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import numpy as np
import pytest

from lecture_helpers.checks import Exercise, Misconception

TEXT = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


def test_the_worked_example_judges_as_its_text_promises():
    (block,) = re.findall(r"^ *```python\n(.*?)^ *```", TEXT, re.MULTILINE | re.DOTALL)
    namespace = dict(np=np, Exercise=Exercise, Misconception=Misconception)
    exec(dedent(block), namespace)
    example = namespace["every_other"]
    assert example.check(example.truth).status == "correct"
    for misconception in example.misconceptions:
        assert example.check(misconception.model).misconception == misconception.name
        assert misconception.advice.count("?") == 1
    assert len(example.misconceptions) >= 3 and len(example.hints) >= 2 and example.id == "01_every_other"


def test_every_command_of_the_readme_exists():
    makefile = (Path(__file__).parents[1] / "Makefile").read_text("utf-8")
    commands = set(re.findall(r"`?make ([a-z-]+)", TEXT))
    assert commands >= {"lab", "test", "update", "bench"}
    assert all(re.search(rf"^{name}:", makefile, re.MULTILINE) for name in commands)


def run(course, *command):
    """Run a command of the recipe in a copy of the course, with the packages of that copy."""
    environment = os.environ | {"PYTHONPATH": str(course)}
    return subprocess.run([sys.executable, *command], cwd=course, env=environment, capture_output=True, encoding="utf-8")


@pytest.fixture
def course(tmp_path):
    ignored = shutil.ignore_patterns(".venv", "student-course", "build", ".git", ".*_cache", "copies", "*.egg-info")
    return Path(shutil.copytree(Path(__file__).parents[1], tmp_path / "course", ignore=ignored))


def test_the_recipe_followed_to_the_letter_gives_an_exercise_that_passes_the_tests(course):
    (table,) = re.findall(r"^ *```python\n(.*?)^ *```", TEXT, re.MULTILINE | re.DOTALL)
    (command,) = re.findall(r"`\.venv/bin/python (tools/new_exercise\.py \w+)`", TEXT)
    module = course / "lecture_helpers" / "exercises" / "convolution_sum.py"
    solutions = module.parent / "solutions" / module.name
    head, summary, tail = module.read_text("utf-8").partition("\ndef summary(")
    module.write_text(head + dedent(table) + "\n" + summary + tail, encoding="utf-8")
    solution = "\n\n# %% 01_every_other\ndef every_other(x):\n    return x[::2]\n"
    solutions.write_text(solutions.read_text("utf-8") + solution, encoding="utf-8")
    assert "TEACHING.md" in run(course, *command.split()).stdout
    assert "has the exercise 01_every_other already" in run(course, *command.split()).stderr
    teaching = course / "TEACHING.md"
    teaching.write_text(
        teaching.read_text("utf-8").replace("`slide`, `readers` |", "`slide`, `readers`, `every_other` |", 1), "utf-8"
    )
    run(course, "tools/reexecute.py", "notebooks/01_convolution_sum.ipynb").check_returncode()
    chosen = "every_other or outcome or each_exercise or executed_in_order or no_output_is"
    tests = [f"tests/test_{name}.py" for name in ("exercises", "teaching", "notebooks")]
    done = run(course, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", chosen, *tests)
    assert done.returncode == 0, done.stdout
    assert int(re.search(r"(\d+) passed", done.stdout)[1]) > 30


@pytest.mark.parametrize("name, said", [("every_other", "the number of a notebook"), ("01_every_other", "write its table first")])
def test_an_exercise_without_a_table_is_refused(course, name, said):
    done = run(course, "tools/new_exercise.py", name)
    assert done.returncode == 1 and said in done.stderr and "Traceback" not in done.stderr
