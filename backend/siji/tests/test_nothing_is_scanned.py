"""At the size of a city every read finds its rows by an index: no statement of it goes through a large table from end to end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction

from siji.accounts.models import User
from siji.conftest import Person
from siji.courses.models import Course
from siji.embedded.seed import loading
from siji.embedded.seed.scales import Scale
from siji.practice.models import Attempt, Script
from siji.tests.asking import PREFIX
from siji.tests.rows import OUT, Row, usual
from siji.tests.who_may_what import TABLE
from siji.tests.world import World

if TYPE_CHECKING:
    from pytest_django.plugin import DjangoDbBlocker as Blocker

CITY = Scale("C", courses=4_000, teachers=800, students=10_000, enrollments=40_000, items=30_000, sat_courses=8)
LARGE = 1_500
"""Rows: from here on a scan costs more than an index, and grows."""
ASKED = {"GET /search": "?q=passage", "GET /users": "?q=seed-s00012&role=student", "GET /courses": "?page=2&status=active"}
"""What a list is asked with when it is used; without, it is asked too."""
OF_THE_SMALL_WORLD = (
    "{roster_id}",
    "{job_id}",
    "{grant_id}",
    "{syllabus_id}",
    "{run_id}",
    "{upload_id}",
    "/attempts/{attempt_id}/audio",
    "/papers/{paper_id}/audio",
)
"""What the city has none of: rosters, jobs, syllabi, runs, uploads, and a track that is playing just now."""


@dataclass(frozen=True)
class City:
    world: World
    ids: dict[str, Any]
    people: dict[str, User]


@pytest.fixture(scope="module")
def _city(_built: World, django_db_blocker: Blocker) -> Iterator[City]:
    with django_db_blocker.unblock(), transaction.atomic():
        loading.load(CITY, say=lambda _: None)
        connection.check_constraints()
        attempt = Attempt.objects.filter(student__username__startswith="seed-", marked_at__isnull=False).latest("pk")
        assert attempt.assignment is not None
        course = Course.objects.get(pk=attempt.assignment.course_id)
        ids = {
            "user_id": attempt.student_id,
            "paper_id": attempt.paper_id,
            "course_id": course.pk,
            "assignment_id": attempt.assignment_id,
            "attempt_id": attempt.pk,
            "script_id": Script.objects.filter(attempt=attempt).latest("pk").pk,
        }
        yield City(_built, ids, {"student": attempt.student, "teacher": course.teacher, "admin": _built.people.admin})
        transaction.set_rollback(True)


@pytest.fixture
def city(_city: City, world: World) -> City:
    return _city


def reads() -> Iterator[Any]:
    """Each read once for each kind of person that it is for, about the city's things."""
    seen = set()
    for row in TABLE:
        if row.method != "GET" or row.operation.endswith("/events"):
            continue
        for who in ("student", "teacher", "admin"):
            for asked in ("", ASKED.get(row.operation, "")):
                if isinstance(row.gets[who], str) and (key := (row.operation, who, asked)) not in seen:
                    seen.add(key)
                    yield pytest.param(row, who, asked, id=f"{row.operation}{asked} - {who}")


@pytest.mark.parametrize(("row", "who", "asked"), list(reads()))
def test_a_read_goes_through_no_large_table(city: City, row: Row, who: str, asked: str) -> None:
    statements = statements_of(city, row, who, asked)
    assert statements or row.gets["nobody"] != OUT, "it asked the database for nothing: what is measured here?"
    large = large_tables()
    found = [f"{table}: {sql}" for sql, params in statements for table in scanned(sql, params) & large]
    assert found == [], "\n\n".join(found)


def test_a_scan_is_found(city: City) -> None:
    assert "practice_answer" in large_tables()
    assert scanned("SELECT count(*) FROM practice_answer WHERE value = %s", ("A",)) == {"practice_answer"}
    assert scanned("SELECT 1 FROM practice_answer WHERE id = %s", (1,)) == set()
    assert scanned("SELECT 1 FROM practice_answer WHERE value = %s LIMIT 9", ("A",)) == set()


def statements_of(city: City, row: Row, who: str, asked: str) -> list[tuple[str, Any]]:
    """What one request asks of the database."""
    about = row.about(city.world)
    of_world = bool(about) or any(name in row.operation for name in OF_THE_SMALL_WORLD)
    path = row.operation.split()[1].format(**usual(city.world) | about | ({} if of_world else city.ids))
    person = Person(getattr(city.world.people, who) if of_world else city.people[who])
    taken: list[tuple[str, Any]] = []

    def take(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        taken.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(take):
        reply = person.browser.get(PREFIX + path + asked)
        said = reply.getvalue()
    assert reply.status_code < 300, said
    return [(sql, params) for sql, params in taken if sql.lstrip().startswith(("SELECT", "WITH", "(SELECT"))]


def large_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > %s", [LARGE])
        return {name for (name,) in cursor.fetchall()}


def scanned(sql: str, params: Any) -> set[str]:
    """The tables that the plan of a statement reads from end to end."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        ((plan,),) = cursor.fetchall()
    return set(_scans((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]))


def _scans(node: dict[str, Any]) -> Iterator[str]:
    """Not one right under a limit: it was chosen since so much is wanted of the table that it ends after a few pages."""
    for inner in node.get("Plans", ()):
        if node["Node Type"] == "Limit" and inner["Node Type"] == "Seq Scan":
            continue
        yield from _scans(inner)
    if node["Node Type"] == "Seq Scan":
        yield node["Relation Name"]
