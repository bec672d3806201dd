"""A student's assignments over all active courses: two queries and the time, however many; a third where rooms have begun."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from siji.accounts.models import User
from siji.courses import window
from siji.courses.models import Assignment, AssignmentMode, CourseStatus, Enrollment, ProgressStatus, StartKind
from siji.practice import clock
from siji.practice.agenda import rules
from siji.practice.agenda.rules import Latest, Room
from siji.practice.agenda.schemas import Work
from siji.practice.clock import Plan
from siji.practice.models import AssignmentExtension, Attempt
from siji.practice.rooms import with_its_extensions
from siji.practice.timing import end_of, is_due, moments_of
from siji.practice.views import state_of
from siji.problems import Words
from siji.storage.moments import seconds_until_next
from siji.storage.prepared import Prepared, put_prefetched

MOST = 200


def work_of(student: User, at: datetime) -> tuple[list[Work], bool, float | None]:
    """What is due first on top, whether there is more, and in how many seconds the clock changes it.

    0 where there is more: what is not shown has moments too.
    """
    rows = _set.all(student=student.pk, at=at)
    latest = _latest(student, rows[:MOST])
    _put_extensions(rows)
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


def _courses_of(student: int) -> QuerySet[Enrollment, Any]:
    return Enrollment.objects.active().filter(student=student, course__status=CourseStatus.ACTIVE).values("course_id")


def _set_for(_: object, *, student: int, at: datetime) -> QuerySet[Assignment]:
    """In the order in which they are let go where there are too many; ``rules.urgency`` orders what is shown."""
    is_over = Q(own_status=ProgressStatus.COMPLETED) | Q(own_closes_at__lte=at)
    rank = Case(
        When(is_over, then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    )
    rows = Assignment.objects.filter(course__in=_courses_of(student)).with_own_terms(User(pk=student)).annotate(rank=rank)
    soonest = Case(When(rank__lt=2, then=F("own_closes_at"))).asc(nulls_last=True)
    ordered = rows.order_by("rank", soonest, F("own_closes_at").desc(nulls_last=True), "-pk")
    return ordered.select_related("course", "paper__clock").only(*READ)[: MOST + 1]


READ = (
    *("title", "sections", "mode", "start", "room_started_at", "is_required", "late_policy", "course__name"),
    *("paper__title_zh", "paper__title_en", "paper__clock__body"),
)


def _newest(_: object, *, student: int) -> QuerySet[Attempt]:
    attempts = Attempt.objects.filter(student=student, assignment__course__in=_courses_of(student)).defer("result")
    return attempts.order_by("assignment_id", "-number").distinct("assignment_id")


_set = Prepared(Assignment, _set_for, student=-1, at=datetime.min.replace(tzinfo=UTC))
_made = Prepared(Attempt, _newest, student=-1)


def _latest(student: User, rows: Sequence[Assignment]) -> dict[int, Attempt]:
    by_id = {row.pk: row for row in rows}
    found = {attempt.assignment_id or 0: attempt for attempt in _made.all(student=student.pk)}
    for pk, attempt in found.items():
        if pk in by_id:
            attempt.assignment = by_id[pk]  # its room's start is read of it
    return found


def _put_extensions(rows: Sequence[Assignment]) -> None:
    """Of rooms that have begun: a room's end is asked of no other."""
    begun = [row for row in rows if row.start == StartKind.ROOM and row.room_started_at is not None]
    if begun:
        put_prefetched(begun, "extensions", AssignmentExtension.objects.filter(assignment__in=begun), by="assignment")


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
