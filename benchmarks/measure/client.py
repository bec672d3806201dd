"""A browser's connection, as light as it can be: HTTP/1.1 kept alive, one request at a time, gzip undone, cookies kept.

A general client costs a millisecond of the generator's processor per request, which on a machine of two cores is the measured
thing's; this one costs about a tenth.
"""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any, cast

PATIENCE = 30.0
"""Seconds after which a person gives up."""


class Broken(Exception):
    """No whole answer came: refused, closed in the middle, too late."""


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: dict[str, str]
    cookies: list[str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Wire(asyncio.Protocol):
    """Reads one reply after another."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._waiting: asyncio.Future[Reply] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)  # uvloop's are no subclass

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        waiting = self._waiting
        if waiting is None or waiting.done():
            return
        try:
            found = read_reply(self._buffer)
        except (ValueError, zlib.error) as error:
            waiting.set_exception(Broken(f"unreadable: {error}"))
            return
        if found is not None:
            reply, end = found
            del self._buffer[:end]
            waiting.set_result(reply)

    def connection_lost(self, error: Exception | None) -> None:
        self.transport = None
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(Broken("connection closed"))

    @property
    def is_open(self) -> bool:
        return self.transport is not None and not self.transport.is_closing()

    async def ask(self, message: bytes) -> Reply:
        assert self.transport is not None
        self._buffer.clear()
        self._waiting = asyncio.get_running_loop().create_future()
        self.transport.write(message)
        return await asyncio.wait_for(self._waiting, PATIENCE)

    def close(self) -> None:
        if self.transport is not None:
            self.transport.close()


@dataclass
class Browser:
    """One person's: their cookies hold for every door of the same school."""

    cookies: dict[str, str] = field(default_factory=dict)
    csrf: str = ""
    _wires: dict[tuple[str, int], Wire] = field(default_factory=dict)

    async def ask(
        self, door: tuple[str, int], method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> Reply:
        """Raises Broken."""
        message = self._message(door, method, path, body, headers or {})
        try:
            wire = await self._wire(door)
            reply = await wire.ask(message)
        except (OSError, TimeoutError) as error:
            self.leave(door)
            raise Broken(type(error).__name__) from error
        except Broken:
            self.leave(door)
            raise
        if reply.headers.get("connection") == "close":
            self.leave(door)
        for cookie in reply.cookies:
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return reply

    async def follow(self, door: tuple[str, int], path: str) -> AsyncIterator[Any]:
        """What an event stream tells, to its end. By HTTP/1.0, which has no chunks to put together. Raises Broken."""
        try:
            reader, writer = await asyncio.open_connection(*door, limit=2**20)
        except OSError as error:
            raise Broken(type(error).__name__) from error
        try:
            writer.write(self._message(door, "GET", path, None, {}).replace(b"HTTP/1.1", b"HTTP/1.0", 1))
            first = await asyncio.wait_for(reader.readline(), PATIENCE)
            if b" 200 " not in first:
                raise Broken(f"the stream answered {first!r}")
            while line := await reader.readline():
                if line.startswith(b"data: "):
                    yield json.loads(line[6:])
        except (OSError, TimeoutError) as error:
            raise Broken(type(error).__name__) from error
        finally:
            writer.close()

    def leave(self, door: tuple[str, int]) -> None:
        if wire := self._wires.pop(door, None):
            wire.close()

    def leave_all(self) -> None:
        for door in list(self._wires):
            self.leave(door)

    async def _wire(self, door: tuple[str, int]) -> Wire:
        known = self._wires.get(door)
        if known is not None and known.is_open:
            return known
        connecting = asyncio.get_running_loop().create_connection(Wire, *door)
        _, self._wires[door] = await asyncio.wait_for(connecting, PATIENCE)
        return self._wires[door]

    def _message(self, door: tuple[str, int], method: str, path: str, body: Any, headers: dict[str, str]) -> bytes:
        origin = f"{door[0]}:{door[1]}"
        lines = [f"{method} {path} HTTP/1.1", f"Host: {origin}", "Accept: application/json", "Accept-Encoding: gzip"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        payload = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        if method != "GET":
            lines += [f"Origin: http://{origin}", f"X-CSRFToken: {self.csrf}", f"Content-Length: {len(payload)}"]
            lines += ["Content-Type: application/json"] if payload else []
        lines += [f"{name}: {value}" for name, value in headers.items()]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + payload


def read_reply(buffer: bytearray) -> tuple[Reply, int] | None:
    """The reply and where it ends; None while it is not all there. Raises ValueError for what is no HTTP."""
    head_end = buffer.find(b"\r\n\r\n")
    if head_end < 0:
        return None
    first, *lines = buffer[:head_end].decode("latin-1").split("\r\n")
    status = int(first.split(" ", 2)[1])
    headers, cookies = dict[str, str](), list[str]()
    for line in lines:
        name, _, value = line.partition(":")
        if name.lower() == "set-cookie":
            cookies.append(value.strip())
        else:
            headers[name.lower()] = value.strip()
    found = _body(buffer, head_end + 4, status, headers)
    if found is None:
        return None
    body, end = found
    if headers.get("content-encoding") == "gzip":
        body = zlib.decompress(body, wbits=31)
    return Reply(status, headers, cookies, body), end


def _body(buffer: bytearray, start: int, status: int, headers: dict[str, str]) -> tuple[bytes, int] | None:
    if status in (204, 304):
        return b"", start
    if headers.get("transfer-encoding", "").lower() == "chunked":
        return _chunks(buffer, start)
    end = start + int(headers["content-length"]) if "content-length" in headers else -1
    if end < 0:
        raise ValueError("neither a length nor chunks")
    return (bytes(buffer[start:end]), end) if len(buffer) >= end else None


def _chunks(buffer: bytearray, at: int) -> tuple[bytes, int] | None:
    parts = list[bytes]()
    while True:
        line_end = buffer.find(b"\r\n", at)
        if line_end < 0:
            return None
        size = int(bytes(buffer[at:line_end]).split(b";")[0], 16)
        start, end = line_end + 2, line_end + 2 + size
        if len(buffer) < end + 2:
            return None
        parts.append(bytes(buffer[start:end]))
        at = end + 2
        if size == 0:
            return b"".join(parts), at
