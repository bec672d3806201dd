"""``PerformanceCollector``: what one process counts, and how it becomes true for the whole cluster.

A process adds up in memory by minute and writes the sums of its minutes every few seconds, each the whole minute anew: to write
twice changes nothing, so a write that may have been lost is simply done again. PostgreSQL holds the truth and Redis none: what is
lost when a process is killed are its last seconds. While the database cannot be reached the minutes wait, so many at most.
"""

from __future__ import annotations

import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import transaction
from django.db.models.functions import Now

from siji.monitoring.models import Measured, Span
from siji.monitoring.series import Measures

KEPT_MINUTES = 60
"""Below ``folding.FOLDED_AFTER``: a minute that is folded is never written again."""


@dataclass(slots=True)
class _Minute:
    measures: Measures = field(default_factory=Measures)
    users: set[int] = field(default_factory=set)
    changes: int = 0
    """Counts up with each note, so that what comes in while it is written is written the next time."""
    written: int = 0


class PerformanceCollector:
    def __init__(self, *, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._minutes: dict[int, _Minute] = {}
        self.process = ""
        self._pid = 0

    def note(self, kind: str, name: str, value: float) -> None:
        self.note_all([(kind, name, value)])

    def note_all(self, values: Iterable[tuple[str, str, float]], *, user: int | None = None) -> None:
        """Kind, name, value; under one lock."""
        with self._lock:
            minute = self._present()
            for kind, name, value in values:
                minute.measures.of(kind, name).note(value)
            if user is not None:
                minute.users.add(user)

    def count(self, kind: str, numbers: Mapping[str, int]) -> None:
        """What somebody else has counted: name → how many more since the last time."""
        with self._lock:
            minute = self._present()
            for name, number in numbers.items():
                minute.measures.of(kind, name).count += number

    def write(self) -> int:
        """How many minutes were written. Raises DatabaseError; nothing is lost by it."""
        with self._writing:
            rows, changes = self._unwritten()
            if rows:
                with transaction.atomic():
                    Measured.objects.bulk_create(
                        rows,
                        update_conflicts=True,
                        unique_fields=["span", "at", "process"],
                        update_fields=["data", "users", "written_at"],
                    )
            self._note_written(changes)
            return len(rows)

    def _present(self) -> _Minute:
        if self._pid != os.getpid():  # a fork counts for itself: the minutes of its parent are its parent's to write
            self._pid, self._minutes = os.getpid(), {}
            self.process = f"{socket.gethostname()[:40]}:{self._pid}:{secrets.token_hex(4)}"
        number = int(self._clock() // 60)
        minute = self._minutes.get(number)
        if minute is None:
            minute = self._minutes[number] = _Minute()
            for old in [key for key in self._minutes if key <= number - KEPT_MINUTES]:
                del self._minutes[old]
        minute.changes += 1
        return minute

    def _unwritten(self) -> tuple[list[Measured], dict[int, int]]:
        with self._lock:
            waiting = {number: one for number, one in self._minutes.items() if one.changes > one.written}
            rows = [
                Measured(
                    span=Span.MINUTE,
                    at=datetime.fromtimestamp(number * 60, UTC),
                    process=self.process,
                    data=one.measures.to_json(),
                    users=sorted(one.users),
                    written_at=Now(),
                )
                for number, one in waiting.items()
            ]
            return rows, {number: one.changes for number, one in waiting.items()}

    def _note_written(self, changes: Mapping[int, int]) -> None:
        with self._lock:
            for number, seen in changes.items():
                if number in self._minutes:
                    self._minutes[number].written = seen
            present = int(self._clock() // 60)
            for number in [key for key, one in self._minutes.items() if key < present and one.written == one.changes]:
                del self._minutes[number]


collector = PerformanceCollector()
