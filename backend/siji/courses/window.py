"""When an assignment may be begun, and what it closes meanwhile. Times are the database's, passed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

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
    Progress,
    ProgressStatus,
)
from siji.courses.opening import Closed, Permission, Terms, decide
from siji.problems import Refusal, not_found


def may_start(*, assignment: Assignment, student: User, at: datetime, made: int) -> Permission:
    """Whether this student may begin an attempt now, having ``made`` so many.

    Raises Refusal: 404 outside the course; 409 ``course_not_active``, ``not_open_yet``, ``window_closed``, ``no_attempts_left``.
    """
    if not Enrollment.objects.active().filter(course=assignment.course_id, student=student).exists():
        raise not_found()
    if assignment.course.status != CourseStatus.ACTIVE:
        raise Refusal("course_not_active", zh="课程没有开放，不能开始作答。", en="The course is not active.")
    terms = terms_for(assignment, exception_of(assignment, student))
    decided = decide(terms, made=made, at=at)
    if isinstance(decided, Permission):
        return decided
    raise _closed(decided, terms)


def terms_for(assignment: Assignment, own: AssignmentException | None) -> Terms:
    opens_at, closes_at = window_of(assignment, own)
    return Terms(
        opens_at=opens_at,
        closes_at=closes_at,
        attempts=assignment.attempts_allowed + (own.extra_attempts if own else 0),
        takes_late=assignment.late_policy == LatePolicy.FLAG,
        extra_percent=own.extra_percent if own else 0,
    )


def _closed(why: Closed, terms: Terms) -> Refusal:
    match why:
        case "not_open_yet":
            zh, en = _moment(terms.opens_at)
            return Refusal(why, zh=f"{zh}才开放，请到时再来。", en=f"This assignment opens at {en}: come back then.")
        case "window_closed":
            zh, en = _moment(terms.closes_at)
            return Refusal(
                why,
                zh=f"已在 {zh}截止，不能再开始。有特殊情况请找老师。",
                en=f"The window closed at {en}. Ask your teacher if you had a reason.",
            )
    return Refusal(why, zh="作答次数已经用完。", en="No attempts are left.")


def _moment(at: datetime | None) -> tuple[str, str]:
    if at is None:
        return "", ""
    local = timezone.localtime(at)
    return f"{local.month} 月 {local.day} 日 {local:%H:%M} ", f"{local:%Y-%m-%d %H:%M}"


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
            zh="这套试卷已布置为考试，考试结束、答案公布之前只能从那个作业进入。",
            en="This paper is set as an exam: until it is over, open it from that assignment only.",
        )


def set_as_exam(*, student: User, at: datetime | Now) -> QuerySet[Assignment]:
    """The exams that close their paper to this student, since practice would show the keys.

    While one is being written, whatever its window; else until the window is over for them (a longer one of their own counts) or
    they have completed it and may see its keys.
    """
    courses = Enrollment.objects.active().filter(student=student, course__status=CourseStatus.ACTIVE).values("course_id")
    longer = AssignmentException.objects.filter(student=student, closes_at__gt=at)
    mine = Progress.objects.filter(student=student)
    is_written = Q(pk__in=mine.filter(status=ProgressStatus.IN_PROGRESS).values("assignment"))
    is_done = Q(pk__in=mine.filter(status=ProgressStatus.COMPLETED).values("assignment"))
    is_open = Q(closes_at__isnull=True) | Q(closes_at__gt=at) | Q(pk__in=longer.values("assignment"))
    are_keys_out = Q(key_release=KeyRelease.ON_SUBMISSION) | Q(keys_released_at__isnull=False)
    exams = Assignment.objects.filter(mode=AssignmentMode.EXAM)
    return exams.filter(is_written | Q(course__in=courses) & is_open & ~(is_done & are_keys_out))


@dataclass(frozen=True, slots=True)
class KeysWait:
    """What keys wait for: the teacher, or the end of this student's window.

    ``until`` None: a window without an end, or over while others who began within it are still writing.
    """

    release: KeyRelease
    until: datetime | None = None


def keys_wait_for(*, assignment: Assignment, student: User, at: datetime) -> KeysWait | None:
    """None where a student who has handed in may see the keys. The teacher's release opens them at any time."""
    if assignment.key_release == KeyRelease.ON_SUBMISSION or assignment.keys_released_at is not None:
        return None
    if assignment.key_release == KeyRelease.BY_TEACHER:
        return KeysWait(KeyRelease.BY_TEACHER)
    closes_at = closes_for(assignment=assignment, student=student)
    if closes_at is None or at < closes_at:
        return KeysWait(KeyRelease.AFTER_WINDOW, closes_at)
    writing = assignment.progress.filter(status=ProgressStatus.IN_PROGRESS, updated_at__lt=closes_at)
    return KeysWait(KeyRelease.AFTER_WINDOW) if writing.exclude(student=student).exists() else None
