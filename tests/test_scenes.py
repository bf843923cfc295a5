"""What the pictures of rows show, by value and at every stop: what is lit, multiplied, asked and answered is the operator's."""

import functools
import math
import re
import tracemalloc

import numpy as np
import pytest

from lecture_helpers import (
    animate_connections,
    animate_gather_and_scatter,
    animate_gradient,
    animate_matrix,
    animate_sliding_kernel,
    animate_summed_kernels,
    animate_transpose,
    conv_layer,
    conv_transpose_layer,
    coverage,
    draw_channels,
    draw_operation,
    input_gradient,
    matrix_of,
)
from lecture_helpers.scenes import (
    answer_scene,
    cell_sentences,
    channels_scene,
    coverage_scene,
    explored,
    gathered,
    gathered_and_summed,
    layer_of,
    summed,
    visible,
)
from lecture_helpers.words import number, plain
from scene_cases import BARE_END, CONVOLUTIONS, HOLES, L7, L8, L13, LAYERS, TRANSPOSED, Truth

ANIMATE = [animate_sliding_kernel, animate_summed_kernels, animate_gradient, animate_gather_and_scatter, animate_matrix]
EACH = pytest.mark.parametrize("animate", [*ANIMATE, animate_connections])
CONVOLUTION = pytest.mark.parametrize("x, kernel, params", CONVOLUTIONS)
TRANSPOSE = pytest.mark.parametrize("x, kernel, params", TRANSPOSED)
LAYER = pytest.mark.parametrize("truth", LAYERS)
READ = pytest.mark.parametrize("reading", ["gather", "scatter"])
SHADES = {1: [2], 2: [0, 4], 3: [0, 2, 4], 4: [0, 1, 3, 4], 5: [0, 1, 2, 3, 4]}


# Reading a scene


def band_of(scene, label):
    """The only band with a label."""
    (found,) = [band for band in scene.bands if band.label == label]
    return found


def shown(scene, time, label):
    """The cells that a band shows at a time."""
    return scene.frame(time)[scene.bands.index(band_of(scene, label))]


def about(scene, label):
    """What is said beside a label, with plain blanks."""
    return band_of(scene, label).about.replace("\u00a0", " ")


def at(cells, *wanted):
    """Place → text of the cells with a text, or of those with one of the wanted boxes; no place may hold two."""
    chosen = [cell for cell in cells if (cell.box in wanted if wanted else cell.text)]
    found = {place(cell): cell.text for cell in chosen}
    assert len(found) == len(chosen)
    return found


def place(cell):
    return round(cell.row, 6), round(cell.column, 6)


def row(cells):
    """Column → value, for the texts of cells of one row."""
    assert len({cell.row for cell in cells if cell.text}) <= 1
    return {column: value(text) for (_, column), text in at(cells).items()}


def columns(cells, *boxes):
    return {place(cell)[1] for cell in cells if cell.box in boxes}


def value(text):
    """The value of a sum of products as captions write it; of a question, "?"."""
    return text if text == "?" else sum(map(math.prod, factors(text)))


def factors(text):
    """The factors of a sum of products: one tuple per term."""
    return [tuple(float(f.strip("()").replace("−", "-")) for f in re.split("[·×]", term)) for term in text.split(" + ")]


def pairs(links):
    return [(link.signal, link.factor) for link in links]


def stops(scene):
    """(time, step, whether it is answered) of every stop of a scene that asks."""
    assert (scene.beats, scene.last) == (2, 2 * scene.steps - 1)
    return [(2 * k + beat, k, bool(beat)) for k in range(scene.steps) for beat in (0, 1)]


def answered(scene):
    return [plain(caption.answered) for caption in scene.captions]


def shade(truth, tap):
    return SHADES[truth.kernel.size][tap]


def lines(scene, time, *looks):
    return [line for line in scene.lines if visible(line, time) and (not looks or line.look in looks)]


def fits_one_line(truth):
    """Whether a stage stands on one line: 20 columns, or 60 letters of the longest number in each."""
    first, last = stage_ends(truth)
    longest = max(len(number(value)) for value in (*truth.x.flat, *truth.kernel.flat))
    return last - first < min(20, 60 // longest)


def stage_ends(truth):
    """The first and the last column of the row that the kernel reads, tap 0 of place 0 at 0."""
    if not truth.transposed:
        return 0, truth.extent[0] - 1
    (pad,), (span,) = truth.padding, truth.span
    return min(0, pad - span + 1), max((truth.x.size - 1) * truth.stride[0], pad + truth.y.size - 1)


def stand(truth, q, tap):
    """Where a tap stands in step q of a stage: as written by stride, or reversed by one cell."""
    if not truth.transposed:
        return q * truth.stride[0] + tap * truth.dilation[0]
    return q + truth.padding[0] - tap * truth.dilation[0] - stage_ends(truth)[0]


def spread(truth):
    """What the kernel of a stage reads: column → number."""
    if not truth.transposed:
        return dict(enumerate(np.pad(truth.x, truth.padding[0]).tolist()))
    first, last = stage_ends(truth)
    found = dict.fromkeys(range(last - first + 1), 0)
    return found | {i * truth.stride[0] - first: signal for i, signal in enumerate(truth.x.tolist())}


STAGES = [case for case in LAYERS if fits_one_line(case.values[0])]
BROKEN = [case for case in LAYERS if not fits_one_line(case.values[0])]
STAGE = pytest.mark.parametrize("truth", STAGES)


@functools.cache
def staged(truth):
    return gathered(layer(truth))


def layer(truth):
    return layer_of(truth.x, truth.kernel, transposed=truth.transposed, **truth.params)


def read_label(truth):
    return "x, spread out" if truth.transposed and truth.stride[0] > 1 and truth.x.size > 1 else "input x"


# The lecture's figures


def test_the_lecture_sliding_kernel_writes_9_0_1_3_minus5_minus3_6():
    scene = animate_sliding_kernel(*L7[:2]).scene
    assert plain(scene.captions[1].answered) == "y[1] = 4·1 + (−1)·2 + 0·0 + 2·(−1) = 0"
    assert plain(scene.captions[1].asked) == "y[1] = ?"
    assert list(at(shown(scene, 13, "output y")).values()) == ["9", "0", "1", "3", "−5", "−3", "6"]
    assert list(at(shown(scene, 2, "output y")).values()) == ["9", "?"]
    assert list(at(shown(scene, 3, "products")).values()) == ["4", "−2", "0", "−2", "+", "+", "+"]
    assert band_of(scene, "input x").name() == "input x (long row) · 10 cells"


def test_the_lecture_summed_kernels_write_2_7_4_minus4_minus2_1():
    scene = animate_summed_kernels(*L8[:2]).scene
    assert answered(scene)[1] == (
        "x[1]·κ = 3·1, 3·2, 3·(−1) = 3, 6, −3, added at y[1], y[2], y[3]. Finished: y[1] = 2·2 + 3·1 = 7."
    )
    assert row(shown(scene, 7, "output y")) == dict(enumerate([2, 7, 4, -4, -2, 1]))
    assert row(shown(scene, 3, "output y")) == row(shown(scene, 4, "output y")) == dict(enumerate([2, 7, 4, -3]))


def test_the_lecture_stride_2_writes_2_4_1_6_minus3_0_minus1_minus2_1():
    scene = animate_summed_kernels(*L13[:2], **L13[2]).scene
    assert row(shown(scene, scene.last, "output y")) == dict(enumerate([2, 4, 1, 6, -3, 0, -1, -2, 1]))


def test_the_gradient_of_the_lecture_notes_flows_back_to_3_34_40():
    scene = animate_gradient([1, 10], [3, 4]).scene
    assert answered(scene)[1] == "x[1] is read by y[0], y[1]: ∂ℓ/∂x[1] = 1·4 + 10·3 = 34"
    assert row(shown(scene, 5, "gradient ∂ℓ/∂x")) == {0: 3, 1: 34, 2: 40}


def test_an_impulse_comes_out_reversed_from_one_operation_and_as_written_from_the_other():
    impulse, kernel = [0, 0, 1, 0, 0, 0, 0], [1, 2, 3]
    assert draw_operation(impulse, kernel).text().endswith(" 0 0 1 0 0 0 0 ⊛ 1 2 3 = 3 2 1 0 0")
    assert draw_operation(impulse, kernel, transposed=True).text().endswith(" 0 0 1 0 0 0 0 ∗ 1 2 3 = 0 0 1 2 3 0 0 0 0")


# The stage


@STAGE
def test_an_output_cell_is_asked_and_then_answered_by_the_operator(truth):
    scene = staged(truth)
    left = min(column for _, column in at(shown(scene, scene.last, "output y")))
    assert scene.steps == truth.y.size
    for time, step, done in stops(scene):
        cells = shown(scene, time, "output y")
        known = dict(enumerate(truth.y[: step + done]))
        assert row(cells) == {left + q: v for q, v in (known if done else known | {step: "?"}).items()}
        assert columns(cells, "output-lit") == {left + step}
        assert columns(cells, "output-done") == {left + q for q in range(step + done) if q not in truth.bare}
        assert columns(cells, "uncovered") == {left + q for q in truth.bare}
        assert {cell.column - left: cell.note for cell in cells if cell.note} == {q: str(q) for q in range(truth.y.size)}


@STAGE
def test_the_kernel_glides_from_place_to_place_and_what_lies_over_it_is_lit(truth):
    scene = staged(truth)
    for time, step, _ in stops(scene):
        cells = [cell for cell in shown(scene, time, "kernel κ") if cell.box]
        stands = {cell.of[1]: (cell.column, value(cell.text), cell.under, cell.box) for cell in cells}
        assert stands == {
            a: (stand(truth, step, a), tap, f"κ{a}", f"tap-{shade(truth, a)}") for a, tap in enumerate(truth.kernel.tolist())
        }
        over = {stand(truth, step, link.tap) for link in truth.by_output[step] if link.source is not None}
        assert columns(shown(scene, time, read_label(truth)), "input-lit") == over
        assert columns(shown(scene, time, read_label(truth)), "border-lit") == {stands[a][0] for a in stands} - over


@STAGE
def test_the_kernel_glides_on_the_way_to_the_stop_that_asks(truth):
    (moves,) = [band.moves for band in staged(truth).bands if band.moves] or [()]
    by = 1 if truth.transposed else truth.stride[0]
    assert moves == tuple((2 * k, 0, by) for k in range(1, truth.y.size))


@STAGE
def test_what_the_kernel_reads_is_the_input_with_every_added_zero_marked_and_named(truth):
    scene, label = staged(truth), read_label(truth)
    cells, first = shown(scene, 0, label), stage_ends(truth)[0]
    inputs = {cell.column: cell.of for cell in cells if cell.of}
    step = truth.stride[0] if truth.transposed else 1
    offset = -first if truth.transposed else truth.padding[0]
    ends = (offset, offset + (truth.x.size - 1) * step)
    assert row(cells) == spread(truth)
    assert inputs == {offset + i * step: ("input", i) for i in range(truth.x.size)}
    assert columns(cells, "inserted") == {c for c in row(cells) if ends[0] < c < ends[1] and c not in inputs}
    assert columns(cells, "border") == {c for c in row(cells) if not ends[0] <= c <= ends[1]}
    unread = set(range(truth.x.size)) - {link.source for link in truth.real}
    assert columns(cells, "unread") == {offset + i * step for i in unread}
    words = about(scene, label)
    assert bool(re.search(r"zeros? (added )?at", words)) == bool(columns(cells, "border"))
    if label == "input x":
        assert re.findall(r"(\d+) never read", words) == ([str(len(unread))] if unread else [])
        assert {cell.column: cell.note for cell in cells if cell.note} == {offset + i: str(i) for i in range(truth.x.size)}
    else:
        assert f"stride {step}" in words and f"{step - 1} zero" in words
        assert list(row(shown(scene, 0, "input x")).values()) == truth.x.tolist()


@STAGE
def test_products_are_empty_while_a_step_asks_and_are_all_there_when_it_is_answered(truth):
    scene = staged(truth)
    for time, step, done in stops(scene):
        cells = [cell for cell in shown(scene, time, "products") if cell.box]
        products = {stand(truth, step, link.tap): link.product for link in truth.by_output[step] if link.source is not None}
        stands = {stand(truth, step, a) for a in range(truth.kernel.size)}
        assert row([cell for cell in cells if cell.box == "product"]) == (products if done else {})
        assert columns(cells, "product-empty") == products.keys()
        zeros = [cell for cell in cells if cell.box == "product-border"]
        assert columns(zeros, "product-border") == stands - products.keys()
        over = {cell.column: cell.box for cell in shown(scene, 0, read_label(truth)) if cell.text}
        kinds = {(over[cell.column], cell.text, cell.under) for cell in zeros}
        assert len(kinds) == len({kind for kind, _, _ in kinds}) == len({under for _, _, under in kinds})
        assert all(text == "0" and under.strip() for _, text, under in kinds)
        signs = [cell for cell in shown(scene, time, "products") if cell.text == "+"]
        assert len(signs) == len(stands) - 1


@STAGE
def test_products_appear_one_after_another_from_left_to_right_between_the_two_stops(truth):
    scene = staged(truth)
    for step in range(scene.steps):
        cells = [cell for cell in band_of(scene, "products").cells if cell.box == "product" and int(cell.since) == 2 * step]
        times = [cell.since for cell in sorted(cells, key=lambda cell: cell.column)]
        assert times == sorted(set(times)) and all(2 * step < time < 2 * step + 1 for time in times)


@STAGE
def test_wires_run_from_the_products_to_their_output_cell_in_the_shades_of_their_taps(truth):
    scene = staged(truth)
    outputs = sorted(cell.column for cell in shown(scene, 0, "output y") if cell.note)
    for time, step, _ in stops(scene):
        wires = [line for line in lines(scene, time) if line.shape == "wire" and line.look not in ("input", "mark")]
        assert {line.end[1] for line in wires} == {outputs[step] + 0.5}
        real = {link.tap for link in truth.by_output[step] if link.source is not None}
        looks = {line.start[1] - 0.5: line.look for line in wires if line.look.startswith("wire-")}
        assert looks == {stand(truth, step, a): f"wire-{shade(truth, a)}" for a in real}
        assert {line.start[1] - 0.5 for line in wires} == {stand(truth, step, a) for a in range(truth.kernel.size)}


@STAGE
def test_the_short_row_of_a_convolution_layer_stands_centred_under_the_long_one(truth):
    scene = staged(truth)
    places = {side: [cell.column for cell in shown(scene, 0, side) if cell.box] for side in (read_label(truth), "output y")}
    middle = {side: (min(found) + max(found)) / 2 for side, found in places.items()}
    if not truth.transposed:
        assert middle["input x"] == middle["output y"]
    else:  # every output cell stands under the middle of its taps
        taps = [stand(truth, 0, a) for a in range(truth.kernel.size)]
        assert min(cell.column for cell in shown(scene, 0, "output y") if cell.note) == (min(taps) + max(taps)) / 2


@pytest.mark.parametrize("truth", BROKEN)
def test_a_stage_too_long_for_one_line_is_broken_by_places_and_shows_the_same(truth):
    scene = staged(truth)
    assert [band.label for band in scene.bands] == ["input x", "kernel κ", "output y"] and not scene.lines
    read = spread(truth)
    assert scene.steps == truth.y.size and answered(scene)
    for time, step, done in stops(scene):
        output = {cell.of[1]: place(cell) for cell in shown(scene, time, "output y") if cell.of}
        texts = at(shown(scene, time, "output y"))
        known = {output[q]: truth.y[q] for q in range(step + done)}
        assert {where: value(text) for where, text in texts.items()} == (known if done else known | {output[step]: "?"})
        reached = [q for q in range(step + done) if any(link.source is not None for link in truth.by_output[q])]
        assert at(shown(scene, time, "output y"), "output-done").keys() == {output[q] for q in reached}
        kernel_cells, over = shown(scene, time, "kernel κ"), shown(scene, time, "input x")
        taps = {cell.of[1]: place(cell) for cell in kernel_cells}
        assert dict(enumerate(truth.kernel)) == {cell.of[1]: value(cell.text) for cell in kernel_cells}
        numbers = {where: value(text) for where, text in at(over).items()}
        under = {a: numbers[r - 1.45, c] for a, (r, c) in taps.items()}
        assert under == {a: read[stand(truth, step, a)] for a in range(truth.kernel.size)}
        assert at(over, "input-lit").keys() == {
            (taps[link.tap][0] - 1.45, taps[link.tap][1]) for link in truth.by_output[step] if link.source is not None
        }


def test_there_are_stages_on_one_line_and_broken_ones_of_both_layers():
    assert {case.values[0].transposed for case in STAGES} == {case.values[0].transposed for case in BROKEN} == {False, True}


# What is said


@LAYER
def test_each_gathered_caption_is_the_sum_over_the_cells_that_reach_it(truth):
    for q, caption in enumerate(staged(truth).captions):
        name, *terms, total = plain(caption.answered).split(" = ")
        assert plain(caption.asked) == f"{name} = ?" == f"y[{q}] = ?"
        assert [pair for text in terms for pair in factors(text)] == pairs(truth.by_output[q])
        assert value(total.removesuffix(" (no copy reaches it)")) == truth.y[q] == value(caption.expected)
        assert bool(terms) == ("no copy" not in total)


@TRANSPOSE
def test_each_copy_caption_names_its_products_and_the_cells_that_take_them(x, kernel, params):
    truth = Truth(x, kernel, params, True)
    for i, caption in enumerate(summed(layer_of(x, kernel, transposed=True, **params)).captions):
        form = r"(.+?) = (.+?) = (.+), (added at .+?|all of it cropped)\."
        name, products, values, where = re.match(form, plain(caption.answered)).groups()
        links = truth.by_input[i]
        assert plain(caption.asked) == f"{name} = ?" == f"x[{i}]·κ = ?"
        assert [factors(product) for product in products.split(", ")] == [[pair] for pair in pairs(links)]
        assert list(map(value, values.split(", "))) == list(map(value, caption.expected.split())) == [k.product for k in links]
        landed = [f"y[{link.target}]" for link in links if link.target is not None]
        rest = " (the rest is cropped)" if len(landed) < len(links) else ""
        assert where == (f"added at {', '.join(landed)}{rest}" if landed else "all of it cropped")


@TRANSPOSE
def test_each_copy_caption_sums_up_the_cells_that_it_finishes(x, kernel, params):
    truth = Truth(x, kernel, params, True)
    last = [links[-1].place if links else len(x) - 1 for links in truth.by_output]
    for i, caption in enumerate(summed(layer_of(x, kernel, transposed=True, **params)).captions):
        said = plain(caption.answered).partition(" Finished: ")[2].removesuffix(".")
        sums = [text.split(" = ") for text in said.split("; ") if text]
        finished = [q for q, copy in enumerate(last) if copy == i]
        assert [name for name, *_ in sums] == [f"y[{q}]" for q in finished]
        for q, (_, *terms, total) in zip(finished, sums):
            assert [pair for text in terms for pair in factors(text)] == pairs(truth.by_output[q])
            assert value(total.removesuffix(" (no copy reaches it)")) == truth.y[q]
            assert bool(terms) == (q not in truth.bare)


def test_a_cell_that_no_copy_reaches_holds_0_and_says_so():
    first, second = answered(animate_summed_kernels(*BARE_END[:2], **BARE_END[2]).scene)
    assert "all of it cropped" in first
    assert "y[4] = 0 (no copy reaches it)" in second


def test_a_caption_tells_fractions_apart():
    assert answered(animate_sliding_kernel([1000.5], [1]).scene) == ["y[0] = 1000.5·1 = 1000.5"]


# The board


def steps_of(truth, reading):
    return truth.by_output if reading == "gather" else truth.by_input


def crossing(link):
    return link.place, *link.position


def crossings(scene, time, truth):
    """The cells on the crossings of a board, without lanes."""
    found = [cell for band, cells in zip(scene.bands, scene.frame(time)) if not band.label for cell in cells]
    inside = [cell for cell in found if 0 <= cell.row < truth.short[0] and 0 <= cell.column < truth.extent[0]]
    return [cell for cell in inside if not cell.box.startswith("lane")]


@functools.cache
def boarded(truth, reading, show="products"):
    return explored(layer(truth), reading, show)


@READ
@LAYER
def test_every_crossing_of_the_board_is_a_connection_with_its_tap(truth, reading):
    slots = [cell for cell in crossings(boarded(truth, reading), 0, truth) if cell.under.strip()]
    beyond = "cropped" if truth.transposed else "border"
    assert {place(cell): (cell.under, cell.box) for cell in slots} == {
        crossing(link): (f"κ{link.tap}", beyond if link.cell is None else f"slot-{shade(truth, link.tap)}")
        for link in truth.links
    }
    assert len(slots) == len(truth.links)


@READ
@LAYER
def test_a_crossing_asks_in_its_step_and_holds_its_product_from_the_answer_on(truth, reading):
    scene, steps = boarded(truth, reading), steps_of(truth, reading)
    for time, step, done in stops(scene):
        cells = crossings(scene, time, truth)
        expected = {crossing(link): link.product for links in steps[: step + done] for link in links if link.cell is not None}
        cropped = {crossing(link): link.product for links in steps[: step + done] for link in links if link.cell is None}
        asked = {} if done else {crossing(link): "?" for link in steps[step] if link.cell is not None}
        texts = {where: value(text) for where, text in at(cells).items()}
        assert texts == expected | asked | (cropped if truth.transposed else {})
        assert at(cells, "product").keys() == expected.keys()
        assert at(cells, "product-empty").keys() == asked.keys()
        assert at(cells, "product-lit").keys() == {crossing(link) for link in steps[step]}
        bars = {place(cell): cell.box for cell in cells if cell.size[0] < 0.5}
        assert bars == {crossing(link): f"tap-{shade(truth, link.tap)}" for link in truth.real if crossing(link) in expected}


def sides(truth):
    """Where the input and the output stand by a board: the long row above or below, the short one beside."""
    below, right = truth.short[0] + 0.6, truth.extent[0] + 0.6
    short = [(i, -1.7 if truth.transposed else round(right, 6)) for i in range(truth.short[0])]
    long = [(round(below, 6) if truth.transposed else -1.6, truth.at(u)[0]) for u in range(truth.long[0])]
    return (short, long) if truth.transposed else (long, short)


@READ
@LAYER
def test_a_convolution_layer_enters_at_the_top_and_its_transpose_at_the_left(truth, reading):
    scene, (inputs, outputs) = boarded(truth, reading), sides(truth)
    steps, unread = steps_of(truth, reading), set(range(truth.x.size)) - {link.source for link in truth.real}
    for time, step, _ in stops(scene):
        cells = shown(scene, time, "input x")
        values = {where: value(text) for where, text in at([cell for cell in cells if cell.of]).items()}
        assert values == dict(zip(inputs, truth.x))
        assert {place(cell): cell.note for cell in cells if cell.note} == {where: str(p) for p, where in enumerate(inputs)}
        lit = {link.source for link in steps[step]} - {None} if reading == "gather" else {step}
        assert at(cells, "input-lit").keys() == {inputs[p] for p in lit}
        assert at(cells, "unread").keys() == {inputs[p] for p in unread}
        border = set() if truth.transposed else {(-1.6, column) for (column,) in truth.border}
        assert at(cells, "border") == dict.fromkeys(border, "0")
    assert {cell.of[1]: place(cell) for cell in shown(scene, 0, "output y") if cell.of} == dict(enumerate(outputs))
    assert (f"{len(unread)} never read" in about(scene, "input x")) == bool(unread)


@pytest.mark.parametrize("show", ["products", "taps"])
@LAYER
def test_a_board_read_by_gather_answers_one_output_cell_after_another(truth, show):
    scene, (_, outputs) = boarded(truth, "gather", show), sides(truth)
    for time, step, done in stops(scene):
        cells = shown(scene, time, "output y")
        known = dict(zip(outputs, truth.y[: step + done]))
        found = {where: value(text) for where, text in at(cells).items()}
        assert found == (known if done else known | {outputs[step]: "?"})
        assert at(cells, "output-lit").keys() == {outputs[step]}
        assert at(cells, "output-done").keys() == {outputs[q] for q in range(step + done) if q not in truth.bare}


@pytest.mark.parametrize("show", ["products", "taps"])
@LAYER
def test_running_sums_are_the_sum_of_the_products_so_far(truth, show):
    scene, (_, outputs) = boarded(truth, "scatter", show), sides(truth)
    reaching = [[link for link in links if link.source is not None] for links in truth.by_output]
    assert scene.steps == truth.x.size
    for time, step, done in stops(scene):
        cells, so_far = shown(scene, time, "output y"), step + done
        sums = {
            outputs[q]: sum(link.product for link in links if link.source < so_far)
            for q, links in enumerate(reaching)
            if any(link.source < so_far for link in links) or (not links and time == scene.last)
        }
        assert {where: value(text) for where, text in at(cells).items()} == sums
        finished = {q for q, links in enumerate(reaching) if all(link.source < so_far for link in links)}
        unreached = {q for q, links in enumerate(reaching) if not links and time < scene.last}
        assert at(cells, "output-done").keys() == {outputs[q] for q in finished - unreached - truth.bare}
        assert at(cells, "output-lit").keys() == {outputs[link.target] for link in truth.by_input[step] if link.cell is not None}
    assert [sums[where] for where in outputs] == truth.y.tolist()


@READ
@LAYER
def test_cropped_and_uncovered_cells_are_marked_and_named(truth, reading):
    scene, (_, outputs) = boarded(truth, reading), sides(truth)
    cells = shown(scene, 0, "output y")
    border = {(round(truth.short[0] + 0.6, 6), column) for (column,) in truth.border} if truth.transposed else set()
    assert at(cells, "cropped").keys() == border
    assert at(cells, "uncovered").keys() == {outputs[q] for q in truth.bare}
    assert re.findall(r", (\d+) ", about(scene, "output y")) == ([str(len(truth.bare))] if truth.bare else [])


@READ
@LAYER
def test_the_lane_of_a_step_runs_from_where_it_enters_to_where_it_leaves(truth, reading):
    scene = boarded(truth, reading)
    tone, (rows,), (across,) = "lane-output" if reading == "gather" else "lane-input", truth.short, truth.extent
    for time, step, _ in stops(scene):
        (lane,) = [cell for cells in scene.frame(time) for cell in cells if cell.box.startswith("lane")]
        (top, left), (bottom, right) = place(lane), (lane.row + lane.size[0], lane.column + lane.size[1])
        if (reading == "gather") != truth.transposed:
            expected = (step, -0.6, step + 1, across) if truth.transposed else (step, 0, step + 1, across + 0.6)
        else:
            (column,) = truth.at(step)
            expected = (0, column, rows + 0.6, column + 1) if truth.transposed else (-0.6, column, rows, column + 1)
        assert lane.box == tone and (top, left, bottom, right) == pytest.approx(expected)


@LAYER
def test_the_slope_is_drawn_as_hops_along_the_long_row_from_each_start_to_the_next(truth):
    scene, (step,), (count,) = boarded(truth, "gather"), truth.stride, truth.short
    arcs = [line for line in scene.lines if line.shape.startswith("hop")]
    hopping = step > 1 and count > 1
    assert [(line.start[1], line.end[1]) for line in arcs] == [
        (i * step + 0.5, (i + 1) * step + 0.5) for i in range(count - 1 if hopping else 0)
    ]
    labels = [cell.text for band in scene.bands for cell in band.cells if cell.text.startswith("stride")]
    starts = ", ".join(number(i * step - truth.padding[0]) for i in range(min(count, 4))) + (", …" if count > 4 else "")
    assert labels == ([f"stride {step}: κ0 at {starts}"] if hopping else [])
    below, side = (truth.short[0] + 1, True) if truth.transposed else (-1.6, False)
    assert all((line.start[0] > below) == side for line in arcs)


@pytest.mark.parametrize("truth", [case for case in STAGES if not case.values[0].transposed])
def test_a_stage_has_the_same_hops(truth):
    one, other = (
        [(line.start[1], line.end[1]) for line in scene.lines if line.shape == "hop"]
        for scene in (staged(truth), boarded(truth, "gather"))
    )
    assert one == other


def cut_texts(scene):
    return {cell.column: cell.text for cell in scene.bands[-1].cells if cell.text[0] in "po"}


@LAYER
@pytest.mark.parametrize("wires", [False, True])
def test_two_cut_lines_stand_where_the_output_begins_and_ends(truth, wires):
    scene = (wired if wires else boarded)(truth, "scatter")
    cuts = [line.start[1] for line in scene.lines if line.shape == "line"]
    assert all(line.start[1] == line.end[1] for line in scene.lines if line.shape == "line")
    (pad,), added = truth.padding, truth.params.get("output_padding", 0)
    expected = ([pad] if pad else []) + ([pad + truth.y.size] if pad or added else [])
    assert cuts == (expected if truth.transposed else [])
    assert len(cut_texts(scene)) == len(cuts)


@pytest.mark.parametrize(
    "params, texts",
    [
        (dict(stride=2), {}),
        (dict(stride=2, padding=1), {0.5: "1 cut", 7.5: "1 cut"}),
        (dict(stride=2, padding=2, output_padding=1), {1.5: "2 cut", 7.5: "1 cut"}),
        (dict(stride=2, output_padding=1), {9.5: "1 appended"}),
        (dict(stride=4, padding=1, output_padding=3), {0.5: "1 cut", 16.5: "1 uncovered, 2 appended"}),
        (dict(stride=2, padding=[1], output_padding=(1,)), {0.5: "1 cut", 8.5: "none cut"}),
        (dict(stride=2, padding=np.int64(2), output_padding=np.int64(1)), {1.5: "2 cut", 7.5: "1 cut"}),
    ],
)
def test_the_ends_of_the_cuts_are_labelled_with_what_they_cut(params, texts):
    found = cut_texts(animate_summed_kernels(*L8[:2], **params).scene)
    assert {column: text.partition(": ")[2] for column, text in found.items()} == texts


def test_a_layer_without_padding_has_no_label_that_cuts_at_0():
    assert not cut_texts(animate_summed_kernels(*HOLES[:2], **HOLES[2]).scene)


# The board as a matrix, and both readings at once


@READ
@LAYER
def test_the_board_of_taps_is_the_matrix_of_the_operator_and_its_step_shows_what_is_multiplied(truth, reading):
    scene, steps = boarded(truth, reading, "taps"), steps_of(truth, reading)
    matrix = matrix_of(lambda x: Truth(x, truth.kernel, truth.params, truth.transposed).y, truth.x.size)
    matrix = matrix.T if truth.transposed else matrix
    for time, step, _ in stops(scene):
        texts, now = at(crossings(scene, time, truth)), {crossing(link): link for link in steps[step] if link.cell is not None}
        assert texts.keys() == {crossing(link) for link in truth.real}
        entries = np.zeros_like(matrix)
        for (i, column), text in texts.items():
            ((*signal, tap),) = factors(text)
            assert bool(signal) == ((i, column) in now)
            assert not signal or (signal[0], tap) == pairs([now[i, column]])[0]
            entries[i, column - truth.padding[0]] = tap
        assert entries.tolist() == matrix.tolist()
        assert (
            at(crossings(scene, time, truth), "product").keys()
            == at(crossings(scene, time, truth), "product-lit").keys()
            == now.keys()
        )


def test_a_convolution_layer_is_entered_row_by_row_and_its_transpose_copy_by_copy():
    one, other = animate_matrix(*L8[:2]), animate_matrix(*L8[:2], transposed=True)
    assert one.text().splitlines()[-1] == "2. Row 1 of C: y[1] = 3·1 + 0·2 + (−1)·(−1) = 4"
    assert other.text().splitlines()[-2].startswith("3. x[2]·κ = 0·1, 0·2, 0·(−1) = 0, 0, 0, added at y[2], y[3], y[4].")


@TRANSPOSE
def test_both_readings_fill_the_same_row_and_copies_are_laid_down_whole(x, kernel, params):
    truth = Truth(x, kernel, params, True)
    scene = gathered_and_summed(layer_of(x, kernel, transposed=True, **params))
    outputs = sides(truth)[1]
    for time, step, done in stops(scene):
        known = dict(zip(outputs, truth.y[: step + done]))
        found = {where: value(text) for where, text in at(shown(scene, time, "output y")).items()}
        assert found == (known if done else known | {outputs[step]: "?"})
        laid = {where: value(text) for where, text in at(crossings(scene, time, truth)).items() if text != "?"}
        copies = {i for i, _ in laid}
        assert laid == {crossing(link): link.product for link in truth.links if link.place in copies}
        needed = {link.place for links in truth.by_output[: step + 1] for link in links}
        assert copies == needed if done and step < scene.steps - 1 else copies <= needed or step == scene.steps - 1
        for q in range(step + done):
            down = [product for (_, column), product in laid.items() if column == truth.at(q)[0]]
            assert sum(down) == truth.y[q]
        assert at(crossings(scene, time, truth), "product-lit").keys() == {crossing(link) for link in truth.by_output[step]}
    assert len(laid) == len(truth.links)


@TRANSPOSE
def test_the_captions_of_both_readings_say_when_each_copy_is_laid_down(x, kernel, params):
    scene = gathered_and_summed(layer_of(x, kernel, transposed=True, **params))
    said = [re.findall(r"x\[(\d+)\]", text.partition(":")[0]) for text in answered(scene)]
    assert sorted(int(i) for copies in said for i in copies) == list(range(len(x)))
    for time, step, done in stops(scene):
        laid = {i for i, _ in at(crossings(scene, time, Truth(x, kernel, params, True)))}
        assert not done or laid == {int(i) for copies in said[: step + 1] for i in copies}


def test_no_copy_that_a_step_needs_first_is_there_before_its_answer():
    scene = animate_gather_and_scatter(*L8[:2]).scene
    assert not [text for text in at(crossings(scene, 0, Truth(*L8, True))).values() if text != "?"]


# The wires


def ends(line):
    """The columns of the upper and the lower end of a line."""
    (_, upper), (_, lower) = sorted((line.start, line.end))
    return round(upper - 0.5, 6), round(lower - 0.5, 6)


@functools.cache
def wired(truth, reading="gather"):
    return animate_connections(truth.x, truth.kernel, truth.transposed, reading, **truth.params).scene


def joined(truth, links):
    """The upper and the lower column of links, with their looks; the short row stands centred."""
    shift = (truth.extent[0] - truth.short[0]) / 2
    found = [(link.position[0], shift + link.place, f"wire-{shade(truth, link.tap)}") for link in links]
    return sorted((low, up, look) if truth.transposed else (up, low, look) for up, low, look in found)


@LAYER
def test_all_wires_are_the_connections_faint_and_beyond_the_ends_without_a_shade(truth):
    lines_of = [line for line in wired(truth).lines if line.shape == "wire" and line.width < 3]
    shaded = [line for line in lines_of if line.look.startswith("wire-")]
    assert sorted((*ends(line), line.look) for line in shaded) == joined(truth, truth.real)
    beyond = [link for link in truth.links if link.cell is None]
    assert sorted(ends(line) for line in lines_of if line not in shaded) == [pair[:2] for pair in joined(truth, beyond)]
    assert all(line.until is None and not line.since for line in lines_of)


@pytest.mark.parametrize("reading", ["gather", "scatter", "tap"])
@LAYER
def test_the_wires_of_a_step_are_strong_and_what_they_join_is_lit(truth, reading):
    scene = wired(truth, reading)
    key, count = dict(gather=("target", truth.y.size), scatter=("source", truth.x.size), tap=("tap", truth.kernel.size))[reading]
    steps = [[link for link in links if link.cell is not None] for links in truth.by(key, count)]
    assert (scene.beats, scene.steps, scene.ask) == (1, count, ())
    for step, links in enumerate(steps):
        strong = [line for line in lines(scene, step) if line.width >= 3 and line.shape == "wire"]
        assert sorted((*ends(line), line.look) for line in strong) == joined(truth, links)
        assert all(line.arrow and line.start[0] < line.end[0] for line in strong)  # down, from the input to the output
        for label, end in (("input x", "source"), ("output y", "target")):
            cells = shown(scene, step, label)
            where = {cell.of[1]: place(cell) for cell in cells if cell.of}
            lit = at(cells, "input-lit" if end == "source" else "output-lit").keys()
            assert lit == {where[getattr(link, end)] for link in links}
        names = [cell.text for cell in scene.frame(step)[-1] if cell.text.startswith("κ")]
        assert sorted(names) == (sorted(f"κ{link.tap}" for link in links) if reading != "tap" else [])
        said = [tuple(map(int, found)) for found in re.findall(r"[xy]\[(\d+)\] through κ\[(\d+)\]", answered(scene)[step])]
        other = dict(gather="source", scatter="target", tap=None)[reading]
        assert said == ([(getattr(link, other), link.tap) for link in links] if other else [])
        if reading == "tap":
            found = [tuple(map(int, pair)) for pair in re.findall(r"x\[(\d+)\] and y\[(\d+)\]", answered(scene)[step])]
            assert found == [(link.source, link.target) for link in links]


@pytest.mark.parametrize("reading, first", [("gather", "y[0] reads"), ("scatter", "x[0] adds"), ("tap", "κ[0] = 5 joins")])
def test_a_caption_of_the_wires_names_the_cell_or_the_tap_of_its_step(reading, first):
    assert answered(animate_connections([1, 2, 3, 4], [5, 2], reading=reading).scene)[0].startswith(first)


@CONVOLUTION
def test_the_wires_of_a_transposed_layer_are_those_of_its_convolution_layer_mirrored_at_a_horizontal_line(x, kernel, params):
    truth = Truth(x, kernel, params)
    op = (len(x) + 2 * truth.padding[0] - truth.span[0]) % truth.stride[0]
    both = [
        animate_connections(x, kernel, **params).scene,
        animate_connections(truth.y, kernel, True, **params, output_padding=op).scene,
    ]
    found = []
    for scene, short in zip(both, ("output y", "input x")):
        left = min(cell.column for cell in shown(scene, 0, short) if cell.of)
        drawn = [(*ends(line), line.look) for line in scene.lines if line.look.startswith("wire-") and line.width < 3]
        turned = [(lower, upper, look) for upper, lower, look in drawn] if short == "input x" else drawn
        found.append(sorted((long, end - left, look) for long, end, look in turned))
    assert found[0] == found[1]


@LAYER
def test_wires_run_between_cells_that_show_the_input_and_leave_the_output_open(truth):
    scene = wired(truth)
    cells = {label: shown(scene, 0, label) for label in ("input x", "output y")}
    assert [value(cell.text) for cell in cells["input x"] if cell.of] == truth.x.tolist()
    assert not any(cell.text for cell in cells["output y"])
    border, look = ("output y", "cropped") if truth.transposed else ("input x", "border")
    assert columns(cells[border], look) == {column for (column,) in truth.border}


@LAYER
def test_read_per_input_cell_the_output_adds_up_share_by_share(truth):
    scene = wired(truth, "scatter")
    for step in range(scene.steps):
        here = [link for link in truth.real if link.source <= step]
        sums = {q: sum(link.product for link in here if link.target == q) for q in {link.target for link in here}}
        cells = shown(scene, step, "output y")
        where = {place(cell): cell.of[1] for cell in cells if cell.of}
        found = {where[place(cell)]: value(cell.text) for cell in cells if cell.text}
        reached = {link.target for link in truth.real}
        assert found == sums | ({q: 0 for q in range(truth.y.size) if q not in reached} if step == scene.steps - 1 else {})
        products = [value(text) for text in re.findall(r" = (\S+) to y", answered(scene)[step])]
        assert products == [link.product for link in truth.real if link.source == step]
    assert found == dict(enumerate(truth.y))


# The gradient


GRADIENTS = [case for case in TRANSPOSED if Truth(*case.values, True).y.size <= 12]
FLOW = pytest.mark.parametrize("x, kernel, params", GRADIENTS)


@TRANSPOSE
def test_the_gradient_is_that_of_the_operator_gathered_from_every_output_that_reads_the_cell(x, kernel, params):
    truth, scene = Truth(x, kernel, params, True), animate_gradient(x, kernel, **params).scene
    back = {name: params[name] for name in params if name != "output_padding"}
    assert (
        len(x) != Truth([0] * truth.y.size, kernel, back).y.size
        or truth.y.tolist() == input_gradient(x, kernel, truth.y.size, **back).tolist()
    )
    assert scene.steps == truth.y.size
    for u, caption in enumerate(scene.captions):
        where, *terms, total = plain(caption.answered).split(" = ")
        readers = [link.place for link in truth.by_output[u]]
        assert where.endswith(f"∂ℓ/∂x[{u}]") and (readers or where.startswith(f"Who reads x[{u}]?"))
        assert re.findall(r"\by\[(\d+)\]", where) == list(map(str, readers))
        assert [pair for text in terms for pair in factors(text)] == pairs(truth.by_output[u])
        assert value(total.partition(" (")[0]) == truth.y[u] == value(caption.expected)


@FLOW
def test_every_node_of_x_asks_for_its_gradient_and_then_shows_it(x, kernel, params):
    truth, scene = Truth(x, kernel, params, True), animate_gradient(x, kernel, **params).scene
    names = {u: truth.at(u)[0] for u in range(truth.y.size)}
    assert {cell.column: cell.text for cell in shown(scene, 0, "input x")} == {c: f"x[{u}]" for u, c in names.items()}
    for time, step, done in stops(scene):
        cells = shown(scene, time, "gradient ∂ℓ/∂x")
        known = {names[u]: truth.y[u] for u in range(step + done)}
        assert row(cells) == (known if done else known | {names[step]: "?"})
        assert columns(cells, "gradient-lit") == {names[step]}
        assert columns(cells, "uncovered") == {names[u] for u in truth.bare}
    assert re.findall(r"(\d+) cells? never read", about(scene, "gradient ∂ℓ/∂x")) == (
        [str(len(truth.bare))] if truth.bare else []
    )


@FLOW
def test_the_gradient_comes_up_the_forward_wires_times_their_taps(x, kernel, params):
    truth, scene = Truth(x, kernel, params, True), animate_gradient(x, kernel, **params).scene
    shift = (truth.extent[0] - len(x)) / 2
    assert row(shown(scene, 0, "gradient ∂ℓ/∂y")) == {shift + i: signal for i, signal in enumerate(x)}
    thin = [line for line in scene.lines if line.look.startswith("wire-") and line.width < 3]
    wires = [(truth.at(k.target)[0], shift + k.source, f"wire-{shade(truth, k.tap)}") for k in truth.real]
    assert sorted((*ends(line), line.look) for line in thin) == sorted(wires)
    for time, step, _ in stops(scene):
        strong = [line for line in lines(scene, time) if line.look.startswith("wire-") and line.width >= 3]
        links = truth.by_output[step]
        assert sorted(ends(line) for line in strong) == sorted((truth.at(step)[0], shift + k.source) for k in links)
        assert all(line.end[0] < line.start[0] for line in strong)
        assert columns(shown(scene, time, "gradient ∂ℓ/∂y"), "gradient-lit") == {shift + k.source for k in links}
        pills = [cell for cell in scene.frame(time)[-1] if cell.text.startswith("×")]
        assert sorted((cell.text, cell.under) for cell in pills) == sorted((f"×{number(k.factor)}", f"κ{k.tap}") for k in links)


def test_the_loss_stands_below_y_and_its_gradient_comes_up_to_every_output():
    scene = animate_gradient([1, 10, 5], [3, 4]).scene
    arrows = [line for line in scene.lines if line.look == "gradient"]
    assert sorted(line.end[1] - 0.5 for line in arrows) == sorted(row(shown(scene, 0, "gradient ∂ℓ/∂y")))
    rows = [band_of(scene, label).cells[0].row for label in ("input x", "gradient ∂ℓ/∂x", "output y", "gradient ∂ℓ/∂y", "loss ℓ")]
    assert rows == sorted(rows) and all(line.start[0] == rows[-1] > line.end[0] for line in arrows)


def test_the_gradient_of_a_long_row_slides_the_reversed_kernel():
    scene = animate_gradient([1] * 12, [1, 2]).scene
    assert [band.label for band in scene.bands][:3] == ["input x", "kernel κ", "products"]
    assert list(row(shown(scene, scene.last, "gradient ∂ℓ/∂x")).values()) == [1, *[3] * 11, 2]
    assert [place(cell)[1] for cell in shown(scene, 0, "kernel κ") if cell.box] == [1, 0]


# From wires to the transpose


MATRICES = [case for case in CONVOLUTIONS if not case.values[2].get("padding")]


def named(scene, time):
    """The places of x[0], x[1], … and of y[0], y[1], …, whose cells have the colours of the input and of the output."""
    found = {cell.text: cell for cells in scene.frame(time) for cell in cells if cell.text[:2] in ("x[", "y[")}
    assert all(cell.box == ("input" if text[0] == "x" else "output") for text, cell in found.items())
    return [[place(found[f"{letter}[{k}]"]) for k in range(sum(text[0] == letter for text in found))] for letter in "xy"]


@pytest.mark.parametrize("x, kernel, params", MATRICES)
def test_the_wires_become_the_matrix_and_the_matrix_its_transpose(x, kernel, params):
    truth, scene = Truth(x, kernel, params), animate_transpose(kernel, len(x), **params).scene
    long, short, aside = range(len(x)), range(truth.y.size), len(x) + 3
    assert (scene.beats, scene.steps) == (1, 4)
    assert sorted((*ends(line), line.look) for line in lines(scene, 0)) == joined(truth, truth.real)
    assert not [line for line in lines(scene, 1) if line.shape == "wire"]
    for time, turned in ((1, False), (2, False), (3, True)):
        cells = [cell for band, cells in zip(scene.bands, scene.frame(time)) for cell in cells]
        taps = {place(cell): cell.text for cell in cells if cell.text.startswith("κ")}
        expected = {(link.place, link.cell): f"κ{link.tap}" for link in truth.real}
        assert taps == expected | ({(u, aside + i): tap for (i, u), tap in expected.items()} if turned else {})
    xs, ys = named(scene, 0)
    assert [column for _, column in xs] == [*long] and [column for _, column in ys] == [(len(x) - len(ys)) / 2 + i for i in short]


@pytest.mark.parametrize("x, kernel, params", MATRICES)
def test_what_goes_in_is_blue_and_called_x_also_where_the_layer_is_transposed(x, kernel, params):
    """The layer enters at the top and leaves at the right, the transposed one enters at the left and leaves at the bottom."""
    truth, scene = Truth(x, kernel, params), animate_transpose(kernel, len(x), **params).scene
    long, short, aside = range(len(x)), range(truth.y.size), len(x) + 3
    assert named(scene, 1) == [[(-1.6, u) for u in long], [(i, len(x) + 0.6) for i in short]]
    assert named(scene, 2) == [[(i, -1.6) for i in short], [(len(short) + 0.6, u) for u in long]]
    assert named(scene, 3) == [[(-1.6, aside + i) for i in short], [(u, aside + len(short) + 0.6) for u in long]]
    for time in range(4):
        labels = [(cell.text, cell.tone) for cells in scene.frame(time) for cell in cells if cell.tone in ("input", "output")]
        assert labels == [("input x", "input"), ("output y", "output")]


def test_the_lecture_matrix_is_5_by_7_and_its_transpose_7_by_5():
    scene = animate_transpose([1, 2, 3], 7).scene
    heads = [" ".join(cell.text for cells in scene.frame(time) for cell in cells if cell.tone == "mark") for time in range(4)]
    assert not heads[0] and all(head.startswith(name) for head, name in zip(heads, ("", "C", "C, entered", "C Cᵀ")))
    assert "5×7" in answered(scene)[1] and "7×5" in answered(scene)[3]
    taps = at([cell for cells in scene.frame(3) for cell in cells if cell.text[0] == "κ" and cell.column >= 10])
    rows = ["".join(taps.get((u, 10 + i), "·") for i in range(5)) for u in range(7)]
    assert rows[:3] + rows[6:] == ["κ0····", "κ1κ0···", "κ2κ1κ0··", "····κ2"]


# Channels, coverage, operations, answers


@pytest.mark.parametrize("transposed", [False, True])
@pytest.mark.parametrize("groups, short, long", [(1, 2, 3), (1, 3, 1), (2, 4, 2), (2, 2, 4), (3, 3, 6)])
def test_the_table_of_kernels_is_that_of_the_layer_entered_from_either_side(transposed, groups, short, long):
    draw = np.random.default_rng(short * 10 + long)
    weight = draw.integers(-9, 10, (short, long // groups, 3))
    x = draw.integers(-9, 10, (short if transposed else long, 5))
    scene = channels_scene(x, weight, transposed, groups)
    y = (conv_transpose_layer if transposed else conv_layer)(x[None], weight, groups=groups)[0]
    kernels = {cell.under: cell for cell in band_of(scene, "weight").cells}
    assert {under: value(cell.text) for under, cell in kernels.items()} == {
        f"{r},{c},{a}": v for (r, c, a), v in np.ndenumerate(weight)
    }
    for label, signals in (("input x", x), ("output y", y)):
        cells, starts = [cell for cell in band_of(scene, label).cells if cell.box], {}
        for cell, (k, t) in zip(cells, np.ndindex(signals.shape)):
            assert value(cell.text) == signals[k, t]
            starts.setdefault(k, place(cell))
        assert len(cells) == signals.size
        for under, cell in kernels.items():
            r, c, a = map(int, under.split(","))
            column = r // (short // groups) * (long // groups) + c
            if (label == "input x") == transposed:
                assert starts[r][0] == cell.row
            else:
                assert starts[column][1] == pytest.approx(cell.column - a)


@pytest.mark.parametrize("transposed", [False, True])
@pytest.mark.parametrize("groups", [1, 2])
def test_each_kernel_names_the_input_channel_that_it_meets_and_each_sum_has_an_equals_sign(transposed, groups):
    weight = np.arange(1, 17).reshape(4, 2, 2) if groups == 2 else np.arange(1, 17).reshape(2, 4, 2)
    scene = channels_scene(np.ones((len(weight) if transposed else 4, 3), int), weight, transposed, groups)
    words = [cell for band in scene.bands for cell in band.cells if cell.text and not cell.box]
    heads = [cell for cell in band_of(scene, "weight").cells if cell.under.endswith("0")]
    for head in heads:
        r, c, _ = map(int, head.under.split(","))
        left = [cell for cell in words if cell.row == head.row and head.column - 2 < cell.column < head.column]
        met = r if transposed else r // (len(weight) // groups) * weight.shape[1] + c
        assert [cell.text for cell in sorted(left, key=lambda cell: cell.column)] == [f"in {met}", "∗" if transposed else "⊛"]
    sums = 4 if transposed else len(weight)
    assert sum(cell.text == "=" for cell in words) == sums
    assert sum(cell.text == "+" for cell in words) == len(heads) - sums


def test_the_storyboard_says_which_row_is_the_long_one_only_where_they_differ():
    assert "row)" in animate_summed_kernels(*L8[:2]).text() and "row)" not in animate_summed_kernels(*L8[:2], padding=1).text()


@pytest.mark.filterwarnings("error")
def test_tensors_of_single_precision_are_drawn_without_a_warning():
    weight = np.ones((2, 1, 2), np.float32)
    assert "2 2" in draw_channels(np.ones((1, 3), np.float32), weight).text()


def test_the_channels_of_a_transposed_layer_add_up():
    picture = draw_channels([[1, 2, 3], [4, 5, 6]], [[[1, 10], [100, 1000]], [[2, 20], [3, 30]]], transposed=True)
    assert "9 102 135 60 / " not in picture.text() and "9 102 135 150" in picture.text()


@pytest.mark.parametrize("n, w, stride", [(6, 3, 2), (6, 4, 2), (6, 2, 3), (5, 4, 3), (1, 1, 1), (4, 1, 3)])
def test_copies_are_counted_as_they_are_laid_down(n, w, stride):
    scene = coverage_scene([1] * w, n, stride)
    assert scene.steps == n + 1
    assert row(shown(scene, n, "copies per cell")) == dict(enumerate(coverage(n, w, stride=stride)))
    assert not columns(shown(scene, n, "copies per cell"), "output-lit"), "nothing glows in the finished picture"
    for step in range(n):
        laid = coverage(step + 1, w, stride=stride)
        expected = {u: count for u, count in enumerate(laid) if count}
        if step == n - 1:
            expected = dict(enumerate(laid))
        cells = shown(scene, step, "copies per cell")
        assert row(cells) == expected
        assert columns(cells, "output-lit") == set(range(step * stride, step * stride + w))
        copies = [cell for cell in shown(scene, step, "copies") if cell.box.startswith("tap-")]
        assert {cell.column for cell in copies} == {i * stride + a for i in range(step + 1) for a in range(w)}


def test_an_answer_is_shown_as_it_is_with_one_cell_marked():
    (band,) = answer_scene([("your answer", [["1", "2"], ["3", "4"]], [(1, 0)])]).bands
    assert at(band.cells[:4]) == {(0, 0): "1", (0, 1): "2", (1, 0): "3", (1, 1): "4"}
    assert at(band.cells, "wrong").keys() == {(1, 0)} and not at(answer_scene([("a", [["1"]], [])]).bands[0].cells, "wrong")


@LAYER
def test_there_is_a_true_sentence_for_everything_that_a_board_points_at(truth):
    said = cell_sentences(layer(truth))
    for show in ("products", "taps"):
        assert {cell.of for band in boarded(truth, "scatter", show).bands for cell in band.cells if cell.of} <= said.keys()
    for link in truth.real:
        sentence = said["link", link.target, link.source]
        product, total = re.fullmatch(r"x\[\d+\] gives (.+) = (.+) to y\[\d+\], through κ\[\d+\]", sentence).groups()
        assert re.findall(r"\[(\d+)\]", sentence) == [str(k) for k in (link.source, link.target, link.tap)]
        assert factors(product) == pairs([link]) and value(total) == link.product


# Asking


def test_a_player_asks_by_default_at_the_first_two_steps_and_where_something_is_new():
    assert animate_sliding_kernel(*L7[:2]).scene.ask == (0, 1)
    assert animate_sliding_kernel(*L7[:2], padding=1).scene.ask == (0, 1)
    assert animate_sliding_kernel([1, 2, 3, 4, 5], [1, 2, 3], padding=1, stride=2).scene.ask == (0, 1)
    assert animate_summed_kernels(*L8[:2]).scene.ask == (0, 1)
    assert animate_summed_kernels([1, 2, 3, 4], [1, 2, 3, 4], padding=1).scene.ask == (0, 1)
    assert animate_summed_kernels([1, 2, 3, 4, 5], [1, 2, 3], padding=2).scene.ask == (0, 1, 2)
    assert animate_gather_and_scatter([1, 2, 3], [1, 2, 3, 4], stride=3).scene.ask == (0, 1, 3)
    assert animate_sliding_kernel([1, 2, 3, 4, 5], [1, 2, 3], padding=2).scene.ask == (0, 1, 2)
    assert animate_gather_and_scatter(*L8[:2]).scene.ask == (0, 1, 2)
    assert animate_gradient([1, 2, 3, 4], [1, 10, 100]).scene.ask == (0, 1, 2)
    assert animate_gather_and_scatter(*HOLES[:2], **HOLES[2]).scene.ask == (0, 1, 2)
    assert animate_matrix(*L7[:2], padding=1).scene.ask == (0, 1)


@pytest.mark.parametrize("animate", ANIMATE)
def test_a_caller_says_at_which_steps_a_player_asks_counted_from_1(animate):
    assert animate(*L8[:2], ask=[1, 2]).scene.ask == (0, 1)
    assert animate(*L8[:2], ask=(2,)).scene.ask == animate(*L8[:2], ask=range(2, 3)).scene.ask == (1,)
    assert animate(*L8[:2], ask=None).scene.ask == animate(*L8[:2], ask=[]).scene.ask == ()
    assert animate(*L8[:2], ask="some").scene == animate(*L8[:2]).scene
    for wrong in ([0], [100], "all", 3, [1.5], ["a"]):
        assert repr(wrong) in refusal(animate, *L8[:2], ask=wrong)


def test_what_computes_nothing_asks_nothing():
    assert animate_connections(*L7[:2]).scene.ask == animate_transpose([1, 2], 4).scene.ask == ()


@pytest.mark.parametrize("animate", ANIMATE)
@pytest.mark.parametrize("params", [{}, dict(stride=2), dict(padding=1, dilation=2)])
def test_no_number_is_there_in_a_band_of_answers_before_the_first_answer(animate, params):
    scene = animate([2, 3, 5, -1, 4], [7, 2], **params).scene
    for band, cells in zip(scene.bands, scene.frame(0)):
        if band.answer:
            assert {cell.text for cell in cells if cell.box != "product-border"} <= {"", "?", "+"}


# Storyboards, worksheets, sizes


def test_the_storyboard_has_the_title_each_row_once_and_a_line_per_step():
    assert animate_sliding_kernel([1, 2, 3, 4], [10, 1]).text() == (
        "Convolution layer, y = x ⊛ κ\n"
        "input x (long row) · 4 cells: 1 2 3 4\n"
        "kernel κ · as written: 10 1\n"
        "output y (short row) · 3 cells: 12 23 34\n"
        "1. y[0] = 1·10 + 2·1 = 12\n"
        "2. y[1] = 2·10 + 3·1 = 23\n"
        "3. y[2] = 3·10 + 4·1 = 34"
    )
    lines = animate_summed_kernels(*L8[:2]).text().splitlines()
    assert len(lines) == 1 + 3 + 4
    assert sorted(line.partition(" · ")[0] for line in lines[1:4]) == ["input x (short row)", "kernel κ", "output y (long row)"]
    assert [line.partition(" ")[0] for line in lines[4:]] == ["1.", "2.", "3.", "4."]


@pytest.mark.parametrize("animate", ANIMATE)
@pytest.mark.parametrize("params", [{}, dict(stride=2), dict(padding=1)])
def test_a_worksheet_has_the_boxes_and_the_questions_but_no_answer(animate, params):
    animation = animate([2, 3, 5, -1, 4], [7, 2], **params)
    blank = animation.scene.blank()
    for band, empty in zip(animation.scene.bands, blank.bands):
        assert empty == band or band.answer and not any(cell.text for cell in empty.cells) and not empty.values
        assert [(cell.box, place(cell)) for cell in empty.cells] == [(cell.box, place(cell)) for cell in band.cells]
    assert [caption.question for caption in blank.captions] == [caption.question for caption in animation.scene.captions]
    assert not any(caption.answer or caption.expected for caption in blank.captions)
    (values,) = [band.values for band in animation.scene.bands if band.answer and band.values]
    assert values in animation.filmstrip().text() and values not in animation.filmstrip(blank=True).text()


@CONVOLUTION
def test_a_sliding_animation_has_one_step_per_output_cell(x, kernel, params):
    assert len(animate_sliding_kernel(x, kernel, **params)) == Truth(x, kernel, params).y.size


@TRANSPOSE
def test_a_summed_animation_has_one_step_per_input_cell(x, kernel, params):
    assert len(animate_summed_kernels(x, kernel, **params)) == len(x)


@pytest.mark.parametrize("one", [2, np.int64(2), (2,), [2]])
def test_a_parameter_is_an_int_or_one_per_axis(one):
    for animate in ANIMATE:
        assert animate([1, 2, 3, 4, 5], [1, 2], stride=one).text() == animate([1, 2, 3, 4, 5], [1, 2], stride=2).text()
        assert animate([1, 2, 3, 4], [1, 2, 3, 4], padding=one).text() == animate([1, 2, 3, 4], [1, 2, 3, 4], padding=2).text()


def test_parameters_are_described_as_integers():
    assert animate_summed_kernels([[1, 2]], [[3]], stride=np.array([1, 2])).scene.title.endswith("summed kernels, stride (1, 2)")
    assert animate_sliding_kernel([1, 2, 3], [1], stride=(2,), dilation=1).scene.title.endswith("x ⊛ κ, stride 2")


def test_the_data_is_left_as_it_was():
    for animate in ANIMATE:
        x, kernel = np.array(L8[0]), np.array(L8[1])
        animate(x, kernel)
        assert (x.tolist(), kernel.tolist()) == L8[:2]


# Refusals


def refusal(animate, x, kernel, **params):
    with pytest.raises(Exception) as caught:  # noqa: B017
        animate(x, kernel, **params)
    assert type(caught.value) in (ValueError, TypeError)
    sentence = str(caught.value)
    assert sentence.endswith(".") and ". " not in sentence and "\n" not in sentence and "np." not in sentence
    return sentence


@EACH
@pytest.mark.parametrize(
    "x, kernel, named",
    [
        ([], [1], "NAME must hold at least one number, but has shape (0,)."),
        ([1, 2], [], "kernel must hold at least one number, but has shape (0,)."),
        ([[1, 2], [3]], [1], "NAME must be a rectangular array"),
        (["a", "b"], [1], "'a'"),
        ([1j, 2], [1], "1j"),
        ("12", [1], "'12'"),
        (None, [1], "None"),
        ([1, None], [1], "None"),
        ([10**20, 1], [1], f"{10**20}"),
        (np.array([1, 2], dtype=object), [1], "NAME"),
        (np.array([], dtype=str), [1], "NAME"),
        (3, [1], "NAME must have at least one axis, but is the single number 3."),
        ([1, math.nan], [1], "NAME[1] is nan"),
        ([1, 2], [1, -math.inf], "kernel[1] is -inf"),
        ([[[1]]], [[[1]]], "3"),
        ([[1, 2]], [1], "NAME has 2 and kernel has 1"),
        ([1] * 10_000, [1], "10,000"),
        ([1, 2, 3], [1] * 10_000, "10,000"),
    ],
)
def test_bad_data_is_refused_in_one_sentence_that_names_it(animate, x, kernel, named):
    assert named.replace("NAME", "grad_output" if animate is animate_gradient else "x") in refusal(animate, x, kernel)


@EACH
@pytest.mark.parametrize("name", ["stride", "padding", "dilation"])
@pytest.mark.parametrize("wrong", [-1, 1.5, True, None, "2", (1, 2), 10**12])
def test_a_bad_parameter_is_refused_in_one_sentence_with_its_name_and_value(animate, name, wrong):
    sentence = refusal(animate, [1, 2, 3], [1, 2], **{name: wrong})
    assert name in sentence and repr(wrong) in sentence


@pytest.mark.parametrize(
    "animate, params, named",
    [
        (animate_sliding_kernel, dict(padding=1), "length 9 does not fit into 3 + 2·1 padded samples"),
        (animate_sliding_kernel, dict(padding=10**6), "2,000,003"),
        (animate_sliding_kernel, dict(padding=10**9), "2,000,000,003"),
        (animate_summed_kernels, dict(output_padding=1), "max(1, 1), but is 1"),
        (animate_summed_kernels, dict(stride=2, output_padding=2), "max(2, 1), but is 2"),
        (animate_summed_kernels, dict(output_padding=-1), "output_padding must be at least 0, but is -1"),
        (animate_summed_kernels, dict(padding=6), "padding=6 crops 6 cells at each end, which leaves nothing of 11"),
        (animate_summed_kernels, dict(padding=10**6), "padding=1000000"),
        (animate_summed_kernels, dict(stride=10**6), "2,000,009"),
        (animate_summed_kernels, dict(dilation=10**6), "8,000,003"),
    ],
)
def test_a_layer_that_does_not_fit_is_refused_with_both_numbers(animate, params, named):
    assert named in refusal(animate, [1, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9], **params)


def test_a_convolution_layer_has_no_output_padding():
    for animate in animate_matrix, animate_connections:
        assert "output_padding" in refusal(animate, [1, 2, 3], [1, 2], stride=2, output_padding=1)


def test_a_reading_or_a_parameter_that_does_not_exist_is_refused():
    assert "sideways" in refusal(animate_connections, [1, 2, 3], [1, 2], reading="sideways")
    for animate, x, kernel in ((animate_connections, [1, 2, 3], [1, 2]), (animate_transpose, [1, 2], 3)):
        with pytest.raises(TypeError, match="strides"):
            animate(x, kernel, strides=2)
    with pytest.raises(TypeError, match="transposed"):
        animate_transpose([1, 2], 3, transposed=True)
    for own in ("most_axes", "name"):  # of what reads the layer, not of the layer
        with pytest.raises(TypeError, match=own):
            animate_sliding_kernel([1, 2], [1], **{own: 1})


def test_a_tap_that_nothing_is_read_through_has_its_name_and_its_value():
    said = cell_sentences(layer_of([5], [7, 8, 9], padding=1))
    assert said["kernel", 0].startswith("κ[0] = 7 links ")
    unused = cell_sentences(layer_of([5], [7, 8, 9], transposed=True, padding=1, stride=2))
    assert unused["kernel", 0] == "κ[0] = 7 links nothing"


@pytest.mark.parametrize(
    "kernel, size, params, named",
    [
        ([1, 2], 3, dict(padding=1), "padding"),
        ([1, 2, 3], 2, {}, "length 3 does not fit into 2"),
        ([1, 2], 0, {}, "size must be at least 1, but is 0"),
        ([1, 2], 1.5, {}, "size must be an integer"),
        ([1, 2], 200, {}, "200"),
        ([[1, 2]], 3, {}, "kernel"),
    ],
)
def test_a_matrix_that_cannot_be_folded_is_refused(kernel, size, params, named):
    assert named in refusal(animate_transpose, kernel, size, **params)


@pytest.mark.parametrize(
    "x, weight, options, named",
    [
        ([1, 2], [[[1]]], {}, "(2,)"),
        ([[1, 2]], [[1]], {}, "(1, 1)"),
        ([[1, 2]] * 7, [[[1]] * 7], {}, "7"),
        ([[1, 2]], [[[1]], [[1]]], dict(transposed=True), "channels"),
        ([[1, 2], [3, 4]], [[[1]]], {}, "channels"),
        ([[1, math.nan]], [[[1]]], {}, "nan"),
        ([[1] * 100] * 3, [[[1]] * 3], {}, "128"),
    ],
)
def test_channels_that_cannot_be_drawn_are_refused(x, weight, options, named):
    assert named in refusal(draw_channels, x, weight, **options)


def test_a_row_of_128_cells_is_the_widest():
    assert len(animate_sliding_kernel([1] * 128, [1, 2])) == len(animate_gradient([1] * 127, [1, 2])) - 1 == 127
    assert "129" in refusal(animate_sliding_kernel, [1] * 129, [1, 2])
    assert "129" in refusal(animate_summed_kernels, [1] * 128, [1, 2])
    assert "130" in refusal(animate_sliding_kernel, [1] * 128, [1, 2], padding=1)


def test_a_board_has_at_most_4096_crossings():
    assert len(animate_summed_kernels([1] * 63, [1, 2, 3])) == 63
    assert "64×66" in refusal(animate_summed_kernels, [1] * 64, [1, 2, 3])


def test_a_stride_beyond_the_input_leaves_one_place():
    assert animate_sliding_kernel([1, 2, 3], [10, 1], stride=10**6).text().endswith("1. y[0] = 1·10 + 2·1 = 12")


@pytest.mark.parametrize(
    "animate, params",
    [
        (animate_sliding_kernel, dict(padding=10**6)),
        (animate_summed_kernels, dict(stride=10**7)),
        (animate_gradient, dict(dilation=10**7)),
        (animate_gather_and_scatter, dict(stride=10**7)),
        (animate_matrix, dict(padding=10**6)),
        (animate_matrix, dict(transposed=True, stride=10**7)),
        (animate_connections, dict(padding=10**6)),
    ],
)
def test_a_row_too_wide_to_draw_is_refused_before_it_is_computed(animate, params):
    tracemalloc.start()
    try:
        refusal(animate, [1, 2, 3], [1, 2], **params)
        assert tracemalloc.get_traced_memory()[1] < 10**7
    finally:
        tracemalloc.stop()


def test_numbers_are_shown_up_to_a_limit_and_refused_beyond_it():
    animate_sliding_kernel([10**8], [1]), animate_sliding_kernel([1e100], [0.5])
    for wrong, limit in ((10**8 + 1, "integers up to 100,000,000"), (1.1e100, r"numbers up to 1e\+100")):
        with pytest.raises(ValueError, match=f"{limit}, but x holds"):
            animate_sliding_kernel([wrong], [1])
