"""Ports of this machine: which are free, and which another Siji that starts now has chosen already."""

from __future__ import annotations

import random
import socket
import sys
import time

from siji.embedded.words import CannotStart

# Below the kernel's range for outgoing connections: a restarted part finds its port still free.
PORTS = range(20_000, 32_000)
# Seconds between choosing a port and listening there, at the most.
CHOSEN_FOR = 600.0

_chosen: dict[int, tuple[socket.socket, float]] = {}


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    return why_not(port, host) is None


def why_not(port: int, host: str) -> OSError | None:
    """Why nobody could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error
    return None


def choose(port: int) -> bool:
    """Whether the port is free and from now on this process's, so that no other start chooses it before this one listens.

    The choice is a name in Linux's abstract socket space: as wide as the ports themselves (one network
    namespace), no file, gone with the process. Elsewhere a free port is chosen without it.
    """
    now = time.monotonic()
    for old in [old for old, (_, until) in _chosen.items() if until < now]:
        _chosen.pop(old)[0].close()
    if not is_free(port):
        return False
    if port in _chosen or sys.platform != "linux":
        return True
    name = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        name.bind(f"\0siji-port-{port}")
    except OSError:
        name.close()
        return False
    _chosen[port] = name, now + CHOSEN_FOR
    return True


def free_port(*, besides: set[int] | frozenset[int] = frozenset()) -> int:
    for _ in range(200):
        port = random.choice(PORTS)
        if port not in besides and port not in _chosen and choose(port):
            return port
    raise CannotStart(
        f"{PORTS.start}–{PORTS.stop} 之间没有空闲端口，请关闭一些程序后再试。",
        f"No free port between {PORTS.start} and {PORTS.stop}: end some programs and try again.",
    )
