"""When a model is left alone and when it is asked again. Pure; the row it is kept in is shared by all processes.

closed → (so many failures in a row) → open → after a pause one call as a probe → closed, or open again for twice as long.
closed → (more spent within an hour than allowed) → open until that hour is over, then closed without a probe.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

HOUR = 3600.0
LONGEST_PAUSE = 300.0
Reason = Literal["", "failures", "cost"]
Verdict = Literal["yes", "probe", "no"]


@dataclass(frozen=True, slots=True)
class Rules:
    failures: int
    pause: float
    hourly_cost: int
    """Micro-yuan; 0: no limit."""
    probe_seconds: float = 60.0
    """How long a probe may go unanswered before another takes its place: who was asking may have died."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Moments are epoch seconds of the database's clock."""

    reason: Reason = ""
    failures: int = 0
    opened_at: float = 0.0
    reopened: int = 0
    probe_until: float = 0.0
    hour_at: float = 0.0
    hour_cost: int = 0

    @property
    def is_open(self) -> bool:
        return self.reason != ""


def opens_again_at(standing: Standing, rules: Rules) -> float:
    """When an open breaker lets the next call through."""
    if standing.reason == "cost":
        return standing.hour_at + HOUR
    pause = min(rules.pause * 2.0 ** min(standing.reopened, 20), LONGEST_PAUSE)
    return max(standing.opened_at + pause, standing.probe_until)


def may_call(standing: Standing, rules: Rules, now: float) -> tuple[Standing, Verdict]:
    """May the next call be made? A changed standing is to be kept: of those who ask at once one is the probe."""
    if not standing.is_open:
        return standing, "yes"
    if now < opens_again_at(standing, rules):
        return standing, "no"
    if standing.reason == "cost":
        return Standing(), "yes"
    return replace(standing, probe_until=now + rules.probe_seconds), "probe"


def after_call(standing: Standing, rules: Rules, now: float, *, has_failed: bool | None, cost: int) -> Standing:
    """``has_failed``: None where the ending says nothing of the provider."""
    standing = _spent(standing, rules, now, cost)
    if standing.reason == "cost" or has_failed is None:
        return replace(standing, probe_until=0.0) if has_failed is None else standing
    if not has_failed:
        return replace(standing, reason="", failures=0, opened_at=0.0, reopened=0, probe_until=0.0)
    if standing.is_open:
        was_probe = standing.probe_until > 0
        return replace(standing, opened_at=now, reopened=standing.reopened + 1, probe_until=0.0) if was_probe else standing
    failures = standing.failures + 1
    if failures < rules.failures:
        return replace(standing, failures=failures)
    return replace(standing, reason="failures", failures=failures, opened_at=now, probe_until=0.0)


def _spent(standing: Standing, rules: Rules, now: float, cost: int) -> Standing:
    if now >= standing.hour_at + HOUR:
        standing = replace(standing, hour_at=now, hour_cost=0, reason="" if standing.reason == "cost" else standing.reason)
    standing = replace(standing, hour_cost=standing.hour_cost + cost)
    if rules.hourly_cost and standing.hour_cost > rules.hourly_cost and not standing.is_open:
        return replace(standing, reason="cost", opened_at=now)
    return standing
