"""The database's clock, and how long an attempt has run by it. Nothing here reads the time of this machine or of a browser."""

from __future__ import annotations

from datetime import datetime, timedelta

from siji.practice import clock
from siji.practice.clock import Sheet
from siji.practice.models import Attempt
from siji.storage.now import database_now as database_now

MILLISECOND = timedelta(milliseconds=1)


def sheet_of(attempt: Attempt) -> Sheet:
    return Sheet.of(attempt.sheet)


def start_of(attempt: Attempt) -> datetime | None:
    """Its own start, or that of the room it waits for; load with ``select_related("assignment")``."""
    if attempt.started_at is None and attempt.assignment is not None:
        return attempt.assignment.room_started_at
    return attempt.started_at


def elapsed_ms(attempt: Attempt, now: datetime) -> int | None:
    """Whole milliseconds since the start, never rounded up to a lock; None before it."""
    return milliseconds_between(start_of(attempt), now)


def milliseconds_between(start: datetime | None, now: datetime) -> int | None:
    return None if start is None else (now - start) // MILLISECOND


def end_of(start: datetime, sheet: Sheet) -> datetime:
    return start + sheet.end_ms * MILLISECOND


def is_due(attempt: Attempt, now: datetime) -> bool:
    """Open by its row, over by its clock: whoever sees it closes it."""
    elapsed = elapsed_ms(attempt, now)
    return attempt.closed_at is None and elapsed is not None and clock.is_over(sheet_of(attempt), elapsed)


def has_begun_unseen(attempt: Attempt) -> bool:
    """The room has started and this row does not say so yet."""
    return attempt.started_at is None and attempt.closed_at is None and start_of(attempt) is not None


def moments_of(attempt: Attempt) -> list[datetime]:
    """When its state changes without anybody doing anything: where a part of the timetable begins or is locked."""
    start = start_of(attempt)
    if attempt.closed_at is not None or start is None:
        return []
    parts = sheet_of(attempt).parts
    return [start + ms * MILLISECOND for ms in {ms for part in parts for ms in (part.start_ms, part.end_ms)}]
