"""Some work stands in line before it is claimed, so it holds no thread, no lease and no connection meanwhile.

So many handlers of a process compute at once: more would only make each of them slower. Long answers of a model are heard by a
few, so that they take neither the processor nor the model's places from marks; and when a class hands in together, what waits
for the model is asked for before all provisional marks are made.

Who gives up a place sends the first in line on its way again, to this worker or another: one that is to end takes no more. A
line is a hint like the message it came from: the row stays queued, and what dies with a process is sent again by the sweeper.
"""

from __future__ import annotations

import threading

from siji.jobs import actions, work
from siji.jobs.registry import COMPUTING, SHORT, WRITING

PLACES = {COMPUTING: 4, SHORT: 2, WRITING: 8}


class Line:
    def __init__(self, places: int) -> None:
        self._lock = threading.Lock()
        self._free = places
        self._waiting: dict[int, str] = {}

    def take(self, job_id: int, kind: str) -> bool:
        """True: a place, to be given up with ``leave``. False: it is remembered, once however often it is sent."""
        with self._lock:
            if self._free:
                self._free -= 1
                self._waiting.pop(job_id, None)
                return True
            self._waiting[job_id] = kind
            return False

    def leave(self) -> tuple[int, str] | None:
        """Job and kind of the first in line."""
        with self._lock:
            self._free += 1
            job_id = next(iter(self._waiting), None)
            return None if job_id is None else (job_id, self._waiting.pop(job_id))


_lines = {name: Line(places) for name, places in PLACES.items()}


def run(job_id: int, kind: str, name: str) -> None:
    """Work on it now, or leave it to whoever gives up a place in this line."""
    line = _lines[name]
    if not line.take(job_id, kind):
        return
    try:
        work.run(job_id)
    finally:
        if (following := line.leave()) is not None:
            actions.wake(*following)
