"""Following the marking of a closed attempt: by asking, or as a stream."""

from __future__ import annotations

from uuid import UUID

from asgiref.sync import sync_to_async
from django.http import HttpResponseBase
from ninja import Router

from siji.accounts.auth import Signed
from siji.practice.api.responses import READ, WRITE, visible_attempt_now
from siji.practice.feedback.reading import marking_now, require_closed
from siji.practice.feedback.schemas import MarkingNow
from siji.practice.topics import marking_topic
from siji.practice.withholding import withheld_from
from siji.problems import Problem
from siji.storage.streams import Frame, event_stream

feedback = Router(tags=["marking"])
REST = 0.15
"""Seconds between two looks: what is written comes in pieces, and one that comes meanwhile is in the next look."""


@feedback.get("/attempts/{attempt_id}/marking", response={200: MarkingNow, **WRITE})
def get_marking(request: Signed, attempt_id: UUID) -> MarkingNow:
    """409 ``not_closed`` while the attempt is open."""
    attempt, now = visible_attempt_now(attempt_id, request.user)
    return marking_now(attempt, shows_keys=withheld_from(request.user, attempt, now) is None)


@feedback.get("/attempts/{attempt_id}/marking/events", response={200: MarkingNow, 409: Problem, 421: Problem, **READ})
async def marking_events(request: Signed, attempt_id: UUID) -> HttpResponseBase:
    """Server-sent events: a ``MarkingNow`` at once, at each mark and as feedback is written, until all is settled.

    Each is the whole state, so whoever reconnects has missed nothing.
    """
    attempt, now = await sync_to_async(visible_attempt_now)(attempt_id, request.user)
    shows_keys = await sync_to_async(withheld_from)(request.user, attempt, now) is None
    require_closed(attempt)  # before the stream begins

    def look() -> Frame:
        found = marking_now(attempt, shows_keys=shows_keys)
        return Frame(found.model_dump_json(), is_last=found.is_settled)

    return event_stream(request, topic=marking_topic(attempt_id), look=look, rest=REST)
