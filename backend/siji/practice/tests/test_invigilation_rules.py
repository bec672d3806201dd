"""Who counts as present, what of an absence counts, and a gate that costs nothing: the rules alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siji.practice.invigilation.rules import OFFLINE_AFTER, Gate, Standing, absence_within, standing

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
seconds = st.integers(-100, 200).map(lambda number: NOON + number * SECOND)


@pytest.mark.parametrize(
    ("is_begun", "is_over", "is_submitted", "silence", "expected"),
    [
        (False, False, False, None, "not_here"),
        (True, False, False, 0, "present"),
        (True, False, False, 44.9, "present"),
        (True, False, False, 45, "offline"),
        (True, False, False, None, "offline"),
        (True, True, True, 0, "submitted"),
        (True, True, False, 0, "closed"),
    ],
)
def test_standing(is_begun: bool, is_over: bool, is_submitted: bool, silence: float | None, expected: Standing) -> None:
    seen_at = None if silence is None else NOON - silence * SECOND
    found = standing(is_begun=is_begun, is_over=is_over, is_submitted=is_submitted, seen_at=seen_at, now=NOON)
    assert found == expected


def test_a_student_who_asks_every_twenty_seconds_is_never_offline_though_one_request_is_lost() -> None:
    """Written at most every 15 s: the worst is a write just before the one that is lost."""
    gate, written, worst = Gate(15.0), 0.0, 0.0
    for number in range(60):
        at = 20.0 * number
        worst = max(worst, at - written)
        if number % 2 == 0 and gate.lets("attempt", at):
            written = at
    assert worst < OFFLINE_AFTER.total_seconds()


@given(left=seconds, back=st.none() | seconds, end=st.none() | seconds)
def test_an_absence_counts_second_by_second(left: datetime, back: datetime | None, end: datetime | None) -> None:
    """Against asking each second of a long enough time whether the student was away and the exam ran."""
    last = NOON + 300 * SECOND
    times = [NOON + number * SECOND for number in range(-100, 300)]
    away = [at for at in times if left <= at < (back or last) and NOON <= at < (end or last)]
    found = absence_within(left, back, start=NOON, end=end)
    if found is None:
        assert away == []
        return
    assert found[0] == (away[0] if away else found[0])
    assert (found[1] is None) == (back is None and end is None)
    assert len(away) == ((found[1] or last) - found[0]) // SECOND


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 20)), max_size=60))
def test_a_gate_lets_each_key_through_once_in_fifteen_seconds(steps: list[tuple[str, int]]) -> None:
    gate, now, last = Gate(15.0), 0.0, dict[str, float]()
    for key, pause in steps:
        now += pause
        expected = key not in last or now - last[key] >= 15
        assert gate.lets(key, now) == expected
        if expected:
            last[key] = now


def test_a_gate_forgets_and_stays_small() -> None:
    gate = Gate(15.0, most=3)
    assert gate.lets("a", 0.0)
    gate.forget("a")
    assert gate.lets("a", 1.0)
    for number in range(10):
        assert gate.lets(number, 2.0)
    assert len(gate._let) <= 3
    old = Gate(15.0, most=2)
    assert old.lets("old", 0.0)
    assert old.lets("fresh", 14.0)
    assert old.lets("new", 16.0)
    assert not old.lets("fresh", 16.0)
