"""The product's promises as figures: what is measured for each, what must hold, how much of what may go wrong is used.

Pure. The same rows as the acceptance table. What only a laboratory can say (A5's load, A10's fifty scripts at once, A13's
comparison) has no live value here and is not made up: see ``measured_by_bench``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from siji.monitoring.series import Measures, Series
from siji.storage.cache.counting import ANSWERED

Unit = Literal["ms", "share"]
UPLOADS = ("POST /uploads", "PATCH /uploads/{upload_id}")
SEARCH = ("GET /search",)
SLOW_ALLOWED = 0.01
"""Of single requests and queries, beside the mean that is promised."""
PAGES_ALLOWED = 0.25
"""A page is judged at the 75th percentile, as browsers' makers do."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How many went wrong, of how many, and which share may."""

    bad: int
    of: int
    allowed: float

    @property
    def used(self) -> float | None:
        """1: all of it; None where nothing was measured."""
        return self.bad / (self.of * self.allowed) if self.of else None


@dataclass(frozen=True, slots=True)
class Goal:
    name: str
    unit: Unit
    must: float
    aim: float
    is_low_good: bool
    value: Callable[[Measures], float | None]
    budget: Callable[[Measures], Budget]

    def is_kept(self, measures: Measures) -> bool | None:
        value = self.value(measures)
        if value is None:
            return None
        return value < self.must if self.is_low_good else value > self.must


def _time(
    name: str, kind: str, *, must: int, aim: int, names: tuple[str, ...] | None = None, quantile: float = 0, allowed: float
) -> Goal:
    def value(measures: Measures) -> float | None:
        series = measures.all(kind, names)
        return series.quantile(quantile) if quantile else series.mean

    def budget(measures: Measures) -> Budget:
        series = measures.all(kind, names)
        return Budget(series.above(must), series.count, allowed)

    return Goal(name, "ms", must, aim, True, value, budget)


def _counted(
    name: str,
    *,
    must: float,
    aim: float,
    count: Callable[[Measures], tuple[int, int]],
    is_low_good: bool = False,
    least: int = 1,
) -> Goal:
    """``count``: how many went wrong, of how many; of fewer than ``least`` nothing is said."""

    def value(measures: Measures) -> float | None:
        bad, of = count(measures)
        if of < least:
            return None
        return bad / of if is_low_good else 1 - bad / of

    def budget(measures: Measures) -> Budget:
        bad, of = count(measures)
        if of < least:
            bad, of = 0, 0
        return Budget(bad, of, must if is_low_good else 1 - must)

    return Goal(name, "share", must, aim, is_low_good, value, budget)


def _errors(names: tuple[str, ...] | None = None) -> Callable[[Measures], tuple[int, int]]:
    return lambda measures: (measures.all("error", names).count, measures.all("request", names).count)


def _misses(measures: Measures) -> tuple[int, int]:
    names = measures.named("cache")
    return _count(names, (name for name in names if name.rpartition("|")[2] not in ANSWERED)), _count(names, names)


def _count(found: dict[str, Series], names: Iterable[str]) -> int:
    return sum(found[name].count for name in names)


def _used(name: str, kind: str, *, must: float, aim: float) -> Goal:
    """How full the machine is. A machine that is busy has done nothing wrong yet, so there is no budget to use up."""

    def value(measures: Measures) -> float | None:
        mean = measures.all(kind).mean
        return None if mean is None else mean / 100

    return Goal(name, "share", must, aim, True, value, lambda _: Budget(0, 0, 1))


GOALS = (
    _time("A1", "request", must=500, aim=100, allowed=SLOW_ALLOWED),
    _time("A2", "lcp", must=2000, aim=1000, quantile=0.75, allowed=PAGES_ALLOWED),
    _time("A3", "query", must=100, aim=5, allowed=SLOW_ALLOWED),
    _counted("A4", must=0.85, aim=0.95, count=_misses, least=500),
    _counted("A6", must=0.995, aim=0.9995, count=_errors()),
    _counted("A7", must=0.001, aim=0.0, count=_errors(), is_low_good=True),
    _used("A8-memory", "memory", must=0.6, aim=0.3),
    _used("A8-cpu", "cpu", must=0.7, aim=0.35),
    _time("A9", "inp", must=200, aim=100, quantile=0.75, allowed=PAGES_ALLOWED),
    _counted("A11", must=0.99, aim=1.0, count=_errors(UPLOADS)),
    _time("A12", "request", must=1000, aim=50, names=SEARCH, quantile=0.95, allowed=0.05),
)
