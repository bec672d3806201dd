"""The course that the load sits in: one exam, open to everybody, and one shared password hash (argon2 is slow on purpose)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import make_password

from siji.accounts.models import Role, User
from siji.bank.loading import load_all
from siji.bank.models import Paper
from siji.courses.models import Assignment, Course, CourseStatus, Enrollment, Progress

PASSWORD = "Bench-password-4"


def make_school(content: Any, *, students: int) -> dict[str, Any]:
    """What ``sign_in`` needs to know of it."""
    load_all(content)
    hashed = make_password(PASSWORD)
    teacher = User.objects.create(username="bench-teacher", name="Teacher", role=Role.TEACHER, password=hashed)
    people = User.objects.bulk_create(
        User(username=f"bench-{n:05}", name=f"学生{n}", student_number=f"B{n:05}", password=hashed) for n in range(students)
    )
    course = Course.objects.create(name="四级模考", teacher=teacher, status=CourseStatus.ACTIVE, code="BENCH001")
    Enrollment.objects.bulk_create(Enrollment(course=course, student=person) for person in people)
    paper = Paper.objects.order_by("slug").first()
    assert paper is not None
    exam = Assignment.objects.create(course=course, paper=paper, title="模考", created_by=teacher)
    Progress.objects.bulk_create(Progress(assignment=exam, student=person) for person in people)
    return {
        "course": course.pk,
        "paper": paper.pk,
        "assignment": exam.pk,
        "teacher": teacher.username,
        "students": [person.username for person in people],
        "password": PASSWORD,
    }
