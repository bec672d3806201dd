"""A run into its course: a unit for each session, a paper and an assignment for its approved questions. One transaction, no AI.

The bank's questions go into the paper as they are; what was made becomes items of the bank with the run as their provenance. Such
a paper is no whole examination: its blueprint holds the sections that it has, and only the assignment leads to it.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from siji.accounts import audit
from siji.accounts.models import User
from siji.bank.audio.actions import ensure_audio
from siji.bank.facts import BlueprintBody
from siji.bank.models import Blueprint, Clock, Item, NormTable, Paper, PaperItem, Passage, Rubric
from siji.courses.assigning import assign_paper
from siji.courses.models import Assignment, AssignmentMode, Course
from siji.problems import Refusal, Words
from siji.storage.streams import publish
from siji.teaching.models import Run, RunStage, RunState, StageState, Unit
from siji.teaching.runs.bodies import Analysis, Criteria, Plan, Question, Questions, Session
from siji.teaching.runs.builtin.plan import AREA_NAMES
from siji.teaching.runs.context import bodies_of
from siji.teaching.runs.schemas import CourseUnit, UnitOut, UnitPart
from siji.teaching.runs.work import topic_of

MADE_SECTION, MADE_KIND = "reading-c", "careful_reading"
RUBRIC_OF = {"essay": "cet4-writing", "translation": "cet4-translation"}


def units_of(run: Run) -> list[UnitOut]:
    return [UnitOut(**_unit(unit)) for unit in Unit.objects.filter(run=run).prefetch_related("assignments").order_by("number")]


def units_of_course(course: Course, reader: User) -> list[CourseUnit]:
    """Of every run that was published into it, in the order of their publication. A course keeps so many runs, each so many
    sessions (``actions.MOST``)."""
    mine = Unit.objects.visible_to(reader).filter(course=course).prefetch_related("assignments")
    return [CourseUnit(id=unit.pk, parts=_parts(unit), **_unit(unit)) for unit in mine.order_by("run_id", "number")]


def _unit(unit: Unit) -> dict[str, Any]:
    return {
        "number": unit.number,
        "title": unit.title,
        "hours": float(unit.hours),
        "held_on": unit.held_on,
        "assignments": [assignment.pk for assignment in unit.assignments.all()],
    }


def _parts(unit: Unit) -> list[UnitPart]:
    return [UnitPart(activity=Words(**row["activity"]), hours=row["hours"]) for row in unit.body.get("rows", [])]


def publish_run(*, by: User, run: Run) -> None:
    """Raises Refusal (409): ``not_approved``, ``over``, ``no_bank``. A run that is published stays as it is."""
    with transaction.atomic():
        held = Run.objects.select_for_update(no_key=True).get(pk=run.pk)
        if held.state == RunState.PUBLISHED:
            return
        if held.state == RunState.STOPPED:
            raise Refusal("over", zh="这次备课已经停止，不能发布。", en="This run was stopped and cannot be published.")
        _refuse_unapproved(held)
        writer = _Writer(by, held)
        for session in writer.plan.sessions:
            writer.write(session)
        Run.objects.filter(pk=held.pk).update(state=RunState.PUBLISHED, ended_at=Now())
        audit.record(actor=by, action="run.published", subject=f"course:{held.course_id}", detail={"run": held.pk})
        publish(topic_of(held.pk))


def _refuse_unapproved(run: Run) -> None:
    if RunStage.objects.filter(run=run).exclude(state=StageState.APPROVED).exists():
        raise Refusal(
            "not_approved",
            zh="还有步骤没有通过，全部通过后才能发布。",
            en="Some stages are not approved yet: approve all of them first.",
        )


class _Writer:
    def __init__(self, by: User, run: Run) -> None:
        bodies = bodies_of(run)
        analysis, plan, questions, criteria = (bodies[name] for name in ("analysis", "plan", "questions", "criteria"))
        assert isinstance(analysis, Analysis)
        assert isinstance(plan, Plan)
        assert isinstance(questions, Questions)
        assert isinstance(criteria, Criteria)
        self.plan = plan
        self._by, self._run, self._criteria = by, run, criteria
        self._objectives = analysis.objectives
        self._points = {point.key: point for point in analysis.all_points()}
        self._questions: dict[str, list[Question]] = defaultdict(list)
        for one in questions.questions:
            if one.state == "approved":
                self._questions[one.plan_row].append(one)
        self._rubrics = {row.key: row for row in Rubric.objects.order_by("version")}
        self._items = Item.objects.in_bulk([one.item for ones in self._questions.values() for one in ones if one.item])

    def write(self, session: Session) -> None:
        points = [self._points[key] for row in session.rows for key in row.points if key in self._points]
        titles = list(dict.fromkeys(point.title for point in points))
        areas = {point.area for point in points}
        served = {one.key for one in self._objectives if one.area in areas}
        unit = Unit.objects.create(
            course_id=self._run.course_id,
            run=self._run,
            number=session.number,
            title="、".join(titles)[:200] or f"第 {session.number} 次课",
            hours=session.hours,
            held_on=session.date,
            body={
                "rows": [row.model_dump(mode="json") for row in session.rows],
                "criteria": [one.model_dump(mode="json") for one in self._criteria.criteria if one.objective in served],
            },
        )
        asked = [one for row in session.rows for one in self._questions[row.key]]
        if asked:
            unit.assignments.add(self._assignment(unit, asked))

    def _assignment(self, unit: Unit, asked: Sequence[Question]) -> Assignment:
        paper = self._paper(unit, asked)
        opens_at = timezone.make_aware(datetime.combine(unit.held_on, time.min)) if unit.held_on else None
        fields = {
            "title": f"第 {unit.number} 次课练习：{unit.title}"[:120],
            "mode": AssignmentMode.PRACTICE,
            "opens_at": opens_at,
        }
        return assign_paper(by=self._by, course=self._run.course, paper=paper, fields=fields)

    def _paper(self, unit: Unit, asked: Sequence[Question]) -> Paper:
        whole = self._whole_blueprint()
        places = self._places(unit, asked)
        name = f"run-{self._run.pk}-unit-{unit.number}"
        paper = Paper.objects.create(
            slug=name,
            version=1,
            title_zh=f"第 {unit.number} 次课练习",
            title_en=f"Practice of session {unit.number}",
            blueprint=self._blueprint(name, whole, places),
            clock=Clock.objects.latest("version"),
            norm=NormTable.objects.latest("version"),
            provenance={"origin": "run", "run": self._run.pk},
            fingerprint=_digest([[one.slot, one.item_id] for one in places]),
            is_published=False,
        )
        for position, place in enumerate(places):
            place.paper, place.position = paper, position
        PaperItem.objects.bulk_create(places)
        ensure_audio(paper=paper)
        return paper

    def _places(self, unit: Unit, asked: Sequence[Question]) -> list[PaperItem]:
        """In the order of the examination's sections."""
        order: list[str] = [section.key for section in self._whole_blueprint().sections]
        items = [self._items[one.item] if one.item else self._made(unit, one) for one in asked]
        items.sort(key=lambda item: order.index(item.cell))
        return [
            PaperItem(slot=str(number), section=item.cell, item=item, rubric=self._rubrics.get(RUBRIC_OF.get(item.kind, "")))
            for number, item in enumerate(items, 1)
        ]

    def _made(self, unit: Unit, one: Question) -> Item:
        """As reading with choices; a question that needs no text is asked of its own stem."""
        lineage, provenance = (
            f"run-{self._run.pk}/{one.key}",
            {"origin": one.source, "run": self._run.pk, "blind": one.blind.state},
        )
        title = {"zh": one.text_title or AREA_NAMES["vocabulary"].zh, "en": one.text_title or AREA_NAMES["vocabulary"].en}
        paragraphs = [line for line in (one.text or one.stem).splitlines() if line.strip()]
        passage = Passage.objects.create(
            lineage=lineage,
            version=1,
            kind="reading",
            body={"kind": "reading", "title": title, "topic": "course", "paragraphs": paragraphs},
            provenance=provenance,
            fingerprint=_digest([title, paragraphs]),
        )
        body = {
            "kind": MADE_KIND,
            "question": one.stem,
            "choices": one.choices,
            "key": one.answer,
            "proof": one.proof or paragraphs[0],
            "explanation": one.explanation.model_dump(),
        }
        return Item.objects.create(
            lineage=lineage,
            version=1,
            kind=MADE_KIND,
            passage=passage,
            body=body,
            cell=MADE_SECTION,
            provenance=provenance,
            fingerprint=_digest(body),
        )

    def _whole_blueprint(self) -> BlueprintBody:
        row = Blueprint.objects.exclude(key__startswith="run-").order_by("key", "-version").first()
        if row is None:
            raise Refusal(
                "no_bank", zh="题库还没有装载，不能发布。请联系管理员。", en="The bank has not been loaded: ask an administrator."
            )
        return BlueprintBody.model_validate(row.body)

    def _blueprint(self, name: str, whole: BlueprintBody, places: Sequence[PaperItem]) -> Blueprint:
        slots: dict[str, list[str]] = defaultdict(list)
        for place in places:
            slots[place.section].append(place.slot)
        sections = [one.model_copy(update={"slots": slots[one.key], "groups": []}) for one in whole.sections if one.key in slots]
        parts = [part.model_copy(update={"sections": [key for key in part.sections if key in slots]}) for part in whole.parts]
        body = whole.model_copy(
            update={
                "key": name,
                "version": 1,
                "sections": sections,
                "parts": parts,
                "items": len(places),
                "raw_marks": sum(len(one.slots) * one.marks_each for one in sections),
            }
        )
        return Blueprint.objects.create(key=name, version=1, body=body.model_dump(mode="json"), source=f"run {self._run.pk}")


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
