"""Queries worked out once: of the few that nearly every request makes, the working out is most of the cost, here and there.

Building the SQL of a row with five joins takes Django ten times as long as sending it, and planning it takes PostgreSQL ten times
as long as answering (docs/performance.md). A ``Prepared`` query keeps the text, and what becomes of its rows, for each database,
and puts the values in; PostgreSQL keeps the plan for each connection. ``prepared_cursor`` is the same for SQL written by hand.
"""

from __future__ import annotations

import copy
import threading
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, router
from django.db.backends.utils import CursorWrapper
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

Row = TypeVar("Row")


@contextmanager
def prepared_cursor() -> Iterator[CursorWrapper]:
    """``connection.cursor()`` of the primary, for statements whose text is always the same."""
    primary: Any = connections[DEFAULT_DB_ALIAS]
    with primary.keeping_plans():
        cursor = primary.cursor()
    with cursor:
        yield cursor


@dataclass(frozen=True)
class _Made(Generic[Row]):
    rows: QuerySet[Any, Row]
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]
    places: dict[str, list[int]]
    """Name of a value → where it stands among the parameters."""
    keeps_plan: bool = True

    def of_this_thread(self) -> _Made[Row]:
        """The same text with a compiler of its own: one belongs to a connection, and a connection to a thread."""
        rows, compiler = self.rows.all(), copy.copy(self.compiler)
        compiler.connection = connections[rows.db]
        if self.keeps_plan:
            compiler.execute_sql = partial(_execute, compiler)  # type: ignore[method-assign]
        rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return replace(self, rows=rows, compiler=compiler)


def _execute(compiler: SQLCompiler, *args: Any, **how: Any) -> Any:
    with compiler.connection.keeping_plans():  # type: ignore[attr-defined]  # storage/postgres
        return type(compiler).execute_sql(compiler, *args, **how)


@dataclass
class _Kept(threading.local):
    made: dict[tuple[str, Hashable], _Made[Any]] = field(default_factory=dict)


class Prepared(Generic[Row]):
    """``make(shape, **marks)`` builds the query for one shape (a role, say), whose rows are objects, or dicts after
    ``values``, or tuples after ``values_list``.

    ``marks`` has, for each name that is asked with, a value of its type that stands nowhere else in the query. What is asked with
    must be compared as itself: no list, no NULL, no pattern. ``is_for_write``: read where it is to be changed. ``keeps_plan``:
    False where the best plan depends on the values; then only the text is kept.
    """

    def __init__(
        self,
        model: type[Model],
        make: Callable[..., QuerySet[Any, Row]],
        *,
        is_for_write: bool = False,
        keeps_plan: bool = True,
        **marks: Any,
    ) -> None:
        self._model, self._make, self._marks, self._keeps_plan = model, make, marks, keeps_plan
        self._choose = router.db_for_write if is_for_write else router.db_for_read
        self._made: dict[tuple[str, Hashable], _Made[Row]] = {}
        self._kept = _Kept()

    def first(self, shape: Hashable = None, **values: Any) -> Row | None:
        """Any one of the rows; None where there is none. One shape always has the same values.

        Raises LookupError where the query does not hold one of them as it is.
        """
        return next(self._read(shape, values), None)

    def all(self, shape: Hashable = None, **values: Any) -> list[Row]:
        """In the order that the query asks for. Raises as ``first``."""
        return list(self._read(shape, values))

    def _read(self, shape: Hashable, values: dict[str, Any]) -> Iterator[Row]:
        key = (self._choose(self._model), shape)
        made = self._kept.made.get(key) or self._for_this_thread(key, values)
        params = list(made.params)
        for name, places in made.places.items():
            for place in places:
                params[place] = values[name]
        made.compiler.as_sql = lambda *_, **__: (made.sql, tuple(params))  # type: ignore[method-assign]
        if made.rows.query.select_for_update and made.compiler.connection.get_autocommit():
            raise TransactionManagementError("a lock that is taken outside a transaction is gone before it is of use")
        as_rows: Any = made.rows._iterable_class
        return iter(as_rows(made.rows))

    def _for_this_thread(self, key: tuple[str, Hashable], names: Iterable[str]) -> _Made[Row]:
        """Streams have a thread each, so what one has worked out serves the others; two that do at once find the same."""
        if key not in self._made:
            self._made[key] = self._work_out(*key, names)
        made = self._kept.made[key] = self._made[key].of_this_thread()
        return made

    def _work_out(self, alias: str, shape: Hashable, names: Iterable[str]) -> _Made[Row]:
        marks = {name: self._marks[name] for name in names}
        rows = self._make(shape, **marks).using(alias)
        compiler = rows.query.get_compiler(using=alias)
        sql, params = compiler.as_sql()
        places = {name: [at for at, param in enumerate(params) if param == mark] for name, mark in marks.items()}
        if missing := sorted(name for name, found in places.items() if not found):
            raise LookupError(f"not in the query: {', '.join(missing)}")
        return _Made(rows, compiler, sql, params, places, self._keeps_plan)


def put_prefetched(owners: Sequence[Model], name: str, rows: Iterable[Model], *, by: str) -> None:
    """``rows`` become what ``owner.<name>.all()`` gives, as after ``prefetch_related``. ``by``: their foreign key to an owner."""
    found: dict[Any, list[Model]] = defaultdict(list)
    for row in rows:
        found[getattr(row, f"{by}_id")].append(row)
    for owner in owners:
        kept: QuerySet[Model] = QuerySet(owner._meta.get_field(name).related_model)
        kept._result_cache = found[owner.pk]
        for row in found[owner.pk]:
            setattr(row, by, owner)
        owner.__dict__.setdefault("_prefetched_objects_cache", {})[name] = kept
