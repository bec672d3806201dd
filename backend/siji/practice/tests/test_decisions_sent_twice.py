"""A decision whose answer was lost is sent again under its key: it counts once, and is answered as the first was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from siji.accounts.models import AuditEntry
from siji.bank.models import Paper
from siji.conftest import Person
from siji.courses.models import Assignment
from siji.practice.clock import MINUTE
from siji.practice.models import AssignmentExtension, AudioGap, AudioGrant, Reopening, TimeExtension
from siji.practice.tests.acting import Sitting, ok, refused
from siji.practice.tests.papers import make_paper
from siji.practice.timing import database_now

KEY = "0b8f7b9e-6f0e-4d0c-9a43-5f4d4a6f1c11"
OTHER_KEY = "0b8f7b9e-6f0e-4d0c-9a43-5f4d4a6f1c12"
FIVE: dict[str, Any] = {"minutes": 5, "reason": "停电", "key": KEY}
Setter = Callable[..., Assignment]


def entries(action: str) -> int:
    return AuditEntry.objects.filter(action=action).count()


def writing_minutes(sitting: Sitting) -> int:
    return int(ok(sitting.get("/clock"))["parts"][0]["duration_ms"]) // MINUTE


def test_more_time_for_one(sitting: Sitting, teacher: Person) -> None:
    decide = Sitting(teacher, sitting.id)
    for _ in range(2):
        assert ok(decide.post("/extensions", FIVE))["parts"][0]["duration_ms"] == 35 * MINUTE
    assert (writing_minutes(sitting), TimeExtension.objects.count(), entries("attempt.extended")) == (35, 1, 1)
    ok(decide.post("/extensions", FIVE | {"key": OTHER_KEY}))
    assert writing_minutes(sitting) == 40, "another decision counts"


def test_without_a_key_each_counts(sitting: Sitting, teacher: Person) -> None:
    for _ in range(2):
        ok(Sitting(teacher, sitting.id).post("/extensions", FIVE | {"key": None}))
    assert writing_minutes(sitting) == 40


def test_more_time_that_is_sent_again_after_the_end_is_answered_as_before(sitting: Sitting, teacher: Person) -> None:
    ok(Sitting(teacher, sitting.id).post("/extensions", FIVE))
    sitting.submits()
    ok(Sitting(teacher, sitting.id).post("/extensions", FIVE))
    refused(Sitting(teacher, sitting.id).post("/extensions", FIVE | {"key": OTHER_KEY}), 409, "closed")


def test_a_key_that_said_something_else_is_refused(sitting: Sitting, teacher: Person) -> None:
    ok(Sitting(teacher, sitting.id).post("/extensions", FIVE))
    refused(Sitting(teacher, sitting.id).post("/extensions", FIVE | {"minutes": 10}), 409, "decided_otherwise")
    assert writing_minutes(sitting) == 35
    refused(Sitting(teacher, sitting.id).post("/extensions", FIVE | {"key": "x"}), 422, "invalid")


def test_more_time_for_all(student: Person, classmate: Person, teacher: Person, exam: Assignment, paper: Paper) -> None:
    early = Sitting.begin(student, exam.paper_id, assignment=exam.pk)
    first = ok(teacher.post(f"/assignments/{exam.pk}/extensions", FIVE))
    late = Sitting.begin(classmate, exam.paper_id, assignment=exam.pk)
    assert ok(teacher.post(f"/assignments/{exam.pk}/extensions", FIVE)) == first == {"extended": [early.id]}
    assert (writing_minutes(early), writing_minutes(late)) == (35, 30)
    assert (AssignmentExtension.objects.count(), entries("assignment.extended")) == (1, 1)
    refused(teacher.post(f"/assignments/{exam.pk}/extensions", FIVE | {"minutes": 6}), 409, "decided_otherwise")


def test_reopening_also_when_it_was_handed_in_again(sitting: Sitting, teacher: Person) -> None:
    sitting.at_minute(20).submits()
    ok(Sitting(teacher, sitting.id).post("/reopenings", FIVE))
    assert ok(Sitting(teacher, sitting.id).post("/reopenings", FIVE))["state"] == "writing"
    sitting.submits()
    ok(Sitting(teacher, sitting.id).post("/reopenings", FIVE))
    assert sitting.row.closed_at is not None, "what was handed in since stays handed in"
    assert (Reopening.objects.count(), entries("attempt.reopened")) == (1, 1)


def test_hearing_again_also_when_it_was_heard(student: Person, teacher: Person, set_exam: Setter) -> None:
    paper = make_paper(with_audio=True)
    sitting = Sitting.begin(student, paper.pk, assignment=set_exam(paper).pk).at_minute(45)
    ok(sitting.post("/audio-gaps", {"from_ms": 10_000, "to_ms": 14_000, "reason": "network"}), 204)
    body = FIVE | {"gaps": list(AudioGap.objects.values_list("pk", flat=True))}
    first = ok(Sitting(teacher, sitting.id).post("/audio-grants", body), 201)
    assert ok(Sitting(teacher, sitting.id).post("/audio-grants", body), 201) == first
    AudioGrant.objects.update(started_at=database_now() - timedelta(minutes=1))
    assert len(ok(Sitting(teacher, sitting.id).post("/audio-grants", body), 201)["grants"]) == 1
    assert (AudioGrant.objects.count(), entries("attempt.audio_granted")) == (1, 1)
    ok(Sitting(teacher, sitting.id).post("/audio-grants", body | {"key": OTHER_KEY}), 201)
