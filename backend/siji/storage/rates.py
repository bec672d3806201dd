"""So many of something in a stretch of time, counted for all processes together, at almost no cost to whoever is far below.

Stretches are fixed and begin for everybody at once, so around their border twice as many may pass. A process counts by itself;
only whose count here has reached an eighth of what is allowed is counted in Redis too, from then on with each step. With P
processes nobody therefore gets past ``most`` by more than P eighths.

Redis away: each process allows ``most`` by its own count. So nobody is refused for Redis's sake, and P times as many may pass.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from siji.storage.cache.link import Unavailable
from siji.storage.cache.manager import cache_manager

if TYPE_CHECKING:
    from redis import Redis

MARK = "siji:r"
MOST_KEYS = 100_000
"""Of a stretch; whoever comes later is not counted before the next. What is counted must not fill the memory."""


class Rate:
    """``most`` in ``seconds`` for each key. ``clock`` in seconds since 1970, the same for all processes."""

    def __init__(self, name: str, *, seconds: int = 60, clock: Callable[[], float] = time.time) -> None:
        self.name, self._seconds, self._clock = name, seconds, clock
        self._lock = threading.Lock()
        self._stretch = 0
        self._here: Counter[str] = Counter()
        self._told: Counter[str] = Counter()

    def wait_seconds(self, key: str, *, most: int) -> int:
        """Counts one more; 0 where it may pass, else whole seconds until the next stretch. ``most`` 0: there is no limit."""
        if not most:
            return 0
        now = self._clock()
        here, untold = self._count(key, int(now // self._seconds), is_far=lambda here: here * 8 < most)
        total = self._total(key, int(now // self._seconds), untold) if untold else None
        if (here if total is None else total) <= most:
            return 0
        return max(1, round(self._seconds - now % self._seconds))

    def forget(self) -> None:
        with self._lock:
            self._here.clear()
            self._told.clear()

    def _count(self, key: str, stretch: int, *, is_far: Callable[[int], bool]) -> tuple[int, int]:
        """How many here, and how many of them Redis is to be told of now."""
        with self._lock:
            if stretch != self._stretch:
                self._stretch = stretch
                self._here.clear()
                self._told.clear()
            if key not in self._here and len(self._here) >= MOST_KEYS:
                return 0, 0
            self._here[key] += 1
            here = self._here[key]
            if is_far(here):
                return here, 0
            untold = here - self._told[key]
            self._told[key] = here
            return here, untold

    def _total(self, key: str, stretch: int, untold: int) -> int | None:
        """None where Redis does not answer."""
        name = f"{MARK}:{self.name}:{stretch}:{key}"

        def tell(redis: Redis) -> int:
            with redis.pipeline(transaction=False) as pipe:
                pipe.incrby(name, untold)
                pipe.expire(name, 2 * self._seconds)
                return int(pipe.execute()[0])

        try:
            return cache_manager.link.run(tell)
        except Unavailable:
            return None
