"""What only a real browser can show: players in JupyterLab, the untrusted image, an exported page, print."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import matplotlib.image
import pytest
from axe_playwright_python.sync_playwright import Axe

from lab import CHROMIUM, FLAGS, browser, lab, open_notebook, run_all, until
from lecture_helpers import animate_sliding_kernel, palette
from lecture_helpers.player import player
from lecture_helpers.svg import as_image, draw

NAME = "01_convolution_sum.ipynb"
SCENE = animate_sliding_kernel([1, 4, -1, 0, 2, -2, 1, 3, 3, 1], [1, 2, 0, -1]).scene  # the notebook's first picture
STATE = """host => {
    const root = host.shadowRoot, svg = root.querySelector('svg'), shown = [];
    for (const text of svg.querySelectorAll('text:not(.n, .l)')) {
        let opacity = 1;
        for (let node = text; node !== root; node = node.parentNode) opacity *= getComputedStyle(node).opacity;
        if (opacity > 0.5 && !text.closest('defs, .h, .c, g:has(> .kernel)')) shown.push(text.textContent);
    }
    const slider = root.querySelector('input');
    return {step: +slider.value, caption: slider.ariaValueText, shown};
}"""


@pytest.fixture(scope="module")
def chromium():
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def server():
    with lab() as running:
        yield running


@pytest.fixture(scope="module")
def live(chromium, server):
    """Notebook 01 in JupyterLab, all cells run, with the frames that it sent to the kernel since."""
    page, sent = chromium.new_page(viewport={"width": 1000, "height": 900}), []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    open_notebook(page, server[0], NAME)
    content = json.loads((server[1] / "notebooks" / NAME).read_text())
    run_all(page, server[0], NAME, sum(cell["cell_type"] == "code" for cell in content["cells"]))
    page.wait_for_function("document.querySelector('[data-lecture-player]')?.shadowRoot")
    yield page, sent
    page.close()


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """Notebook 01 as a page, by nbconvert."""
    folder = tmp_path_factory.mktemp("exported")
    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--output-dir", str(folder), f"notebooks/{NAME}"]
    subprocess.run(command, check=True, capture_output=True)
    return (folder / NAME).with_suffix(".html").as_uri()


def first_player(page):
    host = page.locator("[data-lecture-player]").first
    host.scroll_into_view_if_needed()
    return host


def numbers(moment):
    """The texts in the cells of the scene that are visible at a moment, without the kernel, which the page may draw by reference."""
    return sorted(cell.text for band in SCENE.frame(moment) for cell in band if cell.text and cell.box != "kernel")


def shows(host, step):
    state = host.evaluate(STATE)
    assert state["step"] == step
    assert state["caption"].replace("  ", " ").strip() == SCENE.captions[step]
    assert sorted(state["shown"]) == numbers(step)


def test_all_cells_of_notebook_01_run_without_a_traceback(live):
    page, _ = live
    assert page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0


def test_a_player_steps_by_button_and_by_arrow_key_without_the_kernel(live):
    page, sent = live
    host = first_player(page)
    host.get_by_label("first").click()
    shows(host, 0)
    assert not set(numbers(0)) - {cell.text for cell in SCENE.bands[0].cells}
    active = page.locator(".jp-Notebook .jp-mod-active").first.get_attribute("data-windowed-list-index")
    before = len(sent)
    host.get_by_label("next").click()
    shows(host, 1)
    page.keyboard.press("ArrowRight")
    shows(host, 2)
    host.get_by_label("step", exact=True).focus()
    page.keyboard.press("ArrowRight")
    shows(host, 3)
    page.keyboard.press("ArrowLeft")
    shows(host, 2)
    host.get_by_label("last").click()
    shows(host, SCENE.steps)
    assert not [frame for frame in sent[before:] if "execute_request" in str(frame) or "comm_msg" in str(frame)]
    assert page.locator(".jp-Notebook .jp-mod-active").first.get_attribute("data-windowed-list-index") == active


def test_play_advances_and_pause_stops(live):
    page, _ = live
    host = first_player(page)
    host.get_by_label("first").click()
    host.get_by_text("play").click()
    until(lambda: host.evaluate(STATE)["step"] == 2, 10, "two steps")
    host.get_by_text("pause").click()
    step = host.evaluate(STATE)["step"]
    page.wait_for_timeout(1500)
    shows(host, step)


def test_an_untrusted_copy_shows_the_looping_image(chromium, server):
    base, root = server
    content = json.loads((root / "notebooks" / NAME).read_text())
    content["cells"][0]["source"].append(" ")
    (root / "notebooks" / "untrusted.ipynb").write_text(json.dumps(content))
    page = chromium.new_page(viewport={"width": 1000, "height": 900})
    open_notebook(page, base, "untrusted.ipynb")
    image = page.locator(".jp-OutputArea img[src^='data:image/svg']").first
    image.scroll_into_view_if_needed()
    assert image.evaluate("image => image.naturalWidth") > 0
    assert not page.evaluate("[...document.querySelectorAll('.jp-OutputArea div')].some(node => node.shadowRoot)")
    pictures = {image.screenshot()}
    until(lambda: pictures.add(image.screenshot()) or len(pictures) >= 3, 15, "the picture to move")
    page.close()


def test_reduced_motion_shows_the_finished_picture_still(chromium, tmp_path):
    finished = draw(SCENE).replace("svg{--t:", "svg{animation:none!important;--t:")
    for name, svg in (("looping", draw(SCENE)), ("finished", finished)):
        (tmp_path / f"{name}.html").write_text(as_image(svg, name))
    calm = chromium.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, "--force-prefers-reduced-motion"])
    page = calm.new_page()
    page.goto((tmp_path / "looping.html").as_uri())
    looping = {page.locator("img").screenshot() for _ in range(4) if not page.wait_for_timeout(1000)}
    page.goto((tmp_path / "finished.html").as_uri())
    assert looping == {page.locator("img").screenshot()}
    calm.close()


def test_an_exported_page_steps_without_a_network(chromium, exported):
    context = chromium.new_context(offline=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(exported)
    players = page.locator("[data-lecture-player]")
    assert players.count() >= 2
    for k in range(players.count()):
        assert players.nth(k).evaluate("host => !!host.shadowRoot")
    host = first_player(page)
    host.get_by_label("next").click()
    shows(host, 1)
    context.close()


def test_print_shows_the_finished_picture_without_buttons(chromium, exported):
    page = chromium.new_page()
    page.goto(exported)
    page.emulate_media(media="print")
    host = first_player(page)
    assert sorted(host.evaluate(STATE)["shown"]) == numbers(SCENE.steps)
    assert not host.get_by_label("next").is_visible()
    page.close()


def test_a_narrow_window_keeps_all_text_at_9_pixels_or_more(chromium, exported):
    page = chromium.new_page(viewport={"width": 700, "height": 900})
    page.goto(exported)
    sizes = page.evaluate("""[...document.querySelectorAll('[data-lecture-player]')].map(host => {
        const svg = host.shadowRoot.querySelector('svg'), scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        return Math.min(...[...svg.querySelectorAll('text')].map(text => scale * parseFloat(getComputedStyle(text).fontSize)));
    })""")
    assert sizes and min(sizes) >= 9
    page.close()


def test_axe_finds_nothing_serious_in_the_players_of_an_exported_page(chromium, exported):
    page = chromium.new_page()
    page.goto(exported)
    results = Axe().run(page, context="[data-lecture-player]", options={"resultTypes": ["violations"]})
    assert results.response["passes"], "axe looked at nothing"
    ours = [each for each in results.response["violations"] if each["impact"] in ("serious", "critical")]
    assert not [(each["id"], [node["html"][:150] for node in each["nodes"]]) for each in ours]
    page.close()


@pytest.mark.skipif(shutil.which("firefox-esr") is None, reason="needs Debian's package firefox-esr")
def test_firefox_shows_the_players_of_an_exported_page(exported, tmp_path):
    folder = Path(tmp_path)
    page = "<!DOCTYPE html><meta charset=utf-8><body style='margin:0'>" + player(as_image(draw(SCENE), "a picture"))
    (folder / "page.html").write_text(page, encoding="utf-8")
    picture = folder / "firefox.png"
    command = ["firefox-esr", "--headless", "--window-size=700,500", f"--screenshot={picture}", (folder / "page.html").as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=90, env=os.environ | {"HOME": str(folder)})
    pixels = (255 * matplotlib.image.imread(picture)[..., :3]).round().astype(int)
    edge = palette.BOXES["input"].edge
    blue = [int(edge[k : k + 2], 16) for k in (1, 3, 5)]
    assert (pixels == blue).all(axis=-1).sum() > 50, "the input's cells are not drawn"
