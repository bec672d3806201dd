"""A pool gives out only what can be used, without a question to the server for each request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from psycopg import OperationalError
from psycopg_pool import ConnectionPool

from siji.settings import ENV, database
from siji.storage.postgres import base


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The connections over which the server was asked."""
    found, ask = list[Any](), ConnectionPool.check_connection

    def note(one: Any) -> None:
        found.append(one)
        ask(one)

    monkeypatch.setattr(ConnectionPool, "check_connection", note)
    return found


@pytest.fixture
def pooled(db: None, asked: list[Any]) -> Iterator[base.DatabaseWrapper]:
    """A wrapper with a pool of its own, of one connection to the tests' database."""
    described = database("DATABASE_URL", ENV.database_url, pool={"min_size": 1, "max_size": 1, "timeout": 10})
    own = {**connection.settings_dict, **described, "NAME": settings.DATABASES["default"]["NAME"]}
    wrapper = base.DatabaseWrapper(own, alias="pooled")
    yield wrapper
    wrapper.close()
    wrapper.close_pool()


def process_of(wrapper: base.DatabaseWrapper) -> int:
    """Of one request: the connection is taken, used and given back."""
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (found,) = cursor.fetchone()
    wrapper.close()
    return int(found)


def test_a_connection_in_use_is_asked_once_and_not_again(pooled: base.DatabaseWrapper, asked: list[Any]) -> None:
    processes = {process_of(pooled) for _ in range(20)}
    assert (len(processes), len(asked)) == (1, 1)


def test_one_that_the_server_has_ended_is_replaced_before_it_is_used(pooled: base.DatabaseWrapper, asked: list[Any]) -> None:
    first = process_of(pooled)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
    assert process_of(pooled) != first
    assert len(asked) >= 2


def test_after_a_while_the_server_is_asked_although_nothing_speaks_against_it(
    pooled: base.DatabaseWrapper, asked: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    process_of(pooled)
    monkeypatch.setattr(base, "ASKED_EVERY", 0.0)
    process_of(pooled)
    assert len(asked) == 2


def test_what_cannot_be_used_is_said_as_psycopg_says_it(pooled: base.DatabaseWrapper) -> None:
    process_of(pooled)
    with pooled.pool.connection() as raw:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [raw.info.backend_pid])
        with pytest.raises(OperationalError):
            base.check_connection(raw)
