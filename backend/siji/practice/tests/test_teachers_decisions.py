"""More time: a teacher decides, the decision is on record, the clock follows."""

from __future__ import annotations

from typing import Any

import pytest

from siji.accounts.models import AuditEntry
from siji.conftest import Person
from siji.practice.clock import MINUTE
from siji.practice.models import TimeExtension
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
