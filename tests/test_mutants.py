"""Small slips in a right answer are never judged right: mutants of every model solution that is code."""

import pytest

from exercise_cases import SOLUTIONS, WITH_CODE, answer_of
from lecture_helpers.checks import calls, judge
from mutants import mutants

# Slips after which the function still computes the same.
HARMLESS = {
    "01_renamed": ["range(len(x)) → range(len(x) + 1)"],  # no place has a tap there
    "02_chain_rule": ["paths → paths[::-1]"],  # sum adds in any order
    "04_channels": ["conv_transpose(x[c], weight[c, o]) → conv_transpose(weight[c, o], x[c])"],  # with stride 1, ∗ commutes
    "04_transposed_layer": ["0 → -1", "F.conv_transpose1d(x[None], weight)[0] → F.conv_transpose1d(x[None], weight)[0 + -1]"],
    "05_gather_in_torch": ["0 → -1", "0 → -1", "1 → 2"],  # the only sample, its only channel; a second sample of zeros
    "07_stamp_grid": ["stride → stride[:-1]"] * 2,  # its first entry is used there
    "07_weight_shape": ["kernel → kernel[:-1]"],  # the same
    "07_layer": ["conv_transpose(x[c], weight[c, o]) → conv_transpose(weight[c, o], x[c])"],
    "07_grouped_layer": ["conv_transpose(x[c], weight[c, o % outputs]) → conv_transpose(weight[c, o % outputs], x[c])"],
    "08_matching_shape": [
        *["1 → 0", "1 → 2", "1 → 2", *["0 → -1", "0 → 1"] * 3],  # numbers of samples and output channels; the axes are alike
        *(f"layer.{name}[0] → layer.{name}[0 + {step}]" for name in ("kernel_size", "stride", "padding") for step in (1, -1)),
    ],
    "08_measure_grid": [  # the same phases in another order, or all brighter alike
        "image[row::stride, column::stride] → image[column::stride, row::stride]", "image → image + 1", "image → image - 1",
        *["image → image[::-1]", "means → means[::-1]"] * 2,
    ],
    "08_replaced": ["layer → layer[::-1]", "layer → layer[1:]"],  # only its second part has parameters
    "09_input_step": ["conv_transpose(error, kernel) → conv_transpose(kernel, error)"],
}  # fmt: skip


@pytest.mark.filterwarnings("ignore")  # a slip may make Python or torch warn
@pytest.mark.parametrize("exercise", WITH_CODE, ids=lambda exercise: exercise.id)
def test_no_slip_is_judged_correct(exercise, monkeypatch, record_property):
    monkeypatch.setattr(calls, "TIME_LIMIT", 1)
    verdicts = [(what, _verdict(exercise, code)) for code, what in mutants(SOLUTIONS[exercise.id]).items()]
    assert not [what for what, verdict in verdicts if verdict.status == "not attempted"]
    harmless = sorted(what.partition(": ")[2] for what, verdict in verdicts if verdict.status == "correct")
    assert harmless == sorted(HARMLESS.get(exercise.id, []))
    wrong = [verdict for _, verdict in verdicts if verdict.status in ("wrong", "diagnosed")]
    assert len(wrong) >= 10, "too few slips lead to a wrong answer to trust this test"
    named = [verdict.misconception for verdict in wrong if verdict.status == "diagnosed"]
    own, families = ({each.name for each in part} for part in (exercise.own, exercise.offered))
    raised = sum(verdict.status == "error" for _, verdict in verdicts)
    counts = [len(named), sum(name in own for name in named), sum(name in families for name in named)]
    record_property("mutants", [exercise.id, len(verdicts), len(wrong), *counts, raised, len(harmless)])


def _verdict(exercise, code):
    return judge.judge(exercise, answer_of(exercise, code))
