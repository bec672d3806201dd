"""A teacher's day over all the active courses they teach: six questions to the database, however many courses and students.

An administrator who teaches sees their own courses too, and not the school's: a whole school's day is no list of eight.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from siji.accounts.auth import require_teacher
from siji.accounts.models import User
from siji.courses.models import (
    Assignment,
    AssignmentException,
    AssignmentMode,
    CourseStatus,
    Enrollment,
    Progress,
    ProgressStatus,
    StartKind,
)
from siji.practice.dashboard.schemas import Behind, Dashboard, Ending, ExamNow, Pile
from siji.practice.models import Attempt, AttemptMode, Script, ScriptState
from siji.practice.timing import database_now
from siji.storage.cache import spaces
from siji.storage.cache.results import Timed, cached_value
from siji.storage.moments import seconds_until_next

SOON = timedelta(days=3)
BEFOREHAND = timedelta(days=1)
MOST = 8
"""Rows of a list: what a person takes in at a look."""


def dashboard_of(teacher: User) -> Dashboard:
    """Kept until somebody does something or the clock changes it. Raises Refusal (403) for a student."""
    require_teacher(teacher)
    kept = cached_value(
        name="dashboard",
        shape=Dashboard,
        make=lambda: _timed(teacher),
        namespaces=[spaces.teaching(teacher.pk), spaces.desk(teacher.pk), spaces.PEOPLE],
        owner=teacher.pk,
        key=[teacher.role],
    )
    kept.server_time = database_now()
    return kept


def _timed(teacher: User) -> Timed[Dashboard]:
    now = database_now()
    return Timed(_read(teacher, now), seconds_until_next(moments_of(teacher, now), at=now))


def moments_of(teacher: User, now: datetime) -> list[datetime | None]:
    """The next of each kind of moment that a condition below compares with the time. Three queries."""
    mine = Assignment.objects.filter(course__teacher=teacher, course__status=CourseStatus.ACTIVE)
    found = mine.aggregate(
        opens=Min("opens_at", filter=Q(opens_at__gt=now)),
        is_near=Min("opens_at", filter=Q(opens_at__gt=now + BEFOREHAND)),
        closes=Min("closes_at", filter=Q(closes_at__gt=now)),
        is_soon=Min("closes_at", filter=Q(closes_at__gt=now + SOON)),
    )
    spared = AssignmentException.objects.filter(assignment__in=mine, closes_at__gt=now).aggregate(at=Min("closes_at"))
    sitting = Attempt.objects.filter(assignment__in=mine, closed_at__isnull=True, closes_at__gt=now).aggregate(
        at=Min("closes_at")
    )
    near, soon = found["is_near"], found["is_soon"]
    early = [near - BEFOREHAND if near else None, soon - SOON if soon else None]
    return [found["opens"], found["closes"], spared["at"], sitting["at"], *early]


def _read(teacher: User, now: datetime) -> Dashboard:
    mine = Assignment.objects.filter(course__teacher=teacher, course__status=CourseStatus.ACTIVE).select_related("course")
    piles = _piles(teacher)
    late = _late_students(teacher, now)
    return Dashboard(
        server_time=now,
        piles=piles[:MOST],
        scripts_waiting=sum(pile.waiting for pile in piles),
        exams=_exams(mine, now),
        ending=_ending(mine, now),
        behind=[_behind(row) for row in late[:MOST]],
        students_behind=late.order_by().values("student").distinct().count(),
    )


def _piles(teacher: User) -> list[Pile]:
    """The oldest first. A row for each assignment that has any: bounded by what is set, not by who wrote."""
    waiting = Script.objects.filter(attempt__assignment__course__teacher=teacher, state=ScriptState.WAITING)
    rows = waiting.order_by().values(
        assignment=F("attempt__assignment"),
        title=F("attempt__assignment__title"),
        course=F("attempt__assignment__course"),
        course_name=F("attempt__assignment__course__name"),
    )
    return [Pile(**row) for row in rows.annotate(waiting=Count("pk"), oldest=Min("created_at")).order_by("oldest")]


def _exams(mine: QuerySet[Assignment], now: datetime) -> list[ExamNow]:
    """Rooms to start and exams under way, by the time they open."""
    inside = Attempt.objects.filter(assignment=OuterRef("pk"), mode=AttemptMode.EXAM, closed_at__isnull=True)
    begun = Q(started_at__isnull=False) | Q(assignment__room_started_at__isnull=False)
    running = Q(closes_at__gt=now) | Q(closes_at__isnull=True, assignment__room_started_at__isnull=False)
    is_near = Q(opens_at__isnull=True) | Q(opens_at__lte=now + BEFOREHAND)
    is_open = Q(closes_at__isnull=True) | Q(closes_at__gt=now)
    to_start = Q(start=StartKind.ROOM, room_started_at__isnull=True) & is_near & is_open
    rows = mine.filter(mode=AssignmentMode.EXAM).annotate(
        waiting=_count(inside.exclude(begun), "assignment"), sitting=_count(inside.filter(begun & running), "assignment")
    )
    found = rows.filter(to_start | Q(sitting__gt=0)).order_by(F("opens_at").asc(nulls_first=True), "pk")
    return [_exam(row) for row in found[:MOST]]


def _exam(row: Any) -> ExamNow:
    is_waiting = row.start == StartKind.ROOM and row.room_started_at is None
    return ExamNow(
        **_work(row),
        state="to_start" if is_waiting else "running",
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        waiting=row.waiting,
        sitting=row.sitting,
    )


def _ending(mine: QuerySet[Assignment], now: datetime) -> list[Ending]:
    there = Enrollment.objects.active().filter(course=OuterRef("course"))
    done = Progress.objects.filter(assignment=OuterRef("pk"), status=ProgressStatus.COMPLETED)
    is_here = Exists(Enrollment.objects.active().filter(course=OuterRef("assignment__course"), student=OuterRef("student")))
    has_begun = Q(opens_at__isnull=True) | Q(opens_at__lte=now)
    rows: QuerySet[Any] = mine.filter(has_begun, closes_at__gt=now, closes_at__lte=now + SOON).annotate(
        students=_count(there, "course"), completed=_count(done.filter(is_here), "assignment")
    )
    return [
        Ending(**_work(row), closes_at=row.closes_at, completed=row.completed, students=row.students)
        for row in rows.order_by("closes_at", "pk")[:MOST]
    ]


def _late_students(teacher: User, now: datetime) -> QuerySet[Any]:
    """Enrolments with ``missed`` where it is above 0, most first. What closed before they joined was never theirs to do."""
    student = OuterRef(OuterRef("student"))
    done = Progress.objects.filter(assignment=OuterRef("pk"), student=student, status=ProgressStatus.COMPLETED)
    own = AssignmentException.objects.filter(assignment=OuterRef("pk"), student=student)
    spared = own.filter(Q(is_excused=True) | Q(closes_at__gt=now))
    over = Assignment.objects.filter(course=OuterRef("course"), is_required=True, closes_at__lte=now)
    missed = over.filter(~Exists(done), ~Exists(spared), closes_at__gt=OuterRef("joined_at"))
    active = Enrollment.objects.active().filter(course__teacher=teacher, course__status=CourseStatus.ACTIVE)
    rows = active.select_related("student", "course").annotate(missed=_count(missed, "course")).filter(missed__gt=0)
    return rows.order_by("-missed", "progress", "pk")


def _behind(row: Any) -> Behind:
    return Behind(
        student=row.student_id,
        name=row.student.name,
        student_number=row.student.student_number,
        course=row.course_id,
        course_name=row.course.name,
        missed=row.missed,
        progress=float(row.progress),
    )


def _work(row: Assignment) -> dict[str, Any]:
    return {"assignment": row.pk, "title": row.title, "course": row.course_id, "course_name": row.course.name}


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    """How many of these rows belong to the outer one, in a subquery of its own."""
    counted = rows.order_by().values(by).annotate(rows=Count("pk")).values("rows")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
