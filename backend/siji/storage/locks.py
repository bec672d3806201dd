"""Locks of the whole cluster, kept by the database until the transaction ends."""

from __future__ import annotations

from django.db import connection


def is_mine_now(lock: int) -> bool:
    """Takes it, or says at once that another process has it. Inside a transaction. Each caller has a number of its own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock])
        (is_mine,) = cursor.fetchone()
    return bool(is_mine)
