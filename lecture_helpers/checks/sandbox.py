"""Run a learner's function so that nothing it does can hurt the notebook: a time limit, bounded output, every exception.

What cannot be stopped: one long call into C code, a loop whose bare `except:` catches everything, and a loop in the exercise
cell itself, which runs before any check. For these there is *Kernel → Interrupt Kernel*.
"""

import contextlib
import io
import signal
import threading
import traceback
from typing import Any, NamedTuple

KEPT_OUTPUT = 2000  # characters of what learner code prints; the rest is dropped


class TimeUp(BaseException):
    """Raised in learner code when its time is over; not an Exception, so that `except Exception` does not catch it."""


class Outcome(NamedTuple):
    """What a call gave: a value, or a problem described in one sentence and its exception; and what it printed."""

    value: Any = None
    problem: str = ""
    error: BaseException | None = None
    printed: str = ""

    @property
    def out_of_time(self):
        """Whether the time was over, or the learner interrupted."""
        return isinstance(self.error, (TimeUp, KeyboardInterrupt))


def call(function, arguments, seconds):
    """Call `function(*arguments)` for at most `seconds` seconds and return an `Outcome`; never raises."""
    heard = _BoundedText()
    try:
        with contextlib.redirect_stdout(heard), contextlib.redirect_stderr(heard), _time_limit(seconds):
            value = function(*arguments)
    except BaseException as error:
        return Outcome(problem=_in_words(error), error=error, printed=heard.kept)
    return Outcome(value, printed=heard.kept)


PROBLEMS = {
    TimeUp: "Your code was stopped because it ran too long: is there a loop that never ends?",
    KeyboardInterrupt: "Your code was interrupted.",
    SystemExit: "Your code called `sys.exit`, which would end the notebook's kernel: use `return` instead.",
    RecursionError: "Your function calls itself without end: what makes it stop?",
    MemoryError: "Your code asked for more memory than there is.",
}


def _in_words(error):
    """An exception as one sentence, with the line of learner code that raised it."""
    if type(error) in PROBLEMS:
        return PROBLEMS[type(error)]
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename != __file__]
    line = f" in the line `{frames[0].line}`" if frames and frames[0].line else ""
    try:
        words = str(error).splitlines()[0][:200].rstrip(" .:") if str(error) else ""
    except Exception:  # an exception whose own text fails
        words = ""
    widths = (
        " Arrays met there whose shapes do not fit: is one of them too small, or does a slice end at the wrong place?"
        if "broadcast" in words or "not aligned" in words
        else ""
    )
    return f"Your code stopped with {type(error).__name__}{line}{': ' + words if words else ''}.{widths}"


class _BoundedText(io.TextIOBase):
    """A stream that takes everything and keeps only the beginning."""

    def __init__(self):
        self.kept = ""

    def writable(self):
        return True

    def write(self, text):
        self.kept += text[: KEPT_OUTPUT - len(self.kept)]
        return len(text)


@contextlib.contextmanager
def _time_limit(seconds):
    """Raise TimeUp in the main thread after `seconds`, and again and again should learner code swallow it."""
    if threading.current_thread() is not threading.main_thread():
        yield
    elif hasattr(signal, "setitimer"):
        with _alarm(seconds):
            yield
    else:
        with _interrupt(seconds):
            yield


@contextlib.contextmanager
def _alarm(seconds):
    armed = [True]

    def ring(signum, frame):
        if armed:
            raise TimeUp

    previous = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.05)
    try:
        yield
    finally:
        try:
            armed.clear()  # from here on a late ring is silent
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, previous)


@contextlib.contextmanager
def _interrupt(seconds):
    """The same without POSIX timers: a thread that interrupts the main one, once."""
    import _thread

    rang = threading.Event()
    timer = threading.Timer(seconds, lambda: (rang.set(), _thread.interrupt_main()))
    timer.start()
    try:
        yield
    except KeyboardInterrupt:
        if rang.is_set():
            raise TimeUp from None
        raise
    finally:
        timer.cancel()
