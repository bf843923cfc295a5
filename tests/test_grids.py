"""What the pictures of grids show, by value and at every stop: a kernel on the image, copies that stay where they land."""

import functools
import re

import numpy as np
import pytest

from lecture_helpers import (
    animate_connections,
    animate_gather_and_scatter,
    animate_gradient,
    animate_matrix,
    animate_sliding_kernel,
    animate_summed_kernels,
)
from lecture_helpers.scenes import cell_sentences, explored, layer_of
from lecture_helpers.words import number
from scene_cases import CONVOLUTION_GRIDS, OBLONG, SQUARE, TRANSPOSED_GRIDS, Truth
from test_scenes import about, answered, at, band_of, factors, layer, pairs, place, refusal, shown, stops, value

SLIDE = pytest.mark.parametrize("truth", [pytest.param(Truth(*case.values), id=case.id) for case in CONVOLUTION_GRIDS])
STAMPS = [pytest.param(Truth(*case.values, True), id=case.id) for case in TRANSPOSED_GRIDS]
STAMP = pytest.mark.parametrize("truth", STAMPS)
READ = pytest.mark.parametrize("reading", ["gather", "scatter"])


def slotted(truth):
    """Whether every cell of the output has a slot for each copy: at most 6×6 cells, at most 3×3 taps."""
    return max(truth.extent) <= 6 and max(truth.kernel.shape) <= 3


@functools.cache
def scene_of(truth, reading="gather"):
    return explored(layer(truth), reading, "products")


def index(flat, shape):
    return tuple(int(k) for k in np.unravel_index(flat, shape))


def tap_name(truth, tap):
    return "κ" + "".join(map(str, index(tap, truth.kernel.shape)))


def numbers(cells):
    return {where: value(text) for where, text in at(cells).items()}


def moved(cells, down, right):
    """Cells seen from another corner."""
    return [cell._replace(row=cell.row - down, column=cell.column - right) for cell in cells]


def lying(scene, time):
    """The kernel as it lies on the image: its taps by number, its frame, and when it glides."""
    (number_of,) = [k for k, band in enumerate(scene.bands) if any(cell.box == "frame" for cell in band.cells)]
    cells = scene.frame(time)[number_of]
    (frame,) = [cell for cell in cells if cell.box == "frame"]
    return {cell.of[1]: cell for cell in cells if cell.of}, frame, scene.bands[number_of].moves


# The lecture's figures


def test_the_four_copies_of_a_square_overlap_to_1_12_20_103_1234_2040_300_3400_4000():
    for animate in animate_summed_kernels, animate_gather_and_scatter:
        assert "1 12 20 / 103 1234 2040 / 300 3400 4000" in animate(*SQUARE).text()


def test_captions_of_grids_name_cells_by_both_indices():
    slid = animate_sliding_kernel([[1, 2, 3], [4, 5, 6]], [[1, -2], [10, 0]]).scene
    assert answered(slid)[1] == "y[0, 1] = 2·1 + 3·(−2) + 5·10 + 6·0 = 46"
    stamped = animate_summed_kernels(*SQUARE).scene
    assert answered(stamped)[0] == (
        "x[0, 0]·κ = 1·1, 1·10, 1·100, 1·1000 = 1, 10, 100, 1000, added at y[0, 0], y[0, 1], y[1, 0], y[1, 1]."
        " Finished: y[0, 0] = 1·1 = 1."
    )


@pytest.mark.parametrize("animate", [animate_sliding_kernel, animate_summed_kernels, animate_gather_and_scatter])
def test_the_kernel_is_named_as_written_on_grids(animate):
    kernel = band_of(animate(*SQUARE).scene, "kernel κ")
    assert kernel.about == "as written" and kernel.values == "1 10 / 100 1000"


# The sliding kernel


@SLIDE
def test_the_image_has_its_padding_around_it_and_what_is_never_read_is_marked(truth):
    scene = scene_of(truth)
    cells, read = shown(scene, 0, "input x"), {link.source for link in truth.real}
    assert numbers(cells) == dict(np.ndenumerate(np.pad(truth.x, [(p, p) for p in truth.padding])))
    assert at(cells, "border").keys() == truth.border
    assert at(cells, "unread").keys() == {truth.at(u) for u in range(truth.x.size) if u not in read}
    assert {cell.of[1]: place(cell) for cell in cells if cell.of} == {u: truth.at(u) for u in range(truth.x.size)}
    assert ("zeros" in about(scene, "input x")) == bool(truth.border)


@SLIDE
def test_the_kernel_lies_on_the_cells_that_it_reads_and_these_are_lit(truth):
    scene, steps = scene_of(truth), truth.by_output
    for time, step, _ in stops(scene):
        (taps, frame, moves), links = lying(scene, time), steps[step]
        found = {a: (int(cell.row), int(cell.column), value(cell.text)) for a, cell in taps.items()}
        assert found == {link.tap: (*link.position, link.factor) for link in links}
        stand = tuple(i * s for i, s in zip(index(step, truth.y.shape), truth.stride))
        assert (place(frame), frame.size) == (stand, truth.span)
        lit = {link.position for link in links if link.source is not None}
        assert at(shown(scene, time, "input x"), "input-lit").keys() == lit
    assert [time for time, *_ in moves] == [2 * k for k in range(1, truth.y.size)]


@SLIDE
def test_products_stand_in_a_grid_of_the_kernels_shape_empty_while_a_step_asks(truth):
    scene = scene_of(truth)
    left = band_of(scene, "products").corner[1]
    for time, step, done in stops(scene):
        cells, links = moved(shown(scene, time, "products"), 0, left), truth.by_output[step]
        spots = {link.tap: index(link.tap, truth.kernel.shape) for link in links}
        real = {spots[link.tap]: link.product for link in links if link.source is not None}
        assert numbers([cell for cell in cells if cell.box == "product"]) == (real if done else {})
        zeros = [cell for cell in cells if cell.box == "product-border"]
        assert {place(cell) for cell in zeros} == set(spots.values()) - real.keys()
        assert all(cell.text == "0" and cell.under.strip() for cell in zeros)
        names = {place(cell): cell.under for cell in cells if cell.box == "product-empty"}
        named = {spots[link.tap]: tap_name(truth, link.tap) + ("" if link.factor else "=0") for link in links}
        assert names == {spot: named[spot] for spot in real}
        assert not {cell.under for cell in zeros} & set(names.values())


@SLIDE
def test_products_on_grids_appear_one_after_another_between_the_two_stops(truth):
    scene = scene_of(truth)
    for step in range(scene.steps):
        times = [cell.since for cell in band_of(scene, "products").cells if cell.box == "product" and cell.since // 2 == step]
        assert times == sorted(set(times)) and all(2 * step < time < 2 * step + 1 for time in times)


@SLIDE
def test_each_place_of_the_kernel_fills_its_output_cell(truth):
    scene, shape = scene_of(truth), truth.y.shape
    left = band_of(scene, "output y").corner[1]
    assert scene.steps == truth.y.size
    for time, step, done in stops(scene):
        cells, here = moved(shown(scene, time, "output y"), 0, left), index(step, shape)
        known = {index(q, shape): truth.y.flat[q] for q in range(step + done)}
        assert numbers(cells) == (known if done else known | {here: "?"})
        assert at(cells, "output-lit").keys() == {here}
        assert at(cells, "output-done").keys() == known.keys()


@pytest.mark.parametrize("truth", [*STAMPS, *(pytest.param(Truth(*case.values), id=case.id) for case in CONVOLUTION_GRIDS)])
def test_each_caption_of_a_grid_is_the_sum_over_the_cells_that_reach_it(truth):
    for q, caption in enumerate(answered(scene_of(truth))):
        name, *terms, total = caption.split(" = ")
        assert name == "y[{}, {}]".format(*index(q, truth.y.shape))
        assert [pair for text in terms for pair in factors(text)] == pairs(truth.by_output[q])
        assert value(total.removesuffix(" (no copy reaches it)")) == truth.y.flat[q]
        assert value(scene_of(truth).captions[q].expected) == truth.y.flat[q]
        assert bool(terms) == (q not in truth.bare)


# The stamped copies


def output_cells(scene, truth, time):
    """The cells of the output, seen from its corner: (big cells, slots) in units of an output cell."""
    cells = moved(shown(scene, time, "output y"), *band_of(scene, "output y").corner)
    return cells, 2 if slotted(truth) else 1


def tops(cells, wide, *boxes):
    """The positions of the cells with one of some boxes."""
    found = [cell for cell in cells if cell.box in boxes]
    assert all(cell.size == (wide, wide) for cell in found)
    return {(cell.row / wide, cell.column / wide) for cell in found}


def sums(cells, truth):
    """Position → the number or question in an output cell, slots apart."""
    found = [cell for cell in cells if cell.text and not cell.box]
    wide = 2 if slotted(truth) else 1
    positions = {(int(cell.row // wide), int(cell.column // wide)): value(cell.text) for cell in found}
    assert len(positions) == len(found)
    return positions


def laid(truth, reading):
    """For each copy, the step in whose answer it is there: its own, or that of the first output cell that needs it."""
    if reading == "scatter":
        return list(range(truth.x.size))
    first = [min((link.target for link in links if link.target is not None), default=None) for links in truth.by_input]
    return [truth.y.size - 1 if q is None else q for q in first]


@STAMP
def test_running_sums_are_the_sum_of_the_copies_so_far_on_grids(truth):
    scene = scene_of(truth, "scatter")
    assert scene.steps == truth.x.size
    for time, step, done in stops(scene):
        cells, wide = output_cells(scene, truth, time)
        count, expected, finished = step + done, {}, set()
        for q, links in enumerate(truth.by_output):
            so_far = [link.product for link in links if link.source < count]
            if so_far or (not links and time == scene.last):
                expected[truth.at(q)] = sum(so_far)
            if links and len(so_far) == len(links):
                finished.add(truth.at(q))
        assert sums(cells, truth) == expected
        assert tops(cells, wide, "output-done", "lane-done") == finished
        (frame,) = [cell for cell in cells if cell.box == "product-lit" and not cell.text]
        stand = tuple(i * s * wide for i, s in zip(index(step, truth.x.shape), truth.stride))
        assert (place(frame), frame.size) == (stand, tuple(k * wide for k in truth.span))
        assert at(shown(scene, time, "input x"), "input-lit").keys() == {index(step, truth.x.shape)}
    assert [expected[truth.at(q)] for q in range(truth.y.size)] == truth.y.ravel().tolist()


@STAMP
def test_by_gather_each_output_cell_is_asked_and_answered_and_what_reaches_it_is_lit(truth):
    scene = scene_of(truth, "gather")
    assert scene.steps == truth.y.size
    for time, step, done in stops(scene):
        cells, wide = output_cells(scene, truth, time)
        known = {truth.at(q): truth.y.flat[q] for q in range(step + done)}
        assert sums(cells, truth) == (known if done else known | {truth.at(step): "?"})
        assert tops(cells, wide, "output-lit") == {truth.at(step)}
        assert tops(cells, wide, "output-done", "lane-done") == {truth.at(q) for q in range(step + done) if q not in truth.bare}
        lit = {index(link.source, truth.x.shape) for link in truth.by_output[step]}
        assert at(shown(scene, time, "input x"), "input-lit").keys() == lit


@READ
@pytest.mark.parametrize("truth", [case for case in STAMPS if slotted(case.values[0])])
def test_every_output_cell_has_a_slot_for_each_copy_and_an_open_one_is_filled_when_the_copy_is_laid_down(truth, reading):
    scene = scene_of(truth, reading)
    when, shades = laid(truth, reading), {1: [2], 2: [0, 4], 3: [0, 2, 4], 4: [0, 1, 3, 4], 6: [0, 1, 2, 2, 3, 4]}
    for time, step, done in stops(scene):
        cells, _ = output_cells(scene, truth, time)
        slots, filled = ([cell for cell in cells if cell.box.startswith(look)] for look in ("slot-", "tap-"))
        assert len({place(cell) for cell in slots}) == len(slots) == len(truth.links)
        there = [link for link in truth.links if when[link.place] < step + done]
        assert sorted((int(cell.row // 2), int(cell.column // 2), value(cell.text)) for cell in filled) == sorted(
            (*link.position, link.product) for link in there
        )
        assert {place(cell) for cell in filled} <= {place(cell) for cell in slots}
        asked = [(int(cell.row // 2), int(cell.column // 2)) for cell in cells if cell.text == "?" and cell.box]
        ours = [link.position for link in truth.links if when[link.place] == step and not done]
        assert sorted(asked) == sorted(ours)
    if truth.kernel.size in shades:
        found = sorted((int(cell.row // 2), int(cell.column // 2), cell.box) for cell in slots)
        assert found == sorted((*link.position, f"slot-{shades[truth.kernel.size][link.tap]}") for link in truth.links)


def test_no_copy_on_a_grid_is_there_before_the_answer_of_the_step_that_needs_it_first():
    scene = animate_gather_and_scatter(*SQUARE).scene
    assert not [cell.text for cell in shown(scene, 0, "output y") if cell.text not in ("", "?")]


@READ
@STAMP
def test_cropped_and_uncovered_cells_of_a_grid_are_marked(truth, reading):
    scene = scene_of(truth, reading)
    cells, wide = output_cells(scene, truth, 0)
    assert tops(cells, wide, "cropped") == truth.border
    assert tops(cells, wide, "uncovered") == {truth.at(q) for q in truth.bare}
    assert {cell.of[1]: (cell.row / wide, cell.column / wide) for cell in cells if cell.of[:1] == ("output",)} == {
        q: truth.at(q) for q in range(truth.y.size)
    }


@READ
@STAMP
def test_what_is_cropped_is_said(truth, reading):
    assert ("cropped" in about(scene_of(truth, reading), "output y")) == bool(truth.border)


def test_cells_of_a_grid_that_no_copy_reaches_are_named_as_on_a_row():
    row, grid = (animate_summed_kernels(*data, stride=3).scene for data in (([1, 2], [1, 10]), SQUARE))
    assert "1 reached by no copy" in about(row, "output y") and "9 reached by no copy" in about(grid, "output y")


@STAMP
def test_each_copy_caption_of_a_grid_has_its_products_and_where_they_land(truth):
    for i, caption in enumerate(scene_of(truth, "scatter").captions):
        text, links = "".join(text for text, _ in caption.answered), truth.by_input[i]
        name, products, rest = text.split(" = ", 2)
        values, where = re.match(r"(.+?), (added at .+?|all of it cropped)\.", rest).groups()
        assert name == "x[{}, {}]·κ".format(*index(i, truth.x.shape))
        assert [factors(product) for product in products.split(", ")] == [[pair] for pair in pairs(links)]
        assert list(map(value, values.split(", "))) == list(map(value, caption.expected.split())) == [k.product for k in links]
        landed = ["y[{}, {}]".format(*index(k.target, truth.y.shape)) for k in links if k.target is not None]
        listed = ", ".join(landed) if len(landed) < 5 else f"{landed[0]} to {landed[-1]}"
        cut = " (the rest is cropped)" if len(landed) < len(links) else ""
        assert where == (f"added at {listed}{cut}" if landed else "all of it cropped")


def test_there_are_grids_with_slots_and_grids_without():
    assert {slotted(case.values[0]) for case in STAMPS} == {True, False}


# Wires, sentences, refusals


@pytest.mark.parametrize("reading", ["gather", "scatter"])
@pytest.mark.parametrize("truth", [*STAMPS[:10], *(pytest.param(Truth(*c.values), id=c.id) for c in CONVOLUTION_GRIDS[:10])])
def test_the_connections_of_a_grid_light_what_they_join_and_name_the_tap(truth, reading):
    scene = animate_connections(truth.x, truth.kernel, truth.transposed, reading, **truth.params).scene
    key, count = ("target", truth.y.size) if reading == "gather" else ("source", truth.x.size)
    left = band_of(scene, "output y").corner[1]
    for step, links in enumerate(truth.by(key, count)):
        links = [link for link in links if link.cell is not None]
        inputs = {index(link.source, truth.x.shape) for link in links}
        assert at(shown(scene, step, "input x"), "input-lit").keys() == inputs
        outputs = {index(link.target, truth.y.shape) for link in links}
        assert at(moved(shown(scene, step, "output y"), 0, left), "output-lit").keys() == outputs
        pills = [(int(cell.row), int(cell.column), cell.text) for cell in scene.frame(step)[-1]]
        assert sorted(pills) == sorted((*index(k.source, truth.x.shape), tap_name(truth, k.tap)) for k in links)
        assert answered(scene)[step].count("through") == len(links)
    if reading == "scatter":
        sums = {cell.text for cell in shown(scene, step, "output y") if cell.text}
        assert sums == {number(total) for total in truth.y.flat}


@pytest.mark.parametrize("truth", [*STAMPS, *(pytest.param(Truth(*case.values), id=case.id) for case in CONVOLUTION_GRIDS)])
def test_there_is_a_true_sentence_for_everything_that_a_grid_points_at(truth):
    said = cell_sentences(layer(truth))
    assert {cell.of for band in scene_of(truth).bands for cell in band.cells if cell.of} <= said.keys()
    for link in truth.real:
        assert f" = {number(link.product)} to y[" in said["link", link.target, link.source]


def test_a_player_of_a_grid_asks_at_the_first_two_steps_and_where_padding_is_new():
    assert animate_sliding_kernel(np.ones((3, 3)), [[1, 2], [3, 4]]).scene.ask == (0, 1)
    assert animate_sliding_kernel(np.ones((3, 4)), [[1, 2], [3, 4]], padding=(1, 0)).scene.ask == (0, 1, 3)
    assert animate_sliding_kernel(*OBLONG, padding=1, ask=[3]).scene.ask == (2,)
    assert animate_gather_and_scatter(*SQUARE).scene.ask == (0, 1, 4)


@pytest.mark.parametrize("animate", [animate_sliding_kernel, animate_summed_kernels, animate_gather_and_scatter])
def test_a_grid_beyond_the_page_is_refused_with_its_size(animate):
    assert "40" in refusal(animate, np.ones((40, 2)), [[1]])
    assert "100" in refusal(animate, np.ones((100, 100)), [[1]])
    assert "stride" in refusal(animate, *SQUARE, stride=(1, 2, 3))
    assert len(animate(np.ones((16, 16)), [[1]])) == 256
    assert "17" in refusal(animate, np.ones((17, 1)), [[1]])


def test_only_some_pictures_show_grids():
    for animate in animate_matrix, animate_gradient:
        assert "1 axis" in refusal(animate, *SQUARE)


@pytest.mark.parametrize("animate", [animate_sliding_kernel, animate_summed_kernels, animate_gather_and_scatter])
def test_a_worksheet_of_a_grid_has_no_answer(animate):
    animation = animate(*SQUARE, stride=1, padding=0)
    blank = animation.scene.blank()
    assert not any(cell.text for band in blank.bands if band.answer for cell in band.cells)
    (values,) = [band.values for band in animation.scene.bands if band.answer and band.values]
    assert values in animation.text() and values not in "\n".join(blank.summary(answers=False))


@pytest.mark.parametrize("x, kernel, params", CONVOLUTION_GRIDS)
def test_parameters_of_grids_may_be_lists_or_arrays(x, kernel, params):
    lists = {name: np.array(given) for name, given in params.items()}
    assert layer_of(x, kernel, **lists).links == layer_of(x, kernel, **params).links
