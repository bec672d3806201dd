"""What each process that serves asks before it does: is this a configuration and a database it may serve from?

The settings refuse what they can see (siji.production); the database alone knows how many connections it admits and whether demo
accounts, whose passwords were printed, are still open. A process that refuses says why in both languages and ends with code 1.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TypeVar

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from siji.embedded.budget import check_budget
from siji.embedded.words import CannotStart, complain, in_words

PATIENCE = 30.0
"""After a power cut the database may come up later than we do."""

Made = TypeVar("Made")


def or_refuse(make: Callable[[], Made]) -> Made:
    """What ``make`` gives. Where it refuses, its words and the end of this process, for whoever starts it has no terminal."""
    try:
        return make()
    except CannotStart as error:
        complain(error)
    except ImproperlyConfigured as error:
        complain(in_words(error))
    sys.exit(1)


def check_start() -> None:
    """Raises CannotStart when this process must not serve. Tests start from databases of their own and are not asked."""
    if settings.SIJI_MODE == "test":
        return
    if settings.SIJI_MODE == "production" and not settings.SERVERS_NAMED:
        raise CannotStart(
            "生产环境必须写明 DATABASE_URL、CACHE_URL 和 BROKER_URL（siji up 会为没写明的启动自己的服务器）。",
            "Production must name DATABASE_URL, CACHE_URL and BROKER_URL (siji up starts servers of its own for those left out).",
        )
    _wait_for_database()
    try:
        check_budget()
        if settings.SIJI_MODE == "production":
            _check_demo()
    finally:
        connection.close()


def _wait_for_database() -> None:
    until, told = time.monotonic() + PATIENCE, ""
    while True:
        try:
            # Not through the pool, which would say only that it waited.
            psycopg.connect(**connection.get_connection_params() | {"connect_timeout": 5}).close()
        except psycopg.OperationalError as error:
            why = str(error).strip().splitlines()[-1]
            if time.monotonic() > until:
                raise CannotStart(
                    f"连不上数据库：{why}。请检查 DATABASE_URL 和数据库是否在运行。",
                    f"The database cannot be reached: {why}. Check DATABASE_URL and whether the database runs.",
                ) from error
            if why != told:
                told = why
                print(f"waiting for the database: {why}", file=sys.stderr, flush=True)
            time.sleep(0.5)
        else:
            return


def _check_demo() -> None:
    from siji.accounts.models import AuditEntry  # models need Django set up, which may be what is refused above
    from siji.embedded.demo.accounts import open_demo_accounts

    if AuditEntry._meta.db_table not in connection.introspection.table_names():
        return  # a database that is not migrated yet holds nobody
    if left := open_demo_accounts().count():
        raise CannotStart(
            f"生产环境拒绝启动：数据库里还有 {left} 个演示账号，密码是公开打印过的。请先运行 siji demo remove。",
            f"Production refuses to start: the database holds {left} demo accounts, whose passwords were printed. "
            "Run siji demo remove first.",
        )
