"""The hourly look at stored numbers: drift is found in a sample, said, and looked at again until it is put right."""

from __future__ import annotations

import logging

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from siji.conftest import Person
from siji.courses import drift
from siji.courses.models import Course
from siji.courses.tallies import drifted, recount
from siji.courses.tasks import look_for_drift
from siji.embedded.doctor import Wrong, _stored_numbers

pytestmark = pytest.mark.django_db


def _break(course: Course) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE courses_coursetally SET student_count = student_count + 1 WHERE course_id = %s", [course.pk])


def test_without_drift_nothing_is_said(course: Course, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "siji.courses"):
        assert look_for_drift() == 0
    assert caplog.text == ""
    assert _stored_numbers().startswith("drift 0 in ")


def test_drift_is_said_in_the_log_and_by_doctor_until_it_is_put_right(course: Course, caplog: pytest.LogCaptureFixture) -> None:
    _break(course)
    with caplog.at_level(logging.ERROR, "siji.courses"):
        assert look_for_drift() == 1
    assert f"courses [{course.pk}]" in caplog.text
    with pytest.raises(Wrong, match="siji recount"):
        _stored_numbers()
    recount()
    assert look_for_drift() == 0
    assert _stored_numbers().startswith("drift 0 in ")


def test_counts_of_a_teacher_that_have_drifted_are_found_too(course: Course, teacher: Person) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE courses_coursecount SET number = number + 3 WHERE teacher_id = %s", [teacher.user.pk])
    found = drift.look()
    assert (found.courses, found.teachers) == drifted() == ([], [teacher.user.pk])


def test_what_was_found_is_looked_at_again_by_a_round_that_does_not_pick_it(course: Course) -> None:
    _break(course)
    assert drift.look().courses == [course.pk]
    assert drift.look(sample=0).courses == [course.pk]
    recount()
    assert drift.look(sample=0).words is None


def test_a_round_asks_the_same_three_questions_at_any_size(
    course: Course, teacher: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for size in (1, 60):
        Course.objects.bulk_create(Course(name="c", teacher=teacher.user, code=f"D{size}-{number}") for number in range(size))
        with django_assert_num_queries(3):
            assert drift.look(sample=30).looked_at <= 30
    assert drift.look(sample=10_000).looked_at == Course.objects.count()


def test_every_place_in_the_ids_is_picked_sooner_or_later(teacher: Person) -> None:
    Course.objects.bulk_create(Course(name="c", teacher=teacher.user, code=f"E{number}") for number in range(12))
    last, first = Course.objects.order_by("-pk")[0], Course.objects.order_by("pk")[0]
    for course in (first, last):
        _break(course)
    found = set[int]()
    for _ in range(200):
        found |= set(drift.look(sample=3).courses)
    assert {first.pk, last.pk} <= found
