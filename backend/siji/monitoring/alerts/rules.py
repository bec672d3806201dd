"""What is looked at and when it is too much. Asks no database. Administrators may change the numbers.

A rule reads figures of one kind and yields a reading for each thing it speaks of: the whole ("") or one replica, one promise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Literal

from siji.monitoring.alerts.levels import AlertLevel
from siji.monitoring.goals import GOALS
from siji.monitoring.history import hit_rate
from siji.monitoring.series import Measures

Unit = Literal["ms", "percent", "seconds", "count", "times"]
ANSWERS = "PUT /attempts/{attempt_id}/answers"
QUICK, SLOW = (timedelta(minutes=6), timedelta(hours=1)), (timedelta(minutes=30), timedelta(hours=6))
"""Short and long window of a pair: the short one a little above a tenth, since a minute is written when it is over."""
W, E, C = AlertLevel.WARNING, AlertLevel.ERROR, AlertLevel.CRITICAL


@dataclass(frozen=True, slots=True)
class Seen:
    """All that a round of deciding knows."""

    now: Measures
    """Of the last 20 to 80 seconds."""
    state: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Kind → name → the newest value of what is a state and no sum: a Redis that is silent, the lag of a replica."""
    burns: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Promise → how fast its budget is used: in the quick pair of windows and in the slow one."""


@dataclass(frozen=True, slots=True)
class Reading:
    subject: str
    value: float
    sample: int
    figures: str
    """What it was worked out from, for whoever looks for the cause."""


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    unit: Unit
    limits: tuple[tuple[AlertLevel, float], ...]
    """Mildest first."""
    read: Callable[[Seen], Iterable[Reading]]
    is_low_bad: bool = False
    minimum: int = 1
    """Readings from less say nothing: a quiet night is no fault."""
    hold: int = 10
    """Seconds for which it must be so before anybody is told."""
    calm: int = 60
    """Seconds for which it must be well again."""
    causes: tuple[str, ...] = ()
    """While one of these rules is open this one is its consequence and nobody is told of it."""
    is_on: bool = True

    def level_of(self, value: float) -> AlertLevel | None:
        broken = [level for level, limit in self.limits if (value < limit if self.is_low_bad else value >= limit)]
        return broken[-1] if broken else None

    def is_calm(self, value: float) -> bool:
        """Well clear of the mildest limit, or it would come and go with every wave."""
        limit = self.limits[0][1]
        return value > limit + (100 - limit) * 0.1 if self.is_low_bad else value < limit * 0.9

    def limit_of(self, level: AlertLevel) -> float:
        return dict(self.limits)[level]

    def with_numbers(self, limits: Iterable[float], *, minimum: int, hold: int, is_on: bool) -> Rule:
        levels = [level for level, _ in self.limits]
        return replace(self, limits=tuple(zip(levels, limits, strict=True)), minimum=minimum, hold=hold, is_on=is_on)


def _mean(kind: str) -> Callable[[Seen], Iterable[Reading]]:
    def read(seen: Seen) -> Iterable[Reading]:
        series = seen.now.all(kind)
        if series.mean is not None:
            slowest = sorted(seen.now.named(kind).items(), key=lambda one: -one[1].total)[:3]
            figures = "; ".join(f"{name} {one.mean or 0:.0f} × {one.count}" for name, one in slowest)
            yield Reading("", series.mean, series.count, figures)

    return read


def _errors(seen: Seen) -> Iterable[Reading]:
    asked, failed = seen.now.all("request"), seen.now.named("error")
    if asked.count:
        worst = sorted(failed.items(), key=lambda one: -one[1].count)[:3]
        share = 100 * sum(one.count for one in failed.values()) / asked.count
        yield Reading("", share, asked.count, "; ".join(f"{name} × {one.count}" for name, one in worst))


def _answers(seen: Seen) -> Iterable[Reading]:
    asked, failed = seen.now.all("request", [ANSWERS]), seen.now.all("error", [ANSWERS])
    if asked.count:
        yield Reading("", 100 * failed.count / asked.count, asked.count, f"{ANSWERS}: {failed.count} / {asked.count}")


def _answer_times(seen: Seen) -> Iterable[Reading]:
    """Of their own: among all the other requests the mean hardly shows them."""
    series = seen.now.all("request", [ANSWERS])
    slow = series.quantile(0.95)
    if slow is not None:
        yield Reading("", slow, series.count, f"{ANSWERS}: p95 {slow:.0f}, max {series.maximum:.0f} × {series.count}")


def _hits(seen: Seen) -> Iterable[Reading]:
    rate = hit_rate(seen.now)
    if rate is not None:
        reads = seen.now.named("cache")
        most = sorted(((one.count, name) for name, one in reads.items() if name.endswith("|miss")), reverse=True)[:3]
        total = sum(one.count for one in reads.values())
        yield Reading("", rate * 100, total, "; ".join(f"{name} × {count}" for count, name in most))


def _state(kind: str, *, only: str | None = None) -> Callable[[Seen], Iterable[Reading]]:
    def read(seen: Seen) -> Iterable[Reading]:
        for name, value in sorted(seen.state.get(kind, {}).items()):
            if only is None or name == only:
                yield Reading("" if only else name, value, 1, f"{name}: {value:g}")

    return read


def _queue(seen: Seen) -> Iterable[Reading]:
    waiting = sum(seen.state.get("jobs_waiting", {}).values())
    for value in seen.state.get("queue_age", {}).values():
        yield Reading("", value, 1, f"{waiting:.0f} jobs")


def _fullest(seen: Seen) -> Iterable[Reading]:
    """By the fullest moment: what has been full for seconds has refused somebody."""
    for name, series in sorted(seen.now.named("disk").items()):
        yield Reading(name, series.maximum, series.count, f"{name}: {series.maximum:.0f}%")


def _models(seen: Seen) -> Iterable[Reading]:
    calls, failed = (sum(seen.state.get(kind, {}).values()) for kind in ("model_calls", "model_failed"))
    if calls:
        yield Reading("", 100 * failed / calls, int(calls), f"{failed:.0f} / {calls:.0f}")


def _quiet(seen: Seen) -> Iterable[Reading]:
    silent = seen.state.get("silent", {})
    yield Reading("", float(len(silent)), 1, "; ".join(f"{name} {age:.0f} s" for name, age in sorted(silent.items())))


def _burn(pair: int) -> Callable[[Seen], Iterable[Reading]]:
    def read(seen: Seen) -> Iterable[Reading]:
        for name, burns in sorted(seen.burns.items()):
            yield Reading(name, burns[pair], 1, f"{name}: {burns[0]:.1f} × / {burns[1]:.1f} ×")

    return read


REDIS = ("cache_down", "broker_down")
RULES = {
    rule.name: rule
    for rule in (
        Rule("response_time", "ms", ((W, 1000), (C, 2000)), _mean("request"), minimum=20, causes=REDIS),
        Rule("cpu", "percent", ((W, 70), (E, 85)), _mean("cpu"), minimum=6, hold=300, calm=300),
        Rule("memory", "percent", ((W, 75), (E, 90)), _mean("memory"), minimum=6, calm=300),
        Rule("hit_rate", "percent", ((W, 80), (E, 70)), _hits, is_low_bad=True, minimum=500, hold=20, causes=("cache_down",)),
        Rule("query_time", "ms", ((W, 500), (E, 1000)), _mean("query"), minimum=50),
        Rule("errors", "percent", ((E, 5), (C, 50)), _errors, minimum=20),
        Rule("answer_saves", "percent", ((E, 1), (C, 50)), _answers, minimum=10, hold=0),
        Rule("answer_times", "ms", ((W, 2000), (E, 5000)), _answer_times, minimum=10, causes=("answer_saves",)),
        Rule("promise_burn", "times", ((E, 14.4),), _burn(0), hold=60, calm=300),
        Rule("promise_slow_burn", "times", ((W, 6),), _burn(1), hold=300, calm=1800, causes=("promise_burn",)),
        Rule("cache_down", "count", ((W, 1),), _state("redis_down", only="cache"), hold=15, calm=30),
        Rule("broker_down", "count", ((E, 1),), _state("redis_down", only="broker"), hold=15, calm=30),
        Rule("replica_down", "count", ((W, 1),), _state("replica_down"), hold=15, calm=30),
        Rule("replica_lag", "seconds", ((W, 10), (E, 60)), _state("replica_lag"), causes=("replica_down",)),
        Rule("queue_age", "seconds", ((W, 20), (E, 120)), _queue, causes=("broker_down",)),
        Rule("jobs_failed", "count", ((W, 5), (E, 50)), _state("jobs_failed"), calm=300),
        Rule("disk", "percent", ((W, 85), (E, 95)), _fullest, hold=0),
        Rule("model_failing", "percent", ((W, 50),), _models, minimum=3),
        Rule("drift", "count", ((E, 1),), _state("drift"), hold=0, calm=0),
        Rule("no_figures", "count", ((E, 1),), _quiet, hold=15, calm=30),
        Rule("database_down", "count", ((C, 1),), _state("database_down", only="connections"), hold=15, calm=30),
    )
}


def burns_of(short: Measures, long: Measures) -> dict[str, float]:
    """Promise → the slower of both: the long window says that it matters, the short one that it still goes on."""
    found = {}
    for goal in GOALS:
        pair = [goal.budget(one) for one in (short, long)]
        if burns(goal.name) and pair[0].of >= LEAST_FOR_A_BURN:
            found[goal.name] = min(one.used or 0.0 for one in pair)
    return found


LEAST_FOR_A_BURN = 200
"""Of fewer events one alone would burn."""


def burns(promise: str) -> bool:
    """A4 has hit_rate; A6 is A7 with another budget; a machine that is full has rules of its own."""
    return promise not in ("A4", "A6", "A8-memory", "A8-cpu")
