"""What students are told of their assignments, and a teacher of an import. In the transaction of its cause, or by the beat."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, Now

from siji.accounts import notices
from siji.accounts.models import Notice, NoticeKind
from siji.accounts.schemas import NoticeBody
from siji.courses.models import (
    Assignment,
    Course,
    CourseStatus,
    Enrollment,
    Progress,
    ProgressQuerySet,
    ProgressStatus,
    Roster,
)
from siji.courses.returning import is_excused, keys_are_out, open_work, seat

SOON = timedelta(hours=24)
LOOKED_BACK = timedelta(days=30)
"""Keys may wait long after the window: for who has one of their own, may come late or is still writing."""


def cause_of(assignment_id: int | str) -> str:
    return f"assignment:{assignment_id}"


def about(assignment: Assignment, *, closes_at: datetime | None = None) -> NoticeBody:
    return NoticeBody(
        title=assignment.title,
        course=assignment.course_id,
        course_name=assignment.course.name,
        assignment=assignment.pk,
        closes_at=closes_at,
    )


def tell_assigned(assignment: Assignment) -> None:
    """A draft shows its students nothing yet: they are told when it opens (``tell_opened``)."""
    if assignment.course.status == CourseStatus.ACTIVE:
        _tell(assignment, NoticeKind.ASSIGNED, _students(assignment.course_id))


def tell_opened(course: Course) -> None:
    """The course is active now: one statement for each assignment that is not over."""
    for assignment in course.assignments.filter(Q(closes_at=None) | Q(closes_at__gt=Now())).order_by("pk"):
        assignment.course = course
        tell_assigned(assignment)


def tell_room_started(assignment: Assignment) -> None:
    _tell(assignment, NoticeKind.ROOM_STARTED, _at_work(assignment).exclude(status=ProgressStatus.COMPLETED))


def tell_returned(assignment: Assignment) -> None:
    """The teacher has released the keys."""
    _tell(assignment, NoticeKind.RETURNED, keys_are_out().filter(assignment=assignment))


def tell_imported(roster: Roster, *, created: int, enrolled: int) -> None:
    said = NoticeBody(course=roster.course_id, course_name=roster.course.name, created=created, enrolled=enrolled)
    notices.tell([roster.by_id], NoticeKind.ROSTER_IMPORTED, cause=f"roster:{roster.pk}", about=said)


def forget_date(assignment_id: int, *, student_id: int | None = None) -> None:
    """It closes at another time now: who was told of the old one is told of the new one."""
    notices.withdraw(cause=cause_of(assignment_id), kind=NoticeKind.DUE_SOON, person_id=student_id)


def tell_of_windows() -> int:
    """The beat's round: windows that close within a day, and those that have closed and so give out their keys."""
    return _tell_due_soon() + _tell_keys_out()


def _tell_due_soon() -> int:
    """Whose window is open and closes within a day, and who has not handed in."""
    waiting = open_work().exclude(status=ProgressStatus.COMPLETED).exclude(is_excused())
    open_now = waiting.filter(Q(opening=None) | Q(opening__lte=Now()))
    return _tell_each(open_now.filter(closing__gt=Now(), closing__lte=Now() + SOON), NoticeKind.DUE_SOON)


def _tell_keys_out() -> int:
    """Of exams whose window or release is not long ago; who has been told is not looked at again."""
    since = Now() - LOOKED_BACK
    lately = keys_are_out().filter(Q(assignment__closes_at__gt=since) | Q(assignment__keys_released_at__gt=since))
    cause = Concat(Value(cause_of("")), Cast("assignment_id", CharField()))
    told = Notice.objects.filter(cause=OuterRef("cause"), kind=NoticeKind.RETURNED, person=OuterRef("student"))
    return _tell_each(lately.annotate(cause=cause).exclude(Exists(told)), NoticeKind.RETURNED)


def _tell_each(rows: QuerySet[Any], kind: NoticeKind) -> int:
    """Students with the same end of the same assignment by one statement."""
    found = rows.order_by("assignment_id", "closing", "student_id").values_list("assignment_id", "closing", "student_id")
    groups = [(key, [row[2] for row in group]) for key, group in groupby(found, key=lambda row: (row[0], row[1]))]
    assignments = Assignment.objects.select_related("course").in_bulk({key[0] for key, _ in groups})
    told = 0
    for (assignment_id, closing), students in groups:
        said = about(assignments[assignment_id], closes_at=closing if kind == NoticeKind.DUE_SOON else None)
        told += notices.tell(students, kind, cause=cause_of(assignment_id), about=said)
    return told


def _students(course_id: int) -> Iterable[int]:
    return Enrollment.objects.active().filter(course=course_id).values_list("student_id", flat=True)


def _at_work(assignment: Assignment) -> ProgressQuerySet:
    return Progress.objects.filter(Exists(seat()), assignment=assignment).exclude(is_excused())


def _tell(assignment: Assignment, kind: NoticeKind, whom: Iterable[int] | ProgressQuerySet) -> None:
    people = whom.values_list("student_id", flat=True) if isinstance(whom, ProgressQuerySet) else whom
    notices.tell(people, kind, cause=cause_of(assignment.pk), about=about(assignment))
