"""A notebook of the course as it opens in a browser: outputs shown at once, the package fetched, PyTorch cells as text."""

import copy
import re

from nbformat.v4 import new_code_cell, new_markdown_cell

from needs_torch import kept_imports, needing

KERNEL = {"display_name": "Python (Pyodide)", "language": "python", "name": "python"}
NOTE = """**In your browser.** Nothing has to be installed: run the next cell, and the course is there (the first time, this can
take a minute). What you write is kept in this browser, on this machine, and nowhere else. To save it as a file, which opens
wherever the course is installed, right-click the notebook in the list on the left and choose *Download*."""
SOME = "\n\nCells that need PyTorch, which the browser does not have, are shown with their saved results."
MOST = """

**This notebook is about PyTorch, which the browser does not have.** Here you can read it, with its saved results; to work through
it, open it on your own machine or on Binder, as the README says."""
NOT_FOUND = "# Not found? "
FETCH = "%pip install -q lecture_helpers"
LACKING = "This cell needs PyTorch, which the browser does not have"
EXERCISE = "This exercise needs PyTorch, which the browser does not have: do it on your own machine or on Binder."
ADVICE = {  # what is wrong in a browser, as a pattern, and what is right there
    f"^{re.escape(NOT_FOUND)}.*$": f"{NOT_FOUND}Run the first cell of code: it fetches the course.",
    r"If the next cell runs, everything is installed\. Its": "Its",
    r"\*Kernel → Interrupt Kernel\*\.": "*Kernel → Restart Kernel*, then run the first cell of code again.",
    r"(?<=^- \*\*You want the original back:\*\*).*$": " download your version first if you want to keep it. Then right-click the"
    " notebook in the list on the left, *Delete*, and load this page again.",
    r'(?<=^- \*\*"No module named …":\*\*).*$': " run the first cell of code of the notebook: it fetches the course.",
}


def in_browser(notebook):
    """A copy of a notebook for the browser; its outputs are strings and trusted, as `json.dumps` then saves them.

    Outputs that stay lists of lines are shown with commas between the lines, and untrusted ones without the players' buttons.
    """
    notebook = copy.deepcopy(notebook)
    cells = [_with_advice(cell) for cell in notebook.cells]
    code = [cell for cell in cells if cell.cell_type == "code"]
    needs = {cell.id: lacks for cell, lacks in zip(code, needing(cell.source for cell in code))}
    title, *rest = [part for cell in cells for part in (_without_torch(cell) if needs.get(cell.id) else [cell])]
    note = new_markdown_cell(NOTE + _missing(needs.values()), id="browser-note")
    fetch = new_code_cell(_fetch(cell.source for cell in rest if cell.cell_type == "code"), id="browser-fetch")
    notebook.cells, notebook.metadata.kernelspec = [title, note, fetch, *rest], KERNEL
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.metadata["trusted"] = True
    return notebook


def _missing(needs):
    """What the note says of the cells that need PyTorch, as they do or do not."""
    return "" if not any(needs) else MOST if 3 * sum(needs) > len(needs) else SOME


def _fetch(sources):
    """The line that fetches what the code needs."""
    return FETCH + (" matplotlib" if any(re.search(r"\bplot_|\bmatplotlib\b", source) for source in sources) else "")


def _with_advice(cell):
    """A cell whose advice holds in a browser."""
    for wrong, right in ADVICE.items():
        cell.source = re.sub(wrong, right, cell.source, flags=re.MULTILINE)
    return cell


def _without_torch(cell):
    """What stands for a cell that needs PyTorch: its other imports, then it as text; nothing for the check of an exercise."""
    if cell.id.endswith("_check"):
        return []
    imports, advice = kept_imports(cell.source), ""
    if cell.source.startswith(NOT_FOUND):
        advice, _, cell.source = cell.source.partition("\n")
    begin = [new_code_cell(f"{advice}\n{imports}".strip(), id=f"{cell.id}-imports")] if imports else []
    return [*begin, new_markdown_cell(_as_text(cell), id=cell.id)]


def _as_text(cell):
    """The code of a cell and its saved result, in Markdown."""
    code = f"```python\n{cell.source}\n```"
    if "exercise" in cell.metadata:
        return f"{EXERCISE}\n\n{code}"
    if re.search(r"^guess = ", cell.source, re.MULTILINE):
        return f"{LACKING}: write your guess on paper, then go on.\n\n{code}"
    results = [result for result in map(_result, cell.outputs) if result]
    return "\n\n".join([f"{LACKING}{'; this is its saved result.' if results else '.'}", code, *results])


def _result(output):
    """An output in Markdown: its picture, or its text."""
    data = output.get("data", {})
    picture = re.search(r"<img [^>]*>", data.get("text/html", ""))
    text = output.get("text") or data.get("text/plain", "")
    return picture[0] if picture else f"```text\n{text.rstrip()}\n```" if text else ""
