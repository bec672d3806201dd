"""The one fault of which no row can be written: the database itself does not answer.

Each process remembers what it saw last of the channels, and tells of it directly. Who of them does is agreed in the cache's
Redis, and where that is silent too, by a file of this machine: rather told once a machine than not at all. Before that the
database is asked directly: a process that has used up its own connections waits as long, and nobody need be woken for it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from redis import Redis, RedisError

from siji.monitoring.alerts.deciding import Event, Standing, Told
from siji.monitoring.alerts.levels import AlertLevel
from siji.monitoring.alerts.words import Language, body_of, title_of
from siji.monitoring.models import Channel
from siji.monitoring.notifications.sealing import Opened, opened
from siji.monitoring.notifications.sending import Undelivered, Unusable, send
from siji.monitoring.probing import database_answers

TOLD_AFTER = 15.0
TAKEN_FOR = 3600
CLAIM = "siji:alerts:database_down"

log = logging.getLogger("siji.monitoring")


class Outage:
    def __init__(self, *, clock: Callable[[], float] = time.monotonic, answers: Callable[[], bool] | None = None) -> None:
        self._clock, self._answers = clock, answers or database_answers
        self._channels: list[tuple[Opened, bool]] = []
        self._since: float | None = None
        self._began = datetime.now(UTC)
        self._is_asked = False
        self._is_mine = False

    def note_success(self) -> None:
        """Raises DatabaseError: then it was none."""
        rows = list(Channel.objects.filter(is_on=True, only_escalated=False))
        self._channels = [(found, row.language == "en") for row in rows if (found := _usable(row))]
        if self._is_mine:
            self._tell("recovered")
            _give_back()
        self._since, self._is_asked, self._is_mine = None, False, False

    def note_failure(self) -> None:
        now = self._clock()
        if self._since is None:
            self._since, self._began = now, datetime.now(UTC)
        if not self._is_asked and now - self._since >= TOLD_AFTER:
            if self._answers():
                log.warning("figures wait, and the database answers: this process has no connection left for them")
                self._since = None
                return
            self._is_asked = True
            self._is_mine = _claim()
            if self._is_mine:
                self._tell("opened")

    def _tell(self, event: Event) -> None:
        value = self._clock() - (self._since or self._clock())
        standing = Standing("database_down", "", "open", AlertLevel.CRITICAL, self._began, value, TOLD_AFTER, "")
        told = [Told(event, replace(standing, told=AlertLevel.CRITICAL))]
        for channel, is_english in self._channels:
            language: Language = "en" if is_english else "zh"
            title, body = title_of(told, language), body_of(told, {"database_down": "seconds"}, language)
            threading.Thread(target=_send, args=(channel, title, body, event == "recovered"), daemon=True).start()


def _usable(row: Channel) -> Opened | None:
    try:
        return opened(row)
    except Unusable as error:
        log.warning("channel %s cannot be used: %s", row.pk, error)
        return None


def _send(channel: Opened, title: str, body: str, is_recovery: bool) -> None:
    for pause in (2.0, 8.0, 30.0, 0.0):
        try:
            send(channel, title=title, body=body, is_recovery=is_recovery)
            return
        except (Undelivered, Unusable) as error:
            log.warning("the database does not answer, and %s could not be told: %s", channel.kind, error)
            time.sleep(pause)


def _claim() -> bool:
    try:
        with _redis() as client:
            return bool(client.set(CLAIM, "1", nx=True, ex=TAKEN_FOR))
    except (RedisError, OSError):
        return _claim_here()


def _claim_here() -> bool:
    path = _file()
    if path.exists() and time.time() - path.stat().st_mtime > TAKEN_FOR:
        path.unlink(missing_ok=True)
    try:
        path.touch(exist_ok=False)
    except FileExistsError:
        return False
    except OSError as error:
        log.warning("no claim can be kept in %s, so each process tells: %s", path.parent, error)
    return True


def _give_back() -> None:
    _file().unlink(missing_ok=True)
    try:
        with _redis() as client:
            client.delete(CLAIM)
    except (RedisError, OSError) as error:
        log.warning("the claim ends by itself, Redis does not answer: %s", error)


def _redis() -> Redis:
    return Redis.from_url(settings.CACHE_URL, socket_timeout=1.0, socket_connect_timeout=1.0)


def _file() -> Path:
    return Path(settings.SIJI_HOME) / "run" / "database-down-told"


outage = Outage()
