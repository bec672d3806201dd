"""Late values: all of them are shown with how late they were; a teacher lets one count, another instead, or none again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from zeal import zeal_context

from siji.accounts.models import AuditEntry
from siji.conftest import Person
from siji.courses.models import Assignment
from siji.practice.clock import MINUTE
from siji.practice.models import LateAcceptance, LateAnswer, Script
from siji.practice.tests.acting import Sitting, ok, refused
from siji.practice.timing import database_now


@pytest.fixture
def late(sitting: Sitting) -> Sitting:
    """Closed, with an essay that was on time and late ones, and an answer of which both values came late."""
    sitting.saves(("W", 1, "on time"))
    sitting.at_minute(56)
    sitting.saves(("W", 2, "a longer essay, late"), ("1", 1, "A"), ("1", 2, "B"))
    sitting.saves(("W", 3, "later still"))
    sitting.submits()
    return sitting


def accept(person: Person, sitting: Sitting, *values: tuple[str, int], late: int | None = None) -> Any:
    body = {"values": [{"item": item, "seq": seq, "id": late} for item, seq in values]}
    return Sitting(person, sitting.id).post("/late-acceptances", body)


def withdraw(person: Person, sitting: Sitting, item: str) -> Any:
    return person.delete(f"/attempts/{sitting.id}/late-acceptances/{item}")


def items_of(report: Any) -> dict[str, Any]:
    return {item["item"]["slot"]: item for item in report["items"]}


def standing(report: Any) -> dict[str, str]:
    """Slot → the late value that counts."""
    return {slot: one["value"] for slot, item in items_of(report).items() for one in item["late"] if one["is_accepted"]}


def test_every_late_value_stands_beside_the_one_on_time_with_how_late_it_was(late: Sitting) -> None:
    items = items_of(ok(late.get("/report")))
    assert (items["W"]["answer"], items["1"]["answer"], items["2"]["late"]) == ("on time", "", [])
    assert [one["value"] for one in items["W"]["late"]] == ["a longer essay, late", "later still"]
    assert [(one["seq"], one["value"]) for one in items["1"]["late"]] == [(1, "A"), (2, "B")]
    for slot, lock in (("W", 30), ("1", 55)):
        for one in items[slot]["late"]:
            assert (56 - lock) * MINUTE <= one["late_ms"] < (57 - lock) * MINUTE
    assert late.row.result["raw"] == 0


def test_how_late_it_was_is_exact_to_the_millisecond(late: Sitting) -> None:
    row = late.row
    assert row.started_at is not None
    lock = row.started_at + timedelta(minutes=30)
    for milliseconds in (0, 1, 83_456):
        LateAnswer.objects.filter(slot="W", seq=2).update(saved_at=lock + timedelta(milliseconds=milliseconds, microseconds=999))
        by_seq = {one["seq"]: one for one in items_of(ok(late.get("/report")))["W"]["late"]}
        assert by_seq[2]["late_ms"] == milliseconds


def test_what_comes_after_handing_in_is_late_since_then(sitting: Sitting) -> None:
    sitting.at_minute(10).submits()
    sitting.saves(("W", 1, "forgotten"), ("T", 1, "never seen"))
    row = sitting.row
    assert row.closed_at is not None
    LateAnswer.objects.update(saved_at=row.closed_at + timedelta(seconds=61))
    items = items_of(ok(sitting.get("/report")))
    assert [items[slot]["late"][0]["late_ms"] for slot in ("W", "T")] == [61_000, 61_000]


def test_a_chosen_value_counts_and_another_takes_its_place(late: Sitting, teacher: Person) -> None:
    assert standing(ok(accept(teacher, late, ("1", 1), ("W", 2)))) == {"1": "A", "W": "a longer essay, late"}
    assert late.row.result["raw"] == 0
    report = ok(accept(teacher, late, ("1", 2)))
    assert (standing(report)["1"], report["raw"]) == ("B", 1)
    first, second = items_of(ok(late.get("/report")))["1"]["late"]
    assert [(one["by"], one["withdrawn_by"]) for one in (*first["acceptances"], *second["acceptances"])] == [
        ("Teacher", "Teacher"),
        ("Teacher", ""),
    ]
    assert first["acceptances"][0]["withdrawn_at"] == second["acceptances"][0]["at"]
    entries = AuditEntry.objects.filter(action="attempt.late_accepted").order_by("pk")
    assert [entry.detail for entry in entries] == [{"values": {"1": 1, "W": 2}}, {"values": {"1": 2}}]


def test_the_student_sees_what_was_decided(late: Sitting, teacher: Person) -> None:
    ok(accept(teacher, late, ("1", 2)))
    report = ok(late.get("/report"))
    assert standing(report) == {"1": "B"}
    assert report["raw"] == 1


def test_accepting_twice_is_one_decision(late: Sitting, teacher: Person) -> None:
    for _ in range(2):
        ok(accept(teacher, late, ("1", 2)))
    assert LateAcceptance.objects.count() == AuditEntry.objects.filter(action="attempt.late_accepted").count() == 1


def test_a_withdrawn_acceptance_gives_the_marks_back_and_stays_on_record(late: Sitting, teacher: Person) -> None:
    ok(accept(teacher, late, ("1", 2)))
    for _ in range(2):
        report = ok(withdraw(teacher, late, "1"))
        assert (report["raw"], standing(report)) == (0, {})
    row = LateAcceptance.objects.get()
    assert (row.by, row.withdrawn_by) == (teacher.user, teacher.user)
    assert row.withdrawn_at is not None
    assert row.withdrawn_at > row.at
    assert AuditEntry.objects.get(action="attempt.late_withdrawn").detail == {"values": {"1": 2}}
    assert ok(accept(teacher, late, ("1", 2)))["raw"] == 1


def test_a_script_waits_for_a_mark_whenever_its_text_changes(late: Sitting, teacher: Person) -> None:
    script = Script.objects.get(slot="W")
    ok(teacher.post(f"/scripts/{script.pk}/marks", {"value": 4}), 201)
    assert late.row.marked_at is not None
    ok(accept(teacher, late, ("W", 2)))
    script.refresh_from_db()
    assert (script.text, script.words, script.state) == ("a longer essay, late", 4, "waiting")
    assert late.row.marked_at is None
    ok(teacher.post(f"/scripts/{script.pk}/marks", {"value": 6}), 201)
    ok(accept(teacher, late, ("W", 2)))
    assert late.row.result["raw"] == 6, "the same decision again asks for no new mark"
    ok(withdraw(teacher, late, "W"))
    script.refresh_from_db()
    assert (script.text, script.state) == ("on time", "waiting")
    assert (late.row.result["raw"], late.row.marked_at) == (0, None)
    assert [mark.value for mark in script.marks.order_by("pk")] == [4, 6]


def test_the_same_text_under_another_seq_keeps_its_mark(sitting: Sitting, teacher: Person) -> None:
    sitting.at_minute(31).saves(("W", 1, "the same essay"), ("W", 2, "the same essay"))
    sitting.submits()
    ok(accept(teacher, sitting, ("W", 1)))
    ok(teacher.post(f"/scripts/{Script.objects.get(slot='W').pk}/marks", {"value": 9}), 201)
    assert ok(accept(teacher, sitting, ("W", 2)))["raw"] == 9


def test_a_script_that_is_blank_again_is_nought_again(sitting: Sitting, teacher: Person) -> None:
    sitting.at_minute(31).saves(("W", 1, "all of it late"))
    sitting.submits()
    ok(accept(teacher, sitting, ("W", 1)))
    assert Script.objects.get(slot="W").state == "waiting"
    ok(withdraw(teacher, sitting, "W"))
    script = Script.objects.get(slot="W")
    assert (script.text, script.state) == ("", "marked")
    assert [(mark.value, mark.kind) for mark in script.marks.all()] == [(0, "rule"), (0, "rule")]
    assert sitting.row.marked_at is not None


def test_two_values_under_one_seq_are_told_apart_by_their_id(late: Sitting, teacher: Person) -> None:
    other = LateAnswer.objects.create(attempt=late.row, slot="1", seq=2, value="C", saved_at=database_now())
    refused(accept(teacher, late, ("1", 2)), 422, "ambiguous")
    assert standing(ok(accept(teacher, late, ("1", 2), late=other.pk))) == {"1": "C"}


def test_only_what_came_late_can_be_accepted_once_for_each_item(late: Sitting, teacher: Person) -> None:
    body = refused(accept(teacher, late, ("1", 2), ("2", 1), ("W", 1)), 422, "nothing_late")
    assert set(body["fields"]) == {"2", "W"}
    refused(accept(teacher, late, ("1", 1), ("1", 2)), 422, "twice")
    refused(withdraw(teacher, late, "2"), 422, "nothing_late")
    assert not LateAcceptance.objects.exists()


def test_only_the_teacher_decides(late: Sitting, classmate: Person, other_teacher: Person, admin: Person) -> None:
    refused(accept(late.person, late, ("1", 2)), 403, "forbidden")
    for person in (classmate, other_teacher):
        refused(accept(person, late, ("1", 2)), 404, "not_found")
        refused(withdraw(person, late, "1"), 404, "not_found")
    ok(accept(admin, late, ("1", 2)))
    refused(withdraw(late.person, late, "1"), 403, "forbidden")
    assert late.row.result["raw"] == 1


def test_an_open_attempt_waits_for_that(sitting: Sitting, teacher: Person) -> None:
    sitting.at_minute(31).saves(("W", 1, "late"))
    refused(accept(teacher, sitting, ("W", 1)), 409, "not_closed")
    refused(withdraw(teacher, sitting, "W"), 409, "not_closed")


@pytest.mark.parametrize("size", [1, 12])
def test_late_values_and_decisions_cost_the_same_at_any_number(
    sitting: Sitting, teacher: Person, exam: Assignment, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    sitting.at_minute(56)
    sitting.saves(*((str(slot), seq, "AB"[seq % 2]) for slot in range(1, size + 1) for seq in (1, 2)))
    sitting.submits()
    ok(accept(teacher, sitting, *((str(slot), 1) for slot in range(1, size + 1))))
    ok(sitting.get("/report"))
    with zeal_context(), django_assert_num_queries(11):
        report = ok(sitting.get("/report"))
    assert len(standing(report)) == size
