"""A time limit for code that may do anything, on any platform; importing a library takes none of its time.

The clock ticks: by a POSIX timer, else by a thread, else (in a browser, which has neither) by Python's own events. A tick
looks at where the code is. Inside an import it only waits, since an import that is broken off leaves a library broken.
"""

import _thread
import contextlib
import os
import signal
import sys
import threading
import time

TICK = 0.05  # seconds
TICKER = signal.SIGTERM  # simulated by the thread; no process is sent it
BUSY = getattr(time, "thread_time", time.monotonic)  # a busy machine that keeps code waiting is not one long call
FOLDER = os.path.dirname(__file__)


class TimeUp(BaseException):
    """Raised in learner code when its time is over; not an Exception, so that `except Exception` does not catch it.

    `blocked` is the number of seconds that one call took which gave Python no chance to look at the clock, or 0.
    """

    def __init__(self, blocked):
        super().__init__()
        self.blocked = blocked


class Clock:
    """The time that code has used, without its imports."""

    def __init__(self, limit):
        self.limit, self.used, self.last, self.last_busy, self.runs = limit, 0.0, time.monotonic(), BUSY(), True

    def tick(self, frame):
        """Count the time since the last tick; raise TimeUp, at every tick anew, if the limit is exceeded."""
        passed, busy = self.since_last()
        if not self.runs or _imports(frame):
            return
        self.used += passed
        if self.used > self.limit and not _is_ours(frame):
            raise TimeUp(passed if busy > self.limit / 2 else 0)

    def since_last(self):
        """The seconds since this was last asked: on the wall, and those in which this thread was busy."""
        before, busy_before = self.last, self.last_busy
        self.last, self.last_busy = time.monotonic(), BUSY()
        return self.last - before, self.last_busy - busy_before

    def stop(self):
        """From here on, ticks are silent."""
        self.runs = False
        self.used += self.since_last()[0]

    @contextlib.contextmanager
    def running(self):
        """While this runs, TimeUp is raised in the main thread once the limit is exceeded, again and again."""
        self.since_last()
        with _way()(self):
            try:
                yield
            finally:
                self.stop()


def _imports(frame):
    """Whether learner code, on the stack above this package's own frames, is in the middle of an import."""
    while frame and not frame.f_code.co_filename.startswith(FOLDER):
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _is_ours(frame):
    """Whether a frame belongs to what runs the learner's code and has to tidy up after it."""
    return frame is not None and frame.f_code.co_filename.startswith((FOLDER, contextlib.__file__))


def _way():
    """How the clock can tick here."""
    if threading.current_thread() is not threading.main_thread():
        return contextlib.nullcontext
    if hasattr(signal, "setitimer"):
        return _by_timer
    if _threads_start():
        return _by_thread
    return _by_events if hasattr(sys, "monitoring") else contextlib.nullcontext


def _threads_start():
    try:
        threading.Thread(target=int).start()
    except RuntimeError:
        return False
    return True


@contextlib.contextmanager
def _by_timer(clock):
    previous = signal.signal(signal.SIGALRM, lambda number, frame: clock.tick(frame))
    signal.setitimer(signal.ITIMER_REAL, TICK, TICK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


@contextlib.contextmanager
def _by_thread(clock):
    over = threading.Event()

    def ticks():
        while not over.wait(TICK):
            _thread.interrupt_main(TICKER)

    previous = signal.signal(TICKER, lambda number, frame: clock.tick(frame))
    thread = threading.Thread(target=ticks, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        signal.signal(TICKER, previous or signal.SIG_DFL)


@contextlib.contextmanager
def _by_events(clock):
    """Without signals and threads: Python reports every call of a function and every jump of a loop."""
    monitoring = sys.monitoring
    tool = next(number for number in range(6) if monitoring.get_tool(number) is None)
    events = (monitoring.events.PY_START, monitoring.events.JUMP)

    def look(code, *where):
        if time.monotonic() - clock.last > TICK:
            clock.tick(sys._getframe(1))

    monitoring.use_tool_id(tool, "time limit")
    for event in events:
        monitoring.register_callback(tool, event, look)
    monitoring.set_events(tool, events[0] | events[1])
    try:
        yield
    finally:
        monitoring.set_events(tool, 0)
        monitoring.free_tool_id(tool)
