"""What the interface says of the model gateway. Amounts are micro-yuan; the key goes in and never comes out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from siji.problems import Words
from siji.schema import Schema

Amount = Annotated[int, Field(ge=0, le=10**12)]
"""At most a million yuan."""


class GatewaySettings(Schema):
    endpoint: str = Field(max_length=300)
    model: str = Field(min_length=1, max_length=100, pattern=r"^\S+$")
    dialect: Literal["deepseek", "plain"]
    is_on: bool
    price_miss: Amount
    price_hit: Amount
    price_output: Amount
    """For a million tokens."""
    calls_at_once: int = Field(ge=1, le=10_000)
    calls_per_minute: int = Field(ge=1, le=1_000_000)
    connections: int = Field(ge=1, le=1000)
    day_budget: Amount
    user_day_budget: Amount | None
    course_day_budget: Amount | None
    """None: no limit of its own."""
    hourly_cost: Amount
    """0: no limit."""
    breaker_failures: int = Field(ge=1, le=1000)
    breaker_pause: int = Field(ge=1, le=300)


class GatewayIn(GatewaySettings):
    key: str | None = Field(None, max_length=500, pattern=r"^\S*$")
    """None keeps the one that is there, as long as the endpoint stays the same; "" is none."""


class GatewayToday(Schema):
    spent: int
    reserved: int
    calls: int
    failed: int
    tokens_in: int
    tokens_hit: int
    tokens_out: int


class GatewayOut(Schema):
    state: Literal["off", "ready", "endpoint_refused", "key_unreadable"]
    """Anything but "ready": the built-in engine only."""
    endpoints: list[str]
    """What the environment allows."""
    settings: GatewaySettings
    """What holds, or what a new one begins with."""
    has_key: bool
    changed_at: datetime | None
    changed_by: str | None
    paused: Literal["", "failures", "cost"]
    """Why calls are paused just now."""
    today: GatewayToday


class GatewayTestOut(Schema):
    """A real call of a few tokens, made by a worker. ``job`` is followed as any other."""

    job: int


class GatewayTestResult(Schema):
    """The result of such a job."""

    is_ok: bool
    words: Words
    detail: str
    latency_ms: int
    tokens_in: int
    tokens_out: int
    cost: int
