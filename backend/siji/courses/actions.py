"""What a teacher does with a course, and how people come into it and leave."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import IntegrityError, transaction

from siji.accounts import audit
from siji.accounts.models import User
from siji.courses import progress, telling
from siji.courses.changed import course_changed
from siji.courses.models import Course, CourseStatus, Enrollment
from siji.courses.searching import course_vector
from siji.problems import Refusal, forbidden

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Nothing that is read as something else: no I, L, O, 0, 1."""
CODE_LENGTH = 8


def create_course(*, teacher: User, **fields: Any) -> Course:
    """A code is drawn from 31^8; a clash is drawn again."""
    for _ in range(5):
        try:
            with transaction.atomic():
                course = Course(teacher=teacher, code=new_code(), **fields)
                course.search = course_vector(course)
                course.save(force_insert=True)
                audit.record(actor=teacher, action="course.created", subject=subject(course))
                course_changed(course)
                return course
        except IntegrityError as error:
            if "code" not in str(error):
                raise
    raise Refusal("busy", zh="没有生成选课码，请再试一次。", en="No code could be drawn: try again.", status=503, retry_after=1)


def new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def change_course(*, by: User, course: Course, changes: dict[str, Any]) -> Course:
    opens = course.status != CourseStatus.ACTIVE and changes.get("status") == CourseStatus.ACTIVE
    with transaction.atomic():
        for name, value in changes.items():
            setattr(course, name, value)
        if changes:
            course.search = course_vector(course)
            course.save(update_fields=[*changes, "search"])
            audit.record(actor=by, action="course.changed", subject=subject(course), detail=changes)
            course_changed(course)
        if opens:
            telling.tell_opened(course)
    return course


def enrol(*, course: Course, student: User, by: User) -> tuple[Enrollment, bool]:
    """The enrolment, and whether it is new or came back. Who was removed comes back to what they had done."""
    with transaction.atomic():
        progress.share_course(course.pk)
        row, is_new = Enrollment.objects.select_for_update().get_or_create(course=course, student=student)
        changed = is_new or not row.is_active
        if not row.is_active:
            row.is_active = True
            row.save(update_fields=["is_active"])
        if changed:
            progress.make_rows(course.pk, student_id=student.pk)
            progress.recount(course.pk, student_id=student.pk)
            audit.record(actor=by, action="enrolment.opened", subject=subject(course), detail={"student": student.pk})
            course_changed(course, students=[student.pk])
    row.refresh_from_db()
    return row, changed


def enrol_by_code(*, code: str, student: User) -> tuple[Course, bool]:
    """Raises Refusal: 403 for staff, 404 ``unknown_code`` (wrong, closed or not active read the same), 429 after many misses."""
    if not student.is_student:
        raise forbidden()
    _refuse_after_misses(student)
    wanted = code.strip().upper().replace("-", "").replace(" ", "")
    course = Course.objects.filter(code=wanted, is_code_open=True, status=CourseStatus.ACTIVE).first()
    if course is None:
        audit.record(actor=student, action=MISS, subject=f"user:{student.pk}")
        raise Refusal(
            "unknown_code",
            zh="没有这个选课码，或者课程没有开放选课。请向老师核对。",
            en="No open course has this code: check it with your teacher.",
            status=404,
        )
    _, changed = enrol(course=course, student=student, by=student)
    return course, changed


MISS = "enrolment.code_missed"
MISSES_AN_HOUR = 20


def _refuse_after_misses(student: User) -> None:
    if audit.count_recent(actor=student, action=MISS, minutes=60) >= MISSES_AN_HOUR:
        raise Refusal(
            "too_many_codes",
            zh="输错选课码的次数太多，请一小时后再试，或请老师把你加入课程。",
            en="Too many wrong codes: try again in an hour, or ask your teacher to add you.",
            status=429,
            retry_after=3600,
        )


def remove_student(*, by: User, course: Course, student: User) -> None:
    """Ends the enrolment; attempts and marks are kept. Doing it twice changes nothing."""
    with transaction.atomic():
        removed = Enrollment.objects.active().filter(course=course, student=student).update(is_active=False)
        if removed:
            audit.record(actor=by, action="enrolment.closed", subject=subject(course), detail={"student": student.pk})
            course_changed(course, students=[student.pk])


def subject(course: Course) -> str:
    return f"course:{course.pk}"
