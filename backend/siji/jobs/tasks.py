"""Shells: the work and its state live in the job."""

from __future__ import annotations

from celery import shared_task

from siji.jobs import actions, line, work
from siji.jobs.registry import ahead_of, line_of


@shared_task(name="siji.jobs.tasks.run")
def run(job_id: int, kind: str = "") -> None:
    """``kind``: of the row, which is not read yet. A message that does not say it is worked on at once."""
    if name := line_of(kind):
        line.run(job_id, kind, name)
    elif name := ahead_of(kind):
        line.run_ahead_of(name, job_id)
    else:
        work.run(job_id)


@shared_task(name="siji.jobs.tasks.sweep")
def sweep() -> int:
    """Wake again what is due: sent while the broker was away, lost with a worker, or waiting for its next try."""
    return actions.wake_due()
