"""Explorers in a real JupyterLab: pointing, pinning, stepping and sliding, without the kernel where none is needed; axe."""

import os
import signal

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

from lab import PROMPTS, TOKEN, api, browser, lab, open_notebook, run_all

NAME = "explorers.ipynb"
CELLS = [
    "from lecture_helpers import explore_coverage, explore_layer",
    "explore_layer([2, 3, 0, -1], [1, 2, -1], transposed=True, stride=2)",
    "explore_coverage(6, 3, stride=2)",
    "explore_layer([1, 2, 3, 4], [1, 10, 100], transposed=True, stride=3, padding=1)",
    "explore_layer([1, 2, 3, 4, 5, 6], [100, 10, 1], stride=2)",
    "explore_layer([[9, 0, 1, 2], [3, 4, 5, 6], [7, 8, 9, 0], [1, 2, 3, 4]], [[-1, 0, 1]] * 3, stride=(1, 1), padding=1)",
    "apart = explore_layer([1, 2], [1])\napart.picture.live = False\napart",
    "explore_layer([[2, 5], [0, 3]], [[1, 10], [100, 1000]], transposed=True, controls=('stride', 'padding'))",
    "import os; print(os.getpid())",
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
        page = chromium.new_page(viewport={"width": 1366, "height": 768})
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.add_init_script("""
            window.observing = 0;
            for (const kind of [MutationObserver, ResizeObserver]) {
                const {observe} = kind.prototype;
                kind.prototype.observe = function (...given) {
                    window.observing += given[0].closest?.('.lecture-explorer') || given[0] === document.body ? 1 : 0;
                    return observe.apply(this, given);
                };
            }
        """)
        page.sent = []
        page.on("websocket", lambda socket: socket.on("framesent", lambda frame: page.sent.append(frame)))
        open_notebook(page, base, NAME)
        run_all(page, base, NAME, len(CELLS))
        page.wait_for_function(f"() => {ROOT}.querySelector('svg')")
        page.wait_for_timeout(1000)
        page.server = base
        yield page


def cell(page, number, which=0):
    """The middle of a cell with this text, in the page: the topmost, leftmost one, or another one, counted from it."""
    return page.evaluate(
        f"""([number, which]) => {{
            const svg = {ROOT}.querySelector('svg'), text = [...svg.querySelectorAll('text')];
            const boxes = text.filter(each => each.textContent === number).map(each => each.getBoundingClientRect());
            const box = boxes.filter(box => box.width).sort(
                (one, other) => Math.abs(one.y - other.y) > 15 ? one.y - other.y : one.x - other.x).at(which);
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


def test_pointing_at_a_row_of_a_grids_board_lights_its_input_its_copy_and_its_crossings(page):
    explorer = page.locator(".lecture-explorer").nth(6)
    explorer.locator("rect.input").last.hover()  # the end of its last row
    sentence, lit = explorer.evaluate("""explorer => {
        const root = [...explorer.querySelectorAll('div')].find(each => each.shadowRoot).shadowRoot;
        const marks = [...root.querySelectorAll('.here, .linked')].map(each => +each.getAttribute('height'));
        return [root.querySelector('.says').textContent, marks];
    }""")
    page.mouse.move(5, 5)
    assert sentence.startswith("x[1, 1] gives 3·1 to y[1, 1], 3·10 to y[1, 2]")
    small = [height for height in lit if height < 15]
    assert len(small) == 1 + 4 + 4 and len(lit) - len(small) >= 1 + 4 + 4  # an end, crossings, columns' ends; x, taps, y


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


FRAMES = f"""async ([x, y]) => {{
    const root = {ROOT}, back = root.querySelectorAll('button')[1], svg = root.querySelector('svg');
    const looks = () => [...svg.querySelectorAll('.v > *, .here')].map(each => getComputedStyle(each).opacity).join();
    const painted = () => new Promise(done => requestAnimationFrame(() => {{
        const {{port1, port2}} = new MessageChannel();
        port1.onmessage = done;
        port2.postMessage('after the frame');
    }}));
    const frames = async act => {{
        await painted();
        const before = looks();
        act();
        for (let count = 1; count < 9; count++) {{
            await painted();
            if (looks() !== before) return count;
        }}
        return 9;
    }};
    const pointed = new PointerEvent('pointermove', {{clientX: x, clientY: y, bubbles: true}});
    return [await frames(() => svg.dispatchEvent(pointed)), await frames(() => back.click())];
}}"""


def test_a_step_and_a_hover_are_painted_by_the_second_display_frame(page):
    page.locator(".lecture-explorer").first.scroll_into_view_if_needed()
    x, y = cell(page, "3")
    page.mouse.move(5, 5)
    shot = page.screenshot()
    assert max(page.evaluate(FRAMES, [x, y])) <= 2
    assert page.screenshot() != shot
    press(page, "last")


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
    dimmed = f"getComputedStyle({ROOT}.host.parentElement).opacity"
    page.wait_for_function(f"{dimmed} === '0.5'", timeout=5000)
    box.fill("2 3 0 -1")
    box.press("Enter")
    page.wait_for_selector("[role=alert]", state="detached")
    page.wait_for_function(f"{dimmed} === '1'", timeout=5000)


def test_axe_finds_nothing_serious_in_the_live_explorers(page):
    results = Axe().run(page, context=".jp-OutputArea-output", options={"resultTypes": ["violations"]})
    ours = [each for each in results.response["violations"] if each["impact"] in ("serious", "critical")]
    assert not [(each["id"], [node["html"][:150] for node in each["nodes"]]) for each in ours]


def test_a_change_leaves_nothing_behind_in_the_page(page):
    count = f"() => [{ROOT}.querySelectorAll('*').length, document.querySelectorAll('*').length, window.observing]"
    before = page.evaluate(count)
    for key in ("ArrowRight", "ArrowLeft") * 3:
        move(page, key)
        page.wait_for_timeout(200)
    assert page.evaluate(count) == before and before[2] > 0


BOXES = """() => [...document.querySelectorAll('.lecture-explorer')].map(explorer => {
    const host = [...explorer.querySelectorAll('div')].find(each => each.shadowRoot);
    const [whole, controls, picture] = [explorer, explorer.children[0], host].map(each => each.getBoundingClientRect());
    const lengths = [...explorer.querySelectorAll('.noUi-horizontal')].map(each => each.offsetWidth);
    const svg = host.shadowRoot.querySelector('svg'), type = 11 * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    const inside = [controls, picture].every(box => box.right <= explorer.parentElement.getBoundingClientRect().right + 1);
    const beside = picture.left >= controls.right, above = picture.top >= controls.bottom;
    return {height: whole.height, beside, above, inside, type, lengths};
})"""


def boxes(page, width):
    """The measures of every explorer in a window of some width, each seen: what lies outside of the window has no measures."""
    page.set_viewport_size({"width": width, "height": 768})
    page.wait_for_timeout(500)
    for k, explorer in enumerate(page.locator(".lecture-explorer").all()):
        explorer.evaluate("explorer => explorer.scrollIntoView()")
        page.wait_for_timeout(200)
        yield page.evaluate(BOXES)[k]
    page.set_viewport_size({"width": 1366, "height": 768})
    page.wait_for_timeout(500)


@pytest.mark.parametrize("width", [1200, 1366])
def test_every_explorer_fits_one_screen_with_controls_beside_the_picture(page, width):
    for box in boxes(page, width):
        assert box["height"] <= 620 and box["beside"]
        assert min(box["lengths"]) >= 150


@pytest.mark.parametrize("width", [390, 700])
def test_where_there_is_no_room_controls_stand_above_the_picture(page, width):
    assert all(box["above"] and box["inside"] and box["type"] >= 9 for box in boxes(page, width))


def test_switching_the_reading_changes_no_height_of_the_page(page):
    explorer = page.locator(".lecture-explorer").first
    before = explorer.bounding_box()["height"]
    for name in ("gather", "scatter"):
        explorer.get_by_role("button", name=name).click()
        page.wait_for_function(
            f"first => {ROOT}.querySelector('.c').lastElementChild.textContent.startsWith(first)",
            arg={"gather": "y[", "scatter": "x["}[name],
        )
        assert abs(explorer.bounding_box()["height"] - before) < 1


def test_handles_have_names_and_keep_their_keys_and_pressed_buttons_say_so(page):
    handles = page.locator(".lecture-explorer .noUi-handle").evaluate_all(
        "all => all.map(each => [each.ariaLabel, each.dataset.lmSuppressShortcuts])"
    )
    assert [name for name, _ in handles[:4]] == ["stride", "padding", "dilation", "output padding"]
    assert {"κ[0]", "κ[7]", "stride ↓"} <= {name for name, _ in handles} and {kept for _, kept in handles} == {"true"}
    explorer = page.locator(".lecture-explorer").first
    gather, scatter = (explorer.get_by_role("button", name=name) for name in ("gather", "scatter"))
    assert [each.get_attribute("aria-pressed") for each in (gather, scatter)] == ["false", "true"]
    gather.click()
    assert [each.get_attribute("aria-pressed") for each in (gather, scatter)] == ["true", "false"]
    scatter.click()
    assert page.evaluate(f"{ROOT}.host.dataset.lmSuppressShortcuts") == "true"


def test_the_call_of_pytorch_is_copied(page):
    button = page.locator(".lecture-explorer [data-copy]").first
    button.click()
    page.wait_for_function("button => button.textContent === 'copied'", arg=button.element_handle())
    assert page.evaluate("navigator.clipboard.readText()") == "F.conv_transpose1d(x, kernel, stride=2)"


def test_a_tap_is_moved_by_keys_and_by_dragging(page):
    explorer = page.locator(".lecture-explorer").nth(1)
    tap = explorer.locator(".noUi-handle[aria-label='κ[1]']")
    title = (
        "() => [...document.querySelectorAll('.lecture-explorer')][1].querySelectorAll('div').values().find(d => d.shadowRoot)"
    )
    tap.focus()
    page.keyboard.press("ArrowUp")
    page.wait_for_function(f"({title})().shadowRoot.querySelector('.h').textContent.includes('κ = 1 2 1')")
    box = tap.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 5, box["y"] - 500, steps=4)
    page.mouse.up()
    page.wait_for_function(f"({title})().shadowRoot.querySelector('.h').textContent.includes('κ = 1 9 1')")


TOLD = """() => {
    const told = document.querySelector('.lecture-explorer [role=status]');
    return [told.hidden ? '' : told.textContent, told.parentElement.children[0].style.opacity];
}"""


def move(page, key, which=0):
    handle = page.locator(".lecture-explorer").nth(which).locator(".noUi-handle").first
    handle.focus()
    page.keyboard.press(key)


def test_while_python_does_not_answer_the_picture_says_so_and_for_nothing_else(page):
    kernel = int(page.locator(".jp-OutputArea-output pre").last.text_content())
    move(page, "ArrowRight")
    page.wait_for_timeout(1200)
    assert page.evaluate(TOLD) == ["", ""]
    page.locator(".jp-CodeCell .cm-content").last.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("; import time; time.sleep(2)")
    page.keyboard.press("Control+Enter")
    page.wait_for_function(f"() => {PROMPTS}.at(-1).includes('*')")
    page.wait_for_timeout(500)
    os.kill(kernel, signal.SIGSTOP)  # a sleeping cell leaves a thread that answers
    try:
        press(page, "first")
        press(page, "last")
        assert page.evaluate(TOLD) == ["", ""]  # a step asks nobody
        move(page, "ArrowLeft")
        page.wait_for_timeout(250)
        assert page.evaluate(TOLD) == ["", ""]
        page.wait_for_timeout(600)
        assert page.evaluate(TOLD) == ["Waiting for Python; this is the setting before", "0.4"]
        assert "stride 3" in page.evaluate(STATE)["title"]
        page.wait_for_timeout(5000)
        assert page.evaluate(TOLD)[0].startswith("Waiting")  # busy is not dead
    finally:
        os.kill(kernel, signal.SIGCONT)
    page.wait_for_function(f"() => !({TOLD})()[0]", timeout=15_000)
    assert "stride 2" in page.evaluate(STATE)["title"] and page.evaluate(TOLD) == ["", ""]


def test_with_a_dead_kernel_the_picture_says_how_it_comes_back(page):
    kernel = next(each["kernel"]["id"] for each in api(page.server, "sessions") if each["path"].endswith(NAME))
    page.evaluate(
        "([id, token]) => fetch(`/api/kernels/${id}/restart`, {method: 'POST', headers: {Authorization: `token ${token}`}})",
        [kernel, TOKEN],
    )
    page.wait_for_timeout(3000)
    move(page, "ArrowRight")
    page.wait_for_function(f"() => ({TOLD})()[0] === 'Python is not running: run the cell again'", timeout=9000)
    assert page.evaluate(TOLD)[1] == "0.4"


def test_where_no_kernel_is_meant_to_answer_nothing_is_said_of_one(page):
    apart = page.locator(".lecture-explorer").nth(5)
    move(page, "ArrowRight", 5)
    page.wait_for_timeout(1500)
    assert apart.locator(".widget-readout").first.inner_text() == "2"
    assert "Python" not in apart.inner_text() and apart.locator("[role=status]").count() == 0
