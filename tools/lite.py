"""The course in JupyterLite: JupyterLab in a browser, with Python in WebAssembly, so that nothing has to be installed."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat

from lite_notebook import in_browser

ROOT = Path(__file__).parents[1]
PYODIDE = "0.27.7"  # with JupyterLite 0.6: the newest pair in which every notebook was run; the tests run the sandbox in it
PYODIDE_URL = f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE}/full/pyodide.js"
KERNEL = "@jupyterlite/pyodide-kernel-extension"
SETTINGS = {"@jupyterlab/apputils-extension:themes": {"adaptive-theme": True}}  # dark where the visitor's system is
EXTENSIONS = (KERNEL, "@jupyter-widgets/jupyterlab-manager", "anywidget")
WHEELS = ("anywidget", "comm", "ipywidgets", "jupyterlab-widgets", "psygnal")
PURE = ("--only-binary=:all:", "--platform=any", "--implementation=py", "--abi=none")


def build(out, notebooks, pyodide_url=PYODIDE_URL):
    """Write a JupyterLite with the notebooks into the folder `out`: `out/lab/index.html?path=05_stride.ipynb` opens one of them.

    Visitors get Pyodide, with NumPy and matplotlib, from `pyodide_url`, and all else from the site itself.
    """
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_notebooks(folder / "contents", notebooks)
        wheels = _wheels(folder)
        settings = {f"{KERNEL}:kernel": {"pyodideUrl": pyodide_url, "disablePyPIFallback": True}}
        config = {"jupyter-lite-schema-version": 0, "jupyter-config-data": {"litePluginSettings": settings}}
        (folder / "jupyter-lite.json").write_text(json.dumps(config), encoding="utf-8")
        (folder / "overrides.json").write_text(json.dumps(SETTINGS), encoding="utf-8")
        found = {"LiteBuildConfig": {"federated_extensions": list(map(_extension, EXTENSIONS))}}
        found["PipliteAddon"] = {"piplite_urls": list(map(str, wheels))}
        (folder / "jupyter_lite_config.json").write_text(json.dumps(found), encoding="utf-8")
        shutil.rmtree(out, ignore_errors=True)
        _jupyter_lite(folder, "build", "--contents=contents", f"--output-dir={Path(out).resolve()}")


def write_notebooks(folder, notebooks):
    """Write the notebooks into a folder, each as it opens in a browser."""
    folder.mkdir()
    for path in notebooks:
        text = json.dumps(in_browser(nbformat.read(path, 4)), ensure_ascii=False)
        (folder / Path(path).name).write_text(text, encoding="utf-8")


def _wheels(folder):
    """The course's wheel, and those of the pure Python packages that it needs and Pyodide does not have."""
    source, wheels = folder / "source", folder / "wheels"
    shutil.copytree(ROOT / "lecture_helpers", source / "lecture_helpers", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    _pip("wheel", "--no-deps", f"--wheel-dir={wheels}", source)
    _pip("download", "--no-deps", *PURE, f"--constraint={ROOT / 'constraints.txt'}", f"--dest={wheels}", *WHEELS)
    return sorted(wheels.glob("*.whl"))


def _extension(name):
    """The folder of an installed extension of JupyterLab."""
    return str(Path(sys.prefix) / "share" / "jupyter" / "labextensions" / name)


def _pip(*arguments):
    subprocess.run([sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments], check=True)


def _jupyter_lite(folder, *arguments):
    smaller = ("--apps=lab", "--no-sourcemaps", "--no-unused-shared-packages", "--ignore-sys-prefix")
    command = [sys.executable, "-m", "jupyterlite_core", *arguments, *smaller, "--log-level=30"]
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
    if done.returncode:
        sys.exit(f"JupyterLite could not be built:\n{done.stdout}")
