"""Whom the keys of an exam have come out to: ``secrecy``'s rule for who has handed in, as one query over whole classes.

Where the same paper is set to somebody in another exam too, that one must be settled as well. This never says that keys are out
while ``window.wait_for_keys`` withholds them; of two exams with one paper it may say so later.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Now

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
    StartKind,
)
from siji.courses.window import who_has_not_sat


def open_work() -> QuerySet[Any]:
    """Progress of active students in active courses, with each one's own window (``opening``, ``closing``)."""
    own = AssignmentException.objects.filter(assignment=OuterRef("assignment"), student=OuterRef("student"))
    rows = Progress.objects.filter(Exists(seat()), assignment__course__status=CourseStatus.ACTIVE)
    return rows.annotate(
        opening=Coalesce(Subquery(own.values("opens_at")), F("assignment__opens_at")),
        closing=Coalesce(Subquery(own.values("closes_at")), F("assignment__closes_at")),
    )


def seat() -> QuerySet[Enrollment]:
    """Of whom a row with ``assignment`` and ``student`` is about."""
    return Enrollment.objects.active().filter(course=OuterRef("assignment__course"), student=OuterRef("student"))


def is_excused() -> Exists:
    excused = AssignmentException.objects.filter(is_excused=True)
    return Exists(excused.filter(assignment=OuterRef("assignment"), student=OuterRef("student")))


def keys_are_out() -> QuerySet[Any]:
    """Progress of who has handed in an exam whose keys waited, and wait no more. Keys that never waited are no news."""
    waited = ~Q(assignment__key_release=KeyRelease.ON_SUBMISSION)
    handed_in = open_work().filter(
        waited, assignment__mode=AssignmentMode.EXAM, status=ProgressStatus.COMPLETED, writing_since=None
    )
    out = Q(assignment__keys_released_at__isnull=False) | Q(assignment__in=over().values("pk"))
    return handed_in.filter(out).exclude(Exists(_unsettled_elsewhere()))


def over() -> QuerySet[Assignment]:
    """Exams that nobody can sit any more and whose keys wait for nothing else."""
    writing = Progress.objects.filter(assignment=OuterRef("pk"), writing_since__isnull=False)
    there = Enrollment.objects.active().filter(course=OuterRef("assignment__course"), student=OuterRef("student"))
    longer = AssignmentException.objects.filter(Exists(there), assignment=OuterRef("pk"), closes_at__gt=Now())
    ended = Assignment.objects.filter(mode=AssignmentMode.EXAM, closes_at__lte=Now())
    free = ended.exclude(key_release=KeyRelease.BY_TEACHER, keys_released_at=None)
    begun = free.exclude(start=StartKind.ROOM, room_started_at=None)
    return begun.exclude(Exists(writing) | Exists(longer) | Q(Exists(who_has_not_sat()), late_policy=LatePolicy.FLAG))


def _unsettled_elsewhere() -> QuerySet[Assignment]:
    """Another exam with the same paper, in any version, that still closes it to the student of a row of ``Progress``."""
    theirs = Progress.objects.filter(assignment=OuterRef("pk"), student=OuterRef(OuterRef("student")))
    sat = theirs.filter(status=ProgressStatus.COMPLETED, writing_since=None)
    there = Enrollment.objects.active().filter(
        course=OuterRef("course"), student=OuterRef(OuterRef("student")), course__status=CourseStatus.ACTIVE
    )
    concerns = Q(Exists(there)) | Q(Exists(theirs.exclude(status=ProgressStatus.NOT_STARTED)))
    is_free = Q(key_release=KeyRelease.ON_SUBMISSION) | Q(keys_released_at__isnull=False)
    others = Assignment.objects.filter(
        concerns, mode=AssignmentMode.EXAM, paper__slug=OuterRef("assignment__paper__slug")
    ).exclude(pk=OuterRef("assignment"))
    return others.exclude(pk__in=over().values("pk")).exclude(is_free, Exists(sat))
