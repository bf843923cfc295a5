"""Markdown of the course as HTML for the site: headings are remembered, formulas become MathML, links stay on the site."""

import base64
import mimetypes
import re
from pathlib import Path
from typing import NamedTuple

from latex2mathml.converter import convert
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

COURSE = Path(__file__).parents[1]
NOTEBOOKS = COURSE / "notebooks"
COMMANDS = {"⊛": r"\circledast ", "∗": r"\ast ", "⟨": r"\langle ", "⟩": r"\rangle "}  # as operators, with their space
OPTIONAL = " (optional)"


class Heading(NamedTuple):
    """A heading of a page, and where its link leads."""

    level: int
    anchor: str
    text: str


class Prose(IPythonRenderer):
    """Renders the Markdown of one page.

    `folder` is where its relative links begin; `repository` is the course's place on GitHub, "owner/name", or None.
    """

    def __init__(self, folder, repository=None):
        super().__init__(escape=False)
        self.folder, self.repository = folder, repository
        self.headings = []

    def html(self, source):
        """Markdown as HTML."""
        return MarkdownWithMath(renderer=self).render(source)

    def heading(self, text, level, **attrs):
        plain = re.sub(r"<.*?>", "", text)
        anchor = re.sub(r"\W+", "-", plain.lower()).strip("-")
        text = text.replace(OPTIONAL, " <small>optional</small>")
        self.headings.append(Heading(level, anchor, plain))
        kind = ' class="exercise"' if plain.startswith("Exercise: ") else ""
        return f'<h{level} id="{anchor}"{kind}>{text}</h{level}>\n'

    def link(self, text, url, title=None):
        target = self.on_the_site(url)
        return super().link(text, target, title) if target else text

    def on_the_site(self, url):
        """Where a link leads from a page: a notebook's page, or a file of the repository; None if its place is not known."""
        if url.startswith("#") or ":" in url:
            return url
        path, hash, anchor = url.partition("#")
        path = (self.folder / path).resolve()
        if not path.exists():
            raise ValueError(f"A link leads to {url!r}, but {self.folder} has no such file.")
        if path.parent == NOTEBOOKS:
            return f"{path.stem}.html{hash}{anchor}"
        inside = path.relative_to(COURSE).as_posix()
        return self.repository and f"https://github.com/{self.repository}/blob/main/{inside}{hash}{anchor}"

    def image(self, text, url, title=None):
        if ":" not in url:
            kind, content = mimetypes.guess_type(url)[0], (self.folder / url).read_bytes()
            url = f"data:{kind};base64,{base64.b64encode(content).decode()}"
        return super().image(text, url, title)

    def table(self, text):
        return f'<div class="table"><table>\n{text}</table></div>\n'

    def block_math(self, body):
        return f'<span class="formula">{formula(body, "block")}</span>'

    def inline_math(self, body):
        return formula(body, "inline")


def formula(latex, display):
    """LaTeX as MathML.

    >>> formula("x ∗ κ", "inline").count("<mo>")
    1
    """
    for sign, command in COMMANDS.items():
        latex = latex.replace(sign, command)
    return convert(latex, display=display)
