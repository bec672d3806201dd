"""A whole Siji for tests: its own home, its own door, started by the real command and looked at from outside.

Used by the tests of this room and by the browser stories.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import psutil

from siji.embedded.environment import for_processes
from siji.embedded.home import Home, read_json
from siji.embedded.ports import free_port
from siji.embedded.processes import Identity
from siji.settings import Environment

BACKEND = Path(__file__).resolve().parents[3]
OURS = re.compile(r"^(SIJI_|DB_|DJANGO_|DATABASE_URL|CACHE_URL|BROKER_URL|SECRET_KEY|HOST$|PORT$|PYTEST)")
DJANGO = {"DJANGO_SETTINGS_MODULE": "siji.settings"}
PARTS = ["postgres", "redis-broker", "redis-cache", "api", "stream", "worker", "beat", "web"]
"""Of one without replicas, one process each."""


class Machine:
    """``siji up`` in a folder with a space in its name, without a demo school unless ``SIJI_DEMO="1"``.

    ``stop`` leaves the home, ``remove`` nothing. ``root`` and ``port`` of another process's machine: looked at, not started.
    """

    def __init__(self, *, root: Path | None = None, port: int | None = None, **environment: str) -> None:
        self.root = root or Path(tempfile.mkdtemp(prefix="siji machine "))
        if root is None:
            self.root.chmod(0o711)
        self.port = port or free_port()
        clean = {name: value for name, value in os.environ.items() if not OURS.match(name)}
        own = {"SIJI_HOME": str(self.home), "PORT": str(self.port), "PYTHONPATH": str(BACKEND), "SIJI_DEMO": "0"}
        self.environment = {**clean, **own, **environment}
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def words(self) -> str:
        """What the last start has said so far."""
        return (self.root / "up.log").read_text()

    def start(self, *, until_ready: bool = True, arguments: Sequence[str] = ()) -> float:
        """Seconds until it said that it is ready. ``arguments`` of ``siji up``."""
        began = time.monotonic()
        with (self.root / "up.log").open("wb") as log:
            command = [sys.executable, "-m", "siji.embedded", "up", *arguments]
            self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=subprocess.STDOUT)
        if until_ready:
            self.wait(lambda: "is ready" in self.words, "readiness", seconds=120)
        return time.monotonic() - began

    def wait(self, is_so: Callable[[], bool], what: str, *, seconds: float = 30) -> None:
        until = time.monotonic() + seconds
        while not is_so():
            alive = self.process is not None and self.process.poll() is None
            assert alive, f"ended while waiting for {what}:\n{self.words}"
            assert time.monotonic() < until, f"no {what} within {seconds} s:\n{self.words}"
            time.sleep(0.05)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(40)

    def identity(self, part: str) -> Identity:
        row = read_json(self.home / "run" / "parts.json")[part]
        return Identity.of_row(row)

    def port_of(self, part: str) -> int | None:
        port: int | None = read_json(self.home / "run" / "parts.json")[part]["port"]
        return port

    def connections_of(self, part: str, *, to: str) -> int:
        """Open ones."""
        port = Home(self.home).ports()[to]
        running = [p for p in [self.identity(part).process(), *self.identity(part).family()] if p]
        links = [link for process in running for link in process.net_connections(kind="tcp")]
        return sum(bool(link.raddr) and link.raddr.port == port and link.status == psutil.CONN_ESTABLISHED for link in links)

    def siji(self, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """The command as a person runs it beside the running Siji; ``typed`` is its standard input."""
        return self._python("-m", "siji.embedded", *words, typed=typed, environment=self.environment)

    def _python(self, *words: str, environment: Mapping[str, str], typed: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, *words]
        return subprocess.run(command, env=environment, input=typed, capture_output=True, text=True, check=False, timeout=90)

    def inside(self, code: str) -> str:
        """What a program prints that runs with the product's own settings, against this machine's servers."""
        done = self._python("-c", f"import django; django.setup()\n{code}", environment={**self.complete_environment(), **DJANGO})
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def complete_environment(self) -> dict[str, str]:
        """Of a process beside it, on the same servers."""
        home = Home(self.home)
        return for_processes(self.environment, Environment.read(self.environment), home, home.ports())

    def doctor(self) -> dict[str, Any]:
        report: dict[str, Any] = json.loads(self.siji("doctor", "--json").stdout)
        return report

    def remains(self) -> list[str]:
        """Processes that still have to do with this home."""
        return [" ".join(line) for line in map(_command_line, psutil.process_iter()) if any(str(self.home) in w for w in line)]

    def remove(self) -> None:
        if self.process and self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.root, ignore_errors=True)


def _command_line(process: psutil.Process) -> list[str]:
    try:
        return [*process.cmdline(), process.cwd()]
    except psutil.Error:
        return []
