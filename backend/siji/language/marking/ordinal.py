"""The model between measures and marks. Pure, explainable, monotone.

Cumulative logit with equidistant cut points (Christensen 2019, "ordinal"): P(mark >= k) = logistic(sum of weight * standardised
measure - start - step * k), k = 1 to 15. Every weight is at least 0 and every measure is turned so that more is better: no
measure can count against its own direction.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

HIGHEST = 15
ANCHORS = (0, 2, 5, 8, 11, 14)
CLIP = 3.0
"""Standardised measures beyond this say no more than this: one odd figure cannot carry a mark."""


@dataclass(frozen=True, slots=True)
class Measure:
    name: str
    mean: float
    deviation: float
    weight: float

    def part(self, value: float) -> float:
        return self.weight * max(-CLIP, min(CLIP, (value - self.mean) / self.deviation))


@dataclass(frozen=True, slots=True)
class Model:
    measures: tuple[Measure, ...]
    start: float
    step: float
    trust: float
    """What came out within one mark over what the chances claimed, on tasks that the fit had not seen."""

    def parts(self, values: Mapping[str, float]) -> dict[str, float]:
        """What each measure adds to or takes from the mean script of the fit, in marks."""
        return {measure.name: measure.part(values[measure.name]) / self.step for measure in self.measures}

    def chances(self, values: Mapping[str, float]) -> list[float]:
        """The chance of each mark from 0 to 15."""
        total = sum(measure.part(values[measure.name]) for measure in self.measures)
        least = [1.0, *(_logistic(total - self.start - self.step * mark) for mark in range(1, HIGHEST + 1)), 0.0]
        return [above - below for above, below in pairwise(least)]


def mark_of(chances: Sequence[float]) -> int:
    """The expected mark as a whole one, which lies in an anchor's band and so at most one from it.

    At least 1: band 0 is for what is blank or about something else, and no measure here says that.
    """
    return max(1, round(sum(mark * chance for mark, chance in enumerate(chances))))


def anchor_of(mark: int) -> int:
    return min(ANCHORS[1:], key=lambda anchor: abs(anchor - mark)) if mark else 0


def confidence_of(chances: Sequence[float], mark: int) -> float:
    """The chance that the mark is at most one away."""
    return sum(chances[max(0, mark - 1) : mark + 2])


def interval_of(chances: Sequence[float], share: float = 0.8) -> tuple[int, int]:
    """The marks between which at least ``share`` of the chance lies, as much left out below as above."""
    tail, low, high = (1 - share) / 2, 0, HIGHEST
    while sum(chances[: low + 1]) < tail:
        low += 1
    while sum(chances[high:]) < tail:
        high -= 1
    return low, high


@lru_cache(maxsize=4)
def model(kind: str) -> Model:
    """Of ``writing`` or ``translation``, from the table that ``benchmarks/marking.py fit`` wrote."""
    body = json.loads(files(__package__).joinpath(f"{kind}.json").read_text(encoding="utf-8"))
    return Model(tuple(Measure(**each) for each in body["measures"]), body["start"], body["step"], body["trust"])


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x > -500 else 0.0
