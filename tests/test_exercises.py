"""The tables of exercises judge themselves: truth, misconceptions, stubs, model solutions, and their cells in the notebooks."""

import json
import re
from itertools import combinations

import numpy as np
import pytest
from nbclient import NotebookClient
from nbformat import reads

from exercise_cases import EXERCISES, MODULES, NOTEBOOKS, SOLUTIONS, answer_of, fresh, module, notebook_of, source_of
from lecture_helpers import conv_transpose, cross_correlate
from lecture_helpers.checks.answers import first_difference, plain, same
from lecture_helpers.checks.judge import judge
from lecture_helpers.checks.table import REFUSED
from lecture_helpers.checks.verdict import HEADINGS
from lecture_helpers.exercises import families

every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
FILLED = [path for path in NOTEBOOKS if path.stem[3:] in MODULES]
REPAIR = 'raise NotImplementedError("delete this line, run, then repair")'


def submitted(exercise, model):
    """A model as a learner would hand it in: a value, or a function."""
    return model(*exercise.predict) if exercise.is_prediction else model


def equal(one, other):
    return (one is None) == (other is None) and (one == other or same(one, other))


def test_every_notebook_has_exercises_and_all_ids_are_different():
    assert [path.stem[3:] for path in FILLED] == [path.stem[3:] for path in NOTEBOOKS]
    ids = [exercise.id for exercise in EXERCISES]
    assert len(set(ids)) == len(ids) and set(ids) == set(SOLUTIONS)


@pytest.mark.parametrize("path", FILLED[1:], ids=lambda path: path.stem)
def test_every_notebook_after_the_first_asks_for_predictions_functions_and_a_repair(path):
    own = [each for each in EXERCISES if each.id[:2] == path.stem[:2]]
    repairs = [each for each in own if "NotImplementedError" in stub_of(each)]
    assert len(own) >= 4 and repairs
    assert any(each.is_prediction for each in own) and any(not each.is_prediction and each not in repairs for each in own)


@every_exercise
def test_it_is_complete(exercise):
    home = next(name for name in MODULES if vars(module(name)).get(exercise.name) is exercise)
    assert any(path.stem == f"{exercise.id[:2]}_{home}" for path in NOTEBOOKS)
    assert len(exercise.own) >= 3 and 2 <= len(exercise.hints) <= 4
    for misconception in exercise.own:
        assert misconception.advice.count("?") == 1, misconception.name
        assert not re.search(r"\*\w[^*`]*\w\*", misconception.advice.partition("`")[0]), "verdicts show no Markdown"
        assert not re.search("you (believe|think)", misconception.advice, re.IGNORECASE)


@every_exercise
def test_no_advice_gives_a_prediction_away(exercise):
    if exercise.is_prediction:
        digits = re.findall(r"\d+", str(exercise.truths)) or ["no digits"]
        for text in [*exercise.hints[:1], *(each.advice for each in exercise.own)]:
            assert " ".join(digits) not in " ".join(re.findall(r"\d+", text))


@every_exercise
def test_the_truth_is_correct_and_every_misconception_gets_its_own_advice(exercise):
    models = [exercise.truth, *(each.model for each in exercise.own)]
    verdicts = [fresh(exercise).check(submitted(exercise, model)) for model in models]
    assert verdicts[0].status == "correct"
    assert verdicts[0].message == "" or (exercise.without and verdicts[0].message.startswith("It calls `"))
    for misconception, verdict in zip(exercise.own, verdicts[1:]):
        assert (verdict.status, verdict.misconception) == ("diagnosed", misconception.name)
        assert misconception.advice in verdict.message


@every_exercise
def test_no_two_misconceptions_agree_on_the_cases(exercise):
    tables = {each.name: exercise.answers(each.model) for each in exercise.own}
    tables["the truth"] = exercise.answers(exercise.truth)
    assert len(tables) == len(exercise.own) + 1
    for (one, left), (other, right) in combinations(tables.items(), 2):
        assert not all(map(equal, left, right)), f"{one} = {other}"


@every_exercise
def test_a_wrong_answer_is_shown_with_its_first_wrong_cell_lit_and_without_the_right_answer(exercise):
    for misconception in exercise.own:
        verdict = fresh(exercise).check(submitted(exercise, misconception.model))
        pairs = zip(exercise.answers(misconception.model), exercise.answers(exercise.truth))
        answer, truth = next(pair for pair in pairs if pair[0] != "refused" and not equal(*pair))
        assert verdict.answer == answer and verdict.lit == first_difference(answer, truth)
        if isinstance(truth, list) and len(truth) > 1:
            shown = repr(verdict).replace("[", "").replace("]", "")
            assert " ".join(map(str, truth)) not in shown or _is_part(truth, answer)


def _is_part(truth, answer):
    """Whether the learner's own answer contains the right row, e.g. with more cells at its ends."""
    return " ".join(map(str, truth)) in " ".join(map(str, answer))


@every_exercise
def test_the_model_solution_is_correct(exercise):
    assert fresh(exercise).check(answer_of(exercise, SOLUTIONS[exercise.id])).status == "correct"


def stub_of(exercise):
    (cell,) = [cell for cell in notebook_of(exercise) if cell["metadata"].get("exercise") == exercise.id]
    return source_of(cell)


@every_exercise
def test_the_stub_is_not_attempted_and_says_what_to_do(exercise):
    verdict = fresh(exercise).check(answer_of(exercise, stub_of(exercise)))
    assert verdict.status == "not attempted" and "NotImplementedError" in stub_of(exercise) or "`...`" in verdict.message
    assert "NotImplementedError" not in stub_of(exercise) or REPAIR in stub_of(exercise)


@every_exercise
def test_the_code_to_repair_is_wrong_in_a_way_that_is_known(exercise):
    if REPAIR in stub_of(exercise):
        verdict = fresh(exercise).check(answer_of(exercise, stub_of(exercise).replace(REPAIR, "pass")))
        assert verdict.status == "diagnosed"


@every_exercise
def test_no_saved_output_contains_the_answer_to_a_prediction(exercise):
    if exercise.is_prediction:
        truth = re.findall(r"-?\d+", str(exercise.truths)) or ["no digits"]
        between = r"[^\d-]+" if len(truth) > 2 else r"[,× ]+"
        for cell in notebook_of(exercise):
            texts = [output.get("data", {}).get("text/plain") for output in cell.get("outputs", [])]
            shown = json.dumps(texts, ensure_ascii=False)  # an escape would add digits
            assert not re.search(rf"(?<![\d-]){between.join(truth)}(?!\d)", shown)


@pytest.mark.parametrize("path", FILLED, ids=lambda path: path.stem)
def test_each_exercise_is_a_task_a_cell_and_a_check_with_the_metadata_that_grading_needs(path):
    cells = json.loads(path.read_text("utf-8"))["cells"]
    own = [each.id for each in EXERCISES if each.id[:2] == path.stem[:2]]
    places = {cell["metadata"]["exercise"]: k for k, cell in enumerate(cells) if "exercise" in cell["metadata"]}
    assert list(places) == own, "the table lists the exercises in another order than the notebook"
    common = {"schema_version": 3, "task": False}
    for name, k in places.items():
        cell, check = cells[k : k + 2]
        assert any("### Exercise" in source_of(before) for before in cells[k - 2 : k])
        assert source_of(check) == f"exercises.{name[3:]}.check({name[3:]})"
        assert "import " not in source_of(cell), "an import in an exercise cell is lost when a learner's cell replaces it"
        assert cell["metadata"]["nbgrader"] == common | {"grade_id": name, "grade": False, "locked": False, "solution": True}
        assert check["metadata"]["nbgrader"] == common | {
            "grade_id": f"{name}_check", "grade": True, "locked": True, "solution": False, "points": 2,
        }  # fmt: skip
    assert f"from lecture_helpers.exercises import {path.stem[3:]} as exercises" in "\n".join(map(source_of, cells))
    (summary,) = [k for k, cell in enumerate(cells) if source_of(cell) == "exercises.summary()"]
    titles = {each.id: each.title for each in EXERCISES}
    assert all("(optional)" in titles[name] for name, k in places.items() if k > summary), "only what is optional comes later"


@pytest.mark.parametrize("path", FILLED, ids=lambda path: path.stem)
def test_with_the_model_solutions_the_whole_notebook_runs_and_every_check_is_correct(path):
    notebook = reads(path.read_text("utf-8"), as_version=4)
    for cell in notebook.cells:
        if "exercise" in cell.metadata:
            cell.source = SOLUTIONS[cell.metadata["exercise"]]
        cell.source = cell.source.replace("epochs = 10", "epochs = 1")  # notebook 09 need not train long for this
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(path.parent)}}).execute()
    texts = [
        "".join(output.get("data", {}).get("text/plain", "")) for cell in notebook.cells for output in cell.get("outputs", [])
    ]
    count = sum(each.id[:2] == path.stem[:2] for each in EXERCISES)
    assert sum(text.strip() == HEADINGS["correct"] for text in texts) == count
    done = [cell.metadata.get("exercise") or cell.source for cell in notebook.cells]
    before = sum(name in SOLUTIONS for name in done[: done.index("exercises.summary()")])
    assert any(text.endswith(f"{before} of {count} correct") for text in texts)


def takes_arrays(exercise):
    return not exercise.is_prediction and any(isinstance(value, np.ndarray) for value in exercise.cases[0])


@every_exercise
def test_where_numbers_are_input_one_case_has_a_fraction_a_zero_and_a_negative_number(exercise):
    def kinds(case):
        numbers = np.concatenate([np.ravel(value).astype(float) for value in case])
        return (numbers % 1 != 0).any() and (numbers == 0).any() and (numbers < 0).any()

    assert not takes_arrays(exercise) or any(map(kinds, exercise.cases))


NEVER_NEGATIVE = ("08_measure_grid",)  # a difference of the largest and the smallest
CUTS = {"cut to whole numbers": np.trunc, "its absolute value": np.abs, "its positive part": lambda y: np.maximum(y, 0)}


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
@every_exercise
def test_the_truth_cut_to_whole_numbers_or_without_signs_is_wrong(exercise, cut):
    signless = takes_arrays(exercise) and all((np.asarray(exercise.truth(*case)) >= 0).all() for case in exercise.cases)
    assert signless == (exercise.id in NEVER_NEGATIVE)
    if takes_arrays(exercise) and (cut is np.trunc or not signless):
        verdict = fresh(exercise).check(lambda *case: cut(np.asarray(exercise.truth(*case))))
        assert verdict.status == "diagnosed" and verdict.misconception in ("without their sign", "nothing below zero", *CUTS)


@every_exercise
def test_the_layer_of_an_exercise_is_the_one_whose_output_is_asked_for(exercise):
    for case, truth in zip(exercise.asked, exercise.truths) if exercise.layer else ():
        x, kernel, transposed, params = exercise.layer(*case)
        assert same(plain((conv_transpose if transposed else cross_correlate)(x, kernel, **params)), truth)


@every_exercise
def test_what_families_add_is_told_in_one_question_and_judged_by_its_name(exercise, record_property):
    widths = sum(each.shape_only for each in exercise.offered)
    record_property("families", [exercise.id, len(exercise.own), len(exercise.offered) - widths, widths])
    for member in exercise.offered:
        assert member.advice.count("?") == 1 and not re.search("you (believe|think)", member.advice, re.IGNORECASE)
        verdict = judge(exercise, submitted(exercise, member.model))
        assert verdict.status in ("diagnosed", "error", "wrong")
        assert verdict.misconception == member.name or member.shape_only or REFUSED in exercise.answers(member.model)


def test_every_family_names_a_slip_of_some_exercise():
    written = {name.partition(": ")[2] or name for each in EXERCISES for name, *_ in families.members(each)}
    used = {each.name.partition(": ")[2] or each.name for exercise in EXERCISES for each in (*exercise.own, *exercise.offered)}
    assert {name for name in written if "exchanged" not in name and "as many as" not in name} <= used


@pytest.mark.parametrize("name", ["03_gather", "05_zero_insertion"])
def test_of_two_faults_in_code_to_repair_the_width_is_told_first_and_alone(name):
    (exercise,) = [each for each in EXERCISES if each.id == name]
    message = fresh(exercise).check(answer_of(exercise, stub_of(exercise).replace(REPAIR, "pass"))).message
    assert "zero" in message.lower() and not re.search("revers|order|wrong way|taps", message)
