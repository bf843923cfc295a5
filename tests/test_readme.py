"""The README names commands that exist; its worked example of an exercise is followed in test_new_exercise."""

import re
from pathlib import Path

TEXT = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


def test_every_command_of_the_readme_exists():
    makefile = (Path(__file__).parents[1] / "Makefile").read_text("utf-8")
    commands = set(re.findall(r"`?make ([a-z-]+)", TEXT))
    assert commands >= {"lab", "test", "update", "bench"}
    assert all(re.search(rf"^{name}:", makefile, re.MULTILINE) for name in commands)
