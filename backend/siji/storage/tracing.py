"""One id from the request to everything that is done for it: the log lines of the request and of its jobs.

A context variable: threads that run something for the request copy the context, so the id goes with it.
"""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ID = re.compile(r"[0-9a-f]{16,32}")
_present: ContextVar[str] = ContextVar("request_id", default="")


def present_id() -> str:
    """ "" outside a request and its jobs."""
    return _present.get()


def id_of(sent: str) -> str:
    """What a proxy or a browser has given it already, or a new one. Anything but hexadecimal digits could forge a log line."""
    return sent if ID.fullmatch(sent) else uuid.uuid4().hex[:16]


@contextmanager
def under(request_id: str) -> Iterator[None]:
    token = _present.set(request_id)
    try:
        yield
    finally:
        _present.reset(token)


class WithRequestId(logging.Filter):
    """Gives each line the id that it was written under."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = present_id() or "-"
        return True
