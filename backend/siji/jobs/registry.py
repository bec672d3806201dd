"""Which function does which kind of job. An app registers its own in its ``handlers.py``, imported when the apps are ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from siji.jobs.work import Work

Result = dict[str, Any]
Handler = Callable[["Work"], Result]


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    handler: Handler
    max_attempts: int


_kinds: dict[str, Kind] = {}


def handler(name: str, *, max_attempts: int = 5) -> Callable[[Handler], Handler]:
    """Register a function for a kind of job. It may run more than once: see ``Work.finish``."""

    def register(function: Handler) -> Handler:
        if name in _kinds:
            raise ValueError(f"two handlers for {name}")
        _kinds[name] = Kind(name, function, max_attempts)
        return function

    return register


def kind_of(name: str) -> Kind:
    """Raises KeyError for a kind that no app handles."""
    return _kinds[name]
