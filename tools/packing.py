"""Texts that differ mostly in their numbers, as lists that compress well and that `unpack.js` reads.

A text is words with a number between each two of them, where a word is whatever has no digits. For every word the numbers
that follow it are listed, in all texts one after the other, and the words that come next: what follows one word is much alike,
and zip finds that. Coordinates of a hundred pictures need a fifth of the bytes that a table of their elements needs.
"""

import re

NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)")
END = 0  # a word that every text begins after and ends with


def packed(texts):
    """The lists for some texts: {"words", "numbers", and, for each word, "then" and "next"}; equal texts are kept once.

    `then[w]` are indices of the numbers that follow word w, `next[w]` of the words after these; `order[k]` is the place of
    the k-th text among the different ones.

    >>> packed(["x='1' y='2'", "x='1' y='30'"])["words"]
    [None, "x='", "' y='", "'"]
    """
    words, numbers, places = {None: END}, {"": 0}, {}
    then, following = [[]], [[]]
    order = [places.setdefault(text, len(places)) for text in texts]
    for text in places:
        word = END
        for number, fresh in _pairs(text):
            then[word].append(numbers.setdefault(number, len(numbers)))
            following[word].append(words.setdefault(fresh, len(words)))
            word = following[word][-1]
            if word == len(then):
                then.append([])
                following.append([])
    return dict(words=[*words], numbers=[*numbers], then=then, next=following, order=order)


def _pairs(text):
    """Each word with the number before it; the first one has none, and the end neither."""
    first, *rest = NUMBER.split(text)
    return [("", first), *zip(rest[::2], rest[1::2]), ("", None)]
