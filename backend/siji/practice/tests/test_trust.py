"""A teacher marks some scripts blind, sees how far the engines agree, and sets the bar above which a model's marks count."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from zeal import zeal_context

from siji.accounts.models import Notice
from siji.conftest import Person, make_user
from siji.courses.models import Assignment, Course, Enrollment
from siji.language.calibration import agreement
from siji.practice.automarking.work import _add
from siji.practice.models import AnchorMark, Engine, MachineMark, ReleaseRule, Script, ScriptState
from siji.practice.tests.acting import Sitting, ok, refused
from siji.practice.tests.test_marking_desk import hand_in
from siji.practice.tests.test_provisional_marks import ESSAY
from siji.practice.trust.releasing import standing_rule
from siji.practice.trust.rules import Bar, is_above, spread

BAR = {"slot": "W", "is_on": True, "least_within_one": 80, "least_kappa": 0.7, "most_bias": 0.5}
WANTED = [2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]


def says(script: Script, value: int, engine: str = Engine.MODEL, **more: Any) -> MachineMark:
    row = MachineMark(script=script, engine=engine, digest=script.digest, value=value, version="writing@1", model="m", **more)
    _add(row)
    return row


def scripts(course: Course, exam: Assignment, number: int) -> list[Script]:
    made = []
    for place in range(number):
        person = Person(make_user(f"writer{place}"))
        Enrollment.objects.create(course=course, student=person.user)
        made.append(Script.objects.get(attempt=hand_in(person, exam, essay=f"{ESSAY} {place}").row_id, slot="W"))
    return made


def calibrated(teacher: Person, course: Course, exam: Assignment, off: int = 0) -> dict[str, Any]:
    """Twelve scripts, marked by a model and by the teacher; the model is ``off`` by so much on each."""
    for script, value in zip(scripts(course, exam, len(WANTED)), WANTED, strict=True):
        says(script, min(value + off, 15))
    ok(teacher.post(f"/courses/{course.pk}/calibrations", {"slot": "W"}), 201)
    for row in AnchorMark.objects.order_by("script_id"):
        value = WANTED[list(AnchorMark.objects.order_by("script_id")).index(row)]
        seen: dict[str, Any] = ok(teacher.put(f"/courses/{course.pk}/calibrations/W/marks/{row.script_id}", {"value": value}))
    return seen


def test_anchor_scripts_are_marked_blind_and_then_the_figures_are_shown(
    teacher: Person, course: Course, exam: Assignment
) -> None:
    for script in scripts(course, exam, 3):
        says(script, 11)
    first = ok(teacher.post(f"/courses/{course.pk}/calibrations", {"slot": "W"}), 201)
    assert (len(first["scripts"]), first["marked"], first["agreements"]) == (3, 0, [])
    assert "writer" not in str(first["scripts"])
    assert first["tasks"][0]["rubric"]["bands"]
    for one in first["scripts"][:2]:
        ok(teacher.put(f"/courses/{course.pk}/calibrations/W/marks/{one['script']}", {"value": 10}))
    assert ok(teacher.get(f"/courses/{course.pk}/calibrations/W"))["agreements"] == []
    last = ok(teacher.put(f"/courses/{course.pk}/calibrations/W/marks/{first['scripts'][2]['script']}", {"value": 8}))
    (found,) = last["agreements"]
    assert (found["engine"], found["scripts"], found["exact"]) == ("model", 3, 0)
    assert found["within_one"] == pytest.approx(2 / 3)
    assert found["bias"]["value"] == pytest.approx(5 / 3)
    assert Script.objects.filter(state=ScriptState.MARKED, slot="W").count() == 0


def test_a_model_above_the_bar_is_released_without_review(
    teacher: Person, course: Course, exam: Assignment, student: Person
) -> None:
    figures = calibrated(teacher, course, exam)
    assert (figures["agreements"][0]["within_one"], figures["agreements"][0]["is_above"]) == (1, None)
    assert ok(teacher.post(f"/courses/{course.pk}/release-rules", BAR), 201)["agreements"][0]["is_above"] is True
    sitting = hand_in(student, exam, essay=ESSAY)
    says(Script.objects.get(attempt=sitting.row_id, slot="W"), 11)
    essay = ok(sitting.get("/report"))["scripts"][0]
    assert (essay["state"], essay["mark"]["value"], essay["mark"]["kind"], essay["mark"]["marker"]) == ("marked", 11, "model", "")


@pytest.mark.parametrize("case", ["no rule", "switched off", "below the bar", "another prompt", "in doubt", "assignment off"])
def test_and_never_otherwise(teacher: Person, course: Course, exam: Assignment, student: Person, case: str) -> None:
    calibrated(teacher, course, exam, off=2 if case == "below the bar" else 0)
    if case != "no rule":
        ok(teacher.post(f"/courses/{course.pk}/release-rules", BAR | {"is_on": case != "switched off"}), 201)
    if case == "assignment off":
        ok(teacher.post(f"/courses/{course.pk}/release-rules", BAR | {"is_on": False, "assignment": exam.pk}), 201)
    script = Script.objects.get(attempt=hand_in(student, exam, essay=ESSAY).row_id, slot="W")
    row = MachineMark(script=script, engine=Engine.MODEL, digest=script.digest, value=11, version="writing@1", model="m")
    row.version = "writing@2" if case == "another prompt" else row.version
    row.flags = [{"name": "off_topic"}] if case == "in doubt" else []
    _add(row)
    script.refresh_from_db()
    assert (script.state, script.is_doubtful) == (ScriptState.WAITING, case == "in doubt")


def test_the_newest_rule_of_the_assignment_stands_else_of_the_course(teacher: Person, course: Course, exam: Assignment) -> None:
    other = Assignment.objects.create(course=course, paper=exam.paper, title="另一次", mode=exam.mode, created_by=teacher.user)

    def rule(assignment: Assignment | None, slot: str = "W") -> int:
        bar = {"is_on": True, "least_within_one": 80, "least_kappa": 0.7, "most_bias": 0.5}
        return ReleaseRule.objects.create(course=course, assignment=assignment, slot=slot, by=teacher.user, **bar).pk

    def standing(assignment: Assignment | None) -> int | None:
        found = standing_rule(course.pk, "W", assignment.pk if assignment else None)
        return found.pk if found else None

    assert standing(exam) is None
    first, second = rule(None), rule(None)
    assert (standing(exam), standing(None)) == (second, second)
    own = [rule(exam), rule(exam)]
    rule(exam, "T")
    newest = rule(None)
    assert first < second < own[1] < newest
    assert (standing(exam), standing(other), standing(None)) == (own[1], newest, newest)


def test_a_released_mark_is_changed_with_a_reason(teacher: Person, course: Course, exam: Assignment, student: Person) -> None:
    calibrated(teacher, course, exam)
    ok(teacher.post(f"/courses/{course.pk}/release-rules", BAR), 201)
    sitting = hand_in(student, exam, essay=ESSAY)
    script = Script.objects.get(attempt=sitting.row_id, slot="W")
    says(script, 11)
    refused(teacher.post(f"/scripts/{script.pk}/marks", {"value": 8}), 422, "reason_needed")
    ok(teacher.post(f"/scripts/{script.pk}/marks", {"value": 8, "comment": "论点没有展开"}), 201)
    essay = ok(sitting.get("/report"))["scripts"][0]
    assert [(mark["value"], mark["kind"]) for mark in essay["marks"]] == [(8, "teacher"), (11, "model")]


def test_the_desk_shows_what_needs_a_person(teacher: Person, student: Person, exam: Assignment) -> None:
    script = Script.objects.get(attempt=hand_in(student, exam, essay=ESSAY).row_id, slot="W")
    says(script, 11, Engine.BUILTIN, confidence=0.9)
    assert ok(teacher.get("/scripts?needs=true&state="))["items"] == []
    says(script, 3)
    (row,) = ok(teacher.get("/scripts?needs=true&state="))["items"]
    assert (row["id"], row["doubts"], row["is_appealed"]) == (script.pk, ["far_apart"], False)


def test_bad_requests_are_told_what_to_do(
    teacher: Person, other_teacher: Person, student: Person, course: Course, exam: Assignment
) -> None:
    refused(teacher.post(f"/courses/{course.pk}/calibrations", {"slot": "W"}), 409, "no_scripts")
    assert teacher.get(f"/courses/{course.pk}/calibrations/X").status_code == 422
    assert other_teacher.get(f"/courses/{course.pk}/calibrations/W").status_code == 404
    assert student.get(f"/courses/{course.pk}/calibrations/W").status_code == 403
    assert teacher.post(f"/courses/{course.pk}/release-rules", BAR | {"assignment": 0}).status_code == 422
    script = Script.objects.get(attempt=hand_in(student, exam).row_id, slot="W")
    assert teacher.put(f"/courses/{course.pk}/calibrations/W/marks/{script.pk}", {"value": 3}).status_code == 404


@pytest.mark.counts("GET /courses/{course_id}/calibrations/{slot}")
@pytest.mark.parametrize("size", [2, 6])
def test_a_calibration_costs_the_same_however_many_scripts(
    teacher: Person, course: Course, exam: Assignment, size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for script in scripts(course, exam, size):
        says(script, 11)
    drawn = ok(teacher.post(f"/courses/{course.pk}/calibrations", {"slot": "W"}), 201)["scripts"]
    for one in drawn:
        ok(teacher.put(f"/courses/{course.pk}/calibrations/W/marks/{one['script']}", {"value": 11}))
    with zeal_context(), django_assert_num_queries(6):
        ok(teacher.get(f"/courses/{course.pk}/calibrations/W"))


def test_the_bar_and_the_drawing_as_rules() -> None:
    same = agreement(WANTED, WANTED, draws=1)
    assert is_above(same, Bar(1, 1, 0))
    assert not is_above(agreement(WANTED[:9], WANTED[:9], draws=1), Bar(0, 0, 3))
    low = [max(mark - 2, 0) for mark in WANTED]
    assert not is_above(agreement(low, WANTED, draws=1), Bar(0, 0, 1.5))
    assert spread(range(100), 5) == [0, 25, 50, 74, 99]
    assert (spread("abc", 9), spread("abc", 1), spread("abc", 0)) == (["a", "b", "c"], ["a"], [])


def appealed(student: Person, teacher: Person, exam: Assignment) -> tuple[Sitting, Script]:
    sitting = hand_in(student, exam, essay=ESSAY)
    script = Script.objects.get(attempt=sitting.row_id, slot="W")
    ok(teacher.post(f"/scripts/{script.pk}/marks", {"value": 8, "comment": "FIRST-WORDS"}), 201)
    return sitting, script


WHY = "我觉得第二段的例子没有算进去，请再看一次。"


def test_a_student_appeals_once_and_the_teacher_decides_with_words(
    student: Person, classmate: Person, teacher: Person, exam: Assignment
) -> None:
    sitting, script = appealed(student, teacher, exam)
    assert ok(sitting.get("/report"))["scripts"][0]["appeal_until"] is not None
    assert classmate.post(f"/scripts/{script.pk}/appeals", {"words": WHY}).status_code == 404
    assert teacher.post(f"/scripts/{script.pk}/appeals", {"words": WHY}).status_code == 403
    assert ok(student.post(f"/scripts/{script.pk}/appeals", {"words": WHY}), 201)["mark"] == 8
    refused(student.post(f"/scripts/{script.pk}/appeals", {"words": WHY}), 409, "appealed_before")
    (row,) = ok(teacher.get("/scripts?needs=true&state="))["items"]
    assert (row["id"], row["is_appealed"]) == (script.pk, True)
    assert Notice.objects.get(person=teacher.user, kind="appealed").data["script"] == script.pk
    says(script, 11, Engine.SECOND)
    assert ok(teacher.get(f"/scripts/{script.pk}"))["machine"]["second"]["value"] == 11
    assert ok(sitting.get("/report"))["scripts"][0]["machine"]["second"] is None
    refused(teacher.post(f"/scripts/{script.pk}/marks", {"value": 10}), 409, "appeal_is_open")
    ok(teacher.post(f"/scripts/{script.pk}/appeal-decisions", {"value": 10, "words": "例子成立，改为 10 分。"}), 201)
    refused(teacher.post(f"/scripts/{script.pk}/appeal-decisions", {"value": 9, "words": "再来"}), 409, "no_open_appeal")
    essay = ok(sitting.get("/report"))["scripts"][0]
    assert (essay["mark"]["value"], essay["appeal"]["decision"], essay["appeal"]["reply"]) == (10, 10, "例子成立，改为 10 分。")
    assert (essay["machine"]["second"]["value"], essay["appeal_until"]) == (11, None)
    assert [mark["value"] for mark in essay["marks"]] == [10, 8]
    assert Notice.objects.filter(person=student.user, kind="appeal_decided").count() == 1
    assert not Notice.objects.filter(person=teacher.user, kind="appealed").exists()
    assert ok(teacher.get("/scripts?needs=true&state="))["items"] == []


def test_an_appeal_has_its_time(student: Person, teacher: Person, exam: Assignment) -> None:
    sitting, script = appealed(student, teacher, exam)
    script.marks.update(created_at="2026-01-01T00:00:00Z")
    refused(student.post(f"/scripts/{script.pk}/appeals", {"words": WHY}), 409, "too_late")
    assert student.post(f"/scripts/{script.pk}/appeals", {"words": "不服"}).status_code == 422
    waits = Script.objects.get(attempt=sitting.row_id, slot="T")
    refused(student.post(f"/scripts/{waits.pk}/appeals", {"words": WHY}), 409, "not_marked")
