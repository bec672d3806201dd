"""Milliseconds of a worker's processor for a message whose job is gone: what it costs to be told of work before any is done.

``bin/siji with-services -- .venv/bin/python benchmarks/empty_messages.py [MESSAGES]``: a worker as ``siji up`` starts it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "backend"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")

import django  # noqa: E402

django.setup()

import psutil  # noqa: E402
import redis  # noqa: E402
from django.conf import settings  # noqa: E402

from siji.celery import app  # noqa: E402  # the one that the messages are sent by
from siji.embedded.parts import CELERY, WORKER_THREADS  # noqa: E402
from siji.jobs.tasks import run  # noqa: E402
from siji.worker import TABLES_AFTER  # noqa: E402

NO_JOB = 10**9
QUIET = 0.02
"""Seconds of processor in one: nothing is done any more."""


def processor(worker: subprocess.Popen[bytes]) -> float:
    first = psutil.Process(worker.pid)
    return float(sum(sum(one.cpu_times()[:2]) for one in [first, *first.children(recursive=True)]))


def quiet(worker: subprocess.Popen[bytes]) -> float:
    """Its processor seconds once it has nothing to do."""
    broker = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    before = processor(worker)
    while True:
        time.sleep(1)
        now = processor(worker)
        if now - before < QUIET and not broker.llen(app.conf.task_default_queue):
            return now
        before = now


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    how = ["-P", "threads", "-c", str(WORKER_THREADS), "--without-gossip", "--without-mingle", "-l", "ERROR"]
    with subprocess.Popen(
        [*CELERY, "worker", *how], cwd=ROOT / "backend", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as worker:
        try:
            time.sleep(2 * TABLES_AFTER)
            began = quiet(worker)
            for job in range(number):
                run.delay(NO_JOB + job)
            print(f"{1e3 * (quiet(worker) - began) / number:.2f} ms a message, {number} messages")
        finally:
            worker.terminate()


if __name__ == "__main__":
    main()
