"""A room starts its assignment, not its attempts: each takes the common start when next looked at, at the latest by the beat."""

from __future__ import annotations

from siji.practice.models import Attempt
from siji.practice.timing import end_of, sheet_of, start_of


def begin_with_the_room(attempt: Attempt) -> None:
    """Write the room's start into the attempt. Doing it twice writes the same."""
    start = start_of(attempt)
    if start is None:
        return
    attempt.started_at, attempt.closes_at = start, end_of(start, sheet_of(attempt))
    waiting = Attempt.objects.filter(pk=attempt.pk, started_at__isnull=True, closed_at__isnull=True)
    waiting.update(started_at=attempt.started_at, closes_at=attempt.closes_at)
