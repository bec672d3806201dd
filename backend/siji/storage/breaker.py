"""Leave a server alone that does not answer, and find out by one caller at a time when it does again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Breaker:
    """Closed → open after ``failures`` in a row → one try every ``pause`` seconds until one succeeds. ``clock`` in seconds."""

    def __init__(self, *, failures: int, pause: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit, self._pause, self._clock = failures, pause, clock
        self._lock = threading.Lock()
        self._failures = 0
        self._next_try = 0.0

    @property
    def is_open(self) -> bool:
        return self._failures >= self._limit

    def may_try(self) -> bool:
        if not self.is_open:
            return True
        with self._lock:
            now = self._clock()
            if now < self._next_try:
                return False
            self._next_try = now + self._pause  # this caller tries, the others wait for what it finds
            return True

    def succeeded(self) -> bool:
        """Whether this closed it."""
        was_open, self._failures = self.is_open, 0
        return was_open

    def failed(self) -> bool:
        """Whether this opened it."""
        with self._lock:
            self._failures += 1
            self._next_try = self._clock() + self._pause
            return self._failures == self._limit
