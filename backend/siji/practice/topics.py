"""Who is told when an attempt changes."""

from __future__ import annotations

from siji.courses.models import StartKind
from siji.practice.models import Attempt
from siji.storage import streams


def topic_of(attempt: Attempt) -> str:
    """A room's attempts share the assignment's topic, on which its start is published; any other has its own."""
    if attempt.assignment is not None and attempt.assignment.start == StartKind.ROOM:
        return f"assignment:{attempt.assignment_id}"
    return f"attempt:{attempt.pk}"


def tell(attempt: Attempt) -> None:
    """Those who follow this attempt look again once the present transaction is committed."""
    streams.publish(topic_of(attempt))
