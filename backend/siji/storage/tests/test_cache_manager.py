"""Made once however many ask, gone when what it was made from has changed, and never wrong when Redis is not there."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest
from django.db import connection, transaction
from django.test import override_settings

from siji.embedded.tests.own_redis import own_redis_in, until
from siji.storage.cache.counting import hit_rate
from siji.storage.cache.manager import CacheManager, Tier, Wanted

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Kitchen:
    """Makes something and counts how often."""

    value: bytes = b"first"
    seconds: float = 0.0
    times: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def make(self) -> bytes:
        value = self.value
        with self.lock:
            self.times += 1
        time.sleep(self.seconds)
        return value


@pytest.fixture
def cache() -> CacheManager:
    return CacheManager()


@pytest.fixture
def kitchen() -> Kitchen:
    return Kitchen()


def wanted(key: str = "siji:c:test:1", owner: int | None = None) -> Wanted:
    return Wanted("test", key, ["course:1", "user:1"], Tier.SHORT, owner)


def outcomes(cache: CacheManager) -> dict[str, int]:
    return cache.totals().get("test", {})


def test_a_second_reader_finds_it_made(cache: CacheManager, kitchen: Kitchen) -> None:
    assert [cache.entry(wanted(), kitchen.make).body for _ in range(3)] == [b"first"] * 3
    assert kitchen.times == 1
    assert outcomes(cache) == {"miss": 1, "hit": 2}
    assert hit_rate(outcomes(cache)) == pytest.approx(2 / 3)


def test_a_change_ends_it_for_every_process(cache: CacheManager, kitchen: Kitchen) -> None:
    other = CacheManager()
    other.entry(wanted(), kitchen.make)
    kitchen.value = b"second"
    cache.invalidate("user:1")
    assert other.entry(wanted(), kitchen.make).body == b"second"
    assert outcomes(other)["stale"] == 1


def test_a_change_counts_when_it_commits_and_not_when_it_is_rolled_back(cache: CacheManager, kitchen: Kitchen) -> None:
    cache.entry(wanted(), kitchen.make)
    kitchen.value = b"second"
    _change_and_roll_back(cache)
    assert cache.entry(wanted(), kitchen.make).body == b"first"
    with transaction.atomic():
        cache.invalidate("course:1")
        assert _elsewhere(lambda: cache.entry(wanted(), kitchen.make).body) == b"first"
    assert cache.entry(wanted(), kitchen.make).body == b"second"


def _change_and_roll_back(cache: CacheManager) -> None:
    with suppress(LookupError), transaction.atomic():
        cache.invalidate("course:1")
        raise LookupError


def _elsewhere(work: Callable[[], bytes]) -> bytes:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def test_a_transaction_neither_reads_nor_stores(cache: CacheManager, kitchen: Kitchen) -> None:
    cache.entry(wanted(), kitchen.make)
    kitchen.value = b"not committed"
    with transaction.atomic():
        assert cache.entry(wanted(), kitchen.make).body == b"not committed"
    assert cache.entry(wanted(), kitchen.make).body == b"first"
    assert outcomes(cache)["bypassed"] == 1


def test_a_reader_slower_than_a_write_stores_for_nobody(cache: CacheManager, kitchen: Kitchen) -> None:
    def overtaken() -> bytes:
        old = kitchen.make()
        kitchen.value = b"second"
        CacheManager().invalidate("course:1")
        return old

    assert cache.entry(wanted(), overtaken).body == b"first"
    assert cache.entry(wanted(), kitchen.make).body == b"second"


@pytest.mark.parametrize("processes", [1, 4])
def test_of_many_at_once_one_makes_it(kitchen: Kitchen, processes: int) -> None:
    kitchen.seconds = 0.3
    managers = [CacheManager() for _ in range(processes)]
    with ThreadPoolExecutor(16) as pool:
        bodies = list(pool.map(lambda n: managers[n % processes].entry(wanted(), kitchen.make).body, range(16)))
    assert bodies == [b"first"] * 16
    assert kitchen.times == 1


def test_who_makes_it_and_dies_holds_nobody_up_for_long(cache: CacheManager, kitchen: Kitchen) -> None:
    assert cache._has_lock(wanted())
    began = time.monotonic()
    assert cache.entry(wanted(), kitchen.make).body == b"first"
    assert time.monotonic() - began < 3


def test_an_error_of_the_making_comes_out_and_the_next_one_tries(cache: CacheManager, kitchen: Kitchen) -> None:
    def fail() -> bytes:
        raise LookupError("not today")

    with pytest.raises(LookupError, match="not today"):
        cache.entry(wanted(), fail)
    assert cache.entry(wanted(), kitchen.make).body == b"first"


def test_what_is_one_persons_is_not_found_by_another(cache: CacheManager, kitchen: Kitchen) -> None:
    """Even under the same key, which no caller should make."""
    cache.entry(wanted(owner=1), kitchen.make)
    kitchen.value = b"of another"
    assert cache.entry(wanted(owner=2), kitchen.make).body == b"of another"


def test_an_emptied_redis_is_filled_again(cache: CacheManager, kitchen: Kitchen) -> None:
    cache.entry(wanted(), kitchen.make)
    cache.link.run(lambda redis: redis.flushall())
    kitchen.value = b"second"
    assert cache.entry(wanted(), kitchen.make).body == b"second"


def test_an_old_filler_cannot_come_back_after_redis_was_emptied(cache: CacheManager, kitchen: Kitchen) -> None:
    def emptied_meanwhile() -> bytes:
        old = kitchen.make()
        cache.link.run(lambda redis: redis.flushall())
        kitchen.value = b"second"
        CacheManager().invalidate("course:1")
        return old

    cache.entry(wanted(), emptied_meanwhile)
    assert cache.entry(wanted(), kitchen.make).body == b"second"


def test_without_redis_everything_is_computed_and_the_breaker_saves_the_waiting(kitchen: Kitchen) -> None:
    with override_settings(CACHE_URL="redis://127.0.0.1:1/0"):
        cache = CacheManager()
        for _ in range(20):
            assert cache.entry(wanted(), kitchen.make).body == b"first"
        assert kitchen.times == 20
        assert cache.link.breaker.is_open
        cache.invalidate("course:owed")
        assert cache.bumps.are_owed(["course:owed"])


@pytest.fixture
def own_redis(tmp_path: Path) -> Iterator[psutil.Process]:
    with own_redis_in(tmp_path) as process:
        yield process


def test_a_frozen_redis_costs_little_and_what_changed_meanwhile_is_known_when_it_thaws(
    own_redis: psutil.Process, kitchen: Kitchen
) -> None:
    writer, reader = CacheManager(), CacheManager()
    reader.entry(wanted(), kitchen.make)
    own_redis.suspend()
    kitchen.value = b"second"
    began = time.monotonic()
    writer.invalidate("course:1")
    assert [reader.entry(wanted(), kitchen.make).body for _ in range(50)] == [b"second"] * 50
    assert time.monotonic() - began < 5
    own_redis.resume()
    until(lambda: not writer.bumps.are_owed(["course:1"]))
    until(lambda: not reader.link.breaker.is_open or reader.link.breaker.may_try())
    assert [reader.entry(wanted(), kitchen.make).body for _ in range(3)] == [b"second"] * 3


def test_what_is_owed_twice_is_not_forgotten_by_the_first_payment(cache: CacheManager) -> None:
    """A change that comes while an older debt is being paid is a debt of its own."""
    with override_settings(CACHE_URL="redis://127.0.0.1:1/0"):
        cache.bumps.bump(frozenset({"course:owed"}))
        first = dict(cache.bumps._owed)
        cache.bumps.bump(frozenset({"course:owed"}))
        assert cache.bumps._owed["course:owed"] > first["course:owed"]


def teardown_function() -> None:
    connection.close()
