"""Can this process serve? Database reachable and migrated is needed; a cache that is down only makes it slower."""

from __future__ import annotations

import logging
from typing import Literal

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from redis import Redis, RedisError

log = logging.getLogger("siji.health")

Status = Literal["ok", "degraded", "unready"]

_migrated = False


def readiness() -> tuple[Status, dict[str, str]]:
    """The verdict and, for each part, "ok" or what is wrong."""
    checks = {"database": _database(), "migrations": _migrations(), "cache": _cache()}
    if checks["database"] != "ok" or checks["migrations"] != "ok":
        return "unready", checks
    return ("ok" if checks["cache"] == "ok" else "degraded"), checks


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        log.warning("database: %s", error)
        return "cannot be reached"
    return "ok"


def _migrations() -> str:
    """Asked until it is true, then remembered: a running process never becomes less migrated than its code."""
    global _migrated
    if _migrated:
        return "ok"
    try:
        missing = missing_migrations()
    except DatabaseError:
        return "unknown"
    if missing:
        return f"{missing} to apply"
    _migrated = True
    return "ok"


def missing_migrations() -> int:
    """How many the database lacks. Raises DatabaseError."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _cache() -> str:
    """Asked directly: the cache client of the product hides a dead server, which is what must be seen here."""
    try:
        with Redis.from_url(settings.CACHE_URL, socket_timeout=0.2, socket_connect_timeout=0.2) as client:
            client.ping()
    except RedisError as error:
        log.warning("cache: %s", error)
        return "cannot be reached"
    return "ok"
