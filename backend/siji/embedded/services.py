"""``siji with-services -- COMMAND``: PostgreSQL and two Redis of its own for one command, in a folder that is gone afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import FrameType

from siji.embedded import postgres
from siji.embedded.home import Home
from siji.embedded.places import choose_place
from siji.embedded.postgres import MAX_CONNECTIONS, Postgres
from siji.embedded.processes import Account, Identity, end, spawn
from siji.embedded.redis import Redis
from siji.embedded.words import CannotStart


@dataclass(frozen=True)
class Services:
    """The three servers of one SIJI_HOME."""

    home: Home
    ports: Mapping[str, int]
    throwaway: bool = False
    archive: Path | None = None
    """Of the database's log, where it is kept for a restore."""
    max_connections: int = MAX_CONNECTIONS

    @cached_property
    def postgres(self) -> Postgres:
        """Made when first asked for: for root its place is a user and a folder, which a database elsewhere does not need."""
        secrets = self.home.secrets()
        place = choose_place(self.home)
        own = secrets["database"], secrets["superuser"]
        return Postgres(place, self.ports["postgres"], *own, self.throwaway, self.archive, self.max_connections)

    @cached_property
    def broker(self) -> Redis:
        return Redis("broker", self.home.root / "redis-broker", self.ports["redis-broker"], self.home.secrets()["redis"])

    @cached_property
    def cache(self) -> Redis:
        return Redis("cache", self.home.root / "redis-cache", self.ports["redis-cache"], self.home.secrets()["redis"])

    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.postgres.url, "CACHE_URL": self.cache.url, "BROKER_URL": self.broker.url}


@contextmanager
def services(*, fast: bool = True) -> Iterator[dict[str, str]]:
    """The environment that names three fresh servers; nothing of them is left afterwards."""
    root = Path(tempfile.mkdtemp(prefix="siji-"))
    root.chmod(0o711)  # PostgreSQL's own user has to pass
    home = Home.open(root)
    started: list[tuple[Identity, signal.Signals]] = []
    servers = Services(home, home.choose_ports(["postgres", "redis-broker", "redis-cache"]), throwaway=fast)
    try:
        for server, account, stop in (
            (servers.postgres, servers.postgres.place.account, signal.SIGINT),
            (servers.broker, None, signal.SIGTERM),
            (servers.cache, None, signal.SIGTERM),
        ):
            started.append((_start(home, server, account), stop))
        servers.postgres.prepare()
        yield {**servers.environment(), "SIJI_HOME": str(root), "SIJI_ENV": "test"}
    finally:
        for identity, stop in reversed(started):
            end(identity, stop=stop, patience=5)
        for folder in (servers.postgres.place.folder, root):
            shutil.rmtree(folder, ignore_errors=True)


def _start(home: Home, server: Postgres | Redis, account: Account | None) -> Identity:
    name = f"redis-{server.kind}" if isinstance(server, Redis) else "postgres"
    server.make()
    process = spawn(server.command, log=home.log(name), env=postgres.environment(), account=account)
    wait_until_well(server.what_is_wrong, name=name, log=home.log(name), is_alive=lambda: process.poll() is None)
    return Identity.of(process.pid)


def wait_until_well(
    what_is_wrong: Callable[[], str | None], *, name: str, log: Path, is_alive: Callable[[], bool], patience: float = 30
) -> None:
    """Raises CannotStart with the last words of the log when it ends or takes longer than ``patience`` seconds."""
    until = time.monotonic() + patience
    while wrong := what_is_wrong():
        if not is_alive() or time.monotonic() > until:
            raise CannotStart(
                f"{name} 没有启动：{wrong}\n日志 {log} 的最后几行：\n{last_words(log)}",
                f"{name} did not start: {wrong} The last lines of its log are above.",
            )
        time.sleep(0.05)


def last_words(log: Path, *, lines: int = 8) -> str:
    with suppress(OSError):
        text = log.read_bytes()[-8192:].decode(errors="replace")
        return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])
    return ""


def run_with_services(command: Sequence[str]) -> int:
    """The command's exit code. Ctrl-C reaches the command by the terminal and SIGTERM through us; we stay to tidy up."""
    with services() as environment:
        try:
            process = subprocess.Popen(command, env={**os.environ, **environment})
        except OSError as error:
            raise CannotStart(f"无法运行 {command[0]}：{error}。", f"Cannot run {command[0]}: {error}.") from error

        def hand_on(number: int, frame: FrameType | None) -> None:
            if number != signal.SIGINT and process.poll() is None:
                process.send_signal(number)

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, hand_on)
        return process.wait()
