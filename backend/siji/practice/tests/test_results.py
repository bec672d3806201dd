"""Class results and the student's own list: true figures, bounded queries."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries
from zeal import zeal_context

from siji.bank.models import Paper
from siji.conftest import Person, make_user
from siji.courses.models import Assignment, Course, Enrollment
from siji.practice.conftest import Setter
from siji.practice.tests.acting import Sitting, ok, refused
from siji.practice.tests.papers import key_of, make_paper

READING_C = [str(slot) for slot in range(46, 56)]


def enrol(course: Course, number: int) -> Person:
    person = Person(make_user(f"s{number:03}", student_number=f"n{number:03}", administrative_class="外语 2401"))
    Enrollment.objects.create(course=course, student=person.user)
    return person


def sit(person: Person, assignment: Assignment, right: int) -> Sitting:
    """Hand in reading C with so many right answers."""
    sitting = Sitting.begin(person, assignment.paper_id, assignment.mode, assignment.pk)
    sitting.saves(*((slot, 1, key_of(slot) if index < right else "D") for index, slot in enumerate(READING_C)))
    sitting.submits()
    return sitting


@pytest.fixture
def reading(paper: Paper, set_exam: Setter) -> Assignment:
    return set_exam(paper, title="仔细阅读", sections=["reading-c"], attempts_allowed=3)


def test_the_class_in_figures(course: Course, reading: Assignment, teacher: Person) -> None:
    people = [enrol(course, number) for number in range(4)]
    for person, right in zip(people, (10, 5, 0), strict=False):
        sit(person, reading, right)
    latest = sit(people[2], reading, 8)
    results = ok(teacher.get(f"/courses/{course.pk}/results"))
    (figures,) = results["assignments"]
    assert figures | {"id": 0} == {
        "id": 0,
        "title": "仔细阅读",
        "is_required": True,
        "completed": 3,
        "students": 4,
        "mean_raw": pytest.approx((20 + 10 + 16) / 3, abs=0.01),
        "raw_of": 20,
        "waiting_scripts": 0,
        "sections": [{"key": "reading-c", "percent": pytest.approx(76.7, abs=0.1)}],
        "bins": [0, 0, 0, 0, 0, 1, 0, 0, 1, 1],
    }
    rows = results["students"]
    assert [row["name"] for row in rows] == ["S000", "S001", "S002", "S003"]
    assert [row["cells"][0]["raw"] for row in rows] == [20, 10, 16, None]
    assert rows[2]["cells"][0]["attempt"] == latest.id
    assert (rows[3]["cells"][0]["state"], rows[0]["progress"]) == (None, 100)


def test_an_open_retake_does_not_hide_what_was_handed_in(course: Course, reading: Assignment, teacher: Person) -> None:
    person, other = enrol(course, 1), enrol(course, 2)
    sit(person, reading, 10)
    Sitting.begin(person, reading.paper_id, assignment=reading.pk)
    Sitting.begin(other, reading.paper_id, assignment=reading.pk)
    (first, second) = ok(teacher.get(f"/courses/{course.pk}/results"))["students"]
    assert (first["cells"][0]["raw"], first["cells"][0]["state"]) == (20, "marked")
    assert (second["cells"][0]["raw"], second["cells"][0]["state"]) == (None, "reading")


def test_waiting_scripts_and_the_estimate_are_shown(student: Person, set_exam: Setter, teacher: Person, course: Course) -> None:
    exam = set_exam(make_paper())
    sitting = Sitting.begin(student, exam.paper_id, assignment=exam.pk)
    sitting.saves(("W", 1, "An essay"))
    sitting.submits()
    results = ok(teacher.get(f"/courses/{course.pk}/results"))
    assert results["assignments"][0]["waiting_scripts"] == 1
    (row,) = results["students"]
    assert row["cells"][0]["estimate"] == ok(sitting.get("/report"))["estimate"]["total"]["middle"]


def test_who_left_the_course_is_not_counted(course: Course, reading: Assignment, teacher: Person) -> None:
    for number, right in ((1, 10), (2, 0)):
        sit(enrol(course, number), reading, right)
    Enrollment.objects.filter(student__username="s002").update(is_active=False)
    results = ok(teacher.get(f"/courses/{course.pk}/results"))
    assert (results["assignments"][0]["students"], results["assignments"][0]["mean_raw"]) == (1, 20)
    assert len(results["students"]) == 1


def test_results_are_for_the_courses_teacher(
    course: Course, reading: Assignment, student: Person, other_teacher: Person, admin: Person
) -> None:
    path = f"/courses/{course.pk}/results"
    refused(student.get(path), 403, "forbidden")
    refused(other_teacher.get(path), 404, "not_found")
    ok(admin.get(path))


@pytest.mark.counts("GET /courses/{course_id}/results")
@pytest.mark.parametrize("size", [1, 5])
def test_results_cost_the_same_at_any_size(
    course: Course, set_exam: Setter, teacher: Person, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    papers = [make_paper() for _ in range(size)]
    assignments = [set_exam(paper, sections=["reading-c"]) for paper in papers]
    for number in range(size):
        person = enrol(course, number)
        for assignment in assignments:
            sit(person, assignment, number)
    ok(teacher.get(f"/courses/{course.pk}/results"))
    with zeal_context(), django_assert_num_queries(10):
        ok(teacher.get(f"/courses/{course.pk}/results"))


def test_students_come_by_pages(course: Course, reading: Assignment, teacher: Person) -> None:
    for number in range(3):
        enrol(course, number)
    first = ok(teacher.get(f"/courses/{course.pk}/results?limit=2"))
    second = ok(teacher.get(f"/courses/{course.pk}/results?limit=2&after={first['next']}"))
    assert [row["name"] for row in (*first["students"], *second["students"])] == ["S000", "S001", "S002"]
    assert second["next"] is None


def test_my_attempts_newest_first_by_pages(student: Person, classmate: Person, paper: Paper) -> None:
    sections = ["reading-a", "reading-b", "reading-c"]
    begun = [Sitting.begin(student, paper.pk, "practice", sections=[section]).id for section in sections]
    Sitting.begin(classmate, paper.pk, "practice")
    first = ok(student.get("/attempts?limit=2"))
    second = ok(student.get(f"/attempts?limit=2&after={first['next']}&paper={paper.pk}"))
    assert [row["id"] for row in (*first["items"], *second["items"])] == begun[::-1]
    assert ok(student.get(f"/attempts?paper={paper.pk + 1}"))["items"] == []
    refused(student.get("/attempts?after=nonsense"), 422, "bad_page_mark")


@pytest.mark.counts("GET /attempts")
@pytest.mark.parametrize("size", [1, 6])
def test_my_attempts_cost_the_same_at_any_size(
    student: Person, set_exam: Setter, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    for _ in range(size):
        exam = set_exam(make_paper())
        Sitting.begin(student, exam.paper_id, assignment=exam.pk).submits()
    ok(student.get("/attempts"))
    with zeal_context(), django_assert_num_queries(3):  # who asks, the time, the page
        assert len(ok(student.get("/attempts"))["items"]) == size
