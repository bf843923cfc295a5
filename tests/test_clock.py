"""The time limit: nothing that learner code does outlasts it, on any platform, and no import is broken off."""

import importlib
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest

from lecture_helpers.checks import clock
from lecture_helpers.checks.sandbox import call

ENDLESS = {
    "a loop": "while True: pass",
    "a loop that swallows exceptions": "while True:\n    try: 1 / 0\n    except Exception: pass",
    "a for loop": "import itertools\nfor _ in itertools.count(): pass",
    "a generator": "import itertools\nsum(1 for _ in itertools.count())",
    "functions that call each other": "def f(): return 0\nwhile True: f()",
    "a loop that counts": "k = 0\nwhile k >= 0: k += 1",
    "an endless print": "while True: print('x' * 1000)",
}


def function_of(body):
    namespace = {}
    exec(f"def learner():\n{textwrap.indent(body, '    ')}", namespace)
    return namespace["learner"]


def by_thread(monkeypatch):
    monkeypatch.delattr(signal, "setitimer")


def by_events(monkeypatch):
    monkeypatch.delattr(signal, "setitimer")
    monkeypatch.setattr(clock, "_threads_start", lambda: False)


needs_monitoring = pytest.mark.skipif(not hasattr(sys, "monitoring"), reason="sys.monitoring came with Python 3.12")
WAYS = [lambda monkeypatch: None, by_thread, pytest.param(by_events, marks=needs_monitoring)]
every_way = pytest.mark.parametrize("way", WAYS, ids=["timer", "thread", "events"])


@every_way
@pytest.mark.parametrize("body", ENDLESS.values(), ids=ENDLESS)
def test_code_without_end_is_stopped(way, body, monkeypatch):
    way(monkeypatch)
    begin = time.monotonic()
    outcome = call(function_of(body), (), 0.5)  # half of it without a tick would be one long call: a busy machine needs that room
    assert outcome.out_of_time and "is there a loop that never ends?" in outcome.problem
    assert 0.4 < outcome.seconds < 3 and time.monotonic() - begin < 4


@every_way
def test_what_ends_in_time_is_left_alone_and_an_interrupt_stays_one(way, monkeypatch):
    way(monkeypatch)
    assert call(function_of("return 7"), (), 0.2).value == 7
    assert call(function_of("raise KeyboardInterrupt"), (), 0.2).problem == "Your code was interrupted."
    assert call(function_of("raise ValueError('no')"), (), 0.2).problem.startswith("Your code stopped with ValueError: no.")


@every_way
def test_handlers_threads_and_tools_are_as_before(way, monkeypatch):
    def state():
        tools = [sys.monitoring.get_tool(k) for k in range(6)] if hasattr(sys, "monitoring") else []
        return [signal.getsignal(number) for number in (signal.SIGALRM, signal.SIGTERM)], threading.active_count(), tools

    before = state()
    way(monkeypatch)
    for body in ("while True: pass", "return 1", "raise ValueError"):
        call(function_of(body), (), 0.1)
        assert state() == before and signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@every_way
def test_no_import_is_broken_off_and_none_takes_of_the_time(way, monkeypatch, tmp_path):
    way(monkeypatch)
    (tmp_path / "slow_to_import.py").write_text("import time\nfor _ in range(30): time.sleep(0.02)\ndone = True\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "slow_to_import", raising=False)
    importlib.invalidate_caches()
    outcome = call(function_of("import slow_to_import\nreturn slow_to_import.done"), (), 0.2)
    assert outcome.value is True and outcome.seconds < 0.2
    looped = call(function_of("import slow_to_import\nwhile True: pass"), (), 0.2)
    assert looped.out_of_time


def test_code_that_is_itself_run_by_an_import_has_its_limit(tmp_path):
    """A check in a module that somebody imports: the import below the sandbox's own frames does not count."""
    loop = "import sys\nsys.path[:0] = sys.argv[1:]\nimport checked_on_import"
    text = (
        "from lecture_helpers.checks.sandbox import call\ndef f():\n    while True: pass\nprint(call(f, (), 0.2).out_of_time)\n"
    )
    (tmp_path / "checked_on_import.py").write_text(text)
    done = subprocess.run([sys.executable, "-c", loop, tmp_path], capture_output=True, encoding="utf-8", timeout=60)
    assert done.stdout.strip() == "True", done.stderr


def test_one_long_call_is_told_afterwards_as_what_it_was():
    problem = call(function_of("sum(range(10**6) for _ in ())\nreturn sorted(range(6 * 10**6), key=abs)"), (), 0.1).problem
    assert problem.startswith("Your code ran too long: one call") and problem.endswith("more numbers than it needs?")


@pytest.mark.parametrize("way", WAYS[:2], ids=["timer", "thread"])
def test_nothing_is_raised_in_the_frames_that_tidy_up(way, monkeypatch):
    """A library function as an answer has no Python frame of its own: the tick finds those of the sandbox."""
    way(monkeypatch)
    outcome = call(time.sleep, (0.4,), 0.1)
    assert outcome.error is None and outcome.seconds > 0.3


def test_in_another_thread_code_runs_without_a_limit():
    found = []
    thread = threading.Thread(target=lambda: found.append(call(function_of("return 7"), (), 0.1).value))
    thread.start()
    thread.join()
    assert found == [7]
