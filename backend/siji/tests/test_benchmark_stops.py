"""A benchmark that is told to stop leaves nothing running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[3]
MEASURING = """
import subprocess, sys
from measure.product import _stop, ended_by_sigterm

with ended_by_sigterm():
    started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        print(started.pid, flush=True)
        started.wait()
    finally:
        _stop([started])
"""


def test_sigterm_ends_what_was_started() -> None:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'backend'}:{ROOT / 'benchmarks'}"}
    with subprocess.Popen([sys.executable, "-c", MEASURING], env=environment, stdout=subprocess.PIPE, text=True) as measuring:
        assert measuring.stdout is not None
        started = int(measuring.stdout.readline())
        measuring.send_signal(signal.SIGTERM)
        assert measuring.wait(timeout=30) == 128 + signal.SIGTERM
    assert not psutil.pid_exists(started)
