"""An API process of its own beside a running ``Machine``, on the same servers: a benchmark's negative control lives in one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from siji.embedded.home import Home
from siji.embedded.ports import free_port
from siji.embedded.services import Services
from siji.embedded.tests.machine import Machine

ROOT = Path(__file__).resolve().parents[1]
READY_WITHIN = 60.0


def environment_of(machine: Machine, *, with_replica: bool = False) -> dict[str, str]:
    complete = machine.complete_environment()
    if with_replica:
        home = Home(machine.home)
        ports = home.ports()
        database = Services(home, ports).postgres
        complete["REPLICA_URLS"] = database.url.replace(f":{database.port}/", f":{ports['postgres-replica-1']}/")
    return {**complete, "PYTHONPATH": os.pathsep.join([str(ROOT / "backend"), str(ROOT / "benchmarks")])}


@contextmanager
def api_beside(machine: Machine, application: str, *, with_replica: bool = False) -> Iterator[str]:
    """Its address; ended with all its workers afterwards."""
    port = free_port()
    listen = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "8"]
    command = [sys.executable, "-m", "granian", *listen, "--no-access-log", "--log-level", "warning", application]
    env = {**environment_of(machine, with_replica=with_replica), "DB_POOL": "1", "LOG_LEVEL": "ERROR"}
    process = subprocess.Popen(command, cwd=ROOT / "backend", env=env, start_new_session=True)
    base = f"http://127.0.0.1:{port}/api/v1"
    try:
        _wait(process, f"{base}/health/live")
        yield base
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    until = time.monotonic() + READY_WITHIN
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"the API of the control did not become ready within {READY_WITHIN:.0f} s")
