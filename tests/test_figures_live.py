"""Figures as a browser shows them: read to somebody who cannot see them, in a dark theme, on a page to print."""

import inspect
import io
import json
import subprocess
import sys
from pathlib import Path

import matplotlib.image
import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from nbformat.v4 import new_code_cell, new_notebook, new_output

import lab as module
from lab import lab, open_notebook, run_all
from lecture_helpers import plot_images, plot_signals

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def signals():
    return plot_signals(x=[1, 2, 4])


def images():
    return plot_images(["dark"], [[[0, 0, 0], [0, 0, 1]]])


IMPORT = "from lecture_helpers import plot_images, plot_signals\n"
SOURCES = [IMPORT + inspect.getsource(figure).partition("return ")[2] for figure in (signals, images)]
WORDS = [repr(signals()), repr(images())]
FIGURES = ".jp-OutputArea img[src^='data:image/png']"
THEME = "@jupyterlab/apputils-extension/themes"


@pytest.fixture(scope="module", params=["Light", "Dark"])
def live(chromium, request):
    """The figures in JupyterLab, in a light and in a dark theme."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(module.SETTINGS, THEME, {"theme": f"JupyterLab {request.param}"})
        with lab() as (base, root):
            notebook = new_notebook(cells=[new_code_cell(source) for source in SOURCES])
            notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
            nbformat.write(notebook, root / "notebooks" / "figures.ipynb")
            page = chromium.new_page(viewport={"width": 1000, "height": 900})
            open_notebook(page, base, "figures.ipynb")
            run_all(page, base, "figures.ipynb", len(SOURCES))
            page.wait_for_function(f'document.querySelectorAll("{FIGURES}").length === {len(SOURCES)}')
            yield request.param, page
            page.close()


def test_jupyterlab_gives_a_screen_reader_the_words_of_a_figure(live):
    _, page = live
    assert page.locator(FIGURES).evaluate_all("images => images.map(image => image.alt)") == WORDS
    results = Axe().run(page, context=".jp-OutputArea-output", options={"runOnly": ["image-alt"]})
    assert results.response["passes"] and not results.response["violations"]


def test_a_notebook_that_is_not_trusted_shows_figures_and_words_and_no_style_sheet_as_text(chromium):
    with lab() as (base, root):
        outputs = [new_output("display_data", figure._repr_mimebundle_()) for figure in (signals(), images())]
        notebook = new_notebook(cells=[new_code_cell("from elsewhere", outputs=[output]) for output in outputs])
        nbformat.write(notebook, root / "notebooks" / "untrusted.ipynb")
        page = chromium.new_page(viewport={"width": 1000, "height": 900})
        open_notebook(page, base, "untrusted.ipynb")
        page.wait_for_function(f'document.querySelectorAll("{FIGURES}").length === 2')
        assert page.locator(FIGURES).evaluate_all("images => images.map(image => image.alt)") == WORDS
        assert page.locator(".jp-OutputArea-output").all_inner_texts() == ["", ""]
        page.close()


def test_a_figure_does_not_glare_in_a_dark_theme_and_an_image_keeps_its_blacks(live):
    theme, page = live
    curve, image = (pixels(page.locator(FIGURES).nth(k)) for k in (0, 1))
    assert curve.mean() > 0.9 if theme == "Light" else curve.mean() < 0.2
    middle = image[len(image) // 2, len(image[0]) // 2]
    assert middle.max() < 0.05 and (theme == "Light" or image.max() < 0.85)
    page.emulate_media(media="print")
    assert page.locator(FIGURES).evaluate_all("images => images.map(image => getComputedStyle(image).filter)") == ["none"] * 2
    page.emulate_media(media="screen")


def pixels(locator):
    locator.scroll_into_view_if_needed()
    return matplotlib.image.imread(io.BytesIO(locator.screenshot()))[..., :3]


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The notebook with the longest lines of code as a page, by nbconvert."""
    path = max(NOTEBOOKS.glob("*.ipynb"), key=lambda path: max(map(len, code(path))))
    folder = tmp_path_factory.mktemp("exported")
    command = [sys.executable, "-m", "nbconvert", "--log-level=ERROR", "--to", "html", "--output-dir", folder, path]
    subprocess.run(command, check=True)
    return folder / f"{path.stem}.html"


def code(path):
    """The lines of a notebook's code cells."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return [line for cell in cells if cell["cell_type"] == "code" for line in "".join(cell["source"]).splitlines()]


def test_an_exported_page_has_the_words_of_every_figure(chromium, exported):
    page = chromium.new_page()
    page.goto(exported.as_uri())
    images = page.locator(".jp-OutputArea img").evaluate_all("images => images.map(image => image.alt)")
    assert images and all(len(alt) > 10 and "No description" not in alt for alt in images)
    page.close()


def exported_cells(page):
    """How many code cells the notebook of an exported page has."""
    cells = json.loads((NOTEBOOKS / f"{page.stem}.ipynb").read_text("utf-8"))["cells"]
    return sum(cell["cell_type"] == "code" for cell in cells)


def test_a_page_printed_in_landscape_cuts_off_no_line(chromium, exported):
    wide = "nodes => nodes.filter(node => node.scrollWidth > node.clientWidth + 1).map(node => node.textContent)"
    page = chromium.new_page(viewport={"width": 1047, "height": 718})  # A4, 1 cm of margin
    page.goto(exported.as_uri())
    page.emulate_media(media="print")
    assert page.locator(".jp-CodeCell .highlight pre").count() == exported_cells(exported)
    assert page.locator("pre, table, .jp-OutputArea img").evaluate_all(wide) == []
    page.close()
