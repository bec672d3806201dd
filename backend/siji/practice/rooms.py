"""A room starts its assignment, not its attempts: each takes the common start when next looked at, at the latest by the beat."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from siji.practice import clock
from siji.practice.clock import Sheet
from siji.practice.models import AssignmentExtension, Attempt
from siji.practice.timing import end_of, milliseconds_between, sheet_of, start_of


def begin_with_the_room(attempt: Attempt) -> None:
    """Write the room's start into the attempt. Doing it twice writes the same."""
    start = start_of(attempt)
    if start is None:
        return
    attempt.started_at, attempt.closes_at = start, end_of(start, sheet_of(attempt))
    waiting = Attempt.objects.filter(pk=attempt.pk, started_at__isnull=True, closed_at__isnull=True)
    waiting.update(started_at=attempt.started_at, closes_at=attempt.closes_at)


def with_its_extensions(sheet: Sheet, extensions: Iterable[AssignmentExtension], started_at: datetime) -> Sheet:
    """The timetable of somebody who enters a room late: what was given to the others while they were away is theirs as well."""
    for extension in sorted(extensions, key=lambda one: one.at):
        elapsed = milliseconds_between(started_at, extension.at) or 0
        part = clock.part_to_extend(sheet, elapsed)
        if part is not None:
            sheet = clock.extended(sheet, key=part.key, milliseconds=extension.milliseconds)
    return sheet
