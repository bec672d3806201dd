"""What runs, with which command, and how each part shows that it is well."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from siji.embedded import postgres
from siji.embedded.balancer import Balancer
from siji.embedded.counts import Counts
from siji.embedded.door import Door
from siji.embedded.home import Home
from siji.embedded.ports import free_port
from siji.embedded.postgres import Postgres
from siji.embedded.processes import Account
from siji.embedded.redis import Redis
from siji.embedded.replica import Replica
from siji.embedded.services import Services

PYTHON = sys.executable
API_THREADS = 64
"""So many hold a connection (DB_POOL_MAX) or wait for one (DB_POOL_WAITING), and a few more; made when needed."""
WORKER_THREADS = 78
"""As many calls to a model at once as its limits usually allow (64), and the places of what stands in line (jobs/line.py)."""
BEAT_IS_STALE = 20.0  # seconds; the shortest schedule is 5
WORKER_IS_STALE = 10.0  # seconds; its heart beats every 2
A_YEAR = 365 * 24 * 3600.0
CELERY = [PYTHON, "-m", "celery", "-A", "siji.worker"]
SERVERS = ("postgres", "redis-broker", "redis-cache")


def nothing() -> None:
    """What a part does before its start when there is nothing to do."""


@dataclass(frozen=True)
class Part:
    """A process that is kept running."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    what_is_wrong: Callable[[], str | None]
    port: int | None = None
    cwd: Path = Path("/")
    account: Account | None = None
    stop: signal.Signals = signal.SIGTERM
    before: Callable[[], None] = nothing
    """Makes its place and heals what its last run left, before every start."""
    after: Callable[[], None] = nothing
    """Once, when it is well for the first time."""
    patience: float = 60.0
    """Seconds to become well in."""
    is_silent: Callable[[], str | None] | None = None
    """What shows that it does not answer at all, though it lives; ``what_is_wrong`` if nothing else is said."""
    silence: float = 15.0
    """Seconds without an answer after which it counts as frozen."""
    grace: float = 3.0
    """Seconds to stop by itself in, when it is frozen."""
    kind: str = ""
    """api, stream, web, worker, beat: what it is one of."""
    renewed: Callable[[], Part] | None = None
    """The same part made anew, beside the one that runs; None where two cannot run at once."""
    needs: tuple[str, ...] = ()
    """Parts without which this one cannot answer: it is not judged while one of them is silent."""


@dataclass(frozen=True)
class Step:
    """A command that runs to its end before what follows starts."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    is_needed: bool = True
    """Siji starts without it too, and says that it failed."""


def siji(*words: str) -> list[str]:
    return [PYTHON, "-m", "siji.embedded", *words]


def server_parts(servers: Services, given: frozenset[str]) -> list[Part]:
    """The database and the two Redis, without those that the environment names elsewhere."""
    makers: dict[str, Callable[[], Part]] = {
        "DATABASE_URL": lambda: _postgres_part(servers.postgres),
        "BROKER_URL": lambda: _redis_part(servers.broker),
        "CACHE_URL": lambda: _redis_part(servers.cache),
    }
    return [make() for variable, make in makers.items() if variable not in given]


def _postgres_part(database: Postgres) -> Part:
    return Part(
        "postgres",
        database.command,
        postgres.environment(),
        database.what_is_wrong,
        port=database.port,
        account=database.place.account,
        stop=signal.SIGINT,  # SIGTERM would wait for every client to leave
        before=database.heal_or_make,
        after=database.prepare,
        patience=300.0,  # after a crash it reads its journal first
        is_silent=database.is_silent,
        silence=45.0,
        grace=10.0,
    )


def _redis_part(server: Redis) -> Part:
    return Part(
        f"redis-{server.kind}",
        server.command,
        postgres.environment(),
        server.what_is_wrong,
        port=server.port,
        before=server.make,
        is_silent=server.is_silent,
    )


def replica_parts(copies: Sequence[Replica]) -> list[Part]:
    return [
        Part(
            copy.name,
            copy.command,
            postgres.environment(),
            copy.what_is_wrong,
            port=copy.port,
            account=copy.place.account,
            stop=signal.SIGINT,
            before=copy.heal_or_make,
            patience=300.0,
            is_silent=copy.is_silent,
            silence=45.0,
            grace=10.0,
            needs=("postgres",),
        )
        for copy in copies
    ]


@dataclass(frozen=True)
class Application:
    """The parts that are ours, as many of each as are wanted."""

    home: Home
    environment: Mapping[str, str]
    counts: Counts
    door: Door

    def parts(self, ports: Mapping[str, int]) -> list[Part]:
        names = [(kind, name) for kind in MAKERS for name in self.counts.names(kind)]
        parts = [MAKERS[kind](self, name, ports.get(name, 0)) for kind, name in names if kind != "web" or self.door.is_built]
        return [*parts, self.beat()]

    def api(self, name: str, port: int) -> Part:
        return self._granian(name, "wsgi", port, "ready", "--blocking-threads", str(API_THREADS))

    def stream(self, name: str, port: int) -> Part:
        return self._granian(name, "asginl", port, "live", "--workers-kill-timeout", "3")

    def worker(self, name: str, _: int) -> Part:
        heartbeat = self.home.run / f"{name}.{secrets.token_hex(4)}.heartbeat"
        command = [*CELERY, "worker", "-n", f"{heartbeat.stem}@%h", "-P", "threads", "-c", str(WORKER_THREADS)]
        return Part(
            name,
            [*command, "--without-gossip", "--without-mingle", "-l", "INFO"],
            {**self.environment, "SIJI_HEARTBEAT": heartbeat.name},
            lambda: is_late(heartbeat, "said that it lives", WORKER_IS_STALE),
            before=lambda: forget_times(heartbeat),
            needs=SERVERS,
            kind="worker",
            renewed=lambda: self.worker(name, 0),
        )

    def beat(self) -> Part:
        schedule = self.home.run / "beat-schedule"
        return Part(
            "beat",
            [*CELERY, "beat", "-s", str(schedule), "--pidfile=", "-l", "INFO"],
            self.environment,
            lambda: beat_is_late(schedule),
            before=lambda: forget_times(schedule),
            silence=10.0,
            needs=SERVERS,
            kind="beat",
        )

    def web(self, name: str, port: int) -> Part:
        door = replace(self.door, port=port) if port else self.door
        return Part(
            name,
            door.command,
            door.environment(self.environment),
            lambda: answers(f"http://{door.address}/"),
            is_silent=lambda: answers(f"http://{door.address}/", patience=5),
            port=door.port,
            cwd=door.folder,
            before=door.make,
            kind="web",
            renewed=self._elsewhere(self.web, name),
        )

    def _granian(self, name: str, interface: str, port: int, health: str, *more: str) -> Part:
        target = f"siji.{interface[:4]}:application"
        listen = ["--interface", interface, "--host", "127.0.0.1", "--port", str(port), "--no-ws", "--respawn-failed-workers"]
        host = self.environment.get("ALLOWED_HOSTS", "*").split(",")[0].strip()
        asked, known = f"http://127.0.0.1:{port}/api/v1/health", None if host == "*" else host
        kind = name.partition("-")[0]
        return Part(
            name,
            [PYTHON, "-m", "granian", *listen, *more, target],
            self.environment,
            lambda: answers(f"{asked}/{health}", host=known),
            port=port,
            is_silent=lambda: answers(f"{asked}/live", host=known, patience=5),
            silence=30.0,  # threads that all wait for a slow database are no reason yet
            needs=SERVERS,
            kind=kind,
            renewed=self._elsewhere(MAKERS[kind].__get__(self), name),
        )

    def _elsewhere(self, make: Callable[[str, int], Part], name: str) -> Callable[[], Part] | None:
        """On another port, where a balancer stands in front and can be told."""
        return (lambda: make(name, free_port())) if self.counts.is_balanced else None


MAKERS: dict[str, Callable[[Application, str, int], Part]] = {
    "api": Application.api,
    "stream": Application.stream,
    "worker": Application.worker,
    "web": Application.web,
}


def balancer_part(balancer: Balancer, write: Callable[[], None], *, is_built: bool) -> Part:
    host = "127.0.0.1"
    path = "/" if is_built else "/api/v1/health/live"
    return Part(
        "balancer",
        balancer.command,
        postgres.environment(),
        lambda: answers(f"http://{host}:{balancer.inner_port}{path}"),
        port=balancer.port,
        stop=signal.SIGQUIT,  # SIGTERM would cut what is being answered
        before=write,
        is_silent=lambda: listens(host, balancer.inner_port),
        kind="balancer",
    )


def listens(host: str, port: int) -> str | None:
    try:
        socket.create_connection((host, port), timeout=5).close()
    except OSError as error:
        return f"{host}:{port} does not answer ({error})"
    return None


def answers(url: str, *, host: str | None = None, patience: float = 3) -> str | None:
    """None when it does, with anything but a server error; else what came instead."""
    request = urllib.request.Request(url, headers={"Host": host} if host else {})  # noqa: S310  # always our own http address
    try:
        with urllib.request.urlopen(request, timeout=patience):  # noqa: S310
            return None
    except urllib.error.HTTPError as error:
        return f"{url} answers {error.code}" if error.code >= 500 else None
    except OSError as error:
        return f"{url} does not answer ({error})"


def beat_is_late(schedule: Path) -> str | None:
    """Beat writes its schedule whenever it has sent something (CELERY_BEAT_SYNC_EVERY is 1)."""
    return is_late(schedule, "sent anything", BEAT_IS_STALE)


def is_late(file: Path, what: str, limit: float) -> str | None:
    """By the time of a file that a part writes to now and then."""
    try:
        written = file.stat().st_mtime
    except FileNotFoundError:
        written = 0.0
    silent = time.time() - written
    if silent > A_YEAR:
        return f"has not {what} yet"
    return None if silent < limit else f"has not {what} for {silent:.0f} s"


def forget_times(file: Path) -> None:
    """What the last run wrote does not show that the next one lives; what is in it stays (when hourly tasks were last sent)."""
    if file.exists():
        os.utime(file, (0, 0))
