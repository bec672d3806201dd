"""A home whose first start is over, made once for all processes of a test run: migrated, with content and its listening tracks.

Each file that needs a running Siji starts from a copy. A first start of its own would cost each of them half a minute of
processor, most of it the voices of the listening tracks. Several test runs share one where ``SIJI_TEST_RUN`` names them together,
as ``make test`` does: the first that needs it makes it, and who named them removes it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg

from siji.embedded.home import Home
from siji.embedded.services import Services
from siji.embedded.tests.machine import Machine

SHARED = "SIJI_TEST_RUN"


def begun_machine(*, make: bool = True, **environment: str) -> Machine:
    """Not started. ``environment`` is added to that of the process. Not ``make``: begun only if somebody has already."""
    machine = Machine()
    machine.environment |= environment
    begun = _begun() if make else _place()
    if not begun.exists() or (begun / "postgres.where").exists():
        return machine  # or its database lies elsewhere and is one: this one has to begin by itself
    subprocess.run(["cp", "-a", str(begun), str(machine.home)], check=True)  # noqa: S607  # keeps owners, as copytree does not
    for name in ("run", "log"):
        shutil.rmtree(machine.home / name, ignore_errors=True)
    return machine


def remove_begun() -> None:
    """By the process that began the test run, at its end."""
    if SHARED in os.environ:
        return
    for path in (_place(), _place().with_suffix(".lock")):
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def jobs_under_way(machine: Machine) -> int:
    """Which a worker will still change rows for."""
    home = Home(machine.home)
    with psycopg.connect(Services(home, home.ports()).postgres.url) as connection:
        row = connection.execute("SELECT count(*) FROM jobs_job WHERE state NOT IN ('done', 'failed')").fetchone()
    assert row is not None
    return int(row[0])


def _place() -> Path:
    """All processes of one test run name the same: its first process is every other's parent."""
    first = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    return Path(tempfile.gettempdir()) / f"siji-begun-{os.environ.get(SHARED, first)}"


def _begun() -> Path:
    place = _place()
    with place.with_suffix(".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            _make(place)
    return place


def _make(place: Path) -> None:
    machine = Machine()
    try:
        machine.start()
        machine.wait(lambda: not jobs_under_way(machine), "the listening tracks", seconds=240)
        machine.stop()
        machine.home.rename(place)
    finally:
        machine.remove()
