"""Notebook files: read as any program wrote them, replaced in one step, copied under a dated name."""

import os
import re
import shutil
import uuid
from datetime import datetime
from pathlib import Path

import nbformat
from nbformat import reader, v4

CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def read(path):
    """The notebook in a file, in the newest format. Raises ValueError, in one sentence, if the file holds none."""
    try:
        return parse(Path(path).read_text("utf-8-sig"))  # some editors begin a file with a byte order mark
    except Exception as problem:
        raise ValueError(
            f"{Path(path).name} cannot be read as a notebook ({type(problem).__name__}); nothing was changed."
        ) from None


def parse(text):
    """A notebook of format 3 or 4.0 to 4.5 as one of format 4.5, whose cells have ids, no two the same.

    A cell that has none, as some programs write it, gets a random one, which no other notebook has.
    """
    notebook = nbformat.convert(reader.reads(text), 4)
    taken = set()
    for cell in notebook.cells:
        known = cell.get("id")
        usable = isinstance(known, str) and CELL_ID.fullmatch(known) and known not in taken
        cell.id = known if usable else uuid.uuid4().hex[:8]
        taken.add(cell.id)
    notebook.nbformat_minor = v4.nbformat_minor
    return notebook


def as_text(notebook):
    """What is written to a notebook's file."""
    return v4.writes(notebook) + "\n"


def replace(path, notebook):
    """Write a notebook to a temporary file beside its place, and put it there in one step."""
    temporary = Path(f"{path}.new")
    try:
        temporary.write_text(as_text(notebook), encoding="utf-8", newline="\n")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def dated_copy(path):
    """Copy a file into the folder `copies` beside it, under a free name with date and time, and return the copy's path."""
    path, stamp = Path(path), datetime.now().strftime("%Y-%m-%d-%H%M%S")
    folder = path.parent / "copies"
    folder.mkdir(exist_ok=True)
    for attempt in range(1000):
        kept = folder / f"{path.stem}.{stamp}{f'-{attempt}' if attempt else ''}{path.suffix}"
        if not kept.exists():
            return Path(shutil.copy2(path, kept))
    raise RuntimeError(f"There are a thousand copies of {path.name} from this second already.")
