"""A course's results: who did what, and how the class did. A bounded number of queries at any size of class.

What counts for a student and an assignment is the latest closed attempt; where there is none yet, the cell shows the open one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import fmean
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper, FloatField, IntegerField, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from siji.accounts.auth import require_teacher
from siji.accounts.models import User
from siji.courses.models import Assignment, Course, Enrollment, Progress, ProgressStatus
from siji.practice.keys import assigned_slots, keyed_items, slots_by_section
from siji.practice.models import Attempt, Script, ScriptState
from siji.practice.schemas import CourseResults, ResultAssignment, ResultCell, ResultStudent, SectionMean, WrittenMark
from siji.practice.timing import database_now, moments_of
from siji.practice.views import state_of
from siji.problems import not_found
from siji.storage.cache.results import Timed
from siji.storage.moments import seconds_until_next
from siji.storage.pages import keyset_page

BINS = 10
IS_OPEN = ExpressionWrapper(Q(closed_at__isnull=True), BooleanField())


def course_results(*, course_id: int, reader: User, after: str | None, limit: int) -> Timed[CourseResults]:
    """Students by keyset; the assignments' figures over all active students. Raises Refusal: 403 for a student, 404 unseen."""
    require_teacher(reader)
    course = Course.objects.visible_to(reader).filter(pk=course_id).first()
    if course is None:
        raise not_found()
    assignments = list(Assignment.objects.filter(course=course).select_related("paper").order_by("pk"))
    active = Enrollment.objects.active().filter(course=course)
    page = keyset_page(active.select_related("student"), after=after, limit=limit, show=_itself, newest_first=False)
    now = database_now()
    latest = _latest(assignments, [row.student_id for row in page.items])
    cells = {(attempt.assignment_id or 0, attempt.student_id): _cell(attempt, now) for attempt in latest}
    found = CourseResults(
        course=course.pk,
        assignments=_figures(assignments, active),
        students=[_student(row, assignments, cells) for row in page.items],
        next=page.next,
    )
    return Timed(found, seconds_until_next((moment for one in latest for moment in moments_of(one)), at=now))


def _itself(row: Enrollment) -> Enrollment:
    return row


def _student(row: Enrollment, assignments: Sequence[Assignment], cells: Mapping[tuple[int, int], ResultCell]) -> ResultStudent:
    empty = {assignment.pk: _empty_cell(assignment) for assignment in assignments}
    return ResultStudent(
        id=row.student_id,
        name=row.student.name,
        student_number=row.student.student_number,
        administrative_class=row.student.administrative_class,
        progress=float(row.progress),
        cells=[cells.get((pk, row.student_id), blank) for pk, blank in empty.items()],
    )


def _empty_cell(assignment: Assignment) -> ResultCell:
    return ResultCell(assignment=assignment.pk, attempt=None, state=None, raw=None, raw_of=None, estimate=None, written=[])


def _latest(assignments: Sequence[Assignment], students: Sequence[int]) -> list[Any]:
    """The figures are cut out of the result by the database: a whole result is some kilobytes."""
    rows = latest_attempts(assignments, students).annotate(
        raw=Cast(KT("result__raw"), FloatField()),
        raw_of=Cast(KT("result__raw_of"), FloatField()),
        middle=Cast(KT("result__estimate__total__middle"), IntegerField()),
        by_section=KT("result__sections"),
    )
    return list(rows)


def latest_attempts(assignments: Sequence[Assignment] | Sequence[int], students: Sequence[int]) -> QuerySet[Any]:
    """One for each assignment and student: the latest closed one, else the open one. Without the results, which are large."""
    return (
        Attempt.objects.filter(assignment__in=assignments, student__in=students)
        .order_by("assignment_id", "student_id", IS_OPEN.asc(), "-number")
        .select_related("assignment")
        .distinct("assignment_id", "student_id")
        .defer("result")
    )


def _cell(attempt: Any, now: datetime) -> ResultCell:
    return ResultCell(
        assignment=attempt.assignment_id,
        attempt=attempt.pk,
        state=state_of(attempt, now),
        raw=attempt.raw,
        raw_of=attempt.raw_of,
        estimate=attempt.middle,
        written=written_marks(json.loads(attempt.by_section) if attempt.by_section else []),
    )


def written_marks(sections: Iterable[Mapping[str, Any]]) -> list[WrittenMark]:
    """Of a stored result: the marks that are there, an engine's where there is none yet."""
    found: list[WrittenMark] = []
    for section in sections:
        value = section["raw"] if section["raw"] is not None else section.get("provisional")
        if section["is_script"] and value is not None:
            is_provisional = section["raw"] is None
            found.append(
                WrittenMark(section=section["key"], value=value, by=section.get("by", ""), is_provisional=is_provisional)
            )
    return found


@dataclass(slots=True)
class _Sat:
    """The latest closed attempts at one assignment."""

    raws: list[float] = field(default_factory=list)
    bins: list[int] = field(default_factory=lambda: [0] * BINS)
    sections: dict[str, list[float]] = field(default_factory=dict)

    def add(self, raw: float, raw_of: float, sections: Iterable[Mapping[str, Any]]) -> None:
        self.raws.append(raw)
        if raw_of:
            self.bins[min(int(raw / raw_of * BINS), BINS - 1)] += 1
        for section in sections:
            if section["raw"] is not None:
                self.sections.setdefault(section["key"], []).append(100 * section["raw"] / section["raw_of"])


def _figures(assignments: Sequence[Assignment], active: QuerySet[Enrollment]) -> list[ResultAssignment]:
    students = active.values("student_id")
    sat = _sat(assignments, students)
    completed = _counted(
        Progress.objects.filter(assignment__in=assignments, student__in=students, status=ProgressStatus.COMPLETED),
        "assignment_id",
    )
    waiting = _counted(
        Script.objects.filter(attempt__assignment__in=assignments, attempt__closed_at__isnull=False, state=ScriptState.WAITING),
        "attempt__assignment_id",
    )
    size = active.count()
    return [_figure(a, sat.get(a.pk, _Sat()), completed.get(a.pk, 0), waiting.get(a.pk, 0), size) for a in assignments]


def _sat(assignments: Sequence[Assignment], students: QuerySet[Any, Any]) -> dict[int, _Sat]:
    rows = (
        Attempt.objects.latest_closed(assignments, students)
        .annotate(raw=Cast(KT("result__raw"), FloatField()), raw_of=Cast(KT("result__raw_of"), FloatField()))
        .values_list("assignment_id", "raw", "raw_of", "result__sections")
    )
    found: dict[int, _Sat] = {}
    for assignment_id, raw, raw_of, sections in rows:
        found.setdefault(assignment_id or 0, _Sat()).add(raw, raw_of, sections)
    return found


def _counted(rows: QuerySet[Any], field_name: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(field_name).annotate(rows=Count("pk")))


def _figure(assignment: Assignment, sat: _Sat, completed: int, waiting: int, students: int) -> ResultAssignment:
    sections = slots_by_section(assignment.paper)
    return ResultAssignment(
        id=assignment.pk,
        title=assignment.title,
        is_required=assignment.is_required,
        completed=completed,
        students=students,
        mean_raw=round(fmean(sat.raws), 2) if sat.raws else None,
        raw_of=sum(item.marks for item in keyed_items(assignment.paper, assigned_slots(assignment))),
        waiting_scripts=waiting,
        sections=[SectionMean(key=key, percent=round(fmean(sat.sections[key]), 1)) for key in sections if key in sat.sections],
        bins=sat.bins,
    )
