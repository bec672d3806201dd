"""The worker of ``kill_jobs``: one kind of job with an effect that can be counted, so that twice or never is seen.

``EFFECT_APART`` keeps the effect in a transaction of its own before the job is finished: the negative control.
"""

from __future__ import annotations

import os
import time

import django

from siji.worker import app

django.setup()

from django.db import connection, transaction  # noqa: E402  # the framework first

from siji.jobs.registry import Result, handler  # noqa: E402
from siji.jobs.work import Work  # noqa: E402

__all__ = ["KIND", "app"]

KIND = "bench.effect"
SECONDS = 0.3


@handler(KIND, max_attempts=100)
def leave_a_mark(work: Work) -> Result:
    time.sleep(SECONDS)
    if os.environ.get("EFFECT_APART"):
        _mark(work.id)
        time.sleep(SECONDS)
        return {}
    with transaction.atomic():
        _mark(work.id)
        work.finish({})
    return {}


def _mark(job_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_effect (job) VALUES (%s)", [job_id])
