"""Explorers in a real JupyterLab: pointing, pinning, stepping and sliding, without the kernel where none is needed; axe."""

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

from lab import browser, lab, open_notebook, run_all

NAME = "explorers.ipynb"
CELLS = [
    "from lecture_helpers import explore_coverage, explore_layer",
    "explore_layer([2, 3, 0, -1], [1, 2, -1], transposed=True, stride=2)",
    "explore_coverage(6, 3, stride=2)",
]
ROOT = "document.querySelectorAll('.lm-Widget.jupyter-widgets div').values().find(host => host.shadowRoot).shadowRoot"
STATE = f"""() => {{
    const root = {ROOT};
    const marks = [...root.querySelectorAll('.here, .linked')].map(rect => rect.getAttribute('class'));
    return {{
        sentence: root.querySelector('.says').textContent, marks,
        step: +root.querySelector('input').value, title: root.querySelector(".h").textContent,
    }};
}}"""


@pytest.fixture(scope="module")
def page():
    """A notebook with two explorers, run; `page.sent` are the frames that it sends to the kernel."""
    with browser() as chromium, lab() as (base, root):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, root / "notebooks" / NAME)
        page = chromium.new_page(viewport={"width": 1000, "height": 1400})
        page.sent = []
        page.on("websocket", lambda socket: socket.on("framesent", lambda frame: page.sent.append(frame)))
        open_notebook(page, base, NAME)
        run_all(page, base, NAME, len(CELLS))
        page.wait_for_function(f"() => {ROOT}.querySelector('svg')")
        page.wait_for_timeout(1000)
        yield page


def cell(page, number, which=0):
    """The middle of a cell with this text, in the page: the topmost, leftmost one, or another one, counted from it."""
    return page.evaluate(
        f"""([number, which]) => {{
            const svg = {ROOT}.querySelector('svg'), text = [...svg.querySelectorAll('text')];
            const boxes = text.filter(each => each.textContent === number).map(each => each.getBoundingClientRect());
            const box = boxes.filter(box => box.width).sort(
                (one, other) => Math.round(one.y / 25) - Math.round(other.y / 25) || one.x - other.x).at(which);
            return [box.x + box.width / 2, box.y + box.height / 2];
        }}""",
        [number, which],
    )


def press(page, name):
    """Press a button of the first explorer."""
    page.evaluate(f"name => [...{ROOT}.querySelectorAll('button')].find(each => each.textContent === name).click()", name)
    page.wait_for_timeout(500)


def test_pointing_lights_the_links_and_a_click_pins_them_until_escape_without_the_kernel(page):
    before = len(page.sent)
    page.mouse.move(*cell(page, "3"))
    state = page.evaluate(STATE)
    assert state["sentence"] == "x[1] gives 3·1 to y[2], 3·2 to y[3], 3·(−1) to y[4]"
    assert state["marks"].count("here") == 1 and state["marks"].count("linked") >= 3 + 3
    page.mouse.click(*cell(page, "3"))
    page.mouse.move(5, 5)
    assert page.evaluate(STATE)["sentence"].startswith("x[1] gives")
    page.keyboard.press("Escape")
    assert page.evaluate(STATE) == state | {"sentence": "", "marks": []}
    assert len(page.sent) == before


def test_the_keyboard_reaches_every_cell_and_enter_pins(page):
    page.evaluate(f"() => {{ const svg = {ROOT}.querySelector('svg'); svg.blur(); svg.focus(); }}")
    first = page.evaluate(STATE)["sentence"]
    page.keyboard.press("ArrowRight")
    second = page.evaluate(STATE)["sentence"]
    page.keyboard.press("ArrowDown")
    third = page.evaluate(STATE)["sentence"]
    assert first.startswith("x[0] gives") and second.startswith("x[1] gives") and "through κ[" in third
    page.keyboard.press("Enter")
    page.evaluate(f"() => {ROOT}.querySelector('svg').blur()")
    assert page.evaluate(STATE)["sentence"] == third
    page.evaluate(f"() => {ROOT}.querySelector('svg').focus()")
    page.keyboard.press("Escape")
    assert page.evaluate(STATE)["sentence"] == ""


def test_what_is_pinned_stays_lit_from_step_to_step(page):
    press(page, "first")
    page.mouse.click(*cell(page, "κ0", -1))  # on the kernel, below the board
    linked = []
    for _ in range(3):
        assert page.evaluate(STATE)["sentence"].startswith("κ[0] = 1 links")
        linked.append(page.evaluate(STATE)["marks"].count("linked"))
        press(page, "next")
        press(page, "next")
    assert linked == sorted(set(linked))
    page.keyboard.press("Escape")
    press(page, "last")


def test_a_step_and_a_hover_show_by_the_second_display_frame(page):
    x, y = cell(page, "3")
    frames = page.evaluate(
        f"""async ([x, y]) => {{
            const root = {ROOT}, next = root.querySelectorAll('button')[1], svg = root.querySelector('svg');
            const frames = async (act, done) => {{
                act();
                for (let count = 0; count < 9; count++) {{ if (done()) return count; await new Promise(requestAnimationFrame); }}
                return 9;
            }};
            const before = svg.style.getPropertyValue('--t');
            await new Promise(requestAnimationFrame);
            const step = await frames(() => next.click(), () => svg.style.getPropertyValue('--t') !== before);
            const event = new PointerEvent('pointermove', {{clientX: x, clientY: y, bubbles: true}});
            const hover = await frames(() => svg.dispatchEvent(event), () => root.querySelector('.here'));
            root.querySelectorAll('button')[4].click();
            return [step, hover];
        }}""",
        [x, y],
    )
    assert 0 < max(frames) <= 2


def test_a_moving_slider_never_shows_an_empty_frame_and_never_shrinks_the_page(page):
    page.evaluate(
        f"""() => {{
            window.seen = [];
            const look = () => {{
                const host = {ROOT}.host;
                window.seen.push([!!host.shadowRoot.querySelector('svg'), host.offsetHeight]);
                window.watching && requestAnimationFrame(look);
            }};
            window.watching = true;
            look();
        }}"""
    )
    handle = page.locator(".widget-slider .noUi-handle").first
    handle.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
        page.wait_for_timeout(300)
    seen = page.evaluate("() => { window.watching = false; return window.seen; }")
    heights = [height for _, height in seen]
    assert len(seen) > 20 and all(full for full, _ in seen)
    assert heights == sorted(heights) and "stride 2" in page.evaluate(STATE)["title"]


def test_a_refused_setting_names_the_problem_and_keeps_the_picture(page):
    before = page.evaluate(STATE)["title"]
    box = page.locator(".jupyter-widgets input[type=text]").first
    box.fill("1, 2, foo")
    box.press("Enter")
    page.wait_for_selector("[role=alert]")
    assert "'foo' is none" in page.locator("[role=alert]").inner_text()
    assert page.evaluate(STATE)["title"] == before
    box.fill("2 3 0 -1")
    box.press("Enter")
    page.wait_for_selector("[role=alert]", state="detached")


def test_axe_finds_nothing_serious_in_the_live_explorers(page):
    results = Axe().run(page, context=".jp-OutputArea-output", options={"resultTypes": ["violations"]})
    ours = [each for each in results.response["violations"] if each["impact"] in ("serious", "critical")]
    assert not [(each["id"], [node["html"][:150] for node in each["nodes"]]) for each in ours]
