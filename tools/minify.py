"""Make the script that every player carries, from the one that people read: python tools/minify.py

It needs npm, which fetches terser, the usual minifier of JavaScript. Learners need neither: what it makes is committed.
"""

import hashlib
import subprocess
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "lecture_helpers" / "player.js"
TERSER = [
    "npx", "--yes", "terser@5", "--compress", "passes=3", "--toplevel", "--mangle", "--ecma", "2022", "--format", "quote_style=1",
]  # fmt: skip


def mark(source):
    """The first line of what is made from some source, by which a test sees that it is not older."""
    return f"// made by tools/minify.py from player.js {hashlib.sha256(source.encode()).hexdigest()[:12]}"


if __name__ == "__main__":
    source = SOURCE.read_text("utf-8")
    short = subprocess.run(TERSER, input=source, stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout
    SOURCE.with_suffix(".min.js").write_text(f"{mark(source)}\n{short.strip()}\n", encoding="utf-8")
