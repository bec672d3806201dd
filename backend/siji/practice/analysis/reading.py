"""How a class did: gathers what counts in a bounded number of queries and lets the pure rules say what it means.

What counts is the latest closed attempt of each active student. Of a single assignment every answer is read (200 students: some
11,000 short rows); of a course the database counts the letters, since only the weakest items are shown.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from siji.accounts.auth import require_teacher
from siji.accounts.models import User
from siji.bank.content import content_of
from siji.courses.models import Assignment, Enrollment
from siji.practice.analysis import rules
from siji.practice.analysis.schemas import (
    Analysed,
    AssignmentAnalysis,
    ItemRow,
    SectionFigures,
    SkillFigures,
    SpreadOut,
    WrongChoice,
)
from siji.practice.keys import assigned_slots, keyed_items
from siji.practice.models import Answer, Attempt, LateAcceptance, Script, ScriptState
from siji.practice.scoring import Keyed
from siji.problems import Words, not_found

NO_INDEX = Words(
    zh="只有 {count} 人完成。少于 10 人时不计算区分度，答对率也只供参考。",
    en="Only {count} sat it. Below 10 no discrimination is worked out, and facility is a hint at most.",
)
FEW = Words(
    zh="只有 {count} 人完成。少于 30 人时区分度容易受个别人影响，请结合题目来看，不要只凭数字判断。",
    en="{count} sat it. Below 30 discrimination is easily swayed by a few people: read it beside the item, not by itself.",
)


@dataclass(frozen=True, slots=True)
class Sitters:
    """The attempts that count for an assignment, with what their students answered to items that have a key."""

    attempts: Sequence[Attempt]
    items: Sequence[Keyed]
    sheets: Sequence[rules.Sheet]
    """One for each attempt, in the same order."""


def seen_assignment(assignment_id: int, reader: User) -> Assignment:
    """Raises Refusal: 403 for a student, 404 for what this teacher may not see."""
    require_teacher(reader)
    seen = Assignment.objects.visible_to(reader).select_related("course", "paper__audio")
    assignment = seen.filter(pk=assignment_id).first()
    if assignment is None:
        raise not_found()
    return assignment


def assignment_analysis(assignment: Assignment) -> AssignmentAnalysis:
    active = Enrollment.objects.active().filter(course=assignment.course_id)
    sitters = sitters_of(assignment, active.values("student_id"))
    waiting = Script.objects.filter(attempt__in=[a.pk for a in sitters.attempts], state=ScriptState.WAITING)
    results = [attempt.result for attempt in sitters.attempts]
    return AssignmentAnalysis(
        about=analysed(assignment),
        students=active.count(),
        sat=len(sitters.attempts),
        waiting_scripts=waiting.count(),
        caution=caution(len(sitters.attempts)),
        spread=spread_out([percent for result in results if (percent := percent_of(result)) is not None]),
        sections=section_figures(results),
        skills=skill_figures(assignment, rules.skill_shares(sitters.items, sitters.sheets)),
        items=item_rows(assignment, sitters),
    )


def sitters_of(assignment: Assignment, students: QuerySet[Any, Any]) -> Sitters:
    items = keyed_items(assignment.paper, assigned_slots(assignment))
    attempts = list(Attempt.objects.latest_closed([assignment], students).select_related("student"))
    slots = [item.slot for item in items if item.key is not None]
    given = answers_of([attempt.pk for attempt in attempts], slots)
    return Sitters(attempts, items, [given.get(attempt.pk, {}) for attempt in attempts])


def answers_of(attempts: Collection[UUID], slots: Collection[str]) -> dict[UUID, dict[str, str]]:
    """What counts, as ``scores.counted_answers`` has it for one: on time, or the late one whose acceptance stands."""
    found: dict[UUID, dict[str, str]] = {}
    standing = LateAcceptance.objects.filter(withdrawn_at__isnull=True).annotate(value=F("late__value"))
    for rows in (Answer.objects.all(), standing):
        given = rows.filter(attempt__in=attempts, slot__in=slots).values_list("attempt_id", "slot", "value")
        for attempt_id, slot, value in given.iterator():
            found.setdefault(attempt_id, {})[slot] = value
    return found


def analysed(assignment: Assignment) -> Analysed:
    return Analysed(
        assignment=assignment.pk,
        title=assignment.title,
        course=assignment.course_id,
        course_name=assignment.course.name,
        paper=assignment.paper_id,
        paper_title=Words(zh=assignment.paper.title_zh, en=assignment.paper.title_en),
        mode=assignment.mode,  # type: ignore[arg-type]  # a choice of the column
    )


def caution(sat: int) -> Words | None:
    if sat == 0 or sat >= rules.ENOUGH:
        return None
    words = NO_INDEX if sat < rules.FEWEST else FEW
    return Words(zh=words.zh.format(count=sat), en=words.en.format(count=sat))


def percent_of(result: dict[str, Any]) -> float | None:
    """None while nothing of it is marked."""
    return 100 * result["raw"] / result["raw_of"] if result["raw_of"] else None


def spread_out(percents: Sequence[float]) -> SpreadOut:
    spread = rules.spread_of(percents)
    return SpreadOut(
        students=spread.students,
        mean=_rounded(spread.mean),
        median=_rounded(spread.median),
        deviation=_rounded(spread.deviation),
        lowest=_rounded(spread.lowest),
        highest=_rounded(spread.highest),
        bins=list(spread.bins),
    )


def _rounded(value: float | None, digits: int = 1) -> float | None:
    return None if value is None else round(value, digits)


@dataclass(slots=True)
class _Sum:
    raw: float = 0.0
    raw_of: float = 0.0
    students: int = 0


def section_figures(results: Sequence[dict[str, Any]]) -> list[SectionFigures]:
    """In the order of the paper, which is the order in which a result names them; a section nobody's mark is in is left out."""
    sums: dict[str, _Sum] = {}
    for result in results:
        for section in result["sections"]:
            one = sums.setdefault(section["key"], _Sum())
            if section["raw"] is not None:
                one.raw, one.raw_of, one.students = one.raw + section["raw"], one.raw_of + section["raw_of"], one.students + 1
    return [
        SectionFigures(
            key=key,  # type: ignore[arg-type]  # a result's sections are the paper's
            percent=round(100 * one.raw / one.raw_of, 1),
            mean_raw=round(one.raw / one.students, 2),
            raw_of=round(one.raw_of / one.students, 2),
            students=one.students,
        )
        for key, one in sums.items()
        if one.raw_of
    ]


def skill_figures(assignment: Assignment, shares: dict[str, rules.Share]) -> list[SkillFigures]:
    names = content_of(assignment.paper).skills
    return [
        SkillFigures(
            skill=skill,
            name=names.get(skill, Words(zh=skill, en=skill)),
            correct=share.correct,
            answers=share.answers,
            percent=round(share.percent, 1),
        )
        for skill, share in shares.items()
        if share.answers
    ]


def item_rows(assignment: Assignment, sitters: Sitters) -> list[ItemRow]:
    return [item_row(figures, assignment) for figures in rules.item_figures(sitters.items, sitters.sheets)]


def item_row(figures: rules.ItemFigures, assignment: Assignment) -> ItemRow:
    return ItemRow(
        slot=figures.slot,
        section=figures.section,  # type: ignore[arg-type]  # the paper's
        students=figures.students,
        correct=figures.correct,
        blank=sum(choice.count for choice in figures.choices if not choice.letter),
        facility=round(figures.facility, 3),
        discrimination=_rounded(figures.discrimination, 3),
        point_biserial=_rounded(figures.point_biserial, 3),
        top_wrong=wrong_choice(figures.top_wrong, assignment),
        flags=list(figures.flags),
    )


def wrong_choice(choice: rules.Choice | None, assignment: Assignment) -> WrongChoice | None:
    if choice is None:
        return None
    return WrongChoice(letter=choice.letter, count=choice.count, trap=trap_name(choice.trap, assignment))


def trap_name(trap: str | None, assignment: Assignment) -> Words | None:
    return None if trap is None else content_of(assignment.paper).traps.get(trap, Words(zh=trap, en=trap))
