"""A TCP proxy whose network can be made bad while it carries: slow, cut, half-open, a byte at a time."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress
from typing import Literal

Mode = Literal["plain", "delay", "cut", "half_open", "byte_at_a_time"]
PART = 16 * 1024
DELAY = 0.1
LOOK = 0.05


class Wire:
    def __init__(self, target: int) -> None:
        self.mode: Mode = "plain"
        self.felt = 0
        """Parts that were delayed, held or taken to pieces, and connections cut or refused."""
        self._target = target
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port: int = self._listening.getsockname()[1]
        self._ends = set[socket.socket]()
        self._is_closed = False
        threading.Thread(target=self._accept, daemon=True).start()

    def become(self, mode: Mode) -> None:
        self.mode = mode
        if mode == "cut":
            self._cut()

    def close(self) -> None:
        self._is_closed = True
        self._listening.close()
        self._cut()

    def _cut(self) -> None:
        for end in list(self._ends):
            self.felt += 1
            with suppress(OSError):  # it is gone already
                end.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while not self._is_closed:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return  # closed
            if self.mode == "cut":
                self.felt += 1
                near.close()
                continue
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        try:
            far = socket.create_connection(("127.0.0.1", self._target), timeout=5)
        except OSError:
            near.close()  # the server is down just now
            return
        for end in (near, far):
            end.settimeout(None)
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._ends |= {near, far}
        back = threading.Thread(target=self._pump, args=(far, near), daemon=True)
        back.start()
        self._pump(near, far)
        back.join()
        for end in (near, far):
            self._ends.discard(end)
            end.close()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):  # the other pump, or either end, has closed it
            while part := source.recv(PART):
                self._send(part, sink)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)

    def _send(self, part: bytes, sink: socket.socket) -> None:
        if self.mode == "byte_at_a_time":
            self.felt += 1
            for at in range(len(part)):
                sink.sendall(part[at : at + 1])
            return
        if self.mode == "delay":
            self.felt += 1
            time.sleep(DELAY)
        elif self.mode == "half_open":
            self.felt += 1
            while self.mode == "half_open" and not self._is_closed:  # nothing passes, and nobody is told
                time.sleep(LOOK)
        sink.sendall(part)
