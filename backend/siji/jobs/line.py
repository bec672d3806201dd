"""Some work stands in line before it is claimed, so it holds no thread, no lease and no connection meanwhile.

So many handlers of a process compute at once: more would only make each of them slower. Long answers of a model are heard by a
few, so that they take neither the processor nor the model's places from marks; and when a class hands in together, what waits
for the model is asked for before the provisional marks are made: they have the time until it answers.

Who has a place goes on with the first in line, since a message costs more than much of the work. A worker that is to end begins
nothing more: there the first is sent on its way again, to another, as it is where places become free at once. A line is a hint
like the message it came from: the row stays queued, and what dies with a process is sent again by the sweeper.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import ExitStack
from itertools import islice

from celery.worker import state
from django.db import close_old_connections

from siji.jobs import actions, work
from siji.jobs.registry import COMPUTING, SHORT, WRITING
from siji.storage.waiting import told_of_waiting

PLACES = {COMPUTING: 4, SHORT: 2, WRITING: 8}


class Line:
    def __init__(self, places: int) -> None:
        self._lock = threading.Lock()
        self._free, self._ahead = places, 0
        self._waiting: dict[int, str] = {}

    def take(self, job_id: int, kind: str) -> bool:
        """True: a place, to be given up with ``leave``. False: it is remembered, once however often it is sent."""
        with self._lock:
            if self._free and not self._ahead:
                self._free -= 1
                self._waiting.pop(job_id, None)
                return True
            self._waiting[job_id] = kind
            return False

    def go_on(self) -> int | None:
        """Who comes next in the place of who asks, which is kept; None: nobody, and the place is to be given up."""
        with self._lock:
            return next((job_id for job_id, _ in self._next(1)), None)

    def leave(self) -> list[tuple[int, str]]:
        """Job and kind of who may come now."""
        with self._lock:
            self._free += 1
            return self._next(1)

    def hold(self) -> None:
        """Nothing is begun until whoever goes ahead of this line has let it go."""
        with self._lock:
            self._ahead += 1

    def let_go(self) -> list[tuple[int, str]]:
        """As ``leave``."""
        with self._lock:
            self._ahead -= 1
            return self._next(self._free)

    def _next(self, number: int) -> list[tuple[int, str]]:
        first = [] if self._ahead else list(islice(self._waiting, number))
        return [(job_id, self._waiting.pop(job_id)) for job_id in first]


_lines = {name: Line(places) for name, places in PLACES.items()}


def run(job_id: int, kind: str, name: str) -> None:
    """Work on it now, or leave it to whoever gives up a place in this line."""
    line = _lines[name]
    if not line.take(job_id, kind):
        return
    following: int | None = job_id
    try:
        while following is not None:
            work.run(following)
            close_old_connections()  # as after a message
            following = None if _is_ending() else line.go_on()
    finally:
        _wake(line.leave())


def run_ahead_of(name: str, job_id: int) -> None:
    """Work on it now; the line goes on once this has nothing to do but wait, or has ended."""
    line = _lines[name]
    line.hold()
    with ExitStack() as held:
        held.callback(lambda: _wake(line.let_go()))
        with told_of_waiting(held.close):
            work.run(job_id)


def _is_ending() -> bool:
    return state.should_stop is not None or state.should_terminate is not None


def _wake(jobs: Iterable[tuple[int, str]]) -> None:
    for job_id, kind in jobs:
        actions.wake(job_id, kind)
