"""README and CONTRIBUTING name commands that exist; the guide for an exercise is followed in test_new_exercise."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXT = "".join((ROOT / name).read_text("utf-8") for name in ("README.md", "CONTRIBUTING.md"))


def test_every_command_of_the_readme_exists():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    commands = set(re.findall(r"`?make ([a-z-]+)", TEXT))
    assert commands >= {"lab", "test", "update", "bench", "player"}
    assert all(re.search(rf"^{name}:", makefile, re.MULTILINE) for name in commands)
