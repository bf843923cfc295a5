"""What only a real browser can show: the player's pixels, motion, keys and accessible tree; JupyterLab, Notebook 7, print."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import matplotlib.image
import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe

from lab import CHROMIUM, FLAGS, lab, open_notebook, run_all, until
from lecture_helpers import animate_gather_and_scatter, animate_sliding_kernel, animate_summed_kernels, explore_layer, palette
from lecture_helpers.animations import Animation
from lecture_helpers.player import player
from lecture_helpers.svg import as_image, draw, draw_still, lay_out
from lecture_helpers.words import plain

SLIDING = animate_sliding_kernel([1, 4, -1, 0, 2, -2, 1, 3, 3, 1], [1, 2, 0, -1])
FEW = animate_sliding_kernel([2, 3, 5, 7], [1, 100, 70])  # 652 and 993, products 300, 350, 500, 490
SPREAD = animate_sliding_kernel([1, 4, -1, 0, 2, -2], [1, 2, 0], stride=2, padding=1)
COPIES = animate_summed_kernels([2, 3, 0, -1], [1, 2, -1], stride=2, padding=1)
SUMMED = animate_summed_kernels([2, 3, 5], [1, 100, 70])  # sums 203, 505, ...
BOTH = animate_gather_and_scatter([2, 3, -1], [1, 2, -1])
NAME = "players.ipynb"
CELLS = [
    "from lecture_helpers import animate_sliding_kernel, animate_summed_kernels",
    "animate_sliding_kernel([1, 4, -1, 0, 2, -2, 1, 3, 3, 1], [1, 2, 0, -1])",
    "animate_summed_kernels([2, 3, 0, -1], [1, 2, -1], stride=2, padding=1)",
    "from lecture_helpers import explore_layer\nexplore_layer([2, 3, 0, -1], [1, 2, -1], transposed=True, stride=2)",
]
TIME = "host => +host.shadowRoot.querySelector('svg').style.getPropertyValue('--t')"
CAPTION = """host => [...host.shadowRoot.querySelectorAll('.c > g > *')].filter(each => {
    let opacity = 1;
    for (let node = each; node.tagName; node = node.parentNode) opacity *= getComputedStyle(node).opacity;
    return opacity > .5 && getComputedStyle(each).visibility !== 'hidden';
}).map(each => each.textContent).join(' | ')"""


@pytest.fixture
def opened(chromium, tmp_path):
    """Opens a page with players, as their pages are saved, and gives the page and the players."""
    contexts = []

    def open_it(*animations, width=1000, **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        saved = tmp_path / f"page{len(contexts)}.html"
        animations[0].save(saved)
        more = "".join(each._html() for each in animations[1:])
        saved.write_text(saved.read_text("utf-8").replace("</body>", f"{more}</body>"), "utf-8")
        page.goto(saved.as_uri())
        return page, page.locator("[data-lecture-player]")

    yield open_it
    for context in contexts:
        context.close()


def press(host, name):
    host.get_by_role("button", name=name, exact=True).click()


def settled(host, time):
    until(lambda: host.evaluate(TIME) == time, 5, f"the stop {time}")


def pixels(picture):
    return matplotlib.image.imread(io.BytesIO(picture))[..., :3]


def spoken(page):
    """All that assistive technology is told of the page: names, values and descriptions of the nodes that it does not ignore."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    kept = [node for node in nodes if not node["ignored"]]
    said = [str(node[key].get("value", "")) for node in kept for key in ("name", "value", "description") if key in node]
    return said + [str(each["value"].get("value", "")) for node in kept for each in node.get("properties", ())]


def numbers(texts):
    return set(re.findall(r"\d+", " ".join(texts)))


def shows(host, animation, stop):
    """The player stands at a stop: time, visible caption, counter, and what is said of the slider."""
    scene = animation.scene
    settled(host, stop)
    step, answered = stop // scene.beats, stop % scene.beats == scene.beats - 1
    caption = scene.captions[step]
    words = " ".join(plain(caption.answered if answered else caption.asked).split())
    assert " ".join(host.evaluate(CAPTION).split()) == words
    assert host.get_by_text(f"{step + 1} of {scene.steps}", exact=True).is_visible()
    assert " ".join(host.locator("input[type=range]").get_attribute("aria-valuetext").split()) == words


@pytest.mark.parametrize("animation", [SPREAD, COPIES, BOTH], ids=["sliding", "copies", "both"])
def test_at_every_stop_the_player_paints_the_still_of_that_stop(opened, tmp_path, animation):
    page, host = opened(animation, width=1200, reduced_motion="reduce")
    host.locator("select").select_option("all")
    scene = animation.scene
    area = {"x": 0, "y": 0, "width": lay_out(scene).width, "height": lay_out(scene).height}
    other = page.context.new_page()
    for stop in range(scene.last + 1):
        settled(host, stop)
        (tmp_path / "still.html").write_text(f"<body style='margin:0'>{draw_still(scene, stop)}", "utf-8")
        other.goto((tmp_path / "still.html").as_uri())
        one, two = pixels(page.screenshot(clip=area)), pixels(other.screenshot(clip=area))
        assert (abs(one - two).max(axis=-1) > 0.25).mean() < 0.0003, f"stop {stop}"
        press(host, "next")


def test_an_asking_stop_shows_a_question_mark_and_tells_nobody_its_answer(opened):
    page, hosts = opened(FEW)
    host = hosts.first
    shows(host, FEW, 0)
    assert host.evaluate(CAPTION) == "y[0] = ?" and "y[0] = ?" in spoken(page)
    assert not {"652", "993", "300", "350"} & numbers([*spoken(page), host.aria_snapshot()])
    press(host, "next")
    shows(host, FEW, 1)
    assert "652" in numbers(spoken(page)) and "993" not in numbers(spoken(page))
    press(host, "next")
    shows(host, FEW, 2)
    assert host.evaluate(CAPTION) == "y[1] = ?"
    assert not {"993", "500", "490"} & numbers([*spoken(page), host.aria_snapshot()])


def test_copies_ask_too(opened):
    page, host = opened(SUMMED)
    shows(host, SUMMED, 0)
    assert "?" in host.evaluate(CAPTION)
    assert not {"200", "140", "203", "300"} & numbers([*spoken(page), host.aria_snapshot()])
    press(host, "next")
    shows(host, SUMMED, 1)
    assert {"200", "140"} <= numbers(spoken(page))


def test_a_right_number_typed_in_fills_in(opened):
    page, host = opened(FEW)
    host.get_by_label("answer").fill("652")
    page.keyboard.press("Enter")
    shows(host, FEW, 1)
    assert host.get_by_label("answer").get_attribute("aria-invalid") == "false"


def test_a_wrong_number_typed_in_says_so_and_stays_beside_the_right_one(opened):
    page, host = opened(FEW)
    box = host.get_by_label("answer")
    box.fill("77")
    page.keyboard.press("Enter")
    assert host.locator("output").text_content() == "Not yet"
    shows(host, FEW, 0)
    press(host, "next")
    shows(host, FEW, 1)
    assert box.input_value() == "77" and box.get_attribute("aria-invalid") == "true" and "652" in host.evaluate(CAPTION)
    assert box.evaluate("box => box.readOnly")
    press(host, "next")
    shows(host, FEW, 2)
    assert box.input_value() == "" and not box.evaluate("box => box.readOnly")
    assert box.get_attribute("aria-invalid") != "true"


def test_what_asks_for_several_numbers_takes_them_however_they_are_separated(opened):
    expected = SUMMED.scene.captions[0].expected
    page, host = opened(SUMMED)
    host.get_by_label("answer").fill(" ".join(re.findall(r"[-−\d.]+", expected)))
    page.keyboard.press("Enter")
    shows(host, SUMMED, 1)


def test_the_switch_counts_the_stops_and_holds_for_all_players_of_the_page(opened):
    page, hosts = opened(SLIDING, COPIES)
    for mode in ("some", "all", "none"):
        hosts.first.locator("select").select_option(mode)
        for host, animation in ((hosts.nth(0), SLIDING), (hosts.nth(1), COPIES)):
            asked = {"some": len({0, *animation.scene.ask}), "all": len(animation), "none": 1}[mode]
            assert host.locator("select").input_value() == mode
            assert int(host.locator("input[type=range]").get_attribute("max")) == len(animation) + asked - 1
    late = as_image(draw(FEW.scene), "late").replace("`", "")
    page.evaluate("html => document.body.insertAdjacentHTML('beforeend', `<div data-lecture-player>${html}</div>`)", late)
    page.add_script_tag(content=re.search("<script>(.*)</script>", player(""), re.S)[1])
    assert hosts.nth(2).locator("select").input_value() == "none"


SAMPLE = """host => new Promise(done => {
    const svg = host.shadowRoot.querySelector('svg'), seen = [], time = () => +svg.style.getPropertyValue('--t');
    host.addEventListener('settled', () => done(seen), {once: true});
    [...host.shadowRoot.querySelectorAll('button')].find(each => each.textContent === 'next').click();
    const look = () => { seen.push(time()); requestAnimationFrame(look) };
    requestAnimationFrame(look);
})"""


def test_between_two_stops_at_least_8_positions_are_painted(opened):
    _, host = opened(SLIDING)
    press(host, "next")
    settled(host, 1)
    best = 0
    for _ in range(3):  # a busy machine paints fewer frames
        start = host.evaluate(TIME)
        sample = host.evaluate(SAMPLE)
        between = {time for time in sample if start < time < host.evaluate(TIME)}
        assert sorted(between) == [time for time in dict.fromkeys(sample) if time in between]
        best = max(best, len(between))
    assert best >= 8


def test_under_reduced_motion_nothing_moves_between_the_stops(opened):
    _, host = opened(SLIDING, reduced_motion="reduce")
    for _ in range(4):
        assert not [time for time in host.evaluate(SAMPLE) if time % 1]


def test_a_second_press_completes_what_moves_at_once(opened):
    _, host = opened(SLIDING)
    times = host.evaluate("""async host => {
        const time = () => +host.shadowRoot.querySelector('svg').style.getPropertyValue('--t');
        const next = [...host.shadowRoot.querySelectorAll('button')].find(each => each.textContent === 'next');
        next.click();
        await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        const moving = time();
        next.click();
        return [moving, time()];
    }""")
    assert 0 < times[0] < 1 and times[1] == 1


def test_the_caption_is_announced_once_a_stop(opened):
    page, host = opened(SLIDING)
    host.evaluate("""host => {
        window.heard = [];
        window.stops = [];
        const output = host.shadowRoot.querySelector('output');
        new MutationObserver(() => heard.push(output.textContent)).observe(output, {childList: true, subtree: true});
        host.addEventListener('settled', event => stops.push(event.detail));
    }""")
    for stop in (1, 2, 3):
        press(host, "next")
        settled(host, stop)
    page.wait_for_timeout(300)
    assert page.evaluate("stops") == [1, 2, 3]
    captions = SLIDING.scene.captions
    assert page.evaluate("heard") == [plain(captions[0].answered), plain(captions[1].asked), plain(captions[1].answered)]
    live = host.locator("output")
    assert live.count() == 1 and page.locator("[aria-live], [role=status], [role=alert]").count() == 0


@pytest.mark.parametrize("animation", [SLIDING, SPREAD], ids=["short", "two lines"])
def test_a_player_is_a_group_whose_name_is_its_title(opened, animation):
    page, _ = opened(animation)
    assert page.get_by_role("group", name=animation.scene.title, exact=True).count() == 1


def test_buttons_come_first_and_in_order_and_the_slider_is_named(opened):
    _, host = opened(SLIDING)
    snapshot = host.aria_snapshot()
    names = re.findall(r'(?:button|slider|textbox|combobox) "([^"]+)"', snapshot)
    assert names[:6] == ["first", "back", "play", "next", "last", "step"] and "answer" in names and "ask" in names


def test_every_control_is_at_least_32_px_high_and_nothing_changes_its_place_while_it_plays(opened):
    _, host = opened(SLIDING)
    places = """host => [...host.shadowRoot.querySelectorAll('button:not([hidden]), select, input')].map(each => {
        const box = each.getBoundingClientRect();
        return [each.textContent || each.id || each.type, box.x, box.y, box.width, box.height];
    })"""
    before = host.evaluate(places)
    assert min(height for *_, height in before) >= 32
    press(host, "play")
    playing = host.evaluate(places)
    press(host, "pause")
    press(host, "last")
    assert [each[1:] for each in before] == [each[1:] for each in playing] == [each[1:] for each in host.evaluate(places)]


def test_play_advances_from_stop_to_stop_and_pause_stops(opened):
    page, host = opened(SLIDING)
    press(host, "play")
    until(lambda: host.evaluate(TIME) >= 2, 12, "two stops")
    press(host, "pause")
    page.wait_for_timeout(500)  # what has begun to move arrives
    time = host.evaluate(TIME)
    page.wait_for_timeout(2500)
    assert host.evaluate(TIME) == time == int(time)
    shows(host, SLIDING, int(time))


def steps_by_keys(page, host, animation):
    """Back and forth, to both ends, by keys alone; the stops of `some` are 0, 1, 2, 3, and then answers."""
    for key, stop in (("Home", 0), ("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("End", animation.scene.last)):
        page.keyboard.press(key)
        shows(host, animation, stop)
    page.keyboard.press("Home")
    shows(host, animation, 0)


def test_keys_alone_step_play_answer_and_go_full_screen_and_out(opened):
    page, host = opened(SLIDING)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.textContent") == "first"
    steps_by_keys(page, host, SLIDING)
    for _ in range(5):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.type") == "range"
    steps_by_keys(page, host, SLIDING)
    page.keyboard.press("Space")
    assert host.get_by_role("button", name="pause", exact=True).count() == 1
    page.keyboard.press("Space")
    assert host.get_by_role("button", name="play", exact=True).count() == 1
    page.keyboard.press("Home")
    shows(host, SLIDING, 0)
    page.keyboard.press("Tab")
    page.keyboard.type(SLIDING.scene.captions[0].expected)
    shows(host, SLIDING, 0)
    page.keyboard.press("Enter")
    shows(host, SLIDING, 1)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    until(lambda: page.evaluate("!!document.fullscreenElement"), 5, "full screen")
    page.evaluate("document.exitFullscreen()")  # Escape is the browser's own key: without a window it does nothing
    until(lambda: page.evaluate("!document.fullscreenElement"), 5, "the way out of it")


def test_typing_in_the_box_moves_nothing(opened):
    page, host = opened(SLIDING)
    host.get_by_label("answer").focus()
    for key in ("1", "2", "ArrowLeft", "Home", "End", "Space", "ArrowRight"):
        page.keyboard.press(key)
    shows(host, SLIDING, 0)
    assert host.get_by_label("answer").input_value().strip() == "12"


@pytest.mark.parametrize("animation", [SLIDING, COPIES, BOTH], ids=["sliding", "copies", "both"])
@pytest.mark.parametrize("width", [390, 700, 1400])
def test_no_width_makes_the_page_scroll_sideways_or_type_smaller_than_9_px(opened, animation, width):
    page, host = opened(animation, width=width)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    scale = host.evaluate("host => { const svg = host.shadowRoot.querySelector('svg');"
                          "return svg.getBoundingClientRect().width / svg.viewBox.baseVal.width }")  # fmt: skip
    assert 11 * scale >= 9 and scale <= 1.001  # 0.82 of its size, below which a picture scrolls in its card
    inside = host.evaluate("""host => [...host.shadowRoot.querySelectorAll('div > *, div > label > *')].every(each =>
        each.hidden || each.getBoundingClientRect().right <= host.getBoundingClientRect().right + 1)""")
    assert inside


def test_print_shows_the_finished_picture_without_controls(opened):
    page, host = opened(SLIDING)
    page.emulate_media(media="print")
    caption = " ".join(host.evaluate(CAPTION).split())
    assert caption == plain(SLIDING.scene.captions[-1].answered)
    assert not host.get_by_role("button").first.is_visible() and not host.locator("select").is_visible()


def test_axe_finds_nothing_serious_in_players(opened):
    page, _ = opened(SLIDING, COPIES)
    for dark in (False, True):
        page.evaluate("dark => { document.body.dataset.jpThemeLight = !dark }", dark)
        results = Axe().run(page, context="[data-lecture-player]", options={"resultTypes": ["violations"]})
        assert results.response["passes"], "axe looked at nothing"
        ours = [each for each in results.response["violations"] if each["impact"] in ("serious", "critical")]
        assert not [(each["id"], [node["html"][:150] for node in each["nodes"]]) for each in ours]


def test_reduced_motion_shows_the_image_finished_and_still(chromium, tmp_path):
    scene = SLIDING.scene
    finished = draw(scene).replace("svg{--t:", "svg{animation:none!important;--t:")
    for name, svg in (("looping", draw(scene)), ("finished", finished)):
        (tmp_path / f"{name}.html").write_text(as_image(svg, name), "utf-8")
    calm = chromium.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, "--force-prefers-reduced-motion"])
    page = calm.new_page()
    page.goto((tmp_path / "looping.html").as_uri())
    looping = {page.locator("img").screenshot() for _ in range(4) if not page.wait_for_timeout(1000)}
    page.goto((tmp_path / "finished.html").as_uri())
    assert looping == {page.locator("img").screenshot()}
    calm.close()


def test_without_scripts_the_image_glides(chromium, tmp_path):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    SLIDING.save(tmp_path / "page.html")
    page.goto((tmp_path / "page.html").as_uri())
    pictures = set()
    until(lambda: pictures.add(page.locator("img").screenshot()) or len(pictures) >= 12, 40, "twelve different pictures")
    context.close()


# JupyterLab and Notebook 7


def notebook():
    """A notebook of players and an explorer with their outputs, as learners save it."""
    book = nbformat.v4.new_notebook()
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    book.cells = [nbformat.v4.new_code_cell(source, execution_count=k) for k, source in enumerate(CELLS, 1)]
    for cell, shown in zip(book.cells[1:], (SLIDING, COPIES, explore_layer([2, 3, 0, -1], [1, 2, -1], True, stride=2))):
        output = nbformat.v4.new_output("execute_result", shown._repr_mimebundle_(), execution_count=cell.execution_count)
        cell.outputs = [output]
    return book


@pytest.fixture(scope="module")
def server():
    with lab() as running:
        nbformat.write(notebook(), running[1] / "notebooks" / NAME)
        yield running


@pytest.fixture(scope="module", params=["lab", "notebook"])
def live(request, chromium, server):
    """The notebook in JupyterLab and in Notebook 7, all cells run, with the frames that the page sent since."""
    page, sent = chromium.new_page(viewport={"width": 1000, "height": 900}), []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    open_notebook(page, server[0], NAME, request.param)
    run_all(page, server[0], NAME, len(CELLS))
    page.wait_for_function("document.querySelectorAll('[data-lecture-player]')[1]?.shadowRoot")
    yield page, sent
    page.close()


def first_player(page):
    host = page.locator("[data-lecture-player]").first
    host.scroll_into_view_if_needed()
    return host


def active(page):
    return page.evaluate("[...document.querySelectorAll('.jp-Cell')].findIndex(each => each.classList.contains('jp-mod-active'))")


def test_all_cells_run_without_a_traceback(live):
    page, _ = live
    assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0


def test_keys_step_a_player_and_neither_the_notebook_nor_the_kernel_hears_of_it(live):
    page, sent = live
    host = first_player(page)
    press(host, "first")
    before, cell, cells = len(sent), active(page), page.locator(".jp-Cell").count()
    steps_by_keys(page, host, SLIDING)
    host.locator("input[type=range]").focus()
    steps_by_keys(page, host, SLIDING)
    host.get_by_label("answer").fill("")
    page.keyboard.type(SLIDING.scene.captions[0].expected)
    page.keyboard.press("Enter")
    shows(host, SLIDING, 1)
    for key in ("a", "b", "m", "x", "ArrowUp", "ArrowDown"):  # commands of a notebook
        page.keyboard.press(key)
    host.get_by_role("button", name="next", exact=True).focus()
    page.keyboard.press("Space")
    shows(host, SLIDING, 2)
    assert (active(page), page.locator(".jp-Cell").count()) == (cell, cells)
    assert not [frame for frame in sent[before:] if "execute_request" in str(frame) or "comm_msg" in str(frame)]


EXPLORER = "document.querySelectorAll('.lecture-explorer div').values().find(each => each.shadowRoot).shadowRoot"


def test_keys_move_the_handles_of_an_explorer_and_light_its_cells_and_the_notebook_hears_nothing(live):
    page, sent = live
    explorer = page.locator(".lecture-explorer")
    explorer.scroll_into_view_if_needed()
    page.wait_for_function(f"{EXPLORER}.querySelector('svg')")
    title = lambda: page.evaluate(f"{EXPLORER}.querySelector('.h').textContent")  # noqa: E731
    explorer.locator(".noUi-handle[aria-label=stride]").focus()
    cell, cells = active(page), page.locator(".jp-Cell").count()
    for key, stride in (("ArrowRight", 3), ("ArrowUp", 4), ("ArrowLeft", 3), ("ArrowDown", 2)):
        page.keyboard.press(key)
        until(lambda: f"stride {stride}" in title(), 10, f"stride {stride}")  # noqa: B023
    before, sentence = len(sent), lambda: page.evaluate(f"{EXPLORER}.querySelector('.says').textContent")
    page.evaluate(f"{EXPLORER}.querySelector('svg').focus()")
    seen = [sentence()]
    for key in ("ArrowRight", "ArrowDown", "ArrowUp", "Enter"):
        page.keyboard.press(key)
        seen.append(sentence())
    assert [text[:10] for text in seen[:2]] == ["x[0] gives", "x[1] gives"] and "through κ[" in seen[2]
    assert "through κ[" not in seen[3] and seen[4] == seen[3]
    page.keyboard.press("Escape")
    assert sentence() == "" and (active(page), page.locator(".jp-Cell").count()) == (cell, cells)
    assert not [frame for frame in sent[before:] if "execute_request" in str(frame) or "comm_msg" in str(frame)]


def test_full_screen_and_out_by_keys(live):
    page, _ = live
    host = first_player(page)
    host.get_by_role("button", name="full screen").focus()
    page.keyboard.press("Enter")
    until(lambda: page.evaluate("!!document.fullscreenElement"), 5, "full screen")
    page.evaluate("document.exitFullscreen()")  # Escape is the browser's own key: without a window it does nothing
    until(lambda: page.evaluate("!document.fullscreenElement"), 5, "the way out of it")


@pytest.mark.parametrize("app", ["lab", "notebook"])
def test_a_dark_theme_reaches_the_card_and_its_colours(chromium, server, app):
    base, root = server
    themes = root.parent / "settings" / "@jupyterlab" / "apputils-extension" / "themes.jupyterlab-settings"
    themes.write_text(json.dumps({"theme": "JupyterLab Dark"}))
    nbformat.write(notebook(), root / "notebooks" / f"dark-{app}.ipynb")
    page = chromium.new_page(viewport={"width": 1000, "height": 900})
    open_notebook(page, base, f"dark-{app}.ipynb", app)
    run_all(page, base, f"dark-{app}.ipynb", len(CELLS))
    until(lambda: page.locator("[data-lecture-player][dark]").count() == 2, 20, "two dark players")
    colours = """host => ['svg', '[class~=ti]', '.c'].map(name => {
        const style = getComputedStyle(host.shadowRoot.querySelector(name));
        return name === 'svg' ? style.backgroundColor : style.color;
    })"""
    for which in (1, 0):
        expected = [rgb(palette.CARD[name][which]) for name in ("card", "input", "ink")]
        until(lambda: first_player(page).evaluate(colours) == expected, 5, f"{expected}")  # noqa: B023
        page.evaluate("document.body.dataset.jpThemeLight = 'true'")  # as a change of theme sets it
    themes.unlink()
    page.close()


def rgb(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    return f"rgb({', '.join(str(int(digits[k : k + 2], 16)) for k in (0, 2, 4))})"


@pytest.mark.parametrize("app", ["lab", "notebook"])
def test_an_untrusted_copy_shows_the_looping_image(chromium, server, app):
    base, root = server
    content = json.loads((root / "notebooks" / NAME).read_text())
    content["cells"][0]["source"] = "1  # written by somebody else"
    (root / "notebooks" / f"untrusted-{app}.ipynb").write_text(json.dumps(content))
    page = chromium.new_page(viewport={"width": 1000, "height": 900})
    open_notebook(page, base, f"untrusted-{app}.ipynb", app)
    image = page.locator(".jp-OutputArea img[src^='data:image/svg']").first
    image.scroll_into_view_if_needed()
    assert image.evaluate("image => image.naturalWidth") > 0
    assert not page.evaluate("[...document.querySelectorAll('.jp-OutputArea div')].some(node => node.shadowRoot)")
    pictures = {image.screenshot()}
    until(lambda: pictures.add(image.screenshot()) or len(pictures) >= 3, 20, "the picture to move")
    page.close()


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The notebook as a page, by nbconvert."""
    folder = tmp_path_factory.mktemp("exported")
    nbformat.write(notebook(), folder / NAME)
    subprocess.run([sys.executable, "-m", "nbconvert", "--to", "html", str(folder / NAME)], check=True, capture_output=True)
    return (folder / NAME).with_suffix(".html").as_uri()


def test_an_exported_page_steps_without_a_network(chromium, exported):
    context = chromium.new_context(offline=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(exported)
    players = page.locator("[data-lecture-player]")
    assert players.count() == 3  # an explorer is a player of its starting setting there
    explored = Animation(explore_layer([2, 3, 0, -1], [1, 2, -1], True, stride=2).build()[0].scene)
    for host, animation in zip(players.all(), (SLIDING, COPIES, explored)):
        shows(host, animation, 0)
        press(host, "next")
        shows(host, animation, 1)
    assert "Python" not in page.locator(".jp-OutputArea").last.inner_text()
    results = Axe().run(page, context=".jp-RenderedHTMLCommon [data-lecture-player]", options={"resultTypes": ["violations"]})
    assert results.response["passes"], "axe looked at nothing"
    assert not [each["id"] for each in results.response["violations"] if each["impact"] in ("serious", "critical")]
    context.close()


@pytest.mark.skipif(shutil.which("firefox-esr") is None, reason="needs Debian's package firefox-esr")
def test_firefox_shows_players(tmp_path):
    folder = Path(tmp_path)
    page = "<!DOCTYPE html><meta charset=utf-8><body style='margin:0'>" + player(as_image(draw(SLIDING.scene), "a picture"))
    (folder / "page.html").write_text(page, encoding="utf-8")
    picture = folder / "firefox.png"
    command = ["firefox-esr", "--headless", "--window-size=700,700", f"--screenshot={picture}", (folder / "page.html").as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=90, env=os.environ | {"HOME": str(folder)})
    shown = (255 * matplotlib.image.imread(picture)[..., :3]).round().astype(int)
    edge = palette.BOXES["input"].edge
    blue = [int(edge[k : k + 2], 16) for k in (1, 3, 5)]
    assert (shown == blue).all(axis=-1).sum() > 50, "the input's cells are not drawn"
