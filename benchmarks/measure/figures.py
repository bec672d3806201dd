"""What is made of measured times. Pure."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

MEAN_MUST_MS = 500.0
ERRORS_MUST = 0.001
GIVEN_OUT_CPU = 85.0
GIVEN_OUT_LAG_MS = 50.0
"""A generator that needs more of a core, or wakes its people later than this, measures itself."""
CLEAN_PERCENT = 5.0
"""Of the machine, for everything that is neither product nor generator."""


def percentile(values: Sequence[float], percent: float) -> float:
    """Nearest rank: a value that was measured, at or below which ``percent`` of all lie. Raises ValueError without values."""
    if not values:
        raise ValueError("a percentile of nothing")
    rank = math.ceil(percent / 100 * len(values))
    return sorted(values)[max(rank, 1) - 1]


@dataclass(frozen=True, slots=True)
class Spread:
    count: int
    mean: float
    p50: float
    p95: float
    p99: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        return cls(
            len(values),
            round(statistics.fmean(values), 3),
            *(round(percentile(values, percent), 3) for percent in (50, 95, 99)),
        )


def holds(step: Mapping[str, Any]) -> bool:
    """A1 and A7, which say what a step is that holds."""
    return bool(step["mean_ms"] < MEAN_MUST_MS and step["error_rate"] < ERRORS_MUST)


def has_given_out(step: Mapping[str, Any]) -> bool:
    """The generator, not the product, is the limit."""
    return bool(step["generator_cpu_percent"] > GIVEN_OUT_CPU or step["generator_lag_p95_ms"] > GIVEN_OUT_LAG_MS)


def knee(steps: Iterable[Mapping[str, Any]]) -> int:
    """The highest number of users up to which every step held; 0 where the first did not."""
    reached = 0
    for step in sorted(steps, key=lambda step: int(step["users"])):
        if not holds(step):
            break
        reached = int(step["users"])
    return reached


def summary(times: Mapping[str, Sequence[float]], errors: Mapping[str, int], *, users: int, seconds: float) -> dict[str, Any]:
    """``times``: milliseconds by action, of what was answered well or not. A step without any answer has failed whole."""
    every = [one for own in times.values() for one in own]
    wrong = sum(errors.values())
    if not every:
        raise ValueError("nothing was asked")
    spread = Spread.of(every)
    return {
        "users": users,
        "seconds": seconds,
        "requests": spread.count,
        "requests_per_second": round(spread.count / seconds, 1),
        "mean_ms": spread.mean,
        "p50_ms": spread.p50,
        "p95_ms": spread.p95,
        "p99_ms": spread.p99,
        "error_rate": wrong / spread.count,
        "errors": dict(errors),
        "actions": {name: {"count": len(own), **_short(own)} for name, own in sorted(times.items()) if own},
    }


def _short(values: Sequence[float]) -> dict[str, float]:
    spread = Spread.of(values)
    return {"mean_ms": spread.mean, "p95_ms": spread.p95}
