"""The images are varied and repeatable, and the measure of the grid sees a grid and nothing else."""

import numpy as np
import pytest

from lecture_helpers import conv_transpose, coverage, phase_spread, shape_images
from lecture_helpers.exercises.checkerboards import measure_grid
from lecture_helpers.images import KINDS


def test_the_images_are_small_grey_and_the_same_for_the_same_seed():
    images = shape_images(200)
    assert images.shape == (200, 28, 28) and images.dtype == np.float32
    assert images.min() == 0 and 0.5 < images.max() <= 1
    assert np.array_equal(images, shape_images(200)) and not np.array_equal(images, shape_images(200, seed=1))


def test_the_images_differ_in_brightness_place_and_size():
    images = shape_images(2000)
    flat = images.reshape(2000, -1)
    assert len(np.unique(flat, axis=0)) == 2000
    rows, columns = np.indices((28, 28))
    mass = images.sum(axis=(1, 2))
    centres = [(images * axis).sum(axis=(1, 2)) / mass for axis in (rows, columns)]
    assert min(mass) > 0 and all(np.ptp(centre) > 6 for centre in centres)
    assert np.ptp(flat.max(axis=1)) > 0.4 and mass.max() / mass.min() > 5
    assert (images[:, [0, -1]] == 0).mean() > 0.9, "a shape should lie within its image"


def test_the_kinds_can_be_chosen():
    disks, rings = (shape_images(50, seed=2, kinds=(kind,)) for kind in ("disk", "ring"))
    assert disks.sum() > 1.2 * rings.sum() and (disks > 0).sum() > 1.2 * (rings > 0).sum()
    with pytest.raises(ValueError, match="kinds must be some of disk, ring"):
        shape_images(5, kinds=("disc",))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_shape_is_neither_empty_nor_everything(kind):
    v, u = np.mgrid[-1.5:1.5:61j, -1.5:1.5:61j]
    inside = KINDS[kind](u, v) < 0
    assert 0.05 < inside.mean() < 0.5


def test_the_measure_is_zero_without_a_grid_and_exact_with_one():
    assert phase_spread(np.full((6, 6), 3.5), 2) == 0
    assert phase_spread([[1, 3], [1, 3]], 2) == 1
    counts = coverage((9, 9), (3, 3), stride=2)[3:-3, 3:-3]
    assert phase_spread(counts, 2) == pytest.approx((4 - 1) / counts.mean())


def test_the_measure_sees_the_phases_of_every_stride():
    image = conv_transpose(np.ones((6, 6)), np.arange(1, 10).reshape(3, 3), stride=3)
    assert phase_spread(image, 3) == pytest.approx((9 - 1) / 5)
    assert phase_spread(image, 1) == 0


@pytest.mark.parametrize("arguments", [(0, 28), (5, 4), (2.5, 28)])
def test_impossible_images_are_refused(arguments):
    with pytest.raises(ValueError, match=f"count is {arguments[0]} and size {arguments[1]}"):
        shape_images(*arguments)


@pytest.mark.parametrize("stride", [0, -1, 2.0, "2"])
def test_a_stride_that_cannot_be_is_refused(stride):
    with pytest.raises(ValueError, match=f"an integer of at least 1, but is {stride!r}"):
        phase_spread(np.ones((4, 4)), stride)


@pytest.mark.parametrize("image", [np.zeros((4, 4)), np.ones(4), np.ones((1, 4))])
def test_images_that_cannot_be_measured_are_refused(image):
    with pytest.raises(ValueError, match="phase_spread needs at least 2×2 pixels"):
        phase_spread(image, 2)


@pytest.mark.parametrize("case", range(len(measure_grid.cases)))
def test_the_grid_that_learners_measure_is_the_one_that_the_course_measures(case):
    image, stride = measure_grid.cases[case]
    assert measure_grid.truth(image, stride) == pytest.approx(phase_spread(image, stride))
