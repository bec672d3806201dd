"""A TCP proxy that cuts and delays some of the connections through it: the network of the upload benchmark."""

from __future__ import annotations

import random
import socket
import struct
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field

PART = 16 * 1024
RESET = struct.pack("ii", 1, 0)
"""SO_LINGER of 0 s: the other end sees its connection reset, as when a network goes away."""


@dataclass
class Fate:
    """What becomes of one connection: cut after so many bytes (both directions together), or held once for so long."""

    cut_after: int | None
    delay: float
    passed: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def allows(self, count: int) -> bool:
        with self.lock:
            self.passed += count
            return self.cut_after is None or self.passed <= self.cut_after


class BadNetwork:
    """``share`` of the connections are disturbed, half of those cut and half delayed."""

    def __init__(self, target: int, *, share: float, largest_cut: int, longest_delay: float, seed: int) -> None:
        self._target, self._share = target, share
        self._largest_cut, self._longest_delay = largest_cut, longest_delay
        self._dice = random.Random(seed)
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listening.getsockname()[1]
        self.connections = self.cuts = self.delays = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return  # closed
            self.connections += 1
            threading.Thread(target=self._carry, args=(near, self._fate()), daemon=True).start()

    def _fate(self) -> Fate:
        if self._dice.random() >= self._share:
            return Fate(None, 0.0)
        if self._dice.random() < 0.5:
            self.cuts += 1
            return Fate(self._dice.randrange(1, self._largest_cut), 0.0)
        self.delays += 1
        return Fate(None, self._dice.uniform(0.1, self._longest_delay))

    def _carry(self, near: socket.socket, fate: Fate) -> None:
        time.sleep(fate.delay)
        try:
            far = socket.create_connection(("127.0.0.1", self._target), timeout=5)
        except OSError:
            near.close()  # the server is down just now
            return
        back = threading.Thread(target=self._pump, args=(far, near, fate), daemon=True)
        back.start()
        self._pump(near, far, fate)
        back.join()
        for end in (near, far):
            end.close()

    def _pump(self, source: socket.socket, sink: socket.socket, fate: Fate) -> None:
        with suppress(OSError):  # the other pump, or either end, has closed it
            source.settimeout(60)
            while part := source.recv(PART):
                if not fate.allows(len(part)):
                    self._cut(source, sink)
                    return
                sink.sendall(part)
            sink.shutdown(socket.SHUT_WR)

    @staticmethod
    def _cut(*ends: socket.socket) -> None:
        for end in ends:
            with suppress(OSError):  # it is gone already
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                end.shutdown(socket.SHUT_RDWR)
