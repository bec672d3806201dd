"""The naive build shows everybody exactly what the product shows them: else the comparison would be of two different things."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client, override_settings
from measure.pair import paths_of

from siji.accounts.models import Role, User
from siji.bank.models import Paper
from siji.courses.models import Course
from siji.embedded.seed import loading
from siji.embedded.seed.scales import Scale

pytestmark = pytest.mark.django_db

TINY = Scale("T", courses=8, teachers=3, students=40, enrollments=80, items=0, sat_courses=60)


def bodies(person: User, paths: list[str], **settings: Any) -> list[tuple[str, int, Any]]:
    browser = Client()
    browser.force_login(person)
    with override_settings(**settings):
        return [(path, (reply := browser.get(path)).status_code, reply.json()) for path in paths]


@pytest.mark.parametrize("role", [Role.STUDENT, Role.TEACHER])
def test_the_same_bodies_for_everybody(paper: Paper, role: str) -> None:
    loading.load(TINY, say=lambda _: None)
    people = User.objects.filter(username__startswith="seed-", role=role).order_by("pk")[:20]
    for person in people:
        courses = list(Course.objects.visible_to(person).values_list("pk", flat=True))
        paths = paths_of({"role": "teaching" if role == Role.TEACHER else "browsing", "courses": courses})
        ours = bodies(person, paths)
        assert {status for _, status, _ in ours} == {200}
        assert bodies(person, paths, ROOT_URLCONF="naive.urls") == ours
    assert len(people) == (3 if role == Role.TEACHER else 20)


def test_a_student_does_not_see_the_pages_of_staff(paper: Paper) -> None:
    loading.load(TINY, say=lambda _: None)
    student = User.objects.get(username="seed-s000000")
    (course,) = Course.objects.visible_to(student)[:1]
    asked = [f"/api/v1/courses/{course.pk}/results", f"/api/v1/courses/{course.pk}/students"]
    assert {status for _, status, _ in bodies(student, asked, ROOT_URLCONF="naive.urls")} == {403}
    with override_settings(ROOT_URLCONF="naive.urls"):
        assert Client().get("/api/v1/courses").status_code == 401
