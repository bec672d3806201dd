"""The verdict of ``make faults`` and ``make soak``: what counts as lost, as down, as available, as growing."""

from __future__ import annotations

from typing import Any

import pytest
from faults.planning import MOST_SECONDS, expected, longest, said
from faults.table import FAULTS
from faults.verdict import Ask, availability, downtime, is_right, lost, slope_per_hour


def ask(due: float, *, good: bool, took: float = 0.1, user: str = "ann", missed: int = 0) -> Ask:
    return Ask(user, "save", due, due + took, good, "" if good else "503", missed)


def row(**changed: Any) -> dict[str, Any]:
    return {"felt": True, "lost": 0, "downtime_s": 1.0, "is_healed": True, "failed_saves": 0, **changed}


def right(told: dict[str, Any], *, may_lose: bool = False, may_fail_writes: bool = True) -> bool:
    return is_right(told, may_lose=may_lose, longest_down=5, may_fail_writes=may_fail_writes)


def test_an_acknowledged_answer_that_is_not_kept_or_kept_otherwise_is_lost() -> None:
    acknowledged = [("a", "1", "A"), ("a", "2", "B"), ("a", "3", "C")]
    assert lost(acknowledged, [("a", "1", "A"), ("a", "2", "X")]) == {("a", "2", "B"), ("a", "3", "C")}
    assert lost(acknowledged, [*acknowledged, ("a", "4", "not acknowledged, and kept")]) == set()


def test_down_is_from_the_first_refusal_until_the_next_good_answer_of_the_same_user() -> None:
    asks = [ask(0, good=True), ask(1, good=False), ask(2, good=True, user="bob"), ask(3, good=False), ask(4, good=True)]
    assert downtime(asks, until=10) == pytest.approx(3.1)


def test_who_is_never_answered_again_is_down_until_the_end() -> None:
    assert downtime([ask(0, good=True), ask(2, good=False)], until=10) == 8


def test_a_long_wait_for_nothing_counts_for_every_moment_that_passed_in_it() -> None:
    assert availability([ask(0, good=True), ask(1, good=False, missed=2)]) == 0.25
    assert availability([]) is None


@pytest.mark.parametrize(
    "wrong", [{"felt": False}, {"lost": 1}, {"downtime_s": 5.1}, {"is_healed": False}], ids=lambda wrong: next(iter(wrong))
)
def test_each_of_these_makes_a_row_wrong(wrong: dict[str, Any]) -> None:
    assert right(row())
    assert not right(row(**wrong))


def test_a_refused_save_is_wrong_where_none_may_be_refused_and_a_control_must_lose() -> None:
    assert right(row(failed_saves=1))
    assert not right(row(failed_saves=1), may_fail_writes=False)
    assert right(row(lost=3), may_lose=True)
    assert not right(row(), may_lose=True)


def test_the_slope_is_the_growth_in_an_hour() -> None:
    assert slope_per_hour([(0, 100), (1800, 150), (3600, 200)]) == pytest.approx(100)
    assert slope_per_hour([(0, 7), (60, 7)]) == 0
    with pytest.raises(ValueError, match="two moments"):
        slope_per_hour([(5, 1), (5, 2)])


def test_every_fault_has_a_name_of_its_own_and_fifteen_make_the_half_hour() -> None:
    names = [fault.name for fault in FAULTS]
    assert len(names) == len(set(names))
    assert sum(fault.in_a6 for fault in FAULTS) == 15


def test_the_matrix_says_how_long_it_takes() -> None:
    one = next(fault for fault in FAULTS if not fault.in_a6)
    never, again = (expected([one], spacing=120, drills=[], measured=known) for known in ({}, {one.name: 7.0}))
    assert never - again == pytest.approx(longest(one) - 7.0)
    known = {fault.name: 10.0 for fault in FAULTS} | {"failover": 60.0, "jobs": 300.0}
    whole, beside, after = (
        expected(FAULTS, spacing=120, drills=drills, measured=known) for drills in ([], ["failover"], ["failover", "jobs"])
    )
    assert whole > 30 * 60, "the half hour of A6 is in it"
    assert beside == whole, "a drill that is shorter than the worlds it runs beside"
    assert after == pytest.approx(whole + 300)
    of_wires = [fault for fault in FAULTS if fault.world == "wires"]
    of_both = [fault for fault in FAULTS if fault.world != "school"]
    assert expected(of_both, spacing=120, drills=[], measured=known) == expected(of_wires, spacing=120, drills=[], measured=known)
    assert "more than the 45" in said(MOST_SECONDS + 1)
    assert "more" not in said(MOST_SECONDS)
