"""More time and late answers: a teacher decides, the decision is on record, the result follows."""

from __future__ import annotations

from typing import Any

import pytest

from siji.accounts.models import AuditEntry
from siji.conftest import Person
from siji.practice.clock import MINUTE
from siji.practice.models import Script, TimeExtension
from siji.practice.tests.acting import Sitting, ok, refused

TEN = {"minutes": 10, "reason": "The network failed"}


def test_more_time_moves_the_open_part_and_all_that_follows(sitting: Sitting, teacher: Person) -> None:
    sitting.at_minute(29)
    clock = ok(Sitting(teacher, sitting.id).post("/extensions", TEN))
    assert [part["duration_ms"] // MINUTE for part in clock["parts"]] == [40, 25, 5, 70]
    assert 110 * MINUTE < clock["remaining_ms"] <= 111 * MINUTE
    sitting.at_minute(39)
    assert sitting.saves(("W", 1, "still writing")) == ["saved"]
    sitting.at_minute(40)
    assert sitting.saves(("W", 2, "too late"), ("1", 1, "A")) == ["late", "saved"]
    row = TimeExtension.objects.get()
    assert (row.part, row.milliseconds, row.reason, row.by) == ("writing", 10 * MINUTE, "The network failed", teacher.user)
    entry = AuditEntry.objects.get(action="attempt.extended")
    assert (entry.actor, entry.subject) == (teacher.user, f"attempt:{sitting.id}")


def test_more_time_opens_no_lock(sitting: Sitting, teacher: Person) -> None:
    sitting.at_minute(58)
    ok(Sitting(teacher, sitting.id).post("/extensions", TEN))
    assert sitting.saves(("W", 1, "x"), ("1", 1, "A")) == ["late", "late"]
    assert TimeExtension.objects.get().part == "reading"


def test_a_closed_attempt_gets_no_more_time(sitting: Sitting, teacher: Person) -> None:
    sitting.at_minute(130)
    refused(Sitting(teacher, sitting.id).post("/extensions", TEN), 409, "closed")
    assert sitting.row.closed_at is not None
    assert not TimeExtension.objects.exists()


def test_more_time_is_the_teachers_to_give(sitting: Sitting, classmate: Person, other_teacher: Person, admin: Person) -> None:
    refused(sitting.post("/extensions", TEN), 403, "forbidden")
    for person in (classmate, other_teacher):
        refused(Sitting(person, sitting.id).post("/extensions", TEN), 404, "not_found")
    ok(Sitting(admin, sitting.id).post("/extensions", TEN))


def test_who_is_no_teacher_any_more_decides_and_sees_nothing(sitting: Sitting, teacher: Person, admin: Person) -> None:
    ok(admin.patch(f"/users/{teacher.user.pk}", {"role": "student"}))
    former = Sitting(teacher, sitting.id)
    for reply in (former.get(), former.post("/extensions", TEN), former.sends(("W", 1, "x")), former.post("/submission")):
        refused(reply, 404, "not_found")
    sitting.submits()
    refused(former.get("/report"), 404, "not_found")


@pytest.mark.parametrize("body", [{"minutes": 0, "reason": "x"}, {"minutes": 121, "reason": "x"}, {"minutes": 5, "reason": ""}])
def test_an_extension_has_a_length_and_a_reason(sitting: Sitting, teacher: Person, body: dict[str, Any]) -> None:
    refused(Sitting(teacher, sitting.id).post("/extensions", body), 422, "invalid")


@pytest.fixture
def late(sitting: Sitting) -> Sitting:
    """Closed, with an answer and an essay that came late."""
    sitting.saves(("W", 1, "on time"))
    sitting.at_minute(56)
    sitting.saves(("W", 2, "a longer essay, late"), ("1", 1, "A"), ("1", 2, "B"))
    sitting.submits()
    return sitting


def test_a_late_answer_stands_beside_the_frozen_one(late: Sitting) -> None:
    items = {item["item"]["slot"]: item for item in ok(late.get("/report"))["items"]}
    assert (items["W"]["answer"], items["W"]["late"]["value"], items["W"]["is_late_accepted"]) == (
        "on time",
        "a longer essay, late",
        False,
    )
    assert (items["1"]["answer"], items["1"]["late"]["value"]) == ("", "B")
    assert late.row.result["raw"] == 0


def test_an_accepted_late_answer_counts_and_a_script_waits_again(late: Sitting, teacher: Person) -> None:
    script = Script.objects.get(slot="W")
    ok(teacher.post(f"/scripts/{script.pk}/marks", {"value": 4}), 201)
    assert late.row.marked_at is not None
    report = ok(Sitting(teacher, late.id).post("/late-acceptances", {"items": ["1", "W"]}))
    assert report["raw"] == 1
    assert {item["item"]["slot"]: item["is_late_accepted"] for item in report["items"]}["1"] is True
    script.refresh_from_db()
    assert (script.text, script.words, script.state) == ("a longer essay, late", 4, "waiting")
    assert late.row.marked_at is None
    assert AuditEntry.objects.get(action="attempt.late_accepted").detail == {"items": ["1", "W"]}
    ok(teacher.post(f"/scripts/{script.pk}/marks", {"value": 6}), 201)
    assert late.row.result["raw"] == 7


def test_only_what_came_late_can_be_accepted_and_only_by_the_teacher(late: Sitting, teacher: Person, classmate: Person) -> None:
    body = refused(Sitting(teacher, late.id).post("/late-acceptances", {"items": ["1", "2"]}), 422, "nothing_late")
    assert set(body["fields"]) == {"2"}
    refused(late.post("/late-acceptances", {"items": ["1"]}), 403, "forbidden")
    refused(Sitting(classmate, late.id).post("/late-acceptances", {"items": ["1"]}), 404, "not_found")
    assert late.row.result["raw"] == 0


def test_an_open_attempt_waits_for_that(sitting: Sitting, teacher: Person) -> None:
    sitting.at_minute(31).saves(("W", 1, "late"))
    refused(Sitting(teacher, sitting.id).post("/late-acceptances", {"items": ["W"]}), 409, "not_closed")
