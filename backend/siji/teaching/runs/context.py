"""What a stage is worked out from, read once when its round begins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from siji.courses.models import Assignment, Enrollment
from siji.jobs.work import Permanent
from siji.practice.analysis.reading import section_figures
from siji.practice.models import Attempt
from siji.problems import Words
from siji.teaching.documents.blocks import Document
from siji.teaching.models import Draft, Run, RunStage, StageRound
from siji.teaching.runs.bodies import BODIES, Analysis, Area, Body, Criteria, Plan, Questions

if TYPE_CHECKING:
    from siji.accounts.models import User

AREA_OF_SECTION: dict[str, Area] = {
    "writing": "writing",
    "translation": "translation",
    **dict.fromkeys(("listening-a", "listening-b", "listening-c"), "listening"),
    **dict.fromkeys(("reading-a", "reading-b", "reading-c"), "reading"),
}


@dataclass(frozen=True, slots=True)
class Context:
    """``done``: the newest drafts of the stages before. ``before``: what this stage made last, a teacher's edit included.

    ``right``: per cent of what the class got right, by area; empty where nothing is known yet.
    """

    run: int
    course: int
    by: User
    document: Document
    hours: int
    session_hours: int
    starts_on: date | None
    weekdays: tuple[int, ...]
    note: str
    job: int | None = None
    done: Mapping[str, Body] = field(default_factory=dict)
    before: Body | None = None
    right: Mapping[Area, float] = field(default_factory=dict)

    @property
    def analysis(self) -> Analysis:
        body = self.done["analysis"]
        assert isinstance(body, Analysis)
        return body

    @property
    def plan(self) -> Plan:
        body = self.done["plan"]
        assert isinstance(body, Plan)
        return body

    @property
    def plan_before(self) -> Plan | None:
        return self.before if isinstance(self.before, Plan) else None

    @property
    def questions_before(self) -> Questions | None:
        return self.before if isinstance(self.before, Questions) else None


@dataclass(frozen=True, slots=True)
class Bill:
    """What a round cost; ``prompt``: the label of the file it was asked with."""

    prompt: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    cost: int = 0

    def __add__(self, other: Bill) -> Bill:
        return Bill(
            self.prompt or other.prompt,
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
            self.cost + other.cost,
        )


@dataclass(frozen=True, slots=True)
class Made:
    """``unsupported``: claims that were dropped, since the syllabus does not say them."""

    body: Body
    changed: Words
    engine: str = "builtin"
    bill: Bill = Bill()
    unsupported: int = 0


def context_of(run: Run, stage: RunStage, *, job: int | None = None) -> Context:
    """Raises Permanent where the syllabus has no text."""
    if run.syllabus.document is None:
        raise Permanent("这份大纲还没有读完，或者读不了。 · The syllabus has not been read, or could not be.")
    return Context(
        run=run.pk,
        course=run.course_id,
        by=run.by,
        document=Document.parsed(run.syllabus.document),
        hours=run.hours,
        session_hours=run.session_hours,
        starts_on=run.starts_on,
        weekdays=tuple(run.weekdays),
        note=stage.note,
        job=job,
        done=bodies_of(run),
        before=_before(stage),
        right=right_by_area(run) if stage.name == "plan" else {},
    )


def bodies_of(run: Run) -> dict[str, Body]:
    """The newest draft of each stage that has one."""
    newest = Draft.objects.filter(stage__run=run).select_related("stage").order_by("stage", "-version").distinct("stage")
    return {draft.stage.name: BODIES[draft.stage.name].model_validate(draft.body) for draft in newest}


def _before(stage: RunStage) -> Body | None:
    """The last round of this turn, else the newest draft of the turns before."""
    kept = StageRound.objects.filter(stage=stage, turn=stage.turn).order_by("-number").first()
    found = kept or Draft.objects.filter(stage=stage).order_by("-version").first()
    return BODIES[stage.name].model_validate(found.body) if found else None


def right_by_area(run: Run) -> dict[Area, float]:
    """Of the latest closed attempt of each active student at each assignment of the course."""
    assignments = list(Assignment.objects.filter(course=run.course_id).order_by("pk"))
    students = Enrollment.objects.active().filter(course=run.course_id).values("student_id")
    results = [attempt.result for attempt in Attempt.objects.latest_closed(assignments, students).defer("sheet", "sections")]
    found: dict[Area, list[float]] = defaultdict(list)
    for figures in section_figures(results):
        found[AREA_OF_SECTION[figures.key]].append(figures.percent)
    return {area: sum(percents) / len(percents) for area, percents in found.items()}


def criteria_of(bodies: Mapping[str, Body]) -> Criteria | None:
    body = bodies.get("criteria")
    return body if isinstance(body, Criteria) else None
