"""The teacher marks some scripts of the course blind; the page then says how far each engine agrees."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Case, IntegerField, OuterRef, QuerySet, Subquery, Value, When

from siji.accounts import audit
from siji.accounts.models import User
from siji.bank.content import content_of
from siji.bank.reading import Reveal, anchors_of, item_out, points_of, references_of, rubric_out
from siji.courses.models import Assignment, Course
from siji.language.calibration import Agreement
from siji.practice.models import AnchorMark, MachineMark, ReleaseRule, Script, ScriptState
from siji.practice.timing import database_now
from siji.practice.trust import rules
from siji.practice.trust.figures import Maker, agreements
from siji.practice.trust.releasing import bar_of, standing_rule
from siji.practice.trust.schemas import (
    AgreementOut,
    AnchorScriptOut,
    AnchorTask,
    CalibrationOut,
    IntervalOut,
    ReleaseRuleIn,
    ReleaseRuleOut,
    Slot,
)
from siji.problems import Refusal, not_found, refusal_on

CANDIDATES = 200


def draw_scripts(*, course: Course, slot: str, by: User) -> int:
    """As many more as there is room for, from every band by the machines' marks. How many were added.

    Raises Refusal 409 ``no_scripts`` where the course has none that could be added and none that was.
    """
    with transaction.atomic():
        Course.objects.select_for_update(no_key=True).get(pk=course.pk)
        have = AnchorMark.objects.filter(course=course, script__slot=slot).count()
        added = rules.spread(list(_candidates(course, slot)), max(rules.MOST - have, 0))
        if not added and not have:
            raise Refusal(
                "no_scripts",
                zh="这门课还没有交上来的作答。等学生交卷以后再来校准。",
                en="Nobody has handed in such a script in this course: calibrate once they have.",
            )
        AnchorMark.objects.bulk_create(AnchorMark(course=course, script=one, digest=one.digest) for one in added)
        if added:
            audit.record(actor=by, action="calibration.drawn", subject=f"course:{course.pk}", detail={"slot": slot})
    return len(added)


def _candidates(course: Course, slot: str) -> list[Script]:
    """The newest, those that nobody has marked first, in order of the machines' marks."""
    newest = MachineMark.objects.filter(script=OuterRef("pk"), value__isnull=False).order_by("-pk").values("value")[:1]
    is_marked = Case(When(state=ScriptState.MARKED, then=Value(1)), default=Value(0), output_field=IntegerField())
    rows = (
        Script.objects.filter(attempt__assignment__course=course, slot=slot, attempt__closed_at__isnull=False, anchor_mark=None)
        .exclude(text__regex=r"^\s*$")
        .annotate(guess=Subquery(newest), is_marked=is_marked)
        .order_by("is_marked", "-pk")[:CANDIDATES]
    )
    found = list(rows)
    unmarked = [one for one in found if one.state != ScriptState.MARKED]
    chosen = unmarked if len(unmarked) >= rules.LEAST else found
    return sorted(chosen, key=lambda one: (-1 if one.guess is None else one.guess, one.pk))  # type: ignore[attr-defined]  # annotated


def mark_blind(*, course: Course, slot: str, script_id: int, value: int, by: User) -> AnchorMark:
    """A later mark takes the place of the earlier. Raises Refusal (404) for a script that was not drawn."""
    with transaction.atomic():
        rows = AnchorMark.objects.select_for_update(of=("self",)).select_related("script")
        row = rows.filter(course=course, script=script_id, script__slot=slot).first()
        if row is None:
            raise not_found()
        row.value, row.by, row.at, row.digest = value, by, database_now(), row.script.digest
        row.save(update_fields=["value", "by", "at", "digest"])
        detail = {"script": script_id, "slot": slot, "value": value}
        audit.record(actor=by, action="calibration.marked", subject=f"course:{course.pk}", detail=detail)
    return row


def set_rule(*, course: Course, asked: ReleaseRuleIn, by: User) -> ReleaseRule:
    """From now on; what waits already stays with the teacher. Raises Refusal (422) for an assignment of another course."""
    if asked.assignment is not None and not Assignment.objects.filter(pk=asked.assignment, course=course).exists():
        raise refusal_on("assignment", "invalid", zh="不是这门课的任务。", en="Not an assignment of this course.")
    fields = asked.model_dump()
    with transaction.atomic():
        row = ReleaseRule.objects.create(course=course, by=by, assignment_id=fields.pop("assignment"), **fields)
        audit.record(actor=by, action="calibration.rule_set", subject=f"course:{course.pk}", detail=asked.model_dump())
    return row


def calibration_view(course: Course, slot: Slot) -> CalibrationOut:
    """What the engines say stays away until all drawn scripts are marked: a mark that was seen is no blind one."""
    rows = list(_rows(course, slot))
    marked = sum(row.value is not None for row in rows)
    rule = standing_rule(course.pk, slot)
    is_shown = bool(rows) and marked == len(rows)
    found = agreements(course.pk, slot) if is_shown else {}
    tasks = {row.script.attempt.paper_id: row.script for row in rows}
    return CalibrationOut(
        course=course.pk,
        course_name=course.name,
        slot=slot,
        least=rules.LEAST,
        most=rules.MOST,
        marked=marked,
        scripts=[_anchor(row) for row in rows],
        tasks=[_task(script, slot) for script in tasks.values()],
        agreements=[_agreement(maker, figures, rule) for maker, figures in found.items()],
        rule=None if rule is None else _rule(rule),
    )


def _rows(course: Course, slot: str) -> QuerySet[AnchorMark]:
    rows = AnchorMark.objects.filter(course=course, script__slot=slot)
    return rows.select_related("script__attempt__paper").defer("script__attempt__result", "script__attempt__sheet").order_by("pk")


def _anchor(row: AnchorMark) -> AnchorScriptOut:
    is_same = row.digest == row.script.digest
    return AnchorScriptOut(
        script=row.script_id,
        paper=row.script.attempt.paper_id,
        text=row.script.text,
        words=row.script.words,
        mark=row.value if is_same else None,
    )


def _task(script: Script, slot: str) -> AnchorTask:
    paper = script.attempt.paper
    item = content_of(paper).items[slot]
    rubric = rubric_out(item)
    if rubric is None:
        raise not_found()
    return AnchorTask(
        paper=paper.pk,
        task=item_out(paper, slot, reveal=Reveal.EXAM),
        points=points_of(item),
        references=references_of(paper).get(slot, []),
        rubric=rubric,
        anchors=anchors_of(item),
    )


def _agreement(maker: Maker, found: Agreement, rule: ReleaseRule | None) -> AgreementOut:
    return AgreementOut(
        engine="model" if maker.engine == "model" else "builtin",
        version=maker.version,
        model=maker.model,
        scripts=found.scripts,
        exact=found.exact,
        within_one=found.within_one,
        kappa=IntervalOut(value=found.kappa.value, low=found.kappa.low, high=found.kappa.high),
        bias=IntervalOut(value=found.bias.value, low=found.bias.low, high=found.bias.high),
        squeeze=found.squeeze,
        is_above=None if rule is None else rules.is_above(found, bar_of(rule)),
    )


def _rule(rule: ReleaseRule) -> ReleaseRuleOut:
    return ReleaseRuleOut(
        is_on=rule.is_on,
        least_within_one=rule.least_within_one,
        least_kappa=rule.least_kappa,
        most_bias=rule.most_bias,
        by=rule.by.name,
        at=rule.at,
    )
