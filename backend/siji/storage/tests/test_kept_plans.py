"""What PostgreSQL keeps of a prepared statement, and what becomes of it when a transaction or a table changes under it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import NotSupportedError, connection, transaction

from siji.accounts.models import User
from siji.conftest import make_user
from siji.storage.now import database_now
from siji.storage.prepared import Prepared, prepared_cursor

by_id: Prepared[User] = Prepared(User, lambda _, pk: User.objects.filter(pk=pk), pk=-1)


def kept(sign: str = "") -> list[tuple[str, int]]:
    """Statement and how often it was planned, generally or for its values. Asked in Django's way, so it is not among them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement, generic_plans, custom_plans FROM pg_prepared_statements ORDER BY prepare_time")
        rows: list[Any] = cursor.fetchall()
    return [(statement, general + own) for statement, general, own in rows if sign in statement]


@pytest.fixture
def fresh(transactional_db: None) -> Iterator[None]:
    """A connection that nobody has asked anything."""
    connection.close()
    yield
    connection.close()


def test_one_statement_serves_all_values(fresh: None) -> None:
    users = [make_user(f"one{number}") for number in range(8)]
    assert kept() == []
    for user in users:
        assert by_id.first(pk=user.pk) == user
    ((statement, executed),) = kept()
    assert (statement.count("$1"), executed) == (1, 8)


def test_what_django_asks_in_its_own_way_is_not_kept(fresh: None) -> None:
    make_user("one")
    list(User.objects.all())
    with transaction.atomic():
        User.objects.update(name="other")
    assert kept() == []


def test_sql_by_hand_is_kept_and_lists_travel_as_one_value(fresh: None) -> None:
    for names in (["a"], ["a", "b"], []):
        with prepared_cursor() as cursor:
            cursor.execute("SELECT count(*) FROM unnest(%s::text[]) AS one", [names])
            assert cursor.fetchone() == (len(names),)
    assert len(kept("unnest")) == 1
    assert database_now() < database_now()
    assert len(kept("clock_timestamp")) == 1


def taken_back(user: User) -> None:
    with transaction.atomic():
        by_id.first(pk=user.pk)
        raise RuntimeError("not wanted")


def test_after_a_rollback_it_is_prepared_again(fresh: None) -> None:
    user = make_user("one")
    by_id.first(pk=user.pk)
    with pytest.raises(RuntimeError, match="not wanted"):
        taken_back(user)
    assert by_id.first(pk=user.pk) == user
    assert len(kept()) == 1


def test_after_a_savepoint_is_rolled_back_the_transaction_goes_on(fresh: None) -> None:
    user = make_user("one")
    with transaction.atomic():
        with pytest.raises(RuntimeError, match="not wanted"):
            taken_back(user)
        assert by_id.first(pk=user.pk) == user


@pytest.fixture
def table(fresh: None) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE changing (a integer)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE changing")


def ask() -> None:
    with prepared_cursor() as cursor:
        cursor.execute("SELECT a FROM changing")


def change_column(kind: str) -> None:
    """As a migration does, on a connection of its own."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute(f"ALTER TABLE changing ALTER a TYPE {kind}")
    finally:
        other.close()


def test_a_column_that_a_migration_changes_is_planned_anew(table: None) -> None:
    ask()
    change_column("bigint")
    ask()
    assert len(kept("changing")) == 1


def test_inside_a_transaction_it_is_one_error_and_not_one_for_each_that_follows(table: None) -> None:
    ask()
    change_column("bigint")
    with pytest.raises(NotSupportedError, match="cached plan"), transaction.atomic():
        ask()
    with transaction.atomic():
        ask()
