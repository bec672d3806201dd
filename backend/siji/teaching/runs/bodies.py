"""What the stages of a run make: typed at the border of the JSON columns, and the bodies of the interface."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from siji.problems import Words
from siji.schema import Schema

Key = Annotated[str, Field(min_length=1, max_length=40)]
Text = Annotated[str, Field(min_length=1, max_length=2000)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Hours = Annotated[float, Field(gt=0, le=400, multiple_of=0.5)]
"""Of a lesson's 45 minutes."""
Area = Literal["listening", "reading", "writing", "translation", "vocabulary", "other"]


class Strict(Schema):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Passage(Strict):
    """A place in the syllabus. ``quote`` is exactly its text from ``start`` to ``end``."""

    page: int = Field(ge=1)
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    quote: str = Field(min_length=1, max_length=4000)


class Supported(Strict):
    """A claim about the syllabus, and where it says so."""

    key: Key
    passages: list[Passage] = Field(min_length=1, max_length=20)


class Objective(Supported):
    text: Text
    area: Area


class Point(Supported):
    """``weight``: its share of the whole course; the children of a point add up to it."""

    title: Annotated[str, Field(min_length=1, max_length=200)]
    area: Area
    weight: Share
    difficulty: Share
    children: list[Point] = Field(default_factory=list, max_length=200)

    def all(self) -> Iterator[Point]:
        yield self
        for child in self.children:
            yield from child.all()


class Analysis(Strict):
    objectives: list[Objective] = Field(max_length=200)
    points: list[Point] = Field(min_length=1, max_length=100)

    def claims(self) -> Iterator[Supported]:
        yield from self.objectives
        yield from self.all_points()

    def all_points(self) -> Iterator[Point]:
        for point in self.points:
            yield from point.all()

    def topics(self) -> Iterator[Point]:
        """What hours are given to: the second level, or a first without one."""
        for point in self.points:
            yield from point.children or [point]


class PlanRow(Strict):
    key: Key
    points: list[Key] = Field(min_length=1, max_length=40)
    hours: Hours
    activity: Words
    reason: Words
    locked: bool = False
    """Kept with its session and its hours when the plan is solved again."""


class Session(Strict):
    number: int = Field(ge=1)
    date: date | None
    hours: Hours
    rows: list[PlanRow] = Field(max_length=20)


class Plan(Strict):
    hours: Hours
    session_hours: Literal[2, 4]
    sessions: list[Session] = Field(min_length=1, max_length=200)

    def rows(self) -> Iterator[PlanRow]:
        for session in self.sessions:
            yield from session.rows


class Blind(Strict):
    """What somebody who does not know the key answered: a model with the passage, and without it."""

    state: Literal["proven", "not_proven", "failed"]
    answer: str | None
    answer_without_passage: str | None
    reached_key: bool | None
    fails_without_passage: bool | None


QuestionKind = Literal["essay", "listening_choice", "banked_cloze", "paragraph_matching", "careful_reading", "translation",
                       "cloze", "vocabulary", "matching"]  # fmt: skip


UNPROVEN = Blind(state="not_proven", answer=None, answer_without_passage=None, reached_key=None, fails_without_passage=None)


class Question(Strict):
    """``item``: the bank's, where it comes from there, whose text is then not to be changed. ``text``: what it is asked of."""

    key: Key
    kind: QuestionKind
    source: Literal["bank", "engine", "model"]
    plan_row: Key
    points: list[Key]
    item: int | None = None
    text: str = Field("", max_length=12_000)
    text_title: str = Field("", max_length=200)
    stem: Text
    choices: dict[str, str] = Field(default_factory=dict)
    answer: str = Field("", max_length=2000)
    """The key's letter; of a task that is written "" ."""
    proof: str = Field("", max_length=2000)
    explanation: Words
    blind: Blind
    duplicate_of: Key | None = None
    quality: Share
    state: Literal["waiting", "approved", "refused"] = "waiting"


class Questions(Strict):
    questions: list[Question] = Field(max_length=400)


class Level(Strict):
    name: Words
    about: Words


class Line(Strict):
    key: Key
    text: Words
    weight: Share
    levels: list[Level] = Field(min_length=2, max_length=8)


class Criterion(Strict):
    """The rubric of an objective; the weights of its lines add up to 1."""

    objective: Key
    lines: list[Line] = Field(min_length=1, max_length=12)


class Criteria(Strict):
    criteria: list[Criterion] = Field(max_length=200)


class Measure(Strict):
    """``value``: a share from 0 to 1 where ``goal`` is one, else a count."""

    name: str
    value: float
    goal: float
    better: Literal["up", "down"]
    ok: bool


Body = Analysis | Plan | Questions | Criteria
BODIES: dict[str, type[Analysis] | type[Plan] | type[Questions] | type[Criteria]] = {
    "analysis": Analysis,
    "plan": Plan,
    "questions": Questions,
    "criteria": Criteria,
}
