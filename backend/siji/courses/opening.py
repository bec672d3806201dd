"""Whether an attempt may begin. Pure: an assignment's terms for one student, how many attempts were made, the time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Closed = Literal["not_open_yet", "window_closed", "no_attempts_left"]


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for one student, their exception counted in. The window is half open: at ``closes_at`` it is over."""

    opens_at: datetime | None
    closes_at: datetime | None
    attempts: int
    takes_late: bool
    extra_percent: int = 0


@dataclass(frozen=True, slots=True)
class Permission:
    """How an attempt begins: with more time, or after the window (flagged)."""

    extra_percent: int
    is_late: bool


def decide(terms: Terms, *, made: int, at: datetime) -> Permission | Closed:
    if terms.opens_at is not None and at < terms.opens_at:
        return "not_open_yet"
    is_late = terms.closes_at is not None and at >= terms.closes_at
    if is_late and not terms.takes_late:
        return "window_closed"
    if made >= terms.attempts:
        return "no_attempts_left"
    return Permission(terms.extra_percent, is_late)
