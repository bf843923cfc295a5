"""The drawings: at every stop the moving picture shows the still of that stop, and everything keeps its place and its size."""

import functools
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import matplotlib
import pytest
from matplotlib.ft2font import FT2Font

from fresh import output_of
from lecture_helpers import (
    animate_connections,
    animate_gather_and_scatter,
    animate_gradient,
    animate_matrix,
    animate_sliding_kernel,
    animate_summed_kernels,
    animate_transpose,
    draw_channels,
    draw_operation,
    palette,
)
from lecture_helpers.svg import as_image, draw, draw_filmstrip, draw_still, lay_out
from lecture_helpers.words import plain
from scene_cases import BARE_END, CONVOLUTIONS, HOLES, L7, L8, L13, NASTY, PACKED, TRANSPOSED

TAGS = {"svg", "style", "defs", "g", "path", "rect", "text", "tspan", "a", "use"}
FONTS = Path(matplotlib.get_data_path(), "fonts", "ttf")
LONG = ([12345678, -987654321, 3], [1000.123, 2, -1], {})
SQUARE = ([[1, 2], [3, 4]], [[1, 10], [100, 1000]])
WIDE = ([k % 10 - 4 for k in range(40)], [1, 2, -1], dict(padding=2))
ANIMATIONS = {
    "L7": (animate_sliding_kernel, L7),
    "spread": (animate_sliding_kernel, (*L7[:2], dict(stride=2, padding=3, dilation=2))),
    "wide": (animate_sliding_kernel, WIDE),
    "gradient": (animate_gradient, (*L8[:2], dict(stride=2, padding=1))),
    "both": (animate_gather_and_scatter, (*L8[:2], dict(stride=3, dilation=2))),
    "matrix": (animate_matrix, L7),
    "transpose": (animate_matrix, (*L8[:2], dict(transposed=True, stride=2, output_padding=1))),
    "plane": (animate_sliding_kernel, ([[1, 2, 3], [4, 5, 6]], [[1, -2]], dict(padding=1))),
    "summed planes": (animate_summed_kernels, (*SQUARE, {})),
    "both on a plane": (animate_gather_and_scatter, (*SQUARE, dict(stride=2))),
    "wires": (animate_connections, (*L7[:2], dict(stride=2))),
    "wires by tap": (animate_connections, (*L8[:2], dict(transposed=True, reading="tap", stride=2, padding=1))),
    "fold": (animate_transpose, ([1, 2, 3], 7, {})),
    **{name: (animate_summed_kernels, case) for name, case in dict(L8=L8, L13=L13, holes=HOLES, bare_end=BARE_END).items()},
    **{name: (animate_summed_kernels, case) for name, case in dict(packed=PACKED, long=LONG).items()},
}
EVERY = pytest.mark.parametrize("scene", ANIMATIONS, indirect=True)
STROKE = ("fill", "stroke", "stroke-width", "stroke-dasharray")
HANDED_DOWN = {*STROKE, "color", "font-size", "font-weight", "text-anchor", "visibility"}


@functools.cache
def scene_of(name):
    animate, (one, other, params) = ANIMATIONS[name]
    return animate(one, other, **params).scene


@pytest.fixture
def scene(request):
    return scene_of(request.param)


class Sheet:
    """The rules of a style element, without those of media, keyframes and dark cards."""

    def __init__(self, text):
        text = re.sub(r"@(?:media|keyframes)[^{]*\{(?:[^{}]*\{[^{}]*\})*\}|@property[^}]*\}|:host[^}]*\}", "", text)
        self.rules = [
            (self.weight(selector), number, selector, self.declarations(body))
            for number, (selectors, body) in enumerate(re.findall(r"([^{}]+)\{([^{}]*)\}", text))
            for selector in selectors.split(",")
        ]
        self.of = functools.cache(self.of)

    @staticmethod
    def weight(selector):
        return selector.count(".") + selector.count(":"), bool(re.match("[a-z]", selector))

    @staticmethod
    def declarations(body):
        return dict(each.partition(":")[::2] for each in body.split(";") if each)

    def of(self, tag, classes, outer, number):
        """What the rules say of the number-th element within one of some classes."""
        names = {"*", tag, f":nth-child({number})", *(f".{name}" for name in classes.split())}
        around = {f".{name}" for name in outer.split()}
        found = {}
        for *_, selector, said in sorted(self.rules, key=lambda rule: rule[:2]):
            parent, arrow, own = selector.rpartition(">")
            if own in names and (not arrow or parent in around):
                found |= said
        return found


@functools.cache
def amount(text):
    """The number that a CSS length or calculation stands for."""
    return float(eval(re.sub(r"calc(?=\()|px", "", text), {"min": min, "clamp": lambda low, x, high: min(max(low, x), high)}))


def filled_in(text, values):
    return re.sub(r"var\((--\w+(?:-\d)?)(?:,([^()]*))?\)", lambda found: values.get(found[1], found[2]), text)


def halves(text):
    """The two arguments of a function, at whose top level there is one comma or one space."""
    depth = 0
    for k, letter in enumerate(text):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if not depth and letter in ", ":
            return text[:k], text[k + 1 :]


class Box(NamedTuple):
    look: tuple
    x: float
    y: float
    width: float
    height: float


class Text(NamedTuple):
    x: tuple
    y: float
    parts: tuple  # (text, colour, size, weight)
    anchor: str

    def words(self):
        return "".join(part[0] for part in self.parts)


class Path_(NamedTuple):
    look: tuple
    path: str


class Reader:
    """What an SVG shows at a time, or without any support for CSS variables if the time is None."""

    def __init__(self, svg):
        self.root = ElementTree.fromstring(re.sub(r" xmlns='[^']+'", "", svg, count=1))
        self.sheet = Sheet(self.root.find("style").text)
        self.named = {element.get("id"): element for element in self.root.iter() if element.get("id")}
        self.size = float(self.root.get("width")), float(self.root.get("height"))

    def at(self, time, chosen=lambda part: True):
        """All that is shown by the chosen parts of the document."""
        self.time, self.found = time, []
        values = self._values(self.root, "", 1, {})
        for n, part in enumerate(self.root, 1):
            if chosen(part):
                self._read(part, "", n, values, (0, 0), 1)
        return self.found

    def picture(self, time):
        return self.at(time, lambda part: part.get("class") != "c")

    def caption(self, time):
        return words(self.at(time, lambda part: part.get("class") == "c"))

    def _values(self, element, outer, number, inherited):
        values = {name: value for name, value in inherited.items() if name in HANDED_DOWN or name.startswith("--")}
        values |= {name: element.get(name) for name in ("visibility", "transform") if element.get(name)}
        own = self.sheet.of(element.tag, element.get("class", ""), outer, number) | Sheet.declarations(element.get("style", ""))
        if element.tag == "svg" and self.time is not None:
            own["--t"] = f"{self.time:g}"
        for name in sorted(own, key=lambda name: (not name.startswith("--"), name in ("--p", "--u"))):
            fallback = re.search(r"^var\(--[\w-]+,(.*)\)$", own[name])
            if name == "font":
                values["font-size"] = own[name].split()[0]
            elif self.time is not None or not (name.startswith("--") or "var(" in own[name]):
                values[name] = filled_in(own[name], values)
            elif fallback and name in ("color", "fill"):
                values[name] = fallback[1]  # a plain colour, to compare with; without variables it would be black
        return values

    def _read(self, element, outer, number, inherited, place, opacity):
        values = self._values(element, outer, number, inherited)
        opacity *= amount(values.pop("opacity", "1"))
        if element.tag in ("defs", "style") or opacity < 0.001:
            return
        if self.time is not None and self.time % 1 == 0:
            assert opacity == 1, "something is half shown at a stop"
        x, y = self._placed(element, values, place)
        if element.tag == "use":
            target = self.named[element.get("href")[1:]]
            self._read(target, element.get("class", ""), 1, values, (x, y), opacity)
        elif element.tag == "text":
            self._text(element, values, (x, y))
        elif element.tag in ("rect", "path"):
            self._shape(element, values, (x, y))
        else:
            for n, child in enumerate(element, 1):
                self._read(child, element.get("class", ""), n, values, (x, y), opacity)

    def _placed(self, element, values, place):
        moved = re.match(r"translate\((.*)\)$", values.pop("transform", ""))
        across, down = halves(moved[1]) if moved else ("0", "0")
        own = (element.get("x", "0"), element.get("y", "0")) if element.tag in ("use", "rect") else ("0", "0")
        return tuple(start + amount(shift) + float(at) for start, shift, at in zip(place, (across, down), own))

    def _shape(self, element, values, place):
        if values.get("visibility") == "hidden":
            return
        look = tuple(values["color"] if values.get(name) == "currentColor" else values.get(name, "") for name in STROKE)
        if element.tag == "rect":
            size = (float(element.get(name)) for name in ("width", "height"))
            self.found.append(Box(look, *(round(v, 1) for v in (*place, *size))))
        else:
            self.found.append(Path_(look, shifted(element.get("d"), *place)))

    def _text(self, element, values, place):
        if values.get("visibility") == "hidden":
            return
        lines = [[element.get("x", "0"), float(element.get("y", 0)), [(element.text or "", values)]]]
        for n, child in enumerate(element, 1):
            own = self._values(child, element.get("class", ""), n, values)
            if child.get("dy"):
                lines.append([child.get("x"), lines[-1][1] + float(child.get("dy")), []])
            lines[-1][2] += [(child.text or "", own), (child.tail or "", values)]
        for x, y, parts in lines:
            placed = tuple(round(place[0] + float(each), 1) for each in x.split())
            dressed = tuple((text, *lettering(each)) for text, each in parts if text)
            self.found.append(Text(placed, round(place[1] + y, 1), dressed, values.get("text-anchor", "")))


def lettering(values):
    return values["color"], amount(values["font-size"]), values.get("font-weight", "normal")


def shifted(path, x, y):
    """A path moved to another place, all of whose commands but the relative ones change."""
    moved = []
    for command, numbers in re.findall(r"([a-zA-Z])([^a-zA-Z]*)", path):
        values = [float(v) for v in numbers.split()]
        if command.isupper():
            step = {"H": (x,), "V": (y,)}.get(command, (x, y))
            values = [v + step[k % len(step)] for k, v in enumerate(values)]
        moved.append(command + " ".join(f"{round(v, 1):g}" for v in values))
    return "".join(moved)


def of(kind, found):
    return [each for each in found if isinstance(each, kind)]


def stops(scene):
    return range(scene.last + 1)


def words(found):
    return " ".join(" ".join(text.words() for text in of(Text, found)).split())


def assert_alike(one, other):
    """Two pictures show the same things, up to a tenth of a pixel; what only one of them shows is listed."""
    one, other = Counter(one), Counter(other)
    only, rest = [*(one - other).elements()], [*(other - one).elements()]
    for thing in [*only]:
        twin = next((each for each in rest if near(thing, each)), None)
        if twin is not None:
            only.remove(thing), rest.remove(twin)
    assert (only[:3], rest[:3]) == ([], [])


def near(one, other):
    """Whether two things differ in their places alone, by a tenth of a pixel or less."""
    number = re.compile(r"-?\d+\.?\d*")
    texts = [re.sub(r"'[^']*'", "", str(each)) if isinstance(each, Text) else str(each) for each in (one, other)]
    same = not isinstance(one, Text) or not isinstance(other, Text) or one.parts == other.parts
    numbers = [[float(n) for n in number.findall(text)] for text in texts]
    alike = number.sub("", texts[0]) == number.sub("", texts[1]) and len(numbers[0]) == len(numbers[1])
    return same and alike and all(abs(a - b) < 0.11 for a, b in zip(*numbers))


@EVERY
def test_at_every_stop_the_moving_picture_shows_exactly_the_still_of_that_stop(scene):
    moving = Reader(draw(scene))
    for time in stops(scene):
        assert_alike(moving.picture(time), Reader(draw_still(scene, time)).at(None))


@pytest.mark.parametrize("x, kernel, params", CONVOLUTIONS)
def test_so_it_does_for_every_convolution_layer(x, kernel, params):
    test_at_every_stop_the_moving_picture_shows_exactly_the_still_of_that_stop(animate_sliding_kernel(x, kernel, **params).scene)


@pytest.mark.parametrize("x, kernel, params", TRANSPOSED)
def test_so_it_does_for_every_transposed_layer(x, kernel, params):
    test_at_every_stop_the_moving_picture_shows_exactly_the_still_of_that_stop(animate_summed_kernels(x, kernel, **params).scene)


@EVERY
def test_the_still_of_every_stop_has_the_boxes_and_the_texts_of_its_frame(scene):
    layout = lay_out(scene)
    for time in stops(scene):
        shown = Reader(draw_still(scene, time)).at(None)
        boxes, texts = Counter(), Counter()
        for cell in (cell for cells in scene.frame(time) for cell in cells):
            x, y, (height, width) = layout.x(cell.column), layout.y(cell.row), cell.size
            width, height = width * layout.across, height * layout.down
            boxes[round(x + 1, 1), round(y + 1, 1), round(width - 2, 1), round(height - 2, 1)] += bool(cell.box)
            for text in filter(str.strip, (cell.text, cell.under)):
                texts[round(x + width / 2, 1), text] += 1
        assert Counter(box[1:] for box in of(Box, shown)) == +boxes
        assert not +texts - Counter((text.x[0], text.words()) for text in of(Text, shown))


@EVERY
def test_the_caption_is_the_question_at_the_stop_that_asks_and_the_answer_at_the_next(scene):
    moving = Reader(draw(scene))
    for k, caption in enumerate(scene.captions):
        assert moving.caption(scene.answered(k)) == " ".join(plain(caption.answered).split())
        if scene.beats == 2:
            assert moving.caption(scene.asked(k)) == " ".join(plain(caption.asked).split())


@EVERY
def test_without_css_variables_the_picture_is_the_last_still_with_its_caption(scene):
    moving = Reader(draw(scene))
    assert_alike(moving.at(None), moving.at(scene.last))


@EVERY
def test_while_something_moves_the_texts_of_two_stops_never_stand_on_each_other_half_shown_for_long(scene):
    moving = Reader(draw(scene))
    for time in range(scene.last):
        captions = [moving.caption(time + part) for part in (0.3, 0.6, 0.7)]
        allowed = {moving.caption(stop) for stop in (time, time + 1)} | {""}
        assert set(captions) <= allowed


@EVERY
def test_one_variable_drives_the_picture(scene):
    svg = draw(scene)
    style = re.search("<style>(.*)</style>", svg)[1]
    assert svg.count("<style") == svg.count("@keyframes") == 1
    assert "var(--t)" not in svg.replace(style, "").replace("clamp(0,var(--t)", "").replace("clamp(0,(var(--t)", "")
    assert f"svg{{--t:{scene.last};" in style and "infinite}" in style
    assert "@media(prefers-reduced-motion){svg{animation:none}}" in style
    assert f"@media print{{svg{{--t:{scene.last}!important;animation:none!important}}}}" in style
    assert f"initial-value:{scene.last}}}" in style and "syntax:'&lt;number>'" in style


@EVERY
def test_the_loop_begins_finished_stops_at_answers_only_and_takes_at_most_30_seconds(scene):
    style = re.search("<style>(.*)</style>", draw(scene))[1]
    frames = [
        (float(p), float(t)) for p, t in re.findall(r"([\d.]+)%\{--t:([\d.]+)\}", re.search("@keyframes t{(.*?}})", style)[1])
    ]
    assert frames == sorted(frames, key=lambda frame: frame[0]) and frames[0] == (0, scene.last)
    assert [t for _, t in frames[3:]] == [scene.answered(k) for k in range(scene.steps)]
    assert float(re.search(r"animation:t ([\d.]+)s", style)[1]) <= 30


@EVERY
def test_the_same_scene_gives_the_same_bytes(scene):
    assert draw(scene) == draw(scene)
    assert draw_filmstrip(scene) == draw_filmstrip(scene)


def test_another_interpreter_gives_the_same_bytes():
    code = """
import sys
from lecture_helpers import animate_connections, animate_sliding_kernel, animate_summed_kernels
from lecture_helpers.svg import draw_still
for animation in (animate_sliding_kernel([1, 2, 3, 4], [10, 1], padding=1), animate_summed_kernels([2, 3], [1, 2], stride=2),
                  animate_connections([1, 2, 3], [1, 2], padding=1), animate_sliding_kernel([[1, 2], [3, 4]], [[1]], padding=1)):
    print(animation._repr_mimebundle_(), animation.filmstrip().svg, animation.filmstrip(blank=True).svg)
    print(draw_still(animation.scene, 1))
"""
    one, other = (output_of(code, PYTHONHASHSEED=seed) for seed in "12")
    assert one == other
    assert draw_filmstrip(animate_sliding_kernel([1, 2, 3, 4], [10, 1], padding=1).scene) in one


@pytest.mark.parametrize("time", [0, 1])
def test_every_text_is_escaped(time):
    shown = {part[0].strip() for text in of(Text, Reader(draw(NASTY)).at(time)) for part in text.parts}
    caption = Reader(draw(NASTY)).caption(time)
    assert caption == 'first <i> & "q"\'' + ("then </text> = &amp;" if time else "?")
    assert {"<1&'", "&", '<b>x</b> & "y"', "1 < 2 & '3'", NASTY.title} <= shown and ('"' in shown) == time
    root = ElementTree.fromstring(draw(NASTY))
    assert root.get("aria-label") == NASTY.summary(answers=False)[1]
    assert [each.get("data-a") for each in root.iter() if each.get("data-a")] == [NASTY.captions[0].expected]
    for svg in draw(NASTY), draw_filmstrip(NASTY), draw_filmstrip(NASTY, blank=True), draw_still(NASTY, time):
        title = ElementTree.fromstring(svg).find("{*}g[@class='h s']")
        assert "".join(title.itertext()).strip() == NASTY.title


@EVERY
@pytest.mark.parametrize("draw_it", [draw, draw_still, draw_filmstrip])
def test_no_type_is_smaller_than_11_px_and_nothing_is_scaled(scene, draw_it):
    svg = draw_it(scene)
    shown = of(Text, Reader(svg).at(None))
    assert min(size for text in shown for _, _, size, _ in text.parts) >= 11
    assert "font-size='" not in svg and "scale(" not in svg
    width, height = re.search(r"width='(\d+)' height='(\d+)'", svg).groups()
    assert f"viewBox='0 0 {width} {height}'" in svg
    assert int(width) <= 1080 or (draw_it is draw_filmstrip and int(width) % lay_out(scene).width == 0)


def measured(text, size, bold=False):
    """The width of a text in DejaVu Sans, in px."""
    font = FT2Font(FONTS / f"DejaVuSans{'-Bold' if bold else ''}.ttf")
    font.set_size(size, 72)
    font.set_text(text)
    return font.get_width_height()[0] / 64


def ends(text):
    """The left and the right end of a line of text, in px."""
    room = sum(measured(part, size, weight == "bold") for part, _, size, weight in text.parts)
    if len(text.x) > 1:  # letters placed one by one
        return min(text.x) - 4, max(text.x) + 4
    start = text.x[0] - {"middle": room / 2, "end": room}.get(text.anchor, 0)
    return start, start + room


@EVERY
def test_nothing_leaves_the_picture(scene):
    for svg in (draw(scene), draw_filmstrip(scene), draw_filmstrip(scene, blank=True)):
        reader = Reader(svg)
        width, height = reader.size
        for time in (*stops(scene), 0.5, None) if "@keyframes" in svg else (None,):
            for item in reader.at(time):
                if isinstance(item, Box):
                    assert item.x >= 0.5 and item.x + item.width <= width - 0.5, item
                    assert item.y >= 0.5 and item.y + item.height <= height - 0.5, item
                elif isinstance(item, Text):
                    left, right = ends(item)
                    assert left >= 2 and right <= width - 2, (item.words(), left, right, width)
                    assert item.y >= 10 and item.y <= height - 3, item
                else:
                    x, y = map(float, re.match(r"M([-.\d]+) ([-.\d]+)", item.path).groups())
                    assert 0 <= x <= width and 0 <= y <= height, item


@EVERY
def test_every_number_fits_its_cell(scene):
    layout = lay_out(scene)
    for cell in (cell for band in scene.bands for cell in band.cells if cell.box):
        height, width = cell.size[0] * layout.down, cell.size[1] * layout.across
        small = height < 24 or (len(cell.text) > 1 and "×" in cell.text)
        assert measured(cell.text, 11 if small else 14, bold=cell.text == "?") <= width - 2, cell
        assert measured(cell.under, 11) <= width, cell


@EVERY
def test_what_is_written_in_ink_stands_in_a_filled_box_on_a_dark_card_too(scene):
    for time in stops(scene):
        shown = Reader(draw_still(scene, time)).at(None)
        filled = [box for box in of(Box, shown) if box.look[0] not in ("none", "")]
        for text in of(Text, shown):
            if text.parts and text.parts[0][1] == palette.INK and text.anchor == "middle":
                assert any(b.x <= text.x[0] <= b.x + b.width and b.y <= text.y - 4 <= b.y + b.height for b in filled), (
                    time,
                    text,
                )


@EVERY
def test_every_box_and_every_line_has_colours_of_its_own(scene):
    for time in stops(scene):
        for item in Reader(draw(scene)).picture(time):
            if not isinstance(item, Text):
                assert item.look[0] and (item.look[0] != "none" or item.look[1]), item


@EVERY
def test_a_filmstrip_has_one_panel_a_step_and_each_is_the_still_of_its_answer(scene):
    strip, layout = Reader(draw_filmstrip(scene)), lay_out(scene)
    panels = [part for part in strip.root if part.tag == "g" and not part.get("class")]
    assert len(panels) == scene.steps == len({panel.get("transform") for panel in panels})
    headed = [text.words() for text in strip.at(None, lambda part: part.get("class") == "h s")]
    assert [line.strip() for line in headed] == list(layout.title)
    for k, panel in enumerate(panels):
        panel.attrib.pop("transform")
        said = " ".join("".join(panel[-1].itertext()).split())
        assert said == f"{k + 1}. {' '.join(plain(scene.captions[k].answered).split())}"
        panel.remove(panel[-1])
        still = Reader(draw_still(scene, scene.answered(k))).at(None)
        untitled = [each for each in still if not (isinstance(each, Text) and each.words() in headed)]
        assert_alike(strip.at(None, lambda part, panel=panel: part is panel), untitled)


ANSWERS = {"203", "445", "710", "350"} | {"200", "300", "500", "140", "210"}


def said(page):
    """All numbers that a page shows or says."""
    return set(re.findall(r"\d+", f"{page.text()} {words(Reader(page.svg).at(None))}"))


@EVERY
def test_a_worksheet_shows_the_question_and_leaves_the_answers_empty(scene):
    blank = scene.blank()
    for k in range(scene.steps):
        full, empty = (Reader(draw_still(each, each.answered(k))).at(None) for each in (scene, blank))
        assert Counter(box.look for box in of(Box, full)) == Counter(box.look for box in of(Box, empty))
    assert not words(Reader(draw_filmstrip(scene, blank=True)).at(None)).count("Finished")


@pytest.mark.parametrize("animate", [animate_sliding_kernel, animate_matrix])
def test_a_worksheet_of_a_convolution_layer_never_says_652(animate):
    page = animate([2, 3, 5], [1, 100, 70]).filmstrip(blank=True)
    assert "652" not in said(page) and "652" in said(animate([2, 3, 5], [1, 100, 70]).filmstrip())


@pytest.mark.parametrize("animate", [animate_summed_kernels, animate_gradient, animate_gather_and_scatter, animate_matrix])
def test_a_worksheet_of_a_transposed_layer_says_neither_its_sums_nor_its_products(animate):
    animation = animate([2, 3, 5], [1, 100, 70], **({"transposed": True} if animate is animate_matrix else {}))
    assert not ANSWERS & said(animation.filmstrip(blank=True))
    assert ANSWERS & said(animation.filmstrip())


def test_an_operation_on_one_line_stands_in_one_row_of_cells():
    for transposed in (False, True):
        shown = Reader(draw_operation([0, 0, 1, 0, 0, 0, 0], [1, 2, 3], transposed=transposed).svg).at(None)
        assert len({box.y for box in of(Box, shown)}) == 1
        assert {"⊛", "∗", "="} & {text.words() for text in of(Text, shown)} == {"∗" if transposed else "⊛", "="}


def every_svg(scene):
    return draw(scene), draw_still(scene), draw_still(scene, 0), draw_filmstrip(scene), draw_filmstrip(scene, blank=True)


@EVERY
def test_ids_are_local_and_there_is_no_script_and_no_smil(scene):
    for svg in every_svg(scene):
        root = ElementTree.fromstring(svg)
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        assert all(re.fullmatch(r"b|h|[dsn]\d+", name) for name in ids)
        assert {element.tag.partition("}")[2] for element in root.iter()} <= TAGS
        assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]
        assert re.findall(r"(?:https?:)?//[^\"']+", svg) == ["http://www.w3.org/2000/svg"]
        used = {element.get("href")[1:] for element in root.iter() if element.get("href")}
        assert used <= set(ids)


@EVERY
def test_class_names_are_lower_case_and_the_name_that_is_read_out_has_no_answer(scene):
    for svg in every_svg(scene):
        assert all(re.fullmatch(r"[a-z][-a-z0-9 ]*", name) for name in re.findall(r"class='([^']*)'", svg))
    label = ElementTree.fromstring(draw(scene)).get("aria-label")
    assert label == "; ".join(scene.summary(answers=False)[1:])
    for band in scene.bands:
        assert not (band.answer and band.values) or f": {band.values}" not in label


def test_an_image_is_percent_encoded_as_far_as_an_attribute_needs_it():
    from html.parser import HTMLParser
    from urllib.parse import unquote

    attributes = {}
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: attributes.update(attrs)
    for scene in (NASTY, scene_of("L7"), scene_of("wide")):
        image = as_image(draw(scene), 'a "b" <c> & d')
        parser.feed(image)
        kind, _, content = attributes["src"].partition(",")
        assert kind == "data:image/svg+xml" and unquote(content) == draw(scene)
        assert attributes["alt"] == 'a "b" <c> & d' and not set('#\n"') & set(content)


def test_a_table_of_channels_is_a_still_whose_numbers_fit():
    picture = draw_channels([[1, 2], [3, 4]], [[[1], [10], [100]], [[2], [20], [200]]], transposed=True)
    reader = Reader(picture.svg)
    assert "700" in words(reader.at(None))
    for text in of(Text, reader.at(None)):
        left, right = ends(text)
        assert left >= 0 and right <= reader.size[0]
