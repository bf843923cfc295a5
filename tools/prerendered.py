"""Explorers for pages without Python, with every setting of their controls drawn beforehand: nothing is computed on the page.

A page has the HTML of its explorers, and, once, the rules of `STYLE` and, after its content or deferred, `SCRIPT`. That is the
script of a notebook's explorers, unchanged, and a stand-in for their widget that reads Python's answers from a list.
"""

import ast
import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path

from fragment import fragment
from lecture_helpers.explorers.explorer import Explorer
from lecture_helpers.explorers.picture import SCRIPTS
from lecture_helpers.player import script

TOOLS = Path(__file__).parent
STYLE = (TOOLS / "prerendered.css").read_text("utf-8")
LIVE = "\n".join(map(script, SCRIPTS)).replace("export default", "return")  # a module, as a function that gives what it exports
OURS = "".join((TOOLS / name).read_text("utf-8") for name in ("unpack.js", "prerendered.js"))
SCRIPT = f"{{\nconst explorer = (() => {{\n{LIVE}\n}})();\n{OURS}}}\n"


def explorers(notebook, runs):
    """The explorers of a notebook's file as HTML for a page, {id of the cell: HTML}.

    `runs` is the address, seen from the page, where the notebook can be run. The cells up to the last explorer are run in a
    process of their own. Raises subprocess.CalledProcessError if one of them fails.
    """
    notebook = Path(notebook).resolve()
    if not places(notebook):
        return {}
    command = [sys.executable, Path(__file__).resolve(), notebook, runs]
    unseen = os.environ | {"MPLBACKEND": "agg"}
    done = subprocess.run(command, cwd=notebook.parent, env=unseen, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def places(notebook):
    """The code cells of a notebook's file up to the last one that calls for an explorer: [(id, source)]."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    code = [(cell["id"], "".join(cell["source"])) for cell in cells if cell["cell_type"] == "code"]
    last = max((k for k, (_, source) in enumerate(code) if "explore_" in source), default=-1)
    return code[: last + 1]


def found(cells):
    """Run cells one after the other, in one namespace as a kernel does, and give those whose value is an explorer."""
    namespace = {"__name__": "__main__"}
    for name, source in cells:
        value = run(name, source, namespace)
        if isinstance(value, Explorer):
            yield name, value


def run(name, source, namespace):
    """Run a cell; its value is that of its last line, if that is an expression."""
    lines = ast.parse(source, name).body
    last = lines.pop() if lines and isinstance(lines[-1], ast.Expr) else None
    exec(compile(ast.Module(lines, []), name, "exec"), namespace)
    return last and eval(compile(ast.Expression(last.value), name, "eval"), namespace)


if __name__ == "__main__":
    path, runs = sys.argv[1:]
    with contextlib.redirect_stdout(io.StringIO()):
        fragments = {name: fragment(name, explorer, runs) for name, explorer in found(places(Path(path)))}
    print(json.dumps(fragments))
