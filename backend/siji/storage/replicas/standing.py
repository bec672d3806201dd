"""How each replica is, as this process has seen it: how far it has replayed, and whether it is left alone for now."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections

from siji.storage.breaker import Breaker

LEFT_ALONE_SECONDS = 3.0
LOOK_SECONDS = 0.05

log = logging.getLogger("siji.replicas")


class Standing:
    def __init__(self, alias: str) -> None:
        self.alias = alias
        self.breaker = Breaker(failures=1, pause=LEFT_ALONE_SECONDS)
        self.replayed = -1
        self.reads = 0
        self.lagging = 0
        """Reads that went to the primary since this one had not replayed enough."""
        self.failures = 0

    def has_replayed(self, position: int) -> bool:
        """What it has replayed once it keeps, so it is asked only when more is needed than it was seen to have."""
        if not self.breaker.may_try():
            return False
        if self.replayed < position or self.breaker.is_open:
            self._ask()
        if self.replayed >= position:
            self.reads += 1
            return True
        self.lagging += not self.breaker.is_open
        return False

    def _ask(self) -> None:
        with connections[self.alias].cursor() as cursor:
            cursor.execute("SELECT pg_last_wal_replay_lsn() - '0/0'::pg_lsn WHERE pg_is_in_recovery()")
            row = cursor.fetchone()
            # The cursor falls back to the primary, which is not in recovery.
            answered = getattr(cursor.db, "alias", None) == self.alias
        if answered and row is not None and row[0] is not None:
            self.replayed = int(row[0])
            if self.breaker.succeeded():
                log.warning("%s answers again", self.alias)

    def failed(self, error: Exception) -> None:
        self.failures += 1
        self.replayed = -1  # what comes back under this name may be another server
        if self.breaker.failed():
            log.warning("%s fails, reading from the primary: %s", self.alias, str(error).strip().splitlines()[0])


_standings: dict[str, Standing] = {}


def standing_of(alias: str) -> Standing:
    return _standings.setdefault(alias, Standing(alias))


class Watch:
    """Ends the wait for a replica that has stopped answering without closing (frozen, half-open): its socket is shut, the waiting
    query fails and is asked of the primary. PostgreSQL's own time-outs are kept by the server, which is what has stopped."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: dict[int, tuple[float, int]] = {}
        self._thread: threading.Thread | None = None

    @contextmanager
    def over(self, descriptor: int) -> Iterator[None]:
        ticket = threading.get_ident()
        with self._lock:
            self._waiting[ticket] = (time.monotonic() + settings.REPLICA_SECONDS, descriptor)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._look, name="replica-watch", daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._lock:
                self._waiting.pop(ticket, None)

    def _look(self) -> None:
        while True:
            time.sleep(LOOK_SECONDS)
            with self._lock:
                if not self._waiting:
                    self._thread = None
                    return
                now = time.monotonic()
                for ticket, (end, descriptor) in list(self._waiting.items()):
                    if now >= end:
                        # Under the lock: a descriptor whose query has ended may be somebody else's by now.
                        _shut(descriptor)
                        del self._waiting[ticket]


def _shut(descriptor: int) -> None:
    with socket.socket(fileno=os.dup(descriptor)) as other_end:
        other_end.shutdown(socket.SHUT_RDWR)


watch = Watch()
