"""Telling that a namespace has changed: a new random version, once the transaction has committed.

What Redis could not be told is kept and tried again four times a second by a thread of this process; until then this process
passes the namespace by. Other processes are stale at most until Redis answers one of these tries.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Iterable

from django.db import transaction
from redis import Redis

from siji.storage.cache.keys import version_key
from siji.storage.cache.link import Link, Unavailable

VERSION_SECONDS = 3 * 86400
"""Longer than any entry lives, so that a version is there for as long as an entry could need it."""
RETRY_SECONDS = 0.25


def new_version() -> str:
    return secrets.token_hex(8)


class Bumps:
    def __init__(self, link: Link) -> None:
        self._link = link
        self._lock = threading.Lock()
        self._owed: dict[str, int] = {}
        self._thread: threading.Thread | None = None

    def are_owed(self, namespaces: Iterable[str]) -> bool:
        return bool(self._owed) and any(namespace in self._owed for namespace in namespaces)

    def on_commit(self, namespaces: Iterable[str], *, using: str | None = None) -> None:
        changed = frozenset(namespaces)
        transaction.on_commit(lambda: self.bump(changed), using=using)

    def bump(self, namespaces: frozenset[str]) -> None:
        try:
            self._tell(namespaces)
        except Unavailable:
            self._owe(namespaces)

    def _tell(self, namespaces: Iterable[str]) -> None:
        def tell(redis: Redis) -> None:
            with redis.pipeline(transaction=False) as pipe:
                for namespace in sorted(namespaces):
                    pipe.set(version_key(namespace), new_version(), ex=VERSION_SECONDS)
                pipe.execute()

        self._link.run(tell)

    def _owe(self, namespaces: frozenset[str]) -> None:
        with self._lock:
            self._owed |= {namespace: self._owed.get(namespace, 0) + 1 for namespace in namespaces}
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._pay, name="cache-bumps", daemon=True)
                self._thread.start()

    def _pay(self) -> None:
        while True:
            time.sleep(RETRY_SECONDS)
            with self._lock:
                owed = dict(self._owed)
            try:
                self._tell(owed)
            except Unavailable:
                continue
            with self._lock:
                # What was owed once more while this was under way may have been told before that change: it stays.
                self._owed = {space: times for space, times in self._owed.items() if owed.get(space) != times}
                if not self._owed:
                    self._thread = None
                    return
