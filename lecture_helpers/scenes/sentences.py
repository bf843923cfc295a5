"""What is said of a layer: the arithmetic of every step, and a sentence for everything that can be pointed at."""

from typing import NamedTuple

from ..words import number, numbers, product, sum_of_products
from .cells import Scene


class Said(NamedTuple):
    """A caption in two parts: what a worksheet prints too, and the answer that it leaves out."""

    question: str
    answer: str = ""

    @property
    def text(self):
        """The whole caption."""
        return self.question + self.answer


def scene_of(layer, title, shown, start, said):
    """The scene of some bands, with what is said at its start and after every step."""
    captions, questions = (start, *(each.text for each in said)), (start, *(each.question for each in said))
    return Scene(title, shown, captions, questions, beside=layer.axes == 2)


def total(layer, name, q, before="", links=None):
    """The arithmetic of one output cell: "y[1] = 2·2 + 3·1 = 7"."""
    cell = layer.name("y", q).replace("y", name, 1)
    text = sum_of_products(
        cell, [layer.factors(link) for link in (layer.by_output[q] if links is None else links)], layer.y.flat[q]
    )
    return Said(f"{before}{cell} = ", text.removeprefix(f"{cell} = "))


def totals(layer):
    """The arithmetic of every output cell."""
    return [total(layer, "y", q) for q in range(layer.y.size)]


def gradient_said(layer, u):
    """How the gradient of x[u] is gathered; the layer is the transposed one, so that its output is the gradient."""
    readers = ", ".join(f"y[{link.place}]" for link in layer.by_cell[u])
    before = f"x[{u}] is read by {readers}: " if readers else f"No output reads x[{u}]: "
    said = total(layer, "∂ℓ/∂x", u, before)
    return said if readers else said._replace(answer="0")


def landing_said(layer, i, finished):
    """Where copy i of the kernel lands, and the output cells that it finishes."""
    name, links = layer.name("x", i), layer.by_place[i]
    kept = [layer.name("y", link.cell) for link in links if link.cell is not None]
    if layer.axes == 2:
        landing = f"is added at {kept[0]} … {kept[-1]}" if kept else "is cropped altogether"
        return Said(f"{name}·κ = ", f"{number(layer.x.flat[i])}·κ {landing}")
    where = [layer.name("y", link.cell) if link.cell is not None else "(cropped)" for link in links]
    added = f"added at {', '.join(where)}" if kept else "all of it cropped"
    products = ", ".join(product(*layer.factors(link)) for link in links)
    sums = "; ".join(total(layer, "y", u).text for u in finished)
    text = f"{products} = {', '.join(numbers(layer.product(link) for link in links))}, {added}."
    return Said(f"{name}·κ = ", text + (f" Finished: {sums}." if sums else ""))


def share_said(layer, u):
    """What an input cell of a convolution layer gives to the outputs that read it."""
    name, links = layer.name("x", u), layer.by_cell[u]
    if not links:
        return Said(f"{name} is read by no output.")
    where = ", ".join(layer.name("y", link.place) for link in links)
    given = ", ".join(product(*layer.factors(link)) for link in links)
    products = ", ".join(numbers(layer.product(link) for link in links))
    return Said(f"{name} is read by {where}: it gives {given} = ", f"{products}.")


def cell_sentences(layer):
    """A sentence for everything that a cell can be `of`: {("input", 0): "…", ("link", 0, 0): "…"}, counted in C order."""
    found = {("output", q): total(layer, "y", q).text for q in range(layer.y.size)}
    for p, links in enumerate(layer.by_input):
        given = [f"{product(*layer.factors(link))} to {_output(layer, link)}" for link in links if link.cell is not None]
        name = layer.name("x", p)
        found["input", p] = f"{name} gives {', '.join(given)}" if given else f"{name} reaches no output"
    for a, links in enumerate(layer.by_tap):
        joined = ", ".join(f"{_input(layer, link)} → {_output(layer, link)}" for link in links)
        found["kernel", a] = f"{layer.name('κ', a)} = {number(layer.kernel.flat[a])} links {joined}" if joined else "no link"
    for link in layer.kept:
        gives = f"{product(*layer.factors(link))} = {number(layer.product(link))}"
        sentence = f"{_input(layer, link)} gives {gives} to {_output(layer, link)}, through {layer.name('κ', link.tap)}"
        found["link", layer.output_of(link), layer.input_of(link)] = sentence
    return found


def _input(layer, link):
    return layer.name("x", layer.input_of(link))


def _output(layer, link):
    return layer.name("y", layer.output_of(link))
