"""A gate before the connection pool: whatever can wait never holds the last connections, so answers are always saved.

Of the pool's connections ``DB_POOL_RESERVED`` are left to the saving of answers; all other requests of a process share the rest,
and wait for it in a queue. Waiting costs a thread, so the queue is bounded too, but a short queue would turn away a class that
opens its paper in one second, which is served in one more. Whoever finds it full therefore waits as well while it moves: as many
have left in the last second as now wait. A queue that stands still (slow reads hold everything) turns newcomers away at once
(ADR 11).
"""

from __future__ import annotations

import re
import threading
import time
from collections import deque
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponseBase

from siji.problems import answer_to, busy

SETTLING = 1.0
"""Seconds in which it shows whether a full queue moves."""
PASSES = re.compile(r"PUT /api/v1/attempts/[^/]+/answers|GET /api/v1/health/.+")
"""Answers, and the questions that decide whether this process is alive."""


class Gate:
    """At most ``places`` within; ``waiting`` are sure to find room in the queue, for ``patience`` seconds at the longest."""

    def __init__(self, *, places: int, waiting: int, patience: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._free, self._room, self._patience, self._clock = places, waiting, patience, clock
        self._lock = threading.Lock()
        self._queue = deque[threading.Event]()
        self._left = deque[float](maxlen=4096)
        self._full_since = 0.0

    def enter(self) -> bool:
        """False: it is full and will be for longer than anybody should wait."""
        with self._lock:
            if self._free:
                self._free -= 1
                if not self._free:
                    self._full_since = self._clock()
                return True
            patience = self._patience_now()
            ticket = threading.Event()
            if patience:
                self._queue.append(ticket)
        return bool(patience) and (ticket.wait(patience) or self._came_just_now(ticket))

    def leave(self) -> None:
        """Whoever waits longest gets the place itself: no newcomer can take it from under them."""
        with self._lock:
            self._left.append(self._clock())
            if self._queue:
                self._queue.popleft().set()
            else:
                self._free += 1

    def _patience_now(self) -> float:
        number, now = len(self._queue), self._clock()
        if number < self._room:
            return self._patience
        moves = len(self._left) >= number and self._left[-number] > now - SETTLING
        return min(SETTLING, self._patience) if moves or now - self._full_since < SETTLING else 0.0

    def _came_just_now(self, ticket: threading.Event) -> bool:
        with self._lock:
            if not ticket.is_set():
                self._queue.remove(ticket)
            return ticket.is_set()


class AnswersFirst:
    """Every request but the saving of answers goes through the gate, before its session is read."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.DB_GATE:
            raise MiddlewareNotUsed
        self.get_response = get_response
        places, waiting, patience = settings.DB_GATE
        self.gate = Gate(places=places, waiting=waiting, patience=patience)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if PASSES.fullmatch(f"{request.method} {request.path}"):
            return self.get_response(request)
        if not self.gate.enter():
            return answer_to(busy())
        try:
            return self.get_response(request)
        finally:
            self.gate.leave()
