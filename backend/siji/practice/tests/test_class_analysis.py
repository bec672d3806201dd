"""How a class did, through the interface: true figures over the right attempts, bounded queries, for its teacher alone."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries
from zeal import zeal_context

from siji.bank.models import Paper
from siji.conftest import Person
from siji.courses.models import Assignment, Course, Enrollment
from siji.practice.conftest import Setter
from siji.practice.tests.acting import Sitting, ok, refused
from siji.practice.tests.papers import key_of, make_paper
from siji.practice.tests.test_results import READING_C, enrol, sit

TRAP = "A"
"""The wrong choice of a keyed slot whose trap is "heard_word"; see ``papers``."""


@pytest.fixture
def reading(paper: Paper, set_exam: Setter) -> Assignment:
    return set_exam(paper, title="仔细阅读", sections=["reading-c"], attempts_allowed=3)


def analysis_of(teacher: Person, assignment: Assignment) -> Any:
    return ok(teacher.get(f"/assignments/{assignment.pk}/analysis"))


def row_of(analysis: Any, slot: str) -> Any:
    return next(row for row in analysis["items"] if row["slot"] == slot)


def test_a_class_of_twelve(course: Course, reading: Assignment, teacher: Person) -> None:
    for number in range(12):
        sit(enrol(course, number), reading, number if number < 11 else 10)
    enrol(course, 99)
    found = analysis_of(teacher, reading)
    assert (found["students"], found["sat"], found["waiting_scripts"]) == (13, 12, 0)
    assert "12" in found["caution"]["zh"]
    assert found["spread"]["bins"] == [1, 1, 1, 1, 1, 1, 1, 1, 1, 3]
    assert found["spread"]["mean"] == pytest.approx(100 * (sum(range(11)) + 10) / 120, abs=0.1)
    (section,) = found["sections"]
    assert (section["key"], section["students"], section["raw_of"]) == ("reading-c", 12, 20)
    assert section["percent"] == found["spread"]["mean"]
    (skill,) = found["skills"]
    assert (skill["name"]["zh"], skill["correct"], skill["answers"]) == ("细节", 65, 120)
    first, last = row_of(found, "46"), row_of(found, "55")
    assert (first["correct"], last["correct"], first["facility"]) == (11, 2, pytest.approx(11 / 12, abs=0.001))
    assert (first["flags"], last["flags"]) == (["easy"], ["hard", "trap"])
    # The best three are 10, 10 and 9 right, the last three 0, 1 and 2.
    assert first["discrimination"] == pytest.approx(1 - 2 / 3, abs=0.001)
    assert last["discrimination"] == pytest.approx(2 / 3, abs=0.001)
    assert last["point_biserial"] > 0.5


def test_the_most_chosen_wrong_answer_comes_with_its_trap(course: Course, reading: Assignment, teacher: Person) -> None:
    for number, value in enumerate(["B", TRAP, TRAP, "C", ""]):
        sitting = Sitting.begin(enrol(course, number), reading.paper_id, assignment=reading.pk)
        sitting.saves(("46", 1, value))
        sitting.submits()
    row = row_of(analysis_of(teacher, reading), "46")
    assert row["top_wrong"] == {"letter": "A", "count": 2, "trap": {"zh": "听到原词", "en": "Heard word"}}
    assert (row["correct"], row["blank"], row["flags"]) == (1, 1, ["hard", "trap"])


def test_the_latest_closed_attempt_of_active_students_counts(course: Course, reading: Assignment, teacher: Person) -> None:
    again, left, writing = enrol(course, 1), enrol(course, 2), enrol(course, 3)
    sit(again, reading, 0)
    sit(again, reading, 10)
    sit(left, reading, 0)
    Enrollment.objects.filter(student=left.user).update(is_active=False)
    Sitting.begin(writing, reading.paper_id, assignment=reading.pk).saves(("46", 1, "D"))
    found = analysis_of(teacher, reading)
    assert (found["sat"], found["spread"]["mean"], row_of(found, "46")["facility"]) == (1, 100, 1)


def test_a_late_answer_counts_once_it_is_accepted(student: Person, set_exam: Setter, teacher: Person) -> None:
    exam = set_exam(make_paper())
    sitting = Sitting.begin(student, exam.paper_id, assignment=exam.pk).at_minute(31)
    sitting.saves(("1", 1, "A"))
    sitting.at_minute(60).saves(("1", 2, key_of("1")))
    sitting.submits()
    assert row_of(analysis_of(teacher, exam), "1")["correct"] == 0
    ok(teacher.post(f"/attempts/{sitting.id}/late-acceptances", {"values": [{"item": "1", "seq": 2}]}))
    assert row_of(analysis_of(teacher, exam), "1")["correct"] == 1
    chosen = ok(teacher.get(f"/assignments/{exam.pk}/analysis/1"))["choices"]
    assert [(choice["letter"], choice["is_key"]) for choice in chosen] == [(key_of("1"), True)]
    ok(teacher.delete(f"/attempts/{sitting.id}/late-acceptances/1"))
    assert row_of(analysis_of(teacher, exam), "1")["correct"] == 0


def test_scripts_that_wait_are_named_and_left_out(student: Person, set_exam: Setter, teacher: Person) -> None:
    exam = set_exam(make_paper())
    sitting = Sitting.begin(student, exam.paper_id, assignment=exam.pk)
    sitting.saves(("W", 1, "An essay"))
    sitting.submits()
    found = analysis_of(teacher, exam)
    assert found["waiting_scripts"] == 1
    assert "writing" not in [section["key"] for section in found["sections"]]
    assert {"W", "T"}.isdisjoint(row["slot"] for row in found["items"])


def test_nobody_has_sat_it(reading: Assignment, student: Person, teacher: Person) -> None:
    found = analysis_of(teacher, reading)
    assert (found["sat"], found["caution"], found["sections"], found["skills"]) == (0, None, [], [])
    assert len(found["items"]) == 10
    assert ok(teacher.get(f"/assignments/{reading.pk}/analysis/46"))["choices"] == []


def test_one_item_with_its_passage_and_who_answered_what(course: Course, reading: Assignment, teacher: Person) -> None:
    for number, right in enumerate((10, 0, 0)):
        sit(enrol(course, number), reading, right)
    found = ok(teacher.get(f"/assignments/{reading.pk}/analysis/47"))
    assert found["item"]["key"]["key"] == key_of("47")
    assert "The proof of item 47 stands here." in found["passage"]["paragraphs"][0]
    assert (found["before"], found["after"], found["row"]["correct"]) == ("46", "48", 1)
    answers = {choice["letter"]: [one["name"] for one in choice["students"]] for choice in found["choices"]}
    assert answers == {"D": ["S001", "S002"], "B": ["S000"]}
    ends = [ok(teacher.get(f"/assignments/{reading.pk}/analysis/{slot}")) for slot in ("46", "55")]
    assert (ends[0]["before"], ends[1]["after"]) == (None, None)


@pytest.mark.parametrize("slot", ["W", "1", "nonsense"])
def test_a_slot_that_has_no_figures_is_not_found(reading: Assignment, teacher: Person, slot: str) -> None:
    refused(teacher.get(f"/assignments/{reading.pk}/analysis/{slot}"), 404, "not_found")


def test_a_course_from_assignment_to_assignment(course: Course, set_exam: Setter, teacher: Person) -> None:
    first, second = (set_exam(make_paper(), title=title, sections=["reading-c"]) for title in ("一", "二"))
    set_exam(make_paper(), title="三")
    people = [enrol(course, number) for number in range(6)]
    for person in people:
        sit(person, first, 4)
    sit(people[0], second, 10)
    found = ok(teacher.get(f"/courses/{course.pk}/analysis"))
    assert [(point["title"], point["percent"], point["sat"]) for point in found["trend"]] == [("一", 40, 6), ("二", 100, 1)]
    assert (found["spread"]["students"], found["spread"]["bins"][4], found["spread"]["bins"][7]) == (6, 5, 1)
    (section,) = found["sections"]
    assert (section["students"], section["percent"]) == (7, pytest.approx(100 * 34 / 70, abs=0.1))
    (skill,) = found["skills"]
    assert (skill["correct"], skill["answers"]) == (34, 70)
    # The second was sat by one alone, so only the first is ranked; its last six items nobody could do.
    assert {row["title"] for row in found["weakest"]} == {"一"}
    assert [row["facility"] for row in found["weakest"]] == [0] * 6 + [1] * 4
    assert found["weakest"][0]["top_wrong"]["letter"] == "D"
    assert found["weakest"][0]["top_wrong"]["count"] == 6


def test_the_courses_weakest_items_are_those_of_the_assignment(course: Course, reading: Assignment, teacher: Person) -> None:
    """Counted by the database there, by the rules here."""
    for number in range(6):
        sitting = Sitting.begin(enrol(course, number), reading.paper_id, assignment=reading.pk)
        sitting.saves(*((slot, 1, "ABCD "[(number + int(slot)) % 5] + " ") for slot in READING_C[: number + 3]))
        sitting.submits()
    rows = {row["slot"]: row for row in analysis_of(teacher, reading)["items"]}
    weakest = ok(teacher.get(f"/courses/{course.pk}/analysis"))["weakest"]
    assert len(weakest) == 10
    for weak in weakest:
        row = rows[weak["slot"]]
        assert (weak["facility"], weak["top_wrong"], weak["students"]) == (row["facility"], row["top_wrong"], row["students"])


def test_a_late_answer_takes_the_place_of_the_one_on_time_in_a_course_too(
    course: Course, set_exam: Setter, teacher: Person
) -> None:
    exam = set_exam(make_paper())
    for number in range(5):
        sitting = Sitting.begin(enrol(course, number), exam.paper_id, assignment=exam.pk).at_minute(31)
        sitting.saves(*((str(slot), 1, key_of(str(slot))) for slot in range(2, 26)), ("1", 1, "A"))
        if number < 2:
            sitting.at_minute(60).saves(("1", 2, key_of("1")))
        sitting.at_minute(61).saves(*((str(slot), 1, key_of(str(slot))) for slot in range(26, 56)))
        sitting.submits()
        if number < 2:
            ok(teacher.post(f"/attempts/{sitting.id}/late-acceptances", {"values": [{"item": "1", "seq": 2}]}))
    weak = ok(teacher.get(f"/courses/{course.pk}/analysis"))["weakest"][0]
    assert (weak["slot"], weak["facility"], weak["top_wrong"]["count"]) == ("1", 0.4, 3)


def test_a_course_with_nothing_set(course: Course, teacher: Person) -> None:
    found = ok(teacher.get(f"/courses/{course.pk}/analysis"))
    assert (found["trend"], found["weakest"], found["skills"], found["spread"]["mean"]) == ([], [], [], None)


@pytest.mark.counts("GET /assignments/{assignment_id}/analysis")
@pytest.mark.counts("GET /assignments/{assignment_id}/analysis/{slot}")
@pytest.mark.parametrize("size", [2, 12])
def test_an_assignment_costs_the_same_at_any_size(
    course: Course, reading: Assignment, teacher: Person, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    for number in range(size):
        sit(enrol(course, number), reading, number % 11)
    analysis_of(teacher, reading)
    ok(teacher.get(f"/assignments/{reading.pk}/analysis/46"))
    with zeal_context(), django_assert_num_queries(7):  # who, assignment, attempts, answers, late ones, scripts, students
        assert analysis_of(teacher, reading)["sat"] == size
    with zeal_context(), django_assert_num_queries(5):
        ok(teacher.get(f"/assignments/{reading.pk}/analysis/46"))


@pytest.mark.counts("GET /courses/{course_id}/analysis")
@pytest.mark.parametrize("size", [1, 5])
def test_a_course_costs_the_same_at_any_size(
    course: Course, paper: Paper, set_exam: Setter, teacher: Person, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    assignments = [set_exam(paper, sections=["reading-c"]) for _ in range(size)]
    for number in range(size):
        person = enrol(course, number)
        for assignment in assignments:
            sit(person, assignment, number)
    path = f"/courses/{course.pk}/analysis"
    ok(teacher.get(path))
    with zeal_context(), django_assert_num_queries(7):  # who, course, assignments, attempts, students, letters twice
        assert len(ok(teacher.get(path))["trend"]) == size
