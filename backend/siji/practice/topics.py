"""Who is told when an attempt changes: who follows it, and what is kept ready of it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from siji.courses.models import StartKind
from siji.practice.models import Attempt
from siji.storage import streams
from siji.storage.cache import spaces
from siji.storage.cache.manager import cache_manager


def topic_of(attempt: Attempt) -> str:
    """A room's attempts share the assignment's topic, on which its start is published; any other has its own."""
    if attempt.assignment is not None and attempt.assignment.start == StartKind.ROOM:
        return f"assignment:{attempt.assignment_id}"
    return f"attempt:{attempt.pk}"


def room_topic(assignment_id: int) -> str:
    """Of the teacher who watches. Not the students' topic: a hundred who come in must not wake each other."""
    return f"room:{assignment_id}"


def marking_topic(attempt_id: UUID) -> str:
    """Of whoever has the report open. Not the attempt's own: what a model writes comes in pieces that no clock needs."""
    return f"marking:{attempt_id}"


def tell(attempt: Attempt) -> None:
    """Those who follow this attempt, or watch its room, look again once the present transaction is committed."""
    tell_all([attempt])


def tell_room(attempt: Attempt) -> None:
    if attempt.assignment_id is not None:
        streams.publish(room_topic(attempt.assignment_id))


def tell_all(attempts: Iterable[Attempt]) -> None:
    """As ``tell`` for many, in one statement."""
    told = list(attempts)
    rooms = {room_topic(attempt.assignment_id) for attempt in told if attempt.assignment_id is not None}
    marking = {marking_topic(attempt.pk) for attempt in told if attempt.closed_at is not None}
    streams.publish_all([*(topic_of(attempt) for attempt in told), *rooms, *marking])
    forget_what_was_made_of(told)


def forget_what_was_made_of(attempts: Iterable[Attempt]) -> None:
    """Of attempts at what is set: of practice and exams of one's own nothing is kept."""
    changed: set[str] = set()
    for attempt in attempts:
        if attempt.assignment is not None:
            course = attempt.assignment.course
            changed |= {spaces.person(attempt.student_id), spaces.work(course.pk), spaces.desk(course.teacher_id)}
    cache_manager.invalidate(*changed)
