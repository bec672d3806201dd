"""Whoever sends more than an operation asks for changes nothing by it: every column there is, beside every body there is."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from siji.tests.asking import DOCUMENT, SCHEMAS, Outcome, ask, person
from siji.tests.rows import Row
from siji.tests.who_may_what import TABLE
from siji.tests.world import World

MARK, NUMBER = "smuggled-7c1f", 987_654_321
ELSEWHERE = {"is_staff": True, "is_superuser": True, "isAdmin": True, "admin": True, "permissions": [MARK], "_state": MARK}
"""What other products call it."""
WRITTEN = re.compile(r'^(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)"?')
TAKING_JSON = {name for name, said in DOCUMENT.items() if "application/json" in said.get("requestBody", {}).get("content", {})}
BODIES = {row.operation: row for row in reversed(TABLE) if row.body is not None}


def smuggled() -> dict[str, Any]:
    """Every column of every table by both its names, with a value that is known again."""
    fields = [field for model in apps.get_models() for field in model._meta.concrete_fields]
    names = {name: field for field in fields for name in (field.name, field.attname)}
    return ELSEWHERE | {name: _value(field) for name, field in names.items()}


def _value(field: models.Field[Any, Any]) -> Any:
    if isinstance(field, models.BooleanField):
        return True
    return MARK if isinstance(field, models.CharField | models.TextField) else NUMBER


def with_more(value: Any, schema: Mapping[str, Any], more: Mapping[str, Any]) -> Any:
    """What ``schema`` names stays as it is; wherever it names fields, all others are added."""
    schema = _of(schema, value)
    if isinstance(value, list):
        return [with_more(one, schema.get("items", {}), more) for one in value]
    if not isinstance(value, dict) or "properties" not in schema:
        return value
    named = schema["properties"]
    kept = {name: with_more(one, named.get(name, {}), more) for name, one in value.items()}
    return {name: one for name, one in more.items() if name not in named} | kept


def _of(schema: Mapping[str, Any], value: Any) -> Mapping[str, Any]:
    """The schema behind references and choices that fits this kind of value."""
    while "$ref" in schema:
        schema = SCHEMAS[schema["$ref"].rsplit("/", 1)[1]]
    wanted = "object" if isinstance(value, dict) else "array" if isinstance(value, list) else ""
    for choice in schema.get("anyOf", schema.get("oneOf", [])):
        found = _of(choice, value)
        if found.get("type") == wanted:
            return found
    return schema


def rows_of(outcome: Outcome) -> Iterator[tuple[str, dict[str, Any]]]:
    """All rows of the tables that were written to."""
    tables = {found[1] for sql in outcome.writes if (found := WRITTEN.match(sql))}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            cursor.execute(f'SELECT to_jsonb(t) FROM "{table}" t')
            for (row,) in cursor.fetchall():
                yield table, json.loads(row) if isinstance(row, str) else row


def switches(rows: list[tuple[str, dict[str, Any]]]) -> Counter[tuple[str, str, bool]]:
    """How often each yes and no is there: a True that was smuggled in has no other mark."""
    return Counter((table, name, one) for table, row in rows for name, one in row.items() if isinstance(one, bool))


def tried(world: World, row: Row, body: Callable[[World], Any]) -> tuple[int, list[tuple[str, dict[str, Any]]], str]:
    """The status, the rows afterwards and the answer; undone again."""
    sent = Row(row.operation, row.gets, row.case, row.about, body, headers=row.headers)
    with transaction.atomic():
        outcome = ask(person(row.first_allowed, world), sent, world)
        rows = list(rows_of(outcome))
        transaction.set_rollback(True)
    return outcome.status, rows, outcome.reply.content.decode(errors="replace")


def test_what_is_not_asked_for_changes_nothing(world: World) -> None:
    more, wrong, sent = smuggled(), list[str](), set[str]()
    for operation, row in BODIES.items():
        content = DOCUMENT[operation].get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        assert row.body is not None
        if schema is None:
            continue
        body = row.body
        plain, before, _ = tried(world, row, body)
        fuller = with_more(body(world), schema, more)
        status, after, answer = tried(world, row, partial(lambda body, _: body, fuller))
        if fuller != body(world):
            sent.add(operation)
        if status == 422:
            continue
        if status != plain:
            wrong.append(f"{operation}: {status} and not {plain}: {answer[:200]}")
        text = json.dumps([row for _, row in after], default=str) + answer
        if MARK in text or str(NUMBER) in text:
            wrong.append(f"{operation}: what was smuggled in is there")
        if switches(before) != switches(after):
            wrong.append(f"{operation}: {switches(after) - switches(before)}")
    assert wrong == []
    assert sent == TAKING_JSON
