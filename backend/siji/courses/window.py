"""When an assignment may be begun, and what it closes meanwhile. Times are the database's, passed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from siji.accounts.models import User
from siji.bank.models import Paper
from siji.courses.models import (
    Assignment,
    AssignmentException,
    AssignmentMode,
    CourseStatus,
    Enrollment,
    KeyRelease,
    LatePolicy,
)
from siji.problems import Refusal, not_found


@dataclass(frozen=True, slots=True)
class Permission:
    """How an attempt begins: with more time, or after the window (flagged)."""

    extra_percent: int
    is_late: bool


def may_start(*, assignment: Assignment, student: User, at: datetime, made: int) -> Permission:
    """Whether this student may begin an attempt now, having ``made`` so many.

    Raises Refusal: 404 outside the course; 409 ``course_not_active``, ``not_open_yet``, ``window_closed``, ``no_attempts_left``.
    """
    if not Enrollment.objects.active().filter(course=assignment.course_id, student=student).exists():
        raise not_found()
    if assignment.course.status != CourseStatus.ACTIVE:
        raise Refusal("course_not_active", zh="课程没有开放，不能开始作答。", en="The course is not active.")
    own = exception_of(assignment, student)
    opens_at, closes_at = window_of(assignment, own)
    if opens_at is not None and at < opens_at:
        raise Refusal("not_open_yet", zh="还没有到开放时间。", en="This assignment is not open yet.")
    is_late = closes_at is not None and at >= closes_at
    if is_late and assignment.late_policy == LatePolicy.REFUSE:
        raise Refusal("window_closed", zh="已经过了截止时间，不能再开始。", en="The window has closed.")
    if made >= assignment.attempts_allowed + (own.extra_attempts if own else 0):
        raise Refusal("no_attempts_left", zh="作答次数已经用完。", en="No attempts are left.")
    return Permission(own.extra_percent if own else 0, is_late)


def exception_of(assignment: Assignment, student: User) -> AssignmentException | None:
    return assignment.exceptions.filter(student=student).first()


def window_of(assignment: Assignment, own: AssignmentException | None) -> tuple[datetime | None, datetime | None]:
    """Opening and closing for one student."""
    if own is None:
        return assignment.opens_at, assignment.closes_at
    return own.opens_at or assignment.opens_at, own.closes_at or assignment.closes_at


def closes_for(*, assignment: Assignment, student: User) -> datetime | None:
    return window_of(assignment, exception_of(assignment, student))[1]


def refuse_if_set(*, paper: Paper, student: User, at: datetime) -> None:
    """Raises Refusal (409 ``paper_is_set``) while any version of this paper is set as an exam for this student."""
    if set_as_exam(student=student, at=at).filter(paper__slug=paper.slug).exists():
        raise Refusal(
            "paper_is_set",
            zh="这套试卷已布置为考试，只能从作业进入。",
            en="This paper is set as an exam: open it from the assignment.",
        )


def set_as_exam(*, student: User, at: datetime | Now) -> QuerySet[Assignment]:
    """The exams whose window is not over for this student; a longer window of their own counts."""
    courses = Enrollment.objects.active().filter(student=student, course__status=CourseStatus.ACTIVE).values("course_id")
    longer = AssignmentException.objects.filter(student=student, closes_at__gt=at)
    return Assignment.objects.filter(mode=AssignmentMode.EXAM, course__in=courses).filter(
        Q(closes_at__isnull=True) | Q(closes_at__gt=at) | Q(pk__in=longer.values("assignment"))
    )


@dataclass(frozen=True, slots=True)
class KeysWait:
    """What keys wait for: the teacher, or the end of this student's window (``until`` None: a window without an end)."""

    release: KeyRelease
    until: datetime | None = None


def keys_wait_for(*, assignment: Assignment, student: User, at: datetime) -> KeysWait | None:
    """None where a student who has handed in may see the keys. The teacher's release opens them at any time."""
    if assignment.key_release == KeyRelease.ON_SUBMISSION or assignment.keys_released_at is not None:
        return None
    if assignment.key_release == KeyRelease.BY_TEACHER:
        return KeysWait(KeyRelease.BY_TEACHER)
    closes_at = closes_for(assignment=assignment, student=student)
    if closes_at is not None and at >= closes_at:
        return None
    return KeysWait(KeyRelease.AFTER_WINDOW, closes_at)
