"""What all plots share: a figure that speaks, its style, numbers as labels, and what cannot be plotted."""

import base64
import contextlib
import io
import logging
from html import escape
from importlib.resources import as_file, files

log = logging.getLogger("matplotlib")
level = log.level
log.setLevel(
    logging.ERROR
)  # its remarks on a home that cannot be written, or on its list of fonts, look like faults of the course

import matplotlib  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402

log.setLevel(level)

MOST_MATRIX_CELLS = 24 * 24
DARK = {"lecture-images": "brightness(.8)", "lecture-figure": "invert(.9) hue-rotate(180deg)"}  # hues stay, ink turns light


class LectureFigure(Figure):
    """A matplotlib figure that Jupyter shows without pyplot, with its content in words as the text of the output."""

    def __init__(self, words, size):
        super().__init__(figsize=size)
        self.words = words

    def __repr__(self):
        return self.words

    def _repr_mimebundle_(self, include=None, exclude=None):
        """An <img> with the words as its alternative text: what viewers make of image/png has none (JupyterLab, nbconvert)."""
        buffer = io.BytesIO()
        with style():
            self.savefig(buffer, format="png", metadata={"Software": None})
        png, alt = base64.b64encode(buffer.getvalue()).decode(), escape(self.words.replace("\n", "; "))
        kind = "lecture-images" if any(axes.images for axes in self.axes) else "lecture-figure"
        image = f'<img class="{kind}" alt="{alt}" style="max-width:100%" src="data:image/png;base64,{png}">'
        dark = f":is([data-jp-theme-light=false],.vscode-dark) .{kind}{{filter:{DARK[kind]}}}"
        return {"text/html": f"{image}<style>@media screen{{{dark}}}</style>", "text/plain": self.words}

    def _ipython_display_(self):
        """Show just that: what `%matplotlib inline` and figure formats do to every `Figure` would come on top."""
        from IPython.display import display

        display(self._repr_mimebundle_(), raw=True)


def number(value):
    """A number as a label, with a true minus sign."""
    whole = float(value).is_integer() and abs(value) < 1e15
    return (str(int(value)) if whole else f"{value:.6g}").replace("-", "−")


@contextlib.contextmanager
def style():
    """The course's style, whatever the reader's settings are, for as long as a figure is drawn or saved."""
    with as_file(files("lecture_helpers").joinpath("lecture.mplstyle")) as path, matplotlib.rc_context():
        matplotlib.rc_file(path)  # on top of matplotlib's own defaults
        yield


def check_cells(shape):
    """Refuse a grid that no plot can show."""
    if len(shape) != 2 or not 1 <= shape[0] * shape[1] <= MOST_MATRIX_CELLS:
        raise ValueError(f"A plot shows a matrix with 1 to {MOST_MATRIX_CELLS} cells, but this one has shape {shape}.")


def size_of(shape):
    """Inches for a matrix of this shape."""
    rows, columns = shape
    return max(2.5, 0.36 * columns + 0.8), 0.36 * rows + 0.8
