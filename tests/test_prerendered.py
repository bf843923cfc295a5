"""Explorers on pages without Python: each shows, byte for byte, what Python draws for its setting, from a file and alone."""

import contextlib
import doctest
import functools
import gzip
import os
import random
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

import packing
import pages
import prerendered
import settings
from fragment import fragment
from lab import until
from lecture_helpers import explore_coverage, explore_images, explore_layer
from lecture_helpers.explorers.explorer import KEPT

NOTEBOOKS = Path(prerendered.__file__).parents[1] / "notebooks"
TRAINED = "explore_images"  # draws what a network has learned: a minute's work, and not the same on every machine
WITH = [path for path in sorted(NOTEBOOKS.glob("*.ipynb")) if prerendered.places(path) and TRAINED not in path.read_text("utf-8")]
NUMBERS = [path.stem[:2] for path in WITH]
UNPACK = (prerendered.TOOLS / "unpack.js").read_text("utf-8")
MOST = 550_000  # bytes, compressed: a page has 700 kB, of which its text and its players need 150
HEAD = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'


def page_of(*fragments):
    """A page that holds explorers, and what they need once."""
    head = f"{HEAD}<title>Explorers</title><style>{prerendered.STYLE}</style></head>"
    return f"{head}<body><main><h1>Explorers</h1>{''.join(fragments)}</main><script>{prerendered.SCRIPT}</script></body></html>"


@functools.cache
def built(number):
    """The explorers of a notebook for its page: {cell: HTML}."""
    return prerendered.explorers(WITH[NUMBERS.index(number)], "elsewhere.html?a=1&b=2")


@pytest.fixture(scope="module")
def opened(chromium, tmp_path_factory):
    """Opens a page with the explorers of a notebook, from a file, with every request refused; `.trouble` is what went wrong."""
    folder, contexts = tmp_path_factory.mktemp("pages"), []

    def open_it(number, width=1366):
        file = folder / f"{number}.html"
        file.write_text(page_of(*built(number).values()), "utf-8")
        contexts.append(chromium.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce"))
        page, trouble = contexts[-1].new_page(), []
        page.trouble = trouble
        page.on("console", lambda message: message.type in ("error", "warning") and trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("request", lambda request: request.url != file.as_uri() and trouble.append(request.url))
        page.route("**", lambda route: route.continue_() if route.request.url == file.as_uri() else route.abort())
        page.goto(file.as_uri())
        for k in range(len(built(number))):
            page.locator(".lecture-explorer").nth(k).scroll_into_view_if_needed()
        page.wait_for_function("document.querySelectorAll('.picture').values().every(each => each.firstChild?.shadowRoot)")
        page.evaluate("scrollTo(0, 0)")
        return page

    yield open_it
    for context in contexts:
        context.close()


def from_notebook(number):
    """The explorers of a notebook as Python has them: {cell: explorer}."""
    path = WITH[NUMBERS.index(number)]
    with contextlib.chdir(NOTEBOOKS), contextlib.redirect_stdout(open(os.devnull, "w")):
        return dict(prerendered.found(prerendered.places(path)))


READ = f"""async ([which, chosen]) => {{
    {UNPACK}
    const element = document.querySelectorAll('.lecture-explorer')[which];
    const data = atob(element.querySelector('[type="application/gzip"]').textContent);
    const bytes = Uint8Array.from(data, each => each.charCodeAt());
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    const text = unpack(JSON.parse(await new Response(stream).text()));
    const offset = (name, place) => {{
        const controls = [...element.querySelectorAll(`[data-control="${{name}}"]`)];
        return controls.length > 1 ? +controls[place].dataset.offsets : JSON.parse(controls[0].dataset.offsets)[place];
    }};
    return chosen.map(setting => text(Object.entries(setting).reduce((sum, [name, place]) => sum + offset(name, place), 0)));
}}"""


@pytest.mark.parametrize("number", NUMBERS)
def test_random_settings_show_byte_for_byte_what_python_draws(opened, number):
    page, rng = opened(number), random.Random(int(number))
    for which, explorer in enumerate(from_notebook(number).values()):
        offered = settings.Settings(explorer)
        places = []
        for _ in range(25):
            moved = [*offered.free, *rng.sample(offered.alone, min(len(offered.alone), 1))]
            places.append({name: rng.randrange(len(settings.values(explorer.controls[name]))) for name in moved})
        for setting, text in zip(places, page.evaluate(READ, [which, places])):
            for name in explorer.controls:
                place = setting.get(name)
                value = offered.start[name] if place is None else settings.values(explorer.controls[name])[place]
                explorer.controls[name].value = value
            assert text == settings.as_json(settings.sent(explorer)), setting


def test_every_explorer_of_these_notebooks_gets_its_place():
    calls = {path.stem[:2]: path.read_text("utf-8").count('"explore_') for path in WITH}
    assert {number: len(built(number)) for number in NUMBERS} == calls
    assert {"01", "03", "05", "06", "07", "08"} <= calls.keys()


def test_a_notebook_without_explorers_runs_nothing():
    assert prerendered.explorers(NOTEBOOKS / "04_pytorch.ipynb", "") == {}


@pytest.mark.parametrize("number", NUMBERS)
def test_a_page_stays_small(number):
    assert len(gzip.compress("".join(built(number).values()).encode())) <= MOST


def test_what_all_pages_share_is_small():
    assert len(gzip.compress((prerendered.STYLE + prerendered.SCRIPT).encode())) <= 10_000


def test_the_same_bytes_twice():
    assert prerendered.explorers(WITH[NUMBERS.index("03")], "elsewhere.html?a=1&b=2") == built("03")


TEXTS = ["", "1", "-1.50 0.5", "1-2", "1.2.3", "a1b22c", "a1b22c", "x='1' y='−2'", 'é\n"\\', "007", "1 1 1 1", "a-b", 'é\n"\\']


def test_all_kinds_of_texts_come_back_as_they_were(chromium):
    page = chromium.new_page()
    back = page.evaluate(f"packed => {{ {UNPACK}; return packed.order.map((_, k) => unpack(packed)(k)) }}", packing.packed(TEXTS))
    page.close()
    assert back == TEXTS


@pytest.mark.parametrize("module", [packing, settings], ids=lambda module: module.__name__)
def test_examples_of_docstrings_are_right(module):
    assert doctest.testmod(module) == (0, doctest.testmod(module).attempted) and doctest.testmod(module).attempted


def test_every_setting_has_a_number_of_its_own():
    offered = settings.Settings(explore_layer([[1, 2], [3, 4]], [[1]], controls=("stride", "padding"), stride=(1, 2)))
    assert offered.free == ["stride ↓", "stride →", "padding", "reading", "numbers"]
    numbers = [0]
    for name in offered.free:
        numbers = [number + offset for number in numbers for offset in offered.offsets(name)]
    assert numbers == [*range(4 * 4 * 5 * 2 * 2)]


def test_taps_move_one_at_a_time_where_they_are_not_all_1():
    apart = settings.Settings(explore_coverage(2, 2, kernel=[3, 0]))
    assert apart.free == ["width"] and apart.alone == [f"κ{a}" for a in range(8)]
    assert apart.offsets("κ0") == [1, 2, 3, 0, 4, 5, 6, 7, 8, 9] and apart.offsets("κ1")[:2] == [0, 10]
    assert settings.Settings(explore_coverage(2, 2)).alone == []


def slider(page, name, which=0):
    return page.locator(".lecture-explorer").nth(which).get_by_role("slider", name=name, exact=True)


DRAWN = """([which, svg]) => {
    const shown = document.querySelectorAll('.picture')[which].firstChild.shadowRoot.querySelector('svg').cloneNode(true);
    const parsed = document.importNode(new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement, true);
    if (shown.children.length > parsed.children.length) shown.lastChild.remove();  // the marks of what is pointed at
    for (const part of shown.children) part.removeAttribute('aria-hidden');
    return shown.innerHTML === parsed.innerHTML;
}"""


def shows(page, which, explorer):
    """The page's explorer shows, at once or soon, the picture that Python has."""
    until(lambda: page.evaluate(DRAWN, [which, explorer.picture.svg]), 5, explorer.storyboard)


def test_keys_move_a_slider_and_the_picture_is_that_of_python(opened):
    page, expected = opened("06"), [*from_notebook("06").values()][0]
    shows(page, 0, expected)
    slider(page, "stride").press("ArrowRight")
    expected.controls["stride"].value = 4
    shows(page, 0, expected)
    page.locator(".lecture-explorer").first.get_by_role("radio", name="gather").press(" ")
    expected.controls["reading"].value = "gather"
    shows(page, 0, expected)
    for name, text in expected.about.items():
        assert page.locator(f"[data-about={name}]").first.inner_html() == text.value.replace("&#10;", "\n")
    assert page.trouble == []


def test_pointing_and_stepping_work_as_in_a_notebook(opened):
    page, expected = opened("06"), [*from_notebook("06").values()][0]
    shows(page, 0, expected)
    explorer = page.locator(".lecture-explorer").first
    box = explorer.locator("svg g.x text", has_text="300").last.bounding_box()
    page.mouse.move(box["x"] + 3, box["y"] + 3)
    assert explorer.locator(".says").text_content() == "y[7] = 3·100 = 300"
    assert explorer.locator("svg .here").count() == 1 and explorer.locator("svg .linked").count() == 3
    explorer.get_by_role("button", name="first").click()
    assert explorer.get_by_text("1 of 4", exact=True).is_visible()
    slider(page, "stride").press("ArrowLeft")
    expected.controls["stride"].value = 2
    shows(page, 0, expected)
    assert explorer.get_by_text("1 of 4", exact=True).is_visible()
    explorer.get_by_role("button", name="copy").click()  # a page that may not write marks the line instead
    done = "[document.querySelector('[data-copy]').textContent, getSelection().toString().slice(0, 18)]"
    until(lambda: page.evaluate(done) in (["copied", ""], ["copy", "F.conv_transpose1d"]), 5, "the copied line")
    assert page.trouble == []


def test_notes_and_refusals_stand_where_python_puts_them(opened):
    page, expected = opened("06"), [*from_notebook("06").values()][0]
    opacity = "document.querySelector('.picture').computedStyleMap().get('opacity').value"
    for label, name, key, value in (
        ("dilation", "dilation", "End", 4),
        ("output padding", "output_padding", "End", 3),
        ("dilation", "dilation", "Home", 1),
        ("output padding", "output_padding", "Home", 0),
    ):
        slider(page, label).press(key)
        expected.controls[name].value = value
        shows(page, 0, expected)
        notes = page.locator(".lecture-explorer").first.locator("[data-notes]")
        said = dict(notes.evaluate_all("all => all.map(each => [each.dataset.notes, each.innerHTML])"))
        assert said == {name: expected.messages[name].value for name in said} and len(said) == 6
        refused = any(KEPT in each.value for each in expected.messages.values())
        assert page.evaluate(opacity) == (0.5 if refused else 1)
    assert page.trouble == []


def test_a_moved_tap_puts_the_others_back_and_taps_come_with_the_width(opened):
    page, (other, expected) = opened("08"), from_notebook("08").values()
    slider(page, "κ[0]", 1).press("End")
    expected.controls["κ0"].value = 9
    shows(page, 1, expected)
    slider(page, "κ[1]", 1).press("ArrowUp")
    expected.controls["κ0"].value, expected.controls["κ1"].value = 2, 6
    shows(page, 1, expected)
    assert slider(page, "κ[0]", 1).input_value() == "2" and page.locator(".taps > div:visible").count() == 4
    slider(page, "width", 1).press("ArrowLeft")
    slider(page, "width", 1).press("ArrowLeft")
    expected.controls["width"].value = 2
    shows(page, 1, expected)
    shows(page, 0, other)
    assert page.locator(".taps > div:visible").count() == 2
    for a in range(2):
        shade = slider(page, f"κ[{a}]", 1).evaluate("each => each.style.getPropertyValue('--tap')")
        assert shade == expected.controls[f"κ{a}"].style.handle_color
    assert "one changed tap at a time" in page.locator(".lecture-explorer").nth(1).inner_text() and page.trouble == []
    assert page.get_by_role("link").nth(1).get_attribute("href") == "elsewhere.html?a=1&b=2"


@pytest.mark.parametrize("number", ["06", "08"])
def test_axe_finds_nothing_serious(opened, number):
    found = Axe().run(opened(number), options={"resultTypes": ["violations"]}).response["violations"]
    serious = [each for each in found if each["impact"] in ("serious", "critical")]
    assert not [(each["id"], [node["html"][:150] for node in each["nodes"]]) for each in serious]


@pytest.mark.parametrize("number", ["06", "07", "08"])
def test_a_phone_does_not_scroll_sideways(opened, number):
    assert opened(number, width=390).evaluate("document.documentElement.scrollWidth") <= 390


def test_a_picture_that_has_no_room_beside_the_controls_stands_below_them_whole(opened):
    page = opened("08", width=960)
    for k in range(2):
        picture = page.locator(".lecture-explorer > .picture").nth(k)
        assert picture.locator("p").first.evaluate("each => each.scrollWidth <= each.clientWidth")


def test_controls_stand_to_the_left_and_above_where_there_is_no_room(opened):
    page = opened("06")
    for width, beside in ((1366, True), (900, True), (800, False)):
        page.set_viewport_size({"width": width, "height": 900})
        controls, picture = (
            page.locator(f".lecture-explorer > .{name}").first.bounding_box() for name in ("controls", "picture")
        )
        assert (picture["x"] >= controls["x"] + 360) == beside and (picture["y"] >= controls["y"] + controls["height"]) != beside


def test_a_page_of_the_site_has_its_explorers(chromium, tmp_path):
    pages.build(tmp_path, lambda notebook, runs: built("05") if notebook.stem == "05_stride" else {})
    assert "explorers.js" not in (tmp_path / "04_pytorch.html").read_text("utf-8")
    context = chromium.new_context(reduced_motion="reduce")
    context.set_offline(True)
    page = context.new_page()
    page.goto((tmp_path / "05_stride.html").as_uri())
    page.locator(".lecture-explorer").scroll_into_view_if_needed()
    slider(page, "stride").press("End")
    until(lambda: "stride 4" in page.locator(".lecture-explorer svg .h").first.text_content(), 9, "the picture of stride 4")
    page.locator(".controls").evaluate("each => each.scrollIntoView()")
    assert page.locator(".controls").bounding_box()["width"] < 362
    context.close()


def test_without_a_script_the_first_picture_is_there(chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_content(page_of(*built("05").values()))
    assert page.get_by_role("img").bounding_box()["height"] > 200
    context.close()


def test_numbers_of_images_move_one_at_a_time(chromium, tmp_path):
    explorer = explore_images(lambda values: [[values[0], values[1]], [0.5, 0]], 2)
    offered = settings.Settings(explorer)
    assert offered.alone == ["number 1", "number 2"] and len(offered.texts()) == 1 + 40 + 40
    assert [control.value for control in explorer.controls.values()] == [0, 0]  # left as it was
    assert settings.values(explorer.controls["number 1"])[18:23] == [-0.2, -0.1, 0, 0.1, 0.2]
    (tmp_path / "images.html").write_text(page_of(fragment("c", explorer, "")), "utf-8")
    page = chromium.new_page()
    page.goto((tmp_path / "images.html").as_uri())
    page.wait_for_selector(".picture svg .c")
    slider(page, "number 2").press("End")
    slider(page, "number 1").press("ArrowLeft")
    explorer.controls["number 1"].value = -0.1
    shows(page, 0, explorer)
    assert slider(page, "number 2").input_value() == "0"
    assert "one changed number at a time" in page.locator(".lecture-explorer").inner_text()
    page.close()
