"""COPY: rows as text into a table, as many at a time as fit a buffer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

CHUNK = 4000
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """The number of rows written. ``table`` and ``columns`` are our own words, never input."""
    written, buffer = 0, []
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as out:
        for row in rows:
            buffer.append("\t".join(map(_text, row)))
            if len(buffer) == CHUNK:
                out.write("\n".join(buffer) + "\n")
                written, buffer = written + len(buffer), []
        if buffer:
            out.write("\n".join(buffer) + "\n")
            written += len(buffer)
    return written


def _text(value: Any) -> str:
    match value:
        case str():
            return value.translate(_ESCAPES)
        case None:
            return "\\N"
        case bool():
            return "t" if value else "f"
        case datetime():
            return value.isoformat()
    return str(value)


def run(statement: str, parameters: Sequence[Any] = ()) -> Any:
    """The first column of the first row, where there is one."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None


def first_free(table: str) -> int:
    return int(run(f"SELECT coalesce(max(id), 0) + 1 FROM {table}"))  # noqa: S608  # our own words


def move_sequence(table: str) -> None:
    run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")  # noqa: S608
