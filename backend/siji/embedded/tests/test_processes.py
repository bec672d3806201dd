"""A process that we started is found again, and no other is taken for it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from siji.embedded import processes
from siji.embedded.processes import Identity, end, spawn

CHILD = "import subprocess, sys, time; subprocess.Popen(['sleep', '60']); print('ready', flush=True); time.sleep(60)"


@pytest.fixture
def parent(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    log = tmp_path / "log"
    with spawn([sys.executable, "-c", CHILD], log=log, env={"PATH": "/usr/bin:/bin"}) as process:
        try:
            while "ready" not in log.read_text():
                assert process.poll() is None
            yield process
        finally:
            for left in [*Identity.of(process.pid).family(), psutil.Process(process.pid)]:
                left.kill()


def set_the_clock(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """As the kernel tells it afterwards: everything it says in the clock's time has moved, when it started too."""
    if not psutil.LINUX:
        pytest.skip("elsewhere a start is kept as the clock told it then")
    real = psutil._pslinux.boot_time
    monkeypatch.setattr(psutil._pslinux, "boot_time", lambda: real() + seconds)


@pytest.mark.parametrize("seconds", [7200, -7200])
def test_it_is_the_same_after_the_clock_was_set(
    parent: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    identity = Identity.of(parent.pid)
    (child,) = identity.family()
    set_the_clock(monkeypatch, seconds)
    again = Identity.of_row(json.loads(json.dumps(identity.as_row())))
    process = again.process()
    assert process is not None
    assert process.pid == parent.pid
    assert [one.pid for one in again.family()] == [child.pid]
    end(again, patience=5)
    assert again.process() is None
    # One that nobody reaps stays a zombie.
    assert [one.pid for one in again.family() if one.status() != psutil.STATUS_ZOMBIE] == []


def test_another_that_began_as_long_after_another_start_of_the_machine_is_not_taken_for_it(
    parent: subprocess.Popen[bytes],
) -> None:
    before = replace(Identity.of(parent.pid), boot="another start")
    assert before.process() is None
    assert before.family() == []
    end(before)
    assert parent.poll() is None


def test_what_an_older_release_remembers_is_nobody(parent: subprocess.Popen[bytes]) -> None:
    row = {"pid": parent.pid, "started": psutil.Process(parent.pid).create_time(), "port": None}
    assert (Identity.of_row(row).process() is None) == bool(processes._boot())
