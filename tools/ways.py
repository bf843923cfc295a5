"""Where a notebook can be run, said on its page: in the browser, on Binder, on one's own machine."""

from typing import NamedTuple

PYTORCH = ("04_pytorch", "09_generator")  # nearly every cell needs PyTorch, which no browser has
OWN = '<a href="index.html#run-it">your own machine</a>'


class Ways(NamedTuple):
    """A note for the top of a page, as HTML, and the link under each of its exercises."""

    note: str
    act: str
    href: str


def ways(stem, in_browser=False, repository=None):
    """The ways to run a notebook.

    `in_browser`: JupyterLite stands beside the pages, in lab/; `repository`: the course's place on GitHub, "owner/name", or None.
    """
    here = "The pictures move right here."
    if in_browser and stem not in PYTORCH:
        lab = f"lab/lab/index.html?path={stem}.ipynb"
        link = f'<a href="{lab}">open the notebook in the browser</a>'
        return Ways(
            f"{here} To run the code and have exercises checked, {link}: nothing is installed.", "Do it in the browser", lab
        )
    binder = repository and f"https://mybinder.org/v2/gh/{repository}/main?urlpath=lab/tree/notebooks/{stem}.ipynb"
    places = f'<a href="{binder}">Binder</a> or {OWN}' if binder else f"Binder or {OWN}"
    act, href = ("Do it on Binder", binder) if binder else ("Do it on your own machine", "index.html#run-it")
    if stem in PYTORCH:
        return Ways(f"{here} The code needs PyTorch, which does not run in the browser: it runs on {places}.", act, href)
    return Ways(f"{here} The code and the checks of the exercises run on {places}.", act, href)
