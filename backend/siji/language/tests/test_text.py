"""Counting as an examiner counts, and sentences that survive abbreviations and quotations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siji.language.text import count_chinese, count_words, in_one_line, sentences, words

WORDS = st.from_regex(r"[a-z]{1,9}(?:'[a-z]{1,2}|-[a-z]{1,6})?", fullmatch=True)
NUMBERS = st.integers(0, 10**9).map(lambda n: f"{n:,}") | st.decimals(0, 99, places=2).map(str)
GAPS = st.sampled_from([" ", "  ", "\n", " — ", ", ", "; ", "/", "，", "。"])


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("I don't know.", 3),
        ("a well-known, twenty-year-old house", 4),
        ("It rose by 3.5% to 1,250 at 10:30.", 8),
        ("the 20th of May, 2026", 5),
        ("He lives in the U.S. now.", 6),
        ("end.Next", 2),
        ("and/or", 2),
        ("rock 'n' roll", 3),
        ("students’ rooms – all of them—twice", 6),
        ("我喜欢 spring festival，and you", 4),
        ("five o'clock ... !!!", 2),
        ("a café", 2),
        ("COVID-19 and MP3", 3),
    ],
)
def test_counts_as_an_examiner_does(text: str, count: int) -> None:
    assert count_words(text) == count, words(text)


@given(st.lists(WORDS | NUMBERS, max_size=30), st.data())
def test_any_separator_leaves_the_count(parts: list[str], data: st.DataObject) -> None:
    """A comma right between two numbers would read as one number, so every separator here ends in a gap."""
    text = "".join(part + data.draw(GAPS) + " " for part in parts)
    assert words(text) == parts


@given(st.text(max_size=200), st.text(max_size=200))
def test_counts_of_two_paragraphs_add_up(one: str, other: str) -> None:
    assert count_words(f"{one}\n\n{other}") == count_words(one) + count_words(other)
    assert count_chinese(one + other) == count_chinese(one) + count_chinese(other)


def test_counts_chinese_without_punctuation() -> None:
    assert count_chinese("剪纸（paper cutting）是中国的民间艺术，已有 1500 年历史。") == 15


@pytest.mark.parametrize(
    "parts",
    [
        ["Dr. Lin came at 3.30 p.m. with Mr. Wu.", "They spoke to J. K. Moore."],
        ['"It is good advice," she says, "but it answers another question.', 'They are short of evenings."'],
        ['"Are you there?" she asked.', "Nobody was."],
        ['"Are you there?" Amy Porter asked.', "Nobody was."],
        ['He said, "Stop!"', "They stopped."],
        ["So did I.", "It was late."],
        ["She said no.", "They took No. 5 instead."],
        ["Fruit, e.g. Apples, is cheap.", "Is it?", "Yes!"],
        ["He waited... and left.", "It rose to 4.5 per cent."],
        ["(This was in May.)", "“So what?”", "‘Nothing.’"],
        ["Shade is not shared out {{26}}.", "Some streets lie under leaves."],
        ["one without an end"],
    ],
)
def test_splits_where_a_reader_would(parts: list[str]) -> None:
    assert sentences("  \n ".join(parts)) == parts


@given(st.text(alphabet="aB1 .!?\"'\n…“”)", max_size=120))
def test_splitting_loses_nothing(text: str) -> None:
    parts = sentences(text)
    assert " ".join(parts) == in_one_line(text)
    assert all(part.strip() == part and part for part in parts)


# Ends on a word that is no abbreviation: of those a stop says nothing.
PLAIN = r"[A-Z][a-z]{2,8}( [a-z]{2,8}){0,4} [a-z]{2,8}ing[.!?]"


@given(st.lists(st.from_regex(PLAIN, fullmatch=True), min_size=1, max_size=8))
def test_plain_sentences_come_back(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts
