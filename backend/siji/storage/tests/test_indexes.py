"""An index whose concurrent build was killed is found and built again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection, models
from django.db.migrations.state import ProjectState

from siji.storage.indexes import BuildIndex, invalid_indexes

pytestmark = pytest.mark.django_db(transaction=True)

NAME = "course_by_level"


@pytest.fixture
def step() -> Iterator[BuildIndex]:
    yield BuildIndex("course", models.Index(fields=["level"], name=NAME))
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {NAME}")


def _run(step: BuildIndex, *, forwards: bool = True) -> None:
    from django.apps import apps

    before = ProjectState.from_apps(apps)
    after = before.clone()
    step.state_forwards("courses", after)
    with connection.schema_editor(atomic=False) as editor:
        if forwards:
            step.database_forwards("courses", editor, before, after)
        else:
            step.database_backwards("courses", editor, after, before)


def _definition() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [NAME])
        row = cursor.fetchone()
    return None if row is None else str(row[0])


def _break_a_build() -> None:
    """A unique index over equal values fails at the end of its build and stays behind, invalid."""
    from siji.accounts.models import Role
    from siji.conftest import make_user
    from siji.courses.models import Course

    teacher = make_user("t", Role.TEACHER)
    for number in range(2):
        Course.objects.create(name="c", level="same", teacher=teacher, code=f"C{number}")
    with connection.cursor() as cursor, pytest.raises(IntegrityError):
        cursor.execute(f"CREATE UNIQUE INDEX CONCURRENTLY {NAME} ON courses_course (level)")


def test_a_broken_index_is_reported_and_built_again(step: BuildIndex) -> None:
    _break_a_build()
    assert invalid_indexes() == [NAME]
    _run(step)
    assert invalid_indexes() == []
    assert "UNIQUE" not in (_definition() or "UNIQUE")


def test_the_step_may_be_run_twice_and_taken_back_twice(step: BuildIndex) -> None:
    _run(step)
    _run(step)
    assert _definition()
    _run(step, forwards=False)
    _run(step, forwards=False)
    assert _definition() is None
