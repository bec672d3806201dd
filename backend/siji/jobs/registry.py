"""Which function does which kind of job. An app registers its own in its ``handlers.py``, imported when the apps are ready."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from siji.jobs.work import Work

Result = dict[str, Any]
Handler = Callable[["Work"], Result]
Ending = Callable[[dict[str, Any], str], None]
"""Payload and error of a job that has failed for good."""


COMPUTING, SHORT, WRITING = "computing", "short", "writing"
"""Lines of work that there may not be too much of at once: what computes for long; what takes some hundredths of a second and is
waited for by somebody at a page; what hears long answers of a model."""


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    handler: Handler
    max_attempts: int
    on_failure: Ending | None = None
    waits: bool = False
    line: str = COMPUTING
    ahead_of: str = ""


_kinds: dict[str, Kind] = {}


def handler(
    name: str,
    *,
    max_attempts: int = 5,
    on_failure: Ending | None = None,
    waits: bool = False,
    line: str = COMPUTING,
    ahead_of: str = "",
) -> Callable[[Handler], Handler]:
    """Register a function for a kind of job. It may run more than once: see ``Work.finish``.

    ``on_failure`` runs in the transaction in which the job fails for good, whatever the reason: what waits for the job is told.
    ``waits``: nearly all its time goes by outside this machine, so it stands in no line.
    ``line``: where any other does.
    ``ahead_of``: a line of which nothing is begun until this waits. Only for what waits after some hundredths of a second.
    """

    def register(function: Handler) -> Handler:
        if name in _kinds:
            raise ValueError(f"two handlers for {name}")
        _kinds[name] = Kind(name, function, max_attempts, on_failure, waits, line, ahead_of)
        return function

    return register


def kind_of(name: str) -> Kind:
    """Raises KeyError for a kind that no app handles."""
    return _kinds[name]


def line_of(name: str) -> str:
    """In which line it stands; "": in none. A kind that no app handles is refused at once."""
    kind = _kinds.get(name)
    return "" if kind is None or kind.waits else kind.line


def ahead_of(name: str) -> str:
    """The line that it goes ahead of; "": of none."""
    kind = _kinds.get(name)
    return "" if kind is None else kind.ahead_of


def tell_failure(name: str, payload: dict[str, Any], error: str) -> None:
    """Inside the transaction in which a job fails for good. A kind that no app handles any more tells nobody."""
    kind = _kinds.get(name)
    if kind is not None and kind.on_failure is not None:
        kind.on_failure(payload, error)
