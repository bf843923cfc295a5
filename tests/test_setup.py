"""The files that install and run the course agree with each other."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
CONDA_NAMES = {"torch": "pytorch-cpu", "matplotlib": "matplotlib-base"}
FILES = {
    "environment.yml",
    "README.md",
    "pyproject.toml",
    "constraints.txt",
    "Makefile",
    "LICENSE",
    "TEACHING.md",
    "CONTRIBUTING.md",
}
TOP_LEVEL = FILES | {"notebooks", "lecture_helpers", "tests", "tools", ".gitignore", ".gitattributes", ".ci", ".github"}
IDENTITY = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
needs_git = pytest.mark.skipif(not (ROOT / ".git").exists() or shutil.which("git") is None, reason="needs a git checkout")


def requirements(lines):
    """Canonical name → range."""
    return {canonicalize_name(each.name): each.specifier for each in map(Requirement, lines)}


COURSE = requirements(PROJECT["dependencies"])
EVERYTHING = COURSE | requirements(line for extra in EXTRAS.values() for line in extra)


def pins():
    lines = (line.partition("#")[0].strip() for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines())
    return requirements(line for line in lines if line)


def in_a_terminal(*command):
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return done.stdout


def test_conda_installs_the_ranges_of_pyproject():
    entries = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    python, *others = [entry for entry in entries if isinstance(entry, str) and entry != "pip"]
    assert python.removeprefix("python=") in SpecifierSet(PROJECT["requires-python"])
    conda = requirements(others)
    assert conda == {CONDA_NAMES.get(name, name): versions for name, versions in COURSE.items()}
    assert [entry for entry in entries if isinstance(entry, dict)] == [{"pip": ["-e ."]}]


@pytest.mark.parametrize("name", EVERYTHING)
def test_every_dependency_has_a_lower_and_an_upper_bound(name):
    assert sorted(bound.operator for bound in EVERYTHING[name]) == ["<", ">="]


def test_every_constraint_is_an_exact_version():
    assert pins()
    for name, versions in pins().items():
        assert [(bound.operator, "*" in bound.version) for bound in versions] == [("==", False)], name


def test_every_dependency_is_pinned_within_its_range():
    exact = {name: next(iter(versions)).version for name, versions in pins().items()}
    for name, versions in EVERYTHING.items():
        assert exact[name] in versions, name


def test_torch_is_pinned_without_a_build_so_that_any_index_can_serve_it():
    assert str(pins()["torch"]) == "==2.13.0"


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_make_prints_help_that_names_every_target():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    named = re.findall(r"^make ([a-z-]+) +\S", in_a_terminal("make", "--no-print-directory"), re.MULTILINE)
    assert {"lab", "test"} <= targets == set(phony.split()) == set(named)
    assert len(named) == len(set(named))


@needs_git
def test_nothing_else_lies_at_the_top():
    assert {name.partition("/")[0] for name in in_a_terminal("git", "ls-files").splitlines()} <= TOP_LEVEL


@needs_git
def test_a_clone_has_the_line_ends_that_shell_and_make_need_whatever_gits_settings_are(tmp_path):
    source, clone = tmp_path / "source", tmp_path / "clone"
    shutil.copytree(ROOT, source, ignore=shutil.ignore_patterns(".venv", "student-course", "build", ".git"))
    for command in (["init", "--quiet"], ["add", "--all"], [*IDENTITY, "commit", "--quiet", "--message", "as it stands here"]):
        subprocess.run(["git", *command], cwd=source, check=True)
    subprocess.run(["git", "-c", "core.autocrlf=true", "clone", "--quiet", source, clone], check=True)
    files = [path for path in clone.rglob("*") if path.is_file() and ".git" not in path.parts]
    assert {"Makefile", "run", "constraints.txt", "lecture.mplstyle", "00_start_here.ipynb"} <= {path.name for path in files}
    assert [path.name for path in files if b"\r" in path.read_bytes()] == []
    assert not in_a_terminal("git", "-c", "core.autocrlf=true", "-C", clone, "status", "--porcelain")
