"""A teacher's home: what waits today, counted rightly, at a bounded cost."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from zeal import zeal_context

from siji.bank.models import Paper
from siji.conftest import Person
from siji.courses.models import Assignment, AssignmentException, Course, CourseStatus, Enrollment
from siji.practice.conftest import Setter
from siji.practice.dashboard.reading import MOST
from siji.practice.tests.acting import Sitting, ok, refused
from siji.practice.tests.papers import make_paper
from siji.practice.tests.test_results import enrol, sit
from siji.practice.timing import database_now

PATH = "/me/dashboard"


def days(number: float) -> datetime:
    return database_now() + timedelta(days=number)


def long_ago(course: Course) -> None:
    """Everybody has been in the course for a month."""
    Enrollment.objects.filter(course=course).update(joined_at=days(-30))


def titles(rows: list[dict[str, Any]]) -> list[str]:
    return [row["title"] for row in rows]


def test_scripts_wait_by_assignment_and_the_oldest_pile_is_first(
    student: Person, classmate: Person, set_exam: Setter, teacher: Person
) -> None:
    first, second = set_exam(make_paper(), title="一"), set_exam(make_paper(), title="二")
    for person, exam in ((student, first), (student, second), (classmate, first)):
        sitting = Sitting.begin(person, exam.paper_id, assignment=exam.pk)
        sitting.saves(("W", 1, "An essay"))
        sitting.submits()
    home = ok(teacher.get(PATH))
    assert [(pile["title"], pile["waiting"]) for pile in home["piles"]] == [("一", 2), ("二", 1)]
    assert home["scripts_waiting"] == 3


def test_a_room_is_there_from_the_day_before_until_it_is_over(set_exam: Setter, teacher: Person) -> None:
    paper = make_paper()
    windows = {"today": (None, None), "tomorrow": (0.9, 2), "next week": (7, 8), "gone": (-2, -1)}
    for title, (opens, closes) in windows.items():
        at = {"opens_at": opens and days(opens), "closes_at": closes and days(closes)}
        set_exam(paper, title=title, start="room", **at)
    exams = ok(teacher.get(PATH))["exams"]
    assert titles(exams) == ["today", "tomorrow"]
    assert {exam["state"] for exam in exams} == {"to_start"}


def test_an_exam_under_way_says_who_waits_and_who_sits(
    student: Person, classmate: Person, set_exam: Setter, teacher: Person
) -> None:
    paper = make_paper()
    room, personal = set_exam(paper, title="room", start="room"), set_exam(paper, title="personal")
    Sitting.begin(student, paper.pk, assignment=room.pk)
    Sitting.begin(classmate, paper.pk, assignment=room.pk)
    Sitting.begin(student, paper.pk, assignment=personal.pk)
    done = Sitting.begin(classmate, paper.pk, assignment=personal.pk)
    done.submits()
    exams = {exam["title"]: exam for exam in ok(teacher.get(PATH))["exams"]}
    assert (exams["room"]["state"], exams["room"]["waiting"], exams["room"]["sitting"]) == ("to_start", 2, 0)
    assert (exams["personal"]["state"], exams["personal"]["waiting"], exams["personal"]["sitting"]) == ("running", 0, 1)
    Assignment.objects.filter(pk=room.pk).update(room_started_at=database_now())
    exams = {exam["title"]: exam for exam in ok(teacher.get(PATH))["exams"]}
    assert (exams["room"]["state"], exams["room"]["waiting"], exams["room"]["sitting"]) == ("running", 0, 2)


def test_an_exam_whose_time_is_over_is_not_under_way(student: Person, exam: Assignment, teacher: Person) -> None:
    """Though nobody has closed its attempt yet."""
    Sitting.begin(student, exam.paper_id, assignment=exam.pk).at_minute(131)
    assert ok(teacher.get(PATH))["exams"] == []


def test_what_closes_within_three_days(course: Course, set_exam: Setter, teacher: Person) -> None:
    paper = make_paper()
    soon = set_exam(paper, title="soon", sections=["reading-c"], closes_at=days(2))
    for title, opens, closes in (("later", None, 4), ("over", None, -1), ("not yet", 1, 2)):
        set_exam(paper, title=title, opens_at=opens and days(opens), closes_at=days(closes))
    left, there = enrol(course, 1), enrol(course, 2)
    enrol(course, 3)
    for person in (left, there):
        sit(person, soon, 5)
    Enrollment.objects.filter(student=left.user).update(is_active=False)
    (ending,) = ok(teacher.get(PATH))["ending"]
    assert (ending["title"], ending["completed"], ending["students"]) == ("soon", 1, 2)


def test_who_let_required_work_pass(course: Course, set_exam: Setter, teacher: Person) -> None:
    paper = make_paper()
    people = [enrol(course, number) for number in range(4)]
    long_ago(course)
    first = set_exam(paper, title="first", sections=["reading-c"], closes_at=days(1))
    second = set_exam(paper, title="second", closes_at=days(-1))
    set_exam(paper, title="optional", is_required=False, closes_at=days(-1))
    set_exam(paper, title="running", closes_at=days(1))
    sit(people[1], first, 5)
    Assignment.objects.filter(pk=first.pk).update(closes_at=days(-2))
    spare = {"created_by": teacher.user, "assignment": second}
    AssignmentException.objects.create(student=people[2].user, is_excused=True, **spare)
    AssignmentException.objects.create(student=people[3].user, closes_at=days(1), **spare)
    home = ok(teacher.get(PATH))
    assert {(row["name"], row["missed"]) for row in home["behind"]} == {("S000", 2), ("S001", 1), ("S002", 1), ("S003", 1)}
    assert home["behind"][0]["name"] == "S000"
    assert home["students_behind"] == 4


def test_what_closed_before_one_joined_was_not_missed(student: Person, set_exam: Setter, teacher: Person) -> None:
    set_exam(make_paper(), closes_at=days(-1))
    assert ok(teacher.get(PATH))["behind"] == []


def test_a_course_that_is_not_active_asks_for_nothing(course: Course, student: Person, set_exam: Setter, teacher: Person) -> None:
    long_ago(course)
    set_exam(make_paper(), start="room", closes_at=days(1))
    set_exam(make_paper(), closes_at=days(-1))
    Course.objects.update(status=CourseStatus.ARCHIVED)
    home = ok(teacher.get(PATH))
    assert (home["exams"], home["ending"], home["behind"], home["students_behind"]) == ([], [], [], 0)


def test_another_teachers_day_is_their_own(
    course: Course, student: Person, exam: Assignment, other_teacher: Person, admin: Person
) -> None:
    long_ago(course)
    Assignment.objects.filter(pk=exam.pk).update(start="room", closes_at=days(1))
    Sitting.begin(student, exam.paper_id, assignment=exam.pk)
    home = ok(other_teacher.get(PATH))
    assert (home["piles"], home["exams"], home["ending"], home["behind"]) == ([], [], [], [])
    assert ok(admin.get(PATH))["exams"] == []
    course.teacher = admin.user
    course.save()
    assert titles(ok(admin.get(PATH))["exams"]) == [exam.title]
    refused(student.get(PATH), 403, "forbidden")


@pytest.mark.counts("GET /me/dashboard")
@pytest.mark.parametrize("size", [1, 12])
def test_it_costs_the_same_at_any_size(
    course: Course, paper: Paper, set_exam: Setter, teacher: Person, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    people = [enrol(course, number) for number in range(size)]
    long_ago(course)
    for number in range(size):
        set_exam(paper, title=f"missed {number}", closes_at=days(-1))
        soon = set_exam(paper, title=f"soon {number}", closes_at=days(1), sections=["writing"])
        set_exam(paper, title=f"room {number}", start="room")
        sitting = Sitting.begin(people[number], paper.pk, assignment=soon.pk)
        sitting.saves(("W", 1, "An essay"))
        sitting.submits()
    with (
        zeal_context(),
        django_assert_num_queries(11),
    ):  # who, the time twice, piles, exams, ending, behind and their number, when next
        home = ok(teacher.get(PATH))
    assert {len(home[name]) for name in ("piles", "exams", "ending", "behind")} == {min(size, MOST)}
    assert (home["scripts_waiting"], home["students_behind"]) == (size, size)
