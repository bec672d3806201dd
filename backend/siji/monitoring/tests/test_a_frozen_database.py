"""A database that hangs raises nothing: the thread that decides waits in it, and somebody must be told all the same."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from siji.monitoring import cluster, probing, writing
from siji.monitoring.alerts import outage as outages
from siji.monitoring.alerts.keeping import rules_now
from siji.monitoring.alerts.outage import outage
from siji.monitoring.alerts.watching import see
from siji.monitoring.models import Channel
from siji.monitoring.notifications.sealing import sealed
from siji.monitoring.tests import receivers
from siji.storage.now import database_now

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def _a_round_that_waits() -> Iterator[None]:
    """The thread that decides waits in the database for as long as this lasts, and is through afterwards."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE monitoring_measured, monitoring_turn IN ACCESS EXCLUSIVE MODE")
        round_ = threading.Thread(target=writing.write_once)
        round_.start()
        assert _comes(writing.watch_once)
        yield
    round_.join(timeout=20)


def test_a_round_that_hangs_is_told_and_its_end_too(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SIJI_HOME = tmp_path
    settings.CACHE_URL = "redis://127.0.0.1:9/0"
    (tmp_path / "run").mkdir()
    monkeypatch.setattr(writing, "STUCK_SECONDS", 0.3)
    monkeypatch.setattr(outages, "TOLD_AFTER", 0.2)
    monkeypatch.setattr(outage, "_answers", lambda: False)
    with receivers.web() as receiver:
        Channel.objects.create(name="值班", kind="webhook", sealed=sealed({"url": f"http://127.0.0.1:{receiver.port}/"}))
        outage.note_success()
        assert not writing.watch_once()
        with _a_round_that_waits():
            time.sleep(0.3)
            assert writing.watch_once(), "the round still waits"
            assert _comes(lambda: len(receiver.requests) == 1)
        assert not writing.watch_once()
        assert _comes(lambda: len(receiver.requests) == 2)
    texts = [request.body.decode("unicode_escape") for request in receiver.requests]
    assert "docs/runbooks/database-down.md" in texts[0]
    assert "database-down" not in texts[1], "a recovery needs no page"


def test_who_only_waits_for_a_connection_of_its_own_wakes_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "STUCK_SECONDS", 0.3)
    monkeypatch.setattr(outages, "TOLD_AFTER", 0.2)
    with receivers.web() as receiver:
        Channel.objects.create(name="值班", kind="webhook", sealed=sealed({"url": f"http://127.0.0.1:{receiver.port}/"}))
        outage.note_success()
        with _a_round_that_waits():
            for _ in range(5):
                time.sleep(0.3)
                assert writing.watch_once(), "the round still waits"
        time.sleep(0.5)
    assert receiver.requests == []


@pytest.mark.parametrize("is_listening", [True, False])
def test_a_server_that_says_nothing_does_not_answer(monkeypatch: pytest.MonkeyPatch, is_listening: bool) -> None:
    assert probing.database_answers()
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1] if is_listening else 9
        monkeypatch.setattr(probing, "connection", SimpleNamespace(settings_dict=connection.settings_dict | {"PORT": port}))
        began = time.monotonic()
        assert not probing.database_answers()
        assert time.monotonic() - began < probing.PATIENCE + 2


def test_a_database_that_lets_nobody_else_in_is_told_though_our_own_connections_live(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = rules_now()["database_down"]
    for answers, value in ((True, 0.0), (False, 1.0)):
        monkeypatch.setattr(cluster, "database_answers", lambda answers=answers: answers)
        (reading,) = rule.read(see(database_now()))
        assert (reading.subject, reading.value) == ("", value)
    assert rule.level_of(1.0) == "critical"


def _comes(so: Callable[[], bool]) -> bool:
    until = time.monotonic() + 10
    while time.monotonic() < until:
        if so():
            return True
        time.sleep(0.05)
    return False
