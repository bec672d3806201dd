"""One event loop for as long as the process lives, in a thread of its own, with the clients that live in it.

Made on first use. A process that was forked from one that has it makes its own: threads and sockets do not pass a fork.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any, TypeVar

from siji.ai.chat import APIConfig
from siji.ai.limits import Places

if TYPE_CHECKING:
    from siji.ai.client import DeepSeekClient

T = TypeVar("T")
OLD_CLIENT_SECONDS = 300.0
"""A client whose settings were replaced may still be answering; no deadline is longer."""


class Loop:
    def __init__(self) -> None:
        # Not above: 0.4 s and 30 MB for processes that never ask. Not in the loop: it would stand still meanwhile.
        from siji.ai.client import DeepSeekClient

        self._new_client = DeepSeekClient
        self.pid = os.getpid()
        self._loop = asyncio.new_event_loop()
        self._clients: dict[APIConfig, DeepSeekClient] = {}
        self._places: dict[str, Places] = {}
        self._thread = threading.Thread(target=self._loop.run_forever, name="siji-ai", daemon=True)
        self._thread.start()

    def submit(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def client(self, config: APIConfig) -> DeepSeekClient:
        """In the loop only."""
        if config not in self._clients:
            for old in list(self._clients):
                self._loop.call_later(OLD_CLIENT_SECONDS, self._forget, self._clients.pop(old))
            self._clients[config] = self._new_client(config)
        return self._clients[config]

    def places(self, name: str) -> Places:
        """In the loop only."""
        if name not in self._places:
            self._places[name] = Places(name)
        return self._places[name]

    def _forget(self, client: DeepSeekClient) -> None:
        self._closing = self._loop.create_task(client.close())

    def close(self) -> None:
        """Ends what is under way. In the process that made it."""
        self.submit(self._end()).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _end(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for client in self._clients.values():
            await client.close()
        for places in self._places.values():
            await places.close()


_lock = threading.Lock()
_loop: Loop | None = None


def the_loop() -> Loop:
    global _loop
    with _lock:
        if _loop is None or _loop.pid != os.getpid():
            _loop = Loop()
        return _loop


def close_loop() -> None:
    """At the end of the process, and by tests. What is asked later makes a new one."""
    global _loop
    with _lock:
        closing, _loop = _loop, None
    if closing is not None and closing.pid == os.getpid():
        closing.close()


atexit.register(close_loop)
