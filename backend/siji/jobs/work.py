"""Claim, work, finish. What a worker may assume and what survives its death.

- A claim is one conditional UPDATE: of two workers woken for the same job one gets it.
- A lease is renewed by a thread while the handler runs; a worker that dies stops renewing and the job is due again.
- The token of the lease guards every later write: a worker that lost its lease changes nothing any more.
- Effects that must happen once go into one transaction with ``Work.finish``.
"""

from __future__ import annotations

import json
import logging
import random
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from psycopg.types.json import Jsonb

from siji.jobs.models import Job, JobState
from siji.jobs.registry import Result, kind_of, tell_failure
from siji.storage.prepared import prepared_cursor
from siji.storage.streams import CHANNEL, publish
from siji.storage.tracing import under

LEASE = timedelta(seconds=30)
RENEW_SECONDS = 10.0
LONGEST_BACKOFF_SECONDS = 300.0

log = logging.getLogger("siji.jobs")


class Permanent(Exception):
    """Trying again cannot help; the words are shown to the job's owner."""


class LeaseLost(Exception):
    """Another worker has this job now: what was done since must not be kept."""


@dataclass(slots=True)
class Work:
    """What a handler gets: what to do, and how to say how far it is."""

    id: int
    kind: str
    payload: dict[str, Any]
    attempt: int
    token: uuid.UUID
    request_id: str = ""
    is_finished: bool = False

    def progress(self, done: int, total: int) -> None:
        """Seen by whoever follows the job. Raises LeaseLost."""
        self._write(PROGRESS, done, total)

    def finish(self, result: Result) -> None:
        """Call inside the transaction of the effects: both are kept, or neither. Raises LeaseLost."""
        self._write(FINISH, Jsonb(result))
        self.is_finished = True

    def _write(self, statement: str, *values: object) -> None:
        with prepared_cursor() as cursor:
            cursor.execute(statement, [*values, self.id, self.token, CHANNEL, topic_of(self.id)])  # type: ignore[list-item]
            if cursor.fetchone() is None:
                raise LeaseLost(f"job {self.id}")


MINE = """
    WHERE id = %s AND state = 'running' AND lease_token = %s
    RETURNING id
)
SELECT pg_notify(%s, %s) FROM mine
"""
PROGRESS = f"WITH mine AS (UPDATE jobs_job SET done_steps = %s, total_steps = %s {MINE}"  # noqa: S608  # our own text
FINISH = f"""
WITH mine AS (
    UPDATE jobs_job SET state = 'done', result = %s, error = '', finished_at = statement_timestamp(), lease_until = NULL {MINE}
"""  # noqa: S608


def topic_of(job_id: int) -> str:
    return f"job:{job_id}"


def run(job_id: int) -> bool:
    """Work on this job if it is due and nobody else has it. True when it was worked on here."""
    work = claim(job_id)
    if work is None:
        return False
    with under(work.request_id):
        _do(work)
    return True


def _do(work: Work) -> None:
    try:
        kind = kind_of(work.kind)
        with _lease_renewed(work):
            result = kind.handler(work)
        if not work.is_finished:
            with transaction.atomic():
                work.finish(result)
    except LeaseLost:
        log.warning("job %s (%s): lease lost, another worker has it", work.id, work.kind)
    except Permanent as error:
        _fail(work, str(error))
    except Exception as error:  # noqa: BLE001  # any other fault of a handler is one try used up, stated in the row
        log.exception("job %s (%s) attempt %s failed", work.id, work.kind, work.attempt)
        _try_later(work, f"{type(error).__name__}: {error}")


def claim(job_id: int) -> Work | None:
    token = uuid.uuid4()
    with prepared_cursor() as cursor:
        cursor.execute(CLAIM, [token, LEASE, job_id])  # type: ignore[list-item]  # an interval
        claimed = cursor.fetchone()
    if claimed is None:
        return None
    kind, payload, attempt, request_id = claimed
    return Work(id=job_id, kind=kind, payload=json.loads(payload), attempt=attempt, token=token, request_id=request_id)


CLAIM = """
UPDATE jobs_job SET
    state = 'running', lease_token = %s, lease_until = statement_timestamp() + %s, attempts = attempts + 1
WHERE id = %s AND attempts < max_attempts AND (
    state = 'queued' AND due_at <= statement_timestamp() OR state = 'running' AND lease_until < statement_timestamp()
)
RETURNING kind, payload, attempts, request_id
"""
"""Of what ``JobQuerySet.due`` finds."""


GIVEN_UP_AT_ONCE = 200
LOST = "the worker was lost on every attempt"


def fail_exhausted() -> int:
    """Jobs whose last allowed worker died: say so instead of trying for ever."""
    given_up = Job.objects.due().filter(attempts__gte=F("max_attempts"))
    return sum(_give_up(job) for job in given_up.order_by("pk")[:GIVEN_UP_AT_ONCE])


def _give_up(job: Job) -> bool:
    """Of two sweepers one does it."""
    with transaction.atomic():
        same = Job.objects.due().filter(pk=job.pk, attempts=job.attempts)
        ended = same.update(state=JobState.FAILED, error=LOST, finished_at=Now(), lease_until=None)
        if ended:
            tell_failure(job.kind, job.payload, LOST)
            publish(topic_of(job.pk))
    return bool(ended)


def _fail(work: Work, error: str) -> None:
    with transaction.atomic():
        if _end(work, state=JobState.FAILED, error=error[:4000], finished_at=Now(), lease_until=None):
            tell_failure(work.kind, work.payload, error[:4000])


def _try_later(work: Work, error: str) -> None:
    if work.attempt >= kind_of(work.kind).max_attempts:
        _fail(work, error)
        return
    seconds = random.uniform(0.5, 1.0) * min(2.0**work.attempt, LONGEST_BACKOFF_SECONDS)
    due = Now() + timedelta(seconds=seconds)
    _end(work, state=JobState.QUEUED, error=error[:4000], due_at=due, lease_until=None, lease_token=None)


def _end(work: Work, **fields: Any) -> bool:
    """False where another worker has it now."""
    with transaction.atomic():
        ended = Job.objects.filter(pk=work.id, lease_token=work.token).update(**fields)
        if ended:
            publish(topic_of(work.id))
    return bool(ended)


@contextmanager
def _lease_renewed(work: Work) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=_renew, args=(work, stop), name=f"lease-{work.id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=5)


def _renew(work: Work, stop: threading.Event) -> None:
    try:
        while not stop.wait(RENEW_SECONDS):
            mine = Job.objects.filter(pk=work.id, state=JobState.RUNNING, lease_token=work.token)
            if not mine.update(lease_until=Now() + LEASE):
                return
    finally:
        connection.close()
