"""What the interface says of alerts, rules, silences and channels. A channel's secrets go in and never come out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from siji.monitoring.alerts.rules import Unit
from siji.problems import Words
from siji.schema import Schema

Level = Literal["info", "warning", "error", "critical"]
ChannelKind = Literal["email", "sms", "webhook", "slack", "dingtalk", "wecom", "feishu"]
Limit = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]


class AlertOut(Schema):
    id: int
    rule: str
    subject: str
    state: Literal["open", "closed"]
    level: Level
    title: Words
    noticed: Words
    cause: Words
    figures: str
    runbook: str
    unit: Unit
    value: float
    limit: float
    since: datetime
    closed_at: datetime | None
    told: bool
    because_of: str
    acknowledged_at: datetime | None
    acknowledged_by: str | None


class LimitOut(Schema):
    level: Level
    limit: float


class RuleOut(Schema):
    name: str
    title: Words
    unit: Unit
    limits: list[LimitOut]
    """Mildest first."""
    is_low_bad: bool
    minimum: int
    hold: int
    is_on: bool
    is_changed: bool
    runbook: str


class RuleIn(Schema):
    limits: list[Limit] = Field(min_length=1, max_length=2)
    minimum: int = Field(ge=1, le=1_000_000)
    hold: int = Field(ge=0, le=86_400)
    is_on: bool


class RuleTestIn(Schema):
    channel: int | None = Field(None, ge=1, le=2**62)
    """None: all that would be told."""


class RuleTestOut(Schema):
    """A real message over one channel, labelled as a test. ``job`` is followed as any other."""

    channel: int
    name: str
    """The channel's."""
    level: Level
    job: int


class SilenceIn(Schema):
    rule: str = Field("", max_length=40)
    reason: str = Field(min_length=1, max_length=200)
    minutes: int = Field(ge=1, le=7 * 24 * 60)


class SilenceOut(Schema):
    id: int
    rule: str
    reason: str
    begins_at: datetime
    ends_at: datetime
    by: str | None


class ChannelIn(Schema):
    name: str = Field(min_length=1, max_length=80)
    kind: ChannelKind
    settings: dict[Annotated[str, Field(max_length=20)], Annotated[str, Field(max_length=500)]]
    """A secret that is left out stays as it was."""
    language: Literal["zh", "en"] = "zh"
    least_level: Level = "warning"
    only_escalated: bool = False
    is_on: bool = True


class ChannelOut(Schema):
    id: int
    name: str
    kind: ChannelKind
    settings: dict[str, str]
    """Without its secrets."""
    has: list[str]
    """Secrets that are there."""
    language: Literal["zh", "en"]
    least_level: Level
    only_escalated: bool
    is_on: bool


class ChannelTestOut(Schema):
    """A real message, sent by a worker. ``job`` is followed as any other."""

    job: int
