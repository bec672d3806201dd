"""That a student is there: one row per attempt, written at most every 15 s whatever they do.

A request of theirs is the sign of life; there is no other. Most requests cost nothing here: the gate of the process turns them
away before any query. Where several processes serve one student, the table turns the second away (and locks one row for that).
"""

from __future__ import annotations

import logging
import time
from uuid import UUID

from django.db import DatabaseError

from siji.practice.invigilation.rules import WRITTEN_EVERY, Gate
from siji.storage.prepared import prepared_cursor

log = logging.getLogger("siji.practice")

SEEN = """
INSERT INTO practice_presence (attempt_id, seen_at)
SELECT id, clock_timestamp() FROM practice_attempt
WHERE id = %s AND mode = 'exam' AND assignment_id IS NOT NULL AND closed_at IS NULL
ON CONFLICT (attempt_id) DO UPDATE SET seen_at = excluded.seen_at
WHERE practice_presence.seen_at <= excluded.seen_at - %s * interval '1 second'
"""

gate = Gate(WRITTEN_EVERY.total_seconds())


def seen(attempt_id: UUID) -> None:
    """Its student has just asked for something. Costs nothing where that was written within 15 s.

    A presence that cannot be written is logged and does not fail what the student asked for: an answer that is saved is saved.
    """
    if not gate.lets(attempt_id, time.monotonic()):
        return
    try:
        with prepared_cursor() as cursor:
            cursor.execute(SEEN, [attempt_id, WRITTEN_EVERY.total_seconds()])
    except DatabaseError:
        gate.forget(attempt_id)
        log.exception("the presence of attempt %s could not be written; the next request tries again", attempt_id)
