"""A fresh interpreter, for what only the first import or another hash seed can show."""

import os
import subprocess
import sys


def output_of(code, **environment):
    """What a new Python process prints."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONIOENCODING": "utf-8"} | environment,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return done.stdout
