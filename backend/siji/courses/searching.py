"""What a course is found by."""

from __future__ import annotations

from typing import Any

from siji.bank.fulltext import search_vector
from siji.courses.models import Course


def course_vector(course: Course) -> Any:
    """An expression to store; ``course`` need not be saved yet."""
    return search_vector(A=course.name, B=course.description, C=f"{course.category} {course.level}")
