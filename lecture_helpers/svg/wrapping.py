"""Texts and spans broken into lines, by the average width of a letter."""

import re
import textwrap

from .. import palette
from ..scenes import plain

MARGIN = 12
LEADING = 5  # more than the size of a text, from line to line


def wrap(text, size, width, letter=palette.PROSE):
    """A text broken into lines; `letter` is the average width of a letter, as a share of its size."""
    longest = max(8, int((width - 2 * MARGIN) / (letter * size)))
    if len(text) <= longest:
        return (text,)
    joined = re.sub(r" (=) |(?<=[a-z]) (?=[\d(])", lambda gap: gap.group().replace(" ", "\0"), text)  # "= 7" stays together
    lines = textwrap.wrap(joined, longest, break_long_words=False)
    return tuple(line.replace("\0", " ") for line in lines)


def wrap_spans(spans, size, width):
    """Spans broken into lines of spans."""
    broken = wrap(plain(spans), size, width)
    if len(broken) == 1:
        return [tuple(spans)]
    lines, rest = [], list(spans)
    for line in broken:
        taken, wanted = [], len(line)
        while rest and wanted:
            text, role = rest.pop(0)
            text = text.lstrip() if not taken else text
            if len(text) > wanted:
                rest.insert(0, (text[wanted:], role))
            taken.append((text[:wanted], role))
            wanted -= min(wanted, len(text))
        lines.append(tuple(taken))
    return lines


def height_of(lines, size):
    """The height of some lines of text."""
    return len(lines) * (size + LEADING)
