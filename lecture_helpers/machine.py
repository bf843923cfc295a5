"""Say in one sentence why the course cannot be installed here; `make` asks before it installs anything.

    python lecture_helpers/machine.py

PyTorch decides: pip finds a build of it for these machines only, and says so late and in other words. Needs nothing installed.
"""

import os
import platform
import sys
from pathlib import Path

OLDEST, NEWEST = (3, 11), (3, 14)  # as in pyproject.toml
BUILDS = {"Linux": ("x86_64", "aarch64"), "Darwin": ("arm64",), "Windows": ("AMD64",)}
NAMES = {("Darwin", "x86_64"): "Intel Macs", ("Windows", "ARM64"): "Windows on ARM"}
ELSEWHERE = "The README tells how to take the course without installing anything."


def obstacle(version, system, processor, bits, glibc, writable):
    """Why the course cannot be installed with this Python, on this machine, in this folder; None if it can."""
    if not OLDEST <= version <= NEWEST:
        return (
            f"This course needs Python 3.{OLDEST[1]} to 3.{NEWEST[1]}, but {sys.executable} is {version[0]}.{version[1]}: "
            "name another one, as in `make PYTHON=python3.12 lab`."
        )
    if bits == 32:
        return f"PyTorch has no build for a Python of 32 bits, as {sys.executable} is: install one of 64 bits."
    if processor not in BUILDS.get(system, ()):
        return f"PyTorch has no build for {NAMES.get((system, processor), f'{system} on {processor}')}. {ELSEWHERE}"
    if system == "Linux" and not glibc:
        return f"PyTorch has no build for Linux without glibc, such as Alpine. {ELSEWHERE}"
    if not writable:
        return f"{Path.cwd()} cannot be written: copy or clone the course into a folder of your own."
    return None


if __name__ == "__main__":
    bits, glibc = 64 if sys.maxsize > 2**32 else 32, platform.libc_ver()[0] == "glibc"
    here = platform.system(), platform.machine(), bits, glibc, os.access(".", os.W_OK)
    sys.exit(obstacle(tuple(sys.version_info[:2]), *here))
