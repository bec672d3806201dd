"""The page-numbered list of courses: every row once, and the same totals on each page, whether counted or seen by its end."""

from __future__ import annotations

import pytest

from siji.conftest import Person
from siji.courses.models import Course, CourseStatus, Enrollment


@pytest.mark.parametrize("number", [0, 1, 19, 20, 21, 40, 45])
@pytest.mark.parametrize("whose", ["teacher", "stranger", "admin"])
def test_pages_hold_every_course_once(
    request: pytest.FixtureRequest, teacher: Person, stranger: Person, whose: str, number: int
) -> None:
    person: Person = request.getfixturevalue(whose)
    for at in range(number):
        course = Course.objects.create(name=f"c{at}", teacher=teacher.user, status=CourseStatus.ACTIVE, code=f"C{at}")
        Enrollment.objects.create(course=course, student=stranger.user)
    pages = max(1, -(-number // 20))
    found = [person.get(f"/courses?page={page}").json() for page in range(1, pages + 1)]
    names = [course["name"] for page in found for course in page["courses"]]
    assert names == [f"c{at}" for at in reversed(range(number))]
    for at, page in enumerate(found, 1):
        assert (page["total_count"], page["total_pages"], page["current_page"]) == (number, pages, at)
    for beyond in (99, 10**30):
        assert person.get(f"/courses?page={beyond}").json() == found[-1]


def test_a_status_narrows_list_and_total(teacher: Person, stranger: Person) -> None:
    for at, status in enumerate([CourseStatus.ACTIVE, CourseStatus.COMPLETED, CourseStatus.DRAFT, CourseStatus.ACTIVE]):
        course = Course.objects.create(name=f"c{at}", teacher=teacher.user, status=status, code=f"C{at}")
        Enrollment.objects.create(course=course, student=stranger.user, progress=at)
    for person, wanted, names in (
        (teacher, "active", ["c3", "c0"]),
        (teacher, "draft", ["c2"]),
        (stranger, "draft", []),
        (stranger, "completed", ["c1"]),
    ):
        page = person.get(f"/courses?status={wanted}&page_size=1").json()
        assert (page["total_count"], [row["name"] for row in page["courses"]]) == (len(names), names[:1])
    assert [row["my_progress"] for row in stranger.get("/courses").json()["courses"]] == [3, 1, 0]
