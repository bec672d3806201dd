"""How often each kind of entry is found: counted in the process, added up for the whole cluster in Redis about once a second."""

from __future__ import annotations

import threading
import time
from collections import Counter
from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from redis import Redis
    from redis.client import Pipeline

Outcome = Literal["hit", "miss", "stale", "early", "waited", "error", "bypassed"]
"""``stale``: found, with versions that are no longer the present ones (made again, like a miss). ``early``: a hit that was made
again before its end. ``waited``: another one was making it, and it came. ``error``: Redis did not answer. ``bypassed``: inside a
transaction, or waiting for a bump."""

TOTALS = "siji:stats"
EVERY_SECONDS = 1.0
ANSWERED: frozenset[Outcome] = frozenset({"hit", "early", "waited"})


class Counts:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._unsent: Counter[str] = Counter()
        self._ever: Counter[str] = Counter()
        self._sent_at = 0.0

    def note(self, name: str, outcome: Outcome) -> None:
        with self._lock:
            field = f"{name}|{outcome}"
            self._unsent[field] += 1
            self._ever[field] += 1

    def ever(self) -> Counter[str]:
        """``name|outcome`` → times, in this process since it began, whether Redis took them or not."""
        with self._lock:
            return Counter(self._ever)

    def send_with(self, pipe: Pipeline) -> None:
        """Adds what has gathered to a pipeline that goes out anyway."""
        now = time.monotonic()
        if now - self._sent_at < EVERY_SECONDS:
            return
        with self._lock:
            unsent, self._unsent, self._sent_at = self._unsent, Counter(), now
        for field, number in unsent.items():
            pipe.hincrby(TOTALS, field, number)

    def send_all(self, redis: Redis) -> None:
        self._sent_at = 0.0
        with redis.pipeline(transaction=False) as pipe:
            self.send_with(pipe)
            pipe.execute()


def totals(redis: Redis) -> dict[str, dict[str, int]]:
    """Name → outcome → times, of all processes since Redis was last emptied."""
    found: dict[str, dict[str, int]] = {}
    for field, number in cast("dict[bytes, bytes]", redis.hgetall(TOTALS)).items():
        name, _, outcome = field.decode().rpartition("|")
        found.setdefault(name, {})[outcome] = int(number)
    return found


def hit_rate(counts: dict[str, int]) -> float | None:
    """Answered from the cache ÷ all cached reads, writes' consequences and Redis's failures included; None without any read."""
    reads = sum(counts.values())
    return sum(number for outcome, number in counts.items() if outcome in ANSWERED) / reads if reads else None
