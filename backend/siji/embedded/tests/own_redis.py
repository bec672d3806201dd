"""A cache server of a test's own, that may be frozen or killed."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from django.test import override_settings

from siji.embedded.processes import spawn
from siji.embedded.redis import Redis


@contextmanager
def own_redis_in(folder: Path) -> Iterator[psutil.Process]:
    """The settings lead to it meanwhile."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server = Redis("cache", folder / "redis", probe.getsockname()[1], "secret")
    server.make()
    with spawn(server.command, log=folder / "redis.log", env={}) as process:
        until(lambda: server.what_is_wrong() is None)
        with override_settings(CACHE_URL=server.url, CACHE_SECONDS=0.2):
            yield psutil.Process(process.pid)
        process.kill()


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)
