"""Where the present request may read. Outside a request, and by default, that is the primary."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from siji.storage.replicas.standing import standing_of


class Reading:
    """One request: decided at its first read, the same until its end, the primary from its first write on."""

    def __init__(self, needed: Callable[[], int | None]) -> None:
        self._needed = needed
        self.alias: str | None = None

    def decide(self) -> str:
        if self.alias is None:
            self.alias = DEFAULT_DB_ALIAS  # what is asked while deciding is asked of the primary
            self.alias = self._fit()
        return self.alias

    def _fit(self) -> str:
        position = self._needed()
        if position is None:
            return DEFAULT_DB_ALIAS
        replicas = random.sample(settings.REPLICAS, len(settings.REPLICAS))
        return next((alias for alias in replicas if standing_of(alias).has_replayed(position)), DEFAULT_DB_ALIAS)


_reading: ContextVar[Reading | None] = ContextVar("siji_reading", default=None)


@contextmanager
def may_read_replicas(needed: Callable[[], int | None]) -> Iterator[None]:
    """``needed``: asked once, when something is read: the position that a replica must have replayed; None: none will do."""
    token = _reading.set(Reading(needed))
    try:
        yield
    finally:
        _reading.reset(token)


@contextmanager
def from_primary() -> Iterator[None]:
    token = _reading.set(None)
    try:
        yield
    finally:
        _reading.reset(token)


def use_primary() -> None:
    """For the rest of the request."""
    reading = _reading.get()
    if reading is not None:
        reading.alias = DEFAULT_DB_ALIAS


def read_alias() -> str:
    reading = _reading.get()
    if reading is None or connections[DEFAULT_DB_ALIAS].in_atomic_block:
        return DEFAULT_DB_ALIAS
    return reading.decide()
