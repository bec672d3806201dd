"""How many, how much, how high: figures that can be added up, whoever counted them and for how long. Pure.

A mean of means is wrong and a percentile of percentiles is nothing, so what is kept are counts in fixed buckets; the bounds never
change, or what is stored could not be added to what comes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

BOUNDS = (1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000, 1500, 2000, 2500, 4000, 10000)
"""Upper ends, inclusive: milliseconds for times, thousandths for the layout shift. Above the last is one more bucket."""
MOST_NAMES = 400
"""Of one kind in one minute; what comes after is counted together, so that nobody fills the memory with names."""
OTHER = "other"


@dataclass(slots=True)
class Series:
    count: int = 0
    total: float = 0.0
    maximum: float = 0.0
    buckets: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))

    def note(self, value: float) -> None:
        self.count += 1
        self.total += value
        self.maximum = max(self.maximum, value)
        self.buckets[bisect_left(BOUNDS, value)] += 1

    def add(self, other: Series) -> None:
        self.count += other.count
        self.total += other.total
        self.maximum = max(self.maximum, other.maximum)
        self.buckets = [mine + its for mine, its in zip(self.buckets, other.buckets, strict=True)]

    @property
    def mean(self) -> float | None:
        return self.total / self.count if self.count else None

    def quantile(self, share: float) -> float | None:
        """Linear within its bucket, and never above what was seen. None without a value."""
        if not self.count:
            return None
        wanted, below = share * self.count, 0
        for number, inside in enumerate(self.buckets):
            if inside and below + inside >= wanted:
                low = BOUNDS[number - 1] if number else 0
                high = BOUNDS[number] if number < len(BOUNDS) else self.maximum
                return min(low + (high - low) * (wanted - below) / inside, self.maximum)
            below += inside
        return self.maximum

    def above(self, limit: int) -> int:
        """How many were higher than ``limit``, which must be one of BOUNDS."""
        return sum(self.buckets[BOUNDS.index(limit) + 1 :])

    def to_json(self) -> list[Any]:
        """Only the buckets that hold something: most hold nothing."""
        full = {str(number): count for number, count in enumerate(self.buckets) if count}
        return [self.count, round(self.total, 3), round(self.maximum, 3), full]

    @classmethod
    def from_json(cls, data: list[Any]) -> Series:
        count, total, maximum, full = data
        series = cls(count, total, maximum)
        for number, inside in full.items():
            series.buckets[int(number)] = inside
        return series


class Measures:
    """Kind → name → series."""

    __slots__ = ("kinds",)

    def __init__(self) -> None:
        self.kinds: dict[str, dict[str, Series]] = {}

    def of(self, kind: str, name: str) -> Series:
        """The one that is written to; made where there is none."""
        names = self.kinds.setdefault(kind, {})
        found = names.get(name)
        if found is None:
            if len(names) >= MOST_NAMES:
                name = OTHER
            found = names.setdefault(name, Series())
        return found

    def named(self, kind: str) -> dict[str, Series]:
        return self.kinds.get(kind, {})

    def all(self, kind: str, names: Iterable[str] | None = None) -> Series:
        """All names of a kind together, or those."""
        together, found = Series(), self.named(kind)
        for name in found if names is None else names:
            if name in found:
                together.add(found[name])
        return together

    def add(self, other: Measures) -> None:
        for kind, names in other.kinds.items():
            for name, series in names.items():
                self.of(kind, name).add(series)

    def to_json(self) -> dict[str, Any]:
        return {kind: {name: one.to_json() for name, one in names.items()} for kind, names in self.kinds.items()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Measures:
        measures = cls()
        for kind, names in data.items():
            measures.kinds[kind] = {name: Series.from_json(one) for name, one in names.items()}
        return measures


def together(parts: Iterable[Measures]) -> Measures:
    total = Measures()
    for part in parts:
        total.add(part)
    return total
