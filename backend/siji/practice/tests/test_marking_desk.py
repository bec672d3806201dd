"""The marking desk: the pile, one script beside what helps to mark it, the mark, the report that fills in."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries
from zeal import zeal_context

from siji.accounts.models import AuditEntry
from siji.bank.models import Paper
from siji.conftest import Person, make_user
from siji.courses.models import Assignment, Course, Enrollment
from siji.practice.models import Mark, Script
from siji.practice.tests.acting import Sitting, ok, refused


def hand_in(person: Person, exam: Assignment, essay: str = "An essay", translation: str = "Tea") -> Sitting:
    sitting = Sitting.begin(person, exam.paper_id, assignment=exam.pk)
    sitting.saves(("W", 1, essay))
    sitting.at_minute(61).saves(("T", 1, translation))
    sitting.submits()
    return sitting


def script_of(sitting: Sitting, slot: str) -> int:
    return Script.objects.get(attempt=sitting.row_id, slot=slot).pk


@pytest.fixture
def handed_in(student: Person, exam: Assignment) -> Sitting:
    return hand_in(student, exam)


def test_the_pile_is_oldest_first_and_narrowed_by_course_task_and_state(
    handed_in: Sitting, classmate: Person, exam: Assignment, teacher: Person
) -> None:
    hand_in(classmate, exam, essay="Another one")
    rows = ok(teacher.get("/scripts"))["items"]
    assert [(row["student_name"], row["slot"]) for row in rows] == [
        ("Student", "W"),
        ("Student", "T"),
        ("Classmate", "W"),
        ("Classmate", "T"),
    ]
    assert rows[0] | {"submitted_at": ""} == {
        "id": script_of(handed_in, "W"),
        "slot": "W",
        "student_name": "Student",
        "student_number": "2024001",
        "course": exam.course_id,
        "course_name": "大学英语四级",
        "assignment": exam.pk,
        "assignment_title": "期末模拟",
        "words": 2,
        "state": "waiting",
        "mark": None,
        "provisional": None,
        "doubts": [],
        "is_appealed": False,
        "submitted_at": "",
    }
    assert len(ok(teacher.get(f"/scripts?course={exam.course_id}&assignment={exam.pk}&slot=T"))["items"]) == 2
    assert ok(teacher.get("/scripts?state=marked"))["items"] == []
    first = ok(teacher.get("/scripts?limit=3"))
    assert [row["slot"] for row in ok(teacher.get(f"/scripts?limit=3&after={first['next']}"))["items"]] == ["T"]


def test_a_script_lies_beside_all_that_helps_to_mark_it(handed_in: Sitting, teacher: Person) -> None:
    desk = ok(teacher.get(f"/scripts/{script_of(handed_in, 'T')}"))
    assert desk["text"] == "Tea"
    assert desk["task"]["prompt"] == "茶馆是人们见面的地方。"
    assert (desk["references"], desk["points"]) == (["The secret reference."], ["见面"])
    assert [band["anchor"] for band in desk["rubric"]["bands"]] == [14, 11, 8, 5, 2, 0]
    assert [anchor["band"] for anchor in desk["anchors"]] == [14, 11, 8, 5, 2]
    assert (desk["marks"], desk["next"], desk["counts"]) == ([], None, {"waiting": 1, "marked": 0})


def test_a_mark_stands_and_the_report_fills_in(handed_in: Sitting, teacher: Person) -> None:
    before = ok(handed_in.get("/report"))
    assert before["estimate"]["is_provisional"] is True
    assert {section["key"]: section["raw"] for section in before["sections"]}["writing"] is None
    assert before["attempt"]["state"] == "closed"
    for slot, value in (("W", 11), ("T", 8)):
        ok(teacher.post(f"/scripts/{script_of(handed_in, slot)}/marks", {"value": value, "comment": "不错"}), 201)
    after = ok(handed_in.get("/report"))
    assert {section["key"]: section["raw"] for section in after["sections"]}["writing"] == 11
    assert after["estimate"]["is_provisional"] is False
    assert after["attempt"]["state"] == "marked"
    (essay, _) = after["scripts"]
    assert (essay["mark"]["value"], essay["mark"]["marker"], essay["mark"]["comment"]) == (11, "Teacher", "不错")
    assert essay["band"]["en"].startswith("On topic; ideas clear; coherent")
    assert AuditEntry.objects.filter(action="script.marked", actor=teacher.user).count() == 2


def test_the_newest_mark_stands_and_the_history_stays(handed_in: Sitting, teacher: Person, admin: Person) -> None:
    path = f"/scripts/{script_of(handed_in, 'W')}/marks"
    for person, value in ((teacher, 8), (teacher, 9), (admin, 7)):
        ok(person.post(path, {"value": value}), 201)
    desk = ok(teacher.get(f"/scripts/{script_of(handed_in, 'W')}"))
    assert [mark["value"] for mark in desk["marks"]] == [7, 9, 8]
    assert desk["row"]["mark"] == 7
    assert handed_in.row.result["raw"] == 7


def test_a_double_click_adds_nothing(handed_in: Sitting, teacher: Person) -> None:
    path = f"/scripts/{script_of(handed_in, 'W')}/marks"
    for body in ({"value": 8}, {"value": 8}, {"value": 8, "comment": "但是"}):
        ok(teacher.post(path, body), 201)
    assert Mark.objects.filter(marker=teacher.user).count() == 2


def test_the_next_script_is_of_the_same_pile(
    course: Course, handed_in: Sitting, classmate: Person, exam: Assignment, teacher: Person
) -> None:
    third = Person(make_user("third", student_number="2024003"))
    Enrollment.objects.create(course=course, student=third.user)
    pile = [script_of(sitting, "W") for sitting in (handed_in, hand_in(classmate, exam), hand_in(third, exam))]
    after = [ok(teacher.get(f"/scripts/{script}"))["next"] for script in pile]
    assert after == [pile[1], pile[2], pile[0]]  # behind the last comes the first that waits
    marked = ok(teacher.post(f"/scripts/{pile[1]}/marks", {"value": 5}), 201)
    assert (marked["next"], marked["counts"]) == (pile[2], {"waiting": 2, "marked": 1})
    assert ok(teacher.get(f"/scripts/{pile[2]}"))["next"] == pile[0]


@pytest.mark.parametrize("value", [-1, 16, 7.5, "8x"])
def test_a_mark_is_whole_and_within_0_and_15(handed_in: Sitting, teacher: Person, value: object) -> None:
    refused(teacher.post(f"/scripts/{script_of(handed_in, 'W')}/marks", {"value": value}), 422, "invalid")


def test_the_desk_is_the_teachers_own(handed_in: Sitting, student: Person, other_teacher: Person, admin: Person) -> None:
    script = script_of(handed_in, "W")
    refused(student.get("/scripts"), 403, "forbidden")
    refused(student.get(f"/scripts/{script}"), 403, "forbidden")
    refused(student.post(f"/scripts/{script}/marks", {"value": 15}), 403, "forbidden")
    assert ok(other_teacher.get("/scripts"))["items"] == []
    refused(other_teacher.get(f"/scripts/{script}"), 404, "not_found")
    refused(other_teacher.post(f"/scripts/{script}/marks", {"value": 15}), 404, "not_found")
    assert len(ok(admin.get("/scripts"))["items"]) == 2


def test_an_exam_of_ones_own_comes_to_no_desk(stranger: Person, paper: Paper, admin: Person) -> None:
    sitting = Sitting.begin(stranger, paper.pk)
    sitting.saves(("W", 1, "Only mine"))
    sitting.submits()
    assert ok(admin.get("/scripts?state="))["items"] == []
    refused(admin.get(f"/scripts/{script_of(sitting, 'W')}"), 404, "not_found")


@pytest.mark.counts("GET /scripts")
@pytest.mark.counts("GET /scripts/{script_id}")
@pytest.mark.parametrize("size", [1, 6])
def test_the_pile_costs_the_same_at_any_size(
    course: Course, exam: Assignment, teacher: Person, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    for number in range(size):
        person = Person(make_user(f"s{number}", student_number=f"n{number}"))
        Enrollment.objects.create(course=course, student=person.user)
        hand_in(person, exam)
    ok(teacher.get("/scripts"))
    with zeal_context(), django_assert_num_queries(3):  # who asks, the page, what the engines gave
        ok(teacher.get("/scripts"))
    script = Script.objects.filter(slot="W").earliest("pk").pk
    with django_assert_num_queries(6):  # who asks, the script, what belongs to it (3), its place in the pile
        ok(teacher.get(f"/scripts/{script}"))


def told_of_marks(person: Person) -> list[str]:
    found = ok(person.get("/me/notices"))["items"]
    return [notice["about"]["attempt"] for notice in found if notice["kind"] == "marked"]


def test_the_student_is_told_once_nothing_waits_and_of_each_change_after_that(
    handed_in: Sitting, student: Person, teacher: Person
) -> None:
    essay, translation = script_of(handed_in, "W"), script_of(handed_in, "T")
    ok(teacher.post(f"/scripts/{essay}/marks", {"value": 9}), 201)
    assert told_of_marks(student) == []
    ok(teacher.post(f"/scripts/{translation}/marks", {"value": 10}), 201)
    ok(teacher.post(f"/scripts/{translation}/marks", {"value": 10}), 201)
    assert told_of_marks(student) == [handed_in.id]
    ok(teacher.post(f"/scripts/{essay}/marks", {"value": 11}), 201)
    assert told_of_marks(student) == [handed_in.id] * 2
