"""What is next: a student's assignments over all courses; at five and at a hundred courses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from zeal import zeal_context

from siji.bank.models import Paper
from siji.conftest import Person, make_user
from siji.courses import assigning
from siji.courses.models import Assignment, Course, CourseStatus, Enrollment
from siji.courses.opening import Terms
from siji.practice.agenda.rules import Latest, Room, standing
from siji.practice.tests.acting import Sitting, ok, refused
from siji.practice.tests.papers import make_paper

NOW = timezone.now().replace(microsecond=0)
HOUR = timedelta(hours=1)
OPEN, SHUT, AHEAD = (NOW - HOUR, NOW + HOUR), (NOW - 2 * HOUR, NOW - HOUR), (NOW + HOUR, NOW + 2 * HOUR)
WAITING, RUNNING, GONE = Room(None, None), Room(NOW - HOUR, NOW + HOUR), Room(NOW - 2 * HOUR, NOW - HOUR)

Setter = Callable[..., Assignment]


@pytest.mark.parametrize(
    ("window", "late", "latest", "room", "excused", "expected"),
    [
        (OPEN, False, None, None, False, ("not_started", "start", 2)),
        (AHEAD, False, None, None, False, ("not_started", "wait", 2)),
        (SHUT, False, None, None, False, ("missed", "ask_teacher", 0)),
        (SHUT, False, None, None, True, ("not_started", "nothing", 0)),
        (SHUT, True, None, None, False, ("not_started", "start_late", 2)),
        (SHUT, False, Latest(1, is_open=True), None, False, ("in_progress", "continue", 1)),
        (OPEN, False, Latest(1, is_open=False), None, False, ("closed", "read_report", 1)),
        (OPEN, False, Latest(2, is_open=False), None, False, ("closed", "read_report", 0)),
        (OPEN, False, None, WAITING, False, ("not_started", "enter_room", 2)),
        (OPEN, False, Latest(1, is_open=True), WAITING, False, ("in_progress", "enter_room", 1)),
        (OPEN, False, None, RUNNING, False, ("not_started", "start", 2)),
        (OPEN, True, None, GONE, False, ("missed", "ask_teacher", 0)),
        (OPEN, False, Latest(1, is_open=False), GONE, False, ("closed", "read_report", 0)),
    ],
)
def test_how_an_assignment_stands(
    window: tuple[datetime, datetime],
    late: bool,
    latest: Latest | None,
    room: Room | None,
    excused: bool,
    expected: tuple[str, str, int],
) -> None:
    found = standing(Terms(*window, attempts=2, takes_late=late), latest, room, is_excused=excused, at=NOW)
    assert (found.state, found.next, found.attempts_left) == expected


def work_of(person: Person) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ok(person.get("/me/assignments"))["work"]
    return found


def test_what_is_due_first_is_on_top_over_all_courses(
    student: Person, set_exam: Setter, paper: Paper, other_teacher: Person
) -> None:
    other = Course.objects.create(name="听力", teacher=other_teacher.user, status=CourseStatus.ACTIVE, code="OTHER")
    Enrollment.objects.create(course=other, student=student.user)
    set_exam(paper, title="随时")
    set_exam(paper, title="后天", closes_at=NOW + 48 * HOUR)
    set_exam(paper, title="选做", closes_at=NOW + HOUR, is_required=False)
    set_exam(paper, title="下周才开", opens_at=NOW + 100 * HOUR, closes_at=NOW + 101 * HOUR)
    set_exam(paper, title="错过", closes_at=NOW - HOUR)
    soon = set_exam(make_paper(), title="明天", closes_at=NOW + 24 * HOUR)
    Assignment.objects.filter(pk=soon.pk).update(course=other)
    running = set_exam(paper, title="正在考", closes_at=NOW + 200 * HOUR)
    sitting = Sitting.begin(student, paper.pk, assignment=running.pk)
    rows = work_of(student)
    assert [row["title"] for row in rows] == ["正在考", "明天", "后天", "随时", "选做", "下周才开", "错过"]
    assert [row["course_name"] for row in rows[:2]] == ["大学英语四级", "听力"]
    assert (rows[0]["attempt"], rows[0]["attempt_state"], rows[0]["next"]) == (sitting.id, "writing", "continue")
    assert [row["state"] for row in rows] == ["in_progress", *["not_started"] * 5, "missed"]


def test_an_exception_moves_the_window_and_an_excuse_takes_the_duty(
    student: Person, classmate: Person, teacher: Person, exam: Assignment
) -> None:
    Assignment.objects.filter(pk=exam.pk).update(closes_at=NOW - HOUR)
    exam.refresh_from_db()
    assert work_of(student)[0]["next"] == "ask_teacher"
    longer = {"closes_at": NOW + HOUR, "extra_attempts": 2}
    assigning.put_exception(by=teacher.user, assignment=exam, student_id=student.user.pk, fields=longer)
    (mine,) = work_of(student)
    assert (mine["next"], mine["attempts_left"]) == ("start", 3)
    assert datetime.fromisoformat(mine["closes_at"]) == NOW + HOUR
    assert work_of(classmate)[0]["state"] == "missed"
    excuse = {"is_excused": True, "closes_at": None}
    assigning.put_exception(by=teacher.user, assignment=exam, student_id=student.user.pk, fields=excuse)
    (mine,) = work_of(student)
    assert (mine["is_required"], mine["is_excused"], mine["next"]) == (False, True, "nothing")


def test_what_the_clock_has_ended_is_closed_before_anybody_closed_it(sitting: Sitting) -> None:
    sitting.at_minute(131)
    (mine,) = work_of(sitting.person)
    assert (mine["state"], mine["attempt_state"], mine["next"]) == ("closed", "closed", "read_report")
    assert sitting.row.closed_at is None, "reading a list closes nothing"


def test_a_room_is_entered_then_over(student: Person, set_exam: Setter, paper: Paper) -> None:
    room = set_exam(paper, start="room", sections=["writing"])
    assert work_of(student)[0]["next"] == "enter_room"
    Assignment.objects.filter(pk=room.pk).update(room_started_at=NOW - timedelta(minutes=20))
    assert work_of(student)[0]["next"] == "start"
    Assignment.objects.filter(pk=room.pk).update(room_started_at=NOW - timedelta(minutes=31))
    assert work_of(student)[0]["state"] == "missed"
    refused(student.post("/attempts", {"paper": paper.pk, "mode": "exam", "assignment": room.pk}), 409, "room_is_over")


def test_what_is_not_ones_own_is_not_there(student: Person, stranger: Person, exam: Assignment, course: Course) -> None:
    assert work_of(stranger) == []
    Course.objects.filter(pk=course.pk).update(status=CourseStatus.COMPLETED)
    assert work_of(student) == []


@pytest.fixture
def this_evening() -> datetime:
    return timezone.localtime(timezone.now()).replace(hour=23, minute=59, second=59)


def many(teacher: Person, number: int, paper: Paper, closes_at: datetime) -> list[Person]:
    """So many courses, each with a room that waits and an exam that ends today, and a person who is in all of them."""
    people = [Person(make_user(f"s{n}")) for n in range(2)]
    for n in range(number):
        course = Course.objects.create(name=f"c{n}", teacher=teacher.user, status=CourseStatus.ACTIVE, code=f"C{n}")
        Enrollment.objects.bulk_create(Enrollment(course=course, student=person.user) for person in people)
        fields = {"course": course, "paper": paper, "created_by": teacher.user, "sections": ["reading-c"]}
        exam = Assignment.objects.create(**fields, title="exam", closes_at=closes_at)
        Assignment.objects.create(**fields, title="room", start="room")
        if n < 5:
            Sitting.begin(people[0], paper.pk, assignment=exam.pk)
    return people


@pytest.mark.counts("GET /me/assignments")
@pytest.mark.parametrize("size", [5, 100])
def test_a_students_agenda_costs_the_same_at_any_size(
    teacher: Person, paper: Paper, django_assert_num_queries: DjangoAssertNumQueries, size: int, this_evening: datetime
) -> None:
    person, _ = many(teacher, size, paper, this_evening)
    ok(person.get("/me"))
    with zeal_context(), django_assert_num_queries(6):  # who asks, their courses, the time twice, assignments, attempts
        agenda = ok(person.get("/me/assignments"))
    assert (len(agenda["work"]), agenda["has_more"]) == (min(2 * size, 200), False)
    assert [row["next"] for row in agenda["work"][:6]] == [*["continue"] * 5, "enter_room" if size == 5 else "start"]


@pytest.mark.counts("GET /me/assignments")
@pytest.mark.parametrize("size", [5, 100])
def test_nothing_is_set_for_staff(
    teacher: Person,
    admin: Person,
    paper: Paper,
    django_assert_num_queries: DjangoAssertNumQueries,
    size: int,
    this_evening: datetime,
) -> None:
    """Who teaches the courses sees what waits for them in ``/me/dashboard``."""
    many(teacher, size, paper, this_evening)
    for person in (teacher, admin):
        ok(person.get("/me"))
        with zeal_context(), django_assert_num_queries(2):  # who asks, the time
            agenda = ok(person.get("/me/assignments"))
        assert agenda.keys() == {"server_time", "work", "has_more"}
        assert (agenda["work"], agenda["has_more"]) == ([], False)


def test_more_than_is_shown_is_said_and_what_is_over_is_left_out_first(
    student: Person, course: Course, teacher: Person, paper: Paper
) -> None:
    fields = {"course": course, "paper": paper, "created_by": teacher.user}
    over = [Assignment(**fields, title="over", closes_at=NOW - HOUR) for _ in range(150)]
    Assignment.objects.bulk_create([*over, *(Assignment(**fields, title="due") for _ in range(100))])
    agenda = ok(student.get("/me/assignments"))
    assert agenda["has_more"] is True
    assert [row["title"] for row in agenda["work"]] == ["due"] * 100 + ["over"] * 100


def test_of_too_many_the_soonest_are_shown(student: Person, course: Course, teacher: Person, paper: Paper) -> None:
    fields = {"course": course, "paper": paper, "created_by": teacher.user}
    Assignment.objects.bulk_create(Assignment(**fields, title=str(n), closes_at=NOW + (300 - n) * HOUR) for n in range(250))
    agenda = ok(student.get("/me/assignments"))
    assert [row["title"] for row in agenda["work"]] == [str(n) for n in range(249, 49, -1)]
