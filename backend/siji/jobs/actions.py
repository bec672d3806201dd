"""Enqueue by kind. Celery is told after commit; if it cannot be told, the sweeper will find the row."""

from __future__ import annotations

import functools
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from siji.jobs import work
from siji.jobs.models import Job
from siji.jobs.registry import kind_of
from siji.storage.tracing import present_id

if TYPE_CHECKING:
    from siji.accounts.models import User

SWEEP_LIMIT = 200

log = logging.getLogger("siji.jobs")


def enqueue(*, kind: str, key: str, payload: dict[str, Any], owner: User | None = None) -> Job:
    """One job for this key, however often it is asked for. Raises KeyError for a kind that no app handles."""
    job, is_new = Job.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "payload": payload,
            "owner": owner,
            "max_attempts": kind_of(kind).max_attempts,
            "request_id": present_id(),
        },
    )
    if is_new:
        transaction.on_commit(functools.partial(wake, job.pk, kind))
    return job


@dataclass(frozen=True, slots=True)
class Wanted:
    """A job that its asker need not know again."""

    kind: str
    key: str
    payload: dict[str, Any]


def enqueue_all(wanted: Sequence[Wanted], *, owner: User | None = None) -> None:
    """As ``enqueue`` for several, in one statement; they are woken in this order. A job that there is already stays as it is."""
    common: dict[str, Any] = {"owner": owner, "request_id": present_id()}
    rows = [
        Job(kind=one.kind, key=one.key, payload=one.payload, max_attempts=kind_of(one.kind).max_attempts, **common)
        for one in wanted
    ]
    Job.objects.bulk_create(rows, update_conflicts=True, unique_fields=["key"], update_fields=["key"])
    for row in rows:
        transaction.on_commit(functools.partial(wake, row.pk, row.kind))


def wake_due() -> int:
    """How many jobs were sent to the workers."""
    work.fail_exhausted()
    due = list(Job.objects.due().order_by("due_at").values_list("pk", "kind")[:SWEEP_LIMIT])
    for job_id, kind in due:
        wake(job_id, kind)
    return len(due)


def wake(job_id: int, kind: str) -> None:
    """Sent to the workers; a job that is not due any more is left alone there."""
    try:
        current_app.send_task("siji.jobs.tasks.run", args=[job_id, kind], retry=False)
    except OperationalError as error:
        log.warning("job %s waits for the sweeper, the broker cannot be reached: %s", job_id, error)
