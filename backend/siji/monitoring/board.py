"""What the promise board shows, read together: each promise now and over the day, and where to look when one is not kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from siji.monitoring.board_schemas import Board, CacheOut, GoalOut, RefusedOut, SlowOut, SummaryOut, TrendPoint
from siji.monitoring.goals import GOALS, Goal
from siji.monitoring.history import by_hour, cache_reads, get_performance_summary, hit_rate
from siji.monitoring.measured_by_bench import last_benches
from siji.monitoring.series import Measures, together
from siji.storage.now import database_now

DAY = timedelta(hours=24)
MOST_ROWS = 10


def see_board(*, minutes: int) -> Board:
    """Six queries, however much was measured and by however many processes."""
    now = database_now()
    hours = dict(sorted(by_hour(now - DAY).items()))
    day = together(hours.values())
    summary = get_performance_summary(minutes)
    trends = {goal.name: [TrendPoint(at=at, value=goal.value(one)) for at, one in hours.items()] for goal in GOALS}
    return Board(
        at=now,
        summary=SummaryOut.model_validate(summary),
        goals=[_goal(goal, summary.measures, day, trends[goal.name]) for goal in GOALS],
        benches=last_benches(),
        slow_operations=_slow(summary.measures, "request"),
        slow_queries=_slow(day, "slow"),
        caches=[
            CacheOut(name=name, reads=one.all("cache").count, hit_rate=hit_rate(one))
            for name, one in sorted(cache_reads(summary.measures).items())
        ],
        refused=_refused(day),
    )


def _goal(goal: Goal, now: Measures, day: Measures, trend: list[TrendPoint]) -> GoalOut:
    return GoalOut(
        name=goal.name,  # type: ignore[arg-type]  # the names of GOALS
        unit=goal.unit,
        must=goal.must,
        aim=goal.aim,
        is_low_good=goal.is_low_good,
        value=goal.value(now),
        is_kept=goal.is_kept(now),
        budget_used=goal.budget(day).used,
        trend=trend,
    )


def _slow(measures: Measures, kind: Literal["request", "slow"]) -> list[SlowOut]:
    """By the time they took together: a little slow and very often is worse than very slow and once."""
    found = sorted(measures.named(kind).items(), key=lambda named: -named[1].total)[:MOST_ROWS]
    return [
        SlowOut(name=name, count=one.count, mean=one.mean or 0, p95=one.quantile(0.95) or 0, maximum=one.maximum)
        for name, one in found
    ]


def _refused(measures: Measures) -> list[RefusedOut]:
    found = sorted(measures.named("csp").items(), key=lambda named: -named[1].count)[:MOST_ROWS]
    return [RefusedOut(directive=name.partition("|")[0], source=name.partition("|")[2], count=one.count) for name, one in found]
