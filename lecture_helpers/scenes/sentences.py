"""What is said of a layer: the arithmetic of every step, and a sentence for everything that can be pointed at."""

from ..words import joined, number, numbers, plain, product
from .scene import Caption


def total_said(layer, q, name="y", before=(), role="output"):
    """The arithmetic of one output cell: "y[1] = 2·2 + 3·1 = 7"."""
    cell, total = layer.name("y", q).replace("y", name, 1), number(layer.y.flat[q])
    terms = joined([_term(layer, link) for link in layer.by_output[q]], " + ")
    answer = (*terms, (" = ", ""), (total, role)) if terms else ((total, role), (" (no copy reaches it)", ""))
    return Caption((*before, (cell, role), (" = ", "")), answer, total)


def _term(layer, link):
    """The product of one link; one with padding is quiet."""
    roles = ("quiet", "quiet") if layer.input_of(link) is None else ("input", "kernel")
    return product(*layer.factors(link), roles=roles)


def gradient_said(layer, u):
    """How the gradient of x[u] is gathered; the layer is the transposed one, so that its output is the gradient."""
    readers = ", ".join(f"y[{link.place}]" for link in layer.by_cell[u])
    if not readers:
        answer = (("0", "gradient"), (" (no output reads it)", ""))
        return Caption(((f"Who reads x[{u}]? ", ""), (f"∂ℓ/∂x[{u}]", "gradient"), (" = ", "")), answer, "0")
    said = total_said(layer, u, "∂ℓ/∂x", ((f"x[{u}] is read by {readers}: ", ""),), "gradient")
    answer = tuple((text, "gradient" if role == "input" else role) for text, role in said.answer)
    return said._replace(answer=answer)


def landing_said(layer, i, finished):
    """What copy i of the kernel adds, where, and the output cells that it finishes."""
    name, links = layer.name("x", i), layer.by_place[i]
    products = ", ".join(numbers(layer.product(link) for link in links))
    terms = joined([product(*layer.factors(link)) for link in links], ", ")
    answer = [*terms, (" = ", ""), (products, "copy"), (f", {_landing(layer, links)}.", "")]
    for k, u in enumerate(finished):
        answer += [(" Finished: " if k == 0 else "; ", ""), *total_said(layer, u).answered]
    return Caption(
        ((name, "input"), ("·κ", "kernel"), (" = ", "")),
        (*answer, (".", "")) if finished else tuple(answer),
        products.replace(",", ""),
    )


def _landing(layer, links):
    """Where a copy is added, in the indices of y."""
    kept = [layer.name("y", link.cell) for link in links if link.cell is not None]
    if not kept:
        return "all of it cropped"
    cropped = " (the rest is cropped)" if len(kept) < len(links) else ""
    return f"added at {', '.join(kept) if layer.axes == 1 or len(kept) < 5 else f'{kept[0]} to {kept[-1]}'}{cropped}"


def share_said(layer, u):
    """What an input cell of a convolution layer gives to the outputs that read it."""
    name, links = layer.name("x", u), layer.by_cell[u]
    if not links:
        return Caption(((name, "input"), (" is read by no output", "")))
    where = ", ".join(layer.name("y", link.place) for link in links)
    terms = joined([product(*layer.factors(link)) for link in links], ", ")
    products = ", ".join(numbers(layer.product(link) for link in links))
    question = ((name, "input"), (f" is read by {where}, and gives ", ""), *terms, (" = ", ""))
    return Caption(question, ((products, "copy"),), products.replace(",", ""))


def reading_said(layer, q):
    """Which cells an output cell reads, and through which taps: nothing is computed."""
    links = [link for link in layer.by_output[q] if link.cell is not None]
    parts = [((_input(layer, link), "input"), (" through ", ""), _tap(layer, link)) for link in links]
    return Caption(((layer.name("y", q), "output"), (" reads ", ""), *(joined(parts, ", ") if parts else (("nothing", ""),))))


def adding_said(layer, p):
    """What an input cell adds to the outputs, and through which taps."""
    parts = []
    for link in (link for link in layer.by_input[p] if link.cell is not None):
        share = (*product(*layer.factors(link)), (" = ", ""), (number(layer.product(link)), "copy"))
        parts.append((*share, (" to ", ""), (_output(layer, link), "output"), (" through ", ""), _tap(layer, link)))
    return Caption(((layer.name("x", p), "input"), (" adds ", ""), *(joined(parts, ", ") if parts else (("nothing", ""),))))


def tap_said(layer, a):
    """Which cells a tap joins."""
    parts = [((_input(layer, link), "input"), (" and ", ""), (_output(layer, link), "output")) for link in layer.by_tap[a]]
    name = f"{layer.name('κ', a)} = {number(layer.kernel.flat[a])}"
    return Caption(((name, "kernel"), (" joins " if parts else " joins nothing", ""), *joined(parts, "; ")))


def cell_sentences(layer):
    """A sentence for everything that a cell can be `of`: {("input", 0): "…", ("link", 0, 0): "…"}, counted in C order."""
    found = {("output", q): plain(total_said(layer, q).answered) for q in range(layer.y.size)}
    for p, links in enumerate(layer.by_input):
        given = [f"{plain(product(*layer.factors(link)))} to {_output(layer, link)}" for link in links if link.cell is not None]
        name = layer.name("x", p)
        found["input", p] = f"{name} gives {', '.join(given)}" if given else f"{name} reaches no output"
    for a, links in enumerate(layer.by_tap):
        ends = ", ".join(f"{_input(layer, link)} → {_output(layer, link)}" for link in links)
        found["kernel", a] = f"{layer.name('κ', a)} = {number(layer.kernel.flat[a])} links {ends or 'nothing'}"
    for link in layer.kept:
        gives = f"{plain(product(*layer.factors(link)))} = {number(layer.product(link))}"
        sentence = f"{_input(layer, link)} gives {gives} to {_output(layer, link)}, through {layer.name('κ', link.tap)}"
        found["link", layer.output_of(link), layer.input_of(link)] = sentence
    return found


def _input(layer, link):
    return layer.name("x", layer.input_of(link))


def _tap(layer, link):
    return layer.name("κ", link.tap), "kernel"


def _output(layer, link):
    return layer.name("y", layer.output_of(link))
