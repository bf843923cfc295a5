"""Text can be read on every colour that it stands on: contrasts by the formula of WCAG 2, from the palette alone."""

import pytest

from lecture_helpers import palette

LIGHT, DARK = palette.CARD["card"]
WIRES = [name for name in palette.CARD if name.startswith("wire-")]
TEXTS = [name for name in palette.CARD if name not in ("card", "faint", *WIRES)]  # faint lines are there to be overlooked
CARDS = pytest.mark.parametrize("which, card", [(0, LIGHT), (1, DARK)], ids=["light", "dark"])


def luminance(colour):
    """Relative luminance of "#rgb" or "#rrggbb" (WCAG 2.2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[k : k + 2], 16) / 255 for k in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """From 1 (equal) to 21 (black on white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_knows_its_ends():
    assert contrast("#000", "#fff") == pytest.approx(21) and contrast("#777777", "#777777") == 1


@pytest.mark.parametrize(
    "name", [name for name, box in palette.BOXES.items() if box.fill != "none" and not name.startswith("grey")]
)  # no text stands on the greys of an image
def test_ink_can_be_read_in_every_box(name):
    assert contrast(palette.INK, palette.BOXES[name].fill) >= 4.5


@CARDS
@pytest.mark.parametrize("name", TEXTS)
def test_text_can_be_read_on_both_cards(name, which, card):
    assert contrast(palette.CARD[name][which], card) >= 4.5


@CARDS
@pytest.mark.parametrize("name", WIRES)
def test_wires_stand_out_from_both_cards(name, which, card):
    assert contrast(palette.CARD[name][which], card) >= 3


@CARDS
@pytest.mark.parametrize("name", WIRES)
def test_a_faint_line_recedes_behind_every_wire(name, which, card):
    assert contrast(palette.CARD["faint"][which], card) < contrast(palette.CARD[name][which], card) / 1.5


@pytest.mark.parametrize("shades", [palette.TAPS, *zip(*(palette.CARD[name] for name in WIRES))], ids=["boxes", "light", "dark"])
def test_the_shades_of_taps_darken_from_each_to_the_next(shades):
    lights = [luminance(shade) for shade in shades]
    assert len(lights) == 5 and all(one > 1.15 * other for one, other in zip(lights, lights[1:]))


def test_gradient_mark_and_roles_have_looks_of_their_own():
    for which in (0, 1):
        colours = [palette.CARD[name][which] for name in TEXTS]
        assert len(set(colours)) == len(colours)


def test_numbers_can_be_read_on_the_darkest_shade_of_a_plot():
    assert contrast(palette.INK, palette.tint(palette.HUES["output"], 0.55)) >= 4.5


@pytest.mark.parametrize("name", palette.HUES)
def test_edges_stand_out_from_paper(name):
    assert contrast(palette.HUES[name], palette.PAPER) >= (3 if name not in ("kernel", "copy") else 2)


def test_lit_boxes_differ_from_others_by_their_edge_not_by_colour_alone():
    for name, box in palette.BOXES.items():
        if name.endswith("-lit"):
            assert box.width >= 3
