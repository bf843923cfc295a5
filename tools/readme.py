"""What the README says of the course, for the first page of the site: no sentence stands in a second place."""

import re
from typing import NamedTuple

from lecture_helpers.svg import as_image
from prose import COURSE, Prose

ROW = re.compile(r"\| \[(\d\d) (.+?)\]\(notebooks/(.+?)\.ipynb\) \| (.+?) \| (.+?) \|")
IMAGE = re.compile(r'<img src="(.+?)" alt="(.+?)"')
SHOWN = ("Without installing anything", "Credits and licence")


class Entry(NamedTuple):
    """A notebook in the README's table."""

    number: str
    title: str
    stem: str
    question: str
    minutes: str

    @property
    def page(self):
        return f"{self.stem}.html"


class Front(NamedTuple):
    """The README's parts, as HTML."""

    summary: str  # as plain text
    lead: str
    player: str
    run: str
    sections: list


def text(repository=None):
    """The README, with the course's place on GitHub put in if it is known."""
    found = (COURSE / "README.md").read_text("utf-8")
    if repository:
        owner, _, name = repository.partition("/")
        found = found.replace("OWNER.github.io", f"{owner.lower()}.github.io").replace("OWNER", owner).replace("REPO", name)
    return found


def title():
    """The course's name."""
    return text().partition("\n")[0].removeprefix("# ")


def entries():
    """The notebooks, as the README lists them."""
    return [Entry(*row) for row in ROW.findall(text())]


def front(repository=None):
    """The parts of the first page."""
    html = Prose(COURSE, repository).html
    head, _, rest = text(repository).partition("\n| notebook |")
    _, image, lead, run = head.split("\n\n", 3)
    source, words = IMAGE.match(image).groups()
    drawing = (COURSE / source).read_text("utf-8")
    sections = dict(part.split("\n", 1) for part in rest.split("\n## ")[1:])
    shown = [html(f"## {name}\n{sections[name]}") for name in SHOWN]
    moving = f"<div data-lecture-player>{as_image(drawing, words)}</div>"
    summary = " ".join(lead.partition(":")[0].split()) + "."
    return Front(summary, html(lead), moving, html(run), shown)
