"""A student's assignments over all active courses. Three queries and the time, however many there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from siji.accounts.models import User
from siji.courses import window
from siji.courses.models import Assignment, AssignmentMode, CourseStatus, Enrollment, ProgressStatus, StartKind
from siji.practice import clock
from siji.practice.agenda import rules
from siji.practice.agenda.rules import Latest, Room
from siji.practice.agenda.schemas import Work
from siji.practice.clock import Plan
from siji.practice.models import Attempt
from siji.practice.rooms import with_its_extensions
from siji.practice.timing import end_of, is_due, moments_of
from siji.practice.views import state_of
from siji.problems import Words
from siji.storage.moments import seconds_until_next

MOST = 200


def work_of(student: User, at: datetime) -> tuple[list[Work], bool, float | None]:
    """What is due first on top, whether there is more, and in how many seconds the clock changes it.

    0 where there is more: what is not shown has moments too.
    """
    rows = list(_set_for(student, at)[: MOST + 1])
    latest = _latest(student, rows[:MOST])
    shown = [_shown(row, latest.get(row.pk), at) for row in rows[:MOST]]
    shown.sort(key=lambda pair: pair[0])
    has_more = len(rows) > MOST
    moments = (moment for row in rows[:MOST] for moment in _moments(row, latest.get(row.pk)))
    return [work for _, work in shown], has_more, 0.0 if has_more else seconds_until_next(moments, at=at)


def _moments(row: Assignment, attempt: Attempt | None) -> list[datetime | None]:
    """Of its window, its room and its timetable: whatever ``standing`` or the order compares with the time."""
    terms, room = window.own_terms(row), _room(row)
    own = moments_of(attempt) if attempt else []
    return [terms.opens_at, terms.closes_at, room.ends_at if room else None, *own]


def _set_for(student: User, at: datetime) -> QuerySet[Assignment]:
    """In the order in which they are let go where there are too many; ``rules.urgency`` orders what is shown."""
    courses = Enrollment.objects.active().filter(student=student, course__status=CourseStatus.ACTIVE).values("course_id")
    is_over = Q(own_status=ProgressStatus.COMPLETED) | Q(own_closes_at__lte=at)
    rank = Case(
        When(own_status=ProgressStatus.IN_PROGRESS, then=Value(0)),
        When(is_over, then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    )
    rows = Assignment.objects.filter(course__in=courses).with_own_terms(student).annotate(rank=rank)
    soonest = Case(When(rank__lt=2, then=F("own_closes_at"))).asc(nulls_last=True)
    ordered = rows.order_by("rank", soonest, F("own_closes_at").desc(nulls_last=True), "-pk")
    return ordered.select_related("course", "paper__clock").prefetch_related("extensions")


def _latest(student: User, rows: Sequence[Assignment]) -> dict[int, Attempt]:
    by_id = {row.pk: row for row in rows}
    attempts = Attempt.objects.filter(student=student, assignment__in=list(by_id)).defer("result")
    found: dict[int, Attempt] = {}
    for attempt in attempts.order_by("assignment_id", "-number").distinct("assignment_id"):
        attempt.assignment = by_id[attempt.assignment_id or 0]  # its room's start is read of it
        found[attempt.assignment.pk] = attempt
    return found


def _shown(row: Assignment, attempt: Attempt | None, at: datetime) -> tuple[tuple[int, float], Work]:
    terms = window.own_terms(row)
    is_required = row.is_required and not row.is_excused
    latest = None if attempt is None else Latest(attempt.number, attempt.closed_at is None and not is_due(attempt, at))
    found = rules.standing(terms, latest, _room(row), is_excused=row.is_excused, at=at)
    work = Work(
        id=row.pk,
        title=row.title,
        course=row.course_id,
        course_name=row.course.name,
        paper=row.paper_id,
        paper_title=Words(zh=row.paper.title_zh, en=row.paper.title_en),
        sections=row.sections,
        mode="exam" if row.mode == AssignmentMode.EXAM else "practice",
        start="room" if row.start == StartKind.ROOM else "personal",
        room_started_at=row.room_started_at,
        is_required=is_required,
        is_excused=row.is_excused,
        opens_at=terms.opens_at,
        closes_at=terms.closes_at,
        state=found.state,
        next=found.next,
        attempt=attempt.pk if attempt else None,
        attempt_state=state_of(attempt, at) if attempt else None,
        attempts_left=found.attempts_left,
    )
    return rules.urgency(found, terms, is_required=is_required), work


def _room(row: Assignment) -> Room | None:
    """Its end for this student, more time by exception counted in; who comes after it finds the room closed."""
    if row.start != StartKind.ROOM or row.mode != AssignmentMode.EXAM:
        return None
    if row.room_started_at is None:
        return Room(None, None)
    sheet = clock.outline(Plan.of(row.paper.clock.body), row.sections, extra_percent=row.own_extra_percent)
    longer = with_its_extensions(sheet, row.extensions.all(), row.room_started_at)
    return Room(row.room_started_at, end_of(row.room_started_at, longer))
