"""Measure what the course promises about speed and size, both ways in one run: python tools/bench.py

A row is (what, budget, measured, the other way, their ratio, within budget). Sizes of our output are also tested; times are only
measured here, since they depend on the machine. Nothing fails: the last column says "yes" or "no".
"""

import copy
import os
import platform
import re
import statistics
import time
from pathlib import Path

import matplotlib
import nbformat
import numpy as np
from matplotlib.animation import FuncAnimation
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from nbclient import NotebookClient

import lab
from lecture_helpers import animate_sliding_kernel, palette
from lecture_helpers.words import plain

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
PEAK = r"import re; print(re.search(r'VmHWM:\s+(\d+)', open('/proc/self/status').read())[1])"  # kB, on Linux
SCENES = {  # steps → data, kernel, runs of the other way, bytes at most, share of the other way's time at most
    7: ([1, 4, -1, 0, 2, -2, 1, 3, 3, 1], [1, 2, 0, -1], 7, 15_000, 1 / 100),
    60: ([k % 10 - 3 for k in range(62)], [1, 2, -1], 3, 50_000, 1 / 500),
}


def median_seconds(action, runs):
    """The median time of an action, after one run that warms up, and its last result."""
    result, times = action(), []
    for _ in range(runs):
        start = time.perf_counter()
        result = action()
        times.append(time.perf_counter() - start)
    return statistics.median(times), result


def ours(x, kernel):
    """The stored output of the animation, all mime types together."""
    return "".join(animate_sliding_kernel(x, kernel)._repr_mimebundle_().values())


def jshtml(x, kernel):
    """A like scene by matplotlib: boxes and numbers drawn once; window, kernel, output and caption move."""
    scene = animate_sliding_kernel(x, kernel).scene
    figure = Figure(figsize=(max(5.2, 0.3 * len(x)), 2.8))
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(-0.5, len(x) - 0.5), ylim=(-1.5, 5), aspect="equal")
    axes.axis("off")
    (y,) = (band.values.split() for band in scene.bands if band.label == "output y")
    captions = ["", *(plain(caption.answered) for caption in scene.captions)]
    for top, row, role in ((4, x, "input"), (0, y, "output")):
        for k in range(len(row)):
            axes.add_patch(Rectangle((k - 0.5, top - 0.5), 1, 1, facecolor="white", edgecolor=palette.HUES[role]))
    for k, number in enumerate(x):
        axes.text(k, 4, number, ha="center", va="center")
    window = axes.add_patch(Rectangle((-0.5, 3.5), len(kernel), 1, fill=False, edgecolor=palette.HUES["input"], linewidth=3))
    taps = [axes.text(0, 2, tap, ha="center", va="center") for tap in kernel]
    outputs = [axes.text(k, 0, "", ha="center", va="center") for k in range(len(y))]
    caption = axes.text(-0.5, -1.2, "")

    def show(moment):
        place = max(moment - 1, 0)
        window.set_x(place - 0.5)
        for a, tap in enumerate(taps):
            tap.set_x(place + a)
        for k, output in enumerate(outputs):
            output.set_text(y[k] if k < moment else "")
        caption.set_text(captions[moment])

    return FuncAnimation(figure, show, frames=scene.steps + 1, interval=1200).to_jshtml()


def animation_rows():
    """Stored bytes and time to build of sliding scenes, against `FuncAnimation.to_jshtml()`."""
    for steps, (x, kernel, runs, most_bytes, most_time) in SCENES.items():
        mine, output = median_seconds(lambda: ours(x, kernel), 50)  # noqa: B023
        theirs, page = median_seconds(lambda: jshtml(x, kernel), runs)  # noqa: B023
        size, other = len(output.encode()), len(page.encode())
        share = f"1/{other / size:,.0f}"
        yield f"{steps} steps, stored", f"<= {most_bytes:,} B", f"{size:,} B", f"{other:,} B", share, size <= most_bytes
        budget = f"<= 1/{round(1 / most_time)}"
        yield (
            f"{steps} steps, built in",
            budget,
            f"{mine * 1e3:.2f} ms",
            f"{theirs * 1e3:,.0f} ms",
            f"1/{theirs / mine:,.0f}",
            mine <= most_time * theirs,
        )


def run(notebook, times=2):
    """Seconds to run a notebook in a fresh kernel, the best of some times, and the most memory that its kernel took, in MB."""
    seconds, memory = zip(*(run_once(copy.deepcopy(notebook)) for _ in range(times)))
    return min(seconds), max(memory)


def run_once(notebook):
    """The same for a single time."""
    notebook.cells.append(nbformat.v4.new_code_cell(PEAK))
    start = time.perf_counter()
    options = dict(timeout=300, resources={"metadata": {"path": str(NOTEBOOKS)}}, extra_arguments=["--log-level=ERROR"])
    NotebookClient(notebook, **options).execute()
    return time.perf_counter() - start, int(notebook.cells[-1].outputs[0].text) / 1000


def notebook_rows():
    """Time and memory of each untouched notebook, against one that only imports torch if this one does."""
    bare = {source: run(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])) for source in ("", "import torch")}
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        other, _ = bare["import torch" if any("import torch" in cell.source for cell in notebook.cells) else ""]
        training, most = (45, 750) if path.stem[:2] == "09" else (0, 600)
        seconds, memory = run(notebook, times=1 if training else 2)
        limit = other + training + 3
        yield (
            path.stem[:18],
            f"<= {limit:.1f} s",
            f"{seconds:.1f} s",
            f"{other:.1f} s",
            f"{seconds / other:.1f}",
            seconds <= limit,
        )
        yield "", f"<= {most} MB", f"{memory:.0f} MB", "", "", memory <= most


EXPLORER = "from lecture_helpers import explore_layer\nexplore_layer([2, 3, 0, -1], [1, 2, -1], transposed=True, stride=2)"
INTERACT = """import ipywidgets, matplotlib.pyplot as plt
from lecture_helpers import conv_transpose
def show(stride):
    y = conv_transpose([2, 3, 0, -1], [1, 2, -1], stride=stride)
    figure, axes = plt.subplots(figsize=(7, 2.8))
    for k, number in enumerate(y):
        axes.add_patch(plt.Rectangle((k, 0), 1, 1, fill=False))
        axes.text(k + 0.5, 0.5, number, ha="center", va="center")
    axes.set(xlim=(-1, 20), ylim=(-1, 2))
    plt.show()
ipywidgets.interact(show, stride=(1, 4));"""
CHANGE = """async ([number, key]) => {
    const picture = () => {
        const live = [...document.querySelectorAll('.jupyter-widgets div')].find(host => host.shadowRoot);
        const images = document.querySelectorAll('.jp-OutputArea-output .jp-RenderedImage img');
        return number ? images[images.length - 1]?.src : live.shadowRoot.querySelector('svg .h').textContent;
    };
    const before = picture(), start = performance.now();
    document.querySelectorAll('.noUi-handle')[number ? 4 : 0].dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
    while (picture() === before || !picture()) {
        if (performance.now() - start > 5000) throw new Error('the picture did not change');
        await new Promise(requestAnimationFrame);
    }
    const {port1, port2} = new MessageChannel();
    port2.postMessage('after this frame is painted');
    await new Promise(painted => { port1.onmessage = painted; });
    return performance.now() - start;
}"""


def changes(page):
    """Milliseconds until a changed picture is painted, thirty times in turn: of the explorer (0), of `interact` (1).

    At the pace of somebody who looks at each: faster than five a second, a small message may wait 40 ms for TCP's delayed
    acknowledgement of the one before.
    """
    for key in ["ArrowRight", "ArrowLeft"] * 15:
        for number in (0, 1):
            page.wait_for_timeout(450)
            yield page.evaluate(CHANGE, [number, key])


def explorer_rows():
    """From a moved slider to the new picture, in JupyterLab: an explorer, and `interact` with inline matplotlib."""
    with lab.browser() as chromium, lab.lab() as (base, root):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in (EXPLORER, INTERACT)])
        notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(notebook, root / "notebooks" / "explorers.ipynb")
        page = chromium.new_page(viewport={"width": 1000, "height": 2000})
        lab.open_notebook(page, base, "explorers.ipynb")
        lab.run_all(page, base, "explorers.ipynb", 2)
        page.wait_for_timeout(3000)
        times = list(changes(page))
        mine, other = statistics.median(times[::2]), statistics.median(times[1::2])
        yield "new picture", "<= 1/3", f"{mine:.0f} ms", f"{other:.0f} ms", f"1/{other / mine:.1f}", mine <= other / 3


def machine():
    """The versions and the processor that the numbers belong to."""
    cpuinfo = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.*)", cpuinfo.read_text()) if cpuinfo.exists() else None
    versions = f"Python {platform.python_version()}, numpy {np.__version__}, matplotlib {matplotlib.__version__}"
    return f"{versions}, {found[1] if found else platform.processor() or platform.machine()}, {os.cpu_count()} cores"


GROUPS = {
    ("sliding scene", "to_jshtml()"): animation_rows,
    ("moving a slider", "interact"): explorer_rows,
    ("running a notebook", "only its torch"): notebook_rows,
}


def main():
    """Print one line per row, as soon as it is measured."""
    print(machine())
    layout = "{:<20} {:>12} {:>12} {:>16} {:>10}  {}"
    for (subject, other_way), group in GROUPS.items():
        print("\n" + layout.format(subject, "budget", "measured", other_way, "ratio", "within budget"))
        for *row, within in group():
            print(layout.format(*row, "yes" if within else "no"), flush=True)


if __name__ == "__main__":
    main()
