"""A typed guess above the result: cell by cell, without a verdict, whatever is typed."""

import re
from urllib.parse import unquote

import numpy as np
import pytest
import torch

from lecture_helpers import compare, palette
from lecture_helpers.checks.compare import NO_GUESS


def svg_of(comparison):
    html = comparison._repr_mimebundle_()["text/html"]
    return unquote(re.search(r"image/svg\+xml,([^\"]+)", html)[1])


def test_without_a_guess_the_result_is_not_shown_yet():
    shown = compare(..., [1, 2, 3])._repr_mimebundle_()
    assert shown["text/plain"] == NO_GUESS == "No guess yet: write one in, or `None` to just see"
    assert shown["text/html"] == "<p>No guess yet: write one in, or <code>None</code> to just see</p>"


def test_none_shows_the_result_alone():
    comparison = compare(None, np.array([1, 2, 3]))
    assert repr(comparison) == "result:     1 2 3"
    assert 'alt="result: 1 2 3"' in comparison._repr_mimebundle_()["text/html"] and "wrong" not in svg_of(comparison)


@pytest.mark.parametrize(
    "guess, result, words, text",
    [
        ([1, 5, 3], [1, 2, 3], "1 of 3 cells differs.", "your guess: 1 [5] 3\nresult:     1 2 3"),
        ([4, 5, 3], [1, 2, 3], "2 of 3 cells differ.", "your guess: [4] [5] 3\nresult:     1 2 3"),
        ((1, 2, 3), np.array([1, 2, 3]), "All 3 cells agree.", "your guess: 1 2 3\nresult:     1 2 3"),
        ([1, 2], torch.tensor([1, 2, 3]), "1 of 3 cells differs.", "your guess: 1 2\nresult:     1 2 [3]"),
        ([1, 2, 3, 0], [1, 2, 3], "1 of 4 cells differs.", "your guess: 1 2 3 [0]\nresult:     1 2 3"),
        ([[1, 2], [3, 4]], [[1, 2], [3, 5]], "1 of 4 cells differs.", "your guess: 1 2 / 3 [4]\nresult:     1 2 / 3 5"),
        (7, 7.0, "They agree.", "your guess: 7\nresult:     7"),
        (True, False, "They differ.", "your guess: [True]\nresult:     False"),
        ("Narrower", "narrower", "They agree.", "your guess: Narrower\nresult:     narrower"),
        (["yes", "no"], ["yes", "yes"], "1 of 2 cells differs.", "your guess: yes [no]\nresult:     yes yes"),
        ([1, 2, 3], np.array([[1, 2, 3]]), "All 3 cells agree.", "your guess: 1 2 3\nresult:     [[1 2 3]]"),
        ((2, 3), torch.Size([2, 3]), "All 2 cells agree.", "your guess: 2 3\nresult:     2 3"),
        (3, [1, 2, 3], "Your guess is one entry; 3 are asked for.", "your guess: 3\nresult:     1 2 3"),
        ([1, 2], [[1, 2], [0, 1]], "Your guess is one row; 2 are asked for.", "your guess: 1 2\nresult:     1 2 / 0 1"),
        ([[1, 2]], [[1, 2], [0, 1]], "Your guess is one row; 2 are asked for.", None),
    ],
)
def test_a_guess_stands_above_the_result_and_what_differs_is_marked(guess, result, words, text):
    comparison = compare(guess, result)
    assert comparison.words == words
    assert text is None or repr(comparison) == f"{text}\n{words}"
    html = comparison._repr_mimebundle_()["text/html"]
    assert f"<p>{words}</p>" in html and ("✓" not in html and "✗" not in html)


def test_differing_cells_are_ringed_in_the_picture_of_both():
    svg = svg_of(compare([1, 5, 3, 4], [1, 2, 3, 4, 6]))
    marked = re.findall(r"<use href='#b' class='wrong' x='(\d+)' y='(\d+)'/>", svg)
    guess, result = (tuple(map(int, place)) for place in marked)
    assert result[1] > guess[1] and result[0] - guess[0] == 3 * 40
    assert palette.BOXES["wrong"].edge in svg


class Unkind:
    def __str__(self):
        raise RuntimeError("no")

    def __iter__(self):
        raise RuntimeError("no")


DEEP = [1]
DEEP[0] = DEEP


@pytest.mark.parametrize(
    "guess",
    [
        Unkind(),
        object(),
        DEEP,
        [1, ...],
        [[1], 2],
        {1: 2},
        1 + 2j,
        float("nan"),
        10**400,
        "<script>alert(1)</script>",
        b"1",
        [],
        [[]],
    ]
    + [np.zeros((300, 300)), np.zeros((3, 3, 3)), iter([1]), compare, np.array(["a"]), torch.eye(2).to_sparse(), [None, 1]],
    ids=lambda guess: type(guess).__name__,
)
def test_nothing_is_raised_whatever_is_typed_and_whatever_comes(guess):
    for pair in ((guess, [1, 2]), ([1, 2], guess), (guess, guess), (None, guess)):
        shown = compare(*pair)._repr_mimebundle_()
        assert "text/html" in shown and shown["text/plain"] and "<script" not in shown["text/html"]


def test_what_cannot_be_read_is_told_and_the_result_is_shown():
    comparison = compare([1, ...], [1, 2])
    assert repr(comparison) == "result:     1 2\nThere is still a `...` in your guess."
    assert "Your guess holds something of type dict" in repr(compare({1: 2}, [1, 2]))
