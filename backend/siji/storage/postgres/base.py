"""Cursors of two kinds on one connection: Django's, which put values into the text, and those that send them beside it.

PostgreSQL plans the first anew each time. Of the second psycopg knows by their text that the server has prepared them, so a plan
with five joins is made a few times for each connection instead of for each request. Django's own switch (``server_side_binding``)
would do so for every query; few gain by it, and some of what Django writes cannot be prepared (its ticket 20516).
"""

from __future__ import annotations

import select
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from psycopg import Cursor
from psycopg.adapt import AdaptersMap, Loader
from psycopg.errors import FeatureNotSupported
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool


class PlanKeepingCursor(Cursor[Any]):
    """The plan stays as long as the connection, unless a transaction is rolled back on it."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        """As psycopg's.

        A statement whose columns a migration has changed is planned anew. Inside a transaction that cannot be: there it is an
        error, and the only one, since what a connection keeps is given up when a transaction is rolled back on it.
        """
        try:
            return super().execute(query, params, prepare=True, **how)
        except FeatureNotSupported:
            if self.connection.info.transaction_status != TransactionStatus.IDLE:
                raise
            self.connection.execute("DEALLOCATE ALL")
            return super().execute(query, params, prepare=True, **how)


class Operations(DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str:
        """With the values in it, for whoever reads or explains it."""
        return (
            self.compose_sql(sql, params)
            if isinstance(cursor, PlanKeepingCursor)
            else super().last_executed_query(cursor, sql, params)
        )


ASKED_EVERY = 5.0
"""Seconds after which a connection is asked although nothing speaks against it: a network that lost it without a word."""


def check_connection(connection: Any) -> None:
    """Quietly where it can be used, else raises what psycopg raises: a pool's ``check``, in place of a question for each request.

    A server that has ended a connection has sent something or closed it, and a connection that nobody uses has nothing to read
    otherwise. So the server is asked where there is something to read, and after ``ASKED_EVERY`` seconds.
    """
    now = time.monotonic()
    is_sure = now - getattr(connection, "asked_at", -ASKED_EVERY) < ASKED_EVERY
    if is_sure and not _has_something_to_read(connection.pgconn.socket):
        return
    ConnectionPool.check_connection(connection)
    connection.asked_at = now


def _has_something_to_read(socket: int) -> bool:
    poll = select.poll()
    poll.register(socket, select.POLLIN)
    return bool(poll.poll(0))


class MomentLoader(BaseTzLoader):  # type: ignore[misc]  # not in the stubs
    """Of a connection whose zone is UTC: as Django's, by the standard library's reader in a sixth of the time."""

    timezone = UTC
    """By this Django sees that nothing has to be registered for a cursor."""

    def __init__(self, oid: int, context: Any = None) -> None:
        Loader.__init__(self, oid, context)

    def load(self, data: Any) -> datetime:
        try:
            return datetime.fromisoformat(str(data, "ascii"))
        except ValueError:  # another style of dates, or one that Python's calendar does not have: read, or refused, in full
            found: datetime = BaseTzLoader(self.oid, self.connection).load(data)
            return found.replace(tzinfo=UTC)


@lru_cache
def _with_quick_moments(context: AdaptersMap) -> AdaptersMap:
    quick = AdaptersMap(context)
    quick.register_loader("timestamptz", MomentLoader)
    return quick


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = Operations
    _keeps_plans = False

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        if self.timezone == UTC:
            params["context"] = _with_quick_moments(params["context"])
        return params

    @property
    def pool(self) -> Any:
        """Django's, which takes no ``check`` but psycopg's own."""
        pool = super().pool
        if pool is not None and pool._check is not None:
            pool._check = check_connection
        return pool

    @contextmanager
    def keeping_plans(self) -> Iterator[None]:
        """Cursors opened meanwhile keep the plans of what they execute. Opens no connection."""
        before, self._keeps_plans = self._keeps_plans, True
        try:
            yield
        finally:
            self._keeps_plans = before

    def create_cursor(self, name: str | None = None) -> Any:
        if name is not None or not self._keeps_plans:
            return super().create_cursor(name)
        raw = self.connection
        given, raw.cursor_factory = raw.cursor_factory, PlanKeepingCursor
        try:
            return super().create_cursor()
        finally:
            raw.cursor_factory = given
