"""Starting: who may, under which clock, and once only."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from siji.bank.models import Paper
from siji.conftest import Person
from siji.courses.models import Assignment, AssignmentException, Course, CourseStatus, Progress
from siji.practice.clock import MINUTE
from siji.practice.closing import close_due
from siji.practice.conftest import Setter
from siji.practice.models import Attempt
from siji.practice.tests.acting import Sitting, ok, refused
from siji.practice.tests.papers import make_paper
from siji.practice.timing import database_now


def start(person: Person, paper: int, mode: str = "exam", assignment: int | None = None) -> object:
    return {"paper": paper, "mode": mode, "assignment": assignment}


def test_an_exam_begins_with_writing_and_shows_nothing_else(student: Person, exam: Assignment) -> None:
    shown = ok(student.post("/attempts", start(student, exam.paper_id, assignment=exam.pk)), 201)
    assert shown["state"] == "writing"
    assert [section["key"] for section in shown["sections"]] == ["writing"]
    assert [part["state"] for part in shown["parts"]] == ["open", "pending", "pending", "pending"]
    assert 129 * MINUTE < shown["remaining_ms"] <= 130 * MINUTE
    assert (shown["course_name"], shown["number"]) == ("大学英语四级", 1)
    assert Progress.objects.get(student=student.user).status == "in_progress"


def test_a_second_press_returns_the_open_attempt(student: Person, exam: Assignment) -> None:
    first = ok(student.post("/attempts", start(student, exam.paper_id, assignment=exam.pk)), 201)
    again = ok(student.post("/attempts", start(student, exam.paper_id, assignment=exam.pk)), 200)
    assert again["id"] == first["id"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("own", [True, False])
def test_presses_at_the_same_moment_make_one_attempt(student: Person, paper: Paper, set_exam: Setter, own: bool) -> None:
    assignment = None if own else set_exam(paper).pk

    def press(_: int) -> int:
        try:
            body = start(student, paper.pk, "practice" if own else "exam", assignment)
            return Person(student.user).post("/attempts", body).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(pool.map(press, range(4)))
    assert statuses == [200, 200, 200, 201]
    assert Attempt.objects.count() == 1


def test_a_paper_set_as_an_exam_opens_in_no_other_way(student: Person, stranger: Person, exam: Assignment) -> None:
    for mode in ("practice", "exam"):
        refused(student.post("/attempts", start(student, exam.paper_id, mode)), 409, "paper_is_set")
    Sitting.begin(stranger, exam.paper_id, "practice")
    Assignment.objects.filter(pk=exam.pk).update(closes_at=database_now() - timedelta(minutes=1))
    Sitting.begin(student, exam.paper_id, "practice")


def test_a_practice_set_by_a_teacher_waits_for_the_exam_too(student: Person, exam: Assignment, set_exam: Setter) -> None:
    practice = set_exam(Paper.objects.get(pk=exam.paper_id), mode="practice")
    refused(student.post("/attempts", start(student, exam.paper_id, "practice", practice.pk)), 409, "paper_is_set")


def test_only_students_sit(teacher: Person, admin: Person, exam: Assignment) -> None:
    for person in (teacher, admin):
        refused(person.post("/attempts", start(person, exam.paper_id, assignment=exam.pk)), 403, "forbidden")


def test_nobody_starts_what_they_do_not_see(stranger: Person, student: Person, exam: Assignment, paper: Paper) -> None:
    refused(stranger.post("/attempts", start(stranger, exam.paper_id, assignment=exam.pk)), 404, "not_found")
    refused(student.post("/attempts", start(student, 10**9, "practice")), 404, "not_found")
    refused(student.post("/attempts", start(student, paper.pk, assignment=10**9)), 404, "not_found")


def test_paper_and_mode_are_the_assignments(student: Person, exam: Assignment) -> None:
    other = make_paper()
    body = refused(student.post("/attempts", start(student, other.pk, "practice", exam.pk)), 422, "mismatch")
    assert set(body["fields"]) == {"paper", "mode"}


def test_the_window_holds_and_a_late_start_is_flagged(student: Person, exam: Assignment) -> None:
    now = database_now()
    body = start(student, exam.paper_id, assignment=exam.pk)
    Assignment.objects.filter(pk=exam.pk).update(opens_at=now + timedelta(hours=1))
    assert student.post("/attempts", body).status_code == 409
    Assignment.objects.filter(pk=exam.pk).update(opens_at=None, closes_at=now - timedelta(hours=1))
    assert student.post("/attempts", body).status_code == 409
    Assignment.objects.filter(pk=exam.pk).update(late_policy="flag")
    assert ok(student.post("/attempts", body), 201)["is_late_start"] is True


def test_a_draft_course_starts_nothing(student: Person, course: Course, exam: Assignment) -> None:
    Course.objects.filter(pk=course.pk).update(status=CourseStatus.COMPLETED)
    assert student.post("/attempts", start(student, exam.paper_id, assignment=exam.pk)).status_code == 409


def test_a_retake_is_a_new_attempt_where_it_is_allowed(student: Person, exam: Assignment) -> None:
    first = Sitting.begin(student, exam.paper_id, assignment=exam.pk)
    first.submits()
    assert student.post("/attempts", start(student, exam.paper_id, assignment=exam.pk)).status_code == 409
    Assignment.objects.filter(pk=exam.pk).update(attempts_allowed=2)
    second = Sitting.begin(student, exam.paper_id, assignment=exam.pk)
    assert second.id != first.id
    assert second.row.number == 2


def test_extra_time_lengthens_the_timed_parts(student: Person, teacher: Person, exam: Assignment) -> None:
    AssignmentException.objects.create(assignment=exam, student=student.user, extra_percent=50, created_by=teacher.user)
    shown = ok(Sitting.begin(student, exam.paper_id, assignment=exam.pk).get())
    assert [part["duration_ms"] // MINUTE for part in shown["parts"]] == [45, 25, 5, 105]


def test_a_room_waits_and_shares_one_start(student: Person, classmate: Person, paper: Paper, set_exam: Setter) -> None:
    room = set_exam(paper, start="room")
    early = Sitting.begin(student, paper.pk, assignment=room.pk)
    shown = ok(early.get())
    assert (shown["state"], shown["sections"], shown["remaining_ms"]) == ("created", [], None)
    refused(early.sends(("W", 1, "x")), 409, "not_open_yet")
    refused(early.post("/submission"), 409, "not_open_yet")
    Assignment.objects.filter(pk=room.pk).update(room_started_at=database_now() - timedelta(minutes=10))
    assert early.saves(("W", 1, "x")) == ["saved"]
    assert ok(early.get("/clock"))["state"] == "writing"
    late = Sitting.begin(classmate, paper.pk, assignment=room.pk)
    assert late.row.started_at == early.row.started_at
    assert ok(late.get("/clock"))["remaining_ms"] <= 120 * MINUTE


def test_nobody_enters_a_room_that_is_over(student: Person, paper: Paper, set_exam: Setter) -> None:
    room = set_exam(paper, start="room", room_started_at=database_now() - timedelta(minutes=131))
    refused(student.post("/attempts", start(student, paper.pk, assignment=room.pk)), 409, "room_is_over")
    assert not Attempt.objects.exists()


def test_the_beat_begins_and_closes_those_who_never_came_back(student: Person, paper: Paper, set_exam: Setter) -> None:
    room = set_exam(paper, start="room")
    waiting = Sitting.begin(student, paper.pk, assignment=room.pk)
    Assignment.objects.filter(pk=room.pk).update(room_started_at=database_now() - timedelta(minutes=131))
    assert close_due() == 1
    assert waiting.row.closed_at is not None


def test_practice_of_some_sections_beside_another(student: Person, paper: Paper) -> None:
    listening = Sitting.begin(student, paper.pk, "practice", sections=["listening-a"])
    reading = Sitting.begin(student, paper.pk, "practice", sections=["reading-b"])
    assert listening.id != reading.id
    assert [section["key"] for section in ok(reading.get())["sections"]] == ["reading-b"]
    body = {"paper": paper.pk, "mode": "exam", "sections": ["reading-b"]}
    refused(student.post("/attempts", body), 422, "mismatch")


def test_an_exam_of_ones_own_leaves_its_scripts_unassigned(student: Person, paper: Paper) -> None:
    sitting = Sitting.begin(student, paper.pk)
    sitting.saves(("W", 1, "An essay"))
    sitting.submits()
    assert dict(sitting.row.scripts.values_list("slot", "state")) == {"W": "unassigned", "T": "marked"}
    assert sitting.row.marked_at is None
