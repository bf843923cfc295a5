"""Text can be read on every colour that it stands on: contrasts by the formula of WCAG 2, from the palette alone."""

import pytest

from lecture_helpers import palette


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


# Pictures bring their own white paper, so the page's theme, light or dark, does not reach them.
@pytest.mark.parametrize("name", palette.BOXES)
def test_ink_can_be_read_in_every_box(name):
    fill = palette.BOXES[name].fill
    assert contrast(palette.INK, palette.PAPER if fill == "none" else fill) >= 4.5


def test_quiet_text_can_be_read_on_paper():
    assert contrast(palette.QUIET, palette.PAPER) >= 4.5


def test_numbers_can_be_read_on_the_darkest_shade_of_a_plot():
    assert contrast(palette.INK, palette.tint(palette.HUES["output"], 0.55)) >= 4.5


@pytest.mark.parametrize("name", palette.HUES)
def test_edges_stand_out_from_paper(name):
    assert contrast(palette.HUES[name], palette.PAPER) >= (3 if name not in ("kernel", "copy") else 2)


def test_lit_boxes_differ_from_others_by_their_edge_not_by_colour_alone():
    for name, box in palette.BOXES.items():
        if name.endswith("-lit"):
            assert box.width >= 3
