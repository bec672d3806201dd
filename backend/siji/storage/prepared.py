"""Queries whose text is worked out once: of the few that nearly every request makes, Django's working out is most of the cost.

Building the SQL of a row with five joins takes Django ten times as long as asking the database with it (docs/performance.md).
A ``Prepared`` query keeps the text, and how rows become objects, for each thread and database, and puts the values in.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import router
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class _Made(Generic[M]):
    rows: QuerySet[M]
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]
    places: dict[str, list[int]]
    """Name of a value → where it stands among the parameters."""


@dataclass
class _Kept(threading.local):
    """A compiler belongs to a connection, and a connection to a thread."""

    made: dict[tuple[str, Hashable], _Made[Any]] = field(default_factory=dict)


class Prepared(Generic[M]):
    """``make(shape, **marks)`` builds the query for one shape (a role, say).

    ``marks`` has, for each name that is asked with, a value of its type that stands nowhere else in the query. What is asked with
    must be compared as itself: no list, no NULL, no pattern.
    """

    def __init__(self, model: type[M], make: Callable[..., QuerySet[M]], **marks: Any) -> None:
        self._model, self._make, self._marks = model, make, marks
        self._kept = _Kept()

    def first(self, shape: Hashable = None, **values: Any) -> M | None:
        """Any one of the rows; None where there is none. One shape always has the same values.

        Raises LookupError where the query does not hold one of them as it is.
        """
        alias = router.db_for_read(self._model)
        made = self._kept.made.get((alias, shape)) or self._work_out(alias, shape, values)
        params = list(made.params)
        for name, places in made.places.items():
            for place in places:
                params[place] = values[name]
        made.compiler.as_sql = lambda *_, **__: (made.sql, tuple(params))  # type: ignore[method-assign]
        return next(iter(ModelIterable(made.rows)), None)

    def _work_out(self, alias: str, shape: Hashable, names: Iterable[str]) -> _Made[M]:
        marks = {name: self._marks[name] for name in names}
        rows = self._make(shape, **marks).using(alias)
        compiler = rows.query.get_compiler(using=alias)
        sql, params = compiler.as_sql()
        places = {name: [at for at, param in enumerate(params) if param == mark] for name, mark in marks.items()}
        if missing := sorted(name for name, found in places.items() if not found):
            raise LookupError(f"not in the query: {', '.join(missing)}")
        rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        made = self._kept.made[alias, shape] = _Made(rows, compiler, sql, params, places)
        return made
