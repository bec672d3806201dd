"""The room while an exam is sat: who is there, how far they are, who left the page, at a bounded cost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries
from zeal import zeal_context

from siji.bank.models import Paper
from siji.conftest import Person
from siji.courses.models import Assignment, AssignmentException, Course, Enrollment
from siji.practice.clock import MINUTE
from siji.practice.conftest import Setter
from siji.practice.invigilation import presence
from siji.practice.invigilation.absences import MOST
from siji.practice.invigilation.rules import Gate
from siji.practice.models import Absence, Presence
from siji.practice.tests.acting import Sitting, ok, refused
from siji.practice.tests.papers import make_paper
from siji.practice.tests.test_results import enrol
from siji.practice.timing import database_now

SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _fresh_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "gate", Gate(15.0))


def room_of(teacher: Person, assignment: Assignment) -> dict[str, Any]:
    """By name."""
    return {row["name"]: row for row in ok(teacher.get(f"/assignments/{assignment.pk}/room"))["students"]}


def silent(sitting: Sitting, seconds: float) -> None:
    """Nothing was asked for so long, and the process has forgotten when it last wrote."""
    Presence.objects.filter(attempt=sitting.row_id).update(seen_at=database_now() - seconds * SECOND)
    presence.gate.forget(sitting.row_id)


def leaves(sitting: Sitting, key: UUID, left: float, back: float | None = None) -> Any:
    body = {"left_ms_ago": int(left * 1000), "back_ms_ago": None if back is None else int(back * 1000)}
    return sitting.person.put(f"/attempts/{sitting.id}/absences/{key}", body)


def test_everybody_is_in_the_room_each_as_they_stand(course: Course, exam: Assignment, teacher: Person) -> None:
    people = [enrol(course, number) for number in range(5)]
    here, gone, done, over = (Sitting.begin(person, exam.paper_id, assignment=exam.pk) for person in people[1:])
    here.at_minute(31).saves(("1", 1, "A"), ("2", 1, "B"), ("3", 1, ""))
    silent(gone, 46)
    done.submits()
    over.at_minute(131)
    room = room_of(teacher, exam)
    stands = {name: row["standing"] for name, row in room.items()}
    assert stands == {"S000": "not_here", "S001": "present", "S002": "offline", "S003": "submitted", "S004": "closed"}
    row = room["S001"]
    assert (row["part"], row["answered"], row["of"], row["number"]) == ("listening", 2, 57, 1)
    assert row["last_saved_at"] is not None
    assert [room[name]["part"] for name in ("S000", "S002", "S003", "S004")] == [None, "writing", None, None]
    assert (room["S000"]["attempt"], room["S000"]["ends_at"]) == (None, None)


def test_a_room_that_waits_and_one_that_has_started(student: Person, paper: Paper, set_exam: Setter, teacher: Person) -> None:
    room = set_exam(paper, start="room")
    Sitting.begin(student, paper.pk, assignment=room.pk)
    row = room_of(teacher, room)["Student"]
    assert (row["standing"], row["part"], row["ends_at"]) == ("present", None, None)
    ok(teacher.post(f"/assignments/{room.pk}/room-start"))
    row = room_of(teacher, room)["Student"]
    assert (row["standing"], row["part"]) == ("present", "writing")


def test_what_was_decided_for_one_student_stands_beside_the_name(
    student: Person, exam: Assignment, teacher: Person, sitting: Sitting
) -> None:
    AssignmentException.objects.create(assignment=exam, student=student.user, extra_percent=25, created_by=teacher.user)
    sitting.at_minute(31)
    for first, end in ((1000, 4000), (3000, 4500)):  # what two tabs report of one silence is missed once
        ok(sitting.post("/audio-gaps", {"from_ms": first, "to_ms": end}), 204)
    before = room_of(teacher, exam)["Student"]
    for minutes in (5, 3):
        ok(Sitting(teacher, sitting.id).post("/extensions", {"minutes": minutes, "reason": "停电"}))
    row = room_of(teacher, exam)["Student"]
    assert (row["extra_percent"], row["extended_minutes"], row["missed_audio_ms"]) == (25, 8, 3500)
    assert row["part_ends_at"] > before["part_ends_at"]


def test_the_open_attempt_is_shown_else_the_newest(student: Person, paper: Paper, set_exam: Setter, teacher: Person) -> None:
    exam = set_exam(paper, attempts_allowed=3)
    for _ in range(2):
        Sitting.begin(student, paper.pk, assignment=exam.pk).submits()
    assert room_of(teacher, exam)["Student"]["number"] == 2
    third = Sitting.begin(student, paper.pk, assignment=exam.pk)
    row = room_of(teacher, exam)["Student"]
    assert (row["number"], row["attempt"], row["standing"]) == (3, third.id, "present")


def test_who_left_the_course_is_not_in_the_room(student: Person, exam: Assignment, teacher: Person, sitting: Sitting) -> None:
    Enrollment.objects.update(is_active=False)
    assert room_of(teacher, exam) == {}


@pytest.mark.parametrize("path", ["", "/clock", "/report"])
def test_a_request_is_a_sign_of_life(sitting: Sitting, exam: Assignment, teacher: Person, path: str) -> None:
    silent(sitting, 60)
    assert room_of(teacher, exam)["Student"]["standing"] == "offline"
    sitting.get(path)
    assert room_of(teacher, exam)["Student"]["standing"] == "present"


def test_a_save_is_a_sign_of_life_and_a_teachers_look_is_not(sitting: Sitting, exam: Assignment, teacher: Person) -> None:
    silent(sitting, 60)
    ok(Sitting(teacher, sitting.id).get())
    assert room_of(teacher, exam)["Student"]["standing"] == "offline"
    sitting.saves(("W", 1, "Dear"))
    assert room_of(teacher, exam)["Student"]["standing"] == "present"


def writes(queries: CaptureQueriesContext) -> list[str]:
    return [query["sql"] for query in queries if "practice_presence" in query["sql"]]


def test_it_is_written_at_most_every_fifteen_seconds(sitting: Sitting) -> None:
    first = Presence.objects.get(attempt=sitting.row_id).seen_at
    with CaptureQueriesContext(connection) as queries:
        for seq in range(1, 6):
            sitting.saves(("W", seq, "Dear"))
            ok(sitting.get("/clock"))
    assert writes(queries) == []
    presence.gate.forget(sitting.row_id)  # another process, which has not seen this student
    sitting.get("/clock")
    assert Presence.objects.get(attempt=sitting.row_id).seen_at == first
    silent(sitting, 15)
    with CaptureQueriesContext(connection) as queries:
        sitting.get("/clock")
    assert len(writes(queries)) == 1
    assert Presence.objects.get(attempt=sitting.row_id).seen_at > first


def test_practice_and_exams_of_ones_own_leave_no_trace(practising: Sitting, student: Person) -> None:
    practising.saves(("1", 1, "A"))
    Sitting.begin(student, make_paper().pk).saves(("W", 1, "Dear"))
    assert not Presence.objects.exists()


def test_an_answer_is_saved_though_presence_cannot_be_written(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    silent(sitting, 60)

    def broken() -> Any:
        raise DatabaseError("no space left")

    monkeypatch.setattr(presence, "prepared_cursor", broken)
    assert sitting.saves(("W", 1, "Dear")) == ["saved"]
    monkeypatch.undo()
    sitting.get("/clock")
    assert Presence.objects.get(attempt=sitting.row_id).seen_at > database_now() - 5 * SECOND


def test_leaving_the_page_is_seen_at_once_and_completed_on_the_way_back(
    sitting: Sitting, exam: Assignment, teacher: Person
) -> None:
    sitting.at_minute(10)
    key = uuid4()
    ok(leaves(sitting, key, 20), 204)
    row = room_of(teacher, exam)["Student"]
    assert row["away_since"] is not None
    assert row["away_ms"] == pytest.approx(20_000, abs=3000)
    ok(leaves(sitting, key, 30, 5), 204)
    ok(leaves(sitting, key, 60, 1), 204)  # once more, late: what is there stays
    row = room_of(teacher, exam)["Student"]
    assert (row["away_since"], row["absences"]) == (None, 1)
    assert row["away_ms"] == pytest.approx(15_000, abs=3000)


def test_both_see_what_was_recorded(sitting: Sitting, teacher: Person, classmate: Person) -> None:
    sitting.at_minute(10)
    ok(leaves(sitting, uuid4(), 40, 30), 204)
    ok(leaves(sitting, uuid4(), 10), 204)
    for person in (sitting.person, teacher):
        found = ok(person.get(f"/attempts/{sitting.id}/absences"))["absences"]
        assert [absence["back_at"] is None for absence in found] == [False, True]
    refused(classmate.get(f"/attempts/{sitting.id}/absences"), 404, "not_found")
    refused(leaves(Sitting(teacher, sitting.id), uuid4(), 1), 403, "forbidden")
    refused(leaves(Sitting(classmate, sitting.id), uuid4(), 1), 404, "not_found")


def test_what_lies_outside_the_exam_is_cut_off(sitting: Sitting, exam: Assignment, teacher: Person) -> None:
    sitting.at_minute(1)
    ok(leaves(sitting, uuid4(), 3600, 1800), 204)
    assert not Absence.objects.exists()
    ok(leaves(sitting, uuid4(), 3600), 204)
    assert room_of(teacher, exam)["Student"]["away_ms"] == pytest.approx(MINUTE, abs=3000)
    sitting.submits()
    row = room_of(teacher, exam)["Student"]
    assert (row["away_since"], row["absences"]) == (None, 1)
    assert ok(teacher.get(f"/attempts/{sitting.id}/absences"))["absences"][0]["back_at"] is not None


def test_there_is_nothing_to_record_in_practice_or_before_the_start(
    practising: Sitting, student: Person, paper: Paper, set_exam: Setter
) -> None:
    refused(leaves(practising, uuid4(), 5), 409, "not_invigilated")
    room = set_exam(make_paper(), start="room")
    waiting = Sitting.begin(student, room.paper_id, assignment=room.pk)
    refused(leaves(waiting, uuid4(), 5), 409, "not_invigilated")
    refused(leaves(waiting, uuid4(), -5), 422, "invalid")


def test_a_browser_gone_mad_comes_to_an_end(sitting: Sitting) -> None:
    sitting.at_minute(10)
    now = database_now()
    Absence.objects.bulk_create(
        Absence(attempt_id=sitting.row_id, key=uuid4(), left_at=now - SECOND, back_at=now) for _ in range(MOST)
    )
    refused(leaves(sitting, uuid4(), 5), 409, "too_many")
    known = Absence.objects.order_by("pk").last()
    assert known is not None
    ok(leaves(sitting, known.key, 5), 204)


def test_practice_has_no_room(paper: Paper, set_exam: Setter, teacher: Person) -> None:
    practice = set_exam(paper, mode="practice")
    refused(teacher.get(f"/assignments/{practice.pk}/room"), 409, "not_an_exam")


@pytest.mark.counts("GET /assignments/{assignment_id}/room")
@pytest.mark.parametrize("size", [2, 12])
def test_a_room_costs_the_same_at_any_size(
    course: Course, exam: Assignment, teacher: Person, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    for number in range(size):
        sitting = Sitting.begin(enrol(course, number), exam.paper_id, assignment=exam.pk).at_minute(10)
        sitting.saves(("W", 1, "Dear"))
        ok(leaves(sitting, uuid4(), 5, 1), 204)
    # Who, assignment, the time, students, attempts, absences, answers, extensions, gaps, exceptions.
    with zeal_context(), django_assert_num_queries(10):
        assert len(room_of(teacher, exam)) == size
