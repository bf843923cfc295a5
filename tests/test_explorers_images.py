"""The explorer of images: sliders for the numbers from which a function draws."""

import re

import numpy as np
import pytest

from lecture_helpers import explore_images


def pixels(svg, shape):
    """The grey of every pixel that an SVG draws, read from its lines."""
    image = np.full(shape, -1)
    for grey, runs in re.findall(r"<path stroke='#(..)\1\1' d='([Mh\d ]+)'/>", svg):
        for column, row, length in re.findall(r"M(\d+) (\d+)h(\d+)", runs):
            part = image[int(row), int(column) : int(column) + int(length)]
            assert len(part) == int(length) and (part == -1).all(), "no pixel is drawn twice, or outside"
            part[:] = int(grey, 16)
    return image


def ramp(values):
    """An image whose greys are not symmetrical in any way."""
    return np.linspace(0, 1, 12).reshape(3, 4) * (1 + values[0]) / 2 + [[0, 0, values[1] / 10, 0]]


def test_the_picture_is_what_the_function_draws_for_the_sliders_now():
    shown = explore_images(ramp, 2)
    assert (pixels(shown.picture.svg, (3, 4)) == np.rint(255 * ramp([0, 0]))).all()
    shown.controls["number 2"].value = -0.5
    shown.controls["number 1"].value = 1
    assert (pixels(shown.picture.svg, (3, 4)) == np.rint(255 * ramp([1, -0.5]).clip(0, 1))).all()
    assert shown.storyboard.endswith("\n1. number 1: 1, number 2: −0.5") and "1, −0.5" in shown.picture.svg


def test_what_is_darker_than_black_is_black_and_what_is_brighter_than_white_is_white():
    shown = explore_images(lambda values: [[-3, 0.5, 7]], 1)
    assert pixels(shown.picture.svg, (1, 3)).tolist() == [[0, 128, 255]]


def test_where_scripts_are_stripped_the_first_image_stands_there():
    bundle = explore_images(ramp, 2)._repr_mimebundle_()
    bundle = bundle[0] if isinstance(bundle, tuple) else bundle
    assert "The image for number 1: 0, number 2: 0" in bundle["text/html"] and "stroke='%23ffffff'" not in bundle["text/html"]
    assert bundle["text/plain"] == "Image of 3×4 pixels\n1. number 1: 0, number 2: 0"


@pytest.mark.parametrize(
    "draw, count, said",
    [
        (ramp, 0, "count must be at least 1, but is 0"),
        (ramp, 13, "count must be from 1 to 12 here, but is 13"),
        (lambda values: [1, 2], 1, r"its shape is \(2,\)"),
        (lambda values: np.zeros((65, 2)), 1, r"its shape is \(65, 2\)"),
        (lambda values: [[np.nan]], 1, "nan"),
        (lambda values: "ring", 1, "image"),
        (lambda values: 1 / values[0], 1, r"draw\(\[0.0\]\) raises ZeroDivisionError: "),
        (None, 1, "'NoneType' object is not callable"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_sentence(draw, count, said):
    with pytest.raises((ValueError, TypeError), match=said):
        explore_images(draw, count)


def test_a_setting_for_which_nothing_can_be_drawn_is_said_beside_its_slider_and_the_last_picture_stays():
    shown = explore_images(lambda values: [[0.5 if values[0] < 1 else {1: np.inf}[values[0]]]], 1)
    before = shown.picture.svg
    for value, said in ((1, "inf"), (2, "KeyError: 2")):
        shown.controls["number 1"].value = value
        assert said in shown.messages["number 1"].value and shown.picture.svg == before
    shown.controls["number 1"].value = 0.5
    assert shown.messages["number 1"].value == ""
