"""Answers that wait for a standby: a wait that is cut short is no success, and a standby that freezes is dropped within 5 s."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from siji.embedded.home import Home
from siji.embedded.services import Services
from siji.embedded.tests.begun import begun_machine
from siji.embedded.tests.machine import Machine

pytestmark = [pytest.mark.machine, pytest.mark.drill]

SAVE = """
import threading, time
from django.conf import settings
from django.db import connection
from siji.problems import Refusal
from siji.storage.standby import kept_twice
assert settings.SYNC_ANSWERS
began = time.monotonic()
try:
    with kept_twice():
        connection.cursor().execute(
            "INSERT INTO django_session VALUES ('%s', '', now()) ON CONFLICT (session_key) DO UPDATE SET expire_date = now()"
        )
    told = "kept"
except Refusal as refusal:
    told = refusal.code
print(told, round(time.monotonic() - began, 2))
"""

SHOWN = """
from django.db import connection
cursor = connection.cursor()
cursor.execute("SHOW synchronous_commit")
print(cursor.fetchone()[0])
"""


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    machine = begun_machine(SYNC_ANSWERS="1")
    try:
        machine.start(arguments=["--replicas", "1", "--sync"])
        machine.wait(lambda: "answers wait for siji_replica_1" in machine.words, "a standby")
        yield machine
    finally:
        machine.remove()


@contextmanager
def primary(machine: Machine) -> Iterator[psycopg.Connection]:
    home = Home(machine.home)
    with Services(home, home.ports()).postgres.connect() as connection:
        yield connection


@contextmanager
def frozen(machine: Machine) -> Iterator[str]:
    """The beginning of a program that freezes the standby at the moment it wants to save. Thawed at the end."""
    process = machine.identity("postgres-replica-1").process()
    assert process is not None
    pids = [process.pid, *(child.pid for child in process.children(recursive=True))]
    try:
        yield f"import os, signal\nfor pid in {pids}: os.kill(pid, signal.SIGSTOP)\n"
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def test_an_answer_waits_for_the_standby_and_other_writes_do_not(machine: Machine) -> None:
    assert machine.inside(SAVE % "first").startswith("kept")
    with primary(machine) as connection:
        row = connection.execute("SELECT sync_state FROM pg_stat_replication").fetchone()
    assert row == ("quorum",)
    assert machine.inside(SHOWN) == "local"


def test_a_wait_that_is_cancelled_is_no_success(machine: Machine) -> None:
    """The standby stands still, and somebody cancels the commit that waits: committed here, warned of, not acknowledged."""
    cancel = """
def cancel():
    import psycopg
    params = connection.get_connection_params()
    with psycopg.connect(**params, autocommit=True) as other:
        while not other.execute("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'").fetchall():
            time.sleep(0.02)
threading.Thread(target=cancel, daemon=True).start()
"""
    with frozen(machine) as freeze:
        told = machine.inside(SAVE.replace("began =", f"{cancel}{freeze}began =", 1) % "second")
    assert told.startswith("not_kept_twice"), told
    machine.wait(lambda: _is_waited_for(machine), "the standby's return")
    assert machine.inside(SAVE % "second").startswith("kept")


def test_a_frozen_standby_is_dropped_within_five_seconds_and_taken_back(machine: Machine) -> None:
    with frozen(machine) as freeze:
        told, seconds = machine.inside(SAVE.replace("began =", f"{freeze}began =", 1) % "third").split()
        assert told == "kept"
        assert 0.5 < float(seconds) < 5
        assert "DROPPED: siji_replica_1" in machine.words
        assert not _is_waited_for(machine)
    machine.wait(lambda: _is_waited_for(machine), "the standby's return")
    began = time.monotonic()
    assert machine.inside(SAVE % "fourth").startswith("kept")
    assert time.monotonic() - began < 10


def _is_waited_for(machine: Machine) -> bool:
    with primary(machine) as connection:
        return connection.execute("SHOW synchronous_standby_names").fetchone() != ("",)
