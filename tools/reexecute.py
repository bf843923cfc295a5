"""Execute notebooks in place, each in a fresh kernel, and save them so that a second run changes no byte.

python tools/reexecute.py notebooks/*.ipynb
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {  # what Jupyter writes, without the version
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
    },
}


def execute(path):
    """Return the notebook of a file as text, executed from its first to its last cell."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=300,
        record_timing=False,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(Path(path).parent)}},
    )
    client.execute()
    return as_saved(notebook)


def as_saved(notebook):
    """A notebook as text, without what depends on the machine: kernel versions, timings, widget state."""
    notebook.metadata = METADATA
    for cell in notebook.cells:
        for name in ("execution", "trusted", "collapsed"):
            cell.metadata.pop(name, None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    return nbformat.writes(notebook, version=4) + "\n"


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(name, flush=True)
        Path(name).write_text(execute(name), encoding="utf-8", newline="\n")
