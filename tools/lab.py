"""A real JupyterLab and Notebook 7 on a copy of the notebooks, and a page of Chromium that looks at them."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SETTINGS = {"@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False}}
TOKEN = "for-tests-only"


@contextlib.contextmanager
def browser():
    """Debian's Chromium under Playwright; skipped on a learner's machine without it, a failure in CI."""
    if not os.path.exists(CHROMIUM):
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"the browser tests need {CHROMIUM} (Debian's package chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield chromium
        chromium.close()


@contextlib.contextmanager
def lab():
    """A server of JupyterLab and Notebook 7 on a copy of the notebooks; gives the base address and the copy's folder."""
    with tempfile.TemporaryDirectory() as home:
        root = Path(home) / "course"
        shutil.copytree(NOTEBOOKS, root / "notebooks")
        for name, values in SETTINGS.items():
            path = Path(home) / "settings" / f"{name}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = _serve(Path(home), root, port)
        try:
            base = f"http://127.0.0.1:{port}"
            until(lambda: api(base, "status"), 90, "the server")
            yield base, root
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)


def _serve(home, root, port):
    folders = {f"JUPYTER_{name}_DIR": str(home / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    folders |= {"JUPYTERLAB_SETTINGS_DIR": str(home / "settings"), "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces")}
    options = [
        f"--ServerApp.port={port}",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={root}",
        f"--IdentityProvider.token={TOKEN}",
    ]
    return subprocess.Popen(
        [sys.executable, "-m", "jupyter", "lab", "--no-browser", "--allow-root", *options],
        env=os.environ | folders,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def api(base, path):
    """The server's answer to a request of its API."""
    request = urllib.request.Request(f"{base}/api/{path}", headers={"Authorization": f"token {TOKEN}"})
    return json.load(urllib.request.urlopen(request, timeout=5))


def until(condition, seconds, what):
    """Wait for a condition, at most so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            if condition():
                return
        time.sleep(0.1)
    raise TimeoutError(f"waited {seconds} s for {what}")


def open_notebook(page, base, name, app="lab"):
    """Open notebooks/NAME in JupyterLab, or in Notebook 7 if `app` is "notebook"."""
    page.goto(f"{base}/{'lab/tree' if app == 'lab' else 'notebooks'}/notebooks/{name}?reset&token={TOKEN}")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    if app == "lab":
        page.keyboard.press("Control+B")


PROMPTS = "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(prompt => prompt.textContent.trim())"
WATCH = f"""() => {{
    window.begun = false;
    const look = () => {{ window.begun ||= {PROMPTS}.some(text => text.includes('*')) }};
    new MutationObserver(look).observe(document.body, {{subtree: true, childList: true, characterData: true}});
}}"""


def run_all(page, base, name, cells):
    """Restart the kernel, run all cells, and wait until the run has begun and every one of the code cells has a new number."""
    path = f"notebooks/{name}"
    until(lambda: any(s["path"] == path and _ready(s["kernel"]) for s in api(base, "sessions")), 60, "the kernel")
    page.evaluate(WATCH)
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name="Restart Kernel and Run All Cells…", exact=True).click()
    page.locator(".jp-Dialog button.jp-mod-accept").click()
    done = f"window.begun && {PROMPTS}.filter(text => /\\d/.test(text)).length === {cells}"
    page.wait_for_function(done, timeout=120_000)


def _ready(kernel):
    return kernel["execution_state"] == "idle" and kernel["connections"] > 0
