"""Who counts as present, and what of an absence counts: pure, no Django."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime, timedelta
from threading import Lock
from typing import Literal

WRITTEN_EVERY = timedelta(seconds=15)
"""A presence is written at most so often, so what is written may be this much older than the last request."""
QUIET = timedelta(seconds=30)
OFFLINE_AFTER = QUIET + WRITTEN_EVERY
"""Only then was there no request for 30 s for certain. An exam page asks every 20 s at least: one lost request is no alarm."""

Standing = Literal["not_here", "present", "offline", "submitted", "closed"]
"""submitted: handed in by the student. closed: ended by the clock."""


def standing(*, is_begun: bool, is_over: bool, is_submitted: bool, seen_at: datetime | None, now: datetime) -> Standing:
    """``is_begun``: there is an attempt, be it one that waits for the room. ``is_over``: by its row or by its clock."""
    if not is_begun:
        return "not_here"
    if is_over:
        return "submitted" if is_submitted else "closed"
    return "present" if seen_at is not None and now - seen_at < OFFLINE_AFTER else "offline"


def absence_within(
    left_at: datetime, back_at: datetime | None, *, start: datetime, end: datetime | None
) -> tuple[datetime, datetime | None] | None:
    """What of an absence lies within an exam; None where nothing does. ``end`` None: it still runs."""
    if end is not None:
        back_at = end if back_at is None else min(back_at, end)
    left_at = max(left_at, start)
    if back_at is not None and back_at <= left_at:
        return None
    return left_at, back_at


class Gate:
    """Lets each key through once in so many seconds. Of one process: a second one lets it through for itself."""

    def __init__(self, seconds: float, *, most: int = 20_000) -> None:
        self.seconds, self.most = seconds, most
        self._let: dict[Hashable, float] = {}
        self._lock = Lock()

    def lets(self, key: Hashable, now: float) -> bool:
        """``now``: seconds of a clock that only goes forward."""
        with self._lock:
            last = self._let.get(key)
            if last is not None and now - last < self.seconds:
                return False
            if len(self._let) >= self.most:
                self._forget_old(now)
            self._let[key] = now
            return True

    def forget(self, key: Hashable) -> None:
        with self._lock:
            self._let.pop(key, None)

    def _forget_old(self, now: float) -> None:
        """All, where more keys are fresh than are kept: letting one through too often costs a little, growing for ever more."""
        fresh = {key: at for key, at in self._let.items() if now - at < self.seconds}
        self._let = fresh if len(fresh) < self.most else {}
