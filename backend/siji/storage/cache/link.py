"""The way to Redis: short time-outs, and a breaker so that a dead server costs a request nothing after the first few."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from redis import Redis, RedisError

T = TypeVar("T")

FAILURES_TO_OPEN = 3
OPEN_SECONDS = 1.0

log = logging.getLogger("siji.cache")


class Unavailable(Exception):
    """Redis does not answer, or has not lately. The caller computes."""


class Breaker:
    """Closed → open after so many failures in a row → one try a second until one succeeds. ``clock`` in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._next_try = 0.0

    @property
    def is_open(self) -> bool:
        return self._failures >= FAILURES_TO_OPEN

    def may_try(self) -> bool:
        if not self.is_open:
            return True
        with self._lock:
            now = self._clock()
            if now < self._next_try:
                return False
            self._next_try = now + OPEN_SECONDS  # this caller tries, the others wait for what it finds
            return True

    def succeeded(self) -> None:
        if self._failures:
            if self.is_open:
                log.warning("Redis answers again")
            self._failures = 0

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            self._next_try = self._clock() + OPEN_SECONDS
            if self._failures == FAILURES_TO_OPEN:
                log.warning("Redis does not answer: computing without it, one try a second")


class Link:
    """One client a process, made on first use; its pool is safe for threads and forks."""

    def __init__(self) -> None:
        self.breaker = Breaker()
        self._client: Redis | None = None
        self._url = ""

    def run(self, command: Callable[[Redis], T]) -> T:
        """Raises Unavailable."""
        if not self.breaker.may_try():
            raise Unavailable("not tried: it has not answered lately")
        try:
            done = command(self._redis())
        except (RedisError, OSError) as error:
            self.breaker.failed()
            raise Unavailable(str(error)) from error
        self.breaker.succeeded()
        return done

    def _redis(self) -> Redis:
        url: str = settings.CACHE_URL
        if self._client is None or self._url != url:
            self._client, self._url = (
                Redis.from_url(
                    url, socket_timeout=settings.CACHE_SECONDS, socket_connect_timeout=settings.CACHE_SECONDS, max_connections=64
                ),
                url,
            )
        return self._client
