"""The README's worked example of an exercise is one that works."""

import re
from pathlib import Path
from textwrap import dedent

import numpy as np

from lecture_helpers.checks import Exercise, Misconception

TEXT = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


def test_the_worked_example_judges_as_its_text_promises():
    (block,) = re.findall(r"^ *```python\n(.*?)^ *```", TEXT, re.MULTILINE | re.DOTALL)
    namespace = dict(np=np, Exercise=Exercise, Misconception=Misconception)
    exec(dedent(block), namespace)
    example = namespace["every_other"]
    assert example.check(example.truth).status == "correct"
    for misconception in example.misconceptions:
        assert example.check(misconception.model).misconception == misconception.name
        assert misconception.advice.count("?") == 1
    assert len(example.misconceptions) >= 3 and len(example.hints) >= 2 and example.id == "01_every_other"


def test_every_command_of_the_readme_exists():
    makefile = (Path(__file__).parents[1] / "Makefile").read_text("utf-8")
    commands = set(re.findall(r"`?make ([a-z-]+)", TEXT))
    assert commands >= {"lab", "test", "update", "bench"}
    assert all(re.search(rf"^{name}:", makefile, re.MULTILINE) for name in commands)
