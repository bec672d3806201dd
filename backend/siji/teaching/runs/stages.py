"""The stages of a run: this table is all there is to know of their order.

A stage without a gate goes on to the next by itself and waits for its approval beside it. ``quality``: where a round may stop.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

StageName = Literal["analysis", "plan", "questions", "criteria"]
EngineName = Literal["builtin", "model"]
Stopped = Literal["threshold", "converged", "saturated", "limit"]


@dataclass(frozen=True, slots=True)
class Stage:
    name: StageName
    has_gate: bool
    quality: float
    most_rounds: int


STAGES = (
    Stage("analysis", has_gate=True, quality=0.95, most_rounds=3),
    Stage("plan", has_gate=True, quality=1.0, most_rounds=2),
    Stage("questions", has_gate=False, quality=0.95, most_rounds=3),
    Stage("criteria", has_gate=True, quality=1.0, most_rounds=2),
)
"""After the last one, all approved: publication."""
NAMES: tuple[StageName, ...] = tuple(stage.name for stage in STAGES)


def stage_of(name: str) -> Stage:
    """Raises KeyError."""
    return {stage.name: stage for stage in STAGES}[name]  # type: ignore[index]  # any other is the KeyError


def after(name: str) -> Stage | None:
    at = NAMES.index(stage_of(name).name) + 1
    return STAGES[at] if at < len(STAGES) else None
