"""A model's mark becomes the mark: only above the bar that a teacher has set, and never where a person has to look."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from siji.bank.content import content_of
from siji.courses.models import Assignment
from siji.practice.automarking.standing import standing_of
from siji.practice.models import Attempt, Engine, MachineMark, Mark, MarkerKind, ReleaseRule, Script, ScriptState
from siji.practice.records import record
from siji.practice.trust import rules
from siji.practice.trust.figures import Maker, agreement_of
from siji.practice.trust.rules import Bar
from siji.storage.prepared import Prepared


def standing_rule(course_id: int, slot: str, assignment_id: int | None = None) -> ReleaseRule | None:
    """The newest of the assignment, else of the course."""
    if assignment_id is None:
        return _rule.first("course", course=course_id, slot=slot)
    return _rule.first("assignment", course=course_id, slot=slot, assignment=assignment_id)


def _standing(shape: str, *, course: int, slot: str, assignment: int | None = None) -> QuerySet[ReleaseRule]:
    of_the_course = Q(assignment__isnull=True)
    whose = of_the_course if shape == "course" else of_the_course | Q(assignment=assignment)
    found = ReleaseRule.objects.filter(whose, course=course, slot=slot)
    return found.order_by(F("assignment").asc(nulls_last=True), "-pk")[:1]


_rule = Prepared(ReleaseRule, _standing, course=-1, slot="?", assignment=-2)


def bar_of(rule: ReleaseRule) -> Bar:
    return Bar(rule.least_within_one / 100, rule.least_kappa, rule.most_bias)


def release(script: Script, attempt: Attempt, row: MachineMark) -> Mark | None:
    """In the transaction in which ``row`` was kept, the attempt held for update. None where a person marks it."""
    assignment = attempt.assignment
    if assignment is None or row.engine != Engine.MODEL or row.value is None or script.state != ScriptState.WAITING:
        return None
    standing = standing_of(script)
    rubric_id = content_of(attempt.paper).items[script.slot].rubric_id
    if standing.doubts or standing.shown != row or rubric_id is None or not _is_trusted(row, assignment, script.slot):
        return None
    mark = Mark.objects.create(script=script, value=row.value, kind=MarkerKind.MODEL, machine=row, rubric_id=rubric_id)
    Script.objects.filter(pk=script.pk).update(state=ScriptState.MARKED)
    record(None, "script.released", attempt, script=script.pk, slot=script.slot, value=row.value, machine=row.pk)
    return mark


def _is_trusted(row: MachineMark, assignment: Assignment, slot: str) -> bool:
    rule = standing_rule(assignment.course_id, slot, assignment.pk)
    if rule is None or not rule.is_on:
        return False
    found = agreement_of(Maker.of(row), assignment.course_id, slot)
    return found is not None and rules.is_above(found, bar_of(rule))
