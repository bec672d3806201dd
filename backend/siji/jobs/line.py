"""Some work stands in line before it is claimed, so it holds no thread, no lease and no connection meanwhile.

So many handlers of a process compute at once: more would only make each of them slower. Long answers of a model are heard by a
few, so that they take neither the processor nor the model's places from marks; and when a class hands in together, what waits
for the model is asked for before all provisional marks are made. A line is a hint like the message it came from: the row stays
queued, so another worker may take it first, and a line that dies with its process is sent again by the sweeper.
"""

from __future__ import annotations

import logging
import threading

from siji.jobs import work
from siji.jobs.registry import COMPUTING, SHORT, WRITING

PLACES = {COMPUTING: 4, SHORT: 2, WRITING: 8}

log = logging.getLogger("siji.jobs")


class Line:
    def __init__(self, places: int) -> None:
        self._lock = threading.Lock()
        self._free = places
        self._waiting: dict[int, None] = {}

    def take(self, job_id: int) -> bool:
        """True: a place, to be given up with ``next``. False: it is remembered, once however often it is sent."""
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            self._waiting[job_id] = None
            return False

    def next(self) -> int | None:
        """Who has the place now; None: it is free."""
        with self._lock:
            if not self._waiting:
                self._free += 1
                return None
            job_id = next(iter(self._waiting))
            del self._waiting[job_id]
            return job_id


_lines = {name: Line(places) for name, places in PLACES.items()}


def run(job_id: int, name: str) -> None:
    """Work on it now, or leave it to whoever gives up a place in this line."""
    line = _lines[name]
    if not line.take(job_id):
        return
    mine: int | None = job_id
    while mine is not None:
        try:
            work.run(mine)
        except Exception:
            log.exception("job %s could not be claimed: the sweeper sends it again", mine)
        mine = line.next()
