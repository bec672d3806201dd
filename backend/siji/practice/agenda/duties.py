"""What waits for a teacher: scripts, rooms, ends. A bounded number of queries however many courses they teach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from siji.accounts.models import User
from siji.courses.models import Assignment, Course, CourseStatus, Enrollment, Progress, ProgressStatus, StartKind
from siji.practice.agenda.schemas import Duties, EndsToday, RoomToStart, ScriptsWaiting
from siji.practice.models import Attempt, Script, ScriptState
from siji.storage.moments import seconds_until_next

MOST = 50


def duties_of(teacher: User, at: datetime) -> tuple[Duties, float | None]:
    """With the seconds until the clock changes them.

    Of the courses that are this person's own: an administrator is not called to everybody's rooms.
    """
    courses = Course.objects.for_teacher(teacher).filter(status=CourseStatus.ACTIVE)
    scripts = _scripts(teacher)
    dawn, midnight = _today(at)
    mine = Assignment.objects.filter(course__in=courses).select_related("course")
    waits = Q(start=StartKind.ROOM, room_started_at=None) & (Q(opens_at=None) | Q(opens_at__lt=midnight))
    rooms = list(mine.filter(waits).exclude(closes_at__lte=at).order_by("opens_at", "pk")[:MOST])
    ending = list(mine.filter(closes_at__gte=dawn, closes_at__lt=midnight).order_by("closes_at", "pk")[:MOST])
    students = _students([*rooms, *ending])
    duties = Duties(
        scripts_waiting=sum(line.waiting for line in scripts),
        scripts=scripts[:MOST],
        rooms=_rooms(rooms, students),
        ending=_ending(ending, students),
    )
    return duties, seconds_until_next([midnight, *(row.closes_at for row in rooms)], at=at)


def _scripts(teacher: User) -> list[ScriptsWaiting]:
    """Of any course of theirs, whatever its status: a script of a course that has ended waits as well."""
    waiting = Script.objects.filter(state=ScriptState.WAITING, attempt__assignment__course__teacher=teacher)
    handed_in = Coalesce("attempt__submitted_at", "attempt__closed_at")
    rows = (
        waiting.filter(attempt__closed_at__isnull=False)
        .order_by()
        .values("attempt__assignment__course", "attempt__assignment__course__name")
        .annotate(waiting=Count("pk"), oldest=Min(handed_in))
        .order_by("-waiting", "attempt__assignment__course")
    )
    return [
        ScriptsWaiting(
            course=row["attempt__assignment__course"],
            course_name=row["attempt__assignment__course__name"],
            waiting=row["waiting"],
            oldest=row["oldest"],
        )
        for row in rows
    ]


def _today(at: datetime) -> tuple[datetime, datetime]:
    """This day's first moment and the next one's, where the school is."""
    dawn = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return dawn, dawn + timedelta(days=1)


def _students(assignments: Sequence[Assignment]) -> dict[int, int]:
    active = Enrollment.objects.active().filter(course__in={row.course_id for row in assignments})
    return dict(active.order_by().values_list("course_id").annotate(number=Count("pk")))


def _rooms(rooms: Sequence[Assignment], students: dict[int, int]) -> list[RoomToStart]:
    waiting = Attempt.objects.filter(assignment__in=rooms, started_at__isnull=True, closed_at__isnull=True)
    here: dict[int | None, int] = dict(waiting.order_by().values_list("assignment_id").annotate(number=Count("pk")))
    return [
        RoomToStart(
            assignment=row.pk,
            title=row.title,
            course=row.course_id,
            course_name=row.course.name,
            opens_at=row.opens_at,
            here=here.get(row.pk, 0),
            students=students.get(row.course_id, 0),
        )
        for row in rooms
    ]


def _ending(ending: Sequence[Assignment], students: dict[int, int]) -> list[EndsToday]:
    far = _how_far(ending)
    return [
        EndsToday(
            assignment=row.pk,
            title=row.title,
            course=row.course_id,
            course_name=row.course.name,
            closes_at=closes_at,
            completed=far.get((row.pk, ProgressStatus.COMPLETED), 0),
            writing=far.get((row.pk, ProgressStatus.IN_PROGRESS), 0),
            students=students.get(row.course_id, 0),
        )
        for row in ending
        if (closes_at := row.closes_at) is not None
    ]


def _how_far(assignments: Sequence[Assignment]) -> dict[tuple[int, str], int]:
    """By assignment and status, how many of the active students."""
    there = Enrollment.objects.active().filter(course=OuterRef("assignment__course"), student=OuterRef("student"))
    rows = Progress.objects.filter(Exists(there), assignment__in=assignments).order_by()
    counted = rows.values_list("assignment_id", "status").annotate(number=Count("pk"))
    return {(assignment, status): number for assignment, status, number in counted}
