"""A whole course: how it moves from assignment to assignment, what it can do, and the items it fails at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from statistics import fmean
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Length, Trim, Upper

from siji.accounts.auth import require_teacher
from siji.accounts.models import User
from siji.courses.models import Assignment, Course, Enrollment
from siji.practice.analysis import rules
from siji.practice.analysis.reading import percent_of, section_figures, skill_figures, spread_out, trap_name
from siji.practice.analysis.schemas import CourseAnalysis, CoursePoint, WeakItem, WrongChoice
from siji.practice.keys import assigned_slots, keyed_items
from siji.practice.models import Answer, Attempt, LateAcceptance, LateAnswer
from siji.practice.scoring import Keyed
from siji.problems import not_found

WEAKEST = 12
FEWEST_TO_RANK = 5
LONGEST_LETTER = 8
"""What is longer is no letter and not worth counting."""

Letters = Mapping[tuple[int, str], Mapping[str, int]]
"""(assignment, slot) → letter → how many."""


def course_analysis(*, course_id: int, reader: User) -> CourseAnalysis:
    """Raises Refusal: 403 for a student, 404 unseen."""
    require_teacher(reader)
    course = Course.objects.visible_to(reader).filter(pk=course_id).first()
    if course is None:
        raise not_found()
    assignments = list(Assignment.objects.filter(course=course).select_related("paper").order_by("pk"))
    active = Enrollment.objects.active().filter(course=course)
    attempts = list(Attempt.objects.latest_closed(assignments, active.values("student_id")).defer("sheet", "sections"))
    by_assignment = _grouped(attempts)
    sat = {key: len(own) for key, own in by_assignment.items()}
    results = [attempt.result for attempt in attempts]
    return CourseAnalysis(
        course=course.pk,
        name=course.name,
        students=active.count(),
        trend=[point for row in assignments if (point := _point(row, by_assignment.get(row.pk, [])))],
        spread=spread_out(_means(attempts)),
        sections=section_figures(results),
        skills=skill_figures(assignments[-1], _shares(results)) if assignments else [],
        weakest=_weakest(assignments, sat, _letters([attempt.pk for attempt in attempts])),
    )


def _grouped(attempts: Iterable[Attempt]) -> dict[int, list[Attempt]]:
    found: dict[int, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        found[attempt.assignment_id or 0].append(attempt)
    return found


def _point(assignment: Assignment, attempts: Sequence[Attempt]) -> CoursePoint | None:
    percents = [percent for attempt in attempts if (percent := percent_of(attempt.result)) is not None]
    if not percents:
        return None
    return CoursePoint(assignment=assignment.pk, title=assignment.title, percent=round(fmean(percents), 1), sat=len(attempts))


def _means(attempts: Iterable[Attempt]) -> list[float]:
    """Each student's own mean over what they have done."""
    found: dict[int, list[float]] = defaultdict(list)
    for attempt in attempts:
        percent = percent_of(attempt.result)
        if percent is not None:
            found[attempt.student_id].append(percent)
    return [fmean(percents) for percents in found.values()]


def _shares(results: Iterable[dict[str, Any]]) -> dict[str, rules.Share]:
    right: dict[str, int] = defaultdict(int)
    asked: dict[str, int] = defaultdict(int)
    for result in results:
        for skill, tally in result["skills"].items():
            right[skill] += tally["correct"]
            asked[skill] += tally["items"]
    return {skill: rules.Share(right[skill], asked[skill]) for skill in sorted(asked)}


def _letters(attempts: Collection[UUID]) -> Letters:
    """Counted by the database: what counts is on time, or the late value whose acceptance stands."""
    standing = LateAcceptance.objects.filter(attempt__in=attempts, withdrawn_at__isnull=True)
    replaced = standing.filter(attempt=OuterRef("attempt"), slot=OuterRef("slot"))
    on_time = Answer.objects.filter(~Exists(replaced), attempt__in=attempts)
    accepted = LateAnswer.objects.filter(pk__in=standing.values("late"))
    found: dict[tuple[int, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for rows in (on_time, accepted):
        for assignment, slot, letter, count in _counted(rows):
            found[assignment, slot][letter] += count
    return found


def _counted(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    letter = Upper(Trim("value"), output_field=CharField())
    short = rows.annotate(size=Length("value")).filter(size__lte=LONGEST_LETTER)
    lettered = short.annotate(letter=letter).order_by()
    counted: QuerySet[Any, Any] = lettered.values_list("attempt__assignment", "slot", "letter").annotate(n=Count("pk"))
    return counted


def _weakest(assignments: Sequence[Assignment], sat: Mapping[int, int], letters: Letters) -> list[WeakItem]:
    rows = [
        _weak_item(assignment, item, sat[assignment.pk], letters.get((assignment.pk, item.slot), {}))
        for assignment in assignments
        if sat.get(assignment.pk, 0) >= FEWEST_TO_RANK
        for item in keyed_items(assignment.paper, assigned_slots(assignment))
        if item.key is not None
    ]
    return sorted(rows, key=lambda row: row.facility)[:WEAKEST]


def _weak_item(assignment: Assignment, item: Keyed, sat: int, letters: Mapping[str, int]) -> WeakItem:
    wrong = sorted((-count, letter) for letter, count in letters.items() if letter and letter != item.key)
    top = None
    if wrong:
        count, letter = -wrong[0][0], wrong[0][1]
        top = WrongChoice(letter=letter, count=count, trap=trap_name(item.traps.get(letter), assignment))
    return WeakItem(
        assignment=assignment.pk,
        title=assignment.title,
        slot=item.slot,
        section=item.section,  # type: ignore[arg-type]  # the paper's
        students=sat,
        facility=round(letters.get(item.key or "", 0) / sat, 3),
        top_wrong=top,
    )
