"""The site's pages: one for each notebook, and a first page that lists them. Nothing in them is fetched from elsewhere."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import jinja2

import prerendered
import readme
from article import TEMPLATES, article
from lecture_helpers.palette import HUES
from lecture_helpers.player import SCRIPT
from prose import NOTEBOOKS
from ways import ways

FRAME = TEMPLATES / "frame"
SQUARES = "".join(
    f"<rect x='{1 + 8 * (k % 2)}' y='{1 + 8 * (k // 2)}' width='6' height='6' rx='1' fill='{HUES[role]}'/>"
    for k, role in enumerate(("input", "kernel", "copy", "output"))
)
ICON = "data:image/svg+xml," + quote(f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>{SQUARES}</svg>", "/:=' ")


def build(out, explorers=lambda notebook, runs: {}, in_browser=False, repository=None):
    """Write the pages into a folder.

    `explorers` gives, for a notebook's path and the address where it runs, {cell id: HTML} of what takes the place of an
    explorer that needs Python; `in_browser` and `repository` are those of `ways`.
    """
    out.mkdir(parents=True, exist_ok=True)
    render, entries = renderer(), readme.entries()
    notebooks = [NOTEBOOKS / f"{entry.stem}.ipynb" for entry in entries]
    every = [ways(entry.stem, in_browser, repository) for entry in entries]
    with ThreadPoolExecutor(os.cpu_count()) as processes:
        drawn = [*processes.map(explorers, notebooks, [way.href for way in every])]
    around = zip([None, *entries], entries, [*entries[1:], None])
    for (before, entry, after), notebook, way, instead in zip(around, notebooks, every, drawn):
        content = article(notebook, way, instead, repository)
        page = render("page.html.j2", entry.question, article=content, entry=entry, before=before, after=after, ways=way)
        write(out / entry.page, page)
    front, first = readme.front(repository), every[0]
    page = render("front.html.j2", front.summary, entries=entries, readme=front, ways=first, in_browser=in_browser)
    write(out / "index.html", page)
    write(out / "player.js", f"{{{SCRIPT}}}\n")
    write(out / "explorers.js", prerendered.SCRIPT)
    write(out / "explorers.css", prerendered.STYLE)
    for name in ("page.js", "style.css"):
        shutil.copyfile(FRAME / name, out / name)


def renderer():
    """A function that fills a template in `frame`, given its name and what search engines are told of the page."""
    loader, title = jinja2.FileSystemLoader(FRAME), readme.title()
    environment = jinja2.Environment(loader=loader, undefined=jinja2.StrictUndefined, autoescape=True, trim_blocks=True)

    def render(template, description, **values):
        return environment.get_template(template).render(course=title, icon=ICON, description=description, **values)

    return render


def write(path, text):
    """Write a file, alike on every system."""
    path.write_text(text, encoding="utf-8", newline="\n")
