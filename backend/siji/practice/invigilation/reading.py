"""A room as its teacher sees it: everybody in it, in a bounded number of queries for a class of any size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Max, Q, QuerySet, Sum

from siji.courses.models import Assignment, AssignmentException, AssignmentMode, Enrollment
from siji.practice import clock
from siji.practice.clock import MINUTE, Part
from siji.practice.granting import missed_ms
from siji.practice.invigilation.rules import standing
from siji.practice.invigilation.schemas import AbsenceOut, Room, RoomStudent
from siji.practice.models import Absence, Answer, Attempt, AudioGap, TimeExtension
from siji.practice.timing import MILLISECOND, database_now, elapsed_ms, sheet_of, start_of
from siji.problems import Refusal, Words

IS_OPEN = ExpressionWrapper(Q(closed_at__isnull=True), BooleanField())


def room_of(assignment: Assignment) -> Room:
    """Raises Refusal (409 ``not_an_exam``) for practice, which has no room."""
    require_exam(assignment)
    now = database_now()
    there = Enrollment.objects.active().filter(course=assignment.course_id).select_related("student")
    enrolments = list(there.order_by("student__student_number", "student__pk"))
    attempts = _latest(assignment)
    facts = _facts([attempt.pk for attempt in attempts.values()], now)
    own = {one.student_id: one for one in AssignmentException.objects.filter(assignment=assignment)}
    return Room(
        assignment=assignment.pk,
        title=assignment.title,
        course=assignment.course_id,
        course_name=assignment.course.name,
        paper_title=Words(zh=assignment.paper.title_zh, en=assignment.paper.title_en),
        start=assignment.start,  # type: ignore[arg-type]  # a choice of the column
        room_started_at=assignment.room_started_at,
        opens_at=assignment.opens_at,
        closes_at=assignment.closes_at,
        server_time=now,
        students=[_student(row, attempts.get(row.student_id), own.get(row.student_id), facts, now) for row in enrolments],
    )


def require_exam(assignment: Assignment) -> None:
    if assignment.mode != AssignmentMode.EXAM:
        raise Refusal("not_an_exam", zh="这个作业是练习，没有考场。", en="This is set as practice: it has no exam room.")


def _latest(assignment: Assignment) -> dict[int, Attempt]:
    """By student: the open attempt, else the newest."""
    rows = (
        Attempt.objects.filter(assignment=assignment)
        .order_by("student_id", IS_OPEN.desc(), "-number")
        .distinct("student_id")
        .defer("result")
        .annotate(seen_at=F("presence__seen_at"))
    )
    found: dict[int, Attempt] = {}
    for attempt in rows:
        attempt.assignment = assignment  # known: start_of would ask for it row by row
        found[attempt.student_id] = attempt
    return found


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is counted for each attempt."""

    answers: dict[UUID, dict[str, Any]]
    extensions: dict[UUID, int]
    gaps: dict[UUID, list[AudioGap]]
    absences: dict[UUID, list[Absence]]


def _facts(attempts: Sequence[UUID], now: datetime) -> _Facts:
    def of(rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(attempt__in=attempts).order_by()

    answers = of(Answer.objects.all()).values("attempt_id")
    absences: dict[UUID, list[Absence]] = {}
    for absence in of(Absence.objects.all()).order_by("left_at"):
        absences.setdefault(absence.attempt_id, []).append(absence)
    gaps: dict[UUID, list[AudioGap]] = {}
    for gap in of(AudioGap.objects.select_related("grant")):
        gaps.setdefault(gap.attempt_id, []).append(gap)
    return _Facts(
        answers={
            row["attempt_id"]: row for row in answers.annotate(answered=Count("pk", filter=~Q(value="")), last=Max("saved_at"))
        },
        extensions=dict(of(TimeExtension.objects.all()).values_list("attempt_id").annotate(ms=Sum("milliseconds"))),
        gaps=gaps,
        absences=absences,
    )


def _student(
    row: Enrollment, attempt: Attempt | None, own: AssignmentException | None, facts: _Facts, now: datetime
) -> RoomStudent:
    student = row.student
    return RoomStudent(
        id=student.pk,
        name=student.name,
        student_number=student.student_number,
        administrative_class=student.administrative_class,
        is_excused=own is not None and own.is_excused,
        extra_percent=own.extra_percent if own else 0,
        **(_nothing() if attempt is None else _sitting(attempt, facts, now)),
    )


def _nothing() -> dict[str, Any]:
    gone = dict.fromkeys(("attempt", "part", "part_ends_at", "ends_at", "last_saved_at", "seen_at", "away_since"))
    none = dict.fromkeys(("number", "answered", "of", "extended_minutes", "missed_audio_ms", "absences", "away_ms"), 0)
    return {**gone, **none, "standing": "not_here", "is_late_start": False}


def _sitting(attempt: Any, facts: _Facts, now: datetime) -> dict[str, Any]:
    sheet, elapsed, start = sheet_of(attempt), elapsed_ms(attempt, now), start_of(attempt)
    is_over = attempt.closed_at is not None or (elapsed is not None and clock.is_over(sheet, elapsed))
    part = None if is_over or elapsed is None else clock.open_part(sheet, elapsed)
    answers = facts.answers.get(attempt.pk, {})
    away = absences_of(attempt, facts.absences.get(attempt.pk, []))
    return {
        "standing": standing(
            is_begun=True, is_over=is_over, is_submitted=attempt.submitted_at is not None, seen_at=attempt.seen_at, now=now
        ),
        "attempt": attempt.pk,
        "number": attempt.number,
        "part": part.key if part else None,
        "part_ends_at": _at(start, part),
        "ends_at": None if start is None else start + sheet.end_ms * MILLISECOND,
        "answered": answers.get("answered", 0),
        "of": len(sheet.slots),
        "last_saved_at": answers.get("last"),
        "seen_at": attempt.seen_at,
        "is_late_start": attempt.is_late_start,
        "extended_minutes": facts.extensions.get(attempt.pk, 0) // MINUTE,
        "missed_audio_ms": missed_ms(facts.gaps.get(attempt.pk, [])),
        "away_since": next((absence.left_at for absence in away if absence.back_at is None), None),
        "absences": len(away),
        "away_ms": sum(((absence.back_at or now) - absence.left_at for absence in away), timedelta()) // MILLISECOND,
    }


def _at(start: datetime | None, part: Part | None) -> datetime | None:
    return None if start is None or part is None else start + part.end_ms * MILLISECOND


def absences_of(attempt: Attempt, rows: Sequence[Absence]) -> list[AbsenceOut]:
    """Who never came back was away until the end. Of an attempt that is due and not closed yet the beat sets it right."""
    return [
        AbsenceOut(left_at=row.left_at, back_at=attempt.closed_at if row.back_at is None else row.back_at)
        for row in rows
        if attempt.closed_at is None or row.left_at < attempt.closed_at
    ]
