"""A stream outlives a database that is gone for a while, and holds nothing of it while it waits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, close_old_connections, connections
from django.test import AsyncRequestFactory

from siji.storage import streams
from siji.storage.streams import Frame

pytestmark = pytest.mark.django_db(transaction=True)


def follow(*looks: Frame | Exception) -> AsyncIterator[bytes]:
    left = list(looks)

    def look() -> Frame:
        found = left.pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    response = streams.event_stream(AsyncRequestFactory().get("/events"), topic="t", look=look)
    return response.streaming_content  # type: ignore[return-value]  # of an async response


async def test_a_look_that_fails_ends_no_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "AFTER_A_FAILURE_SECONDS", 0.05)
    gone = OperationalError("the server is gone")
    came = [chunk async for chunk in follow(Frame("1", wake_in=0.05), gone, gone, Frame("2", is_last=True))]
    assert [chunk for chunk in came if chunk.startswith(b"data")] == [b"data: 1\n\n", b"data: 2\n\n"]


async def test_what_a_look_does_wrong_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        [chunk async for chunk in follow(ZeroDivisionError())]


async def test_who_waits_holds_no_connection_of_the_pool(monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[bool] = []
    monkeypatch.setattr("siji.storage.streams._lookers", ThreadPoolExecutor(1))  # none that has a connection already
    monkeypatch.setitem(connections["default"].settings_dict, "CONN_MAX_AGE", 0)  # as with a pool

    def close() -> None:
        close_old_connections()
        held.append(connections["default"].connection is not None)

    monkeypatch.setattr("siji.storage.streams.close_old_connections", close)

    def look() -> Frame:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT 1")
        return Frame("1", is_last=True)

    response = streams.event_stream(AsyncRequestFactory().get("/events"), topic="t", look=look)
    assert [chunk async for chunk in response.streaming_content]  # type: ignore[union-attr]  # of an async response
    assert held == [False]
