"""A notebook as the text of a page, by nbconvert and the templates in `frame`."""

import re
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbconvert import HTMLExporter

from lecture_helpers.player import SCRIPT
from prose import Prose

TEMPLATES = Path(__file__).parent
MOUNT = f"<script>{{{SCRIPT}}}</script>"  # in every output that holds a player; a page needs it once

LETTERS, PIXELS = 74, 640  # what fits into the width of a line of text


class Article(NamedTuple):
    """What a page says: its title, the line under it, its text as HTML, and the headings of its sections."""

    title: str
    meta: str
    body: str
    sections: list


def article(notebook, ways, explorers, repository=None):
    """The article of a notebook's file.

    `ways` says where its exercises can be done (.act, .href); `explorers` is {cell id: HTML} for cells whose output is replaced.
    """
    content = nbformat.read(notebook, as_version=4)
    title, meta = opening(content.cells[0], notebook.name)
    content.cells = [cell for cell in content.cells if not checks(cell)]
    for cell in content.cells:
        lighten(cell, explorers)
        cell.metadata["wide"] = cell.id in explorers or wide(cell)
    prose = Prose(notebook.parent, repository)
    exporter = HTMLExporter(
        template_name="frame", template_file="cells.html.j2", extra_template_basedirs=[str(TEMPLATES)], filters={}
    )
    exporter.register_filter("markdown2html", prose.html)
    body, _ = exporter.from_notebook_node(content, {"ways": ways})
    return Article(title, meta, body, [each for each in prose.headings if each.level == 2])


def opening(cell, name):
    """Take the title and the line of minutes off the first cell, and return both."""
    found = re.match(r"# (.+)\n\n(\d+ minutes.*)\n\n", cell.source)
    if not found:
        begins = cell.source[:60]
        raise ValueError(f"{name} must begin with a title and a line such as '50 minutes · core', but begins {begins!r}.")
    cell.source = cell.source[found.end() :]
    return found.groups()


def checks(cell):
    """Whether a cell only says how far a learner is, which is nothing on a page."""
    return cell.metadata.get("nbgrader", {}).get("grade", False) or cell.source.strip() == "exercises.summary()"


def lighten(cell, explorers):
    """Take the player's script out of a cell's outputs, or put an explorer in their place that needs no Python."""
    if cell.id in explorers:
        cell.outputs = [nbformat.v4.new_output("display_data", {"text/html": explorers[cell.id]})]
    for output in cell.get("outputs", ()):
        if html := output.get("data", {}).get("text/html"):
            output.data["text/html"] = html.replace(MOUNT, "")


def wide(cell):
    """Whether a cell needs more room than a line of text: for its code, or for an SVG that it shows."""
    shown = "".join(output.get("data", {}).get("text/html", "") for output in cell.get("outputs", ()))
    drawn = [int(width) for width in re.findall(r"<svg [^>]*?width='(\d+)'", shown)]
    return max(map(len, cell.source.splitlines()), default=0) > LETTERS or max(drawn, default=0) > PIXELS
