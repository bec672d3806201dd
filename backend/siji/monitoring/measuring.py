"""What a request costs, counted where it passes: how long, how it ended, how many queries and how long each took.

By operation (``GET /courses/{course_id}``), never by address. Measured: see benchmarks/metrics_cost.py.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponseBase

from siji.monitoring.collecting import collector
from siji.monitoring.writing import start_writing

SLOW_QUERY_MS = 100.0
"""From here on the text of a query is kept (never its values), to be found by."""
REFUSED = "(refused)"
"""Turned away before it was known what was asked for: the gate was full, or there is no such address."""
ANSWERS = "PUT /attempts/{attempt_id}/answers"


class _Present(threading.local):
    queries: list[float] | None = None
    slow: list[tuple[str, float]] | None = None
    is_watching = False


_present = _Present()


class Measured:
    """Outermost: the wait for a connection belongs to what the user waits for."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        if settings.SIJI_MODE != "test":
            start_writing()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        _watch_connections()
        queries: list[float] = []
        slow: list[tuple[str, float]] = []
        _present.queries, _present.slow = queries, slow
        began = time.perf_counter()
        try:
            response = self.get_response(request)
        finally:
            _present.queries = _present.slow = None
        _note(request, response.status_code, (time.perf_counter() - began) * 1000, queries, slow)
        return response


def operation_of(method: str, route: str) -> str:
    return _operation(method, route)


@lru_cache(maxsize=1024)
def _operation(method: str, route: str) -> str:
    path = re.sub(r"<(?:[^:>]+:)?([^>]+)>", r"{\1}", route.removeprefix("api/v1/"))
    return f"{method} /{path}"


def _note(request: HttpRequest, status: int, took: float, queries: list[float], slow: list[tuple[str, float]]) -> None:
    match = request.resolver_match
    name = REFUSED if match is None else _operation(str(request.method), match.route)
    values: list[tuple[str, str, float]] = [("request", name, took), ("queries", name, len(queries))]
    values += [("query", name, one) for one in queries]
    values += [("slow", text, one) for text, one in slow]
    if status >= 500:
        values.append(("error", name, took))
    # Only whom the request has looked up by itself: nobody's session is read for the sake of counting.
    user = getattr(request, "_cached_user", None)
    collector.note_all(values, user=getattr(user, "pk", None))


def _watch_connections() -> None:
    """Once a thread: its connections are its own and stay. To ask for them costs more than everything else here."""
    if _present.is_watching:
        return
    _present.is_watching = True
    for connection in connections.all():
        if _timed not in connection.execute_wrappers:
            connection.execute_wrappers.insert(0, _timed)  # the last is taken off by whoever hung one for a while


def _timed(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    queries = _present.queries
    if queries is None:
        return execute(sql, params, many, context)
    began = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        took = (time.perf_counter() - began) * 1000
        queries.append(took)
        if took >= SLOW_QUERY_MS and _present.slow is not None:
            _present.slow.append((shape_of(str(sql)), took))


def shape_of(sql: str) -> str:
    """The text without values: placeholders in a row are one, and what somebody wrote into it is gone."""
    text = re.sub(r"'(?:[^']|'')*'", "?", sql)
    text = re.sub(r"\b\d+\b", "?", text)
    return re.sub(r"(%s)(, %s)+", "%s, …", text)[:300]
