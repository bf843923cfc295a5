"""The shape of the package: who may import whom, what an import loads, what is public, and how long a function may be."""

import ast
import graphlib
import rlcompleter
import sys
from pathlib import Path

import pytest

import lecture_helpers
from fresh import output_of

PACKAGE = Path(lecture_helpers.__file__).parent
MAY_IMPORT = {
    "palette": "",
    "arrays": "numpy",
    "words": "numpy",
    "geometry": "arrays",
    "operators": "arrays geometry",
    "layers": "arrays geometry operators",
    "scenes": "arrays geometry operators palette words",
    "svg": "scenes palette",
    "player": "",
    "animations": "scenes svg player",
    "explorers": "arrays geometry palette scenes svg player words ipywidgets anywidget traitlets",
    "plots": "arrays geometry operators palette words matplotlib IPython",
    "images": "numpy",
    "checks": "scenes svg words",
    "exercises": "operators layers geometry checks",
    "carry_over": "nbformat",
    "machine": "",  # runs before anything is installed
}
OPERATORS = {
    "cross_correlate", "convolve", "conv_transpose", "input_gradient", "kernel_gradient", "matrix_of", "coverage",
    "conv_output_size", "conv_transpose_output_size", "conv_layer", "conv_transpose_layer",
}  # fmt: skip
PUBLIC = ("animate_", "explore_", "plot_")
SOURCES = {path.relative_to(PACKAGE).with_suffix("").parts: path for path in sorted(PACKAGE.rglob("*.py"))}
TREES = {parts: ast.parse(path.read_text("utf-8")) for parts, path in SOURCES.items()}
FACE = ast.parse((PACKAGE / "__init__.pyi").read_text("utf-8"))
HOMES = {  # public name → the module that the package takes it from
    (alias.name,): (node.module,) for node in FACE.body if isinstance(node, ast.ImportFrom) for alias in node.names
}
SOLUTIONS = {parts for parts in TREES if parts[:2] == ("exercises", "solutions")}  # cells of notebooks, kept as text
MODULES = {parts: tree for parts, tree in TREES.items() if parts != ("__init__",) and parts not in SOLUTIONS}
EVERY = pytest.mark.parametrize("parts", MODULES, ids="/".join)


def resolved(name):
    """A name of the package as the parts of the file that holds it; a name from elsewhere as that package's name."""
    if name[0] != "lecture_helpers":
        return name[:1]
    parts = HOMES.get(name[1:], name[1:])
    while parts and parts not in TREES and (*parts, "__init__") not in TREES:
        parts = parts[:-1]
    return parts if parts in TREES else (*parts, "__init__")


def imported(parts):
    """What a module imports, wherever in its code: files of the package and third-party packages."""
    here, names = ("lecture_helpers", *parts), []
    for node in ast.walk(TREES[parts]):
        if isinstance(node, ast.Import):
            names += [tuple(alias.name.split(".")) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = (*(here[: len(here) - node.level] if node.level else ()), *(node.module or "").split("."))
            names += [(*filter(None, base), alias.name) for alias in node.names]
    return {resolved(name) for name in names} - {(name,) for name in sys.stdlib_module_names}


def rows(parts):
    """What a module imports, as entries of the table: its own are not among them."""
    return {name[0] for name in imported(parts)} - {parts[0]}


def allowed(module):
    """The entries of a module's row; who may import numpy, or a module that may, may import numpy."""
    row = set(MAY_IMPORT[module].split())
    return row | ({"numpy"} if any("numpy" in allowed(name) for name in row & MAY_IMPORT.keys()) else set())


@EVERY
def test_a_module_imports_only_what_its_row_of_the_table_allows(parts):
    assert parts[0] in MAY_IMPORT
    assert rows(parts) <= allowed(parts[0])


def test_nothing_imports_the_solutions_so_that_a_release_can_leave_them_out():
    assert SOLUTIONS and not any(imported(parts) & SOLUTIONS for parts in MODULES)


def test_the_package_itself_imports_nothing_at_once():
    assert rows(("__init__",)) == {"lazy_loader"}


def test_no_modules_import_each_other_in_a_circle():
    graphlib.TopologicalSorter({parts: imported(parts) & MODULES.keys() for parts in MODULES}).prepare()


def test_the_table_itself_has_no_circle():
    graphlib.TopologicalSorter({module: set(row.split()) & MAY_IMPORT.keys() for module, row in MAY_IMPORT.items()}).prepare()


def test_a_player_and_a_check_load_neither_torch_nor_matplotlib_nor_widgets():
    code = """
import sys
from lecture_helpers import animate_sliding_kernel
from lecture_helpers.exercises import convolution_sum
animate_sliding_kernel([1, 2, 3], [1, 2])._repr_mimebundle_()
convolution_sum.slide.check(lambda x, kernel: x)
print(*({'torch', 'matplotlib', 'ipywidgets', 'anywidget', 'traitlets'} & set(sys.modules)))
"""
    assert output_of(code).split() == []


def test_import_star_tab_and_completion_know_every_public_name():
    names = {name for (name,) in HOMES}
    star = output_of("from lecture_helpers import *; print(*[name for name in dir() if name[0] != '_'])").split()
    assert set(star) == names == set(lecture_helpers.__all__) == set(dir(lecture_helpers))
    found = rlcompleter.Completer({"lecture_helpers": lecture_helpers}).attr_matches("lecture_helpers.animate_")
    assert {f"lecture_helpers.{name}(" for name in names if name.startswith("animate_")} <= {f.rstrip(")") for f in found}


def public():
    """The functions of the modules that the contract makes public, and the class that the animations return."""
    names = [node.name for tree in MODULES.values() for node in tree.body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    return [name for name in names if name in OPERATORS or name in ("Animation", "compare") or name.startswith(PUBLIC)]


@pytest.mark.parametrize("name", public())
def test_a_public_name_comes_from_the_package_and_has_an_example(name):
    assert ">>> " in getattr(lecture_helpers, name).__doc__


def test_every_operator_and_layer_is_public():
    assert set(public()) >= OPERATORS


@EVERY
def test_no_function_is_longer_than_25_lines_without_its_docstring(parts):
    for node in ast.walk(TREES[parts]):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            has_docstring = ast.get_docstring(node) is not None
            docstring = node.body[0].end_lineno - node.body[0].lineno + 1 if has_docstring else 0
            length = node.end_lineno - node.lineno + 1 - docstring
            assert length <= 25, f"{node.name} has {length} lines"
