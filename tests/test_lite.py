"""JupyterLite: what becomes of a notebook that opens in a browser, that the rest of its code runs there, and what is built."""

import contextlib
import doctest
import importlib.util
import json
import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import requires

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import lite
import needs_torch
from lab import until
from lite_notebook import ADVICE, EXERCISE, FETCH, LACKING, MOST, SOME, in_browser
from test_setup import PROJECT, ROOT
from ways import PYTORCH

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PYODIDE = json.loads((ROOT / "tests" / "pyodide" / "package.json").read_text("utf-8"))["dependencies"]["pyodide"]
IN_PYODIDE = {"ipython", "lazy-loader", "matplotlib", "numpy", "packaging", "traitlets", "typing-extensions"}
WITH_KERNEL = {"widgetsnbextension"}  # an empty one: what it would install belongs to the site
BROWSER = {"sys_platform": "emscripten", "platform_system": "Emscripten", "python_version": "3.12", "extra": ""}
TIME = "host => host.shadowRoot.querySelector('svg').style.getPropertyValue('--t')"
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def as_saved(path, folder):
    """A notebook as JupyterLite serves it."""
    lite.write_notebooks(folder / "contents", [path])
    return json.loads((folder / "contents" / path.name).read_text("utf-8"))


def cells_of(name):
    (path,) = (path for path in NOTEBOOKS if path.stem.startswith(name))
    return {cell.id: cell for cell in in_browser(nbformat.read(path, 4)).cells}


def code_of(notebook):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def test_the_doctests_of_the_tools():
    assert doctest.testmod(needs_torch) == (0, 2)


def test_a_name_is_lost_only_until_it_is_bound_anew():
    cells = ["from torch import nn as net", "def f(): return net.Linear", "f", "f = [f for f in (1, 2)]", "f", "g = net", "g"]
    assert needs_torch.needing(cells) == [True, True, True, False, False, True, True]
    assert needs_torch.needing(["import torch\nimport math", "math.pi", "x.torch", "torches = 1"]) == [True, False, False, False]


@every_notebook
def test_outputs_are_strings_and_trusted_and_the_notebook_is_valid(path, tmp_path):
    """Else JupyterLite shows commas between their lines, and players without buttons until they are run."""
    notebook = as_saved(path, tmp_path)
    nbformat.validate(nbformat.from_dict(notebook))
    assert code_of(notebook) and all(cell["metadata"]["trusted"] for cell in code_of(notebook))
    outputs = [output for cell in code_of(notebook) for output in cell["outputs"]]
    texts = [text for output in outputs for text in [*output.get("data", {}).values(), output.get("text", "")]]
    assert texts and all(isinstance(text, str) for text in texts)
    assert len({cell["id"] for cell in notebook["cells"]}) == len(notebook["cells"])


@every_notebook
def test_the_outputs_that_stay_are_the_committed_ones(path):
    before = nbformat.read(path, 4)
    stays = {cell.id: cell.outputs for cell in in_browser(before).cells if cell.cell_type == "code" and cell.outputs}
    assert stays and stays.items() <= {cell.id: cell.outputs for cell in before.cells if cell.cell_type == "code"}.items()


@every_notebook
def test_what_is_left_runs_without_pytorch(path):
    """Nor with the libraries that the browser has not got, or not yet fetched."""
    notebook = in_browser(nbformat.read(path, 4))
    (fetch,) = (cell for cell in notebook.cells if cell.id == "browser-fetch")
    missing = {"torch", "jupyterlab", "nbformat"} | ({"matplotlib"} - set(fetch.source.split()))
    fetch.source = "pass"
    hide = "import sys\n" + "\n".join(f"sys.modules[{name!r}] = None" for name in sorted(missing))
    notebook.cells.insert(0, new_code_cell(hide))
    notebook.metadata.kernelspec = {"display_name": "Python 3", "language": "python", "name": "python3"}
    NotebookClient(notebook, timeout=300, extra_arguments=["--log-level=ERROR"]).execute()


def test_a_cell_that_needs_pytorch_keeps_its_code_and_its_result():
    cell = cells_of("00")["cell-21"]
    assert cell.cell_type == "markdown"
    assert cell.source.startswith(f"{LACKING}; this is its saved result.\n\n```python\nimport torch\n")
    assert cell.source.endswith("```text\ntensor([[[ 2.,  7.,  4., -4., -2.,  1.]]])\n```")
    pictures = [cell for cell in cells_of("09").values() if cell.source.startswith(LACKING) and "```\n\n<img " in cell.source]
    assert len(pictures) > 5 and all(cell.cell_type == "markdown" for cell in pictures)


def test_its_other_imports_stay_code_with_the_advice_that_belongs_to_them():
    first = "# Not found? Open it elsewhere.\nimport torch\nimport math\n\nguess = ...\ncompare(guess, torch.pi)"
    cells = in_browser(new_notebook(cells=[new_markdown_cell("# A title"), new_code_cell(first, id="a")])).cells[3:]
    assert [(cell.id, cell.cell_type) for cell in cells] == [("a-imports", "code"), ("a", "markdown")]
    assert re.fullmatch(r"# Not found\? Run the first cell of code: .*\nimport math", cells[0].source)
    assert cells[1].source.startswith(f"{LACKING}: write your guess on paper, then go on.\n\n```python\nimport torch\n")


def test_an_exercise_that_needs_pytorch_says_where_to_do_it():
    cells = cells_of("08")
    assert cells["08_matching_shape"].source.startswith(f"{EXERCISE}\n\n```python\ndef matching_shape(n):")
    assert "08_matching_shape_check" not in cells and "08_even_coverage_check" in cells


@every_notebook
def test_the_second_cell_says_where_work_is_kept_and_what_is_missing(path):
    title, note, fetch = in_browser(nbformat.read(path, 4)).cells[:3]
    assert title.source.startswith("# ") and "kept in this browser" in note.source and "*Download*" in note.source
    changed = any(LACKING in cell.source or EXERCISE in cell.source for cell in in_browser(nbformat.read(path, 4)).cells[2:])
    expected = MOST if path.stem in PYTORCH else SOME if changed else ""
    assert [words for words in (SOME, MOST) if words in note.source] == ([expected] if expected else [])
    assert fetch.source.startswith(FETCH)


def test_no_advice_is_left_that_is_wrong_in_a_browser():
    text = "\n".join(cell.source for path in NOTEBOOKS for cell in nbformat.read(path, 4).cells)
    assert all(re.search(wrong, text, re.MULTILINE) for wrong in ADVICE)
    left = "\n".join(cell.source for path in NOTEBOOKS for cell in in_browser(nbformat.read(path, 4)).cells)
    wrong = ("Interrupt Kernel", "make lab", "carry_over", ".venv", "everything is installed")
    assert [words for words in wrong if words in left] == []


def test_all_that_the_course_needs_in_a_browser_is_there():
    """In Pyodide, beside its kernel, or on the site: nothing is fetched from anywhere else."""
    needed, found = list(PROJECT["dependencies"]), set()
    for line in needed:  # grows while it is walked
        requirement = Requirement(line)
        name = canonicalize_name(requirement.name)
        if name not in found and (requirement.marker is None or requirement.marker.evaluate(BROWSER)):
            found.add(name)
            needed += requires(name) or [] if name not in IN_PYODIDE | WITH_KERNEL else []
    assert found - IN_PYODIDE - WITH_KERNEL == set(lite.WHEELS)
    assert not found & {"torch", "matplotlib", "jupyterlab", "nbformat"}


def test_the_sandbox_is_tested_in_the_python_that_visitors_get():
    assert PYODIDE == lite.PYODIDE and f"/v{PYODIDE}/" in lite.PYODIDE_URL


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@contextlib.contextmanager
def served(folder):
    """The address at which a folder is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    if importlib.util.find_spec("jupyterlite_core") is None:
        pytest.skip("needs the extra `site`")
    out = tmp_path_factory.mktemp("site") / "lab"
    lite.build(out, NOTEBOOKS[:2])
    return out


def test_the_build_holds_the_notebooks_the_widgets_and_the_course(built):
    assert (built / "lab" / "index.html").is_file()
    assert {path.name for path in (built / "files").iterdir()} == {path.name for path in NOTEBOOKS[:2]}
    settings = json.loads((built / "jupyter-lite.json").read_text("utf-8"))["jupyter-config-data"]
    assert sorted(each["name"] for each in settings["federated_extensions"]) == sorted(lite.EXTENSIONS)
    kernel = settings["litePluginSettings"][f"{lite.KERNEL}:kernel"]
    assert kernel["pyodideUrl"] == lite.PYODIDE_URL and kernel["disablePyPIFallback"]
    packages = json.loads((built / "pypi" / "all.json").read_text("utf-8"))
    assert {canonicalize_name(name) for name in packages} == {"lecture-helpers", *lite.WHEELS}
    assert not list(built.rglob("*.map")) and len(list(built.iterdir())) > 10


def test_a_saved_player_plays_before_there_is_any_python(built, chromium):
    """All but the site itself is refused, Pyodide, too."""
    context, refused = chromium.new_context(viewport={"width": 1000, "height": 3000}), []  # so high that it is on the screen
    with served(built) as base:
        elsewhere = lambda url: not url.startswith((base, "data:", "blob:"))  # noqa: E731
        context.route(elsewhere, lambda route: [refused.append(route.request.url), route.abort()])
        page = context.new_page()
        page.goto(f"{base}/lab/index.html?path=00_start_here.ipynb")
        player = page.locator("[data-lecture-player]").first
        player.get_by_role("button", name="next", exact=True).click(timeout=60_000)
        until(lambda: float(player.evaluate(TIME)) > 0, 10, "the first step")
    context.close()
    assert all(url.startswith(lite.PYODIDE_URL.rpartition("/")[0]) for url in refused)
