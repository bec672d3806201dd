"""What the interface says of calibration, release and appeals."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from siji.bank.schemas import AnchorScript, ItemOut, RubricOut
from siji.schema import Schema

Slot = Literal["W", "T"]


class IntervalOut(Schema):
    """95 % of what other samples of as many scripts would give."""

    value: float
    low: float
    high: float


class AgreementOut(Schema):
    """Of one engine's marks with the teacher's blind ones. Another prompt or model is another line."""

    engine: Literal["builtin", "model"]
    version: str
    model: str
    scripts: int
    exact: float
    within_one: float
    kappa: IntervalOut
    bias: IntervalOut
    """Mean of the engine's mark over the teacher's."""
    squeeze: float
    """Spread of the engine's marks over that of the teacher's: below 1 it hugs the middle."""
    is_above: bool | None
    """The bar of the rule that stands; null where there is none."""


class AnchorScriptOut(Schema):
    """Without its writer and without what the engines say."""

    script: int
    paper: int
    text: str
    words: int
    mark: int | None


class AnchorTask(Schema):
    paper: int
    task: ItemOut
    points: list[str]
    references: list[str]
    rubric: RubricOut
    anchors: list[AnchorScript]


class ReleaseRuleOut(Schema):
    is_on: bool
    least_within_one: int
    least_kappa: float
    most_bias: float
    by: str
    at: datetime


class CalibrationOut(Schema):
    course: int
    course_name: str
    slot: Slot
    least: int
    """So many must be marked before anything is released."""
    most: int
    marked: int
    scripts: list[AnchorScriptOut]
    tasks: list[AnchorTask]
    """Of the papers that the scripts are from."""
    agreements: list[AgreementOut]
    """Empty until all scripts are marked."""
    rule: ReleaseRuleOut | None
    """Of the course."""


class DrawIn(Schema):
    slot: Slot


class BlindMarkIn(Schema):
    value: int = Field(ge=0, le=15)


class ReleaseRuleIn(Schema):
    slot: Slot
    assignment: int | None = None
    """Only for this assignment; null for all of the course that have no rule of their own."""
    is_on: bool
    least_within_one: int = Field(80, ge=50, le=100)
    least_kappa: float = Field(0.7, ge=0, le=1)
    most_bias: float = Field(0.5, ge=0.1, le=3)


class AppealIn(Schema):
    words: str = Field(min_length=10, max_length=1000)


class DecisionIn(Schema):
    value: int = Field(ge=0, le=15)
    words: str = Field(min_length=2, max_length=4000)


class AppealOut(Schema):
    words: str
    at: datetime
    mark: int
    """That was appealed against."""
    decided_at: datetime | None
    decided_by: str
    decision: int | None
    """The mark that the decision gave."""
    reply: str
