"""What all plots share: a figure that speaks, its style, numbers as labels, and what cannot be plotted."""

import base64
import contextlib
import functools
import io
import logging
from html import escape
from importlib.resources import as_file, files

MOST_MATRIX_CELLS = 24 * 24
DARK = {"lecture-images": "brightness(.8)", "lecture-figure": "invert(.9) hue-rotate(180deg)"}  # hues stay, ink turns light


def lecture_figure(words, size):
    """A matplotlib figure that Jupyter shows without pyplot, with its content in words as the text of the output."""
    figure = _figure_class()(figsize=size)
    figure.words = words
    return figure


class Speaking:
    """What makes a figure show itself, and say what it shows."""

    def __repr__(self):
        return self.words

    def _repr_mimebundle_(self, include=None, exclude=None):
        return _bundle(self)

    def _ipython_display_(self):
        """Show just that: what `%matplotlib inline` and figure formats do to every `Figure` would come on top."""
        from IPython.display import display

        display(self._repr_mimebundle_(), raw=True)


@functools.cache
def _figure_class():
    """The class of such figures, made when the first one is plotted: until then nobody waits for matplotlib."""
    log = logging.getLogger("matplotlib")
    level = log.level
    log.setLevel(logging.ERROR)  # remarks on a home that cannot be written, or on fonts, look like faults of the course
    from matplotlib.figure import Figure

    log.setLevel(level)
    return type("LectureFigure", (Speaking, Figure), {})


def _bundle(figure):
    """An <img> with the words as its alternative text: what viewers make of image/png has none (JupyterLab, nbconvert)."""
    buffer = io.BytesIO()
    with style():
        figure.savefig(buffer, format="png", metadata={"Software": None})
    png, alt = base64.b64encode(buffer.getvalue()).decode(), escape(figure.words.replace("\n", "; "))
    kind = "lecture-images" if any(axes.images for axes in figure.axes) else "lecture-figure"
    image = f'<img class="{kind}" alt="{alt}" style="max-width:100%" src="data:image/png;base64,{png}">'
    dark = f":is([data-jp-theme-light=false],.vscode-dark) .{kind}{{filter:{DARK[kind]}}}"
    return {"text/html": f"{image}<style>@media screen{{{dark}}}</style>", "text/plain": figure.words}


@contextlib.contextmanager
def style():
    """The course's style, whatever the reader's settings are, for as long as a figure is drawn or saved."""
    _figure_class()  # the first to import matplotlib
    import matplotlib

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
