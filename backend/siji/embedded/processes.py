"""Processes we started: found again after a crash by pid and start time, ended with everything they started."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

SAME_START = 2.0  # seconds: where it is told by the clock, an adjustment moves it a little
BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True)
class Account:
    """An operating-system user to run a part as; only root can."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True)
class Identity:
    """One process, never another that was given its number later, and the same after somebody has set the clock."""

    pid: int
    started: float
    """Seconds since the machine started, or since the epoch where the system counts so."""
    boot: str
    """Of the machine, from which ``started`` counts."""

    @classmethod
    def of(cls, pid: int) -> Identity:
        return cls(pid, _start_of(pid), _boot())

    @classmethod
    def of_row(cls, row: Mapping[str, Any]) -> Identity:
        """As parts.json of SIJI_HOME remembers it."""
        return cls(int(row["pid"]), float(row["started"]), str(row.get("boot", "")))

    def as_row(self) -> dict[str, Any]:
        return {"pid": self.pid, "started": self.started, "boot": self.boot}

    def process(self) -> psutil.Process | None:
        """None once it has ended (a zombie has)."""
        if self.boot != _boot():
            return None
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(self.pid)
            same = abs(_start_of(self.pid) - self.started) < SAME_START
            if same and process.status() != psutil.STATUS_ZOMBIE:
                return process
        return None

    def family(self) -> list[psutil.Process]:
        """What it started and is still there. Every part leads a session, so its children are found when it is gone itself."""
        if self.boot != _boot():
            return []
        return [
            p
            for p in psutil.process_iter()
            if p.pid != self.pid and _session(p) == self.pid and _began(p.pid) >= self.started - SAME_START
        ]


def _session(process: psutil.Process) -> int:
    with suppress(OSError):
        return os.getsid(process.pid)
    return -1


def _began(pid: int) -> float:
    with suppress(psutil.Error):
        return _start_of(pid)
    return 0.0


def _start_of(pid: int) -> float:
    """On Linux both move together when the clock is set: the kernel keeps how long after its own start a process began. Asked of
    psutil anew, which keeps what it once told.
    """
    return psutil.Process(pid).create_time() - (psutil.boot_time() if psutil.LINUX else 0.0)


def _boot() -> str:
    """Tells one start of the machine from the next, at which the same number may begin after as many seconds."""
    with suppress(OSError):
        return BOOT.read_text().strip()
    return ""


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path,
    env: Mapping[str, str],
    cwd: Path | str = "/",
    account: Account | None = None,
) -> subprocess.Popen[bytes]:
    """Start a session of its own (Ctrl-C reaches us only). The log is opened for appending and given away whole: the part goes
    on writing when we are killed, and cutting the file needs nobody's help."""
    with log.open("ab") as output:
        return subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=cwd,
            start_new_session=True,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )


def run(
    command: Sequence[str | Path], *, env: Mapping[str, str], account: Account | None = None
) -> subprocess.CompletedProcess[str]:
    """Run to the end as that user; root's groups are dropped with root."""
    return subprocess.run(
        [str(word) for word in command],
        env=env,
        cwd="/",
        check=False,
        capture_output=True,
        text=True,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def end(identity: Identity, *, stop: signal.Signals = signal.SIGTERM, patience: float = 10.0) -> None:
    """Ask, wait, then make sure; afterwards nothing of it is left."""
    if process := identity.process():
        with suppress(psutil.NoSuchProcess):
            process.send_signal(stop)
        _wait([process], patience)
    kill([p for p in [identity.process(), *identity.family()] if p])


def kill(remains: Sequence[psutil.Process]) -> None:
    for process in remains:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    _wait(remains, 5)


def _wait(processes: Sequence[psutil.Process], patience: float) -> None:
    """An orphan that nobody reaps stays a zombie for ever, which is gone enough (psutil's own wait goes on)."""
    until = time.monotonic() + patience
    while any(_runs(process) for process in processes) and time.monotonic() < until:
        time.sleep(0.02)


def _runs(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False
