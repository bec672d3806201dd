"""Who sits an assignment, as its teacher sees it while the exam runs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries
from zeal import zeal_context

from siji.conftest import Person, make_user
from siji.courses.models import Assignment, Course, Enrollment
from siji.practice.clock import MINUTE
from siji.practice.tests.acting import Sitting, ok
from siji.practice.tests.papers import make_paper

TEN = {"minutes": 10, "reason": "停电"}


def test_each_seat_says_where_its_student_is(
    student: Person, classmate: Person, teacher: Person, set_exam: Callable[..., Assignment]
) -> None:
    paper = make_paper(with_audio=True)
    exam = set_exam(paper)
    first = Sitting.begin(student, paper.pk, assignment=exam.pk)
    first.saves(("W", 1, "An essay"), ("W", 2, "An essay, longer"))
    first.at_minute(45).saves(("1", 1, "A"), ("2", 1, ""))
    for start, end in ((1000, 3000), (2000, 5000)):
        ok(first.post("/audio-gaps", {"from_ms": start, "to_ms": end}), 204)
    ok(Sitting(teacher, first.id).post("/extensions", TEN))
    second = Sitting.begin(classmate, paper.pk, assignment=exam.pk)
    second.submits()
    page = ok(teacher.get(f"/assignments/{exam.pk}/attempts"))
    closed, seat = page["items"]
    assert [row["attempt"] for row in page["items"]] == [second.id, first.id]
    assert (seat["name"], seat["student_number"], seat["state"], seat["part"]) == ("Student", "2024001", "listening", "listening")
    assert 19 * MINUTE < seat["part_remaining_ms"] <= 20 * MINUTE
    assert (seat["answered"], seat["slots"], seat["extra_ms"]) == (2, 57, 10 * MINUTE)
    assert (seat["gaps"], seat["missed_ms"], seat["replay"]) == (2, 4000, None)
    assert seat["last_saved_at"] is not None
    assert (closed["state"], closed["part"], closed["remaining_ms"], closed["last_saved_at"]) == ("marked", None, 0, None)
    ok(Sitting(teacher, first.id).post("/audio-grants", {"reason": "断网"}), 201)
    seat = ok(teacher.get(f"/assignments/{exam.pk}/attempts"))["items"][1]
    assert (seat["missed_ms"], seat["replay"]) == (4000, "waiting")


@pytest.mark.counts("GET /assignments/{assignment_id}/attempts")
@pytest.mark.parametrize("size", [2, 20])
def test_a_page_costs_the_same_at_any_size(
    course: Course, exam: Assignment, teacher: Person, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    for number in range(size):
        person = Person(make_user(f"s{number}"))
        Enrollment.objects.create(course=course, student=person.user)
        sitting = Sitting.begin(person, exam.paper_id, assignment=exam.pk)
        sitting.saves(("W", 1, "An essay"))
        ok(sitting.post("/audio-gaps", {"from_ms": 0, "to_ms": 1000}), 204)
    ok(teacher.get(f"/assignments/{exam.pk}/attempts"))
    with zeal_context(), django_assert_num_queries(5):  # who asks, the assignment, the time, the page, its gaps
        page = ok(teacher.get(f"/assignments/{exam.pk}/attempts"))
    assert len(page["items"]) == size
    assert {row["answered"] for row in page["items"]} == {1}


def test_by_pages(student: Person, classmate: Person, teacher: Person, exam: Assignment) -> None:
    begun = [Sitting.begin(person, exam.paper_id, assignment=exam.pk).id for person in (student, classmate)]
    first = ok(teacher.get(f"/assignments/{exam.pk}/attempts?limit=1"))
    second = ok(teacher.get(f"/assignments/{exam.pk}/attempts?limit=1&after={first['next']}"))
    assert [page["items"][0]["attempt"] for page in (first, second)] == begun[::-1]
    assert second["next"] is None
