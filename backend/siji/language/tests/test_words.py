"""Words for a search: cut, begun, mended, and marked where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siji.language.words import Query, _letters, _slips_between, corrected, excerpt, index_words


def test_chinese_is_cut_into_long_and_short_words() -> None:
    assert {"模拟考试", "模拟", "考试"} <= set(index_words("四级模拟考试").split())
    assert index_words("It’s CET-4, 2026!") == "it cet 4 2026"


@given(st.text(max_size=60))
def test_a_text_is_found_by_each_word_of_its_own(text: str) -> None:
    there = set(index_words(text).split())
    assert set(Query.of(text, most=100).words) <= there | {word for word in Query.of(text, most=100).words if len(word) == 1}


def test_the_last_word_is_open_while_somebody_types() -> None:
    assert Query.of("clim") == Query(("clim",), is_open=True)
    assert Query.of("clim ") == Query(("clim",), is_open=False)
    assert Query.of("") == Query((), is_open=False)
    assert len(Query.of("a b c d e f g h i j k").words) == 8


def test_slips_are_mended_and_words_left_alone() -> None:
    assert corrected(["enviroment"]) == ("environment",)
    assert corrected(["goverment", "policy"]) == ("government", "policy")
    assert corrected(["environment", "四级", "siji01"]) is None
    assert corrected(["xqzzvwk"]) is None
    assert corrected(["recieve"]) == ("receive",)
    assert corrected(["enviromant"]) == ("environment",), "two slips"
    assert corrected(["a" * 200]) is None


@given(st.text(max_size=300), st.lists(st.text(min_size=1, max_size=6), max_size=4))
def test_marks_lie_in_the_excerpt_in_order_and_apart(text: str, words: list[str]) -> None:
    part, spots = excerpt(text, words, length=40)
    assert len(part) <= 42
    at = 0
    for start, end in spots:
        assert at <= start < end <= len(part)
        at = end


def test_an_excerpt_is_cut_around_what_was_found() -> None:
    text = "One two three. " * 20 + "The climate is changing. " + "Four five six. " * 20
    part, ((start, end),) = excerpt(text, ["climate"], length=60)
    assert part[start:end] == "climate"
    assert part.startswith("…")
    assert part.endswith("…")


@given(st.text("abcde", min_size=1, max_size=7), st.text("abcde", min_size=1, max_size=7))
def test_no_known_word_that_two_slips_lead_to_is_passed_by(word: str, other: str) -> None:
    """What is looked at more closely is chosen by length and letters: that choice must not lose one."""
    if _slips_between(word, other) <= 2:
        assert abs(len(word) - len(other)) <= 2
        assert (_letters(word) ^ _letters(other)).bit_count() <= 4


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("word", "word", 0),
        ("word", "wrod", 1),
        ("word", "wordy", 1),
        ("word", "wok", 2),
        ("ab", "ba", 1),
        ("abcdef", "uvwxyz", 3),
    ],
)
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert _slips_between(one, other) == _slips_between(other, one) == slips
