"""The plots: figures without pyplot, whose words hold every number that they draw."""

import base64
import html
import io
import itertools
import math
import os
import re
import subprocess
import sys

import matplotlib.colors
import matplotlib.image
import matplotlib.text
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from fresh import output_of
from lecture_helpers import (
    coverage,
    palette,
    plot_coverage,
    plot_coverages,
    plot_curves,
    plot_images,
    plot_matrix,
    plot_signals,
)

FIGURES = {
    "matrix": lambda: plot_matrix([[1, -2, 0], [0, 1, 0.5]], title="C"),
    "signals": lambda: plot_signals(input_x=[0, 0, 1, 1], output_y=[0, 1, 0]),
    "coverage of a row": lambda: plot_coverage(6, 2, stride=3),
    "coverage of rows": lambda: plot_coverages(3, [4, 2], stride=3),
    "coverage of a grid": lambda: plot_coverage((2, 3), (3, 2), stride=2),
    "curves": lambda: plot_curves([1, 10], xlabel="W", ylabel="n", logarithmic=True, loop=[3, 30], full_matrix=[2, 200]),
    "images": lambda: plot_images(["one", "other", "third"], [np.eye(4), [[0, 3]], [[1], [2]]], columns=2),
}
EVERY = pytest.mark.parametrize("plot", FIGURES.values(), ids=FIGURES)
COLOURS = {palette.INK, palette.QUIET, palette.PAPER, *palette.HUES.values()}
COLOURS |= {colour for box in palette.BOXES.values() for colour in (box.fill, box.edge)}


def bundle(figure):
    return figure._repr_mimebundle_()


def png(figure):
    (src,) = re.findall(r'src="data:image/png;base64,([^"]+)"', bundle(figure)["text/html"])
    return base64.b64decode(src)


def words(figure):
    return bundle(figure)["text/plain"]


def drawn(axes):
    """The texts in the cells of a matrix, by row and column."""
    return {(text.get_position()[1], text.get_position()[0]): text.get_text() for text in axes.texts}


@EVERY
def test_a_plot_is_a_figure_with_a_picture_and_words(plot):
    figure = plot()
    assert isinstance(figure, Figure)
    assert bundle(figure).keys() == {"text/html", "text/plain"}
    assert png(figure).startswith(b"\x89PNG") and words(figure) == repr(figure)
    (alt,) = re.findall(r'<img class="lecture-\w+" alt="([^"<>]+)" ', bundle(figure)["text/html"])
    assert html.unescape(alt) == "; ".join(words(figure).splitlines())


def test_the_alternative_text_is_escaped():
    figure = plot_images(['"><script>'], [[[1, 2]]])
    assert "<script>" not in bundle(figure)["text/html"] and "&quot;&gt;&lt;script&gt;: 1×2" in bundle(figure)["text/html"]


@pytest.mark.parametrize("count, columns", [(1, 1), (2, 2), (3, 2), (6, 6)])
def test_every_pixel_of_an_image_is_drawn_equally_large_so_that_a_picture_has_no_grid_of_its_own(count, columns):
    board = np.indices((33, 33)).sum(axis=0) % 2
    figure = plot_images([""] * count, [board] * count, columns=columns)
    drawn = matplotlib.image.imread(io.BytesIO(png(figure)))[..., 0] > 0.5
    box = figure.axes[0].get_window_extent()
    row = drawn[round(drawn.shape[0] - box.y1) + 5, round(box.x0) : round(box.x1)]
    runs = [len([*run]) for _, run in itertools.groupby(row)]
    inner = runs[2:-2]  # the frame covers a little of the first and the last pixel
    assert len(inner) >= 29 and set(inner) == {inner[0]} and inner[0] >= 3


def test_images_are_larger_where_there_are_fewer():
    widths = [
        plot_images([""] * many, [np.eye(28)] * many, columns=many).axes[0].get_window_extent().width for many in (1, 4, 6, 8)
    ]
    assert widths == sorted(widths, reverse=True) and widths[0] >= 250 and widths[-1] >= 100


def test_on_one_scale_an_image_with_twice_as_many_pixels_is_drawn_twice_as_large():
    figure = plot_images(["in", "out"], [np.eye(12), np.eye(24)], columns=2, scale=5)
    boxes = [axes.get_window_extent() for axes in figure.axes]
    assert [(round(box.width), round(box.height)) for box in boxes] == [(60, 60), (120, 120)]
    assert boxes[0].x1 < boxes[1].x0 and boxes[0].y1 == pytest.approx(boxes[1].y1)


def test_images_with_more_pixels_than_there_is_room_for_stay_apart_and_whole():
    figure = plot_images([1, 2], [np.eye(400), np.eye(90)], columns=2)
    first, second = (axes.get_window_extent() for axes in figure.axes)
    assert first.x0 > 0 and first.x1 < second.x0 and first.y0 > 0 and second.x1 < figure.bbox.width
    assert words(figure) == "1: 400×400, 0 to 1\n2: 90×90, 0 to 1"


def test_three_channels_are_red_green_and_blue_on_the_scale_of_all_images():
    channels = np.zeros((3, 2, 2))
    channels[0, 0, 0], channels[1, 0, 1], channels[2] = 4, 2, [[0, 0], [4, 0]]
    colour, grey = (axes.images[0] for axes in plot_images(["all", "red"], [channels, channels[0]]).axes)
    assert np.asarray(colour.get_array()).tolist() == [[[1, 0, 0], [0, 0.5, 0]], [[0, 0, 1], [0, 0, 0]]]
    assert grey.get_clim() == (0, 4)
    assert words(plot_images(["all"], [channels])) == "all: 3×2×2, 0 to 4"
    assert png(plot_images(["all"], [np.ones((3, 2, 2))])), "one brightness everywhere"
    assert png(plot_images(["all"], [channels > 0])), "truth values are 0 and 1"


@EVERY
def test_a_plot_gives_the_same_bytes_each_time(plot):
    assert bundle(plot()) == bundle(plot())


def test_a_figure_has_the_courses_style_whatever_the_readers_settings_are():
    usual = png(plot_signals(x=[1, 2]))
    assert b"Software" not in usual
    strange = {
        "savefig.facecolor": "red",
        "savefig.dpi": 30,
        "axes.facecolor": "black",
        "text.color": "w",
        "path.sketch": (1, 9, 2),
    }
    with matplotlib.rc_context(strange):
        assert png(plot_signals(x=[1, 2])) == usual


SETTINGS = """%matplotlib inline
%config InlineBackend.figure_formats = ["svg", "retina", "jpeg"]
import matplotlib.pyplot as plt
plt.style.use("dark_background")
plt.xkcd()
plt.plot([1, 2])
plt.close()"""


def test_what_pyplot_inline_and_figure_formats_did_before_in_a_kernel_changes_nothing():
    plot = "from lecture_helpers import plot_signals\nplot_signals(x=[1, 2])"
    cells = [new_code_cell(source) for source in (plot, SETTINGS, plot)]
    notebook = NotebookClient(new_notebook(cells=cells), extra_arguments=["--log-level=ERROR"]).execute()
    (before,), (after,) = notebook.cells[0].outputs, notebook.cells[2].outputs
    assert before == after and before.data == bundle(plot_signals(x=[1, 2]))


@pytest.mark.skipif(sys.platform == "win32", reason="homes are found in another way")
def test_a_home_that_cannot_be_written_is_no_matter_for_red_lines(tmp_path):
    (tmp_path / "home").write_text("no folder")
    code = "import logging, lecture_helpers.plots; print(logging.getLogger('matplotlib').level)"
    environment = {name: value for name, value in os.environ.items() if name not in ("MPLCONFIGDIR", "XDG_CACHE_HOME")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment | {"HOME": str(tmp_path / "home")}, capture_output=True, encoding="utf-8"
    )
    assert (done.stdout, done.stderr) == ("0\n", "")


def test_plots_do_not_touch_pyplot_or_the_settings_of_the_reader():
    code = """
import sys
from matplotlib import rcParams
def settings():
    return {name: rcParams[name] for name in rcParams if name != "backend"}
before = settings()
from lecture_helpers import plot_matrix, plot_signals
for figure in plot_matrix([[1, 2]]), plot_signals(x=[1, 2]):
    figure._repr_mimebundle_()
print("matplotlib.pyplot" in sys.modules, before == settings())
"""
    assert output_of(code).split() == ["False", "True"]


def test_blocks_are_told_apart_by_lines():
    axis = plot_matrix(np.ones((6, 4)), blocks=(3, 2)).axes[0]
    across, down = (lines.get_segments() for lines in axis.collections)
    assert [[tuple(point) for point in line] for line in across] == [[(-0.5, 2.5), (3.5, 2.5)]]
    assert [[tuple(point) for point in line] for line in down] == [[(1.5, -0.5), (1.5, 5.5)]]


def test_the_numbers_of_a_kernel_have_the_shades_of_its_taps():
    axis = plot_matrix([[5, 2, 7], [0, 5, 9]], kernel=[[5, 2], [7, 1]]).axes[0]
    fills = [matplotlib.colors.to_hex(patch.get_facecolor(), keep_alpha=False) for patch in axis.patches if patch.get_fill()]
    shades = [matplotlib.colors.to_hex(palette.TAPS[k]) for k in (0, 1, 3, 0, 1)]
    assert fills == shades, "9 is no tap"


def test_a_matrix_says_and_draws_its_numbers():
    figure = FIGURES["matrix"]()
    assert words(figure) == "C, 2×3\n1 −2 0\n0 1 0.5"
    assert drawn(figure.axes[0]) == {(0, 0): "1", (0, 1): "−2", (1, 1): "1", (1, 2): "0.5"}


def test_signals_are_drawn_as_they_are_given_in_the_colours_of_their_roles():
    figure = FIGURES["signals"]()
    assert words(figure) == "input x: 0 0 1 1\noutput y: 0 1 0"
    lines = [axes.lines[-1] for axes in figure.axes]
    assert [line.get_ydata().tolist() for line in lines] == [[0, 0, 1, 1], [0, 1, 0]]
    assert [line.get_color() for line in lines] == [palette.HUES["input"], palette.HUES["output"]]
    assert figure.axes[-1].get_xlabel()


def test_signals_share_one_scale_with_whole_numbers_on_it():
    upper, lower = plot_signals(input_x=[0, 2], output_y=[0, 9, 3]).axes
    assert upper.get_ylim() == lower.get_ylim() and upper.get_ylim()[1] > 9
    assert all(float(tick).is_integer() for tick in lower.get_yticks())


def test_the_coverage_of_a_row_is_a_bar_per_output_cell_with_its_count():
    (axes,) = FIGURES["coverage of a row"]().axes
    counts = coverage(6, 2, stride=3).tolist()
    assert [bar.get_height() for bar in axes.patches] == counts
    assert [text.get_text() for text in axes.texts] == list(map(str, counts)) and "0" in map(str, counts)


def test_the_coverage_of_a_grid_is_darkest_where_most_copies_meet():
    (axes,) = FIGURES["coverage of a grid"]().axes
    counts = coverage((2, 3), (3, 2), stride=2)
    assert drawn(axes) == {where: str(count) for where, count in np.ndenumerate(counts)}
    darkness = [sum(box.get_facecolor()) for box in axes.patches]
    assert darkness.index(min(darkness)) == counts.argmax()


def test_curves_carry_their_names_and_slopes():
    (axes,) = FIGURES["curves"]().axes
    assert [text.get_text().strip() for text in axes.texts] == ["loop, slope 1", "full matrix, slope 2"]
    assert [line.get_ydata().tolist() for line in axes.lines] == [[3, 30], [2, 200]]
    assert axes.get_xscale() == axes.get_yscale() == "log"


def test_images_stand_in_rows_on_one_scale_of_grey():
    figure = FIGURES["images"]()
    shown = [axes for axes in figure.axes if axes.images]
    assert [axes.get_title(loc="center") for axes in shown] == ["one", "other", "third"]
    assert {axes.images[0].get_clim() for axes in shown} == {(0, 3)}


@EVERY
def test_every_colour_is_one_of_the_palette(plot):
    figure = plot()
    figure.draw_without_rendering()
    used = {line.get_color() for axes in figure.axes for line in axes.lines}
    for patch in (patch for axes in figure.axes for patch in axes.patches if isinstance(patch, Rectangle)):
        used |= {patch.get_edgecolor(), *([patch.get_facecolor()] if patch.get_fill() else [])}
    shades = {palette.tint(palette.HUES["output"], 0.55 * k / 60) for k in range(61)}
    used |= {text.get_color() for axes in figure.axes for text in axes.texts}
    assert {matplotlib.colors.to_hex(colour) for colour in used} <= {
        matplotlib.colors.to_hex(colour) for colour in COLOURS | shades
    }


def test_rows_of_bars_stand_on_the_same_axes():
    figure = plot_coverages(5, [4, 6, 2], stride=3)
    heights = [[bar.get_height() for bar in axis.patches] for axis in figure.axes]
    assert heights == [coverage(5, w, stride=3).tolist() for w in (4, 6, 2)]
    assert len({axis.get_xlim() for axis in figure.axes}) == len({axis.get_ylim() for axis in figure.axes}) == 1
    assert figure.axes[0].get_xlim()[1] > 17 and figure.axes[0].get_ylim()[1] > 2
    assert words(figure).splitlines()[2] == "copies per output cell, W 5, w 2, stride 3: 1 1 0 1 1 0 1 1 0 1 1 0 1 1"


@pytest.mark.parametrize(
    "plot, named",
    [
        (lambda: plot_matrix([1, 2]), "(2,)"),
        (lambda: plot_matrix([[]]), "(1, 0)"),
        (lambda: plot_matrix(np.ones((25, 24))), "(25, 24)"),
        (lambda: plot_matrix([["a"]]), "'a'"),
        (lambda: plot_matrix([[1], [1, 2]]), "matrix must be a rectangular array"),
        (lambda: plot_matrix([[1, math.nan]]), "nan"),
        (lambda: plot_matrix([[1, 2]], kernel=[1, 1]), "they are [1, 1]"),
        (lambda: plot_matrix([[1, 2]], kernel="ab"), "'ab'"),
        (lambda: plot_matrix([[1, 2]], kernel=[[1], [2, 3]]), "kernel must be a rectangular array"),
        (lambda: plot_matrix([[1, 2]], kernel=[1, math.nan]), "kernel[1] is nan"),
        (lambda: plot_matrix([[1], [-math.inf]]), "-inf"),
        (lambda: plot_images(["one"], [np.ones((0, 3))]), "(0, 3)"),
        (lambda: plot_curves([2, 2], xlabel="", ylabel="", logarithmic=True, one=[1, 2]), "2 different positive numbers"),
        (lambda: plot_coverage((2, 2, 2), 3), "3"),
        (lambda: plot_coverage(600, 3), "602"),
        (lambda: plot_coverages(600, [3]), "602"),
        (lambda: plot_coverages(3, []), "[]"),
        (lambda: plot_coverages((3, 3), [2, 3]), "(3, 3)"),
        (lambda: plot_coverages(3, [2, -1]), "-1"),
        (lambda: plot_curves([1, 2], xlabel="", ylabel="", one=[1, 2, 3]), "one has (3,)"),
        (lambda: plot_curves([1, 2], xlabel="", ylabel="", one=[1, math.nan]), "one[1] is nan"),
        (lambda: plot_images(["one"], [[[1]], [[2]]]), "1 titles"),
        (lambda: plot_images(["one"], [np.ones((4, 2, 2))]), "(4, 2, 2)"),
        (lambda: plot_images(["one"], [np.eye(2)], scale=0), "scale must be at least 1, but is 0"),
        (lambda: plot_images(["one"], [np.eye(2)], scale=2.5), "scale must be an integer or one integer per axis, but is 2.5"),
        (lambda: plot_images(["one"], [[1]]), "(1,)"),
        (lambda: plot_images([], []), "0 titles"),
        (lambda: plot_images(["one"], [[[1, math.nan]]]), "nan"),
        (lambda: plot_images(["one"], [[[1]]], columns=0), "columns must be at least 1, but is 0"),
        (lambda: plot_curves([1, math.inf], xlabel="", ylabel="", one=[1, 2]), "x[1] is inf"),
        (lambda: plot_curves([1, 2], xlabel="", ylabel=""), "0 rows"),
        (lambda: plot_curves([1], xlabel="", ylabel="", logarithmic=True, one=[1]), "at least 2 different positive numbers"),
        (
            lambda: plot_curves([1, 2], xlabel="", ylabel="", logarithmic=True, one=[0, 1]),
            "at least 2 different positive numbers",
        ),
        (lambda: plot_signals(), "at least one signal"),
        (lambda: plot_signals(x=[[1]]), "x has shape (1, 1)"),
        (lambda: plot_signals(x=["a"]), "'a'"),
        (lambda: plot_signals(x=[1, math.nan]), "x[1] is nan"),
    ],
)
def test_what_cannot_be_plotted_is_refused_in_one_sentence_with_the_value(plot, named):
    with pytest.raises((ValueError, TypeError)) as caught:
        plot()
    sentence = str(caught.value)
    assert (
        named in sentence and sentence.endswith(".") and ". " not in sentence and "\n" not in sentence and "np." not in sentence
    )
