"""The explorer of coverage: counts, sums, greys and bars follow the taps, and nothing answers its notebook's hunt."""

import re
from itertools import product

import numpy as np
import pytest

from lecture_helpers import conv_transpose, explore_coverage, palette
from lecture_helpers import coverage as count_copies
from lecture_helpers.scenes import coverage_scene
from lecture_helpers.scenes.coverage import BARS, CLOSE, HIGH, IMAGE
from lecture_helpers.svg import lay_out

SETTINGS = [
    (6, [1, 2, 0], 2),
    (6, [1, 3, 5, 3], 2),
    (6, [4, 9], 3),
    (1, [0], 1),
    (2, [1] * 8, 3),
    (10, range(8), 4),
    (3, [2] * 6, 3),
]


def row(scene, label, time):
    """The numbers of a row of a scene at a time, by column."""
    shown = next(cells for band, cells in zip(scene.bands, scene.frame(time)) if band.label == label)
    return [int(text) for _, text in sorted((cell.column, cell.text) for cell in shown if cell.text)]


def pixels(scene, label, shape):
    """The levels of the greys of a band, drawn on a canvas of this many pixels, and whether they are square there."""
    band = next(band for band in lay_out(scene).scene.bands if band.label == label)
    greys = [cell for cell in band.cells if cell.box.startswith("grey")]
    canvas, side = np.zeros(shape, int), IMAGE // max(shape) / HIGH
    ratio = lay_out(scene).across / lay_out(scene).down
    for cell in greys:
        row, column = (cell.row - band.corner[0]) / side, (cell.column - band.corner[1]) * ratio / side
        length = (cell.size[1] * ratio - CLOSE) / side
        assert [row, column, length] == pytest.approx(np.round([row, column, length]), abs=1e-6)
        canvas[round(row) : round(row + (cell.size[0] - CLOSE) / side), round(column) : round(column + length)] = cell.box[5:]
    return canvas


@pytest.mark.parametrize("n, kernel, stride", SETTINGS)
def test_counts_and_sums_grow_copy_by_copy(n, kernel, stride):
    kernel = list(kernel)
    scene, size = coverage_scene(kernel, n, stride), (n - 1) * stride + len(kernel)
    for k in range(n):
        ones = np.zeros(n, int)
        ones[: k + 1] = 1
        counts, sums = (conv_transpose(ones, taps, stride=stride).tolist() for taps in ([1] * len(kernel), kernel))
        reached = [u for u in range(size) if counts[u]]
        if k < n - 1:
            assert row(scene, "copies per cell", k) == [counts[u] for u in reached]
            assert row(scene, "y for x = 1 1 1 …", k) == [sums[u] for u in reached]
    assert row(scene, "copies per cell", n - 1) == count_copies(n, len(kernel), stride=stride).tolist()
    assert row(scene, "y for x = 1 1 1 …", n - 1) == conv_transpose(np.ones(n, int), kernel, stride=stride).tolist()


@pytest.mark.parametrize("n, kernel, stride", SETTINGS)
@pytest.mark.parametrize("image", [None, [[0, 1, 0.5], [2, 2, 0]]])
def test_the_image_is_what_the_layer_with_these_taps_on_both_axes_makes_of_it(n, kernel, stride, image):
    scene = coverage_scene(list(kernel), n, stride, image)
    grid = conv_transpose(image or np.ones((n, n)), np.multiply.outer(kernel, kernel), stride=stride)
    label = "the image, enlarged" if image else "a white square, enlarged"
    assert pixels(scene, label, grid.shape).tolist() == np.rint(16 * grid / max(1e-9, grid.max())).tolist()


@pytest.mark.parametrize("stride", [1, 2, 3, 4])
def test_the_image_is_large_and_its_pixels_are_square_whatever_the_stride(stride):
    shown = explore_coverage(6, 4, stride=stride, image=np.eye(12))
    boxes = re.findall(r"<rect class='output-open'[^>]* width='([\d.]+)' height='([\d.]+)'", shown.picture.svg)
    ((width, height),) = [(float(w), float(h)) for w, h in boxes]
    assert width == pytest.approx(height, abs=0.2) and width >= 200


def test_an_image_stays_while_the_sliders_move():
    shown = explore_coverage(6, 4, stride=2, image=np.eye(8))
    before = shown.picture.svg
    shown.controls["κ1"].value = 3
    shown.controls["κ1"].value = 1
    assert shown.picture.svg == before and "the image, enlarged" in before


def test_only_the_brightness_of_the_pixels_of_an_image_to_one_another_counts():
    small, large = (explore_coverage(2, 2, kernel=[9, 9], image=[[size, 0], [0, 2 * size]]) for size in (1, 2**60))
    assert small.picture.svg == large.picture.svg


def test_greys_run_from_black_to_white():
    fills = [int(palette.BOXES[f"grey-{k}"].fill[1:3], 16) for k in range(17)]
    assert fills[0] == 0 and fills[-1] == 255 and fills == sorted(set(fills))


@pytest.mark.parametrize("n, kernel, stride", SETTINGS)
def test_bars_are_as_long_as_the_taps_that_meet_in_one_cell(n, kernel, stride):
    kernel = list(kernel)
    bars = next(band for band in coverage_scene(kernel, n, stride).bands if band.label == "taps that meet").cells
    rows = sorted({cell.row for cell in bars})
    lengths = [sum(cell.size[1] for cell in bars if cell.row == row and cell.box) for row in rows]
    sums = [sum(kernel[k::stride]) for k in range(stride)]
    assert len(rows) == stride
    assert np.allclose(lengths, np.array(sums) * BARS / max(1, *sums))
    totals = [cell.text.rpartition(" = ")[2] for cell in bars if not cell.box]
    assert totals == [str(total) for total in sums]


def facts(shown):
    return re.findall(r"cell: (.*?)(?:<|$)", shown.about["facts"].value)


def test_even_coverage_with_uneven_sums_and_the_other_way_round_are_made_by_hand():
    shown = explore_coverage(6, 4, stride=2)
    assert facts(shown) == ["2", "2"]
    shown.controls["κ1"].value = 3
    assert facts(shown) == ["2", "2 or 4"]
    shown.controls["width"].value = 3
    assert facts(shown) == ["1 or 2", "2 or 3"]
    shown.controls["κ1"].value = 2
    assert facts(shown) == ["1 or 2", "2"]


@pytest.mark.parametrize("n, w, stride", product(range(1, 8), range(1, 9), range(1, 5)))
def test_what_is_said_of_inner_cells_is_true_of_them(n, w, stride):
    kernel = [3, 1, 4, 1, 5, 9, 2, 6][:w]
    shown = explore_coverage(n, w, stride=stride, kernel=kernel)
    said = facts(shown)
    counts, sums = count_copies(n, w, stride=stride), conv_transpose(np.ones(n, int), kernel, stride=stride)
    inner = slice(w - 1, len(counts) - w + 1) if n * stride >= 2 * w + stride else slice(0, 0)
    if len(counts[inner]) >= stride:
        assert said == [" or ".join(map(str, sorted(set(row[inner].tolist())))) for row in (counts, sums)]
    assert bool(said) == (n * stride >= w)


def test_nothing_says_which_setting_the_hunt_is_for():
    text = explore_coverage(6, 4, stride=3).about["facts"].value + explore_coverage(6, 4, stride=3).storyboard
    assert not re.search(r"divides|class|Even|Uneven|hole|w =|try", text)


def test_only_the_taps_of_the_width_are_there_and_taps_that_come_back_have_kept_their_value():
    shown = explore_coverage(6, 3, stride=2, kernel=[1, 2, 5])
    visible = lambda: [tap.value for tap in shown.taps if tap.layout.display != "none"]  # noqa: E731
    assert visible() == [1, 2, 5]
    shown.controls["width"].value = 2
    assert visible() == [1, 2]
    shown.controls["width"].value = 4
    assert visible() == [1, 2, 5, 1] and "κ = 1 2 5 1, stride 2" in shown.picture.svg


@pytest.mark.parametrize(
    "arguments, words",
    [
        (dict(stride=9), "stride must be from 1 to 4 here, but is 9"),
        (dict(kernel=[1, 2]), r"kernel must hold w = 3 taps, but has shape \(2,\)"),
        (dict(kernel=[1, 2, -1]), "kernel must hold whole numbers from 0 to 9, but holds -1"),
        (dict(kernel=[1, 2.5, 1]), "but holds 2.5"),
        (dict(n="a"), "n must be an integer"),
        (dict(kernel="abc"), "kernel"),
        (dict(image=np.ones((13, 2))), r"1 to 12 pixels along each side, none below 0, but has shape \(13, 2\) and holds 1"),
        (dict(image=[[1, -2]]), r"but has shape \(1, 2\) and holds −2"),
        (dict(image=[1, 2]), r"but has shape \(2,\)"),
        (dict(image=[[float("nan")]]), "nan"),
    ],
)
def test_what_the_sliders_cannot_show_is_refused(arguments, words):
    with pytest.raises((TypeError, ValueError), match=words):
        explore_coverage(**dict(n=6, w=3) | arguments)


def test_a_size_may_be_written_as_for_one_axis():
    assert explore_coverage((3,), [2], stride=(2,)).storyboard == explore_coverage(3, 2, stride=2).storyboard
