"""Raw marks from answers that may hold anything."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from siji.practice.scoring import Keyed, Result, Tally, is_correct, score, trap_of

ITEMS = [
    Keyed("W", "writing", 15, None),
    Keyed("1", "listening-a", 1, "B", ("detail",), {"A": "heard_word", "C": "opposite", "D": "half_true"}),
    Keyed("2", "listening-a", 1, "C", ("detail", "inference"), {"A": "heard_word"}),
    Keyed("26", "reading-a", 0.5, "O", ("vocabulary",)),
]


def test_marks_by_section_skill_and_trap() -> None:
    found = score(ITEMS, {"W": "My essay", "1": "b ", "2": "A", "26": "O"}, {"W": 11})
    assert [(s.key, s.raw, s.raw_of, s.correct, s.items) for s in found.sections] == [
        ("writing", 11, 15, 0, 1),
        ("listening-a", 1, 2, 1, 2),
        ("reading-a", 0.5, 0.5, 1, 1),
    ]
    assert found.skills == {"detail": Tally(1, 2), "inference": Tally(0, 1), "vocabulary": Tally(1, 1)}
    assert found.traps == {"heard_word": 1}
    assert (found.raw, found.raw_of) == (12.5, 17.5)
    assert not found.is_provisional


def test_a_script_that_waits_counts_neither_for_nor_against() -> None:
    found = score(ITEMS, {}, {"W": None})
    assert found.sections[0].raw is None
    assert (found.raw, found.raw_of) == (0, 2.5)
    assert found.is_provisional


def test_a_blank_or_nonsense_falls_into_no_trap() -> None:
    for value in ("", "  ", "AB", "\u0411", "Ａ", "{}", "a" * 20_000):
        assert not is_correct(ITEMS[1], value)
        assert trap_of(ITEMS[1], value) is None


@given(st.dictionaries(st.sampled_from(["W", "1", "2", "26", "T", "99"]), st.text()), st.one_of(st.none(), st.integers(0, 15)))
def test_whatever_was_sent_the_marks_stay_within_the_paper(answers: dict[str, str], mark: int | None) -> None:
    found = score(ITEMS, answers, {"W": mark})
    assert 0 <= found.raw <= found.raw_of <= 17.5
    assert Result.of(found.as_json()) == found
