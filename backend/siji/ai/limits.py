"""How many calls at once and a minute, of all processes together, kept in Redis.

One script takes a place and a token or says how many milliseconds to wait. A place is a lease until its call's deadline, so
what a killed process held comes free by itself.

**Without Redis** each process keeps to its share: the limits divided by MODEL_PROCESSES, at least one call. What it holds already
counts. So the sum stays at the limit as long as there are no more processes than were named; when Redis dies or comes back empty
with calls under way, those may be over it until they end, which is twice the limit at most. Redis is asked again once a second.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
import uuid
from dataclasses import dataclass

import redis.asyncio
from django.conf import settings
from redis import RedisError

from siji.ai.outcomes import Outcome
from siji.ai.words import ModelFailed
from siji.storage.breaker import Breaker

log = logging.getLogger("siji.ai")

TAKE = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local at_once, per_minute, lease = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('ZCARD', KEYS[1]) >= at_once then return 40 end
local bucket = redis.call('HMGET', KEYS[2], 'tokens', 'at')
local burst = math.max(per_minute / 60, at_once)
local tokens = math.min(burst, (tonumber(bucket[1]) or burst) + (now - (tonumber(bucket[2]) or now)) * per_minute / 60000)
if tokens < 1 then return math.ceil((1 - tokens) * 60000 / per_minute) end
redis.call('HSET', KEYS[2], 'tokens', tokens - 1, 'at', now)
redis.call('PEXPIRE', KEYS[2], 120000)
redis.call('ZADD', KEYS[1], now + lease, ARGV[4])
redis.call('PEXPIRE', KEYS[1], lease + 60000)
return 0
"""
LEASE_BEYOND = 5.0
"""Seconds that a place outlasts its call's deadline."""


@dataclass(frozen=True, slots=True)
class Shares:
    """``processes``: how many there are, for the time without Redis."""

    at_once: int
    per_minute: int
    processes: int

    @property
    def own_at_once(self) -> int:
        return max(1, self.at_once // self.processes)

    @property
    def own_pause(self) -> float:
        """Seconds between two calls of this process."""
        return 60.0 * self.processes / self.per_minute


class Places:
    """Of one process and one model; used in one event loop."""

    def __init__(self, name: str) -> None:
        self._keys = [f"siji:ai:places:{name}", f"siji:ai:bucket:{name}"]
        seconds = settings.CACHE_SECONDS
        # Who finds them all in use waits: a class that hands in at once would else be taken for a Redis that is gone.
        pool = redis.asyncio.BlockingConnectionPool.from_url(
            settings.CACHE_URL, socket_timeout=seconds, socket_connect_timeout=seconds, max_connections=16, timeout=2
        )
        self._redis = redis.asyncio.Redis.from_pool(pool)
        self._breaker = Breaker(failures=1, pause=1.0)
        self._held: set[str] = set()
        self._next = 0.0

    async def take(self, shares: Shares, *, seconds: float, lease: float) -> str:
        """A place, to be given back. Raises ModelFailed (NO_PLACE) when none came free within ``seconds``."""
        token, until = uuid.uuid4().hex, time.monotonic() + seconds
        while (wait := await self._wait(shares, token, lease)) > 0:
            pause = wait * random.uniform(0.5, 1.5)
            if time.monotonic() + pause > until:
                raise ModelFailed(Outcome.NO_PLACE, f"{shares.at_once} at once, {shares.per_minute} a minute")
            await asyncio.sleep(pause)
        self._held.add(token)
        return token

    async def give_back(self, token: str) -> None:
        self._held.discard(token)
        if self._breaker.may_try():
            try:
                await self._redis.zrem(self._keys[0], token)
                self._breaker.succeeded()
            except (RedisError, OSError):
                self._breaker.failed()  # the lease ends by itself

    async def close(self) -> None:
        await self._redis.aclose()

    async def _wait(self, shares: Shares, token: str, lease: float) -> float:
        """Seconds to wait before asking again; 0: taken."""
        if self._breaker.may_try():
            try:
                leased = round((lease + LEASE_BEYOND) * 1000)
                said = await self._redis.eval(
                    TAKE, 2, *self._keys, str(shares.at_once), str(shares.per_minute), str(leased), token
                )
            except (RedisError, OSError) as error:
                if self._breaker.failed():
                    log.warning(
                        "limits on model calls: Redis does not answer, keeping to a share of %d (%s)", shares.own_at_once, error
                    )
            else:
                if self._breaker.succeeded():
                    log.warning("limits on model calls: Redis answers again")
                return int(said) / 1000
        return self._own_wait(shares)

    def _own_wait(self, shares: Shares) -> float:
        if len(self._held) >= shares.own_at_once:
            return 0.04
        now = time.monotonic()
        if now < self._next:
            return self._next - now
        self._next = now + shares.own_pause
        return 0.0
