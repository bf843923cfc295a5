"""Run all notebooks, and the tests of what stands on other libraries, with the lowest and with the newest versions that
pyproject.toml admits, each in a new environment: JupyterLab, matplotlib, ipywidgets and nbformat among them.

python tools/both_ends.py [lowest | newest]     # PyTorch keeps the version of constraints.txt, which decides what it downloads
"""

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
TORCH = next(line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if line.startswith("torch=="))
NAMES = ("browser", "carry_over", "elsewhere", "explorers_live", "figures_live", "plots")
TESTS = ["notebooks", *(f"tests/test_{name}.py" for name in NAMES)]


def lowest():
    """The lower bounds of the course's own dependencies, as constraints."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    bounds = {
        each.name: next(bound.version for bound in each.specifier if bound.operator == ">=") for each in map(Requirement, named)
    }
    return [f"{name}~={version}.0" for name, version in bounds.items() if name != "torch"]


def run(end):
    """Make an environment and run the tests in it; returns whether all of them passed."""
    with tempfile.TemporaryDirectory() as folder:
        constraints = Path(folder) / "constraints.txt"
        constraints.write_text("\n".join([TORCH, *(lowest() if end == "lowest" else [])]) + "\n", encoding="utf-8")
        python = Path(folder) / "venv" / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", Path(folder) / "venv"], check=True)
        install = [python, "-m", "pip", "install", "--quiet", "--constraint", constraints, "--editable", ".[test]"]
        subprocess.run(install, cwd=ROOT, check=True)
        options = ["-q", "-n", "2", "--dist", "loadscope", "--nbval-lax", "--nbval-current-env"]
        return subprocess.run([python, "-m", "pytest", *options, *TESTS], cwd=ROOT).returncode == 0


if __name__ == "__main__":
    ends = sys.argv[1:] or ["lowest", "newest"]
    passed = {end: run(end) for end in ends}
    print("; ".join(f"{end}: {'passed' if ok else 'FAILED'}" for end, ok in passed.items()))
    sys.exit(not all(passed.values()))
