"""Write the three cells of a new exercise into its notebook, from its table, and say what else is to do.

python tools/new_exercise.py 01_every_other            # a function or a prediction to write
python tools/new_exercise.py 01_every_other --repair   # the solution, to be broken and then repaired
"""

import argparse
import importlib
import re
import sys
from itertools import count
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell

from lecture_helpers.checks import Exercise, solutions

ROOT = Path(__file__).parents[1]
REPAIR = '    raise NotImplementedError("delete this line, run, then repair")'
GRADED = {"schema_version": 3, "task": False}
POINTS = 2


def write(name, repair=False, root=ROOT):
    """Write the cells of the exercise with the id `name` into its notebook; returns the notebook's path and what is left to do.

    Raises ValueError, in one sentence, if there is no such table, or if its cells are there already.
    """
    path, exercises = _home(name, root)
    exercise = exercises[name]
    notebook = nbformat.read(path, as_version=4)
    places = {cell.metadata.get("exercise"): place for place, cell in enumerate(notebook.cells)}
    if name in places:
        raise ValueError(f"{path.name} has the cells of {name} already.")
    place = _place(list(exercises), name, places, notebook.cells)
    notebook.cells[place:place] = cells(exercise, _free_id(notebook.cells), repair)
    path.write_text(nbformat.writes(notebook, version=4) + "\n", encoding="utf-8", newline="\n")
    return path, _left_to_do(exercise, repair, path, root)


def _home(name, root):
    """The notebook of an exercise, and the exercises {id: table} of its module, in their order."""
    found = sorted((root / "notebooks").glob(f"{name[:2]}_*.ipynb"))
    if not re.fullmatch(r"\d\d_[a-z]\w*", name) or not found:
        raise ValueError(
            f"{name!r} is no id of an exercise: it is a notebook's two digits, `_`, and the name that learners define."
        )
    module = importlib.import_module(f"lecture_helpers.exercises.{found[0].stem[3:]}")
    exercises = {each.id: each for each in vars(module).values() if isinstance(each, Exercise)}
    if name not in exercises:
        raise ValueError(f"{Path(module.__file__).name} has no exercise with the id {name}; write its table first.")
    return found[0], exercises


def _place(order, name, places, cells):
    """Where the cells go: behind the check of the exercise before, or else before the summary."""
    before = [each for each in order[: order.index(name)] if each in places]
    if before:
        return places[before[-1]] + 2
    return next((k for k, cell in enumerate(cells) if "exercises.summary()" in cell.source), len(cells))


def _free_id(cells):
    """An id as the course's cells have them."""
    taken = {cell.id for cell in cells}
    return next(f"cell-{k:02}" for k in count(len(cells)) if f"cell-{k:02}" not in taken)


def cells(exercise, task_id, repair=False):
    """The task, the exercise cell and the check cell, with the ids and the metadata that updates and grading need."""
    name, check = exercise.id, f"{exercise.id}_check"
    task = f"### Exercise: {exercise.title[0].lower()}{exercise.title[1:]}\n\n{_task(exercise, repair)}"
    answered = dict(exercise=name, nbgrader=GRADED | dict(grade_id=name, grade=False, locked=False, solution=True))
    checked = dict(nbgrader=GRADED | dict(grade_id=check, grade=True, locked=True, solution=False, points=POINTS))
    return [
        new_markdown_cell(task, id=task_id),
        new_code_cell(_stub(exercise, repair), id=name, metadata=answered),
        new_code_cell(f"exercises.{exercise.name}.check({exercise.name})", id=check, metadata=checked),
    ]


def _task(exercise, repair):
    if exercise.is_prediction:
        return "**Predict** … Write a list."
    return "… Repair it." if repair else f"Write `{exercise.name}({', '.join(_arguments(exercise))})`: …"


def _arguments(exercise):
    return exercise.argument_names()[: len(exercise.cases[0])]


def _stub(exercise, repair):
    if exercise.is_prediction:
        return f"{exercise.name} = ..."
    if not repair:
        return f'def {exercise.name}({", ".join(_arguments(exercise))}):\n    """{exercise.title}."""\n    ...'
    if exercise.id not in solutions():
        raise ValueError(f"Write the solution of {exercise.id} first: its code is what learners get to repair.")
    head, _, body = solutions()[exercise.id].partition("\n")
    return f'{head}\n    """{exercise.title}."""\n{REPAIR}\n{body}'


def _left_to_do(exercise, repair, path, root):
    """What the author still has to do, as sentences."""
    yield f"Put the task into words, in the cell above the stub in {path.name}; move the three cells to where they belong."
    if repair:
        yield "Break the code in the stub, in a way that one of the table's models knows."
    if exercise.id not in solutions():
        yield f"Write the solution into exercises/solutions/{path.stem[3:]}.py, after a line `# %% {exercise.id}`."
    teaching = root / "TEACHING.md"
    if teaching.exists() and f"`{exercise.name}`" not in teaching.read_text("utf-8"):
        yield f"Add `{exercise.name}` to a row of notebook {exercise.id[:2]} in TEACHING.md's table of outcomes."
    yield "Then run `make notebooks` and `make test`."


def main(arguments=None):
    """The command line; returns an exit code."""
    parser = argparse.ArgumentParser(prog="python tools/new_exercise.py", description=__doc__.partition("\n")[0])
    parser.add_argument("id", help="the exercise's id, such as 01_every_other")
    parser.add_argument("--repair", action="store_true", help="learners get the solution's code, to be repaired")
    options = parser.parse_args(arguments)
    try:
        path, left = write(options.id, options.repair)
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"Written into {path.name}. What is left to do:", *(f"- {each}" for each in left), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
