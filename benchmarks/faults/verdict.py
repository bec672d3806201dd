"""What is concluded from what users saw and from their ledgers. Pure, tested in backend/siji/tests/test_benchmark_faults.py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Answer = tuple[str, str, str]
"""Attempt, item, value."""


@dataclass(frozen=True)
class Ask:
    """One thing that a user asked for when it was due; nothing is asked twice to hide a failure."""

    user: str
    kind: str
    due: float
    ended: float
    is_good: bool
    why: str = ""
    missed: int = 0
    """Moments at which this user would have asked again while this one was waited for: they share its fate."""

    @property
    def weight(self) -> int:
        return 1 + self.missed


def availability(asks: Iterable[Ask]) -> float | None:
    """Share of what was due that was answered well; None where nobody asked."""
    all_of = list(asks)
    due = sum(ask.weight for ask in all_of)
    return sum(ask.weight for ask in all_of if ask.is_good) / due if due else None


def downtime(asks: Iterable[Ask], *, until: float) -> float:
    """Seconds: the longest that one user went without a good answer, from the moment the first bad one was due."""
    worst = 0.0
    since: dict[tuple[str, str], float] = {}
    for ask in sorted(asks, key=lambda ask: ask.due):
        key = (ask.user, ask.kind)
        if not ask.is_good:
            since.setdefault(key, ask.due)
        elif key in since:
            worst = max(worst, ask.ended - since.pop(key))
    return max([worst, *(until - begun for begun in since.values())])


def lost(acknowledged: Iterable[Answer], kept: Iterable[Answer]) -> set[Answer]:
    """Each item is answered once, so nothing newer can hide a loss."""
    return set(acknowledged) - set(kept)


def slope_per_hour(points: Sequence[tuple[float, float]]) -> float:
    """Least squares over (seconds, value): how much the value grows in an hour."""
    if len(points) < 2:
        raise ValueError("a slope needs two points")
    mean_x = sum(x for x, _ in points) / len(points)
    mean_y = sum(y for _, y in points) / len(points)
    across = sum((x - mean_x) ** 2 for x, _ in points)
    if across == 0:
        raise ValueError("a slope needs two moments")
    return 3600 * sum((x - mean_x) * (y - mean_y) for x, y in points) / across


def is_right(row: dict[str, Any], *, may_lose: bool, longest_down: float, may_fail_writes: bool) -> bool:
    """``may_lose``: a negative control, which must lose something or the comparison is blind."""
    if may_lose:
        return bool(row["lost"])
    quick = row["downtime_s"] <= longest_down and row["is_healed"]
    return bool(row["felt"] and not row["lost"] and quick and (may_fail_writes or not row["failed_saves"]))
