"""Who has begun something is told when it has nothing to do but wait for what is outside: others may go on meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_told: ContextVar[Callable[[], None] | None] = ContextVar("siji_waiting", default=None)


@contextmanager
def told_of_waiting(tell: Callable[[], None]) -> Iterator[None]:
    """``tell`` is called at each wait of what runs within, in its thread and context."""
    token = _told.set(tell)
    try:
        yield
    finally:
        _told.reset(token)


def now_waiting() -> None:
    """Nobody need be told."""
    if (tell := _told.get()) is not None:
        tell()
