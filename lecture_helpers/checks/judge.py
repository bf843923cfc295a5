"""Judge an answer: right, a known misconception, or what is wrong with it first. No verdict shows the right answer."""

import copy
from dataclasses import replace
from typing import Any, NamedTuple

from .answers import first_difference, plain, same
from .calls import read, run_of
from .notebook import is_stub, names_not_implemented, notes_on, ruled_out
from .sandbox import MISFIT, Outcome
from .table import Misconception
from .verdict import NO_ANSWER, Verdict
from .wording import fraction_among_sizes, given_in_words, unfit, what_is_wrong

CHANGED = " It also changes its arguments in place: work on a copy."
IN_THE_OLD_ROW = "You have written into the row that was given. The task asks for a new one: what does `.copy()` give you?"
TWO_ANSWERS = (
    "Called twice with the same numbers, your function gives two answers. What is kept from one call to the next: "
    "a row made outside the function, or a default like `y=[]`?"
)
CONSTANT = "Your function gives the same answer to every case. Where does your code use its arguments?"


class Answered(NamedTuple):
    """A case with the learner's readable answer and the right one."""

    case: tuple
    answer: Any
    truth: Any

    @property
    def is_right(self):
        """Whether the two agree."""
        return same(self.answer, self.truth)


def judge(table, answer):
    """Return the `Verdict` on an answer to the exercise of a table; never raises."""
    if answer is ... or is_stub(answer):
        return Verdict("not attempted", f"{table.title}: replace the `...` in the cell above and run both cells.")
    if table.is_prediction:
        return _compare(table, [read(Outcome(answer), table.numbers_of)])
    if not callable(answer):
        return Verdict("error", f"A function is needed here, but this is of type {type(answer).__name__}.")
    run = run_of(table, answer)
    first = run.outcomes[0]
    if isinstance(first.error, NotImplementedError) and names_not_implemented(answer):
        return Verdict("not attempted", f"{table.title}: delete the line with `NotImplementedError`, then go on.")
    verdict = _of_the_calls(table, run) or _compare(table, run.outcomes)
    if verdict.status == "correct":
        notes = _ruled_out(table, answer) + (CHANGED if run.changed else "") + notes_on(answer)
        return replace(verdict, message=notes.strip())
    changed = CHANGED if run.changed and verdict.misconception != "written into the given row" else ""
    return replace(verdict, message=verdict.message + changed + notes_on(answer), printed=first.printed.rstrip())


def _of_the_calls(table, run):
    """The verdict on a function that keeps something between calls, or writes where it should not; None otherwise."""
    first, again = run.outcomes[0], run.again
    if again and not first.problem and not again.out_of_time and (again.problem or not same(again.value, first.value)):
        words = f"Called a second time with the same numbers: {again.problem}" if again.problem else TWO_ANSWERS
        shown = NO_ANSWER if again.problem else again.value
        return Verdict("diagnosed", _about(table, table.cases[0], words), "state between calls", shown)
    if table.new and run.changed:
        return Verdict("diagnosed", _about(table, table.cases[0], IN_THE_OLD_ROW), "written into the given row")
    return None


def _compare(table, outcomes):
    """Judge the outcomes: right everywhere, or a known misconception, or what is wrong first."""
    answered, trouble = [], None
    for case, outcome, truth in zip(table.asked, outcomes, table.truths):
        reason = outcome.problem or unfit(outcome.value, truth, None in table.truths, table.is_prediction)
        if not reason:
            answered.append(Answered(case, outcome.value, truth))
        elif not trouble:
            status = "wrong" if outcome.error is None else "error"
            shown = NO_ANSWER if outcome.problem else outcome.value
            reason = reason.replace(MISFIT, table.misfit or MISFIT)
            trouble = (len(answered), Verdict(status, _about(table, case, reason), answer=shown))
    wrong = next((k for k, each in enumerate(answered) if not each.is_right), None)
    if wrong is None:
        return trouble[1] if trouble else _correct(table, answered)
    known = _diagnosis(table, answered)
    if known:
        return _diagnosed(table, answered, known)
    if trouble and trouble[0] <= wrong:
        return trouble[1]
    return _unexplained(table, answered[wrong])


def _correct(table, answered):
    """The verdict on right values: correct, unless PyTorch would refuse their kind."""
    for case, answer, _ in answered if table.whole else ():
        refused = fraction_among_sizes(answer)
        if refused:
            return Verdict("diagnosed", _about(table, case, refused), "a fraction for a size", answer)
    return Verdict("correct", "")


def _diagnosis(table, answered):
    """The first misconception that agrees with every answer: one of the exercise's own, or a constant, or of a family."""
    constant = Misconception("the same answer to every case", lambda *case: answered[0].answer, CONSTANT)
    candidates = [*table.own, *([constant] if _could_vary(answered) else []), *table.offered]
    return next((each for each in candidates if _explains(each, answered)), None)


def _could_vary(answered):
    """Whether the right answers to these cases differ."""
    return any(not same(each.truth, answered[0].truth) for each in answered)


def _explains(misconception, answered):
    """Whether a model gives all these answers; one that refuses a case explains no answer to it."""
    if all(misconception.agrees(each.answer, each.truth) for each in answered):
        return False
    try:
        return all(misconception.agrees(plain(misconception.model(*copy.deepcopy(each.case))), each.answer) for each in answered)
    except Exception:
        return False


def _diagnosed(table, answered, known):
    """The verdict that names a misconception, with the first answer in which it shows."""
    shows = [each for each in answered if not known.agrees(each.answer, each.truth)]
    case, answer, truth = shows[0]
    return Verdict("diagnosed", _about(table, case, known.advice), known.name, answer, first_difference(answer, truth))


def _unexplained(table, wrong):
    """The verdict on a wrong answer that nothing known explains: what is wrong first, and where that number comes from."""
    lit = first_difference(wrong.answer, wrong.truth)
    words = what_is_wrong(wrong.answer, wrong.truth, lit, table.is_prediction)
    layer = table.layer(*copy.deepcopy(wrong.case)) if table.layer and table.drawn and lit else None
    return Verdict("wrong", _about(table, wrong.case, words), "", wrong.answer, lit, layer=layer)


def _about(table, case, message):
    """The message, with the arguments of the case to which it applies."""
    if table.is_prediction or not case:
        return message
    given = ", ".join(given_in_words(name, plain(value)) for name, value in zip(table.argument_names(), case))
    return f"For {given}: {message}"


def _ruled_out(table, function):
    """What to say of a right function that calls what the task rules out."""
    names = " and ".join(f"`{name}`" for name in ruled_out(function, table.without)[:2])
    return f" It calls {names}, though, which the task rules out. Can you write it without?" if names else ""
