"""The reads that are kept ready, read by everybody who may: as they are kept, and as they would be made now."""

from __future__ import annotations

import time
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self

import pytest
from django.conf import settings
from django.db import connection
from redis import Redis

from siji.conftest import Person
from siji.storage.cache import manager
from siji.tests.asking import ask, person
from siji.tests.rows import Row
from siji.tests.who_may_what import TABLE
from siji.tests.world import World

WITH_A_TAG = {
    "GET /courses",
    "GET /courses/{course_id}",
    "GET /me/progress",
    "GET /papers",
    "GET /papers/{paper_id}",
    "GET /papers/{paper_id}/content",
    "GET /courses/{course_id}/results",
    "GET /courses/{course_id}/analysis",
    "GET /assignments/{assignment_id}/analysis",
    "GET /assignments/{assignment_id}/analysis/{slot}",
}
WITH_THE_TIME = {"GET /me/assignments", "GET /me/dashboard"}
"""Part of the answer is kept; the time in it is the present one."""
READERS = ("student", "classmate", "teacher", "other_teacher", "admin")

Place = tuple[str, str]
"""(reader, row)"""
Seen = dict[Place, Any]
"""Status and body, without the time."""


class Commits:
    """Tests run in a transaction, in which nothing is kept. Here what a request wrote counts as committed when it ends."""

    def __init__(self) -> None:
        self.is_kept = True

    def in_transaction(self) -> bool:
        return not self.is_kept

    @contextmanager
    def made_anew(self) -> Iterator[None]:
        self.is_kept = False
        yield
        self.is_kept = True


@pytest.fixture
def commits(monkeypatch: pytest.MonkeyPatch) -> Commits:
    found = Commits()
    monkeypatch.setattr(manager, "in_transaction", found.in_transaction)
    return found


@dataclass
class Tables:
    """Of the database, used between entering and leaving; what triggers and foreign keys do counts too.

    The counters are those of the present transaction, which PostgreSQL keeps whether it is rolled back or not.
    """

    read: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()

    def __enter__(self) -> Self:
        self._before = self._counters()
        return self

    def __exit__(self, *_: object) -> None:
        before, now = self._before, self._counters()
        none = (0, 0)
        self.read = frozenset(name for name, (read, _) in now.items() if read > before.get(name, none)[0])
        self.written = frozenset(name for name, (_, written) in now.items() if written > before.get(name, none)[1])

    def _counters(self) -> dict[str, tuple[int, int]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname, coalesce(seq_scan, 0) + coalesce(idx_scan, 0), n_tup_ins + n_tup_upd + n_tup_del"
                " FROM pg_stat_xact_user_tables"
            )
            return {name: (read, written) for name, read, written in cursor.fetchall()}


@dataclass
class Shelf:
    """Everything read once in the world as it was built, and laid back into the cache before each test of a file.

    Reading it anew each time would take as long again as all that these tests compare.
    """

    MAX_AGE = 120.0
    """Seconds: less than half of what the shortest-lived entry has."""

    made_at: float = float("-inf")
    seen: Seen = field(default_factory=dict)
    tables: dict[Place, frozenset[str]] = field(default_factory=dict)
    """What each answer is made from."""
    _entries: list[tuple[bytes, bytes, int]] = field(default_factory=list)
    """Key, value as Redis dumps it, milliseconds to live."""

    def fill(self, world: World) -> Seen:
        """What everybody reads; all of it lies in the cache afterwards."""
        with Redis.from_url(settings.CACHE_URL) as redis:
            if time.monotonic() - self.made_at < self.MAX_AGE:
                with redis.pipeline(transaction=False) as pipe:
                    for key, value, lifetime in self._entries:
                        pipe.restore(key, lifetime, value, replace=True)
                    pipe.execute()
            else:
                self.made_at = time.monotonic()
                self.tables = {}
                self.seen = read_all(readers(world), world, tables=self.tables)
                self._entries = [(key, redis.dump(key), max(0, redis.pttl(key))) for key in redis.scan_iter()]
        return self.seen


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf()


def made_from(tables: frozenset[str], places: Mapping[Place, frozenset[str]]) -> set[Place]:
    """Those of ``places`` whose answers can have changed where something was written to ``tables``.

    An answer may come from others than before once it is made anew, but only because one of the former has changed.
    """
    return {place for place, read in places.items() if read & tables}


def readers(world: World) -> dict[str, Person]:
    return {who: person(who, world) for who in READERS}


def read_all(
    people: dict[str, Person],
    world: World,
    *,
    only: Container[Place] | None = None,
    tables: dict[Place, frozenset[str]] | None = None,
) -> Seen:
    """``tables``, where given, is told what each answer was made from."""
    rows = [row for row in TABLE if row.operation in WITH_A_TAG | WITH_THE_TIME]
    seen: Seen = {}
    for who, row in ((who, row) for row in rows for who in people if _may(row, who)):
        place = (who, str(row))
        if only is not None and place not in only:
            continue
        if tables is None:
            seen[place] = _read(people[who], row, world)
        else:
            with Tables() as used:
                seen[place] = _read(people[who], row, world)
            tables[place] = tables.get(place, frozenset()) | used.read
    return seen


def _may(row: Row, who: str) -> bool:
    return isinstance(row.gets[who], str)


def _read(person: Person, row: Row, world: World) -> Any:
    outcome = ask(person, row, world)
    body = outcome.body
    if isinstance(body, dict):
        body.pop("server_time", None)
    return outcome.status, body
