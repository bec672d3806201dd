"""``CacheManager``: find an entry or make it, once however many ask, and say when what it was made from has changed."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from django.db import connection
from redis import Redis

from siji.storage.cache import counting
from siji.storage.cache.bumping import VERSION_SECONDS, Bumps, new_version
from siji.storage.cache.counting import Counts, Outcome
from siji.storage.cache.entries import Entry, Fleeting, Unreadable
from siji.storage.cache.keys import lock_key, version_key
from siji.storage.cache.link import Link, Unavailable
from siji.storage.replicas.reading import from_primary

JITTER = 0.1
"""Lifetimes differ by up to a tenth, so that what was made together does not end together."""
LOCK_SECONDS = 5.0
LONGEST_WAIT = 1.0
LOOK_AGAIN = 0.02


class Tier(IntEnum):
    """How long an entry may live at most, in seconds; a write ends it at once."""

    SHORT = 300
    MEDIUM = 1800
    LONG = 3600
    DAILY = 86400


@dataclass(frozen=True, slots=True)
class Wanted:
    """One entry: its name for counting, its key, what it is made from, how long it may live, who alone may read it."""

    name: str
    key: str
    namespaces: Sequence[str]
    tier: Tier
    owner: int | None = None

    @property
    def spaces(self) -> list[str]:
        return [*dict.fromkeys([EVERYTHING, *self.namespaces])]


Made = bytes | Fleeting

EVERYTHING = "everything"
"""What every entry is made from: bumped by what writes past the actions (loading by COPY, migrations, a recount)."""


@dataclass(frozen=True, slots=True)
class _Seen:
    entry: Entry | None
    versions: Mapping[str, str]
    is_stale: bool = False


class CacheManager:
    def __init__(self) -> None:
        self.link = Link()
        self.counts = Counts()
        self.bumps = Bumps(self.link)
        self._flights: dict[str, threading.Lock] = {}
        self._flights_lock = threading.Lock()

    def entry(self, wanted: Wanted, make: Callable[[], Made]) -> Entry:
        """The present entry, or one made now. Only errors of ``make`` come out.

        Inside a transaction nothing is read or stored: what it has written is nobody else's to see yet, and what is stored may be
        older than what it has read.
        """
        if in_transaction() or self.bumps.are_owed(wanted.spaces):
            return self._uncached(wanted, make, "bypassed")
        try:
            seen = self._look(wanted)
            if seen.entry is not None:
                return self._found(wanted, seen, make)
            return self._made_once(wanted, make)
        except Unavailable:
            return self._uncached(wanted, make, "error")

    def invalidate(self, *namespaces: str) -> None:
        """What was made from these is no longer there once the present transaction has committed (at once outside one)."""
        if namespaces:
            self.bumps.on_commit(namespaces)

    def forget_everything(self) -> None:
        """As ``invalidate`` of all there is."""
        self.bumps.on_commit([EVERYTHING])

    def totals(self) -> dict[str, dict[str, int]]:
        """See :func:`counting.totals`, with this process's newest. Raises Unavailable."""
        self.link.run(self.counts.send_all)
        return self.link.run(counting.totals)

    def _uncached(self, wanted: Wanted, make: Callable[[], Made], outcome: Outcome) -> Entry:
        self.counts.note(wanted.name, outcome)
        body = _plain(make())
        return Entry.of(body.body, versions={}, owner=wanted.owner, cost=0, expires=0)

    def _look(self, wanted: Wanted) -> _Seen:
        """The entry if it is current, and the present version of each namespace, given one where there was none."""
        stored, *versions = self.link.run(lambda redis: self._read(redis, wanted))
        present = {space: version.decode() for space, version in zip(wanted.spaces, versions, strict=True) if version}
        missing = [space for space in wanted.spaces if space not in present]
        if missing:
            present |= self.link.run(lambda redis: _given_versions(redis, missing))
        entry = _readable(stored)
        if entry is None or entry.owner != wanted.owner:
            return _Seen(None, present)
        if not entry.is_current(present, now=time.time()):
            return _Seen(None, present, is_stale=True)
        return _Seen(entry, present)

    def _read(self, redis: Redis, wanted: Wanted) -> list[bytes | None]:
        with redis.pipeline(transaction=False) as pipe:
            pipe.mget([wanted.key, *(version_key(space) for space in wanted.spaces)])
            self.counts.send_with(pipe)
            found: list[bytes | None] = pipe.execute()[0]
            return found

    def _found(self, wanted: Wanted, seen: _Seen, make: Callable[[], Made]) -> Entry:
        entry = seen.entry
        assert entry is not None
        if entry.wants_early(now=time.time(), chance=1.0 - random.random()) and self._has_lock(wanted):
            self.counts.note(wanted.name, "early")
            return self._make(wanted, seen.versions, make)
        self.counts.note(wanted.name, "hit")
        return entry

    def _made_once(self, wanted: Wanted, make: Callable[[], Made]) -> Entry:
        """The first of this process asks for the lock of all; the others wait for what comes, and not for ever."""
        with self._flights_lock:
            flight = self._flights.setdefault(wanted.key, threading.Lock())
        is_first = flight.acquire(blocking=False)
        if not is_first and not flight.acquire(timeout=LONGEST_WAIT):
            return self._uncached(wanted, make, "miss")
        try:
            if is_first and self._has_lock(wanted):
                return self._made_unless_there(wanted, make)
            return self._awaited(wanted, make)
        finally:
            flight.release()
            with self._flights_lock:
                if not flight.locked():
                    self._flights.pop(wanted.key, None)

    def _awaited(self, wanted: Wanted, make: Callable[[], Made]) -> Entry:
        """Somebody else is making it: take theirs, or make it where it does not come or the lock has become free."""
        end = time.monotonic() + LONGEST_WAIT
        while True:
            seen = self._look(wanted)
            if seen.entry is not None:
                self.counts.note(wanted.name, "waited")
                return seen.entry
            if self._has_lock(wanted):
                return self._made_unless_there(wanted, make)
            if time.monotonic() >= end:
                self.counts.note(wanted.name, "miss")
                return self._make(wanted, seen.versions, make)
            time.sleep(LOOK_AGAIN)

    def _made_unless_there(self, wanted: Wanted, make: Callable[[], Made]) -> Entry:
        """With the lock: who held it before may have stored it between our look and our asking for the lock."""
        seen = self._look(wanted)
        if seen.entry is not None:
            self._store(wanted, None)
            self.counts.note(wanted.name, "waited")
            return seen.entry
        self.counts.note(wanted.name, "stale" if seen.is_stale else "miss")
        return self._make(wanted, seen.versions, make)

    def _has_lock(self, wanted: Wanted) -> bool:
        key = lock_key(wanted.key)
        return bool(self.link.run(lambda redis: redis.set(key, b"1", nx=True, px=int(LOCK_SECONDS * 1000))))

    def _make(self, wanted: Wanted, versions: Mapping[str, str], make: Callable[[], Made]) -> Entry:
        began, at = time.monotonic(), time.time()
        try:
            with from_primary():  # a replica may be behind the versions under which this is stored
                made = _plain(make())
        except BaseException:
            self._store(wanted, None)
            raise
        lifetime = wanted.tier * (1 - JITTER * random.random())
        if made.seconds is not None:
            lifetime = min(lifetime, made.seconds)  # from before the making read the time: never too long
        cost = time.monotonic() - began
        entry = Entry.of(made.body, versions=versions, owner=wanted.owner, cost=cost, expires=at + lifetime)
        self._store(wanted, entry)
        return entry

    def _store(self, wanted: Wanted, entry: Entry | None) -> None:
        """With the lock given back. What cannot be stored is made again next time."""

        def store(redis: Redis) -> None:
            # Ended by Redis's clock too: that of a reader on another machine may be behind ours.
            left_ms = 0 if entry is None else int((entry.expires - time.time()) * 1000)
            with redis.pipeline(transaction=False) as pipe:
                if entry is not None and left_ms > 0:
                    pipe.set(wanted.key, entry.as_bytes(), px=left_ms)
                pipe.delete(lock_key(wanted.key))
                pipe.execute()

        try:
            self.link.run(store)
        except Unavailable:
            self.counts.note(wanted.name, "error")


def in_transaction() -> bool:
    return connection.in_atomic_block


def _plain(made: Made) -> Fleeting:
    return made if isinstance(made, Fleeting) else Fleeting(made)


def _readable(stored: bytes | None) -> Entry | None:
    if stored is None:
        return None
    try:
        return Entry.read(stored)
    except Unreadable:
        return None


def _given_versions(redis: Redis, namespaces: Iterable[str]) -> dict[str, str]:
    """Of two who give one at once, both read the first."""
    spaces = list(namespaces)
    with redis.pipeline(transaction=False) as pipe:
        for space in spaces:
            pipe.set(version_key(space), new_version(), nx=True, ex=VERSION_SECONDS)
        pipe.mget([version_key(space) for space in spaces])
        versions: list[bytes | None] = pipe.execute()[-1]
    return {space: version.decode() for space, version in zip(spaces, versions, strict=True) if version}


cache_manager = CacheManager()
