"""Stands in for the processes behind a front door: answers as the API would, and says what it received."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

TRACK = bytes(range(256)) * 4096  # 1 MiB
ETAG = '"as-it-was"'


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Message
    body: bytes


class StandIn(BaseHTTPRequestHandler):
    """A stream, a body's digest, a range, a 304, the headers heard."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path.endswith("/events"):
            self._stream()
        elif self.path.endswith("/heard"):
            self._answer(200, json.dumps({name.lower(): value for name, value in self.headers.items()}).encode())
        elif self.headers["If-None-Match"] == ETAG:
            self._answer(304, b"", ETag=ETAG)
        elif wanted := self.headers["Range"]:
            first, last = (int(n) for n in wanted.removeprefix("bytes=").split("-"))
            place = f"bytes {first}-{last}/{len(TRACK)}"
            self._answer(206, TRACK[first : last + 1], **{"Content-Range": place, "Content-Type": "audio/mpeg"})
        else:
            self._answer(200, self.path.encode(), ETag=ETAG, **{"X-Server": self.port})

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        said = [hashlib.sha256(body).hexdigest(), self.headers["X-CSRFToken"], self.headers["Cookie"], self.headers["Origin"]]
        self._answer(200, "\n".join(map(str, said)).encode(), **{"X-Host": self.headers["X-Forwarded-Host"] or ""})

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-cache, no-transform")
        self.send_header("Connection", "close")
        self.end_headers()
        for n in range(3):
            self.wfile.write(f"data: {n} from {self.port}\n\n".encode())
            self.wfile.flush()
            time.sleep(0.5)

    @staticmethod
    def heard(body: bytes) -> dict[str, str]:
        """By name in lower case, as a server of ours would see them."""
        headers: dict[str, str] = json.loads(body)
        return headers

    @property
    def port(self) -> str:
        return str(self.connection.getsockname()[1])

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@contextmanager
def stand_in() -> Iterator[int]:
    """Its port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
