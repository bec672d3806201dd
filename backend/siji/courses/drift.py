"""Do stored numbers still say what a count says? Asked of a sample each hour, and by ``siji doctor``; the answer must be yes.

The triggers of tallies.py leave no way to drift; a restore by hand, a session with triggers off or a defect of ours would. What
a round found is looked at again by each later one until ``siji recount`` has put it right, so that no sample can miss it.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection

from siji.courses.tallies import drifted_among

log = logging.getLogger("siji.courses")

SAMPLE = 500
"""Courses of one round, with all of their teachers' counts: milliseconds, whatever the size of the school."""
REMEMBERED = "drift"
SECONDS_REMEMBERED = 7 * 24 * 3600

# A random place in the ids and those behind it: no scan, and each gap is passed by.
PICK = """
SELECT id FROM courses_course
WHERE id >= (SELECT min(id) + floor(random() * (max(id) - min(id) - %(sample)s + 2)) FROM courses_course)
ORDER BY id LIMIT %(sample)s
"""


@dataclass(frozen=True)
class Drift:
    looked_at: int
    courses: list[int]
    teachers: list[int]

    @property
    def words(self) -> str | None:
        """None when there is none."""
        if not self.courses and not self.teachers:
            return None
        return f"courses {self.courses[:5]} and teachers {self.teachers[:5]} have drifted: run siji recount"


def look(*, sample: int = SAMPLE) -> Drift:
    """Says what it finds in the log."""
    with connection.cursor() as cursor:
        cursor.execute(PICK, {"sample": sample})
        picked = [course for (course,) in cursor.fetchall()]
    known: dict[str, list[int]] = cache.get(REMEMBERED) or {}
    courses, teachers = drifted_among({*picked, *known.get("courses", [])}, known.get("teachers", []))
    cache.set(REMEMBERED, {"courses": courses, "teachers": teachers}, SECONDS_REMEMBERED)
    found = Drift(len(picked), courses, teachers)
    if found.words:
        log.error("stored numbers: %s", found.words)
    return found
