"""Server-sent events. PostgreSQL tells what changed (NOTIFY at commit), one connection a process listens, every stream re-reads.

A notice only says *look again*: the truth is read from the tables, so a notice that is lost (listener reconnecting) costs a
delay and never a wrong picture; after a reconnect every stream looks again. Streams are served by the ASGI process alone:
under WSGI a stream would be buffered whole and hold a thread, so it is refused there.

However many streams are open, a process holds the connections of its pool and the listening one: a few threads look for all
streams, each takes a connection from the pool and gives it back. A database that is gone ends no stream: it looks again until
the database is back, so that nobody has to connect anew.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import psycopg
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.db import InterfaceError, OperationalError, close_old_connections, connection, connections
from django.http import HttpRequest, StreamingHttpResponse

from siji.problems import Refusal
from siji.storage.prepared import prepared_cursor

CHANNEL = "siji"
HEARTBEAT_SECONDS = 15.0
LONGEST_WAIT_SECONDS = 60.0
"""A stream looks again at least this often, whatever the listener says."""

LOOKS_AT_ONCE = 3
"""One below the pool's size (siji/asgi.py), so that who opens a stream need not wait for those who look."""

AFTER_A_FAILURE_SECONDS = 2.0

log = logging.getLogger("siji.streams")
_lookers = ThreadPoolExecutor(LOOKS_AT_ONCE, thread_name_prefix="look")


@dataclass(frozen=True, slots=True)
class Frame:
    """One event: ``data`` is JSON text; ``is_last`` ends the stream; ``wake_in`` asks for another look after so many seconds."""

    data: str
    is_last: bool = False
    wake_in: float | None = None


def publish(topic: str) -> None:
    """Tell every stream of this topic to look again, when the present transaction commits."""
    with prepared_cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, topic])


def publish_all(topics: Collection[str]) -> None:
    """As ``publish`` for many, in one statement."""
    with prepared_cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, topic) FROM unnest(%s::text[]) AS topic", [CHANNEL, sorted(set(topics))])


def event_stream(request: HttpRequest, *, topic: str, look: Callable[[], Frame], rest: float = 0.0) -> StreamingHttpResponse:
    """``look`` reads the present state from the database; it is called now and after each notice.

    ``rest``: seconds between two looks at the least; notices that come meanwhile are one.

    Check permission before calling this. Raises Refusal (421) in a process that cannot stream.
    """
    if not isinstance(request, ASGIRequest):
        raise Refusal(
            "wrong_process", zh="此地址只提供事件流服务。", en="Event streams are served by the stream process.", status=421
        )
    response = StreamingHttpResponse(_events(topic, look, rest), content_type="text/event-stream")
    response.headers["Cache-Control"] = "private, no-cache, no-transform"
    response.headers["X-Accel-Buffering"] = "no"
    return response


async def _events(topic: str, look: Callable[[], Frame], rest: float) -> AsyncIterator[bytes]:
    # The thread of this request lives as long as the stream; what it holds of the database it gives back now.
    await sync_to_async(_give_back)()
    async with _listener().subscribed(topic) as notice:
        yield b"retry: 2000\n\n"
        sent = ""
        while True:
            notice.clear()
            frame = await asyncio.get_running_loop().run_in_executor(_lookers, _looked, look)
            if frame is not None and frame.data != sent:
                sent = frame.data
                yield f"data: {sent}\n\n".encode()
            if frame is not None and frame.is_last:
                return
            await asyncio.sleep(rest)
            async for beat in _until(notice, _seconds_until_the_next(frame)):
                yield beat


def _give_back() -> None:
    connections.close_all()  # found here, in the thread whose they are


def _seconds_until_the_next(frame: Frame | None) -> float:
    if frame is None:
        return AFTER_A_FAILURE_SECONDS
    return min(frame.wake_in or LONGEST_WAIT_SECONDS, LONGEST_WAIT_SECONDS)


def _looked(look: Callable[[], Frame]) -> Frame | None:
    """None while the database cannot be reached."""
    try:
        return look()
    except (OperationalError, InterfaceError) as error:
        log.warning("cannot look, next try in %.1f s: %s", AFTER_A_FAILURE_SECONDS, str(error).strip())
        return None
    finally:
        close_old_connections()  # back to the pool; without one it is kept for the next look


async def _until(notice: asyncio.Event, seconds: float) -> AsyncIterator[bytes]:
    """A heartbeat now and then until there is a notice or the time is up."""
    loop = asyncio.get_running_loop()
    end = loop.time() + max(seconds, 0.05)
    while (left := end - loop.time()) > 0:
        try:
            await asyncio.wait_for(notice.wait(), timeout=min(left, HEARTBEAT_SECONDS))
            return
        except TimeoutError:
            yield b": still here\n\n"


class _Subscription:
    def __init__(self, listener: Listener, topic: str) -> None:
        self.listener, self.topic, self.notice = listener, topic, asyncio.Event()

    async def __aenter__(self) -> asyncio.Event:
        self.listener.add(self.topic, self.notice)
        return self.notice

    async def __aexit__(self, *_: object) -> None:
        self.listener.remove(self.topic, self.notice)


class Listener:
    """The one listening connection of an event loop; it lives while anybody is subscribed and reconnects by itself."""

    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        self.notices: dict[str, set[asyncio.Event]] = {}
        self.task: asyncio.Task[None] | None = None

    def subscribed(self, topic: str) -> _Subscription:
        return _Subscription(self, topic)

    def add(self, topic: str, notice: asyncio.Event) -> None:
        self.notices.setdefault(topic, set()).add(notice)
        if self.task is None or self.task.done():
            self.task = asyncio.get_running_loop().create_task(self._listen())

    def remove(self, topic: str, notice: asyncio.Event) -> None:
        waiting = self.notices.get(topic, set())
        waiting.discard(notice)
        if not waiting:
            self.notices.pop(topic, None)
        if not self.notices and self.task is not None:
            self.task.cancel()
            self.task = None

    async def _listen(self) -> None:
        pause = 0.2
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self.dsn, autocommit=True, connect_timeout=5) as link:
                    await link.execute(f'LISTEN "{CHANNEL}"')
                    self._wake_all()
                    pause = 0.2
                    async for notice in link.notifies():
                        self._wake(notice.payload)
            except psycopg.OperationalError as error:
                log.warning("listening connection lost, next try in %.1f s: %s", pause, str(error).strip())
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5.0)

    def _wake(self, topic: str) -> None:
        for notice in self.notices.get(topic, ()):
            notice.set()

    def _wake_all(self) -> None:
        for topic in self.notices:
            self._wake(topic)


_listeners: dict[int, tuple[asyncio.AbstractEventLoop, Listener]] = {}


def _listener() -> Listener:
    """The listener of the running loop. A new loop (tests) gets its own; those of closed loops are forgotten."""
    loop = asyncio.get_running_loop()
    for key in [key for key, (other, _) in _listeners.items() if other.is_closed()]:
        del _listeners[key]
    if id(loop) not in _listeners:
        _listeners[id(loop)] = (loop, Listener(_dsn()))
    return _listeners[id(loop)][1]


def _dsn() -> str:
    """Where Django's default connection points; read at run time since tests have a database of their own."""
    place = connection.settings_dict
    return psycopg.conninfo.make_conninfo(
        host=place["HOST"], port=place["PORT"], dbname=place["NAME"], user=place["USER"], password=place["PASSWORD"] or None
    )
