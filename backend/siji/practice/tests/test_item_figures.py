"""The figures of items against slow, plain ways to work them out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, product
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siji.practice.analysis import rules
from siji.practice.analysis.rules import ItemFigures, item_figures, skill_shares, spread_of
from siji.practice.scoring import Keyed

ITEMS = [
    Keyed("1", "listening-a", 1.0, "A", ("detail",), {"B": "heard_word", "C": "other_topic", "D": "heard_word"}),
    Keyed("2", "listening-a", 1.0, "B", ("detail", "inference"), {"A": "heard_word"}),
    Keyed("3", "reading-c", 2.0, "C", ("inference",), {}),
    Keyed("W", "writing", 15.0, None),
]
SLOTS = ("1", "2", "3")
answers = st.fixed_dictionaries({}, optional=dict.fromkeys(SLOTS, st.sampled_from(["A", "B", "C", "D", " a", ""])))
classes = st.lists(answers, min_size=rules.FEWEST, max_size=40)
small = st.lists(answers, min_size=0, max_size=9)


def is_right(slot: str, sheet: rules.Sheet) -> bool:
    return sheet.get(slot, "").strip().upper() == {"1": "A", "2": "B", "3": "C"}[slot]


def marks(sheet: rules.Sheet) -> int:
    return is_right("1", sheet) + is_right("2", sheet) + 2 * is_right("3", sheet)


def figures_of(sheets: Sequence[rules.Sheet]) -> dict[str, ItemFigures]:
    return {figures.slot: figures for figures in item_figures(ITEMS, sheets)}


@given(classes)
def test_facility_and_choices_are_counts(sheets: list[dict[str, str]]) -> None:
    found = figures_of(sheets)
    assert list(found) == list(SLOTS)
    for slot, figures in found.items():
        assert figures.correct == sum(is_right(slot, sheet) for sheet in sheets)
        assert figures.facility == pytest.approx(figures.correct / len(sheets))
        assert sum(choice.count for choice in figures.choices) == len(sheets)
        for choice in figures.choices:
            assert choice.count == sum(sheet.get(slot, "").strip().upper() == choice.letter for sheet in sheets)


@given(classes)
def test_the_most_chosen_wrong_answer_is_named_with_its_trap(sheets: list[dict[str, str]]) -> None:
    wrong = [sheet["1"].strip().upper() for sheet in sheets if sheet.get("1", "").strip() and not is_right("1", sheet)]
    top = figures_of(sheets)["1"].top_wrong
    if not wrong:
        assert top is None
        return
    assert top is not None
    assert top.count == max(wrong.count(chosen) for chosen in wrong)
    assert top.letter == min(chosen for chosen in wrong if wrong.count(chosen) == top.count)
    assert top.trap == {"B": "heard_word", "C": "other_topic", "D": "heard_word"}[top.letter]


def arrangements(rights: Sequence[bool]) -> list[list[bool]]:
    """Every way in which the right ones may stand among students of the same mark."""
    places = range(len(rights))
    return [[place in chosen for place in places] for chosen in combinations(places, sum(rights))]


def every_order(sheets: Sequence[rules.Sheet], slot: str, size: int) -> Fraction:
    """The mean index over every order of students in which nobody stands before somebody with more marks."""
    by_mark: dict[int, list[bool]] = {}
    for sheet in sheets:
        by_mark.setdefault(marks(sheet), []).append(is_right(slot, sheet))
    blocks = [arrangements(by_mark[mark]) for mark in sorted(by_mark, reverse=True)]
    orders = [[right for block in order for right in block] for order in product(*blocks)]
    total = sum(sum(order[:size]) - sum(order[-size:]) for order in orders)
    return Fraction(total, size * len(orders))


@pytest.mark.parametrize("slot", SLOTS)
@given(sheets=st.lists(answers, min_size=rules.FEWEST, max_size=11))
def test_upper_lower_is_the_mean_over_every_order_of_equal_students(sheets: list[dict[str, str]], slot: str) -> None:
    size = max(1, round(0.27 * len(sheets)))
    assert size == rules.group_size(len(sheets))
    assert figures_of(sheets)[slot].discrimination == pytest.approx(float(every_order(sheets, slot, size)))


@given(classes)
def test_point_biserial_by_the_textbook(sheets: list[dict[str, str]]) -> None:
    """(mean of the others' marks of those right - of those wrong) / deviation * sqrt(p q)."""
    for slot, figures in figures_of(sheets).items():
        rest = [marks(sheet) - {"1": 1, "2": 1, "3": 2}[slot] * is_right(slot, sheet) for sheet in sheets]
        ups = [other for other, sheet in zip(rest, sheets, strict=True) if is_right(slot, sheet)]
        downs = [other for other, sheet in zip(rest, sheets, strict=True) if not is_right(slot, sheet)]
        mean = sum(rest) / len(rest)
        deviation = sqrt(sum((other - mean) ** 2 for other in rest) / len(rest))
        if not ups or not downs or deviation < 1e-9:
            assert figures.point_biserial is None
            continue
        share = len(ups) / len(sheets)
        expected = (sum(ups) / len(ups) - sum(downs) / len(downs)) / deviation * sqrt(share * (1 - share))
        assert figures.point_biserial == pytest.approx(expected)


@given(small)
def test_too_few_students_give_no_index(sheets: list[dict[str, str]]) -> None:
    for figures in item_figures(ITEMS, sheets):
        assert (figures.discrimination, figures.point_biserial) == (None, None)


@given(classes)
def test_skills_are_shares_of_all_that_was_asked(sheets: list[dict[str, str]]) -> None:
    shares = skill_shares(ITEMS, sheets)
    assert list(shares) == ["detail", "inference"]
    for skill, slots in {"detail": ("1", "2"), "inference": ("2", "3")}.items():
        right = sum(is_right(slot, sheet) for sheet in sheets for slot in slots)
        assert (shares[skill].correct, shares[skill].answers) == (right, 2 * len(sheets))
        assert shares[skill].percent == pytest.approx(100 * right / (2 * len(sheets)))


def test_a_good_item_divides_and_a_bad_one_is_flagged() -> None:
    good = [{"1": "A", "2": "A", "3": "C"}] * 6 + [{"1": "B", "2": "B", "3": "D"}] * 6
    found = figures_of(good)
    assert (found["1"].discrimination, found["2"].discrimination) == (1.0, -1.0)
    assert (found["1"].flags, found["2"].flags) == ((), ("negative",))


def test_hard_easy_weak_and_a_trap_stronger_than_the_key() -> None:
    hard = figures_of([{"1": "A"}] * 2 + [{"1": "B"}] * 8 + [{"1": ""}])
    assert hard["1"].flags == ("hard", "trap")
    easy = figures_of([{"1": "A", "2": "B"}] * 11)
    assert easy["1"].flags == ("easy",)
    middle = [{"2": "B", "3": "C"}] * 3 + [{"1": "A", "2": "B"}] * 4
    weak = figures_of([{"1": "A", "2": "B", "3": "C"}, *middle, {"1": "A"}, {"2": "B"}, {}, {}])
    assert weak["1"].discrimination == pytest.approx(1 / 3 - 1 / 6)
    assert weak["1"].flags == ("weak",)


def test_blanks_are_wrong_and_are_no_trap() -> None:
    figures = figures_of([{"1": "A"}] * 4 + [{}] * 8)["1"]
    assert [(choice.letter, choice.count, choice.is_key) for choice in figures.choices] == [("A", 4, True), ("", 8, False)]
    assert figures.top_wrong is None
    assert "trap" not in figures.flags


def test_nobody_sat_it() -> None:
    assert [figures.facility for figures in item_figures(ITEMS, [])] == [0.0, 0.0, 0.0]
    assert all(figures.flags == () for figures in item_figures(ITEMS, []))
    assert (spread_of([]).mean, spread_of([]).bins) == (None, (0,) * 10)


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30))
def test_everybody_is_in_one_bin(percents: list[float]) -> None:
    spread = spread_of(percents)
    assert sum(spread.bins) == spread.students == len(percents)
    for place, count in enumerate(spread.bins):
        edge = [percent for percent in percents if percent * 10 / 100 >= place and (percent * 10 / 100 < place + 1 or place == 9)]
        assert count == len(edge)
    assert spread.mean == pytest.approx(sum(percents) / len(percents))
    ordered = sorted(percents)
    middle = len(ordered) // 2
    assert spread.median == pytest.approx(ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2)
