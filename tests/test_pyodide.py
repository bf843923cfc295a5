"""The sandbox in the Python of browsers, which has neither signals nor threads: Pyodide, run by Node.js."""

import json
import os
import shutil
import subprocess
import textwrap
from pathlib import Path

import pytest

from lecture_helpers.checks import sandbox
from test_clock import ENDLESS

HERE = Path(__file__).parent / "pyodide"
MAIN = """
import json, sys
from checks import clock
from checks.sandbox import call

assert clock._way() is clock._by_events
limit = sys.getrecursionlimit()
for name, body in json.load(open("/course/cases.json")).items():
    exec(f"def learner():\\n{body}")
    outcome = call(learner, (), 0.3)
    print(json.dumps([name, outcome.value, outcome.problem, outcome.out_of_time, outcome.seconds]))
assert all(sys.monitoring.get_tool(k) is None for k in range(6)) and sys.getrecursionlimit() == limit
"""
SLOW = "import time\nfor _ in range(30): time.sleep(0.02)\n"
RECURSIONS = {
    "a function that calls itself": "def f(k): return f(k + 1)\nreturn f(0)",
    "through `sum`": "def f(k): return sum(f(k) for _ in range(2))\nreturn f(0)",
    "through `map`": "def f(k): return list(map(f, [k]))\nreturn f(0)",
    "through `repr`": "class A:\n    def __repr__(self): return repr(self)\nreturn repr(A())",
}
LACKING = {
    "PyTorch": "import torch",
    "threads": "import threading\nthreading.Thread(target=int).start()",
    "processes": "import subprocess\nsubprocess.run(['true'])",
}
OTHERS = {
    "right": "return 7",
    "wrong": "return 8",
    "raises": "return [1][1]",
    "a generator that ends": "def rows():\n    yield from (1, 2, 3)\nreturn list(rows())",
    "a slow import": "import slow\nreturn slow.__name__",
    "an endless loop after a slow import": "import slow\nwhile True: pass",
    "a recursion that ends": "def f(k): return 0 if k == 0 else 1 + f(k - 1)\nreturn f(100)",
}


def pyodide_installs():
    """Whether npm could put Pyodide into the git-ignored folder `node_modules`; a failure where `CI` is set."""
    there = bool(shutil.which("node") and shutil.which("npm"))
    command = ["npm", "ci", "--prefer-offline", "--no-audit", "--no-fund", "--silent"]
    installed = there and subprocess.run(command, cwd=HERE).returncode == 0
    assert installed or not os.environ.get("CI"), "Pyodide cannot be installed: see `.ci/run`"
    return installed


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What Pyodide says of all functions: {name: (value, problem, whether it was stopped, seconds)}."""
    if not pyodide_installs():
        pytest.skip("needs Node.js, and npm with a way to its packages, for Pyodide")
    folder = tmp_path_factory.mktemp("course")
    (folder / "checks").mkdir()
    for name in ("clock.py", "sandbox.py"):  # they need nothing but the standard library
        shutil.copy(Path(sandbox.__file__).with_name(name), folder / "checks")
    assert not ENDLESS.keys() & OTHERS.keys()
    cases = {name: textwrap.indent(body, "    ") for name, body in (ENDLESS | RECURSIONS | LACKING | OTHERS).items()}
    for name, text in {"cases.json": json.dumps(cases), "main.py": MAIN, "slow.py": SLOW, "checks/__init__.py": ""}.items():
        (folder / name).write_text(text, encoding="utf-8")
    done = subprocess.run(["node", HERE / "run.mjs", folder], capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0, f"{done.stdout[-500:]}\n{done.stderr[-1500:]}"
    return {name: told for name, *told in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", ENDLESS)
def test_code_without_end_is_stopped(name, outcomes):
    _, problem, stopped, seconds = outcomes[name]
    assert stopped and 0.25 < seconds < 10 and "ran too long" in problem


@pytest.mark.parametrize("name", RECURSIONS)
def test_a_recursion_without_end_does_not_take_python_with_it(name, outcomes):
    assert outcomes[name][1] == "Your function calls itself without end: what makes it stop?"


@pytest.mark.parametrize("name", LACKING)
def test_nobody_is_blamed_for_what_browsers_lack(name, outcomes):
    assert outcomes[name][1].endswith("nothing is wrong with it: run this exercise on your own machine.")


def test_what_ends_is_told_as_it_is(outcomes):
    assert (outcomes["right"][0], outcomes["wrong"][0], outcomes["a generator that ends"][0]) == (7, 8, [1, 2, 3])
    assert outcomes["a recursion that ends"][0] == 100
    assert "IndexError" in outcomes["raises"][1] and "browser" not in outcomes["raises"][1]


def test_an_import_takes_none_of_the_time(outcomes):
    value, _, _, seconds = outcomes["a slow import"]
    assert value == "slow" and seconds < 0.3
    assert outcomes["an endless loop after a slow import"][2]
