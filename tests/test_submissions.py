"""Answers that learners may hand in: no wrong one is accepted, most are named; no right one is refused, whatever its form."""

import re
from pathlib import Path
from textwrap import indent

import pytest

from exercise_cases import EXERCISES, answer_of
from lecture_helpers.checks.judge import judge

BY_ID = {exercise.id: exercise for exercise in EXERCISES}
MOST_UNNAMED = 55  # of 457 wrong answers


def submissions(name):
    """All (exercise, source) of a file of submissions."""
    text = (Path(__file__).parent / "submissions" / f"{name}.txt").read_text("utf-8")
    for part in text.split("\n## ")[1:]:
        head, _, body = part.partition("\n")
        for answer in body.strip().split("\n--\n"):
            yield BY_ID[head], _cell(BY_ID[head], answer)


def _cell(exercise, answer):
    if exercise.is_prediction:
        return f"{exercise.name} = {answer}"
    names = exercise.argument_names()[: len(exercise.cases[0])]
    return f"def {exercise.name}({', '.join(names)}):\n{indent(answer, '    ')}"


WRONG, RIGHT = (
    [pytest.param(*pair, id=f"{pair[0].id}-{k}") for k, pair in enumerate(submissions(name))] for name in ("wrong", "right")
)


@pytest.mark.parametrize("exercise, source", WRONG)
def test_a_wrong_answer_is_never_accepted_and_its_verdict_asks_a_question(exercise, source):
    verdict = judge(exercise, answer_of(exercise, source))
    assert verdict.status in ("diagnosed", "wrong", "error")
    assert re.search(r"\?( It also changes its arguments in place: work on a copy\.)?$", verdict.message)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("exercise, source", RIGHT)
def test_a_right_answer_is_never_refused(exercise, source):
    verdict = judge(exercise, answer_of(exercise, source))
    assert verdict.status == "correct", verdict


def test_there_are_enough_of_both_and_most_wrong_ones_are_named():
    wrong, right = (list(submissions(name)) for name in ("wrong", "right"))
    assert len(wrong) >= 100 and len({exercise.id for exercise, _ in wrong}) >= 20 and len(right) >= 100
    named = [judge(exercise, answer_of(exercise, source)).status == "diagnosed" for exercise, source in wrong]
    assert named.count(False) <= MOST_UNNAMED, f"{named.count(True)} of {len(named)} are named"
