"""Following a room: how it is now, again at what happens in it, and every few seconds for saves and silence."""

from __future__ import annotations

from django.http import HttpRequest, StreamingHttpResponse

from siji.courses.models import Assignment
from siji.practice.invigilation.reading import require_exam, room_of
from siji.practice.topics import room_topic
from siji.storage.streams import Frame, event_stream

LOOK_EVERY_SECONDS = 5.0
AT_MOST_EVERY_SECONDS = 1.0
"""Two hundred who hand in within a second are one look."""


def events_of(request: HttpRequest, assignment: Assignment) -> StreamingHttpResponse:
    """For somebody who may see the room. Raises Refusal (409) for practice, before anything is sent."""
    require_exam(assignment)
    topic = room_topic(assignment.pk)
    return event_stream(request, topic=topic, look=lambda: look(assignment.pk), rest=AT_MOST_EVERY_SECONDS)


def look(assignment_id: int) -> Frame:
    room = room_of(Assignment.objects.select_related("course", "paper").get(pk=assignment_id))
    return Frame(data=room.model_dump_json(), wake_in=LOOK_EVERY_SECONDS)
