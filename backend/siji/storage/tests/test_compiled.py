"""A query compiled once answers as if it were made anew each time, for whoever is asked about."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import Exists, OuterRef, QuerySet
from pytest_django import DjangoAssertNumQueries

from siji.conftest import Person
from siji.courses.models import Course, Enrollment
from siji.storage.compiled import Compiled

NOBODY = -(2**62)


def made_for(student: int) -> QuerySet[Course, Any]:
    here = Enrollment.objects.active().filter(course=OuterRef("pk"), student=student)
    return (
        Course.objects.filter(enrollments__student=student).annotate(is_here=Exists(here)).order_by("pk").values("pk", "is_here")
    )


@pytest.mark.django_db
def test_each_call_has_its_own_values(
    student: Person, stranger: Person, course: Course, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    compiled = Compiled(made_for(NOBODY), {"student": NOBODY})
    with django_assert_num_queries(2):
        assert compiled.rows(student=student.user.pk) == [{"pk": course.pk, "is_here": True}]
        assert compiled.rows(student=stranger.user.pk) == []


def test_a_stand_in_that_the_query_does_not_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="teacher"):
        Compiled(Course.objects.filter(pk=NOBODY).values("pk"), {"student": NOBODY, "teacher": 7})
