"""The exercise engine: any right answer is right, nothing that learner code does hurts, and every sentence helps."""

import dataclasses
import functools
import re
import signal
import time
from fractions import Fraction
from pathlib import Path
from urllib.parse import unquote

import numpy as np
import pytest
import torch
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from exercise_cases import answer_of
from fresh import output_of
from lecture_helpers import conv_transpose, cross_correlate, palette
from lecture_helpers.checks import Exercise, Verdict, calls, session, summarise
from lecture_helpers.checks.answers import Unreadable, plain
from lecture_helpers.checks.notebook import is_stub
from lecture_helpers.checks.sandbox import KEPT_OUTPUT, call
from lecture_helpers.exercises import pytorch, stride

ROWS = ((np.array([1, 2, 3]), np.array([10, 1])), (np.array([4, 0, 5, 7]), np.array([2, 3, 9])))


def make(**changes):
    """An exercise on np.convolve with one misconception."""
    table = dict(
        id="99_stamp",
        title="Stamp",
        truth=lambda x, kernel: np.convolve(x, kernel),
        misconceptions=(("reversed", lambda x, kernel: np.convolve(x, kernel[::-1]), "Which tap comes first?"),),
        hints=("a gentle one", "a strong one"),
        cases=ROWS,
    )
    return Exercise(**table | changes)


def prediction(truth):
    return make(truth=lambda: truth, misconceptions=(("one more", lambda: [*truth, 0], "How many?"),), cases=(), predict=())


def stamp_cell(body):
    return answer_of(make(), f"def stamp(x, kernel):\n    {body}")


def checked(function, **changes):
    return make(**changes).check(function)


@pytest.mark.parametrize(
    "answer",
    [[1, 2, 3], (1, 2, 3), [1.0, 2.0, 3.0], np.array([1, 2, 3]), np.float32([1, 2, 3]), torch.tensor([1, 2, 3]), range(1, 4)]
    + [torch.tensor([1.0, 2, 3], requires_grad=True), [np.int64(1), torch.tensor(2), 3], [1 + 1e-9, 2, 3], [True, 2, 3]],
    ids=lambda answer: type(answer).__name__,
)
def test_a_right_answer_is_right_in_any_form(answer):
    assert prediction([1, 2, 3]).check(answer).status == "correct"


@pytest.mark.parametrize(
    "function",
    [
        lambda x, kernel: list(np.convolve(x, kernel)),
        lambda x, kernel: torch.nn.functional.conv_transpose1d(
            torch.tensor(x)[None, None].double(), torch.tensor(kernel)[None, None].double()
        )[0, 0],
        lambda x, kernel: [
            sum(x[i] * k for i in range(len(x)) for a, k in enumerate(kernel) if i + a == u)
            for u in range(len(x) + len(kernel) - 1)
        ],
        lambda *both: np.polymul(*both),
    ],
)
def test_any_correct_algorithm_is_correct(function):
    assert checked(function) == Verdict("correct", "")


def test_an_answer_is_read_before_the_next_call_may_overwrite_it():
    buffer, kept = np.zeros(99, int), []

    def reusing(x, kernel):
        y = np.convolve(x, kernel)
        buffer[: len(y)] = y
        return buffer[: len(y)]

    def refilling(x, kernel):
        kept[:] = np.convolve(x, kernel).tolist()
        return kept

    assert checked(reusing).status == checked(refilling).status == "correct"


def test_numbers_of_other_kinds_are_numbers():
    assert prediction([1, 2, 3]).check([Fraction(1), 2 + 1e-12j, np.longdouble(3)]).status == "correct"
    fourier = "n = len(x) + len(kernel) - 1; return np.fft.ifft(np.fft.fft(x, n) * np.fft.fft(kernel, n))"
    assert checked(stamp_cell(fourier)).status == "correct"


def test_an_object_that_refuses_to_be_read_is_described_and_nothing_raised():
    class Unkind(list):
        def __iter__(self):
            raise RuntimeError("no")

    assert "cannot be read as numbers (RuntimeError)" in prediction([1]).check(Unkind([1])).message


def test_a_large_answer_is_neither_written_out_nor_slow():
    verdict = prediction(list(range(5))).check([[7] * 90] * 90)
    assert verdict.status == "wrong" and len(repr(verdict)) < 300 and "more than 100 numbers" in repr(verdict)


def test_of_words_none_is_named_as_wrong_since_that_would_name_the_right_one():
    table = prediction([["as written", "reversed"], ["reversed", "as written"]])
    assert table.check([["As-written", "reversed"], ["reversed ", "as  written"]]).status == "correct"
    wrong = table.check([["as written", "reversed"], ["reversed", "reversed"]])
    assert wrong.lit is None and "position" not in wrong.message and "[" not in repr(wrong)
    assert "one of yours is 'written'" in table.check([["written", "reversed"], ["reversed", "as written"]]).message


class Refusing:
    kernel_size = property(lambda self: 1 / 0)


@pytest.mark.parametrize(
    "answer, words",
    [
        ([torch.nn.ConvTranspose1d(3, 2, 4), torch.nn.Conv1d(2, 6, 5)], "Correct"),
        ([(3, 2, 4), (2, 6, 5)], "Correct"),
        ([torch.nn.ConvTranspose1d(2, 3, 4), torch.nn.Conv1d(2, 6, 5)], "Your answer: [2] 3 4 / 2 6 5"),
        ([torch.nn.Conv1d(3, 2, 4), torch.nn.Conv1d(2, 6, 5)], "A ConvTranspose1d is asked for where yours is a Conv1d."),
        ([torch.nn.ConvTranspose1d(3, 2, 6, padding=1), torch.nn.Conv1d(2, 6, 5)], "Your ConvTranspose1d has padding 1."),
        ([torch.nn.ConvTranspose1d(3, 2, 4), torch.nn.Conv1d(2, 6, 5, padding="same")], "Your Conv1d has padding same."),
        ([torch.nn.ConvTranspose1d(3, 2, 4), torch.nn.Conv1d], "Your answer holds something of type type"),
        (torch.nn.ConvTranspose1d(3, 2, 4), "a list of two layers, as in `[torch.nn.ConvTranspose1d(…), torch.nn.Conv1d(…)]`."),
        ([torch.nn.ConvTranspose1d(3, 2, 4)], "Your answer is not a list of two layers"),
        ([torch.nn.ConvTranspose1d(3, 2, 4), torch.nn.Conv1d(2, 6, 4)], "The first layer is right; how many cells"),
        ([Refusing(), 3], "cannot be read as numbers (ZeroDivisionError)"),
        ([..., ...], "There is still a `...` in your answer."),
    ],
)
def test_layers_are_read_as_their_arguments(answer, words):
    assert words in repr(dataclasses.replace(pytorch.setup).check(answer))


def test_a_layer_with_a_stride_is_read_with_its_stride():
    layers = torch.nn.ConvTranspose1d(3, 2, 7, stride=3), torch.nn.Conv1d(2, 3, 7)
    assert "3 2 7 3 / 2 3 7 [1]" in repr(dataclasses.replace(stride.strided_layers).check(layers))


def test_a_wrong_number_of_rows_is_counted_in_rows():
    assert "2 rows, which is too few" in prediction([[1, 2], [3, 4], [5, 6]]).check([[1, 2], [3, 4]]).message


def test_an_answer_that_is_right_on_the_first_case_only_is_wrong():
    verdict = checked(lambda x, kernel: np.convolve(x, kernel) if len(x) == 3 else np.convolve(x, kernel) + [0, 5, 0, 0, 0, 0])
    assert verdict.status == "wrong" and verdict.message.startswith("For x = 4 0 5 7, kernel = 2 3 9:")


def test_a_misconception_is_named_only_if_it_agrees_with_every_answer():
    assert checked(lambda x, kernel: np.convolve(x, kernel[::-1])).misconception == "reversed"
    half = checked(lambda x, kernel: np.convolve(x, kernel[::-1]) if len(x) == 3 else np.convolve(x, kernel))
    assert (half.status, half.misconception) == ("wrong", "")


def test_a_misconception_is_named_although_the_code_failed_on_another_case():
    def fails_later(x, kernel):
        return np.convolve(x, kernel[::-1]) if len(x) == 3 else x[99]

    assert checked(fails_later).misconception == "reversed"


def test_a_right_answer_that_fails_on_another_case_is_an_error():
    verdict = checked(lambda x, kernel: np.convolve(x, kernel) if len(x) == 3 else x[99])
    assert verdict.status == "error" and "For x = 4 0 5 7, kernel = 2 3 9: Your code stopped with IndexError" in verdict.message


ENDLESS = []
ENDLESS.append(ENDLESS)


@pytest.mark.parametrize(
    "answer, words",
    [
        (None, "There is no answer (None): which value does your cell give to its name?"),
        ("1 2 3", "Your answer holds text"),
        (["1", "2", "3"], "Your answer holds text at position 0"),
        ([1, ..., 3], "There is still a `...`"),
        ([1, float("nan"), 3], "Your answer holds nan at position 1"),
        (np.array([1, np.inf]), "Your answer holds inf at position 1"),
        ([[1, 2], [float("-inf"), 0]], "holds -inf at position (1, 0)"),
        ({1: 2}, "of type dict"),
        ([1, 2j], "of type complex"),
        (np.zeros((200, 200)), "40,000 numbers"),
        (list(range(20_000)), "more than 10,000 numbers"),
        (range(10**30), "more than 10,000 numbers"),
        ([[0] * 3000] * 3000, "more than 10,000 numbers"),
        ((k for k in (1, 2, 3)), "of type generator; put it into `list(…)`"),
        (torch.zeros(200, 200), "40,000 numbers"),
        (10**400, "more than 300 digits"),
        (torch.eye(3).to_sparse(), "cannot be read as numbers"),
        (ENDLESS, "Does a list contain itself?"),
        ([1, 2], "2 numbers, which is too few"),
        ([[1, 2, 3]], "in other brackets"),
        (7, "a single value, but several are needed. How many?"),
        ([7], "1 number, which is too few"),
        ([1, 2, 3, 4], "4 numbers, which is too many"),
        ([1, 2, 4], "not right at position 2"),
    ],
)
def test_an_answer_that_cannot_be_right_is_described_in_a_sentence(answer, words):
    verdict = prediction([1, 2, 3]).check(answer)
    assert verdict.status == "wrong" and words in verdict.message and len(verdict.message) < 200


def drawn(html):
    """The first picture of an output."""
    return unquote(re.search(r"image/svg\+xml,([^\"]+)", html)[1])


def test_the_first_wrong_cell_is_in_brackets_and_lit_in_the_picture():
    verdict = prediction([1, 2, 3]).check([1, 5, 3])
    assert repr(verdict).endswith("Your answer: 1 [5] 3") and verdict.lit == (1,)
    html = verdict._repr_mimebundle_()["text/html"]
    assert html.count("<img") == 1 and "your answer, with one cell marked: 1 [5] 3" in html


@pytest.mark.parametrize("truth, answer, corner", [([1, 2, 3], [1, 5, 3], (1, 0)), ([[1, 2], [3, 4]], [[1, 2], [3, 9]], (1, 1))])
def test_the_lit_cell_of_the_picture_is_the_first_wrong_one(truth, answer, corner):
    html = prediction(truth).check(answer)._repr_mimebundle_()["text/html"]
    svg = drawn(html)
    left, top = map(int, re.search(r"class='output' transform='translate\((\d+) (\d+)\)'", svg).groups())
    (lit,) = re.findall(r"class='wrong' x='(\d+)' y='(\d+)'", svg)
    assert tuple(map(int, lit)) == (left + 40 * corner[0], top + 40 * corner[1])


def test_answers_are_compared_and_shown_with_enough_digits():
    assert prediction([1]).check([1.0001]).status == "wrong"
    assert "1 12 [1000.4]" in repr(prediction([1, 12, 1000]).check([1, 12, 1000.4]))
    assert "[12.0004]" in repr(prediction([1, 12]).check([1, 12.0004]))


def test_what_went_wrong_first_is_told_first():
    late = checked(stamp_cell("return 1 / 0 if len(x) == 4 else x"))
    assert late.status == "wrong" and "too few" in late.message and "ZeroDivision" not in late.message


def test_a_case_with_three_axes_is_told_block_by_block():
    truth, blocks = (lambda x: x.sum()), np.arange(8).reshape(2, 2, 2)
    verdict = make(truth=truth, misconceptions=(), cases=((blocks,),)).check(lambda x: 0)
    assert "For x[0] = 0 1 / 2 3; x[1] = 4 5 / 6 7: " in verdict.message


def test_without_posix_timers_a_thread_ends_what_runs_too_long(monkeypatch):
    monkeypatch.delattr(signal, "setitimer")
    assert "ran too long" in call(stamp_cell("while True: pass"), ROWS[0], 0.2).problem
    assert call(stamp_cell("raise KeyboardInterrupt"), ROWS[0], 0.2).problem == "Your code was interrupted."
    assert call(stamp_cell("return 7"), ROWS[0], 0.2).value == 7


def test_what_a_learner_wrote_is_escaped():
    html = prediction([1]).check("<script>alert(1)</script>")._repr_mimebundle_()["text/html"]
    assert "<script" not in html
    html = checked(stamp_cell("raise ValueError('<b>`a`</b>')"))._repr_mimebundle_()["text/html"]
    assert "<b>`a`" not in html and "&lt;b&gt;" in html


@pytest.mark.parametrize(
    "body", ["...", "pass", '"""Only a docstring."""', '"""A docstring."""\n    ...', "return None", "return ..."]
)
def test_a_stub_is_not_attempted(body):
    verdict = checked(stamp_cell(body))
    assert verdict.status == "not attempted" and "Stamp: replace the `...`" in verdict.message


def test_code_that_does_something_is_no_stub():
    assert not is_stub(answer_of(make(), "def stamp(x, kernel):\n    x + kernel"))
    assert not is_stub(answer_of(make(), "def stamp(x, kernel):\n    return 0"))
    assert not is_stub(len) and not is_stub(3)


def test_code_to_repair_is_not_attempted_until_its_first_line_is_deleted():
    assert "NotImplementedError" in checked(stamp_cell("raise NotImplementedError('x')")).message


def test_a_library_that_has_not_implemented_something_is_no_stub():
    def use_library(x, kernel):
        return torch.nn.functional.interpolate(torch.tensor(x)[None, None], scale_factor=2)

    verdict = checked(use_library)
    assert verdict.status == "error" and "stopped with NotImplementedError" in verdict.message


def test_a_value_where_a_function_is_needed():
    assert checked([1, 2]) == Verdict("error", "A function is needed here, but this is of type list.")


@pytest.mark.parametrize(
    "body, words",
    [
        ("return x[99]", "Your code stopped with IndexError in the line `return x[99]`: index 99 is out of bounds"),
        ("return nothing", "NameError in the line `return nothing`: name 'nothing' is not defined"),
        ("return stamp(x, kernel)", "calls itself without end"),
        ("import sys; sys.exit(3)", "`sys.exit`"),
        ("raise SystemExit", "`sys.exit`"),
        ("raise KeyboardInterrupt", "interrupted"),
        ("raise MemoryError", "more memory than there is"),
        ("raise type('Odd', (BaseException,), {'__str__': lambda self: 1 / 0})", "stopped with Odd"),
        ("return np.zeros((10**7, 10**7))", "MemoryError in the line `return np.zeros((10**7, 10**7))`: Unable to allocate"),
        ("return (lambda: (yield))()", "of type generator"),
    ],
)
def test_code_that_stops_gets_one_clear_sentence(body, words):
    verdict = checked(stamp_cell(body))
    assert verdict.status in ("error", "wrong") and words in verdict.message and "\n" not in verdict.message


def test_a_function_with_other_arguments():
    verdict = checked(lambda x: x)
    assert verdict.status == "error" and "takes 1 positional argument but 2 were given" in verdict.message


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass",
        "while True:\n        try: 1 / 0\n        except Exception: pass",
        "import itertools\n    for _ in itertools.count(): print('x' * 1000)",
        "rows = []\n    while True: rows.append(len(rows))",
    ],
)
def test_code_without_end_is_stopped_at_the_first_case(body, monkeypatch):
    monkeypatch.setattr(calls, "TIME_LIMIT", 0.3)
    begin = time.monotonic()
    verdict = checked(stamp_cell(body))
    assert verdict.status == "error" and "ran too long" in verdict.message
    assert time.monotonic() - begin < 3


def test_the_limit_holds_for_all_cases_together(monkeypatch):
    monkeypatch.setattr(calls, "TIME_LIMIT", 0.3)
    made = []

    def slow(x, kernel):
        made.append(1)
        time.sleep(0.2)
        return np.convolve(x, kernel)

    assert "ran too long" in checked(slow, cases=ROWS * 4).message and len(made) == 2
    assert checked(slow, cases=ROWS[:1]).status == "correct", "there was no time left for asking the first case again"


def test_timers_and_handlers_are_restored():
    handler = signal.getsignal(signal.SIGALRM)
    for body in ("while True: pass", "return 1", "raise ValueError"):
        call(stamp_cell(body), ROWS[0], 0.1)
        assert signal.getsignal(signal.SIGALRM) is handler
        assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_printing_is_kept_out_of_the_notebook(capsys):
    body = "print('x' * 10**6); import sys; sys.stderr.write('y'); return np.convolve(x, kernel)"
    assert checked(stamp_cell(body)).status == "correct"
    assert capsys.readouterr() == ("", "")


def test_what_a_wrong_function_printed_in_the_first_case_is_shown_and_bounded():
    verdict = checked(stamp_cell("print('<x> is', x); return 7"))
    assert "\nYour code printed, in the first case:\n<x> is [1 2 3]" in repr(verdict)
    assert "<pre>&lt;x&gt; is [1 2 3]</pre>" in verdict._repr_mimebundle_()["text/html"]
    assert verdict.printed.count("<x>") == 1
    for body in ("print('z' * 10**6); return 7", "while True: print('z' * 999)"):
        assert KEPT_OUTPUT - 2 < len(checked(stamp_cell(body)).printed) <= KEPT_OUTPUT
    assert checked(stamp_cell("print(x); return np.convolve(x, kernel)")).printed == ""


def test_changing_the_input_in_place_is_told_and_the_values_are_judged():
    right = checked(stamp_cell("y = np.convolve(x, kernel); x[:] = 0; return y"))
    assert right.status == "correct" and "changes its arguments in place" in right.message
    wrong = checked(stamp_cell("x[:] = 0; return np.convolve(x, kernel)"))
    assert wrong.status == "wrong" and "changes its arguments in place" in wrong.message
    assert np.array_equal(ROWS[0][0], [1, 2, 3])


def test_another_meaning_of_np_is_told():
    function = answer_of(make(), "np = 3\ndef stamp(x, kernel):\n    return np.convolve(x, kernel)")
    assert "The name `np` is no longer NumPy here" in checked(function).message


def test_check_raises_only_where_nbgrader_runs_it(monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert checked(np.convolve).status == "correct"
    for body, words in (("...", "Not attempted"), ("return x", "Not yet"), ("1 / 0", "ZeroDivision")):
        with pytest.raises(AssertionError, match=words):
            checked(stamp_cell(body))


def test_a_graders_feedback_shows_the_verdict_and_no_frame_of_the_engine(monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    source = "from lecture_helpers.exercises import convolution_sum as exercises\nexercises.slide.check(lambda x, kernel: x)"
    notebook = new_notebook(cells=[new_code_cell(source)])
    NotebookClient(notebook, allow_errors=True).execute()
    (output,) = notebook.cells[0].outputs
    assert output.ename == "NotCorrect" and output.traceback == [output.evalue]
    assert output.evalue.startswith("✗ Not yet. For x = 1 2 3")


def test_hints_grow_stronger_and_stay_at_the_last():
    exercise = make()
    last = "Hint 2 of 2: a strong one\nThat was the last hint."
    assert [repr(exercise.hint()) for _ in range(3)] == ["Hint 1 of 2: a gentle one", last, last]


def test_the_last_hint_and_the_verdicts_after_it_name_the_solution_where_it_is_there(monkeypatch):
    for known, words in (({"99_stamp": "..."}, " `exercises.stamp.solution()` shows one way."), ({}, "")):
        monkeypatch.setattr(session, "solutions", lambda known=known: known)
        exercise = make()
        assert repr([exercise.hint() for _ in range(2)][1]).endswith(f"That was the last hint.{words}")
        assert [exercise.check(lambda x, kernel: x).way_on for _ in range(2)] == ["", f"There are no more hints.{words}"]


def test_from_the_second_failure_on_a_verdict_names_the_call_of_the_next_hint():
    exercise = make()
    assert exercise.check(...).way_on == exercise.check(lambda x, kernel: x).way_on == ""
    second = exercise.check(lambda x, kernel: 1 / 0)
    assert repr(second).endswith("A hint: `exercises.stamp.hint()`")
    assert "<p>A hint: <code>exercises.stamp.hint()</code></p>" in second._repr_mimebundle_()["text/html"]
    exercise.hint()
    assert exercise.check(lambda x, kernel: x).way_on == "The next hint: `exercises.stamp.hint()`"
    assert exercise.check(np.convolve).way_on == ""


def test_a_release_without_the_solutions_says_so(tmp_path, monkeypatch):
    from lecture_helpers.exercises import transposed_matrix

    assert "y[i : i + len(kernel)] += x[i] * kernel" in repr(transposed_matrix.stamp.solution())
    monkeypatch.setattr(session, "files", lambda package: tmp_path)
    assert repr(transposed_matrix.stamp.solution()) == "The solutions are withheld in this copy of the course."


def test_the_summary_shows_every_exercise_of_a_notebook():
    one, other = make(title="One"), make(title="Other")
    one.check(np.convolve)
    summary = summarise({"one": one, "np": np, "other": other})
    assert repr(summary) == "✓ Correct. One\n○ Not attempted yet. Other\n1 of 2 correct"


def test_the_summary_remembers_what_was_correct_once():
    one, other = make(title="One"), make(title="Other")
    for answer in (np.convolve, lambda x, kernel: x):
        one.check(answer)
    other.check(lambda x, kernel: x)
    text = repr(summarise({"one": one, "other": other}))
    assert text == "✓ Correct. One (your newest version is not)\n✗ Not yet. Other\n1 of 2 correct"


def test_no_verdict_is_read_as_a_number_by_nbgrader():
    for verdict in (prediction([1]).check([1]), prediction([1]).check([2]), prediction([1]).check(...)):
        with pytest.raises(ValueError):
            float(repr(verdict))


def test_plain_refuses_what_is_no_number():
    assert plain((1, [np.float64(2.5), None, "a"])) == [1, [2.5, None, "a"]]
    with pytest.raises(Unreadable):
        plain([object()])


@pytest.mark.parametrize(
    "truth", [np.convolve, functools.partial(np.convolve, mode="full"), np.add], ids=["function", "partial", "ufunc"]
)
def test_any_callable_is_a_truth(truth):
    verdict = make(truth=truth, misconceptions=(), cases=((np.array([1, 2]), np.array([3, 4])),)).check(lambda *both: 7)
    assert verdict.status == "wrong" and re.match(r"For \S.* = 1 2, \S.* = 3 4: Your answer is a single value", verdict.message)


def test_a_table_needs_cases_or_a_prediction():
    for changes in (dict(cases=()), dict(predict=())):
        with pytest.raises(ValueError, match="99_stamp needs either cases or predict"):
            make(**changes)


def test_a_misconception_without_a_model_must_be_a_familys():
    with pytest.raises(ValueError, match="99_stamp names 'backwrds', but no family has a member of that name."):
        make(misconceptions=(("backwrds", "In which order?"),)).own  # noqa: B018


def test_a_table_is_frozen_and_a_copy_of_it_has_no_progress():
    exercise = make()
    exercise.check(np.convolve)
    with pytest.raises(AttributeError):
        exercise.title = "Other"
    assert exercise.progress.was_correct and not dataclasses.replace(exercise).progress.was_correct


def test_what_is_kept_between_calls_is_found_by_the_first_case_asked_again():
    body = "kept.extend(np.convolve(x, kernel)); return kept[-len(x) - len(kernel) + 1:] if len(kept) < 12 else kept"
    verdict = checked(answer_of(make(), f"kept = []\ndef stamp(x, kernel):\n    {body}"))
    assert (verdict.status, verdict.misconception) == ("diagnosed", "state between calls")
    assert "Called twice with the same numbers, your function gives two answers" in verdict.message
    used_up = "left = [0, 1]\ndef stamp(x, kernel):\n    left.pop(); return np.convolve(x, kernel)"
    verdict = checked(answer_of(make(), used_up))
    assert verdict.misconception == "state between calls"
    assert "Called a second time with the same numbers: Your code stopped with IndexError" in verdict.message


def test_the_same_answer_to_every_case_is_named_unless_every_case_has_the_same_right_answer():
    verdict = checked(lambda x, kernel: [10, 21, 32, 3])
    assert (
        verdict.misconception == "the same answer to every case" and "Where does your code use its arguments?" in verdict.message
    )
    alike = make(truth=lambda x: 5, misconceptions=(), cases=((1,), (2,))).check(lambda x: 7)
    assert alike.status == "wrong"


def test_a_new_row_is_a_new_row():
    body = "x[: len(kernel)] += kernel; return x"
    changes = dict(truth=lambda x, kernel: x + np.pad(kernel, (0, len(x) - len(kernel))), misconceptions=())
    assert checked(stamp_cell(body), **changes).status == "correct"
    verdict = checked(stamp_cell(body), new=True, **changes)
    assert verdict.status == "diagnosed" and "You have written into the row that was given" in verdict.message
    assert "changes its arguments" not in verdict.message
    assert checked(stamp_cell("y = x.copy(); y[: len(kernel)] += kernel; return y"), new=True, **changes) == Verdict(
        "correct", ""
    )


def test_sizes_are_whole_numbers():
    changes = dict(truth=lambda n: [n, n // 2], misconceptions=(), cases=((6,), (8,)))
    assert checked(lambda n: [n, n / 2], **changes).status == "correct"
    verdict = checked(lambda n: [n, n / 2], whole=True, **changes)
    assert verdict.status == "diagnosed" and "PyTorch refuses 3.0 as a size" in verdict.message
    assert checked(lambda n: torch.zeros(n, n // 2).shape, whole=True, **changes).status == "correct"


@pytest.mark.parametrize(
    "source, names",
    [
        ("return np.convolve(x, kernel)", "`convolve`"),
        ("return (lambda: [np.convolve(x, kernel) for _ in range(1)][0])()", "`convolve`"),
        ("return helper(x, kernel)", "`convolve`"),
        ("return alias(x, kernel)", "`convolve`"),
        ("convolve = 3; return np.polymul(x, kernel)", "`polymul`"),
        ("return np.polymul(x, np.convolve(kernel, [1]))", "`convolve` and `polymul`"),
    ],
)
def test_a_right_answer_says_which_call_the_task_rules_out(source, names):
    helpers = "from numpy import convolve as alias\ndef helper(x, kernel):\n    return np.convolve(x, kernel)\n"
    function = answer_of(make(), f"{helpers}def stamp(x, kernel):\n    {source}")
    verdict = checked(function, without=("convolve", "polymul"))
    assert verdict.message == f"It calls {names}, though, which the task rules out. Can you write it without?"
    assert checked(function).message == ""


def test_a_library_function_itself_is_ruled_out_and_an_own_loop_is_not():
    for function in (np.convolve, functools.partial(np.convolve, mode="full")):
        assert "It calls `convolve`" in checked(function, without=("convolve",)).message
    loop = "y = np.zeros(len(x) + len(kernel) - 1)\n    for i, v in enumerate(x): y[i : i + len(kernel)] += v * kernel"
    loop += "\n    return y"
    assert checked(stamp_cell(loop), without=("convolve",)) == Verdict("correct", "")
    own = answer_of(make(), f"def convolve(x, kernel):\n    {loop}\ndef stamp(x, kernel):\n    return convolve(x, kernel)")
    assert checked(own, without=("convolve",)) == Verdict("correct", "")


ROWS_AND_CELLS = [[1, 2, 3], [4, 5, 6]]


@pytest.mark.parametrize(
    "truth, answer, words, shown",
    [
        (ROWS_AND_CELLS, [ROWS_AND_CELLS], "in other brackets (yours lie in 3 pairs of brackets)", "[[[1 2 3] [4 5 6]]]"),
        ([1, 2], [[1, 2]], "in other brackets (yours lie in 2 pairs of brackets)", "[[1 2]]"),
        (ROWS_AND_CELLS, [1, 2, 3], "a single row of 3 cells, but rows within a list are needed. How many?", "1 2 3"),
        (ROWS_AND_CELLS, [1], "a single row of 1 cell, but", "1"),
        (ROWS_AND_CELLS, [[1, 2, 3]], "Your answer has 1 row, which is too few", "[[1 2 3]]"),
        (ROWS_AND_CELLS, [[1, 2], [4, 5, 6]], "Row 0 of your answer (counted from 0) has too few numbers", "1 2 / 4 5 6"),
        ([["a", "b"], ["b", "a"]], ["a", "b", "b", "a"], "as are needed, but in other brackets", "a b b a"),
        ([1, 2], [], "0 numbers, which is too few", "[]"),
        (True, 3, "The task asks for True or False", "3"),
        (3, True, "The task asks for a number", "True"),
    ],
)  # fmt: skip
def test_a_wrong_shape_is_told_by_its_cells_first_then_its_rows(truth, answer, words, shown):
    verdict = make(truth=lambda: truth, misconceptions=(), cases=(), predict=()).check(answer)
    assert words in verdict.message and verdict.message.count("?") == 1
    assert f"Your answer: {shown}" in repr(verdict)


@pytest.mark.parametrize("answer, shown", [(7, "7"), ("text", "text"), ([[[1, 2]], [[3, 4]]], "1 2; 3 4"), (None, "None")])
def test_the_own_answer_is_shown_in_html_too(answer, shown):
    html = prediction([1, 2, 3]).check(answer)._repr_mimebundle_()["text/html"]
    assert f"Your answer: <code>{shown}</code>" in html or f'alt="your answer: {shown}"' in html


def test_right_and_wrong_have_a_colour_and_words_and_a_wrong_cell_is_not_in_the_colour_of_finished():
    right, wrong = (prediction([1, 2]).check(answer)._repr_mimebundle_()["text/html"] for answer in ([1, 2], [1, 3]))
    assert palette.HUES["output"] in right and "✓ Correct." in right
    edge = palette.BOXES["wrong"].edge
    assert edge in wrong and "✗ Not yet." in wrong and palette.HUES["output"] not in wrong
    svg = drawn(wrong)
    assert f".wrong{{stroke:{edge}}}" in svg and "output-lit" not in svg and "output-done" not in svg


@pytest.mark.parametrize(
    "error, words",
    [
        ("torch.nn.functional.conv_transpose1d(x, kernel)", "must be Tensor"),
        ("torch.nn.functional.conv1d(torch.ones(3), torch.ones(1, 1, 2))", "Which axes does that function want"),
        ("np.ones((2, 3)) @ np.ones((2, 3))", "Arrays met there whose shapes do not fit"),
        ("np.ones(3) + np.ones(4)", "Arrays met there whose shapes do not fit"),
        ("x[99]", "Which is the last index that there is"),
        ("[1][5]", "Which is the last index that there is"),
    ],
)
def test_an_error_is_told_whole_and_with_a_question(error, words):
    message = checked(stamp_cell(f"import torch; return {error}")).message
    assert words in message and message.endswith("?") and "expected one of." not in message


def test_an_integer_row_that_refuses_fractions_asks_for_its_dtype():
    halves = ((np.array([0.5, 1]), np.array([1, 2])), *ROWS)
    verdict = checked(stamp_cell("y = np.zeros(3, int); y[:2] += x[0] * kernel; return y"), cases=halves)
    assert verdict.status == "error" and "Which `dtype` does it need for fractions?" in verdict.message


def test_the_question_to_shapes_that_do_not_fit_can_be_the_exercises_own():
    message = checked(stamp_cell("return np.ones(3) + np.ones(4)"), misfit="Which row is longer?").message
    assert message.endswith("Which row is longer?") and "slice end" not in message


def test_without_a_diagnosis_the_situation_of_the_first_wrong_cell_is_told_without_its_number():
    def layer(x, kernel):
        return x, kernel, True, {}

    def off(x, kernel):
        return np.convolve(x, kernel) + (np.arange(len(x) + len(kernel) - 1) == 1)

    words = "y[1] gets x[0] through κ[1], x[1] through κ[0]."
    verdict = checked(off, layer=layer)
    assert verdict.lit == (1,) and words in repr(verdict) and words in verdict._repr_mimebundle_()["text/html"]
    assert words not in repr(checked(off)) and words not in repr(checked(off, layer=layer, drawn=False))
    assert words not in repr(checked(lambda x, kernel: np.convolve(x, kernel[::-1]), layer=layer))


@pytest.mark.parametrize("transposed", [False, True])
def test_the_situation_is_drawn_as_a_question_at_the_first_wrong_cell(transposed):
    truth = conv_transpose if transposed else cross_correlate

    def off(x, kernel):
        return truth(x, kernel) + 77 * (np.arange(truth(x, kernel).size) == 1)

    verdict = checked(off, layer=lambda x, kernel: (x, kernel, transposed, {}), truth=truth)
    html = verdict._repr_mimebundle_()["text/html"]
    picture = unquote(html.split("image/svg+xml,")[2])
    right = truth(*verdict.layer[:2])[1]
    assert picture.count(">?<") >= 1 and f">{right}<" not in picture and ">κ0<" in picture


def test_a_family_stands_behind_the_own_misconceptions_and_the_constant():
    def family(table):
        yield "reversed", lambda x, kernel: np.convolve(x, kernel[::-1]), "Family?"
        yield "doubled", lambda x, kernel: 2 * np.convolve(x, kernel), "Twice?"
        yield "doubled again", lambda x, kernel: np.convolve(2 * x, kernel), "Again?"
        yield "the truth", np.convolve, "Right?"
        yield "as wide as x", lambda x, kernel: np.zeros(len(x)), "How wide?", True

    exercise = make(families=family)
    assert [each.name for each in exercise.offered] == ["doubled", "as wide as x"]
    named = [exercise.check(answer).misconception for answer in (
        lambda x, kernel: np.convolve(x, kernel[::-1]), lambda x, kernel: 2 * np.convolve(x, kernel), lambda x, kernel: x,
        lambda x, kernel: [1], lambda x, kernel: np.convolve(x, kernel) + len(x),
    )]  # fmt: skip
    assert named == ["reversed", "doubled", "as wide as x", "the same answer to every case", ""]
    assert make(families=family, misconceptions=(("doubled", "Own words?"),)).own[0].model(*ROWS[0]).tolist() == [20, 42, 64, 6]


def test_a_width_is_named_only_where_it_is_wrong_in_the_case_that_is_shown():
    def family(table):
        yield "four", lambda x, kernel: np.zeros(4), "Why four?", True

    verdict = make(families=family).check(lambda x, kernel: np.arange(4) * len(x))
    assert verdict.misconception == "four" and verdict.message.startswith("For x = 4 0 5 7") and verdict.answer == [0, 4, 8, 12]


IMPORT = "import numpy as np\nfrom lecture_helpers.exercises import transposed_matrix as exercises"
HAZARDS = [
    "import sys; sys.exit()",
    "while True: print('x' * 1000)",
    "return stamp(x, kernel)",
    "raise KeyboardInterrupt",
    "rows = [1]\n    while True: rows = rows + rows[:1000]",
]


def run(*sources):
    """The text of the last cell's output, for cells run one after the other in a real kernel."""
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    NotebookClient(notebook, timeout=60, allow_errors=True).execute()
    last = notebook.cells[-1].outputs
    return "".join(output.get("text", "") or output.get("data", {}).get("text/plain", "") for output in last)


def test_an_older_function_is_recognised_when_the_newest_cell_failed():
    text = run(
        IMPORT,
        "def stamp(x, kernel):\n    return np.convolve(x, kernel[::-1])",
        "def stamp(x, kernel):\n    return np.convolve(x, kernel)\nundefined_name",
        "def stamp(x, kernel):\n    return np.convolve(x, kernel",
        "exercises.stamp.check(stamp)",
    )
    assert "the cell with your newest version stopped with an error" in text


def test_the_newest_function_is_not_called_old():
    text = run(
        IMPORT,
        "def stamp(x, kernel):\n    return np.convolve(x, kernel[::-1])",
        "def stamp(x, kernel):\n    return np.convolve(x, kernel)",
        "exercises.stamp.check(stamp)",
    )
    assert text == "✓ Correct. It calls `convolve`, though, which the task rules out. Can you write it without?"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the kernel's memory from /proc")
def test_the_kernel_survives_every_hazard_in_little_memory():
    judged = "verdict = exercises.stamp.check(stamp)\nassert verdict.status == 'error', verdict"
    cells = [f"def stamp(x, kernel):\n    {body}\n{judged}" for body in HAZARDS]
    memory = "import re; int(re.search(r'VmHWM:\\s+(\\d+) kB', open('/proc/self/status').read())[1]) < 600_000"
    assert run("from lecture_helpers.checks import calls\ncalls.TIME_LIMIT = 0.3", IMPORT, *cells, memory) == "True"


def test_the_engine_needs_neither_torch_nor_matplotlib():
    code = "import sys, lecture_helpers.exercises.pytorch as e; print(e.shapes.check(...).status, {%s} & {*sys.modules})"
    assert output_of(code % "'torch', 'matplotlib.pyplot'").strip() == "not attempted set()"
