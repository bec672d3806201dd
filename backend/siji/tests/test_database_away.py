"""A database that is ended, starting or full while somebody asks is a 503 with Retry-After, not a failure of ours."""

from __future__ import annotations

import json

import pytest
from django.db import OperationalError, connection
from django.test import RequestFactory

from siji.api import no_connection

pytestmark = pytest.mark.django_db(transaction=True)


def fault_of(statement: str) -> OperationalError:
    with pytest.raises(OperationalError) as raised, connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()
    return raised.value


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT pg_terminate_backend(pg_backend_pid())",
        "DO $$ BEGIN RAISE SQLSTATE '53100' USING MESSAGE = 'no space left on device'; END $$",
        "DO $$ BEGIN RAISE SQLSTATE '57P03' USING MESSAGE = 'the database system is starting up'; END $$",
    ],
)
def test_who_asks_meanwhile_is_told_to_come_back(statement: str) -> None:
    response = no_connection(RequestFactory().get("/"), fault_of(statement))
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    told = json.loads(response.content)
    assert told["code"] == "database_away"
    assert told["message"]["zh"]
    assert told["message"]["en"]


def test_a_query_of_ours_that_took_too_long_stays_our_failure() -> None:
    error = fault_of("SET statement_timeout = 20; SELECT pg_sleep(5)")
    with pytest.raises(type(error)):
        no_connection(RequestFactory().get("/"), error)
