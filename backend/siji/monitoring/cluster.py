"""What is one figure for the whole cluster: noted by whichever process comes first, every ``EVERY_SECONDS``.

Not by the beat: with the broker's Redis the beat falls silent, and that is when somebody must still be looking.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import DatabaseError, connection, connections
from django.db.models import Min
from django.db.models.functions import Now
from redis import Redis, RedisError

from siji.jobs.models import Job, JobState
from siji.monitoring.collecting import collector
from siji.monitoring.history import active_users
from siji.monitoring.model_calls import ended_since_the_last_look
from siji.monitoring.probing import database_answers
from siji.storage.now import database_now

EVERY_SECONDS = 15.0
FAILED_WITHIN = timedelta(minutes=5)
NEWEST_CALLS = 1000
CALLS = """
SELECT count(*), count(*) FILTER (WHERE state IN ('failed', 'unknown'))
FROM (SELECT state, ended_at FROM ai_modelcall ORDER BY id DESC LIMIT %s) newest
WHERE ended_at >= now() - make_interval(secs => %s)
"""


def is_my_turn(name: str, *, seconds: float = EVERY_SECONDS) -> bool:
    """True for one process of the cluster in so many seconds, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO monitoring_turn (name, at) VALUES (%s, clock_timestamp()) ON CONFLICT (name) DO UPDATE "
            "SET at = clock_timestamp() WHERE monitoring_turn.at <= clock_timestamp() - make_interval(secs => %s) RETURNING name",
            [name, seconds],
        )
        return cursor.fetchone() is not None


def look_at_the_cluster() -> None:
    """Raises DatabaseError."""
    now = database_now()
    collector.note_all([*look(now), *ended_since_the_last_look(now)])


def look(now: datetime) -> list[tuple[str, str, float]]:
    """Kind, name, value. Raises DatabaseError."""
    due = Job.objects.due()
    oldest = due.aggregate(at=Min("due_at"))["at"]
    values = [
        ("active", "users", float(active_users(now))),
        ("queue_age", "jobs", (now - oldest).total_seconds() if oldest else 0.0),
        ("jobs_waiting", "jobs", float(due.count())),
        ("jobs_failed", "jobs", float(_failed_lately())),
        ("database_down", "connections", float(not database_answers())),
        ("redis_down", "cache", _is_silent(settings.CACHE_URL)),
        ("redis_down", "broker", _is_silent(settings.CELERY_BROKER_URL)),
    ]
    calls, failed = _calls_lately()
    values += [("model_calls", "all", float(calls)), ("model_failed", "all", float(failed))]
    lags = {alias: _lag_of(alias) for alias in settings.REPLICAS}
    values += [("replica_lag", alias, lag) for alias, lag in lags.items() if lag is not None]
    values += [("replica_down", alias, float(lag is None)) for alias, lag in lags.items()]
    return values


def _failed_lately() -> int:
    return Job.objects.filter(state=JobState.FAILED, finished_at__gt=Now() - FAILED_WITHIN).count()


def _calls_lately() -> tuple[int, int]:
    """To models, of the newest: how many ended, and how many of them without an answer."""
    with connection.cursor() as cursor:
        cursor.execute(CALLS, [NEWEST_CALLS, FAILED_WITHIN.total_seconds()])
        calls, failed = cursor.fetchone() or (0, 0)
    return calls, failed


def _is_silent(url: str) -> float:
    """1 where it does not answer. Asked directly: the cache client hides a dead server."""
    try:
        with Redis.from_url(url, socket_timeout=1.0, socket_connect_timeout=1.0) as client:
            client.ping()
    except (RedisError, OSError):
        return 1.0
    return 0.0


def _lag_of(alias: str) -> float | None:
    """Seconds behind, 0 where it has replayed all it has received; None where it does not answer or is no replica."""
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(
                "SELECT CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0 "
                "ELSE extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()) END WHERE pg_is_in_recovery()"
            )
            row = cursor.fetchone()
    except DatabaseError:
        return None
    return None if row is None or row[0] is None else float(row[0])
