"""The way to Redis: short time-outs, and a breaker so that a dead server costs a request nothing after the first few."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from redis import Redis, RedisError

from siji.storage.breaker import Breaker

T = TypeVar("T")

log = logging.getLogger("siji.cache")


class Unavailable(Exception):
    """Redis does not answer, or has not lately. The caller computes."""


class Link:
    """One client a process, made on first use; its pool is safe for threads and forks."""

    def __init__(self) -> None:
        self.breaker = Breaker(failures=3, pause=1.0)
        self._client: Redis | None = None
        self._url = ""

    def run(self, command: Callable[[Redis], T]) -> T:
        """Raises Unavailable."""
        if not self.breaker.may_try():
            raise Unavailable("not tried: it has not answered lately")
        try:
            done = command(self._redis())
        except (RedisError, OSError) as error:
            if self.breaker.failed():
                log.warning("Redis does not answer: computing without it, one try a second (%s)", error)
            raise Unavailable(str(error)) from error
        if self.breaker.succeeded():
            log.warning("Redis answers again")
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
