"""An answer that depends on the time ends at the moment at which it is another one, and not a moment later."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siji.schema import Schema
from siji.storage.cache.entries import Entry
from siji.storage.cache.manager import CacheManager, Tier, Wanted, cache_manager
from siji.storage.cache.results import Timed, cached_value, written
from siji.storage.moments import seconds_until_next

AT = datetime(2026, 6, 13, 9, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
moments = st.lists(st.none() | st.datetimes(datetime(2026, 6, 1), datetime(2026, 6, 30), timezones=st.just(UTC)))


@given(moments, st.datetimes(datetime(2026, 6, 1), datetime(2026, 6, 30), timezones=st.just(UTC)))
def test_it_is_the_first_moment_that_has_not_come(given: list[datetime | None], at: datetime) -> None:
    seconds = seconds_until_next(given, at=at)
    to_come = sorted(moment for moment in given if moment is not None and moment > at)
    if not to_come:
        assert seconds is None
        return
    assert seconds is not None
    assert at + timedelta(seconds=seconds) == to_come[0]


@pytest.mark.parametrize(
    ("before", "seconds"), [(MICROSECOND, 1e-6), (timedelta(0), None), (-MICROSECOND, None), (timedelta(hours=1), 3600.0)]
)
def test_at_its_moment_a_change_has_happened(before: timedelta, seconds: float | None) -> None:
    assert seconds_until_next([AT, None], at=AT - before) == seconds


def test_an_entry_is_over_at_its_moment() -> None:
    entry = Entry.of(b"", versions={}, owner=None, cost=0, expires=1000.9999)
    read = Entry.read(entry.as_bytes())
    assert read.is_current({}, now=1000.998)
    assert not read.is_current({}, now=1000.9999), "rounding must not make it longer"


class Said(Schema):
    at: float


@pytest.mark.django_db(transaction=True)
def test_what_holds_for_a_moment_is_kept_for_that_moment() -> None:
    def said(seconds: float | None) -> float:
        made = lambda: Timed(Said(at=time.time()), seconds)  # noqa: E731
        return cached_value(name="said", shape=Said, make=made, namespaces=[], owner=None).at

    first = said(0.4)
    assert said(0.4) == first
    time.sleep(max(0.0, first + 0.4 - time.time()))
    assert said(None) > first


@pytest.mark.django_db(transaction=True)
def test_what_changes_now_is_not_kept_and_slow_making_is_taken_off() -> None:
    def slow() -> bytes:
        time.sleep(0.3)
        return b""

    cache, wanted = CacheManager(), Wanted("slow", "siji:c:slow:1", [], Tier.SHORT)
    cache.entry(wanted, lambda: written(Timed(Said(at=float(len(slow()))), 0.25)))
    kept = cache.link.run(lambda redis: redis.get(wanted.key))
    assert kept is None, "it was over when it was made"
    cache_manager.entry(wanted, lambda: written(Timed(Said(at=0), 0.0)))
    assert cache.link.run(lambda redis: redis.get(wanted.key)) is None
