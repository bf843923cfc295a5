"""The explorers: set a control, read what the picture, the formula and the line of PyTorch say."""

import html
import importlib
import json
import math
import re
import sys
import types
import zlib
from xml.etree import ElementTree

import numpy as np
import pytest
import torch

from lecture_helpers import (
    conv_transpose,
    cross_correlate,
    explore_layer,
    matrix_of,
)
from lecture_helpers.explorers.boxes import numbers_in
from lecture_helpers.explorers.picture import OLD
from lecture_helpers.scenes import READINGS
from test_scenes import EACH

X, KERNEL = [2, 3, 0, -1, 4], [1, 2, -1]


def random_layers(count, seed=5):
    """(x, kernel, transposed, parameters) of legal layers on rows."""
    rng, found = np.random.default_rng(seed), []
    while len(found) < count:
        x, kernel = (rng.integers(-3, 9, int(rng.integers(1, most))) for most in (9, 5))
        transposed = bool(rng.integers(2))
        params = dict(stride=int(rng.integers(1, 4)), padding=int(rng.integers(3)), dilation=int(rng.integers(1, 4)))
        params |= dict(output_padding=int(rng.integers(3))) if transposed else {}
        try:
            (conv_transpose if transposed else cross_correlate)(x, kernel, **params)
        except ValueError:
            continue
        found.append((x, kernel, transposed, params))
    return found


GRIDS = [  # x's shape, kernel's shape, transposed, parameters: board
    ((2, 2), (2, 2), True, dict()),
    ((2, 2), (2, 2), True, dict(stride=(2, 1), padding=1, output_padding=(1, 0))),
    ((2, 3), (2, 1), True, dict(stride=2, dilation=(2, 1))),
    ((2, 2), (2, 2), True, dict(stride=4)),
    ((4, 4), (3, 3), False, dict(padding=1)),
    ((4, 3), (2, 2), False, dict(stride=(1, 2), padding=(1, 0))),
]
LAYERS = [*random_layers(40), (np.arange(12), np.array([3, 1, 2]), False, dict(stride=2, dilation=2))]


def operator(transposed, kernel, params):
    return lambda x: (conv_transpose if transposed else cross_correlate)(x, kernel, **params)


def numbers(text):
    return [float(entry.replace("−", "-")) for entry in text.split()]


def spots(shown):
    """What can be pointed at, as the page unpacks it."""
    cells = shown.picture.cells
    for x, y, width, height, k, *_ in cells["spots"]:
        yield dict(x=x, y=y, width=width, height=height, of=cells["of"][k], sentence=cells["said"][k])


def numbered(shown, row):
    """The numbers of the cells of a row that can be pointed at."""
    return {spot["of"][1] for spot in spots(shown) if spot["of"][0] == row}


def explorer(**changes):
    return explore_layer(**dict(x=X, kernel=KERNEL, transposed=True, stride=2) | changes)


def test_a_slider_changes_picture_formula_and_line_together():
    shown = explorer()
    before = shown.picture.svg
    shown.controls["stride"].value = 3
    assert shown.picture.svg != before and "stride 3" in shown.picture.svg
    assert shown.about["size"].value.endswith("= 15</div>") and "stride=3" in shown.about["torch"].value
    assert not any(message.value for message in shown.messages.values())


@pytest.mark.parametrize("x, kernel, transposed, params", LAYERS[:15])
def test_the_line_of_pytorch_computes_the_same_and_the_formula_its_size(x, kernel, transposed, params):
    shown = explore_layer(x, kernel, transposed, **params)
    code = ElementTree.fromstring(f"<p>{shown.about['torch'].value}</p>")
    names = dict(torch=torch, F=torch.nn.functional)
    exec(code.find("code").get("title"), names)
    y = operator(transposed, kernel, params)(x)
    assert eval(code.find("button").get("data-copy"), names).flatten().tolist() == y.tolist()
    assert code.find("code").text == code.find("button").get("data-copy")
    assert shown.about["size"].value.endswith(f"= {y.size}</div>")


@pytest.mark.parametrize(
    "name, value, words",
    [
        ("output_padding", 3, "output_padding must be smaller than max(stride, dilation)"),
        ("input", "1, 2, foo", "The input must be numbers, separated by spaces, but 'foo' is none."),
        ("input", "2,5", "'2,5' may be one number or several: write 2.5 with a point, and a space between two numbers."),
        ("kernel", "1 2,5 / 3 −4,25", "'2,5' may be one number or several"),
        ("kernel", "1 2 / 3", "kernel must be a rectangular array"),
        ("kernel", "", "The kernel is empty: write numbers like 1 2 3"),
        ("kernel", "\t\u00a0", "The kernel is empty: write numbers like 1 2 3"),
        ("input", "1 2 / 3 4", "The arrays must have the same number of axes, but input has 2 and kernel has 1."),
        ("input", "nan 1", "finite numbers"),
        ("input", " ".join(["1"] * 200), "at most 128 cells"),
    ],
)
def test_an_impossible_setting_keeps_the_picture_and_says_why_beside_its_control(name, value, words, capsys, caplog):
    shown = explorer()
    before = shown.picture.svg
    good = shown.controls[name].value
    shown.controls[name].value = value
    assert shown.picture.svg == before and words in html.unescape(shown.messages[name].value)
    assert all(not message.value for other, message in shown.messages.items() if other != name)
    shown.controls[name].value = good
    assert shown.messages[name].value == "" and shown.picture.svg == before
    assert capsys.readouterr() == ("", "") and not caplog.records


def test_a_kernel_that_does_not_fit_is_named_beside_the_slider_that_spread_it():
    shown = explore_layer([1, 2, 3, 4], [1, 10, 100])
    shown.controls["dilation"].value = 2
    assert "does not fit into 4 + 2·0 padded samples" in shown.messages["dilation"].value


def test_a_notebook_shows_only_the_controls_that_it_has_taught():
    shown = explore_layer(X, KERNEL, controls=("stride",), padding=1)
    assert list(shown.controls) == ["input", "kernel", "stride", "reading", "numbers"]
    assert "padding=1" in shown.about["torch"].value
    assert "output_padding" not in explore_layer(X, KERNEL).controls


@pytest.mark.parametrize("options", [dict(strides=2), dict(controls=("foo",)), dict(transposed=False, output_padding=1)])
def test_an_unknown_parameter_is_refused_at_once(options):
    with pytest.raises(ValueError, match="A layer has no parameter"):
        explorer(**options) if "transposed" not in options else explore_layer(X, KERNEL, output_padding=1)


@pytest.mark.parametrize("transposed, reading", [(False, "gather"), (True, "scatter"), (True, "gather")])
def test_grids_are_shown_too(transposed, reading):
    x, kernel = np.arange(1, 10).reshape(3, 3), [[1, 10], [100, 1000]]
    shown = explore_layer(x, kernel, transposed)
    shown.controls["reading"].value = reading
    params = {name: shown.controls[name].value for name in shown.sliders}
    y = operator(transposed, kernel, params)(x)
    sentences = {spot["of"][1]: spot["sentence"] for spot in spots(shown) if spot["of"][0] == "output"}
    assert sorted(sentences) == list(range(y.size))
    assert all(float(sentences[k].rpartition(" = ")[2]) == value for k, value in enumerate(y.flat))
    assert numbered(shown, "input") == set(range(9)) and numbered(shown, "kernel") == set(range(4))


@pytest.mark.parametrize("x, kernel, transposed, params", LAYERS[:15])
@pytest.mark.parametrize("reading", READINGS)
def test_every_cell_can_be_pointed_at_and_lies_within_the_picture(x, kernel, transposed, params, reading):
    shown = explore_layer(x, kernel, transposed, **params)
    shown.controls["reading"].value = reading
    y = operator(transposed, kernel, params)(x)
    cells = shown.picture.cells
    assert numbered(shown, "input") == set(range(len(x))) and numbered(shown, "output") == set(range(y.size))
    matrix = matrix_of(operator(transposed, kernel, params), len(x))
    assert {(q, p) for p, _, q in cells["links"]} >= {tuple(where) for where in np.argwhere(matrix).tolist()}
    width, height = (float(ElementTree.fromstring(shown.picture.svg).get(name)) for name in ("width", "height"))
    for spot in spots(shown):
        assert spot["x"] >= 0 and spot["x"] + spot["width"] <= width + 1
        assert spot["y"] >= 0 and spot["y"] + spot["height"] <= height + 1
        assert spot["sentence"]


def test_a_text_that_cannot_be_read_is_named_beside_its_box_only_and_the_old_picture_is_dimmed():
    shown = explorer()
    shown.controls["input"].value = "1, 2, foo"
    shown.controls["padding"].value = 1
    said = {name: message.value for name, message in shown.messages.items() if message.value}
    assert list(said) == ["input"] and "still shows the last setting that worked" in said["input"]
    assert shown.picture.old and all(OLD in text._dom_classes for text in shown.about.values())
    shown.controls["input"].value = "2 −3"
    assert not shown.picture.old and not any(OLD in text._dom_classes for text in shown.about.values())
    assert "padding 1" in shown.picture.svg


def test_a_starting_value_beyond_a_sliders_end_moves_the_end():
    shown = explore_layer([1, 2], [1], True, stride=9)
    assert (shown.controls["stride"].value, shown.controls["stride"].max) == (9, 9)


def test_a_parameter_for_each_axis_is_written_as_it_is_in_the_line_of_pytorch():
    shown = explore_layer(np.ones((3, 3)), np.ones((2, 2)), controls=(), stride=np.array([1, 2]))
    assert "stride=(1, 2)" in shown.about["torch"].value and "stride (1, 2)" in shown.picture.svg


def test_without_a_kernel_an_explorer_is_a_player_of_its_starting_values():
    data = explorer()._repr_mimebundle_()
    data = data[0] if isinstance(data, tuple) else data
    assert "data-lecture-player" in data["text/html"]
    assert data["text/plain"].splitlines()[2] == "output y (long row) · 11 cells: 2 4 1 6 −3 0 −1 −2 5 8 −4"
    again = explorer()._repr_mimebundle_()
    assert data["text/html"] == (again[0] if isinstance(again, tuple) else again)["text/html"]


@pytest.mark.parametrize("options", [dict(stride=1.5), dict(padding=-1), dict(x=["a"]), dict(x=[[1], [1, 2]]), dict(x=7)])
def test_starting_values_that_cannot_be_shown_are_refused_in_one_sentence(options):
    with pytest.raises((TypeError, ValueError)) as refusal:
        explorer(**options)
    assert str(refusal.value).endswith(".") and "np." not in str(refusal.value)


def test_starting_values_keep_all_their_digits():
    shown = explore_layer([12345678, 0.1234567891], [1])
    assert shown.controls["input"].value == "12345678.0 0.1234567891"


@pytest.fixture
def counted(monkeypatch):
    """How often arrays are read, connections listed, and scenes laid out, by name."""
    counts = {}
    places = [
        ("lecture_helpers.scenes.limits", "as_arrays"),
        *((f"lecture_helpers.{module}", "connections") for module in ("scenes.links", "operators")),
        ("lecture_helpers.explorers.layer", "lay_out"),
    ]
    for module, name in places:
        function = getattr(importlib.import_module(module), name)

        def counting(*arguments, function=function, name=name, **options):
            counts[name] = counts.get(name, 0) + 1
            return function(*arguments, **options)

        monkeypatch.setattr(f"{module}.{name}", counting)
    return counts


@pytest.mark.parametrize("transposed", [False, True])
@pytest.mark.parametrize("reading", READINGS)
def test_one_move_of_a_slider_reads_lists_and_lays_out_once(counted, transposed, reading):
    shown = explore_layer([1, 2, 3, 4, 5], [1, 10, 100], transposed)
    shown.controls["reading"].value = reading
    counted.clear()
    shown.controls["stride"].value = 2
    assert counted == {"as_arrays": 1, "connections": 1, "lay_out": 1}


@EACH
def test_one_call_of_an_animation_reads_and_lists_once(counted, animate):
    animate([1, 2, 3, 4], [1, 10])._repr_mimebundle_()
    assert counted == {"as_arrays": 1, "connections": 1}


@pytest.mark.parametrize("x, kernel, transposed, params", LAYERS[:20])
@pytest.mark.parametrize("numbers", ["products", "taps"])
@pytest.mark.parametrize("reading", READINGS)
def test_every_crossing_of_the_board_says_what_it_carries(x, kernel, transposed, params, numbers, reading):
    shown = explore_layer(x, kernel, transposed, **params)
    shown.controls["reading"].value, shown.controls["numbers"].value = reading, numbers
    matrix = matrix_of(operator(transposed, kernel, params), len(x))
    crossings = [spot["of"] + [spot["sentence"]] for spot in spots(shown) if spot["of"][0] == "link"]
    for _, q, p, sentence in crossings:
        carried = re.fullmatch(rf"x\[{p}\] gives .+ = (\S+) to y\[{q}\], through κ\[(\d+)\]", sentence)
        assert float(carried[1].replace("−", "-")) == x[p] * kernel[int(carried[2])]
    linked = {(q, p) for p, _, q in shown.picture.cells["links"]}
    assert {(q, p) for _, q, p, _ in crossings} == linked >= {*map(tuple, np.argwhere(matrix).tolist())}


def finished(shown):
    """Where each cell lies and how it looks when all steps are done, but for the marks of the last step."""
    layout, _, _ = shown.build()
    scene = layout.scene
    for band, cells in zip(scene.bands, scene.frame(scene.last)):
        for cell in cells:
            stays = cell.box and not cell.box.endswith(("-lit", "frame")) and not cell.box.startswith("lane")
            if stays and not _stepwise(cell) and (band.label or "numbers" in shown.controls):  # not what stands on a step's wires
                size = cell.size[0] * layout.down, cell.size[1] * layout.across
                yield band.label, cell.box, layout.x(cell.column), layout.y(cell.row), *size, cell.text, cell.under.strip()


def _stepwise(cell):
    """Whether it belongs to one step only: a product that is still to be worked out, or one of the sliding kernel's."""
    return not cell.of and "×" in cell.text


@pytest.mark.parametrize(
    "x, kernel, transposed, params", [*LAYERS[:25], *((np.ones(n), np.ones(w), *rest) for n, w, *rest in GRIDS)]
)
@pytest.mark.parametrize("numbers", ["products", "taps", "wires"])
def test_switching_the_reading_changes_no_cells_place_size_or_colour(x, kernel, transposed, params, numbers):
    shown = explore_layer(x, kernel, transposed, views=() if numbers == "wires" else ("matrix",), **params)
    if numbers != "wires":
        shown.controls["numbers"].value = numbers
    looks = []
    for reading in READINGS:
        shown.controls["reading"].value = reading
        looks.append(set(finished(shown)))
    assert looks[0] == looks[1] and len(looks[0]) >= 3


@pytest.mark.parametrize("views", [(), ("matrix",)])
def test_before_the_matrix_is_taught_a_row_is_shown_as_wires(views):
    shown = explore_layer(X, KERNEL, controls=(), views=views)
    lines = {line.look for line in shown.build()[0].scene.lines}
    assert any(look.startswith("wire") for look in lines) == ("numbers" not in shown.controls) == (not views)
    y = [float(value.replace("−", "-")) for value in shown.storyboard.splitlines()[2].rpartition(": ")[2].split()]
    assert y == cross_correlate(X, KERNEL).tolist()


def test_spots_lie_on_the_boxes_that_are_drawn():
    shown = explore_layer([1, 2, 3], [10, 1])
    body = re.search(r"<g class='input' transform='translate\((\d+) (\d+)\)'>", shown.picture.svg)
    first = next(spot for spot in spots(shown) if spot["of"] == ["input", 0])
    assert (first["x"] + 1, first["y"] + 1) == (int(body[1]), int(body[2]))


def test_grids_say_which_readings_they_have():
    shown = explore_layer([[1, 2], [3, 4]], [[1, 10]])
    shown.controls["reading"].value = "scatter"
    assert "shown by gather only" in shown.messages["reading"].value
    shown.controls["input"].value = "1 2 ; 3 4"
    assert "shown by gather only" in shown.messages["reading"].value
    shown.controls["reading"].value = "gather"
    assert shown.messages["reading"].value == ""
    shown.controls["numbers"].value = "taps"
    assert "have shades only" in shown.messages["numbers"].value


def board_of(shown):
    """The board's spots, by what they are of."""
    layout, cells, _ = shown.build()
    bands = list(dict.fromkeys(band.label for band, *_ in layout.spots()))
    found = [tuple(cells["of"][spot[4]]) + tuple(spot[:4]) for spot in cells["spots"] if spot[5] == bands.index("board")]
    return {spot[: 3 if spot[0] == "link" else 2]: spot[-4:] for spot in found}


@pytest.mark.parametrize("n, w, transposed, params", GRIDS)
@pytest.mark.parametrize("reading", READINGS)
def test_beside_grids_stands_their_matrix_a_row_for_each_cell_of_the_short_one(n, w, transposed, params, reading):
    x, kernel = np.arange(1, 1 + math.prod(n)).reshape(n), np.arange(1, 1 + math.prod(w)).reshape(w)
    shown = explore_layer(x, kernel, transposed, **params)
    shown.controls["reading"].value = reading
    matrix, found = matrix_of(operator(transposed, kernel, params), n), board_of(shown)
    links = {key[1:]: spot for key, spot in found.items() if key[0] == "link"}
    assert set(links) == {tuple(where) for where in np.argwhere(matrix).tolist()}
    assert {key[1] for key in found if key[0] == "input"} == set(range(x.size))
    assert {key[1] for key in found if key[0] == "output"} == set(range(matrix.shape[0]))
    along, down = (0, 1) if transposed else (1, 0)  # which of (output, input) counts columns, and rows
    for place, (left, top, *_) in links.items():
        column, row = (
            found[name, place[k]]
            for name, k in (("output" if transposed else "input", along), ("input" if transposed else "output", down))
        )
        assert abs(left - column[0]) <= 0.2 and abs(top - row[1]) <= 0.2
    entries = sorted((spot[1], spot[0], matrix[place]) for place, spot in links.items())
    table = matrix.T if transposed else matrix
    assert [value for *_, value in entries] == table[table != 0].tolist()


@pytest.mark.parametrize("x, kernel, transposed, crossings", [((6, 6), (2, 2), False, "25×36"), ((5, 5), (3, 3), True, "25×49")])
def test_a_board_without_room_beside_its_grids_is_left_out_and_that_is_said(x, kernel, transposed, crossings):
    shown = explore_layer(np.ones(x), np.ones(kernel), transposed)
    assert f"it would have {crossings} crossings" in shown.messages["numbers"].value and ">board<" not in shown.picture.svg
    shown.controls["input"].value = "1 2 / 3 4"
    assert shown.messages["numbers"].value == "" and ">board<" in shown.picture.svg
    plain = explore_layer(np.ones(x), np.ones(kernel), transposed, views=("size",))
    assert "numbers" not in plain.controls and not any(message.value for message in plain.messages.values())


def test_in_each_step_the_row_or_the_column_of_the_board_is_framed():
    for transposed, reading, steps in ((True, "scatter", 4), (True, "gather", 9), (False, "gather", 4)):
        x = [[1, 2], [3, 4]] if transposed else np.ones((3, 3))
        shown = explore_layer(x, [[1, 2], [3, 4]], transposed)
        shown.controls["reading"].value = reading
        scene = shown.build()[0].scene
        for time in range(scene.last + 1):
            cells = next(cells for band, cells in zip(scene.bands, scene.frame(time)) if band.label == "board")
            (frame,) = (cell for cell in cells if cell.box.endswith("-lit"))
            kind = "input" if reading == "scatter" else "output"
            (lit,) = (cell for cell in cells if cell.of == (kind, time // 2))
            row = reading == "scatter" or not transposed
            assert abs((frame.row - lit.row) if row else (frame.column - lit.column)) < 0.1
        assert scene.steps == steps


def test_a_board_of_64_by_64_is_the_largest():
    shown = explore_layer(list(range(64)), [1], controls=("padding",))
    before = shown.picture.svg
    shown.controls["padding"].value = 1
    assert "at most 4,096 crossings, but this one is 66×66" in shown.messages["padding"].value
    assert shown.picture.svg == before


@pytest.mark.parametrize(
    "text, read", [("1, 2", [1, 2]), ("1 2", [1, 2]), ("1,  2.5,", [1, 2.5]), ("1, 2 / −3, .5", [[1, 2], [-3, 0.5]])]
)
def test_commas_with_a_space_part_numbers(text, read):
    assert numbers_in(text, "input") == read


def test_a_setting_that_only_pytorch_takes_says_so_from_the_start_on():
    shown = explore_layer([1, 2, 3], [1, 10, 100], True, dilation=3, output_padding=1)
    beside = lambda: shown.messages["output_padding"].value  # noqa: E731
    assert "PyTorch accepts this; no convolution layer gives it." in beside()
    assert shown.messages["output_padding"].layout.display is None and shown.messages["stride"].layout.display == "none"
    shown.controls["stride"].value = 2
    assert not beside() and shown.messages["output_padding"].layout.display == "none"
    shown.controls["output_padding"].value = 2
    assert "no convolution layer" in beside()


@pytest.mark.parametrize("s, d, op", np.ndindex(3, 4, 4))
def test_only_pytorch_is_said_where_no_convolution_goes_back_to_the_input(s, d, op):
    s, d = s + 1, d + 1
    if op >= max(s, d):
        return
    shown = explore_layer([1, 2, 3], [1, 2], True, stride=s, dilation=d, output_padding=op)
    back = cross_correlate(np.ones(shown.shown.y.size), [1, 2], stride=s, dilation=d)
    assert ("no convolution layer" in shown.messages["output_padding"].value) == (back.size != 3)


def test_every_answer_tells_the_page_which_setting_it_was_for_refused_or_not():
    shown = explorer()
    settings = [shown.picture.setting]
    for name, value in (("stride", 3), ("reading", "gather"), ("input", "2,5"), ("output_padding", 3)):
        shown.controls[name].value = value
        settings.append(shown.picture.setting)
    assert settings[0] == ["2 3 0 -1 4", "1 2 -1", 2, 0, 1, 0, 1, 0]
    assert settings[-1] == ["2,5", "1 2 -1", 3, 0, 1, 3, 0, 0] and all(one != two for one, two in zip(settings, settings[1:]))
    state = shown.picture.get_state()
    assert state["live"] is True
    assert state["controls"] == [f"IPY_MODEL_{control.model_id}" for control in shown.controls.values()]


@pytest.fixture
def colab(monkeypatch):
    """A stand-in for Colab's package, as anywidget asks it."""
    colab, output = types.ModuleType("google.colab"), types.ModuleType("google.colab.output")
    output.enable_custom_widget_manager = lambda: None
    output._widgets = types.SimpleNamespace(_installed_url="https://example.org/widgets.js")
    colab.output = output
    google = types.ModuleType("google")
    google.colab = colab
    for module in (google, colab, output):
        monkeypatch.setitem(sys.modules, module.__name__, module)


def test_on_colab_an_explorer_hands_on_what_its_picture_needs(colab):
    shown = explorer()
    data, metadata = shown._repr_mimebundle_()
    assert metadata == shown.picture._repr_mimebundle_()[1] and "example.org" in str(metadata)
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == shown.model_id
    assert "data-lecture-player" in data["text/html"]


def test_elsewhere_an_explorer_has_no_metadata():
    assert isinstance(explorer()._repr_mimebundle_(), dict)


@pytest.mark.parametrize(
    "transposed, n, w, padding", [(False, 24, 5, 2), (True, 24, 13, 6), (False, 24, 24, 12), (True, 24, 25, 12)]
)
@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("numbers", ["products", "taps"])
def test_no_change_of_a_board_with_24_by_24_cells_sends_more_than_100_kb(transposed, n, w, padding, reading, numbers):
    x, kernel = np.random.default_rng(3).integers(-99, 99, (2, 25))
    shown = explore_layer(x[:n], kernel[:w], transposed, padding=padding)
    shown.controls["reading"].value, shown.controls["numbers"].value = reading, numbers
    assert {shown.shown.x.size, shown.shown.y.size} & {24}
    sent = shown.picture.get_state(["svg", "cells"])
    assert sum(map(len, sent.values())) <= 100_000
    assert [json.loads(zlib.decompress(each)) for each in sent.values()] == [shown.picture.svg, shown.picture.cells]


def test_a_parameter_with_a_value_for_each_axis_has_a_slider_for_each():
    x = np.arange(20).reshape(4, 5)
    shown = explore_layer(x, [[1, 2], [3, 4]], True, stride=(1, 2))
    assert {"stride ↓", "stride →", "padding"} <= set(shown.controls)
    shown.controls["stride ↓"].value = 3
    assert shown.shown.y.shape == conv_transpose(x, [[1, 2], [3, 4]], stride=(3, 2)).shape
    assert "stride=(3, 2)" in shown.about["torch"].value
    with pytest.raises(ValueError, match="has 2 values, but the layer has 1 axis"):
        explore_layer([1, 2], [1], stride=(1, 2))
