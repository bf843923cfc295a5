"""What all plots share: a figure that speaks, its style, numbers as labels, and what cannot be plotted."""

import base64
import contextlib
import io
from importlib.resources import as_file, files

import matplotlib
from matplotlib.figure import Figure

MOST_MATRIX_CELLS = 24 * 24


class LectureFigure(Figure):
    """A matplotlib figure that Jupyter shows without pyplot, with its content in words as the text of the output."""

    def __init__(self, words, size):
        super().__init__(figsize=size)
        self.words = words

    def __repr__(self):
        return self.words

    def _repr_mimebundle_(self, include=None, exclude=None):
        buffer = io.BytesIO()
        with style():
            self.savefig(buffer, format="png", metadata={"Software": None})
        png = base64.b64encode(buffer.getvalue()).decode()
        return {"image/png": png, "text/plain": self.words}, {"image/png": {"alt": self.words}}


@contextlib.contextmanager
def style():
    """The course's style, for as long as a figure is drawn or saved."""
    with as_file(files("lecture_helpers").joinpath("lecture.mplstyle")) as path, matplotlib.rc_context(fname=path):
        yield


def check_cells(shape):
    """Refuse a grid that no plot can show."""
    if len(shape) != 2 or not 1 <= shape[0] * shape[1] <= MOST_MATRIX_CELLS:
        raise ValueError(f"A plot shows a matrix with 1 to {MOST_MATRIX_CELLS} cells, but this one has shape {shape}.")


def size_of(shape):
    """Inches for a matrix of this shape."""
    rows, columns = shape
    return max(2.5, 0.36 * columns + 0.8), 0.36 * rows + 0.8
