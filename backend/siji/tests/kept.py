"""The reads that are kept ready, read by everybody who may: as they are kept, and as they would be made now."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

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

Seen = dict[tuple[str, str], Any]
"""(reader, row) → status and body, without the time."""


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


def readers(world: World) -> dict[str, Person]:
    return {who: person(who, world) for who in READERS}


def read_all(people: dict[str, Person], world: World) -> Seen:
    rows = [row for row in TABLE if row.operation in WITH_A_TAG | WITH_THE_TIME]
    return {(who, str(row)): _read(one, row, world) for row in rows for who, one in people.items() if _may(row, who)}


def _may(row: Row, who: str) -> bool:
    return isinstance(row.gets[who], str)


def _read(person: Person, row: Row, world: World) -> Any:
    outcome = ask(person, row, world)
    body = outcome.body
    if isinstance(body, dict):
        body.pop("server_time", None)
    return outcome.status, body
