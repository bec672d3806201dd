"""Django's PostgreSQL backend for a replica: whatever cannot be had from it is asked of the primary, in the same call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.db.backends.utils import CursorWrapper

from siji.storage.postgres import base
from siji.storage.replicas import reading
from siji.storage.replicas.standing import standing_of, watch

GONE = (OperationalError, InterfaceError)
"""Refused, lost, frozen, out of connections, or cancelled by the recovery. What is wrong with the query itself is neither."""


class DatabaseWrapper(base.DatabaseWrapper):
    def _cursor(self, name: str | None = None) -> CursorWrapper:
        try:
            return super()._cursor(name)  # type: ignore[no-any-return,misc]
        except GONE as error:
            self.give_up(error)
            return connections[DEFAULT_DB_ALIAS].cursor()

    def make_cursor(self, cursor: Any) -> CursorWrapper:
        return ReplicaCursor(cursor, self)

    def give_up(self, error: Exception) -> None:
        """For the rest of this request, and for a while for everybody in this process."""
        reading.use_primary()
        standing_of(self.alias).failed(error)
        self.close()


class ReplicaCursor(CursorWrapper):
    db: Any

    def _execute_with_wrappers(self, sql: Any, params: Any, many: bool, executor: Callable[..., Any]) -> Any:
        replica = self.db
        try:
            with watch.over(replica.connection.fileno()):
                return super()._execute_with_wrappers(sql, params, many, executor)  # type: ignore[misc]
        except GONE as error:
            replica.give_up(error)
            primary = connections[DEFAULT_DB_ALIAS].cursor()
            self.cursor, self.db = primary.cursor, primary.db
            return primary.executemany(sql, params) if many else primary.execute(sql, params)
