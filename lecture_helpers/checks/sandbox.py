"""Run a learner's function so that nothing it does can hurt the notebook: a time limit, bounded output, every exception.

What cannot be stopped: one long call into C code (it is told afterwards), a loop whose bare `except:` catches everything,
and a loop in the exercise cell itself, which runs before any check. For these there is *Kernel → Interrupt Kernel*, and in
a browser, whose Python cannot be interrupted, *Kernel → Restart Kernel*.
"""

import contextlib
import io
import os
import sys
import traceback
from typing import Any, NamedTuple

from .clock import Clock, TimeUp

KEPT_OUTPUT = 2000  # characters of what learner code prints; the rest is dropped
KEPT_ERROR = 600  # characters of what an exception says
IN_BROWSER = sys.platform == "emscripten"
DEEPEST = 200  # frames of learner code in a browser; an import of SciPy takes 150


class Outcome(NamedTuple):
    """What a call gave: a value, or a problem described in words and its exception; what it printed, how long it took."""

    value: Any = None
    problem: str = ""
    error: BaseException | None = None
    printed: str = ""
    seconds: float = 0.0

    @property
    def out_of_time(self):
        """Whether the time was over, or the learner interrupted."""
        return isinstance(self.error, (TimeUp, KeyboardInterrupt))


def call(function, arguments, seconds):
    """Call `function(*arguments)` for at most `seconds` seconds and return an `Outcome`; never raises."""
    heard, clock = _BoundedText(), Clock(seconds)
    try:
        with contextlib.redirect_stdout(heard), contextlib.redirect_stderr(heard), _shallow(), clock.running():
            value = function(*arguments)
    except BaseException as error:
        return Outcome(problem=_in_words(error), error=error, printed=heard.kept, seconds=clock.used)
    return Outcome(value, printed=heard.kept, seconds=clock.used)


@contextlib.contextmanager
def _shallow():
    """A browser's small stack: calls that nest through C (`sum`, `map`) fill it, and end the kernel, below Python's own limit."""
    limit = sys.getrecursionlimit()
    if IN_BROWSER:
        sys.setrecursionlimit(min(limit, sum(1 for _ in traceback.walk_stack(None)) + DEEPEST))
    try:
        yield
    finally:
        sys.setrecursionlimit(limit)


PROBLEMS = {
    KeyboardInterrupt: "Your code was interrupted.",
    SystemExit: "Your code called `sys.exit`, which would end the notebook's kernel: use `return` instead.",
    RecursionError: "Your function calls itself without end: what makes it stop?",
    MemoryError: "Your code asked for more memory than there is.",
}
LACKING = (
    "A browser's Python has no PyTorch, no threads and no processes. If your code is meant to use them, nothing is wrong with it:"
    " run this exercise on your own machine."
)
MISFIT = "Arrays met there whose shapes do not fit: is one of them too small, or does a slice end at the wrong place?"
QUESTIONS = {  # for an error whose type or text contains one of the words
    ("broadcast", "not aligned", "matmul", "mat1 and mat2", "size of tensor", "homogeneous", "not match"): MISFIT,
    ("IndexError",): "Which is the last index that there is, and how far does your code go?",
    ("Cannot cast",): "That row holds whole numbers only. Which `dtype` does it need for fractions?",
    ("channels", "batched", "dimension"): "Which axes does that function want, and which ones has your array?",
    ("must be Tensor", "invalid combination"): "Does that function want a tensor, or a NumPy array?",
    ("scalar type", "should be the same", "same dtype"): "Do both tensors hold the same kind of numbers (`dtype`)?",
}
if IN_BROWSER:
    QUESTIONS["ModuleNotFoundError", "'torch'", "new thread", "emscripten"] = LACKING


def _in_words(error):
    """An exception in words, with the line of learner code that raised it, and a question if one fits."""
    line = _line(error)
    if isinstance(error, TimeUp):
        return _too_long(error.blocked, line)
    if type(error) in PROBLEMS:
        return PROBLEMS[type(error)]
    try:
        words = " ".join(str(error).split()).rstrip(" .:")
    except Exception:  # an exception whose own text fails
        words = ""
    name = type(error).__name__
    questions = (text for signs, text in QUESTIONS.items() if any(sign in f"{name} {words}" for sign in signs))
    words = words if len(words) <= KEPT_ERROR else f"{words[:KEPT_ERROR]} …"
    return f"Your code stopped with {name}{line}{': ' + words if words else ''}. {next(questions, '')}".rstrip()


def _line(error):
    """The line of learner code at which an exception came out, as words; empty if its text is not known."""
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.startswith(os.path.dirname(__file__))
    ]
    return f" in the line `{frames[0].line}`" if frames and frames[0].line else ""


def _too_long(blocked, line):
    if not blocked:
        return "Your code was stopped because it ran too long: is there a loop that never ends?"
    return f"Your code ran too long: one call{line} took {blocked:.1f} seconds. Does it get more numbers than it needs?"


class _BoundedText(io.TextIOBase):
    """A stream that takes everything and keeps only the beginning."""

    def __init__(self):
        self.kept = ""

    def writable(self):
        return True

    def write(self, text):
        self.kept += text[: KEPT_OUTPUT - len(self.kept)]
        return len(text)
