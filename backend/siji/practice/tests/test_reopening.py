"""A closed attempt goes on: with the time that was left, what was locked still locked, marks of unchanged scripts kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from siji.accounts.models import AuditEntry
from siji.bank.models import Paper
from siji.conftest import Person
from siji.courses.models import Assignment, Enrollment, Progress
from siji.practice.clock import MINUTE
from siji.practice.models import Attempt, Reopening, Script
from siji.practice.tests.acting import Sitting, ok, refused
from siji.practice.tests.papers import make_paper
from siji.practice.timing import database_now

WHY = {"reason": "误点了交卷"}
Setter = Callable[..., Assignment]


def reopens(teacher: Person, sitting: Sitting, **more: Any) -> Any:
    return ok(Sitting(teacher, sitting.id).post("/reopenings", WHY | more))


def closed_for(sitting: Sitting, minutes: float) -> None:
    """As if it had been begun and closed so many minutes earlier."""
    row, back = sitting.row, timedelta(minutes=minutes)
    assert row.started_at is not None
    assert row.closed_at is not None
    Attempt.objects.filter(pk=row.pk).update(
        started_at=row.started_at - back, closed_at=row.closed_at - back, submitted_at=row.closed_at - back
    )


@pytest.fixture
def handed_in(sitting: Sitting) -> Sitting:
    """In the seventieth minute, an essay on time, an answer to item 26."""
    sitting.saves(("W", 1, "An essay"))
    sitting.at_minute(70).saves(("26", 1, "A"))
    sitting.submits()
    return sitting


def test_it_goes_on_with_the_time_that_was_left(handed_in: Sitting, teacher: Person) -> None:
    closed_for(handed_in, 15)
    before = handed_in.row
    clock = reopens(teacher, handed_in)
    assert clock["state"] == "reading"
    assert 59 * MINUTE < clock["remaining_ms"] <= 60 * MINUTE
    assert handed_in.saves(("26", 2, "B"), ("W", 2, "too late")) == ["saved", "late"]
    row = Reopening.objects.get()
    assert (row.by, row.reason, row.milliseconds) == (teacher.user, "误点了交卷", 0)
    assert (row.was_started_at, row.was_closed_at) == (before.started_at, before.closed_at)
    assert AuditEntry.objects.get(action="attempt.reopened").actor == teacher.user
    (first, second) = (ok(handed_in.submits() and handed_in.get("/report"))["attempt"], handed_in.row)
    assert (first["state"], second.closed_at is not None) == ("closed", True)


def test_more_time_can_be_given_with_it_and_must_be_where_none_was_left(sitting: Sitting, teacher: Person) -> None:
    sitting.at_minute(131)
    assert ok(sitting.get())["closed_at"] is not None
    body = refused(Sitting(teacher, sitting.id).post("/reopenings", WHY), 422, "no_time_left")
    assert set(body["fields"]) == {"minutes"}
    clock = reopens(teacher, sitting, minutes=5)
    assert (clock["state"], 4 * MINUTE < clock["remaining_ms"] <= 5 * MINUTE) == ("reading", True)
    assert sitting.saves(("T", 1, "译文"), ("1", 1, "A")) == ["saved", "late"]


def test_what_it_counted_for_is_taken_back_until_it_is_closed_again(handed_in: Sitting, student: Person, teacher: Person) -> None:
    def state() -> tuple[str, float]:
        progress = Progress.objects.get(student=student.user)
        return progress.status, float(Enrollment.objects.get(student=student.user).progress)

    assert state() == ("completed", 100)
    reopens(teacher, handed_in)
    assert state() == ("in_progress", 0)
    (work,) = ok(student.get("/me/assignments"))["work"]
    assert (work["state"], work["next"]) == ("in_progress", "continue")
    refused(handed_in.get("/report"), 409, "not_closed")
    handed_in.submits()
    assert state() == ("completed", 100)


def test_a_script_that_was_not_touched_keeps_its_mark_and_one_that_was_waits_again(handed_in: Sitting, teacher: Person) -> None:
    essay = Script.objects.get(slot="W")
    ok(teacher.post(f"/scripts/{essay.pk}/marks", {"value": 11}), 201)
    reopens(teacher, handed_in)
    assert ok(teacher.get("/scripts?state="))["items"] == [], "what is open is not for marking"
    refused(teacher.post(f"/scripts/{essay.pk}/marks", {"value": 3}), 404, "not_found")
    handed_in.saves(("T", 1, "A translation"))
    handed_in.submits()
    assert list(Script.objects.order_by("slot").values_list("slot", "text", "state")) == [
        ("T", "A translation", "waiting"),
        ("W", "An essay", "marked"),
    ]
    assert handed_in.row.result["raw"] == 11 + 0.5
    translation = Script.objects.get(slot="T")
    ok(teacher.post(f"/scripts/{translation.pk}/marks", {"value": 9}), 201)
    reopens(teacher, handed_in)
    handed_in.saves(("T", 2, "Another translation"))
    handed_in.submits()
    translation.refresh_from_db()
    assert (translation.text, translation.state, translation.marks.count()) == ("Another translation", "waiting", 2)
    assert handed_in.row.marked_at is None


def test_what_is_written_on_time_after_it_counts_more_than_what_was_accepted_late(sitting: Sitting, teacher: Person) -> None:
    sitting.at_minute(131).saves(("26", 1, "B"))
    desk = Sitting(teacher, sitting.id)
    ok(desk.post("/late-acceptances", {"values": [{"item": "26", "seq": 1}]}))
    assert sitting.row.result["raw"] == 0
    reopens(teacher, sitting, minutes=5)
    sitting.saves(("26", 2, "A"))
    sitting.submits()
    assert sitting.row.result["raw"] == 0.5


def test_the_track_goes_on_where_it_stood(student: Person, teacher: Person, set_exam: Setter) -> None:
    paper = make_paper(with_audio=True)
    sitting = Sitting.begin(student, paper.pk, assignment=set_exam(paper).pk).at_minute(32)
    sitting.submits()
    closed_for(sitting, 30)
    audio = reopens(teacher, sitting)["audio"]
    assert audio["state"] == "playing"
    assert 120_000 <= audio["position_ms"] < 130_000


def test_a_room_goes_on_for_one_alone(
    student: Person, classmate: Person, teacher: Person, set_exam: Setter, paper: Paper
) -> None:
    exam = set_exam(paper, start="room", room_started_at=database_now() - timedelta(minutes=70))
    sitting, other = (Sitting.begin(person, paper.pk, assignment=exam.pk) for person in (student, classmate))
    sitting.submits()
    Attempt.objects.filter(pk=sitting.id).update(closed_at=database_now() - timedelta(minutes=20))
    assert reopens(teacher, sitting)["remaining_ms"] > 79 * MINUTE
    assert ok(other.get("/clock"))["remaining_ms"] <= 60 * MINUTE


def test_not_once_the_keys_may_have_been_seen(student: Person, teacher: Person, set_exam: Setter, paper: Paper) -> None:
    exam = set_exam(paper, key_release="on_submission")
    sitting = Sitting.begin(student, paper.pk, assignment=exam.pk)
    sitting.submits()
    refused(Sitting(teacher, sitting.id).post("/reopenings", WHY), 409, "keys_are_out")
    assert sitting.row.closed_at is not None


def test_not_while_it_is_open_nor_after_a_newer_one(student: Person, teacher: Person, set_exam: Setter, paper: Paper) -> None:
    exam = set_exam(paper, attempts_allowed=2)
    first = Sitting.begin(student, paper.pk, assignment=exam.pk)
    refused(Sitting(teacher, first.id).post("/reopenings", WHY), 409, "not_closed")
    first.submits()
    Sitting.begin(student, paper.pk, assignment=exam.pk)
    refused(Sitting(teacher, first.id).post("/reopenings", WHY), 409, "newer_attempt")


def test_practice_is_simply_done_again(student: Person, teacher: Person, set_exam: Setter, paper: Paper) -> None:
    work = set_exam(paper, mode="practice")
    sitting = Sitting.begin(student, paper.pk, "practice", assignment=work.pk)
    sitting.submits()
    refused(Sitting(teacher, sitting.id).post("/reopenings", WHY), 409, "not_timed")


def test_it_is_the_teachers_to_do_and_needs_a_reason(
    handed_in: Sitting, teacher: Person, other_teacher: Person, classmate: Person
) -> None:
    refused(handed_in.post("/reopenings", WHY), 403, "forbidden")
    for person in (other_teacher, classmate):
        refused(Sitting(person, handed_in.id).post("/reopenings", WHY), 404, "not_found")
    refused(Sitting(teacher, handed_in.id).post("/reopenings", {"reason": "  "}), 422, "invalid")
    assert not Reopening.objects.exists()
