"""The API process alone (granian, WSGI, threads, connection pool) with PostgreSQL and Redis, asked directly: for ``sign_in``.

The whole product behind its front door is ``measure``'s.
"""

from __future__ import annotations

import os
import platform
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "benchmarks")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")


def prepare(students: int) -> dict[str, Any]:
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", verbosity=0)
    from school import make_school

    school = make_school(settings.SIJI_CONTENT, students=students)
    connections.close_all()
    return school


def start_api(*, threads: int) -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += [
        "--workers",
        "1",
        "--blocking-threads",
        str(threads),
        "--no-access-log",
        "--log-level",
        "warning",
        "siji.wsgi:application",
    ]
    env = {**os.environ, "DB_POOL": "1", "LOG_LEVEL": "WARNING"}
    process = subprocess.Popen(command, cwd=ROOT / "backend", env=env)
    base = f"http://127.0.0.1:{port}"
    for _ in range(150):
        try:
            with urllib.request.urlopen(f"{base}/api/v1/health/ready", timeout=2):
                return process, base
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the API did not become ready within 30 s")


def machine() -> dict[str, Any]:
    return {
        "cores": psutil.cpu_count(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "python": platform.python_version(),
        "system": platform.platform(),
    }
