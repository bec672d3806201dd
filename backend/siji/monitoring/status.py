"""Whether the service works, for anybody: parts and a word for each. No figure, no name, nothing of a person.

Looked at once in ``LOOK_EVERY_SECONDS`` in a process, so that who asks often costs nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Literal

from django.db import DatabaseError

from siji.monitoring.goals import UPLOADS
from siji.monitoring.history import get_performance_summary
from siji.monitoring.measuring import ANSWERS
from siji.monitoring.readiness import readiness
from siji.monitoring.series import Measures
from siji.schema import Schema

LOOK_EVERY_SECONDS = 10.0
MINUTES = 10
ERRORS_ALLOWED = 0.01
FEWEST_REQUESTS = 5
"""One failure of two is no trend."""
QUEUE_ALLOWED_SECONDS = 120.0

State = Literal["works", "slow", "down"]


class StatusPart(Schema):
    name: Literal["pages", "answers", "uploads", "work"]
    state: State


class StatusOut(Schema):
    state: State
    """The worst of the parts."""
    at: datetime
    parts: list[StatusPart]


def look_at_status() -> StatusOut:
    """Also while the database cannot be reached: that is what somebody wants to know."""
    try:
        is_ready = readiness()[0] != "unready"
        measures = get_performance_summary(MINUTES).measures if is_ready else None
    except DatabaseError:
        measures = None
    parts = _down() if measures is None else _parts(measures)
    worst = max((part.state for part in parts), key=("works", "slow", "down").index)
    return StatusOut(state=worst, at=datetime.now(UTC), parts=parts)


def _down() -> list[StatusPart]:
    return [StatusPart(name=name, state="down") for name in ("pages", "answers", "uploads", "work")]


def _parts(measures: Measures) -> list[StatusPart]:
    queue = measures.all("queue_age").maximum
    return [
        StatusPart(name="pages", state=_errors(measures, None)),
        StatusPart(name="answers", state=_errors(measures, (ANSWERS,))),
        StatusPart(name="uploads", state=_errors(measures, UPLOADS)),
        StatusPart(name="work", state="slow" if queue > QUEUE_ALLOWED_SECONDS else "works"),
    ]


def _errors(measures: Measures, names: tuple[str, ...] | None) -> State:
    bad, of = measures.all("error", names).count, measures.all("request", names).count
    return "slow" if of >= FEWEST_REQUESTS and bad / of > ERRORS_ALLOWED else "works"


class Kept:
    """One look for all who ask within a while; the others wait for it."""

    def __init__(self, look: Callable[[], StatusOut], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._look, self._clock = look, clock
        self._lock = threading.Lock()
        self._seen: tuple[float, StatusOut] | None = None

    def __call__(self) -> StatusOut:
        with self._lock:
            now = self._clock()
            if self._seen is None or now - self._seen[0] >= LOOK_EVERY_SECONDS:
                self._seen = now, self._look()
            return self._seen[1]


present_status = Kept(look_at_status)
