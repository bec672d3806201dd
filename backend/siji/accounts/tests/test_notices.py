"""What one is told: read, chosen, never twice, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from zeal import zeal_context

from siji.accounts import notices
from siji.accounts.models import Notice, NoticeKind, User
from siji.accounts.schemas import NoticeBody
from siji.conftest import Counting, Person, make_user
from siji.practice.tests.acting import ok, refused

pytestmark = pytest.mark.django_db


def tell(*people: Person, number: int = 1, kind: NoticeKind = NoticeKind.ASSIGNED) -> int:
    about = NoticeBody(title=f"作业 {number}", course=5, course_name="大学英语四级")
    return notices.tell([one.user.pk for one in people], kind, cause=f"assignment:{number}", about=about)


def titles(page: Any) -> list[str]:
    return [row["about"]["title"] for row in page["items"]]


def test_the_newest_comes_first_with_how_many_are_unread(student: Person) -> None:
    for number in (1, 2, 3):
        tell(student, number=number)
    page = ok(student.get("/me/notices?limit=2"))
    assert (titles(page), page["unread"]) == (["作业 3", "作业 2"], 3)
    first = page["items"][0]
    assert (first["kind"], first["is_read"], first["about"]["course"]) == ("assigned", False, 5)
    rest = ok(student.get(f"/me/notices?limit=2&after={page['next']}"))
    assert (titles(rest), rest["next"]) == (["作业 1"], None)


def test_nobody_is_told_twice_of_the_same(student: Person, classmate: Person) -> None:
    assert tell(student) == 1
    assert tell(student, classmate) == 1
    assert tell(student, kind=NoticeKind.DUE_SOON) == 1
    assert Notice.objects.filter(person=student.user).count() == 2


def test_one_is_read_and_the_others_stay(student: Person) -> None:
    for number in (1, 2, 3):
        tell(student, number=number)
    middle = ok(student.get("/me/notices"))["items"][1]["id"]
    assert ok(student.post("/me/notices/readings", {"notice": middle})) == {"unread": 2}
    assert [row["is_read"] for row in ok(student.get("/me/notices"))["items"]] == [False, True, False]
    at = Notice.objects.get(pk=middle).read_at
    ok(student.post("/me/notices/readings", {"notice": middle}))
    assert Notice.objects.get(pk=middle).read_at == at


def test_all_are_read_up_to_the_one_that_was_seen(student: Person, classmate: Person) -> None:
    """What came while the person looked at the list was not looked at."""
    tell(student, classmate)
    tell(student, number=2)
    seen = ok(student.get("/me/notices"))["items"][0]["id"]
    tell(student, number=3)
    assert ok(student.post("/me/notices/readings", {"notice": seen, "and_older": True})) == {"unread": 1}
    assert ok(classmate.get("/me/notices"))["unread"] == 1


def test_somebody_elses_notice_does_not_exist(student: Person, classmate: Person, admin: Person) -> None:
    tell(student)
    theirs = Notice.objects.get().pk
    for person in (classmate, admin):
        refused(person.post("/me/notices/readings", {"notice": theirs, "and_older": True}), 404, "not_found")
        assert ok(person.get("/me/notices")) == {"items": [], "next": None, "unread": 0}
    assert Notice.objects.get().read_at is None


def test_a_kind_that_is_not_wanted_does_not_come(student: Person, classmate: Person) -> None:
    wanted = ok(student.get("/me/notice-preferences"))["wanted"]
    assert wanted == dict.fromkeys(["assigned", "room_started", "due_soon", "marked", "returned", "appeal_decided"], True)
    changed = ok(student.put("/me/notice-preferences", {"wanted": {"assigned": False}}))["wanted"]
    assert changed == wanted | {"assigned": False}
    assert tell(student, classmate) == 1
    assert tell(student, kind=NoticeKind.MARKED) == 1
    ok(student.put("/me/notice-preferences", {"wanted": {"assigned": True}}))
    assert tell(student) == 1


def test_each_role_chooses_about_what_it_can_get(teacher: Person, admin: Person) -> None:
    assert ok(teacher.get("/me/notice-preferences")) == {
        "wanted": {"roster_imported": True, "course_received": True, "appealed": True}
    }
    assert ok(admin.get("/me/notice-preferences")) == {"wanted": {"roster_imported": True}}
    problem = refused(teacher.put("/me/notice-preferences", {"wanted": {"due_soon": False}}), 422, "invalid")
    assert "due_soon" in problem["fields"]["wanted"]["zh"]
    ok(teacher.put("/me/notice-preferences", {"wanted": {"appeal": True}}), 422)


def crowd(size: int) -> Iterable[User]:
    return [make_user(f"crowd{size}-{number}") for number in range(size)]


@pytest.mark.counts("GET /me/notices")
@pytest.mark.parametrize("size", [1, 200])
def test_a_class_is_told_in_one_statement(student: Person, size: int, django_assert_num_queries: Counting) -> None:
    people = [one.pk for one in crowd(size)]
    with django_assert_num_queries(1):
        assert notices.tell(people, NoticeKind.ASSIGNED, cause="assignment:1", about=NoticeBody(title="作业")) == size


@pytest.mark.parametrize("size", [1, 150])
def test_a_page_costs_the_same_at_any_number(student: Person, size: int, django_assert_num_queries: Counting) -> None:
    for number in range(size):
        tell(student, number=number)
    student.get("/me/notices")
    with zeal_context(), django_assert_num_queries(3):  # session or person, page, unread
        page = ok(student.get("/me/notices"))
    assert (len(page["items"]), page["unread"]) == (min(size, 20), min(size, notices.MOST_COUNTED))


def test_the_unread_are_counted_from_their_own_index(student: Person) -> None:
    Notice.objects.bulk_create(
        Notice(person=student.user, kind="assigned", cause=f"assignment:{n}", read_at=student.user.created_at)
        for n in range(3000)
    )
    tell(student, number=9000)
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as queries:
        cursor.execute("ANALYZE accounts_notice")
        assert notices.count_unread(student.user) == 1
        cursor.execute("EXPLAIN " + queries.captured_queries[-1]["sql"])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "notice_unread" in plan


def test_old_notices_are_forgotten(student: Person) -> None:
    tell(student)
    tell(student, number=2)
    Notice.objects.filter(cause="assignment:1").update(at=F("at") - timedelta(days=181))
    assert notices.forget_old() == 1
    assert list(Notice.objects.values_list("cause", flat=True)) == ["assignment:2"]
