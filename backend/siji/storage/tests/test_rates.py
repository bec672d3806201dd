"""Counting for all processes together: who is far below costs nothing, who is above waits, and Redis away refuses nobody."""

from __future__ import annotations

import pytest
from django.conf import LazySettings

from siji.storage import rates
from siji.storage.cache.link import Link
from siji.storage.cache.manager import cache_manager
from siji.storage.rates import MARK, Rate


class Clock:
    now = 1_800_000_000.0
    """Begins a minute."""

    def __call__(self) -> float:
        return self.now


def steps(rate: Rate, times: int, *, most: int = 16, key: str = "a") -> list[int]:
    return [rate.wait_seconds(key, most=most) for _ in range(times)]


def kept() -> list[bytes]:
    return cache_manager.link.run(lambda redis: list(redis.scan_iter(f"{MARK}:*")))


def test_above_the_limit_one_waits_for_the_next_stretch_and_then_not() -> None:
    clock = Clock()
    rate = Rate("test", clock=clock)
    assert steps(rate, 16) == [0] * 16
    clock.now += 20.4
    assert steps(rate, 2) == [40, 40]
    assert steps(rate, 1, key="b") == [0], "somebody else is not held up"
    clock.now += 39.6
    assert steps(rate, 16) == [0] * 16


def test_processes_count_together_but_for_an_eighth_each() -> None:
    clock = Clock()
    one, other = Rate("test", clock=clock), Rate("test", clock=clock)
    assert steps(one, 12) == [0] * 12
    assert sum(wait == 0 for wait in steps(other, 12)) == 4


def test_far_below_the_limit_redis_is_not_asked() -> None:
    rate = Rate("test", clock=Clock())
    steps(rate, 99, most=800)
    assert kept() == []
    steps(rate, 2, most=800)
    (name,) = kept()
    assert cache_manager.link.run(lambda redis: int(redis.get(name) or 0)) == 101
    assert cache_manager.link.run(lambda redis: redis.ttl(name)) in range(1, 121)


def test_without_redis_each_process_counts_alone(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_manager, "link", Link())
    settings.CACHE_URL = "redis://127.0.0.1:1/0"
    clock = Clock()
    one, other = Rate("test", clock=clock), Rate("test", clock=clock)
    assert steps(one, 18) == [0] * 16 + [60] * 2
    assert steps(other, 16) == [0] * 16


def test_no_limit_is_no_limit() -> None:
    assert steps(Rate("test", clock=Clock()), 50, most=0) == [0] * 50


def test_more_keys_than_can_be_kept_are_let_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "MOST_KEYS", 3)
    rate = Rate("test", clock=Clock())
    assert [rate.wait_seconds(str(number % 5), most=2) for number in range(15)].count(0) == 3 * 2 + 2 * 3
    assert len(rate._here) == 3
