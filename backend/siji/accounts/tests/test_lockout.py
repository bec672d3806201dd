"""The rule of waiting, by properties."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from siji.accounts.lockout import PERSON, wait_seconds

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
AGES = st.lists(st.integers(min_value=0, max_value=3600), max_size=40)


def failures(ages: list[int]) -> list[datetime]:
    return [NOW - timedelta(seconds=age) for age in ages]


@given(AGES)
def test_below_the_limit_nobody_waits(ages: list[int]) -> None:
    recent = [age for age in ages if age < 900]
    waits = wait_seconds(failures(ages), now=NOW, policy=PERSON)
    assert (waits == 0) or len(recent) >= PERSON.limit


@given(AGES)
def test_a_wait_is_never_longer_than_the_longest(ages: list[int]) -> None:
    assert 0 <= wait_seconds(failures(ages), now=NOW, policy=PERSON) <= 900


@given(AGES, st.integers(min_value=1, max_value=900))
def test_waiting_only_gets_shorter(ages: list[int], later: int) -> None:
    first = wait_seconds(failures(ages), now=NOW, policy=PERSON)
    assert wait_seconds(failures(ages), now=NOW + timedelta(seconds=later), policy=PERSON) <= max(0, first - later)


def test_each_failure_over_the_limit_doubles_the_wait() -> None:
    waits = [wait_seconds(failures([0] * n), now=NOW, policy=PERSON) for n in (9, 10, 11, 12)]
    assert waits == [0, 30, 60, 120]
