"""Nobody changes or removes an audit row through the database, and what is done past it breaks the chain."""

from __future__ import annotations

import threading
from argparse import Namespace

import pytest
from django.db import DatabaseError, connection, transaction

from siji.accounts.audit import record
from siji.accounts.models import AuditEntry, AuditSeal
from siji.accounts.sealing import seal, verify
from siji.embedded.cli import _audit_verify

TABLES = [AuditEntry, AuditSeal]


def some(number: int) -> None:
    detail = {"姓名": "甲", "b": 1, "a": [2.5, None]}
    for index in range(number):
        record(actor=None, action="test.done", subject=f"user:{index}", detail=detail, address="10.0.0.1")


def tamper(sql: str) -> None:
    """As who owns the tables can: what the database would refuse is taken away first."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = 'accounts_auditseal'::regclass AND contype = 'f'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE accounts_auditseal DROP CONSTRAINT "{name}"')
        for table in ("accounts_auditentry", "accounts_auditseal"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql)


@pytest.mark.django_db
@pytest.mark.parametrize("model", TABLES)
def test_the_database_refuses_to_change_or_delete_a_row(model: type[AuditEntry]) -> None:
    some(1)
    seal()
    field = "action" if model is AuditEntry else "digest"
    with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        model._default_manager.update(**{field: "x"})
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        cursor.execute(f"DELETE FROM {model._meta.db_table}")  # noqa: S608  # a name of ours
    assert model._default_manager.count() == 1


@pytest.mark.django_db
def test_a_log_that_nobody_touched_is_whole_and_goes_on() -> None:
    some(3)
    assert (seal(), seal()) == (3, 0)
    head = verify().head
    some(2)
    assert seal() == 2
    seen = verify()
    assert (seen.entries, seen.broken_at) == (5, None)
    assert seen.head != head


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "broken_at"),
    [
        ("UPDATE accounts_auditentry SET detail = '{}' WHERE subject = 'user:2'", 3),
        ("UPDATE accounts_auditentry SET at = at - interval '1 second' WHERE subject = 'user:0'", 1),
        ("UPDATE accounts_auditentry SET address = NULL WHERE subject = 'user:4'", 5),
        ("DELETE FROM accounts_auditentry WHERE subject = 'user:1'", 2),
        ("DELETE FROM accounts_auditentry WHERE subject = 'user:4'", 5),
        ("DELETE FROM accounts_auditseal WHERE position = 2", 2),
    ],
)
def test_what_is_done_past_the_database_is_found(sql: str, broken_at: int) -> None:
    some(5)
    seal()
    tamper(sql)
    assert verify().broken_at == broken_at


@pytest.mark.django_db
def test_the_command_says_which_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    some(5)
    assert _audit_verify(Namespace()) == 0
    assert verify().head in capsys.readouterr().out
    tamper("UPDATE accounts_auditentry SET action = 'other' WHERE subject = 'user:3'")
    assert _audit_verify(Namespace()) == 1
    assert "entry 4" in capsys.readouterr().out


@pytest.mark.django_db(transaction=True)
def test_many_who_write_at_once_and_two_who_seal_make_one_chain() -> None:
    def work() -> None:
        try:
            for _ in range(10):
                with transaction.atomic():
                    some(2)
                seal()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seal(everything=True)
    seen = verify()
    assert (seen.entries, seen.broken_at) == (80, None)


@pytest.mark.django_db(transaction=True)
def test_a_row_that_becomes_visible_late_is_sealed_after_those_that_were_there() -> None:
    began, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                some(1)
                began.set()
                may_end.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    began.wait(20)
    some(2)
    assert seal() == 2
    may_end.set()
    thread.join()
    assert seal() == 1
    entries = list(AuditSeal.objects.order_by("position").values_list("entry", flat=True))
    assert entries[-1] == min(entries)
    assert verify().broken_at is None
