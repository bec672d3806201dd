"""Indexes built while people work: CREATE INDEX CONCURRENTLY as a migration step that survives being killed half-way.

A concurrent build that dies leaves an INVALID index of the same name, which ``IF NOT EXISTS`` would take for the finished one:
here it is found, dropped and built again. The step may be run twice, forwards and backwards. Use it with ``atomic = False``.
"""

from __future__ import annotations

import re
from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connection

LEFT_BY_REINDEX = re.compile(r"_cc(new|old)\d*$")
INVALID = """
SELECT index.relname FROM pg_index JOIN pg_class AS index ON index.oid = indexrelid
JOIN pg_namespace AS space ON space.oid = index.relnamespace
WHERE NOT (indisvalid AND indisready) AND space.nspname = current_schema() AND NOT EXISTS (
    SELECT 1 FROM pg_stat_progress_create_index AS build WHERE build.index_relid = indexrelid
)
ORDER BY 1
"""


def invalid_indexes() -> list[str]:
    """What a broken build has left and nobody is building now: it costs every write and helps no read."""
    with connection.cursor() as cursor:
        cursor.execute(INVALID)
        return [name for (name,) in cursor.fetchall()]


class BuildIndex(AddIndexConcurrently):
    """``AddIndexConcurrently`` that may find its work done, half done or undone."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        match _standing(schema_editor, self.index.name):
            case True:
                return
            case False:
                schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {schema_editor.quote_name(self.index.name)}")
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if _standing(schema_editor, self.index.name) is not None:
            super().database_backwards(app_label, schema_editor, from_state, to_state)


def _standing(schema_editor: Any, name: str) -> bool | None:
    """Whether the index is whole; None where there is none."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT indisvalid AND indisready FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
            "JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE relname = %s AND nspname = current_schema()",
            [name],
        )
        row = cursor.fetchone()
    return None if row is None else bool(row[0])


def rebuild(name: str) -> None:
    """While people work. What a killed REINDEX left beside the good one (``…_ccnew``) is dropped."""
    quoted = connection.ops.quote_name(name)
    verb = "DROP INDEX CONCURRENTLY IF EXISTS" if LEFT_BY_REINDEX.search(name) else "REINDEX INDEX CONCURRENTLY"
    with connection.cursor() as cursor:
        cursor.execute(f"{verb} {quoted}")
