"""Closing: once, by whoever comes first, with everything in one transaction."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from siji.accounts.models import AuditEntry
from siji.conftest import Person
from siji.courses import progress
from siji.courses.models import Assignment, Progress
from siji.practice.clock import MINUTE
from siji.practice.closing import close_due
from siji.practice.models import Attempt, Mark, Script
from siji.practice.tasks import close_due as beat
from siji.practice.tests.acting import Sitting, ok, refused, set_elapsed
from siji.practice.tests.papers import key_of

ALL = [str(slot) for slot in range(1, 56)]


def test_submitting_closes_and_a_second_time_returns_the_first_result(sitting: Sitting) -> None:
    sitting.saves(("W", 1, "My essay about libraries"))
    first = sitting.submits()
    assert first["state"] == "closed"
    assert sitting.submits() == first
    assert Script.objects.count() == 2
    assert Progress.objects.get(student=sitting.person.user).status == "completed"


def test_scripts_are_the_frozen_answers_and_a_blank_one_is_0_by_rule(sitting: Sitting) -> None:
    sitting.saves(("W", 1, "one two three"))
    sitting.submits()
    scripts = {script.slot: script for script in Script.objects.all()}
    assert (scripts["W"].text, scripts["W"].words, scripts["W"].state) == ("one two three", 3, "waiting")
    assert scripts["T"].state == "marked"
    mark = Mark.objects.get()
    assert (mark.script, mark.value, mark.kind, mark.marker) == (scripts["T"], 0, "rule", None)


def test_a_mark_by_rule_is_written_down_with_nobody_as_its_marker(sitting: Sitting) -> None:
    sitting.submits()
    written = AuditEntry.objects.filter(action="script.marked", actor=None).order_by("detail__script")
    ruled = Mark.objects.filter(kind="rule").order_by("script")
    assert [row.detail for row in written] == [{"script": m.script_id, "slot": m.script.slot, "value": 0} for m in ruled]
    assert ruled.exists()


def test_objective_items_are_marked_at_once(sitting: Sitting) -> None:
    sitting.at_minute(40).saves(*((slot, 1, key_of(slot)) for slot in ALL[:25]))
    sitting.at_minute(70).saves(*((slot, 1, "b") for slot in ALL[25:]))
    sitting.submits()
    result = sitting.row.result
    raws = {section["key"]: section["raw"] for section in result["sections"]}
    assert raws == {
        "writing": 0,
        "listening-a": 7,
        "listening-b": 8,
        "listening-c": 20,
        "reading-a": 0.5,
        "reading-b": 1,
        "reading-c": 20,
        "translation": 0,
    }
    assert (result["raw"], result["raw_of"]) == (56.5, 100)
    assert result["estimate"]["total"]["middle"] > 0
    assert sitting.row.marked_at is not None


def test_the_next_request_closes_what_is_due(sitting: Sitting) -> None:
    sitting.at_minute(130)
    assert ok(sitting.get("/clock"))["state"] == "marked"
    row = sitting.row
    assert row.closed_at == row.closes_at
    assert row.submitted_at is None
    assert sitting.submits()["submitted_at"] == sitting.submits()["closed_at"]


def test_the_beat_closes_what_is_due_and_nothing_else(sitting: Sitting, classmate: Person, exam: Assignment) -> None:
    other = Sitting.begin(classmate, exam.paper_id, assignment=exam.pk)
    set_elapsed(other.row.pk, 129 * MINUTE)
    sitting.at_minute(130)
    beat()
    assert sitting.row.closed_at is not None
    assert other.row.closed_at is None
    assert close_due() == 0
    assert Progress.objects.filter(status="completed").count() == 1


def test_one_that_cannot_be_closed_does_not_hold_up_the_others(
    sitting: Sitting, classmate: Person, exam: Assignment, caplog: pytest.LogCaptureFixture
) -> None:
    other = Sitting.begin(classmate, exam.paper_id, assignment=exam.pk).at_minute(132)
    sitting.at_minute(131)
    Attempt.objects.filter(pk=other.id).update(sheet={"parts": other.row.sheet["parts"], "free": 3})
    assert close_due() == 1
    assert other.id in caplog.text
    assert sitting.row.closed_at is not None


def test_a_closing_that_fails_changes_nothing(sitting: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**_: object) -> None:
        raise RuntimeError("no progress today")

    sitting.saves(("W", 1, "essay"))
    sitting.at_minute(131)
    with monkeypatch.context() as patched:
        patched.setattr(progress, "mark_completed", fails)
        assert close_due() == 0
    assert sitting.row.closed_at is None
    assert not Script.objects.exists()
    assert close_due() == 1
    assert Script.objects.count() == 2


def test_submitting_early_leaves_later_parts_empty(sitting: Sitting) -> None:
    sitting.submits()
    assert sitting.row.result["raw"] == 0
    assert ok(sitting.get())["sections"] == []


def test_only_the_student_hands_in(sitting: Sitting, teacher: Person, classmate: Person, other_teacher: Person) -> None:
    refused(Sitting(teacher, sitting.id).post("/submission"), 403, "forbidden")
    for person in (classmate, other_teacher):
        refused(Sitting(person, sitting.id).post("/submission"), 404, "not_found")
    assert sitting.row.closed_at is None


def test_practice_closes_only_by_hand(practising: Sitting) -> None:
    set_elapsed(practising.row.pk, 10_000 * MINUTE)
    assert close_due() == 0
    assert practising.submits()["state"] in ("closed", "marked")
    assert practising.row.result["estimate"] is None


def test_handing_in_waits_for_the_standby_as_answers_do_and_so_does_doing_it_again(sitting: Sitting, settings: Settings) -> None:
    settings.SYNC_ANSWERS = True
    waits = "SET LOCAL synchronous_commit = on"
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            sitting.submits()
        assert [query["sql"] for query in asked].count(waits) == 1
    with CaptureQueriesContext(connection) as asked:
        close_due()
    assert waits not in [query["sql"] for query in asked]
