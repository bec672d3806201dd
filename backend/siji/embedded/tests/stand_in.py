"""Stands in for the processes behind a front door: answers as the API would, says what it heard; and a door that leads to it."""

from __future__ import annotations

import hashlib
import http.client
import json
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from siji.embedded.door import Door
from siji.embedded.environment import BACKEND
from siji.embedded.home import Home
from siji.embedded.parts import answers
from siji.embedded.ports import free_port
from siji.embedded.processes import Identity, end, spawn

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
            said = {"Cache-Control": self.headers["X-Say"]} if self.headers["X-Say"] else {}
            self._answer(200, self.path.encode(), ETag=ETAG, **{"X-Server": self.port}, **said)

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


@contextmanager
def open_door(folder: Path) -> Iterator[Door]:
    home = Home.open(folder)
    with stand_in() as api, stand_in() as stream:
        door = Door(home, BACKEND.parent / "frontend", "127.0.0.1", free_port(), api, stream)
        assert door.is_built, "run make web first"
        door.make()
        environment = door.environment({"PATH": "/usr/local/bin:/usr/bin:/bin"})
        process = spawn(door.command, log=home.log("web"), env=environment, cwd=door.folder)
        until = time.monotonic() + 20
        while answers(f"http://{door.address}/") and time.monotonic() < until:
            time.sleep(0.1)
        yield door
        end(Identity.of(process.pid))
        process.wait()


def ask(door: Door, method: str, path: str, headers: dict[str, str] | None = None, body: bytes | None = None) -> Reply:
    with closing(http.client.HTTPConnection("127.0.0.1", door.port, timeout=20)) as connection:
        connection.request(method, path, body=body, headers=headers or {})
        response = connection.getresponse()
        return Reply(response.status, response.headers, response.read())
