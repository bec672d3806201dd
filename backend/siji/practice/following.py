"""Following an attempt: its clock now, and again at every change of part, extension and start of its room."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, StreamingHttpResponse

from siji.accounts.models import User
from siji.practice import clock
from siji.practice.closing import up_to_date
from siji.practice.models import Attempt
from siji.practice.timing import database_now, elapsed_ms, sheet_of
from siji.practice.topics import topic_of
from siji.practice.views import clock_view
from siji.storage.streams import Frame, event_stream

AFTER_MS = 20
"""Wake a little after the lock rather than a little before it."""


def events_of(request: HttpRequest, attempt: Attempt, reader: User) -> StreamingHttpResponse:
    """For somebody who may see the attempt."""
    return event_stream(request, topic=topic_of(attempt), look=lambda: look(attempt.pk, reader))


def look(attempt_id: UUID, reader: User) -> Frame:
    """The clock as it is; the last one once the attempt is closed."""
    attempt = up_to_date(Attempt.objects.with_everything().get(pk=attempt_id))
    now = database_now()
    elapsed = elapsed_ms(attempt, now)
    change = None if elapsed is None else clock.next_change_ms(sheet_of(attempt), elapsed)
    return Frame(
        data=clock_view(attempt, reader, now).model_dump_json(),
        is_last=attempt.closed_at is not None,
        wake_in=None if change is None else (change + AFTER_MS) / 1000,
    )
