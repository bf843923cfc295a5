"""Write the three cells of a new exercise into its notebook, from its table: task, stub and check, with what grading needs.

python tools/new_exercise.py 01_every_other     # behind the exercise that stands before it in the table
"""

import importlib
import inspect
import re
import sys
from pathlib import Path

from nbformat.v4 import new_code_cell, new_markdown_cell

from lecture_helpers.carry_over import files
from lecture_helpers.checks import Exercise

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
NEXT = "{path.name} has its cells: say in the first one what is asked, and add `{name}` to the outcomes in TEACHING.md."


def main(wanted):
    """Write the cells, and say what comes next."""
    number, _, name = wanted.partition("_")
    path = next(NOTEBOOKS.glob(f"{number}_*.ipynb"), None)
    if path is None:
        sys.exit(f"{wanted!r} should begin with the number of a notebook, as in 01_every_other.")
    module = importlib.import_module(f"lecture_helpers.exercises.{path.stem[3:]}")
    table = [each for each in vars(module).values() if isinstance(each, Exercise)]
    exercise = next((each for each in table if each.id == wanted), None)
    if exercise is None or getattr(module, name, None) is not exercise:
        sys.exit(f"{module.__name__} has no exercise {name} with the id {wanted}: write its table first.")
    notebook = files.read(path)
    if any(cell.metadata.get("exercise") == wanted for cell in notebook.cells):
        sys.exit(f"{path.name} has the exercise {wanted} already.")
    place = _place(notebook.cells, [each.id for each in table], wanted)
    notebook.cells[place:place] = _cells(exercise, name, _free_id(notebook.cells))
    files.replace(path, notebook)
    print(NEXT.format(path=path, name=name))


def _place(cells, order, wanted):
    """Behind the check of the exercise before it or, for the first one, before the task of the next; else at the end."""
    places = {cell.metadata["exercise"]: k for k, cell in enumerate(cells) if "exercise" in cell.metadata}
    before = [name for name in order[: order.index(wanted)] if name in places]
    if before:
        return places[before[-1]] + 2
    return min(places.values()) - 1 if places else len(cells) - 1


def _cells(exercise, name, free):
    """Task, stub and check; the ids of the last two are the exercise's, which JupyterLab cannot give a cell."""
    arguments = ", ".join(inspect.signature(exercise.truth).parameters)
    asked = f"**Predict** `{name}`." if exercise.is_prediction else f"Write `{name}({arguments})`."
    stub = f"{name} = ..." if exercise.is_prediction else f'def {name}({arguments}):\n    """{exercise.title}."""\n    ...'
    task = new_markdown_cell(f"### Exercise: {exercise.title[0].lower()}{exercise.title[1:]}\n\n{asked}", id=free)
    grading = dict(schema_version=3, task=False)
    solution = grading | dict(grade_id=exercise.id, grade=False, locked=False, solution=True)
    test = grading | dict(grade_id=f"{exercise.id}_check", grade=True, locked=True, solution=False, points=2)
    answer = new_code_cell(stub, id=exercise.id, metadata={"exercise": exercise.id, "nbgrader": solution})
    check = new_code_cell(f"exercises.{name}.check({name})", id=f"{exercise.id}_check", metadata={"nbgrader": test})
    return [task, answer, check]


def _free_id(cells):
    """The next id of the form that the course's cells have."""
    numbers = [int(cell.id[5:]) for cell in cells if re.fullmatch(r"cell-\d+", cell.id)]
    return f"cell-{max(numbers, default=0) + 1:02}"


if __name__ == "__main__":
    main(*sys.argv[1:2] or [""])
