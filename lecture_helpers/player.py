"""An SVG with its storyboard as one static output for Jupyter: a looping image that a short script turns into a player.

Where scripts are stripped (an untrusted notebook, a web page that shows notebooks), the image loops by itself. Where they
run, `player.js` replaces it by the same SVG with buttons and a step slider, inside a shadow root, so that nothing leaks
into the page. No kernel is asked for anything.
"""

from html import escape
from importlib.resources import files
from pathlib import Path


def script(name):
    """The text of a script of the package."""
    return files(__package__).joinpath(name).read_text("utf-8")


SCRIPT = script("player.min.js").partition("\n")[2].strip()  # `make player` makes it from player.js, whose mark is its first line


class Picture:
    """A still SVG with its text: shown by Jupyter as an image, saved as a file."""

    def __init__(self, svg, image, text):
        self.svg = svg
        self.image = image  # the <img> element that holds it
        self._text = text

    def __repr__(self):
        return self._text

    def text(self):
        """The content in words, for screen readers, diffs and tests."""
        return self._text

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/html": self.image, "text/plain": self._text}

    def save(self, path):
        """Write the picture to a file whose name ends in .svg or .html, and return its path.

        Raises ValueError for another ending and OSError if the file cannot be written.
        """
        return save(path, svg=self.svg, html=page(self._text, self.image))


def player(image):
    """An <img> element of an SVG in a container, with the script that turns it into a player."""
    return f"<div data-lecture-player>{image}</div><script>{{{SCRIPT}}}</script>"


def alt_text(scene):
    """The finished picture of a scene in words."""
    return "; ".join(filter(None, scene.summary()))


def page(title, body):
    """A complete HTML page, with nothing to load."""
    heading, style = escape(title.splitlines()[0]), "@page{margin:12mm}body{margin:0}img{max-width:100%;max-height:245mm}"
    head = f'<head><meta charset="utf-8"><title>{heading}</title><style>{style}</style></head>'
    return f'<!DOCTYPE html><html lang="en">{head}<body>{body}</body></html>\n'


def save(path, **contents):
    """Write the content that belongs to the file's ending, and return the path."""
    path = Path(path)
    content = contents.get(path.suffix[1:])
    if content is None:
        endings = " or ".join(f".{ending}" for ending in contents)
        raise ValueError(f"The file's name must end in {endings}, but is {str(path)!r}.")
    path.write_text(content, encoding="utf-8", newline="\n")
    return path
