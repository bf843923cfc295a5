"""What a learner reads first when something is not as it should be: each sentence is true, and names the next step."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from packaging.specifiers import SpecifierSet

from lecture_helpers import machine
from lecture_helpers.carry_over import files

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
HINT = "# Not found? Open the course by `make lab`, or choose .venv as the kernel."
IDENTITY = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem[:2])


def first_import(path):
    return next(cell.source for cell in files.read(path).cells if re.search(r"^(import|from) ", cell.source, re.MULTILINE))


@every_notebook
def test_a_kernel_without_the_course_shows_what_to_do_beside_the_line_that_failed(path):
    """The base Python, with the libraries of this environment, but without what makes the course importable there."""
    source = re.sub(r"^import (numpy|torch)\b", "import lecture_helpers", first_import(path), count=1, flags=re.MULTILINE)
    code = f"from IPython.core.interactiveshell import InteractiveShell as S; S.instance(colors='nocolor').run_cell({source!r})"
    done = subprocess.run(
        [getattr(sys, "_base_executable", sys.executable), "-c", code],
        env=os.environ | {"PYTHONPATH": sysconfig.get_path("purelib"), "PYTHONIOENCODING": "utf-8"},
        cwd=path.parent,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert "ModuleNotFoundError: No module named 'lecture_helpers'" in done.stdout
    assert re.search(rf"{re.escape(HINT)}\n----> \d+ (import|from) ", done.stdout)


@every_notebook
def test_the_sentence_stands_once_above_the_first_import(path):
    sources = [cell.source for cell in files.read(path).cells]
    assert first_import(path).startswith(f"{HINT}\n") and sum(source.count(HINT) for source in sources) == 1


@pytest.fixture
def clone(tmp_path):
    """A learner's clone of the course, as it stands here."""
    source, clone = tmp_path / "source", tmp_path / "clone"
    ignored = shutil.ignore_patterns(".venv", "student-course", "build", ".git", ".*_cache", "copies")
    shutil.copytree(ROOT, source, ignore=ignored)
    for command in (["init", "--quiet"], ["add", "--all"], [*IDENTITY, "commit", "--quiet", "--message", "as it stands here"]):
        subprocess.run(["git", *command], cwd=source, check=True)
    subprocess.run(["git", "clone", "--quiet", source, clone], check=True)
    return clone


def test_the_ways_back_that_notebook_00_names_work_as_they_stand_there(clone):
    path, answer = clone / "notebooks" / "00_start_here.ipynb", "def add_at(long, place, short):\n    return 'mine'"
    text = next(cell.source for cell in files.read(path).cells if cell.source.startswith("## If something goes wrong"))
    importing, *commands = re.findall(r"`(from [^`]+|reset[^`]+)`", text)
    assert commands == ['reset("add_at")', f'reset("{path.name}")']
    delivered = path.read_bytes()
    for command in commands:
        work = files.read(path)
        next(cell for cell in work.cells if cell.metadata.get("exercise") == "00_add_at").source = answer
        nbformat.write(work, path)
        options = dict(resources={"metadata": {"path": str(path.parent)}}, extra_arguments=["--log-level=ERROR"])
        ran = NotebookClient(new_notebook(cells=[new_code_cell(f"{importing}\n{command}")]), **options).execute()
        (returned,) = ran.cells[0].outputs
        kept = path.parent / re.search(r"'(.+)'", returned.data["text/plain"])[1]
        assert answer in [cell.source for cell in files.read(kept).cells]
        assert answer not in [cell.source for cell in files.read(path).cells]
    assert path.read_bytes() == delivered


def test_no_text_of_the_course_names_a_way_that_destroys_work():
    texts = [(ROOT / name).read_text("utf-8") for name in ("README.md", "TEACHING.md")]
    texts += [cell.source for path in NOTEBOOKS for cell in files.read(path).cells]
    assert not [text for text in texts if re.search(r"git (checkout|restore|reset|stash|clean)\b", text)]


@every_notebook
def test_a_notebook_becomes_a_python_script(path, tmp_path):
    command = [sys.executable, "-m", "nbconvert", "--log-level=ERROR", "--to", "script", "--output-dir", tmp_path, path]
    subprocess.run(command, check=True)
    assert [made.name for made in tmp_path.iterdir()] == [f"{path.stem}.py"]
    compile((tmp_path / f"{path.stem}.py").read_text("utf-8"), path.stem, "exec")


HERE = dict(version=(3, 12), system="Linux", processor="x86_64", bits=64, glibc=True, writable=True)
OBSTACLES = [
    (dict(version=(3, 10)), "needs Python 3.11 to 3.14", "make PYTHON=python3.12 lab"),
    (dict(version=(3, 15)), "is 3.15", "make PYTHON=python3.12 lab"),
    (dict(bits=32), "of 32 bits", "install one of 64 bits"),
    (dict(system="Darwin"), "no build for Intel Macs", "without installing anything"),
    (dict(system="Windows", processor="ARM64"), "no build for Windows on ARM", "without installing anything"),
    (dict(processor="riscv64"), "no build for Linux on riscv64", "without installing anything"),
    (dict(glibc=False), "such as Alpine", "without installing anything"),
    (dict(writable=False), "cannot be written", "copy or clone the course"),
]


@pytest.mark.parametrize("change, named, remedy", OBSTACLES, ids=[named for _, named, _ in OBSTACLES])
def test_what_stands_in_the_way_of_an_installation_is_said_with_the_next_step(change, named, remedy):
    sentence = machine.obstacle(**HERE | change)
    assert named in sentence and remedy in sentence and sentence.endswith(".") and "\n" not in sentence


def test_where_pytorch_has_builds_nothing_stands_in_the_way():
    supported = [("Linux", "x86_64", True), ("Linux", "aarch64", True), ("Darwin", "arm64", False), ("Windows", "AMD64", False)]
    for system, processor, glibc in supported:
        assert machine.obstacle(**HERE | dict(system=system, processor=processor, glibc=glibc)) is None
    readme = (ROOT / "README.md").read_text("utf-8")
    assert all(name in readme for name in ("Intel Macs", "Windows on ARM", "Alpine", "## Without installing anything"))


def test_the_pythons_that_are_let_in_are_those_of_pyproject():
    admitted = SpecifierSet(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"])
    assert {minor for minor in range(6, 30) if f"3.{minor}" in admitted} == {
        minor for minor in range(6, 30) if machine.OLDEST <= (3, minor) <= machine.NEWEST
    }


needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="needs make")


@needs_make
def test_make_says_so_before_it_installs_anything(clone, tmp_path):
    code = "import platform, runpy; platform.machine = lambda: 'riscv64'; runpy.run_path('{}', run_name='__main__')"
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{code.format("$1")}"\n')
    python.chmod(0o755)
    done = subprocess.run(
        ["make", "--no-print-directory", f"PYTHON={python}", "lab"], cwd=clone, capture_output=True, encoding="utf-8"
    )
    assert done.returncode and done.stderr.startswith("PyTorch has no build for Linux on riscv64.")
    assert not (clone / ".venv").exists() and not done.stdout


@needs_make
def test_make_lab_says_so_if_the_home_cannot_be_written(clone, tmp_path):
    (tmp_path / "home").write_text("no folder")
    (clone / ".venv" / "bin").mkdir(parents=True)
    for name in ("bin/python", "course"):
        (clone / ".venv" / name).touch()
    environment = os.environ | {"HOME": str(tmp_path / "home")}
    done = subprocess.run(
        ["make", "--no-print-directory", "lab"], cwd=clone, env=environment, capture_output=True, encoding="utf-8"
    )
    assert done.returncode and done.stdout.startswith("Jupyter keeps its files in your home")
    assert "make HOME=/tmp/home lab" in done.stdout


@needs_make
def test_every_user_of_a_shared_folder_trusts_the_notebooks(clone, tmp_path):
    """Of a folder that others have started JupyterLab in before; each has a home of their own."""
    (clone / ".venv").mkdir()
    (clone / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    (clone / ".venv" / "course").touch()
    for user in ("first", "second"):
        home = tmp_path / user
        home.mkdir()
        command = ["make", "lab", "LAB_ARGS=--version"]
        subprocess.run(command, cwd=clone, env=os.environ | {"HOME": str(home)}, stdout=subprocess.PIPE, check=True)
        signatures = sqlite3.connect(home / ".local" / "share" / "jupyter" / "nbsignatures.db")
        (count,) = signatures.execute("select count(*) from nbsignatures").fetchone()
        assert count == len(NOTEBOOKS)
    assert {path.name for path in (clone / ".venv").iterdir()} == {"bin", "course"}


@pytest.mark.parametrize("optimised", ["-O", "-OO"])
def test_an_optimised_python_imports_draws_and_judges_as_any_other(optimised):
    code = """
from lecture_helpers import animate_sliding_kernel, explore_layer, plot_signals
from lecture_helpers.exercises import convolution_sum as exercises
explore_layer([1, 2, 3], [1, 2]), plot_signals(x=[1, 2])._repr_mimebundle_(), animate_sliding_kernel([1, 2, 3], [1, 2]).text()
def slide(x, kernel):
    "A docstring alone is no answer."
print(exercises.slide.check(slide).status)
def slide(x, kernel):
    return [0]
print(exercises.slide.check(slide).status)
"""
    done = subprocess.run([sys.executable, optimised, "-c", code], capture_output=True, encoding="utf-8")
    assert done.stdout.split("\n")[:2] == ["not attempted", "diagnosed"] and not done.stderr


def test_notebook_09_trains_on_one_thread_whatever_the_machine_offers():
    """On two cores that other programs keep busy, it takes 33 s instead of 240 s."""
    notebook = files.read(next(path for path in NOTEBOOKS if path.stem.startswith("09")))
    source = next(cell.source for cell in notebook.cells if "import torch\n" in cell.source)
    environment = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    command = [sys.executable, "-c", f"{source}\nprint(torch.get_num_threads())"]
    assert subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True).stdout.split()[-1:] == [b"1"]
