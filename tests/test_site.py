"""The site: what its pages say and leave out, where their links lead, and what a browser without any network makes of them."""

import doctest
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup

import pages
import prerendered
import prose
import readme
from article import LETTERS, PIXELS, article, opening, wide
from prose import NOTEBOOKS, Prose, formula
from ways import PYTORCH, ways

TOOLS = NOTEBOOKS.parent / "tools"
NAMES = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
EVERY = pytest.mark.parametrize("name", NAMES)
EVERY_PAGE = pytest.mark.parametrize("name", ["index", *NAMES])
IN_JUPYTERLITE = "lab/lab/index.html?path="
MOUNTED = "[...document.querySelectorAll('[data-lecture-player]')].map(host => !!host.shadowRoot?.querySelector('svg'))"
LOADING = ("src", "srcset", "poster", "data", "action", "background")  # attributes by which a page fetches
OPEN_FOLDS = "document.querySelectorAll('details').forEach(fold => { fold.open = true; })"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The pages, as they are when JupyterLite stands beside them."""
    out = tmp_path_factory.mktemp("site")
    pages.build(out, in_browser=True)
    return out


@pytest.fixture(scope="module")
def soups(site):
    return {path.stem: BeautifulSoup(path.read_text("utf-8"), "html.parser") for path in site.glob("*.html")}


@pytest.fixture
def opened(chromium, site):
    """Opens a page without any network; gives it, what it asked for, and what went wrong in it."""
    contexts = []

    def open_it(name, width=1366, **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        context.set_offline(True)
        page, asked, wrong = context.new_page(), [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: message.type == "error" and wrong.append(message.text))
        page.goto((site / f"{name}.html").as_uri())
        return page, asked, wrong

    yield open_it
    for context in contexts:
        context.close()


def cells(name):
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4).cells


def fenceless(source):
    """Markdown without its code, in which a dollar is a dollar."""
    return re.sub(r"```.*?```|`.*?`", "", source, flags=re.DOTALL)


def test_there_is_a_page_for_every_notebook_and_the_readme_lists_them_all(soups):
    assert {entry.stem for entry in readme.entries()} == set(NAMES)
    assert set(soups) == {"index", *NAMES}


def test_the_looks_of_a_page_do_not_reach_into_its_players(site):
    own = set(re.findall(r"(--\w+):", (site / "style.css").read_text("utf-8")))
    players = "".join(path.read_text("utf-8") for path in site.glob("0*.html"))
    assert own and not own & set(re.findall(r"var\((--\w+),", players))


def test_the_command_builds_the_pages_with_their_explorers(monkeypatch, tmp_path, capsys):
    built = []
    monkeypatch.setattr(pages, "build", lambda *given, **named: built.append((given, named)))
    monkeypatch.setattr(sys, "argv", ["site.py", str(tmp_path), "--pages-only"])
    monkeypatch.setenv("GITHUB_REPOSITORY", "someone/course")
    runpy.run_path(str(TOOLS / "site.py"), run_name="__main__")
    assert built == [((tmp_path, prerendered.explorers), dict(in_browser=False, repository="someone/course"))]
    assert str(tmp_path / "index.html") in capsys.readouterr().out


def test_the_same_bytes_come_out_of_another_process(tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    pages.build(here)
    command = [sys.executable, "-c", "import pages, pathlib, sys; pages.build(pathlib.Path(sys.argv[1]))", there]
    subprocess.run(command, check=True, cwd=TOOLS, env=os.environ | {"PYTHONHASHSEED": "1"})
    one, other = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in (here, there))
    assert one and one == other


@EVERY_PAGE
def test_every_link_leads_somewhere(name, soups, site):
    for link in soups[name].select("a[href], link[href], [src]"):
        target = link.get("href") or link["src"]
        if re.match("https://|data:", target):
            continue
        path, _, anchor = target.partition("#")
        if path.startswith(IN_JUPYTERLITE):
            assert (NOTEBOOKS / path.removeprefix(IN_JUPYTERLITE)).exists()
            continue
        assert not path or (site / path).exists(), target
        assert not anchor or soups[Path(path).stem if path else name].find(id=unquote(anchor)), target


@EVERY_PAGE
def test_nothing_is_fetched_from_elsewhere(name, soups, site):
    """A link may lead out of the site when somebody follows it; nothing is loaded by itself."""
    for each in soups[name].find_all():
        loaded = [each[attribute] for attribute in LOADING if each.has_attr(attribute)]
        loaded += [each["href"]] if each.name in ("link", "use", "image") else []
        assert all(url.startswith("data:") or (site / url).exists() for url in loaded), loaded
    for path in site.glob("*.css"):
        assert not re.search(r"@import|url\(", path.read_text("utf-8"))


@EVERY_PAGE
def test_ids_are_unique_and_one_heading_names_the_page(name, soups):
    ids = [each["id"] for each in soups[name].find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert len(soups[name].find_all("h1")) == 1
    levels = [int(each.name[1]) for each in soups[name].find_all(re.compile("h[1-6]"))]
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:]))
    assert all(image.get("alt") is not None for image in soups[name].find_all("img"))


@EVERY
def test_an_exercise_shows_its_task_and_its_stub_and_one_way_to_do_it(name, soups):
    shown, main = soups[name].select(".cell.exercise"), soups[name].main
    given = [cell for cell in cells(name) if "exercise" in cell.metadata]
    assert [each["id"] for each in shown] == [cell.id for cell in given]
    for each, cell in zip(shown, given):
        assert each.pre.get_text().strip() == cell.source.strip()
        assert len(each.select("a")) == 1
    titles = [line for cell in cells(name) for line in cell.source.splitlines() if line.startswith("### Exercise: ")]
    assert len(main.select("h3.exercise")) == len(titles) == len(given)
    text = main.get_text()
    assert "Not attempted" not in text and "run both cells" not in text and "exercises.summary()" not in text
    assert not re.search(r"^exercises\.\w+\.check\(", text, re.MULTILINE)


@EVERY
def test_every_other_cell_is_there_in_its_order(name, soups):
    kept = [cell for cell in cells(name) if cell.cell_type == "code" and not cell.metadata.get("nbgrader", {}).get("grade")]
    kept = [cell for cell in kept if cell.source != "exercises.summary()"]
    shown = soups[name].select(".cell")
    assert [each["id"] for each in shown] == [cell.id for cell in kept]
    for each, cell in zip(shown, kept):
        assert each.pre.get_text().split() == cell.source.split()
        assert bool(each.select(".output")) == bool(cell.outputs)


@EVERY
def test_folds_hold_what_they_hold_in_the_notebook(name, soups):
    sources = "\n".join(cell.source for cell in cells(name) if cell.cell_type == "markdown")
    folds = soups[name].main.select("details")
    assert len(folds) == sources.count("<details>")
    assert all(len(fold.get_text()) > len(fold.summary.get_text()) + 5 for fold in folds)
    inside = re.findall(r"<details>.*?</summary>(.*?)</details>", sources, re.DOTALL)
    assert [bool(fold.table) for fold in folds] == ["\n|---" in each for each in inside]
    assert [bool(fold.math) for fold in folds] == ["$" in fenceless(each) for each in inside]


@EVERY
def test_formulas_are_mathml_and_none_is_left(name, soups):
    sources = fenceless("\n".join(cell.source for cell in cells(name) if cell.cell_type == "markdown"))
    assert len(soups[name].find_all("math")) == len(re.findall(r"\$\$.+?\$\$|\$.+?\$", sources, re.DOTALL))
    text = "".join(each.get_text() for each in soups[name].main.find_all(recursive=False) if "cell" not in each.get("class", ()))
    assert "$" not in text and "\\" not in text


def test_the_example_of_a_formula_is_right():
    assert doctest.testmod(prose) == (0, 1)


def test_operators_that_stand_in_a_formula_as_themselves_are_operators():
    assert re.findall("<mo>(.+?)</mo>", formula("x ⊛ κ", "inline")) == ["&#x0229B;"]
    assert re.findall("<mo>(.+?)</mo>", formula("x ∗ κ", "inline")) == ["&#x0002A;"]


@EVERY
def test_a_page_says_where_its_notebook_runs(name, soups):
    note, links = soups[name].select_one(".ways"), soups[name].select(f'a[href^="{IN_JUPYTERLITE}"]')
    assert ("PyTorch" in note.get_text()) == (name in PYTORCH) == (not links)
    assert all(link["href"] == f"{IN_JUPYTERLITE}{name}.ipynb" for link in links)


def test_without_jupyterlite_no_page_leads_there_and_with_a_place_on_github_binder_is_a_link(tmp_path):
    pages.build(tmp_path, repository="someone/course")
    for path in tmp_path.glob("*.html"):
        text = path.read_text("utf-8")
        assert "lab/lab" not in text and "OWNER" not in text
        assert "https://mybinder.org/v2/gh/someone/course/main" in text
    assert "https://someone.github.io/course/" in (tmp_path / "index.html").read_text("utf-8")


def test_an_explorer_that_needs_no_python_takes_the_place_of_its_output():
    notebook, way = NOTEBOOKS / "05_stride.ipynb", ways("05_stride", True, None)
    body = BeautifulSoup(article(notebook, way, {"cell-48": "<p>sliders</p>"}).body, "html.parser")
    assert body.find(id="cell-48").select_one(".output").get_text().strip() == "sliders"


@pytest.mark.parametrize("more", [0, 1])
def test_a_cell_is_wide_if_its_code_or_its_picture_is_wider_than_a_line_of_text(more):
    code = nbformat.v4.new_code_cell(f"a\n{'b' * (LETTERS + more)}")
    svg = f"<img src=\"data:image/svg+xml,<svg xmlns='x' width='{PIXELS + more}' height='9999'>\">"
    shown = nbformat.v4.new_code_cell("a", outputs=[nbformat.v4.new_output("display_data", {"text/html": svg})])
    assert wide(code) == wide(shown) == bool(more)


def test_the_contents_say_where_one_is(opened):
    page, *_ = opened("05_stride")
    for k in (2, 0):
        link = page.locator(".contents a").nth(k)
        page.locator(f"[id='{link.get_attribute('href')[1:]}']").evaluate("heading => heading.scrollIntoView()")
        page.wait_for_function("k => document.querySelectorAll('.contents a')[k].ariaCurrent === 'true'", arg=k, timeout=5000)
        assert page.locator(".contents [aria-current]").count() == 1


def test_links_between_notebooks_and_to_other_files_stay_right():
    here, known = Prose(NOTEBOOKS), Prose(NOTEBOOKS, "someone/course")
    assert 'href="05_stride.html#x"' in here.html("[a](05_stride.ipynb#x)")
    assert here.html("[guide](../TEACHING.md)") == "<p>guide</p>\n"
    assert 'href="https://github.com/someone/course/blob/main/TEACHING.md"' in known.html("[guide](../TEACHING.md)")
    assert 'src="data:image/svg+xml;base64,' in here.html("![a](images/summed_kernels.svg)")
    with pytest.raises(ValueError, match="'gone.ipynb'"):
        here.html("[a](gone.ipynb)")


def test_a_notebook_without_its_title_or_minutes_is_refused():
    with pytest.raises(ValueError, match="x.ipynb must begin with a title"):
        opening(nbformat.v4.new_markdown_cell("# Title\n\nText\n\nmore"), "x.ipynb")


@EVERY_PAGE
def test_every_player_is_mounted_without_a_network_and_nothing_else_is_asked_for(name, opened, site, soups):
    page, asked, wrong = opened(name)
    mounted = page.evaluate(MOUNTED)
    assert len(mounted) == len(soups[name].select("[data-lecture-player]")) and all(mounted)
    assert all(url.startswith((site.as_uri(), "data:")) for url in asked) and not wrong
    scripts = [script.get("src") for script in soups[name].find_all("script")]
    assert scripts == ["page.js", "player.js"]  # once on the page, not in every output


@EVERY_PAGE
def test_a_phone_scrolls_no_page_sideways(name, opened):
    page, *_ = opened(name, width=390)
    page.evaluate(OPEN_FOLDS)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_is_wide_on_a_phone_can_be_scrolled_by_keys(opened):
    page, *_ = opened("07_two_dimensions_and_channels", width=390)
    stuck = (
        "[...document.querySelectorAll('pre, .table')].filter(each => each.scrollWidth > each.clientWidth && each.tabIndex < 0)"
    )
    page.wait_for_function(f"document.querySelector('pre[tabindex]') && !{stuck}.length", timeout=5000)


def test_a_player_steps_and_follows_light_and_dark(opened):
    page, *_ = opened("index", color_scheme="light")
    host = page.locator("[data-lecture-player]")
    time = "host => +host.shadowRoot.querySelector('svg').style.getPropertyValue('--t')"
    before = host.evaluate(time)
    host.get_by_role("button", name="next", exact=True).click()
    page.wait_for_function("before => document.querySelector('[data-lecture-player]').shadowRoot.querySelector('svg')"
                           ".style.getPropertyValue('--t') > before", arg=before)  # fmt: skip
    assert not host.evaluate("host => host.hasAttribute('dark')")
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector("[data-lecture-player][dark]", timeout=5000)


IN_THE_DARK = [(name, "dark") for name in ("index", "06_padding_and_dilation")]


@pytest.mark.parametrize("name, scheme", [*IN_THE_DARK, *((name, "light") for name in ("index", *NAMES))])
def test_axe_finds_nothing_serious(name, scheme, opened):
    page, *_ = opened(name, color_scheme=scheme)
    page.evaluate(OPEN_FOLDS)
    found = Axe().run(page).response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
