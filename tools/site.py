"""Make the course's site: pages that need no Python, with the players of the committed notebooks, and the notebooks themselves.

python tools/site.py OUT [--pages-only]
"""

import argparse
import os
from pathlib import Path

import lite
import pages
import prerendered
from prose import NOTEBOOKS


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("out", type=Path, help="the folder that the site is written to")
    parser.add_argument("--pages-only", action="store_true", help="leave out the notebooks that run in the browser")
    given = parser.parse_args()
    out, in_browser = given.out, not given.pages_only
    pages.build(out, prerendered.explorers, in_browser=in_browser, repository=os.environ.get("GITHUB_REPOSITORY"))
    if in_browser:
        lite.build(out / "lab", sorted(NOTEBOOKS.glob("*.ipynb")))
    print(f"The site is in {out}/: open {out}/index.html, or serve the folder.")


if __name__ == "__main__":
    main()
