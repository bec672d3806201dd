"""Students are told of what is set, started, due and returned; a teacher of an import. Once each, in its transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from zeal import zeal_context

from siji.accounts.models import Notice, User
from siji.bank.models import Paper
from siji.conftest import Counting, Person, make_user
from siji.courses import actions, assigning, telling
from siji.courses.models import Assignment, Course, Enrollment, Progress, ProgressStatus, Roster
from siji.courses.roster.actions import preview_roster, start_import
from siji.courses.window import wait_for_keys
from siji.jobs import work
from siji.storage.now import database_now

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def set_work(course: Course, paper: Paper, **fields: Any) -> Assignment:
    return assigning.create_assignment(
        by=course.teacher, course=course, fields={"paper": paper.pk, "title": "期末模拟", **fields}
    )


def set_status(assignment: Assignment, person: Person, status: ProgressStatus, *, ago: timedelta = timedelta()) -> None:
    writing = Now() - ago if status == ProgressStatus.IN_PROGRESS else None
    row = Progress.objects.filter(assignment=assignment, student=person.user)
    row.update(status=status, updated_at=Now() - ago, writing_since=writing)


def close_ago(assignment: Assignment, ago: timedelta) -> None:
    """As if its window had closed so long ago."""
    Assignment.objects.filter(pk=assignment.pk).update(closes_at=Now() - ago)


def told(kind: str) -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("person__username", flat=True))


def test_the_class_hears_of_what_is_set(
    course: Course, paper: Paper, student: Person, classmate: Person, stranger: Person
) -> None:
    Enrollment.objects.filter(student=classmate.user).update(is_active=False)
    work = set_work(course, paper)
    notice = Notice.objects.get()
    assert notice.person == student.user
    assert (notice.kind, notice.data) == (
        "assigned",
        {"title": "期末模拟", "course": course.pk, "course_name": "大学英语四级", "assignment": work.pk},
    )


def test_what_is_set_in_a_draft_is_told_when_the_course_opens(course: Course, paper: Paper, student: Person) -> None:
    actions.change_course(by=course.teacher, course=course, changes={"status": "draft"})
    set_work(course, paper, title="第一次")
    set_work(course, paper, title="过期", closes_at=timezone.now() - HOUR)
    assert not Notice.objects.exists()
    for status in ("active", "archived", "active"):
        actions.change_course(by=course.teacher, course=course, changes={"status": status})
    assert [notice.data["title"] for notice in Notice.objects.all()] == ["第一次"]


def test_a_notice_lives_and_dies_with_its_cause(course: Course, paper: Paper, student: Person) -> None:
    with transaction.atomic():
        set_work(course, paper)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assigning.delete_assignment(by=course.teacher, assignment=set_work(course, paper))
    assert not Notice.objects.exists()


def test_the_room_is_told_that_it_has_begun(course: Course, paper: Paper, student: Person, classmate: Person) -> None:
    room = set_work(course, paper, start="room")
    set_status(room, classmate, ProgressStatus.COMPLETED)
    for _ in range(2):
        assigning.start_room(by=course.teacher, assignment=room)
    assert told("room_started") == ["student"]


def test_the_keys_are_returned_to_who_has_handed_in(course: Course, paper: Paper, student: Person, classmate: Person) -> None:
    exam = set_work(course, paper, key_release="by_teacher")
    set_status(exam, student, ProgressStatus.COMPLETED)
    for _ in range(2):
        assigning.release_keys(by=course.teacher, assignment=exam)
    assert told("returned") == ["student"]


def test_keys_that_come_with_the_end_of_the_window_wait_for_who_is_writing(
    course: Course, paper: Paper, student: Person, classmate: Person
) -> None:
    exam = set_work(course, paper)
    set_status(exam, student, ProgressStatus.COMPLETED, ago=3 * HOUR)
    set_status(exam, classmate, ProgressStatus.IN_PROGRESS, ago=3 * HOUR)
    close_ago(exam, HOUR)
    telling.tell_of_windows()
    assert told("returned") == []
    set_status(exam, classmate, ProgressStatus.COMPLETED)
    for _ in range(2):
        telling.tell_of_windows()
    assert told("returned") == ["classmate", "student"]


def test_nobody_is_told_while_somebody_has_a_longer_window(
    course: Course, paper: Paper, student: Person, classmate: Person
) -> None:
    exam = set_work(course, paper)
    longer = {"closes_at": timezone.now() + 48 * HOUR}
    assigning.put_exception(by=course.teacher, assignment=exam, student_id=classmate.user.pk, fields=longer)
    set_status(exam, student, ProgressStatus.COMPLETED)
    close_ago(exam, HOUR)
    telling.tell_of_windows()
    assert told("returned") == []
    exam.exceptions.update(closes_at=Now())
    telling.tell_of_windows()
    assert told("returned") == ["student"]


WHEN = st.sampled_from([None, -2 * HOUR, 2 * HOUR])
EXAMS = st.lists(
    st.fixed_dictionaries(
        {
            "closes_at": WHEN,
            "key_release": st.sampled_from(["on_submission", "after_window", "by_teacher"]),
            "keys_released_at": st.sampled_from([None, -HOUR]),
            "late_policy": st.sampled_from(["refuse", "flag"]),
            "start": st.sampled_from(["personal", "room"]),
            "standing": st.lists(st.sampled_from(["not_started", "writing", "completed"]), min_size=2, max_size=2),
            "longer": st.sampled_from([None, -HOUR, 3 * HOUR]),
        }
    ),
    min_size=1,
    max_size=2,
)


OVER = {
    "closes_at": -2 * HOUR,
    "key_release": "after_window",
    "keys_released_at": None,
    "late_policy": "refuse",
    "start": "personal",
    "standing": ["completed", "not_started"],
    "longer": None,
}


@example(exams=[OVER])
@example(exams=[OVER | {"late_policy": "flag"}])
@example(exams=[OVER | {"start": "room"}])
@example(exams=[OVER | {"longer": 3 * HOUR}])
@example(exams=[OVER, OVER | {"key_release": "by_teacher"}])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(exams=EXAMS)
def test_who_is_told_may_see_the_keys_and_with_one_exam_who_may_see_them_is_told(
    course: Course, paper: Paper, student: Person, classmate: Person, exams: list[dict[str, Any]]
) -> None:
    course.assignments.all().delete()
    Notice.objects.all().delete()
    people = [student, classmate]
    rows = [make_exam(course, paper, people, dict(one)) for one in exams]
    telling.tell_of_windows()
    now = database_now()
    for exam in rows:
        for person in people:
            is_told = Notice.objects.filter(cause=f"assignment:{exam.pk}", kind="returned", person=person.user).exists()
            may_see = wait_for_keys(paper=paper, student=person.user, at=now) is None
            has_sat = exam.progress.filter(student=person.user, status=ProgressStatus.COMPLETED).exists()
            assert not is_told or (may_see and has_sat)
            if len(rows) == 1 and exam.key_release != "on_submission":
                assert is_told == (may_see and has_sat)


def make_exam(course: Course, paper: Paper, people: list[Person], fields: dict[str, Any]) -> Assignment:
    standing, longer = fields.pop("standing"), fields.pop("longer")
    for name in ("closes_at", "keys_released_at"):
        fields[name] = None if fields[name] is None else timezone.now() + fields[name]
    exam = Assignment.objects.create(course=course, paper=paper, title="考试", created_by=course.teacher, mode="exam", **fields)
    for person, state in zip(people, standing, strict=True):
        status = ProgressStatus.IN_PROGRESS if state == "writing" else ProgressStatus(state)
        Progress.objects.create(assignment=exam, student=person.user)
        set_status(exam, person, status, ago=HOUR)
    if longer is not None:
        exam.exceptions.create(student=people[1].user, closes_at=timezone.now() + longer, created_by=course.teacher)
    return exam


def test_the_last_day_is_announced_once(course: Course, paper: Paper, student: Person, classmate: Person) -> None:
    closes_at = timezone.now() + 23 * HOUR
    exam = set_work(course, paper, closes_at=closes_at)
    set_status(exam, classmate, ProgressStatus.COMPLETED)
    assert [telling.tell_of_windows() for _ in range(3)] == [1, 0, 0]
    notice = Notice.objects.get(kind="due_soon")
    assert (notice.person, notice.data["closes_at"][:16]) == (student.user, closes_at.isoformat()[:16])


@pytest.mark.parametrize(
    "fields",
    [
        {"closes_at": 25 * HOUR},
        {"closes_at": -HOUR},
        {},
        {"opens_at": HOUR, "closes_at": 2 * HOUR},
    ],
    ids=["later", "over", "no end", "not open yet"],
)
def test_nothing_else_is_due_soon(course: Course, paper: Paper, student: Person, fields: dict[str, timedelta]) -> None:
    set_work(course, paper, **{name: timezone.now() + ahead for name, ahead in fields.items()})
    assert telling.tell_of_windows() == 0


def test_each_is_told_of_their_own_end(course: Course, paper: Paper, student: Person, classmate: Person) -> None:
    exam = set_work(course, paper, closes_at=timezone.now() + 72 * HOUR)
    sooner = {"closes_at": timezone.now() + 2 * HOUR}
    assigning.put_exception(by=course.teacher, assignment=exam, student_id=student.user.pk, fields=sooner)
    excused = {"is_excused": True, "closes_at": timezone.now() + 2 * HOUR}
    assigning.put_exception(by=course.teacher, assignment=exam, student_id=classmate.user.pk, fields=excused)
    telling.tell_of_windows()
    assert told("due_soon") == ["student"]


def test_another_end_is_told_anew_and_the_old_one_is_taken_back(course: Course, paper: Paper, student: Person) -> None:
    exam = set_work(course, paper, closes_at=timezone.now() + 23 * HOUR)
    telling.tell_of_windows()
    assigning.change_assignment(by=course.teacher, assignment=exam, changes={"title": "期末"})
    assert told("due_soon") == ["student"]
    later = timezone.now() + 40 * HOUR
    exam = assigning.change_assignment(by=course.teacher, assignment=exam, changes={"closes_at": later})
    assert told("due_soon") == []
    own = {"closes_at": timezone.now() + 3 * HOUR, "extra_percent": 25}
    assigning.put_exception(by=course.teacher, assignment=exam, student_id=student.user.pk, fields=own)
    telling.tell_of_windows()
    assigning.put_exception(by=course.teacher, assignment=exam, student_id=student.user.pk, fields={**own, "extra_percent": 30})
    assert told("due_soon") == ["student"]
    assigning.delete_exception(by=course.teacher, assignment=exam, student_id=student.user.pk)
    assert told("due_soon") == []


@pytest.mark.parametrize("size", [1, 30])
def test_a_round_costs_the_same_at_any_size_of_class(
    course: Course, paper: Paper, size: int, django_assert_num_queries: Counting
) -> None:
    for number in range(size):
        Enrollment.objects.create(course=course, student=make_user(f"s{number}"))
    set_work(course, paper, closes_at=timezone.now() + HOUR)
    with zeal_context(), django_assert_num_queries(4):  # due: who, what, tell; keys: who
        assert telling.tell_of_windows() == size


def test_the_teacher_hears_that_the_roster_is_in(course: Course, teacher: Person) -> None:
    names = "学号,姓名\n2024103,赵一\n".encode()
    roster = preview_roster(by=teacher.user, course=course, filename="名单.csv", data=names)
    work.run(start_import(by=teacher.user, roster=roster).pk)
    assert Roster.objects.get(pk=roster.pk).imported_at is not None
    notice = Notice.objects.get(person=teacher.user)
    assert (notice.kind, notice.data) == (
        "roster_imported",
        {"course": course.pk, "course_name": "大学英语四级", "created": 1, "enrolled": 0},
    )
    assert not Notice.objects.filter(person=User.objects.get(student_number="2024103")).exists()
