"""What the animations show on two axes, by value: grids of cells instead of rows."""

import math

import numpy as np
import pytest

from lecture_helpers import (
    animate_gather_and_scatter,
    animate_sliding_kernel,
    animate_summed_kernels,
    conv_transpose,
    cross_correlate,
)
from lecture_helpers.scenes import layer_of, layer_scene
from test_scenes import factors, refusal, shown, stated, value

SQUARE = ([[1, 2], [3, 4]], [[1, 10], [100, 1000]])
WIDE = ([[1, -2, 3], [0, 5, -1]], [[2, 1], [0, -3], [1, 4]])
CROSSED = ([[2, 1, 4], [0, -3, 5], [1, 4, -2]], [[1, -2], [3, 5]])
TRANSPOSED = [
    (*CROSSED, dict(padding=1)),
    (CROSSED[0], WIDE[1], dict(padding=(2, 0))),
    (*SQUARE, {}),
    (*SQUARE, dict(padding=1)),
    (*SQUARE, dict(stride=2, padding=1, output_padding=1)),
    (*SQUARE, dict(stride=3)),
    (*WIDE, dict(stride=(2, 1), padding=(1, 0), dilation=(1, 2))),
    (*WIDE, dict(padding=(2, 1), dilation=(2, 2))),
]
TRANSPOSE = pytest.mark.parametrize("x, kernel, params", TRANSPOSED)
CONVOLUTION = pytest.mark.parametrize(
    "x, kernel, params", [(*CROSSED, {}), (*WIDE, dict(padding=1)), (*WIDE, dict(stride=(1, 2), padding=(2, 1), dilation=2))]
)


def grid(cells):
    """(row, column) → number; no place may hold two."""
    found = {(cell.row, cell.column): value(cell.text) for cell in cells if cell.text}
    assert len(found) == sum(bool(cell.text) for cell in cells)
    return found


def places(cells, box):
    return {(cell.row, cell.column) for cell in cells if cell.box == box}


def pairs(params, name):
    """A parameter on both axes."""
    given = params.get(name, name in ("stride", "dilation"))
    return given if isinstance(given, tuple) else (int(given), int(given))


def reached(x, kernel, params):
    """For every input cell of a transposed layer, place of the large grid before cropping → tap."""
    stride, dilation = pairs(params, "stride"), pairs(params, "dilation")
    return [
        {(i * stride[0] + a * dilation[0], j * stride[1] + b * dilation[1]): tap for (a, b), tap in np.ndenumerate(kernel)}
        for i, j in np.ndindex(np.shape(x))
    ]


def sums(x, copies, chosen):
    """The sum of the chosen copies, on the places that they reach."""
    total = {}
    for i in chosen:
        for place, tap in copies[i].items():
            total[place] = total.get(place, 0) + np.ravel(x)[i] * tap
    return total


def kept(x, kernel, params):
    """The places that remain after cropping, in reading order, and the finished output."""
    y, crop = conv_transpose(x, kernel, **params), pairs(params, "padding")
    return [(r + crop[0], c + crop[1]) for r, c in np.ndindex(y.shape)], y


def test_the_four_copies_of_a_square_overlap_to_1_12_20_103_1234_2040_300_3400_4000():
    for animate in animate_summed_kernels, animate_gather_and_scatter:
        assert "1 12 20 / 103 1234 2040 / 300 3400 4000" in animate(*SQUARE).text()


@pytest.mark.parametrize(
    "animate, name, rows",
    [
        (animate_sliding_kernel, "kernel", [[1, 10], [100, 1000]]),
        (animate_summed_kernels, "kernel", [[1, 10], [100, 1000]]),
        (animate_gather_and_scatter, "kernel κ reversed, to gather", [[1000, 100], [10, 1]]),
        (animate_gather_and_scatter, "kernel κ as written, to scatter", [[1, 10], [100, 1000]]),
    ],
)
def test_the_kernel_is_shown_as_written_to_slide_or_stamp_and_reversed_on_both_axes_to_gather(animate, name, rows):
    assert grid(shown(animate(*SQUARE).scene, 0, name)) == dict(np.ndenumerate(rows))


@CONVOLUTION
def test_each_place_of_the_sliding_kernel_fills_its_output_cell(x, kernel, params):
    scene, y = animate_sliding_kernel(x, kernel, **params).scene, cross_correlate(x, kernel, **params)
    small, padded = np.ndindex(y.shape), grid(shown(scene, 0, "input"))
    crop = pairs(params, "padding")
    assert padded == dict(np.ndenumerate(np.pad(x, [(p, p) for p in crop])))
    assert grid(shown(scene, 0, "output")) == {}
    real = {(r + crop[0], c + crop[1]) for r, c in np.ndindex(np.shape(x))}
    for moment, (place, window) in enumerate(zip(small, reached(y, kernel, params)), 1):
        name, terms, total = scene.captions[moment].split(" = ")
        assert grid(shown(scene, moment, "output")) == dict(list(np.ndenumerate(y))[:moment])
        lit = [places(shown(scene, moment, "input"), box) for box in ("input-lit", "padding-lit")]
        assert lit == [set(window) & real, set(window) - real]
        assert name == f"y[{place[0]}, {place[1]}]"
        assert factors(terms) == [(padded[under], tap) for under, tap in window.items()]
        assert value(terms) == value(total) == y[place]
    assert scene.steps == y.size
    assert places(shown(scene, 0, "input"), "padding") == padded.keys() - real


@TRANSPOSE
def test_running_sums_are_the_sum_of_the_copies_so_far(x, kernel, params):
    scene, copies, (inside, y) = (
        animate_summed_kernels(x, kernel, **params).scene,
        reached(x, kernel, params),
        kept(x, kernel, params),
    )
    touched = set().union(*copies)
    assert scene.steps == len(copies)
    for moment in range(len(copies) + 1):
        cells = shown(scene, moment, "output")
        found = grid(cells)
        assert {place: found[place] for place in found.keys() & touched} == sums(x, copies, range(moment))
        assert all(found[place] == 0 for place in found.keys() - touched)
        assert places(cells, "output-done") & touched == {
            place for place in touched & set(inside) if not any(place in copy for copy in copies[moment:])
        }
        if moment:
            copy = grid(shown(scene, moment, "copy"))
            assert copy == {where: np.ravel(x)[moment - 1] * tap for where, tap in np.ndenumerate(kernel)}
            assert places(cells, "output-lit") == set(copies[moment - 1]) & set(inside)
    assert [found[place] for place in inside] == y.ravel().tolist()
    assert places(cells, "padding") == found.keys() - set(inside)


@TRANSPOSE
def test_both_readings_fill_the_same_grid(x, kernel, params):
    scene, copies, (inside, y) = (
        animate_gather_and_scatter(x, kernel, **params).scene,
        reached(x, kernel, params),
        kept(x, kernel, params),
    )
    assert scene.steps == y.size
    for moment in range(y.size + 1):
        scatter = grid(shown(scene, moment, "scatter"))
        needed = [i for i, copy in enumerate(copies) if not copy.keys().isdisjoint(inside[:moment])]
        expected = sums(x, copies, needed)
        assert grid(shown(scene, moment, "gather")) == dict(list(np.ndenumerate(y))[:moment])
        if moment < y.size:
            assert {place: found for place, found in scatter.items() if place in expected} == expected
    assert [scatter[place] for place in inside] == y.ravel().tolist()


@TRANSPOSE
def test_each_gathered_caption_is_the_sum_over_the_lit_cells(x, kernel, params):
    scene, copies, (inside, y) = (
        animate_gather_and_scatter(x, kernel, **params).scene,
        reached(x, kernel, params),
        kept(x, kernel, params),
    )
    for moment, (caption, place) in enumerate(zip(scene.captions[1:], inside), 1):
        name, *terms, total = caption.split(" = ")
        reaching = [(np.ravel(x)[i], copy[place]) for i, copy in enumerate(copies) if place in copy]
        lit = places(shown(scene, moment, "input"), "input-lit")
        assert [pair for text in terms for pair in factors(text)] == reaching
        assert value(stated(total)) == sum(map(math.prod, reaching)) == y.ravel()[moment - 1]
        assert lit == {where for where, copy in zip(np.ndindex(np.shape(x)), copies) if place in copy}
        assert name == "y[{}, {}]".format(*np.unravel_index(moment - 1, y.shape))


@pytest.mark.parametrize("animate", [animate_sliding_kernel, animate_summed_kernels, animate_gather_and_scatter])
def test_a_grid_beyond_the_page_is_refused_with_its_size(animate):
    assert "40" in refusal(animate, np.ones((40, 2)), [[1]])
    assert "100" in refusal(animate, np.ones((100, 100)), [[1]])
    assert "stride" in refusal(animate, *SQUARE, stride=(1, 2, 3))


@pytest.mark.parametrize("animate, moments", [(animate_summed_kernels, [2, 4]), (animate_gather_and_scatter, [5, 9])])
def test_a_cell_that_no_copy_reaches_is_0_as_soon_as_no_further_copy_starts_before_it(animate, moments):
    scene = animate([[1, 2], [3, 4]], [[5]], stride=2).scene
    name = "scatter: output" if animate is animate_gather_and_scatter else "output"
    for place, first in zip([(1, 1), (2, 2)], moments):
        assert first == next(moment for moment in range(scene.steps + 1) if place in grid(shown(scene, moment, name)))


@pytest.mark.parametrize("animate", [animate_sliding_kernel, animate_summed_kernels])
def test_the_border_of_a_grid_is_named_as_that_of_a_row_is(animate):
    for data in SQUARE, ([1, 2, 3], [1, 10]):
        labels = [band.label for band in animate(*data, padding=1).scene.bands]
        assert sum("(grey: " in label for label in labels) == 1 and not any(
            "grey" in band.label for band in animate(*data).scene.bands
        )


@pytest.mark.parametrize("reading", ["gather", "both"])
def test_inserted_zeros_are_named_on_rows_and_on_grids(reading):
    for data in SQUARE, ([1, 2, 3], [1, 10]):
        (label,) = [band.label for band in layer_scene(layer_of(*data, transposed=True, stride=2), reading).bands[:1]]
        assert "inserted zeros" in label


@pytest.mark.parametrize("data", [SQUARE, ([1, 2, 3], [1, 10])])
@pytest.mark.parametrize(
    "transposed, reading", [(True, "gather"), (True, "scatter"), (True, "both"), (False, "gather"), (False, "scatter")]
)
def test_a_finished_output_cell_looks_the_same_in_every_reading(data, transposed, reading):
    scene = layer_scene(layer_of(*data, transposed=transposed), reading)
    outputs = [cells for band, cells in zip(scene.bands, scene.frame(scene.steps)) if "output" in band.label]
    assert outputs and all(places(cells, "output-done") == places(cells, "output") for cells in outputs)
