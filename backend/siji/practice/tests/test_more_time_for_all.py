"""More time for everybody who writes: in one request, to each from their own part, and to who comes late into the room."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries
from zeal import zeal_context

from siji.accounts.models import AuditEntry
from siji.bank.models import Paper
from siji.conftest import Person, make_user
from siji.courses import progress
from siji.courses.models import Assignment, Course, Enrollment
from siji.practice.clock import MINUTE
from siji.practice.extending import extend_assignment
from siji.practice.models import AssignmentExtension, Attempt, TimeExtension
from siji.practice.starting import start_attempt
from siji.practice.tests.acting import Sitting, ok, refused
from siji.practice.timing import database_now

TEN = {"minutes": 10, "reason": "停电"}
Setter = Callable[..., Assignment]


def minutes_of(sitting: Sitting) -> list[int]:
    return [part["duration_ms"] // MINUTE for part in ok(sitting.get("/clock"))["parts"]]


def test_each_gets_it_in_the_part_that_is_open(student: Person, classmate: Person, teacher: Person, exam: Assignment) -> None:
    early = Sitting.begin(student, exam.paper_id, assignment=exam.pk).at_minute(29)
    late = Sitting.begin(classmate, exam.paper_id, assignment=exam.pk).at_minute(70)
    given = ok(teacher.post(f"/assignments/{exam.pk}/extensions", TEN))
    assert set(given["extended"]) == {early.id, late.id}
    assert (minutes_of(early), minutes_of(late)) == ([40, 25, 5, 70], [30, 25, 5, 80])
    rows = {row.attempt_id: (row.part, row.milliseconds, row.reason, row.by) for row in TimeExtension.objects.all()}
    assert rows == {
        early.row_id: ("writing", 10 * MINUTE, "停电", teacher.user),
        late.row_id: ("reading", 10 * MINUTE, "停电", teacher.user),
    }
    entry = AuditEntry.objects.get(action="assignment.extended")
    assert (entry.actor, entry.subject, entry.detail["minutes"]) == (teacher.user, f"assignment:{exam.pk}", 10)


def test_who_has_handed_in_or_run_out_of_time_gets_none(
    student: Person, classmate: Person, teacher: Person, exam: Assignment
) -> None:
    handed_in = Sitting.begin(student, exam.paper_id, assignment=exam.pk)
    handed_in.submits()
    over = Sitting.begin(classmate, exam.paper_id, assignment=exam.pk).at_minute(131)
    refused(teacher.post(f"/assignments/{exam.pk}/extensions", TEN), 409, "nobody_is_writing")
    assert not TimeExtension.objects.exists()
    assert not AssignmentExtension.objects.exists()
    assert ok(over.get())["state"] == "marked", "closed, and blank scripts need no mark"


def test_practice_has_no_clock(student: Person, teacher: Person, set_exam: Setter, paper: Paper) -> None:
    work = set_exam(paper, mode="practice")
    Sitting.begin(student, paper.pk, "practice", assignment=work.pk)
    refused(teacher.post(f"/assignments/{work.pk}/extensions", TEN), 409, "not_timed")


def room(set_exam: Setter, paper: Paper, minutes_ago: float) -> Assignment:
    return set_exam(paper, start="room", room_started_at=database_now() - timedelta(minutes=minutes_ago))


def test_who_enters_the_room_later_finds_the_same_end(
    student: Person, classmate: Person, teacher: Person, set_exam: Setter, paper: Paper
) -> None:
    exam = room(set_exam, paper, 20)
    early = Sitting.begin(student, paper.pk, assignment=exam.pk)
    ok(teacher.post(f"/assignments/{exam.pk}/extensions", TEN))
    late = Sitting.begin(classmate, paper.pk, assignment=exam.pk)
    assert minutes_of(early) == minutes_of(late) == [40, 25, 5, 70]
    assert early.row.closes_at == late.row.closes_at


def test_a_room_whose_plain_time_is_over_is_still_open_to_who_comes_late(
    student: Person, classmate: Person, teacher: Person, set_exam: Setter, paper: Paper
) -> None:
    exam = room(set_exam, paper, 129)
    Sitting.begin(student, paper.pk, assignment=exam.pk)
    ok(teacher.post(f"/assignments/{exam.pk}/extensions", TEN))
    earlier = database_now() - timedelta(minutes=135)
    Assignment.objects.filter(pk=exam.pk).update(room_started_at=earlier)
    AssignmentExtension.objects.update(at=earlier + timedelta(minutes=129))
    (work,) = ok(classmate.get("/me/assignments"))["work"]
    assert work["next"] == "start"
    late = Sitting.begin(classmate, paper.pk, assignment=exam.pk)
    assert 4 * MINUTE < ok(late.get("/clock"))["remaining_ms"] <= 5 * MINUTE


def test_who_waits_for_the_room_is_not_given_anything(student: Person, teacher: Person, set_exam: Setter, paper: Paper) -> None:
    exam = set_exam(paper, start="room")
    Sitting.begin(student, paper.pk, assignment=exam.pk)
    refused(teacher.post(f"/assignments/{exam.pk}/extensions", TEN), 409, "nobody_is_writing")


@pytest.mark.parametrize("size", [2, 20])
def test_it_costs_the_same_for_a_class_of_any_size(
    course: Course, exam: Assignment, teacher: Person, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    for number in range(size):
        person = Person(make_user(f"s{number}"))
        Enrollment.objects.create(course=course, student=person.user)
        Sitting.begin(person, exam.paper_id, assignment=exam.pk)
    with zeal_context(), django_assert_num_queries(10):
        # the savepoint's two, the assignment, the time, the attempts, the decision, its two kinds of rows, the notices, the audit
        extended = extend_assignment(assignment=exam, minutes=10, reason="停电", by=teacher.user)
    assert len(extended) == size


@pytest.mark.django_db(transaction=True)
def test_who_enters_at_that_very_moment_is_not_left_out(
    student: Person, classmate: Person, teacher: Person, set_exam: Setter, paper: Paper
) -> None:
    exam = room(set_exam, paper, 20)
    Sitting.begin(student, paper.pk, assignment=exam.pk)
    entered = threading.Event()

    def enter() -> None:
        with transaction.atomic():
            assignment = Assignment.objects.select_related("course").get(pk=exam.pk)
            start_attempt(student=classmate.user, paper=paper, mode="exam", assignment=assignment)
            entered.set()
            threading.Event().wait(0.4)
        connection.close()

    thread = threading.Thread(target=enter)
    thread.start()
    assert entered.wait(timeout=10)
    extended = extend_assignment(assignment=exam, minutes=10, reason="停电", by=teacher.user)
    thread.join(timeout=10)
    assert len(extended) == 2
    assert len(set(Attempt.objects.values_list("closes_at", flat=True))) == 1


@pytest.mark.django_db(transaction=True)
def test_who_enters_while_it_is_being_given_waits_for_it(
    student: Person, classmate: Person, teacher: Person, set_exam: Setter, paper: Paper
) -> None:
    exam = room(set_exam, paper, 20)
    Sitting.begin(student, paper.pk, assignment=exam.pk)
    given = threading.Event()

    def give() -> None:
        with transaction.atomic():
            extend_assignment(assignment=Assignment.objects.get(pk=exam.pk), minutes=10, reason="停电", by=teacher.user)
            given.set()
            threading.Event().wait(0.4)
        connection.close()

    thread = threading.Thread(target=give)
    thread.start()
    assert given.wait(timeout=10)
    late = Sitting.begin(classmate, paper.pk, assignment=exam.pk)
    thread.join(timeout=10)
    assert minutes_of(late) == [40, 25, 5, 70]


def test_a_lock_of_the_assignment_holds_up_nobody_who_only_refers_to_it(exam: Assignment, student: Person) -> None:
    with transaction.atomic():
        progress.lock_assignment(exam.pk)
        assert Sitting.begin(student, exam.paper_id, assignment=exam.pk).row.assignment_id == exam.pk
