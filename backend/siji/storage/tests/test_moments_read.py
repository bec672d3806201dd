"""Moments as they come from the database: by our reader what Django's reads, with the same errors."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DataError, connection
from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from hypothesis import given, settings
from hypothesis import strategies as st

from siji.storage.postgres.base import MomentLoader

pytestmark = pytest.mark.django_db


def read(sql: str, params: list[Any] | None = None) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]


@settings(max_examples=200, deadline=None)
@given(moment=st.datetimes(timezones=st.just(UTC)))
def test_a_moment_comes_back_as_it_went(moment: datetime) -> None:
    found = read("SELECT %s::timestamptz", [moment])
    assert (found, found.tzinfo) == (moment, UTC)


@settings(max_examples=200, deadline=None)
@given(moment=st.datetimes(timezones=st.just(UTC)), cut=st.sampled_from(["microseconds", "milliseconds", "seconds"]))
def test_it_is_read_as_django_reads_it(moment: datetime, cut: str) -> None:
    connection.ensure_connection()
    raw = connection.connection
    text = raw.execute("SELECT date_trunc(%s, %s)::text", [cut, moment]).fetchone()[0].encode()
    django: Any = BaseTzLoader(1184, raw)
    assert MomentLoader(1184, raw).load(text) == django.load(text).replace(tzinfo=UTC)


def test_connections_have_it_and_nothing_is_registered_anew_for_a_cursor() -> None:
    assert read("SELECT NULL::timestamptz") is None
    with connection.cursor() as cursor:
        assert cursor.connection.adapters.get_loader(1184, 0) is MomentLoader
        assert cursor.adapters.get_loader(1184, 0) is MomentLoader


def test_what_python_has_no_moment_for_is_refused_as_before() -> None:
    with pytest.raises(DataError, match="too large"):
        read("SELECT 'infinity'::timestamptz")
