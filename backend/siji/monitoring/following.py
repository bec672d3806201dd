"""Following the promises: the board now and every few seconds, to the person who may see it for as long as they may."""

from __future__ import annotations

from django.http import StreamingHttpResponse

from siji.accounts.auth import Signed
from siji.accounts.models import Role, User
from siji.monitoring.board import see_board
from siji.storage.streams import Frame, event_stream

LOOK_EVERY_SECONDS = 10.0
TOPIC = "promises"


def events_of(request: Signed, *, minutes: int) -> StreamingHttpResponse:
    reader = request.user.pk
    return event_stream(request, topic=TOPIC, look=lambda: look(reader, minutes), rest=1.0)


def look(reader: int, minutes: int) -> Frame:
    """Whoever is no administrator any more is told nothing and the stream ends."""
    if not User.objects.filter(pk=reader, role=Role.ADMIN, is_active=True).exists():
        return Frame(data="null", is_last=True)
    return Frame(data=see_board(minutes=minutes).model_dump_json(), wake_in=LOOK_EVERY_SECONDS)
