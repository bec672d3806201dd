"""Where the faults happen: a whole Siji, as a school runs it, on a bad network, or on a small disk with a moved clock."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg
from beside import environment_of

from faults.wire import Wire
from siji.embedded.home import Home, read_json
from siji.embedded.places import choose_place
from siji.embedded.processes import Identity
from siji.embedded.services import Services, services
from siji.embedded.tests.machine import Machine

SCHOOL = ["--api", "2", "--stream", "2", "--web", "2", "--worker", "2", "--replicas", "1", "--sync"]
DATABASE_MIB, UPLOADS_MIB = 400, 8
FAKETIME = Path("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1")
COMMAND_PATIENCE = 400.0


class NotFelt(Exception):
    """The fault left no sign of itself, so what was measured says nothing."""


@dataclass
class World:
    machine: Machine
    wires: dict[str, Wire] = field(default_factory=dict)
    direct: str = ""
    """The address of a database that Siji does not run itself."""
    disk: Path | None = None
    """The database's small one."""
    clock: Path | None = None
    """What it holds is added to the time of every process but the servers."""
    visitor: dict[str, str] = field(default_factory=dict)
    """Cookies of somebody signed in, for acts that ask for themselves."""

    @property
    def home(self) -> Home:
        return Home(self.machine.home)

    @property
    def servers(self) -> Services:
        return Services(self.home, self.home.ports())

    @property
    def has_web(self) -> bool:
        rows = read_json(self.machine.home / "run" / "parts.json")
        return any(name.partition("-")[0] == "web" for name in rows)

    def has(self, part: str) -> bool:
        return part in read_json(self.machine.home / "run" / "parts.json")

    @property
    def base(self) -> str:
        """The door that users come to."""
        is_balanced = "balancer" in read_json(self.machine.home / "run" / "parts.json")
        return self.machine.address if is_balanced or self.has_web else f"http://127.0.0.1:{self.home.ports()['api']}"

    def pids(self, part: str) -> list[int]:
        """The part and all it started: each of PostgreSQL's servers leads a session of its own, so not by the session alone."""
        identity = self.machine.identity(part)
        found = [identity.process(), *identity.family(), *self.children(part)]
        return list(dict.fromkeys(process.pid for process in found if process))

    def children(self, part: str) -> list[psutil.Process]:
        process = self.machine.identity(part).process()
        return process.children(recursive=True) if process else []

    def supervisor(self) -> psutil.Process:
        process = Identity.of_row(read_json(self.machine.home / "run" / "parts.json")["supervisor"]).process()
        if process is None:
            raise NotFelt("nobody supervises")
        return process

    def send(self, pids: list[int], number: signal.Signals) -> None:
        for pid in pids:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                continue  # it has gone by itself meanwhile

    def wait(self, is_so: Callable[[], bool], what: str, seconds: float = 60) -> float:
        """Seconds it took. Raises NotFelt."""
        began = time.monotonic()
        while not is_so():
            if time.monotonic() - began > seconds:
                raise NotFelt(f"no {what} within {seconds:.0f} s")
            time.sleep(0.1)
        return time.monotonic() - began

    def is_new(self, part: str, old: int) -> bool:
        row = read_json(self.machine.home / "run" / "parts.json").get(part, {})
        return bool(row) and row["pid"] != old

    @contextmanager
    def database(self, *, replica: bool = False) -> Iterator[psycopg.Connection]:
        """Past every wire."""
        if self.direct:
            with psycopg.connect(self.direct, autocommit=True, connect_timeout=3) as connection:
                yield connection
            return
        server, ports = self.servers.postgres, self.home.ports()
        with psycopg.connect(
            host="127.0.0.1", port=ports["postgres-replica-1" if replica else "postgres"], user="postgres", dbname="siji",
            password=server.superuser_password, autocommit=True, connect_timeout=3,
        ) as connection:  # fmt: skip
            yield connection

    def command(self, *words: str, settings: str = "") -> None:
        """As a person runs it beside the running Siji. Raises NotFelt with its complaint."""
        own = {**environment_of(self.machine), "DJANGO_SETTINGS_MODULE": settings} if settings else self.machine.environment
        done = subprocess.run(
            [sys.executable, "-m", *words], env=own,
            capture_output=True, text=True, check=False, timeout=COMMAND_PATIENCE,
        )  # fmt: skip
        if done.returncode:
            raise NotFelt(f"{' '.join(words)}: {done.stdout[-300:]}{done.stderr[-600:]}")


@contextmanager
def school() -> Iterator[World]:
    """Everything twice, a standby that answers wait for, nginx in front."""
    machine = Machine(LOG_LEVEL="WARNING")
    try:
        machine.start(arguments=SCHOOL)
        complete = machine.home / "run" / "standby.json"
        machine.wait(lambda: bool(read_json(complete).get("is_complete")), "a standby that has everything", seconds=60)
        yield World(machine)
    finally:
        machine.remove()


@contextmanager
def wires() -> Iterator[World]:
    """Database and both Redis behind a wire each."""
    with ExitStack() as stack:
        servers = stack.enter_context(services(fast=False))
        carried, direct = dict[str, Wire](), servers["DATABASE_URL"]
        for name, variable in (("database", "DATABASE_URL"), ("cache", "CACHE_URL"), ("broker", "BROKER_URL")):
            place, _, rest = servers[variable].rpartition(":")
            port, _, path = rest.partition("/")
            carried[name] = Wire(int(port))
            stack.callback(carried[name].close)
            servers[variable] = f"{place}:{carried[name].port}/{path}"
        given = {name: servers[name] for name in ("DATABASE_URL", "CACHE_URL", "BROKER_URL")}
        machine = Machine(LOG_LEVEL="WARNING")
        machine.environment |= given
        stack.callback(machine.remove)
        machine.start()
        yield World(machine, wires=carried, direct=direct)


@contextmanager
def small() -> Iterator[World]:
    """Small disks for database and uploads, and a clock that can be moved, where each may be had (root; libfaketime)."""
    with ExitStack() as stack:
        machine = Machine(LOG_LEVEL="WARNING")
        stack.callback(machine.remove)
        world = World(machine)
        if os.geteuid() == 0:
            place = choose_place(Home.open(machine.home))
            stack.callback(shutil.rmtree, place.folder, ignore_errors=True)
            owner = f",uid={place.account.uid},gid={place.account.gid}" if place.account else ""
            stack.enter_context(tmpfs(place.folder, f"size={DATABASE_MIB}m,mode=700{owner}"))
            stack.enter_context(tmpfs(machine.home / "uploads", f"size={UPLOADS_MIB}m,mode=700"))
            world.disk = place.folder
        if FAKETIME.exists():
            world.clock = machine.root / "clock"
            world.clock.write_text("+0\n")
            machine.environment |= {
                "LD_PRELOAD": str(FAKETIME),
                "FAKETIME_TIMESTAMP_FILE": str(world.clock),
                "FAKETIME_CACHE_DURATION": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            }
        stack.callback(stop, machine)
        machine.start()
        yield world


def stop(machine: Machine) -> None:
    """Before its disks go."""
    if machine.process and machine.process.poll() is None:
        machine.stop()


@contextmanager
def tmpfs(folder: Path, options: str) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


WORLDS = {"school": school, "wires": wires, "small": small}
