"""A query whose text is kept gives what the same query gives that is built anew."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Model, QuerySet

from siji.accounts.models import Role, User
from siji.conftest import Counting, make_user
from siji.courses.models import Course
from siji.practice.api.responses import _seen, _seen_by
from siji.practice.models import Attempt
from siji.storage.prepared import Prepared
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


def test_threads_do_not_get_each_others_values(db: None) -> None:
    """Their connections see nothing of this transaction, so it is the text that is looked at."""
    by_id: Prepared[User] = Prepared(User, lambda _, pk: User.objects.filter(pk=pk), pk=-1)
    by_id.first(pk=1)
    mine = dict(by_id._kept.made)
    theirs: list[object] = []

    def elsewhere() -> None:
        by_id.first(pk=2)
        theirs.extend(made.compiler.connection for made in by_id._kept.made.values())
        connection.close()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert len(theirs) == 1
    assert theirs[0] not in [made.compiler.connection for made in mine.values()]


def test_shapes_are_kept_apart(world: World) -> None:
    course = world.course

    def named(shape: str, *, text: str) -> QuerySet[Course]:
        return Course.objects.filter(**{shape: text})

    by_text: Prepared[Course] = Prepared(Course, named, text="?")
    assert by_text.first("name", text=course.name) == course
    assert by_text.first("code", text=course.name) is None
    assert by_text.first("code", text=course.code) == course


def test_a_value_that_is_not_compared_as_itself_is_refused(db: None) -> None:
    alike: Prepared[User] = Prepared(User, lambda _, name: User.objects.filter(name__contains=name), name="?")
    with pytest.raises(LookupError, match="name"):
        alike.first(name="a")


def test_what_a_value_holds_is_never_read_as_sql(db: None) -> None:
    by_name: Prepared[User] = Prepared(User, lambda _, name: User.objects.filter(username=name), name="?")
    user = make_user("o'%s\\; --")
    assert by_name.first(name=user.username) == user
    assert by_name.first(name="' OR 1=1 --") is None
