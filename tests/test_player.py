"""What Jupyter stores: one image that loops, the short script that turns it into a player, and the storyboard."""

import importlib.util
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

import lecture_helpers.player
from lecture_helpers import Animation, animate_sliding_kernel, animate_summed_kernels
from lecture_helpers.svg import draw
from scene_cases import L7, L8, NASTY

READ = Path(lecture_helpers.player.__file__).with_name("player.js")  # what people read; what players carry is made from it
MADE = READ.with_suffix(".min.js")
ANIMATIONS = {"L7": animate_sliding_kernel(*L7[:2]), "L8": animate_summed_kernels(*L8[:2]), "nasty": Animation(NASTY)}
EVERY = pytest.mark.parametrize("animation", ANIMATIONS.values(), ids=ANIMATIONS)


class Page(HTMLParser):
    """The tags of an HTML text with their attributes, and the text inside every script."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.scripts, self.titles = [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        {"script": self.scripts, "title": self.titles}.get(self.tags[-1][0] if self.tags else "", []).append(data)

    def of(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def bundle(animation):
    return animation._repr_mimebundle_()


def stored(steps):
    """The bytes of a sliding scene's output, all mime types together."""
    output = bundle(animate_sliding_kernel([k % 10 - 3 for k in range(steps + 2)], [1, 2, -1]))
    return sum(len(content.encode()) for content in output.values())


@EVERY
def test_an_output_is_one_html_and_the_storyboard(animation):
    assert bundle(animation).keys() == {"text/html", "text/plain"}
    assert bundle(animation)["text/plain"] == animation.text() == repr(animation)


@EVERY
def test_the_html_is_a_marked_container_with_the_image_and_then_the_script(animation):
    page = Page(bundle(animation)["text/html"])
    assert [tag for tag, _ in page.tags] == ["div", "img", "script"]
    assert page.tags[0][1] == {"data-lecture-player": None}
    assert page.tags[1][1].keys() == {"alt", "src"}
    assert page.scripts == ["{" + MADE.read_text("utf-8").splitlines()[1] + "}"]


def test_the_script_that_players_carry_is_made_from_the_one_that_people_read():
    spec = importlib.util.spec_from_file_location("minify", Path(__file__).parents[1] / "tools" / "minify.py")
    minify = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(minify)
    first, script = MADE.read_text("utf-8").splitlines()
    assert first == minify.mark(READ.read_text("utf-8")), "python tools/minify.py makes it"
    assert script == lecture_helpers.player.SCRIPT


@EVERY
def test_the_image_is_the_drawing_percent_encoded(animation):
    (image,) = Page(bundle(animation)["text/html"]).of("img")
    kind, _, content = image["src"].partition(",")
    assert kind == "data:image/svg+xml" and not set('#"\n') & set(content)
    assert unquote(content) == draw(animation.scene)


@EVERY
def test_the_alternative_text_has_the_finished_rows_and_the_name_of_the_picture_none_of_them(animation):
    (image,) = Page(bundle(animation)["text/html"]).of("img")
    rows = [f"{band.name()}: {band.values}" for band in animation.scene.bands if band.label and band.values]
    assert image["alt"] == "; ".join([animation.scene.title, *rows])
    label = ElementTree.fromstring(draw(animation.scene)).get("aria-label")
    answers = [band.values for band in animation.scene.bands if band.answer and band.values]
    assert not [values for values in answers if f": {values}" in label] and all(values in image["alt"] for values in answers)


def test_the_alternative_text_of_the_lecture_holds_the_numbers_but_no_step():
    (image,) = Page(bundle(ANIMATIONS["L8"])["text/html"]).of("img")
    assert "2 7 4 −4 −2 1" in image["alt"] and "Finished" not in image["alt"]


def test_a_7_step_scene_is_stored_in_15000_bytes():
    assert len(ANIMATIONS["L7"]) == 7
    assert sum(len(content.encode()) for content in bundle(ANIMATIONS["L7"]).values()) <= 15_000


def test_a_60_step_scene_is_stored_in_50000_bytes():
    assert stored(60) <= 50_000


def test_twice_as_many_steps_take_twice_as_many_bytes():
    assert stored(120) - stored(60) <= 1.15 * (stored(60) - stored(7)) * 60 / 53


def test_the_script_is_short_and_can_stand_in_a_page():
    script = lecture_helpers.player.SCRIPT
    assert len(script.encode()) <= 3500
    assert "</script" not in script and "<!--" not in script


def test_the_script_asks_for_nothing_and_finds_its_pictures_by_their_mark():
    script = lecture_helpers.player.SCRIPT
    assert not re.search(r"fetch|XMLHttp|WebSocket|import\b|eval|http:|https:|currentScript|getElementById", script)
    assert "[data-lecture-player]" in script and "shadowRoot" in script


def test_every_display_gives_the_same_bytes():
    again = animate_sliding_kernel(*L7[:2])
    assert bundle(ANIMATIONS["L7"]) == bundle(ANIMATIONS["L7"]) == bundle(again)


def test_an_animation_is_saved_as_a_picture(tmp_path):
    path = ANIMATIONS["L7"].save(tmp_path / "sliding.svg")
    assert path == tmp_path / "sliding.svg"
    assert path.read_bytes().decode() == draw(ANIMATIONS["L7"].scene)


@EVERY
def test_an_animation_is_saved_as_a_page_that_loads_nothing(tmp_path, animation):
    path = animation.save(str(tmp_path / "sliding.html"))
    text = path.read_bytes().decode()
    page = Page(text)
    assert text.startswith("<!DOCTYPE html>") and "\r" not in text
    assert page.of("html") == [{"lang": "en"}] and page.of("meta") == [{"charset": "utf-8"}]
    assert page.titles == [animation.scene.title]
    assert bundle(animation)["text/html"] in text
    assert {tag for tag, _ in page.tags} == {"html", "head", "meta", "title", "style", "body", "div", "img", "script"}
    assert [value for _, attributes in page.tags for name, value in attributes.items() if name in ("src", "href")] == [
        page.of("img")[0]["src"]
    ]


@pytest.mark.parametrize("name", ["sliding.png", "sliding", "sliding.gif", "svg", ".svg"])
def test_another_ending_is_refused_with_the_two_that_work(tmp_path, name):
    with pytest.raises(ValueError, match=r"\.svg or \.html") as caught:
        ANIMATIONS["L7"].save(tmp_path / name)
    assert name in str(caught.value)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("blank", [False, True])
def test_a_filmstrip_is_an_image_with_its_words(tmp_path, blank):
    strip = ANIMATIONS["L8"].filmstrip(blank=blank)
    assert bundle(strip).keys() == {"text/html", "text/plain"}
    assert [tag for tag, _ in Page(bundle(strip)["text/html"]).tags] == ["img"]
    assert bundle(strip)["text/plain"] == strip.text() == repr(strip)
    assert ("2 7 4 −4 −2 1" in strip.text()) != blank
    assert strip.save(tmp_path / "strip.svg").read_bytes().decode() == strip.svg
    assert bundle(strip)["text/html"] in strip.save(tmp_path / "strip.html").read_text("utf-8")
    with pytest.raises(ValueError, match="strip.pdf"):
        strip.save(tmp_path / "strip.pdf")
