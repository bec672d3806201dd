"""What the interface says of runs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from siji.problems import Words
from siji.schema import Schema
from siji.teaching.models import Draft, Run, RunStage, StageRound
from siji.teaching.runs.bodies import Analysis, Criteria, Measure, Plan, Questions
from siji.teaching.runs.stages import EngineName, StageName, Stopped

RunStateName = Literal["running", "review", "failed", "published", "stopped"]
StageStateName = Literal["waiting", "running", "review", "approved", "returned", "failed"]
Weekday = Annotated[int, Field(ge=0, le=6)]


class RunIn(Schema):
    syllabus: int
    hours: Annotated[int, Field(ge=2, le=200)]
    session_hours: Literal[2, 4]
    starts_on: date | None = None
    weekdays: Annotated[list[Weekday], Field(max_length=7)] = []
    """0 is Monday; empty: once a week on the weekday of ``starts_on``."""
    engine: EngineName = "builtin"


class RunSyllabus(Schema):
    id: int
    title: str
    edition: int


class RunSettings(Schema):
    hours: int
    session_hours: int
    starts_on: date | None
    weekdays: list[int]


class RunLine(Schema):
    id: int
    course: int
    syllabus: RunSyllabus
    stage: StageName
    state: RunStateName
    engine: EngineName
    started_at: datetime

    @classmethod
    def of(cls, run: Run) -> RunLine:
        return cls(
            id=run.pk,
            course=run.course_id,
            syllabus=_syllabus(run),
            stage=run.stage,  # type: ignore[arg-type]  # a name of the table
            state=run.state,  # type: ignore[arg-type]  # its choices
            engine=run.engine,  # type: ignore[arg-type]  # validated when it began
            started_at=run.started_at,
        )


class RoundOut(Schema):
    number: int
    turn: int
    """Of the stage; rises each time it is sent back."""
    engine: EngineName
    measures: list[Measure]
    quality: float
    tokens_in: int
    tokens_out: int
    cost: int
    """Micro-yuan."""
    milliseconds: int
    changed: Words
    prompt: str
    started_at: datetime
    ended_at: datetime

    @classmethod
    def of(cls, one: StageRound) -> RoundOut:
        return cls.model_validate(one, from_attributes=True)


class DraftLine(Schema):
    id: int
    version: int
    by: Literal["engine", "teacher"]
    at: datetime

    @classmethod
    def of(cls, draft: Draft) -> DraftLine:
        return cls(id=draft.pk, version=draft.version, by="teacher" if draft.author_id else "engine", at=draft.at)


class StageOut(Schema):
    name: StageName
    state: StageStateName
    turn: int
    job: int | None
    stopped: Stopped | None
    note: str
    draft: DraftLine | None
    rounds: list[RoundOut]

    @classmethod
    def of(cls, stage: RunStage) -> StageOut:
        drafts = list(stage.drafts.all())
        return cls(
            name=stage.name,  # type: ignore[arg-type]  # a name of the table
            state=stage.state,  # type: ignore[arg-type]  # its choices
            turn=stage.turn,
            job=stage.job_id,
            stopped=stage.stopped or None,  # type: ignore[arg-type]  # one of the reasons
            note=stage.note,
            draft=DraftLine.of(drafts[-1]) if drafts else None,
            rounds=[RoundOut.of(one) for one in stage.rounds.all()],
        )


class RunOut(RunLine):
    settings: RunSettings
    job: int | None
    """Of the present stage."""
    error: str
    ended_at: datetime | None
    stages: list[StageOut]

    @classmethod
    def of(cls, run: Run) -> RunOut:
        """Of a run that came ``with_stages``."""
        stages = [StageOut.of(stage) for stage in run.stages.all()]
        now = next(stage for stage in stages if stage.name == run.stage)
        return cls(
            **RunLine.of(run).model_dump(),
            settings=RunSettings.model_validate(run, from_attributes=True),
            job=now.job,
            error=run.error,
            ended_at=run.ended_at,
            stages=stages,
        )


def _syllabus(run: Run) -> RunSyllabus:
    return RunSyllabus(id=run.syllabus_id, title=run.syllabus.title, edition=run.syllabus.edition)


class AnalysisOut(Analysis):
    draft: DraftLine


class PlanOut(Plan):
    draft: DraftLine


class QuestionsOut(Questions):
    draft: DraftLine


class CriteriaOut(Criteria):
    draft: DraftLine


class Based(Schema):
    base: int
    """The version that was changed; 409 ``stale`` where there is a newer one."""


class AnalysisIn(Based, Analysis):
    pass


class PlanIn(Based, Plan):
    pass


class QuestionsIn(Based, Questions):
    pass


class CriteriaIn(Based, Criteria):
    pass


class SolutionIn(Based):
    """The plan as it stands on the page: its locked rows keep session and hours, all else is worked out again."""

    plan: Plan


class QuestionDecisions(Based):
    keys: Annotated[list[str], Field(min_length=1, max_length=400)]
    state: Literal["waiting", "approved", "refused"]


class ApprovalIn(Schema):
    draft: int
    """Its id: what was seen is what is approved; 409 ``stale`` where there is a newer one."""


class ReturnIn(Schema):
    note: Annotated[str, Field(min_length=1, max_length=2000)]


class UnitOut(Schema):
    number: int
    title: str
    hours: float
    held_on: date | None
    assignments: list[int]


class UnitPart(Schema):
    """What is done in a part of a session, and for how long."""

    activity: Words
    hours: float


class CourseUnit(UnitOut):
    """As students see it: neither reasons nor keys of the plan."""

    id: int
    parts: list[UnitPart]


class Published(Schema):
    units: list[UnitOut]


class Trace(Schema):
    """A passage of the syllabus and all that points to it, by key."""

    page: int
    start: int
    end: int
    quote: str
    objectives: list[str]
    points: list[str]
    rows: list[str]
    questions: list[str]
    criteria: list[str]
    """Keys of criteria lines."""


class UncoveredOut(Schema):
    page: int
    start: int
    end: int
    quote: str


class LostOut(Schema):
    """A passage that the newest edition does not have any more."""

    quote: str
    points: list[str]
    objectives: list[str]


class TraceOut(Schema):
    passages: list[Trace]
    uncovered: list[UncoveredOut]
    newest: RunSyllabus
    """The newest edition that has been read; ``lost`` is empty where it is the run's own."""
    lost: list[LostOut]
