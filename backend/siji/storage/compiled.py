"""A large query, compiled once a process: Django needs several times longer to build its SQL than PostgreSQL to answer it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connections, router
from django.db.models import Model, QuerySet


class Compiled:
    """``query`` (``values`` alone) as it was made for stand-ins; each is replaced, by its value, in the parameters of every call.

    A stand-in must be such that nothing else in the query equals it.
    """

    def __init__(self, query: QuerySet[Any, Any], stand_ins: Mapping[str, Any]) -> None:
        self._model: type[Model] = query.model
        self._sql, self._parameters = query.query.sql_with_params()
        self._names = {value: name for name, value in stand_ins.items()}
        missing = [name for value, name in self._names.items() if value not in self._parameters]
        if missing:
            raise ValueError(f"not in the query: {', '.join(missing)}")

    def rows(self, **given: Any) -> list[dict[str, Any]]:
        """As ``values`` names them. One query, to where the router sends reads of its model."""
        names = self._names
        parameters = [given[names[value]] if value in names else value for value in self._parameters]
        with connections[router.db_for_read(self._model)].cursor() as cursor:
            cursor.execute(self._sql, parameters)
            columns = [column.name for column in cursor.description]
            return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
