"""Which scripts are marked blind, and when an engine's agreement is above a teacher's bar. Pure, no Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from siji.language.calibration import Agreement

LEAST, MOST = 10, 20
"""Anchor scripts: with fewer than LEAST nothing is released, and more than MOST nobody is asked to mark."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Bar:
    """``within_one``: a share of the scripts; ``bias``: of the engine's marks over the teacher's, either way."""

    within_one: float
    kappa: float
    bias: float


def is_above(found: Agreement, bar: Bar) -> bool:
    return (
        found.scripts >= LEAST
        and found.within_one >= bar.within_one
        and found.kappa.value >= bar.kappa
        and abs(found.bias.value) <= bar.bias
    )


def spread(ordered: Sequence[T], number: int) -> list[T]:
    """So many of them, from the first to the last in even steps: of scripts in order of their marks, some from every band."""
    if number >= len(ordered):
        return list(ordered)
    if number <= 1:
        return list(ordered[:number])
    step = (len(ordered) - 1) / (number - 1)
    return [ordered[round(place * step)] for place in range(number)]
