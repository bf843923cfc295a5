"""Notebook 09's statement on its reconstructions is one that a network without training misses."""

import contextlib
import io
import json
from pathlib import Path

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "09_generator.ipynb"


def run_with(**replacements):
    """The names that the notebook binds up to its judgement of the autoencoder, with parts of its code replaced."""
    cells = [cell for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
    sources = ["".join(cell["source"]) for cell in cells]
    last = next(k for k, source in enumerate(sources) if "def error_share" in source)
    namespace = {}
    with contextlib.redirect_stdout(io.StringIO()):
        for source in sources[: last + 1]:
            for old, new in replacements.items():
                source = source.replace(old, new)
            exec(source, namespace)
    return namespace


def test_an_untrained_autoencoder_misses_the_share_that_the_notebook_names():
    notebook = run_with(**{"epochs = 10": "epochs = 0", "epochs=3": "epochs=0"})
    assert notebook["error_share"](notebook["autoencoder"]) > 0.5
    assert len(notebook["images"]) >= 2000


def test_a_decoder_that_knows_only_the_mean_image_misses_it_too():
    notebook = run_with(**{"epochs = 10": "epochs = 0", "epochs=3": "epochs=0"})
    mean = notebook["images"].mean(0, keepdim=True)
    assert notebook["error_share"](lambda images: mean.expand_as(images)) > 0.5
