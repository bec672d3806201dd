"""A model's mark becomes the mark: only above the bar that a teacher has set, and never where a person has to look."""

from __future__ import annotations

from siji.bank.content import content_of
from siji.courses.models import Assignment
from siji.practice.automarking.standing import standing_of
from siji.practice.models import Attempt, Engine, MachineMark, Mark, MarkerKind, ReleaseRule, Script, ScriptState
from siji.practice.records import record
from siji.practice.trust import rules
from siji.practice.trust.figures import Maker, agreement_of
from siji.practice.trust.rules import Bar


def standing_rule(course_id: int, slot: str, assignment_id: int | None = None) -> ReleaseRule | None:
    """The newest of the assignment, else of the course."""
    mine = ReleaseRule.objects.filter(course=course_id, slot=slot).order_by("-pk")
    own = mine.filter(assignment=assignment_id).first() if assignment_id is not None else None
    return own or mine.filter(assignment__isnull=True).first()


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
