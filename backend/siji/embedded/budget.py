"""All pools together must fit into what the database admits, or the busiest minute is the one that fails."""

from __future__ import annotations

from django.conf import settings
from django.db import connection

from siji.embedded.words import CannotStart

HOW = "DB_POOL_PROCESSES × DB_POOL_MAX + DB_PLAIN_PROCESSES"


def connections_admitted() -> int:
    """By the server this process writes to, for roles like ours."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int"
            " - current_setting('reserved_connections')::int"
        )
        return int(cursor.fetchone()[0])


def check_budget() -> str:
    """One line for people. Raises CannotStart when the processes may need more connections than there are."""
    needed, admitted = settings.CONNECTIONS_NEEDED, connections_admitted()
    if needed > admitted:
        raise CannotStart(
            f"各进程最多需要 {needed} 个数据库连接（{HOW} = {settings.CONNECTIONS_FOR}），而数据库只允许 {admitted} 个。"
            "请减小 DB_POOL_MAX，或调大 max_connections。",
            f"The processes may need {needed} database connections ({HOW} = {settings.CONNECTIONS_FOR}) and the database "
            f"admits {admitted}: lower DB_POOL_MAX or raise max_connections.",
        )
    return f"at most {needed} of {admitted} connections"
