"""HTTP/1.1 by hand: a fault must be able to break every rule of it, which no server library lets it do."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

LARGEST_BODY = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes


async def read_request(reader: asyncio.StreamReader) -> Request | None:
    """None when the other end has closed. Raises ValueError for what is no request."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers.get("content-length", "0"))
        if length > LARGEST_BODY:
            raise ValueError(f"a body of {length} bytes")
        return Request(method, path, headers, await reader.readexactly(length))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None


class Answer:
    """What is sent back on one connection. Each method waits until the bytes are handed on."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self.is_control = False

    async def head(self, status: int, content_type: str, *, length: int | None, **more: str) -> None:
        """Without a length the body comes in chunks. Underscores in names of ``more`` are hyphens."""
        size = {"Transfer-Encoding": "chunked"} if length is None else {"Content-Length": str(length)}
        headers = {"Content-Type": content_type, **size, **{name.replace("_", "-"): value for name, value in more.items()}}
        lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *(f"{name}: {value}" for name, value in headers.items())]
        await self.raw("\r\n".join([*lines, "", ""]).encode())

    async def json(self, status: int, body: Any, **more: str) -> None:
        data = json.dumps(body, ensure_ascii=False).encode()
        await self.head(status, "application/json", length=len(data), **more)
        await self.raw(data)

    async def chunk(self, data: bytes) -> None:
        await self.raw(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    async def event(self, data: Any) -> None:
        text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
        await self.chunk(f"data: {text}\n\n".encode())

    async def last_chunk(self) -> None:
        await self.raw(b"0\r\n\r\n")

    async def raw(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    def close(self) -> None:
        self._writer.close()

    def reset(self) -> None:
        """The other end sees "connection reset by peer", not an orderly end."""
        plug: socket.socket = self._writer.get_extra_info("socket")
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()
