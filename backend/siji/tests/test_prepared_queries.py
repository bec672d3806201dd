"""A query whose text is kept gives what the same query gives that is built anew."""

from __future__ import annotations

import threading
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext

from siji.accounts.models import Role, User
from siji.conftest import Counting, make_user
from siji.courses.models import Course, Enrollment
from siji.practice.api.responses import _seen, _seen_by
from siji.practice.models import Attempt, Script
from siji.storage.prepared import Prepared, put_prefetched
from siji.tests.world import World


def fields_of(row: Model) -> dict[str, object]:
    """Also of what was read with it."""
    own = {field.attname: row.__dict__.get(field.attname, "not read") for field in row._meta.concrete_fields}
    related = {name: fields_of(other) for name, other in row._state.fields_cache.items() if isinstance(other, Model)}
    return own | related


@pytest.mark.parametrize("role", Role.values)
def test_the_row_is_the_one_that_django_reads(world: World, role: str) -> None:
    people = {Role.STUDENT: world.people.student, Role.TEACHER: world.people.teacher, Role.ADMIN: world.people.admin}
    whose = {} if role == Role.ADMIN else {"user": people[Role(role)].pk}
    for attempt in Attempt.objects.all():
        kept = _seen.first(role, pk=attempt.pk, **whose)
        anew = _seen_by(role, pk=attempt.pk, **whose).first()
        assert (kept is None) == (anew is None)
        if kept is not None and anew is not None:
            assert fields_of(kept) == fields_of(anew)
            assert kept.read_at <= anew.read_at  # type: ignore[attr-defined]  # annotated
    assert _seen.first(role, pk=uuid4(), **whose) is None


def test_each_call_has_its_own_values_and_asks_once(db: None, django_assert_num_queries: Counting) -> None:
    users = [make_user(f"one{number}") for number in range(3)]
    by_id: Prepared[User] = Prepared(User, lambda _, pk: User.objects.filter(pk=pk), pk=-1)
    with django_assert_num_queries(6):
        assert [by_id.first(pk=user.pk) for user in [*users, *users]] == [*users, *users]


def test_threads_share_the_text_and_neither_values_nor_connections(db: None) -> None:
    """Their connections see nothing of this transaction, so it is what they ask that is looked at."""
    worked_out: list[int] = []

    def make(_: object, pk: int) -> QuerySet[User]:
        worked_out.append(pk)
        users: QuerySet[User] = User.objects.filter(pk=pk)
        return users

    by_id: Prepared[User] = Prepared(User, make, pk=-1)
    by_id.first(pk=101)
    (mine,) = by_id._kept.made.values()
    theirs: list[object] = []

    def elsewhere() -> None:
        with CaptureQueriesContext(connection) as asked:
            by_id.first(pk=202)
        theirs.extend([*by_id._kept.made.values(), connections["default"], asked[0]["sql"]])
        connection.close()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    made, their_connection, sql = theirs
    assert worked_out == [-1]
    assert "202" in str(sql)
    assert "101" not in str(sql)
    assert made.compiler.connection is their_connection  # type: ignore[attr-defined]
    with CaptureQueriesContext(connection) as asked:
        by_id.first(pk=303)
    assert "303" in asked[0]["sql"]
    assert mine.compiler.connection is not made.compiler.connection  # type: ignore[attr-defined]


def test_shapes_are_kept_apart(world: World) -> None:
    course = world.course

    def named(shape: str, *, text: str) -> QuerySet[Course]:
        return Course.objects.filter(**{shape: text})

    by_text: Prepared[Course] = Prepared(Course, named, text="?")
    assert by_text.first("name", text=course.name) == course
    assert by_text.first("code", text=course.name) is None
    assert by_text.first("code", text=course.code) == course


def test_all_rows_come_in_their_order(db: None) -> None:
    users = [make_user(f"same{number}") for number in (2, 0, 1)]
    by_role: Prepared[User] = Prepared(User, lambda _, role: User.objects.filter(role=role).order_by("username"), role="?")
    found = by_role.all(role=users[0].role)
    assert {user.pk for user in users} <= {user.pk for user in found}
    assert found == list(User.objects.filter(role=users[0].role).order_by("username"))
    assert by_role.all(role="nobody") == []


def test_what_is_read_as_values_comes_as_values(world: World, django_assert_num_queries: Counting) -> None:
    def courses_of(_: None, student: int) -> QuerySet[Course, Any]:
        here = Enrollment.objects.active().filter(course=OuterRef("pk"), student=student)
        rows = Course.objects.filter(enrollments__student=student).annotate(is_here=Exists(here))
        return rows.order_by("pk").values("pk", "is_here")

    theirs = Prepared(Course, courses_of, student=-1)
    student, stranger = world.people.student.pk, make_user("nobody-s-student").pk
    with django_assert_num_queries(2):
        found = theirs.all(student=student)
        assert theirs.all(student=stranger) == []
    assert found == list(courses_of(None, student))
    assert found


def test_rows_put_beside_their_owners_are_found_there_without_asking(world: World, django_assert_num_queries: Counting) -> None:
    attempts, scripts = list(Attempt.objects.all()), list(Script.objects.order_by("-pk"))
    expected = {one.pk: [script for script in scripts if script.attempt_id == one.pk] for one in attempts}
    assert any(expected.values())
    put_prefetched(attempts, "scripts", scripts, by="attempt")
    with django_assert_num_queries(0):
        assert {one.pk: list(one.scripts.all()) for one in attempts} == expected
        assert all(script.attempt in attempts for script in scripts)


def test_a_value_that_is_not_compared_as_itself_is_refused(db: None) -> None:
    alike: Prepared[User] = Prepared(User, lambda _, name: User.objects.filter(name__contains=name), name="?")
    with pytest.raises(LookupError, match="name"):
        alike.first(name="a")


def test_what_a_value_holds_is_never_read_as_sql(db: None) -> None:
    by_name: Prepared[User] = Prepared(User, lambda _, name: User.objects.filter(username=name), name="?")
    user = make_user("o'%s\\; --")
    assert by_name.first(name=user.username) == user
    assert by_name.first(name="' OR 1=1 --") is None
