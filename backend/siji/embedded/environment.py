"""What a process of Siji needs to know, completed from SIJI_HOME where the person who starts it did not say."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path

from siji.embedded.counts import Counts
from siji.embedded.home import Home
from siji.embedded.words import CannotStart
from siji.settings import Environment

BACKEND = Path(__file__).resolve().parents[2]
SERVERS = {"DATABASE_URL": "postgres", "CACHE_URL": "redis-cache", "BROKER_URL": "redis-broker"}

FEW_ARENAS = {"MALLOC_ARENA_MAX": "2"}
"""glibc would give many threads an arena each and keep what they once held; under the interpreter's lock two do as well."""


def for_processes(base: Mapping[str, str], settings: Environment, home: Home, ports: Mapping[str, int]) -> dict[str, str]:
    """``base`` is the environment we were started with: what it says is kept."""
    secrets, counts = home.secrets(), Counts.of(home)
    redis = "redis://:{}@127.0.0.1:{}/0".format
    own = {
        "SECRET_KEY": secrets["secret_key"],
        "DATABASE_URL": f"postgresql://siji:{secrets['database']}@127.0.0.1:{ports.get('postgres')}/siji",
        "CACHE_URL": redis(secrets["redis"], ports.get("redis-cache")),
        "BROKER_URL": redis(secrets["redis"], ports.get("redis-broker")),
        "SIJI_DEMO": "1" if has_demo(settings) else "0",
        "DB_POOL_PROCESSES": str(counts.pools),
        "DB_PLAIN_PROCESSES": str(counts.plain),
    }
    missing = {name: value for name, value in own.items() if name not in settings.given}
    return {**FEW_ARENAS, **base, **missing, "SIJI_HOME": str(home.root), "PYTHONPATH": str(BACKEND), "PYTHONUNBUFFERED": "1"}


def has_demo(settings: Environment) -> bool:
    """Demo accounts are for one's own machine: where others can reach the door they must be asked for by name."""
    if settings.mode == "production" or "SIJI_DEMO" in settings.given:
        return settings.demo
    return is_loopback(settings.host)


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def for_commands(base: Mapping[str, str], settings: Environment) -> dict[str, str] | None:
    """The environment of a command beside a running Siji; None when ours is complete already. Raises CannotStart."""
    if settings.given.issuperset(SERVERS):
        return None
    home = Home.open(settings.home)
    ports = home.ports()
    if not ports:
        raise CannotStart(
            f"{home.root} 里还没有启动过 Siji。请先运行 make run（或 siji up）。",
            f"Siji has not been started in {home.root} yet: run make run (or siji up) first.",
        )
    return for_processes(base, settings, home, ports)
