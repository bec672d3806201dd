"""What runs, with which command, and how each part shows that it is well."""

from __future__ import annotations

import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from redis.exceptions import RedisError

from siji.embedded import postgres
from siji.embedded.door import Door
from siji.embedded.home import Home
from siji.embedded.processes import Account
from siji.embedded.replica import Replica
from siji.embedded.services import Services

PYTHON = sys.executable
API_THREADS = 8
WORKER_THREADS = 4
BEAT_IS_STALE = 30.0  # seconds; the shortest schedule is 5


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
    database = servers.postgres
    parts = {
        "DATABASE_URL": Part(
            "postgres",
            database.command,
            postgres.environment(),
            database.what_is_wrong,
            port=database.port,
            account=database.place.account,
            stop=signal.SIGINT,  # SIGTERM would wait for every client to leave
            before=database.heal_or_make,
            after=database.prepare,
        )
    }
    for variable, server in (("BROKER_URL", servers.broker), ("CACHE_URL", servers.cache)):
        name = f"redis-{server.kind}"
        parts[variable] = Part(
            name, server.command, postgres.environment(), server.what_is_wrong, port=server.port, before=server.make
        )
    return [part for variable, part in parts.items() if variable not in given]


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
        )
        for copy in copies
    ]


def application_parts(
    home: Home, servers: Services, environment: Mapping[str, str], ports: Mapping[str, int], door: Door
) -> list[Part]:
    schedule = home.run / "beat-schedule"
    celery = [PYTHON, "-m", "celery", "-A", "siji.worker"]
    worker = [*celery, "worker", "-P", "threads", "-c", str(WORKER_THREADS), "--without-gossip", "--without-mingle", "-l", "INFO"]
    beat = [*celery, "beat", "-s", str(schedule), "--pidfile=", "-l", "INFO"]
    parts = [
        _granian("api", "wsgi", ports["api"], {**environment, "DB_POOL": "1"}, "ready", "--blocking-threads", str(API_THREADS)),
        _granian("stream", "asginl", ports["stream"], {**environment, **STREAM_POOL}, "live", "--workers-kill-timeout", "3"),
        Part("worker", worker, environment, lambda: worker_is_waiting(servers)),
        Part("beat", beat, environment, lambda: beat_is_late(schedule)),
    ]
    if door.is_built:
        parts.append(
            Part(
                "web",
                door.command,
                door.environment(environment),
                lambda: answers(f"http://{door.address}/"),
                port=door.port,
                cwd=door.folder,
                before=door.make,
            )
        )
    return parts


# Connections kept by threads that come and go would pile up under ASGI; a small pool bounds them.
STREAM_POOL = {"DB_POOL": "1", "DB_POOL_MIN": "1", "DB_POOL_MAX": "4"}


def _granian(name: str, interface: str, port: int, environment: Mapping[str, str], health: str, *more: str) -> Part:
    target = f"siji.{interface[:4]}:application"
    listen = ["--interface", interface, "--host", "127.0.0.1", "--port", str(port), "--no-ws", "--respawn-failed-workers"]
    host = environment.get("ALLOWED_HOSTS", "*").split(",")[0].strip()
    return Part(
        name,
        [PYTHON, "-m", "granian", *listen, *more, target],
        environment,
        lambda: answers(f"http://127.0.0.1:{port}/api/v1/health/{health}", host=None if host == "*" else host),
        port=port,
    )


def answers(url: str, *, host: str | None = None) -> str | None:
    """None when it does, with anything but a server error; else what came instead."""
    request = urllib.request.Request(url, headers={"Host": host} if host else {})  # noqa: S310  # always our own http address
    try:
        with urllib.request.urlopen(request, timeout=3):  # noqa: S310
            return None
    except urllib.error.HTTPError as error:
        return f"{url} answers {error.code}" if error.code >= 500 else None
    except OSError as error:
        return f"{url} does not answer ({error})"


def worker_is_waiting(servers: Services) -> str | None:
    """A worker that is up blocks on its queue; seen from the broker, this costs no Celery in the supervisor."""
    try:
        clients = servers.broker.client().client_list()
    except RedisError as error:
        return f"the broker does not answer ({error})"
    return None if any(client["cmd"] == "brpop" for client in clients) else "no worker waits on the queue"


def beat_is_late(schedule: Path) -> str | None:
    """Beat writes its schedule whenever it has sent something (CELERY_BEAT_SYNC_EVERY is 1)."""
    times = [path.stat().st_mtime for path in schedule.parent.glob(f"{schedule.name}*")]
    if not times:
        return "has sent nothing yet"
    silent = time.time() - max(times)
    return None if silent < BEAT_IS_STALE else f"has sent nothing for {silent:.0f} s"
