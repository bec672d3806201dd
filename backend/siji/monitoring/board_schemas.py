from __future__ import annotations

from datetime import datetime
from typing import Literal

from siji.schema import Schema


class SummaryOut(Schema):
    """Times in milliseconds, usage in per cent, the hit rate from 0 to 1. Null: nothing was measured."""

    minutes: int
    requests: int
    avg_response_time: float | None
    max_response_time: float | None
    avg_cpu_usage: float | None
    avg_memory_usage: float | None
    avg_cache_hit_rate: float | None
    peak_active_users: int
    avg_ai_delay: float | None
    ai_spend: float
    """Yuan, of calls to models that have ended."""


class TrendPoint(Schema):
    at: datetime
    value: float | None


class GoalOut(Schema):
    name: Literal["A1", "A2", "A3", "A4", "A6", "A7", "A8-memory", "A8-cpu", "A9", "A11", "A12"]
    unit: Literal["ms", "share"]
    must: float
    aim: float
    is_low_good: bool
    value: float | None
    """In the minutes asked for; null: nothing was measured."""
    is_kept: bool | None
    budget_used: float | None
    """Of what may go wrong in 24 hours; 1: all of it."""
    trend: list[TrendPoint]
    """Hour by hour, 24 hours."""


class BenchOut(Schema):
    """What only ``make bench`` can say, as it said it last on this machine."""

    name: Literal["A5", "A10", "A13"]
    figures: dict[str, float | None]
    """By what they are of; empty where it was never measured here."""
    is_kept: bool | None
    at: datetime | None


class SlowOut(Schema):
    name: str
    count: int
    mean: float
    p95: float
    maximum: float


class CacheOut(Schema):
    name: str
    reads: int
    hit_rate: float | None


class RefusedOut(Schema):
    """What browsers did not load or run by the policy of our pages."""

    directive: str
    source: str
    count: int


class Board(Schema):
    at: datetime
    summary: SummaryOut
    goals: list[GoalOut]
    benches: list[BenchOut]
    slow_operations: list[SlowOut]
    slow_queries: list[SlowOut]
    """Texts without values, of queries above 100 ms in 24 hours."""
    caches: list[CacheOut]
    refused: list[RefusedOut]
    """In 24 hours, the most frequent first; a few are browsers' extensions."""


class PurposeOut(Schema):
    """Calls to a model in 24 hours, by what they were for. Times in milliseconds, cost in micro-yuan."""

    name: str
    calls: int
    failed: int
    mean: float | None
    p95: float | None
    cost: int


class JobKindOut(Schema):
    """Of the newest jobs. Times in milliseconds, from the request to the end."""

    name: str
    jobs: int
    waiting: int
    failed: int
    mean: float | None
    p95: float | None


class WorkSeen(Schema):
    """The slowest first, and no more than a page can show."""

    purposes: list[PurposeOut]
    jobs: list[JobKindOut]
