"""Faults that are commands of their own, with ledgers and controls of their own; their verdict is taken here."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HERE = [sys.executable]
BESIDE = ("failover",)
"""May run beside the smaller worlds: the others want the machine for themselves."""
STORIES = ["test_answers_left_behind.py", "test_a_session_that_ends.py"]
"""A browser that is offline or killed, two tabs: what it has not sent yet is there again."""
DRILLS: dict[str, tuple[str, list[str]]] = {
    "failover": ("the primary lost for good, with and without a frozen standby", ["make", "bench-failover", "ARGS=--seconds 3"]),
    "jobs": ("workers, children and both Redis killed and emptied 200 times during 500 jobs", ["make", "bench-jobs"]),
    "stale-reads": ("5,000 own writes beside a replica that is late, frozen, killed", ["make", "bench-stale"]),
    "uploads": ("a network that cuts and delays, the API killed in between", ["make", "bench-uploads", "ARGS=--uploads 100"]),
    "model": (
        "every fault of the model, reset, drip, hang and cut bodies among them",
        ["make", "bench-model", "ARGS=--scripts 20"],
    ),
    "browser": (
        "browser killed and offline, two tabs",
        ["make", "test-browser", "ARGS=" + " ".join(f"../frontend/e2e/{name}" for name in STORIES)],
    ),
}


def run_drill(name: str) -> dict[str, Any]:
    does, command = DRILLS[name]
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    last = [line for line in done.stdout.splitlines() if line.startswith("{")]
    is_right = done.returncode == 0
    row = {"name": name, "does": does, "command": " ".join(command), "control": "its own", "ok": is_right, "told": last}
    sys.stdout.write(f"{'ok' if is_right else 'WRONG':5} {name:26} {does}: {time.monotonic() - began:.0f} s\n")
    if not is_right:
        sys.stdout.write(f"{done.stdout[-1500:]}{done.stderr[-1500:]}\n")
    sys.stdout.flush()
    return {**row, "seconds": round(time.monotonic() - began, 1)}
