"""What the animations show, by value: every number of every frame is the operator's, every caption's arithmetic is true."""

import math
import re
import tracemalloc

import numpy as np
import pytest

from lecture_helpers import (
    animate_gather_and_scatter,
    animate_gradient,
    animate_matrix,
    animate_sliding_kernel,
    animate_summed_kernels,
    conv_transpose,
    cross_correlate,
    draw_operation,
    matrix_of,
)
from lecture_helpers.geometry import connections
from lecture_helpers.scenes import coverage_grid_scene
from scene_cases import BARE_END, CONVOLUTIONS, L7, L8, L13, TRANSPOSED

ANIMATE = [animate_sliding_kernel, animate_summed_kernels, animate_gradient, animate_gather_and_scatter, animate_matrix]
EACH = pytest.mark.parametrize("animate", ANIMATE)
CONVOLUTION = pytest.mark.parametrize("x, kernel, params", CONVOLUTIONS)
GRADIENT = (animate_gradient, "input: ∂ℓ/∂y", "output: gradient ∂ℓ/∂x")
GATHER = (animate_gather_and_scatter, "input", "gather")
TRANSPOSE = pytest.mark.parametrize("x, kernel, params", TRANSPOSED)


def sliding(x, kernel, params):
    return animate_sliding_kernel(x, kernel, **params).scene


def summed(x, kernel, params):
    return animate_summed_kernels(x, kernel, **params).scene


def shown(scene, moment, name):
    """The cells visible in the band whose label starts with a name."""
    (cells,) = [cells for band, cells in zip(scene.bands, scene.frame(moment)) if band.label.startswith(name)]
    return cells


def numbers(cells):
    """Column → number, for cells of one row; no column may hold two."""
    columns = [cell.column for cell in cells if cell.text]
    assert len(columns) == len(set(columns))
    return {cell.column: value(cell.text) for cell in cells if cell.text}


def columns(cells, box):
    return {cell.column for cell in cells if cell.box == box}


def notes(cells):
    return {cell.column: int(cell.note) for cell in cells if cell.note}


def value(text):
    """The value of a sum of products as captions write it."""
    factors = [[factor.strip("()").replace("−", "-") for factor in term.split("·")] for term in text.split(" + ")]
    return sum(math.prod(map(float, term)) for term in factors)


def stated(total):
    """The number at the start of a text, such as "0, since ..."."""
    return re.match(r"−?[\d.]+(e[+−]\d+)?", total)[0]


def factors(text):
    """The factors of a sum of products: one tuple per term."""
    return [tuple(value(factor) for factor in term.split("·")) for term in text.split(" + ")]


def reached(x, kernel, stride=1, dilation=1, **_):
    """For every input cell of a transposed layer, the columns of its copy, tap by tap (column 0: before cropping)."""
    return [[i * stride + a * dilation for a in range(len(kernel))] for i in range(len(x))]


def kept(x, kernel, params):
    """The columns that remain after cropping."""
    start = params.get("padding", 0)
    return range(start, start + conv_transpose(x, kernel, **params).size)


def done(column, copies):
    """The moment from which no copy reaches a column; without any copy: when the last one to its left is there."""
    touching = [i for i, copy in enumerate(copies) if column in copy] or [i for i, c in enumerate(copies) if c[0] <= column]
    return touching[-1] + 1


def test_the_lecture_sliding_kernel_writes_9_0_1_3_minus5_minus3_6():
    scene = sliding(*L7)
    assert scene.captions[2] == "y[1] = 4·1 + (−1)·2 + 0·0 + 2·(−1) = 0"
    assert [cell.text for cell in shown(scene, 7, "output") if cell.text] == ["9", "0", "1", "3", "−5", "−3", "6"]
    assert scene.bands[0].label == "input x (large row), W = 10"
    assert scene.bands[1].label == "kernel κ as written, w = 4"


def test_the_lecture_summed_kernels_write_2_7_4_minus4_minus2_1():
    scene = summed(*L8)
    assert "Finished: y[1] = 2·2 + 3·1 = 7." in scene.captions[2]
    assert scene.captions[2].startswith("x[1]·κ = 3·1, 3·2, 3·(−1) = 3, 6, −3, added at y[1], y[2], y[3].")
    assert numbers(shown(scene, 4, "output")) == dict(enumerate([2, 7, 4, -4, -2, 1]))
    assert numbers(shown(scene, 2, "output")) == dict(enumerate([2, 7, 4, -3]))


def test_the_lecture_stride_2_writes_2_4_1_6_minus3_0_minus1_minus2_1():
    assert numbers(shown(summed(*L13), 4, "output")) == dict(enumerate([2, 4, 1, 6, -3, 0, -1, -2, 1]))


@CONVOLUTION
def test_each_place_of_the_sliding_kernel_fills_its_output_cell(x, kernel, params):
    scene, y = sliding(x, kernel, params), cross_correlate(x, kernel, **params)
    stands = [i * params.get("stride", 1) for i in range(len(y))]
    assert scene.steps == len(y)
    for moment in range(len(y) + 1):
        cells = shown(scene, moment, "output")
        assert numbers(cells) == dict(zip(stands, y[:moment]))
        assert notes(cells) == {column: i for i, column in enumerate(stands)}
        assert columns(cells, "output-lit") == {stands[max(moment - 1, 0)]}


@CONVOLUTION
def test_the_kernel_stands_on_the_lit_cells_and_these_are_the_connections(x, kernel, params):
    scene, padding = sliding(x, kernel, params), params.get("padding", 0)
    (place,), (tap,), (cell,), _ = connections(len(x), len(kernel), scene.steps, **params)
    for moment in range(scene.steps + 1):
        here = place == max(moment - 1, 0)
        under = (cell[here] + padding).tolist()
        row = shown(scene, moment, "input")
        assert columns(row, "input-lit") == set(under) & columns(row, "input")
        assert columns(row, "padding-lit") == set(under) & columns(row, "padding")
        assert numbers(shown(scene, moment, "kernel")) == dict(zip(under, kernel))
        assert notes(shown(scene, moment, "kernel")) == dict(zip(under, tap[here]))


@CONVOLUTION
def test_the_large_row_is_the_padded_input_and_its_padding_is_marked(x, kernel, params):
    cells, padding = shown(sliding(x, kernel, params), 0, "input"), params.get("padding", 0)
    assert numbers(cells) == dict(enumerate(np.pad(x, padding).tolist()))
    assert notes(cells) == {u + padding: u for u in range(len(x))}
    assert columns(cells, "input") == set(notes(cells))
    assert columns(cells, "padding") == set(numbers(cells)) - set(notes(cells))


@CONVOLUTION
def test_each_sliding_caption_is_the_inner_product_under_the_kernel(x, kernel, params):
    scene, y = sliding(x, kernel, params), cross_correlate(x, kernel, **params)
    for i, caption in enumerate(scene.captions[1:]):
        name, terms, total = caption.split(" = ")
        window = numbers(shown(scene, i + 1, "input"))
        assert name == f"y[{i}]"
        assert factors(terms) == [(window[column], tap) for column, tap in numbers(shown(scene, i + 1, "kernel")).items()]
        assert value(terms) == value(total) == y[i]


@TRANSPOSE
def test_running_sums_are_the_sum_of_the_copies_so_far(x, kernel, params):
    scene, copies, inside = summed(x, kernel, params), reached(x, kernel, **params), kept(x, kernel, params)
    spacing = {name: params[name] for name in ("stride", "dilation") if name in params}
    assert scene.steps == len(x)
    for moment in range(len(x) + 1):
        so_far = conv_transpose(np.where(np.arange(len(x)) < moment, x, 0), kernel, **spacing)
        touched = {column for copy in copies[:moment] for column in copy}
        bare = {c for c in (*range(so_far.size), *inside) if not any(c in copy for copy in copies) and done(c, copies) <= moment}
        expected = {column: so_far[column] for column in touched} | dict.fromkeys(bare, 0)
        assert numbers(shown(scene, moment, "output")) == expected


@TRANSPOSE
def test_the_finished_row_is_the_operator_and_cropped_cells_are_padding(x, kernel, params):
    cells, inside = shown(summed(x, kernel, params), len(x), "output"), kept(x, kernel, params)
    assert [numbers(cells)[column] for column in inside] == conv_transpose(x, kernel, **params).tolist()
    assert notes(cells) == {column: u for u, column in enumerate(inside)}
    assert columns(cells, "output") == set(inside)
    assert columns(cells, "padding") == set(numbers(cells)) - set(inside)


@TRANSPOSE
def test_an_output_cell_is_done_exactly_when_no_later_copy_reaches_it(x, kernel, params):
    scene, copies, inside = summed(x, kernel, params), reached(x, kernel, **params), kept(x, kernel, params)
    for moment in range(len(x) + 1):
        cells = shown(scene, moment, "output")
        assert columns(cells, "output-done") == {column for column in inside if done(column, copies) <= moment}
        assert columns(cells, "output-lit") == set(inside) & set(copies[max(moment - 1, 0)])


@TRANSPOSE
def test_each_copy_is_the_kernel_times_its_input_cell_at_the_place_of_that_cell(x, kernel, params):
    scene, copies = summed(x, kernel, params), reached(x, kernel, **params)
    for moment in range(len(x) + 1):
        cells = [cell for cell in shown(scene, moment, "copies") if cell.box == "copy"]
        assert len({(cell.row, cell.column) for cell in cells}) == len(cells)
        assert sorted((cell.column, value(cell.text)) for cell in cells) == sorted(
            (column, signal * tap) for signal, copy in zip(x[:moment], copies) for column, tap in zip(copy, kernel)
        )
        now = copies[max(moment - 1, 0)]
        assert numbers(shown(scene, moment, "kernel")) == dict(zip(now, kernel))
        assert numbers(shown(scene, moment, "input")) == {copy[0]: signal for copy, signal in zip(copies, x)}
        assert columns(shown(scene, moment, "input"), "input-lit") == {now[0]}


@pytest.mark.parametrize("animate", [animate_summed_kernels, animate_gather_and_scatter])
def test_the_name_of_each_copy_stands_to_its_left(animate):
    scene = animate([2, 3, 0, -1], [1, 2, -1], stride=2).scene
    for moment in range(scene.steps + 1):
        cells = shown(scene, moment, "copies")
        names = {cell.row: cell for cell in cells if cell.text and not cell.box}
        assert names.keys() == {cell.row for cell in cells if cell.box}
        assert all(names[cell.row].column < cell.column for cell in cells if cell.box)
        assert all(cell.text == ["2·κ", "3·κ", "0·κ", "−1·κ"][row] for row, cell in names.items())


@TRANSPOSE
def test_each_copy_caption_names_its_products_and_the_cells_that_take_them(x, kernel, params):
    copies, inside = reached(x, kernel, **params), kept(x, kernel, params)
    for i, caption in enumerate(summed(x, kernel, params).captions[1:]):
        name, products, values, where = re.match(r"(.+?) = (.+?) = (.+), (added at .+?|all of it cropped)\.", caption).groups()
        assert name == f"x[{i}]·κ"
        assert [factors(product) for product in products.split(", ")] == [[(x[i], tap)] for tap in kernel]
        assert [value(product) for product in products.split(", ")] == [value(text) for text in values.split(", ")]
        landed = [f"y[{inside.index(column)}]" if column in inside else "(cropped)" for column in copies[i]]
        assert where in ("added at " + ", ".join(landed), "all of it cropped" if set(landed) == {"(cropped)"} else None)


@TRANSPOSE
def test_each_copy_caption_sums_up_the_cells_that_it_finishes(x, kernel, params):
    copies, inside, y = reached(x, kernel, **params), kept(x, kernel, params), conv_transpose(x, kernel, **params)
    for i, caption in enumerate(summed(x, kernel, params).captions[1:]):
        sums = [s.split(" = ") for s in caption.partition(" Finished: ")[2].removesuffix(".").split("; ") if s]
        finished = [column for column in inside if done(column, copies) == i + 1]
        assert [name for name, *_ in sums] == [f"y[{inside.index(column)}]" for column in finished]
        for column, (_, *terms, total) in zip(finished, sums):
            pairs = [(x[j], kernel[copy.index(column)]) for j, copy in enumerate(copies) if column in copy]
            assert [pair for text in terms for pair in factors(text)] == pairs
            assert value(stated(total)) == sum(map(math.prod, pairs)) == y[inside.index(column)]
            assert pairs or "reaches it" in total


def test_a_cell_that_no_copy_reaches_holds_0_and_says_so():
    _, first, second = summed(*BARE_END).captions
    assert "all of it cropped" in first
    assert re.search(r"y\[4\] = 0\b.+ reaches it", second)


def test_the_gradient_of_the_lecture_notes_flows_back_to_3_34_40():
    scene = animate_gradient([1, 10], [3, 4]).scene
    assert scene.captions[2].endswith("∂ℓ/∂x[1] = 1·4 + 10·3 = 34")
    assert numbers(shown(scene, 3, "output: gradient ∂ℓ/∂x")) == {0: 3, 1: 34, 2: 40}


@pytest.mark.parametrize("animate, small, large", [GRADIENT, GATHER])
@TRANSPOSE
def test_the_reversed_kernel_gathers_the_output_from_the_lit_cells_under_it(animate, small, large, x, kernel, params):
    scene, y, inside = animate(x, kernel, **params).scene, conv_transpose(x, kernel, **params), kept(x, kernel, params)
    assert scene.steps == y.size
    for moment in range(y.size + 1):
        u = max(moment - 1, 0)
        signal, taps = numbers(shown(scene, moment, small)), numbers(shown(scene, moment, "kernel"))
        assert [taps[column] for column in sorted(taps)] == kernel[::-1]
        assert sum(signal[column] * taps[column] for column in signal.keys() & taps.keys()) == y[u]
        assert columns(shown(scene, moment, small), "input-lit") == signal.keys() & taps.keys()
        assert columns(shown(scene, moment, large), "output-lit") == {inside[u]}
        assert numbers(shown(scene, moment, large)) == dict(zip(inside, y[:moment]))


@pytest.mark.parametrize("animate", [animate_gradient, animate_gather_and_scatter])
@TRANSPOSE
def test_each_gathered_caption_is_the_sum_over_the_cells_that_reach_it(animate, x, kernel, params):
    copies, inside, y = reached(x, kernel, **params), kept(x, kernel, params), conv_transpose(x, kernel, **params)
    for u, caption in enumerate(animate(x, kernel, **params).scene.captions[1:]):
        where, *terms, total = caption.split(" = ")
        readers = [i for i, copy in enumerate(copies) if inside[u] in copy]
        assert where.endswith(f"[{u}]")
        assert [pair for text in terms for pair in factors(text)] == [(x[i], kernel[copies[i].index(inside[u])]) for i in readers]
        assert sum(map(value, terms)) == value(stated(total)) == y[u]
        assert animate is animate_gather_and_scatter or re.findall(r"\by\[(\d+)\]", where) == list(map(str, readers))


@pytest.mark.parametrize("animate", [animate_summed_kernels, animate_gather_and_scatter])
@TRANSPOSE
def test_every_sum_is_that_of_the_copies_shown_above_it(animate, x, kernel, params):
    scene, y, inside = animate(x, kernel, **params).scene, conv_transpose(x, kernel, **params), kept(x, kernel, params)
    name = "scatter" if animate is animate_gather_and_scatter else "output"
    for moment in range(scene.steps + 1):
        row, above = shown(scene, moment, name), {}
        for cell in shown(scene, moment, "copies"):
            if cell.box == "copy":
                above[cell.column] = above.get(cell.column, 0) + value(cell.text)
        found = numbers(row)
        assert above.items() <= found.items()
        assert set(found.values() if found.keys() - above.keys() else []) <= {0, *above.values()}
        assert all(found[column] == y[inside.index(column)] for column in columns(row, "output-done"))
    assert columns(row, "output-done") == set(inside)


def matrix_cells(scene, moment):
    """(row, column) → number in the band of the matrix; its output stands in the last column."""
    cells = shown(scene, moment, "matrix")
    output = max(cell.column for cell in cells)
    names = [cell for cell in cells if cell.column == output - 1]
    assert [cell.text for cell in names] == [f"y[{row}]" for row in range(len(names))] and names
    found = {(cell.row, cell.column): value(cell.text) for cell in cells if cell.text and cell not in names}
    return {w: v for w, v in found.items() if w[1] < output}, {r: v for (r, c), v in found.items() if c == output}


@CONVOLUTION
def test_row_after_row_of_the_matrix_gives_the_output(x, kernel, params):
    scene, y = animate_matrix(x, kernel, **params).scene, cross_correlate(x, kernel, **params)
    matrix = matrix_of(lambda x: cross_correlate(x, kernel, **params), len(x))
    assert scene.steps == y.size
    for moment in range(y.size + 1):
        cells, output = matrix_cells(scene, moment)
        lit = columns(shown(scene, moment, "input"), "input-lit")
        assert {where: v for where, v in cells.items() if v} == {tuple(w): matrix[*w] for w in np.argwhere(matrix).tolist()}
        assert output == dict(enumerate(y[:moment]))
        assert lit == {column for row, column in cells if row == max(moment - 1, 0)}
    for i, caption in enumerate(scene.captions[1:]):
        name, *terms, total = caption.split(" = ")
        assert name == f"Row {i} of C: y[{i}]"
        assert sum(map(value, terms)) == value(stated(total)) == y[i]


@pytest.mark.parametrize(
    "x, kernel, params", [case for case in TRANSPOSED if conv_transpose(*case.values[:2], **case.values[2]).size < 25]
)
def test_column_after_column_of_the_transposed_matrix_adds_to_the_output(x, kernel, params):
    scene = animate_matrix(x, kernel, transposed=True, **params).scene
    matrix = matrix_of(lambda x: conv_transpose(x, kernel, **params), len(x))
    assert scene.steps == len(x)
    for moment in range(len(x) + 1):
        cells, output = matrix_cells(scene, moment)
        so_far = matrix[:, :moment] @ np.array(x[:moment])
        assert {where: v for where, v in cells.items() if v} == {tuple(w): matrix[*w] for w in np.argwhere(matrix).tolist()}
        assert output.keys() >= {row for row, column in cells if column < moment}
        assert all(so_far[row] == sum_so_far for row, sum_so_far in output.items())
        assert columns(shown(scene, moment, "input"), "input-lit") == {max(moment - 1, 0)}
    assert output == dict(enumerate(conv_transpose(x, kernel, **params)))


LECTURE = {
    "L7": sliding(*L7),
    "L8": summed(*L8),
    "L13": summed(*L13),
    "gradient": animate_gradient(*L8[:2]).scene,
    "gather and scatter": animate_gather_and_scatter(*L8[:2]).scene,
}


@pytest.mark.parametrize("scene", LECTURE.values(), ids=LECTURE)
def test_moment_0_shows_the_input_but_no_answer(scene):
    for band, cells in zip(scene.bands, scene.frame(0)):
        assert any(cell.text for cell in cells) != band.answer
    assert scene.captions[0].startswith("Predict")


@pytest.mark.parametrize("transposed", [False, True])
def test_moment_0_shows_the_matrix_but_no_output(transposed):
    cells, output = matrix_cells(animate_matrix(*L8[:2], transposed=transposed).scene, 0)
    assert cells and not output


@pytest.mark.parametrize("scene", LECTURE.values(), ids=LECTURE)
def test_what_is_to_be_predicted_is_not_written_beside_it(scene):
    assert "width" not in scene.captions[0] or not any("width" in band.label for band in scene.bands)


def test_the_storyboard_has_the_title_each_row_once_and_a_line_per_step():
    assert animate_sliding_kernel([1, 2, 3, 4], [10, 1], stride=2).text() == (
        "Convolution layer, y = x ⊛ κ, stride 2\n"
        "input x (large row), W = 4: 1 2 3 4\n"
        "kernel κ as written, w = 2: 10 1\n"
        "output y (small row), width 2: 12 34\n"
        "1. y[0] = 1·10 + 2·1 = 12\n"
        "2. y[1] = 3·10 + 4·1 = 34"
    )
    lines = animate_summed_kernels(*L8[:2]).text().splitlines()
    assert len(lines) == 1 + 3 + 4
    assert lines[1:3] == ["input x (small row), W = 4: 2 3 0 −1", "kernel κ as written, w = 3: 1 2 −1"]
    assert [line.partition(" ")[0] for line in lines[4:]] == ["1.", "2.", "3.", "4."]


@CONVOLUTION
def test_a_sliding_animation_has_one_step_per_output_cell(x, kernel, params):
    assert len(animate_sliding_kernel(x, kernel, **params)) == cross_correlate(x, kernel, **params).size


@TRANSPOSE
def test_a_summed_animation_has_one_step_per_input_cell(x, kernel, params):
    assert len(animate_summed_kernels(x, kernel, **params)) == len(x)


@pytest.mark.parametrize("one", [2, np.int64(2), (2,), [2]])
def test_a_parameter_is_an_int_or_one_per_axis(one):
    assert animate_sliding_kernel(*L7[:2], stride=one).text() == animate_sliding_kernel(*L7[:2], stride=2).text()
    assert animate_summed_kernels(*L8[:2], stride=one).text() == animate_summed_kernels(*L8[:2], stride=2).text()


def test_the_data_is_left_as_it_was():
    x, kernel = np.array(L8[0]), np.array(L8[1])
    animate_sliding_kernel(x, kernel)
    animate_summed_kernels(x, kernel)
    assert (x.tolist(), kernel.tolist()) == L8[:2]


def test_an_impulse_comes_out_reversed_from_one_operation_and_as_written_from_the_other():
    impulse, kernel = [0, 0, 1, 0, 0, 0, 0], [1, 2, 3]
    assert draw_operation(impulse, kernel).text().endswith(" 0 0 1 0 0 0 0 ⊛ 1 2 3 = 3 2 1 0 0")
    assert draw_operation(impulse, kernel, transposed=True).text().endswith(" 0 0 1 0 0 0 0 ∗ 1 2 3 = 0 0 1 2 3 0 0 0 0")


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
    assert "output_padding" in refusal(animate_matrix, [1, 2, 3], [1, 2], stride=2, output_padding=1)


def test_a_row_of_128_cells_is_the_widest():
    assert len(animate_sliding_kernel([1] * 128, [1, 2])) == len(animate_summed_kernels([1] * 127, [1, 2])) == 127
    assert "129" in refusal(animate_sliding_kernel, [1] * 129, [1, 2])
    assert "129" in refusal(animate_summed_kernels, [1] * 128, [1, 2])
    assert "130" in refusal(animate_sliding_kernel, [1] * 128, [1, 2], padding=1)


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
    for value, limit in ((10**8 + 1, "integers up to 100,000,000"), (1.1e100, r"numbers up to 1e\+100")):
        with pytest.raises(ValueError, match=f"{limit}, but x holds"):
            animate_sliding_kernel([value], [1])


def test_a_caption_tells_fractions_apart():
    assert animate_sliding_kernel([1000.5], [1]).scene.captions[1] == "y[0] = 1000.5·1 = 1000.5"


def test_a_column_whose_copy_is_cropped_altogether_is_called_empty():
    x, kernel, params = BARE_END
    assert "Column 0 of Cᵀ is empty" in animate_matrix(x, kernel, transposed=True, **params).scene.captions


def test_parameters_may_be_arrays_and_are_described_as_integers():
    title = animate_summed_kernels([[1, 2]], [[3]], stride=np.array([1, 2])).scene.title
    assert title == "Transposed convolution layer: summed kernels, stride (1, 2)"


def test_a_hole_in_the_coverage_of_a_grid_is_no_finished_cell():
    (band,) = coverage_grid_scene(2, 1, 2).bands
    boxes = {(cell.row, cell.column): cell.box for cell in band.cells if cell.text}
    assert boxes[0, 1] == boxes[1, 1] == "padding" and boxes[0, 0] == boxes[2, 2] == "output-done"
