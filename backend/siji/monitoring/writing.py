"""The one thread a process has for its figures: it looks at the process, writes, and sees to the cluster when its turn comes."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections import Counter

import psutil
from django.db import DatabaseError, InterfaceError, connections

from siji.monitoring.alerts.outage import outage
from siji.monitoring.alerts.watching import see_to_alerts
from siji.monitoring.cluster import is_my_turn, look_at_the_cluster
from siji.monitoring.collecting import collector
from siji.monitoring.disks import fullness
from siji.storage.cache.manager import cache_manager

WRITE_SECONDS = 5.0
STUCK_SECONDS = 10.0
"""A round takes some milliseconds; a database that is frozen answers nothing, and so raises nothing."""

log = logging.getLogger("siji.monitoring")
_lock = threading.Lock()
_thread: threading.Thread | None = None
_of: int = 0
_round_began: float | None = None


def start_writing() -> None:
    """Once a process, and again in a fork. Its thread ends with the process and keeps nothing of it waiting."""
    global _thread, _of
    with _lock:
        if _thread is None or _of != os.getpid():
            _of = os.getpid()
            _thread = threading.Thread(target=_write_for_ever, name="figures", daemon=True)
            _thread.start()
            threading.Thread(target=_watch_for_ever, name="figures-watch", daemon=True).start()


def _write_for_ever() -> None:
    process, cache = ProcessFigures(), CacheFigures()
    while True:
        time.sleep(WRITE_SECONDS)
        process.note()
        cache.note()
        write_once()


def _watch_for_ever() -> None:
    while True:
        time.sleep(WRITE_SECONDS)
        watch_once()


def watch_once() -> bool:
    """True where a round hangs: the thread that would tell of it is the one that waits, so it is told of here."""
    began = _round_began
    if began is None or time.monotonic() - began < STUCK_SECONDS:
        return False
    outage.note_failure()
    log.warning("figures wait, the database has not answered for %.0f s", time.monotonic() - began)
    return True


def write_once() -> bool:
    """False where the database could not be reached: the figures wait."""
    global _round_began
    _round_began = time.monotonic()
    try:
        collector.write()
        if is_my_turn("look"):
            look_at_the_cluster()
        see_to_alerts()
    except (DatabaseError, InterfaceError) as error:
        outage.note_failure()
        log.warning("figures wait, the database does not take them: %s", str(error).strip())
        return False
    finally:
        _round_began = None
        connections.close_all()
    return True


class ProcessFigures:
    """CPU in per cent of one core for a process, of all cores for the machine; memory in MB, and in per cent."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._host = socket.gethostname()
        self._process.cpu_percent()
        psutil.cpu_percent()

    def note(self) -> None:
        name = f"{self._host}:{os.getpid()}"
        collector.note_all(
            [
                ("process_cpu", name, self._process.cpu_percent()),
                ("process_memory", name, self._process.memory_info().rss / 1e6),
                ("cpu", self._host, psutil.cpu_percent()),
                ("memory", self._host, psutil.virtual_memory().percent),
                *(("disk", f"{self._host}:{folder}", percent) for folder, percent in fullness().items()),
            ]
        )


class CacheFigures:
    """What the cache has counted in this process since the last look. Redis need not answer for that."""

    def __init__(self) -> None:
        self._seen: Counter[str] = cache_manager.counts.ever()

    def note(self) -> None:
        now = cache_manager.counts.ever()
        more = now - self._seen
        self._seen = now
        if more:
            collector.count("cache", more)
