"""No release serves from a database with a broken index: a concurrent build is killed half-way, found, refused and mended."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from siji.embedded import doctor, gate
from siji.embedded.words import CannotStart
from siji.storage.indexes import invalid_indexes

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "course_by_note"


@pytest.fixture
def half_built() -> Iterator[None]:
    """The build waits for a transaction of somebody else, and its process is ended meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {NAME}")
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("INSERT INTO django_content_type (app_label, model) VALUES ('t', 't')")
        other.execute("LOCK TABLE courses_course IN ROW EXCLUSIVE MODE")
        builder = threading.Thread(target=_build)
        builder.start()
        _kill_the_build()
        builder.join(10)
        other.rollback()
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {NAME}")


def _build() -> None:
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as own, pytest.raises(psycopg.OperationalError):
        own.execute(f"CREATE INDEX CONCURRENTLY {NAME} ON courses_course (level, name)")


def _kill_the_build() -> None:
    until = time.monotonic() + 10
    with connection.cursor() as cursor:
        while True:
            cursor.execute(f"SELECT to_regclass('{NAME}') IS NOT NULL")
            if cursor.fetchone()[0]:
                break
            assert time.monotonic() < until
            time.sleep(0.02)
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX CONCURRENTLY%'")


def test_a_build_killed_half_way_is_refused_and_mended(half_built: None) -> None:
    assert invalid_indexes() == [NAME]
    with pytest.raises(CannotStart, match=f"INVALID.*{NAME}") as refused:
        gate.check()
    assert NAME in refused.value.zh
    with pytest.raises(doctor.Wrong, match=NAME):
        doctor._indexes()
    gate.check(mend=True)
    gate.check()
    assert doctor._indexes() == "all valid"


def test_what_a_killed_reindex_left_is_dropped(half_built: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER INDEX {NAME} RENAME TO {NAME}_ccnew")
    gate.check(mend=True)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_regclass('{NAME}_ccnew')")
        assert cursor.fetchone()[0] is None
