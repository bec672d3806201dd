"""When a stage stops: at its threshold, when nothing changes, when nothing improves, or at its limit. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from siji.teaching.runs.bodies import Measure
from siji.teaching.runs.stages import Stage, Stopped

LEAST_GAIN = 0.01


def quality_of(measures: Sequence[Measure]) -> float:
    """The mean of how nearly each goal is met; a count that should be nought halves with the first that is there."""
    parts = [_met(one) for one in measures]
    return round(sum(parts) / len(parts), 4) if parts else 0.0


def _met(one: Measure) -> float:
    if one.ok:
        return 1.0
    if one.better == "up":
        return max(min(one.value / one.goal, 1.0), 0.0) if one.goal else 1.0
    return 1 / (1 + max(one.value - one.goal, 1.0))


def why_stop(stage: Stage, qualities: Sequence[float], *, all_ok: bool, is_same: bool) -> Stopped | None:
    """``qualities``: of the rounds of this turn. ``is_same``: the last one made what the one before it had made."""
    if all_ok and qualities[-1] >= stage.quality:
        return "threshold"
    if is_same:
        return "converged"
    if len(qualities) >= 2 and qualities[-1] - max(qualities[:-1]) < LEAST_GAIN:
        return "saturated"
    return "limit" if len(qualities) >= stage.most_rounds else None


def up(name: str, value: float, goal: float = 1.0) -> Measure:
    return Measure(name=name, value=round(value, 4), goal=goal, better="up", ok=value >= goal - 1e-9)


def none_of(name: str, count: int) -> Measure:
    return Measure(name=name, value=count, goal=0, better="down", ok=count == 0)
