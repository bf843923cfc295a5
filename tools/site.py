"""Make the course's site: pages that need no Python, with the players of the committed notebooks.

python tools/site.py OUT [--pages-only]
"""

import argparse
import os
from pathlib import Path

import pages
import prerendered


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("out", type=Path, help="the folder that the site is written to")
    parser.add_argument("--pages-only", action="store_true", help="leave out the notebooks that run in the browser")
    out = parser.parse_args().out
    pages.build(out, prerendered.explorers, repository=os.environ.get("GITHUB_REPOSITORY"))
    print(f"The site is in {out}/: open {out}/index.html, or serve the folder.")


if __name__ == "__main__":
    main()
