"""What a rewrite changed: words that went, came and stayed; faults that went, came and stayed."""

from __future__ import annotations

import time

import pytest

from siji.practice.rewriting.rules import Fault, compare, faults_between

PAIRS = [
    ("", ""),
    ("", "A new text."),
    ("An old text.", ""),
    ("I likes tea.", "I like green tea, too."),
    ("One line.\n\nAnother  line.", "One line. Another line!"),
    ("  It's a well-known fact", "It’s a well-known fact "),
    ("茶馆是 a teahouse", "茶馆是 the teahouse。"),
]


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_the_pieces_put_together_are_both_texts(before: str, after: str) -> None:
    pieces = compare(before, after)
    assert "".join(piece.text for piece in pieces if piece.change != "gone") == after
    assert "".join("".join(piece.text.split()) for piece in pieces if piece.change != "new") == "".join(before.split())


def test_only_the_words_that_changed_are_named() -> None:
    pieces = compare("Nowadays student likes tea.", "Nowadays students like tea.")
    assert [(piece.change, piece.text.strip()) for piece in pieces] == [
        ("same", "Nowadays"),
        ("gone", "student likes"),
        ("new", "students like"),
        ("same", "tea."),
    ]


def test_white_space_alone_is_no_change() -> None:
    assert {piece.change for piece in compare("One.\n\nTwo  three.", "One. Two three.")} == {"same"}


def test_a_text_made_to_be_slow_is_shown_whole() -> None:
    before, after = "a b " * 5000, "b a " * 5000
    begun = time.perf_counter()
    assert [(piece.change, piece.text) for piece in compare(before, after)] == [("gone", before), ("new", after)]
    assert time.perf_counter() - begun < 1


def test_faults_are_matched_by_kind_and_words_each_once() -> None:
    open_, likes, spelt = Fault("grammar", "it open"), Fault("grammar", "He likes"), Fault("spelling", "it open")
    found = faults_between([open_, open_, likes], [Fault("grammar", "It  open"), spelt])
    assert found.gone == (open_, likes)
    assert [fault.quote for fault in found.left] == ["It  open"]
    assert found.new == (spelt,)
