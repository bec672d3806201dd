"""From figures in the database to a message received, and each only once."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from siji.jobs import work
from siji.jobs.models import Job
from siji.monitoring.alerts.outage import Outage
from siji.monitoring.alerts.watching import DELIVERY, decide, deliver_late
from siji.monitoring.collecting import PerformanceCollector
from siji.monitoring.models import Alert, Channel, Measured
from siji.monitoring.notifications.sealing import sealed
from siji.monitoring.tests import receivers
from siji.storage.now import database_now

pytestmark = pytest.mark.django_db(transaction=True)


def channel(port: int, **fields: object) -> Channel:
    url = f"http://127.0.0.1:{port}/"
    return Channel.objects.create(name="值班", kind="webhook", sealed=sealed({"url": url}), **fields)


def failing() -> None:
    process = PerformanceCollector()
    for _ in range(50):
        process.note_all([("request", "GET /me", 10), ("error", "GET /me", 10)])
    process.write()


def make_older(seconds: int) -> None:
    for row in Alert.objects.all():
        Alert.objects.filter(pk=row.pk).update(since=row.since - timedelta(seconds=seconds))


def test_a_fault_is_told_once_by_one_job_a_channel() -> None:
    with receivers.web() as receiver:
        channel(receiver.port)
        channel(receiver.port, language="en")
        channel(receiver.port, least_level="critical", is_on=False)
        failing()
        assert decide() == []
        make_older(10)
        assert [one.standing.rule for one in decide()] == ["errors"]
        assert decide() == []
        assert [work.run(pk) for pk in Job.objects.filter(kind=DELIVERY).values_list("pk", flat=True)] == [True, True]
    texts = sorted(request.body.decode("unicode_escape") for request in receiver.requests)
    assert len(texts) == 2
    assert any("Requests fail" in text and "Users notice" in text and "docs/runbooks/errors.md" in text for text in texts)
    assert Alert.objects.get().state == "open"


def test_a_message_that_fails_is_tried_again() -> None:
    with receivers.web() as receiver:
        receiver.answers[:] = [500]
        channel(receiver.port)
        failing()
        decide()
        make_older(10)
        decide()
        job = Job.objects.get(kind=DELIVERY)
        work.run(job.pk)
        job.refresh_from_db()
        assert job.state == "queued"
        Job.objects.update(due_at=database_now() - timedelta(seconds=9))
        assert deliver_late() == 1, "no worker took it, so whoever decides sends it"
    assert len(receiver.requests) == 2


def test_the_queue_that_is_down_is_told_without_it(settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:9/0"
    with receivers.web() as receiver:
        channel(receiver.port)
        decide()
        make_older(15)
        assert [one.standing.rule for one in decide()] == ["broker_down"]
        Job.objects.update(due_at=database_now() - timedelta(seconds=9))
        assert deliver_late() == 1
    assert len(receiver.requests) == 1


def test_a_process_that_falls_silent_is_missed_until_another_takes_its_place() -> None:
    at = database_now() - timedelta(minutes=5)
    old, stays = (PerformanceCollector(clock=at.timestamp) for _ in range(2))
    for process in (old, stays):
        process.note("cpu", "host", 1)
        process.write()
    assert decide() == []
    Measured.objects.filter(process=old.process).update(written_at=database_now() - timedelta(seconds=20))
    decide()
    assert Alert.objects.get().figures.startswith(old.process)
    fresh = PerformanceCollector()
    fresh.note("cpu", "host", 1)
    fresh.write()
    decide()
    assert not Alert.objects.exists()


def test_a_database_that_is_away_is_told_by_one_process_and_its_return_too(settings: Settings, tmp_path: object) -> None:
    settings.SIJI_HOME = tmp_path
    settings.CACHE_URL = "redis://127.0.0.1:9/0"
    (settings.SIJI_HOME / "run").mkdir()
    now = [0.0]
    one, other = (Outage(clock=lambda: now[0], answers=lambda: False) for _ in range(2))
    with receivers.web() as receiver:
        channel(receiver.port)
        for process in (one, other):
            process.note_success()
            process.note_failure()
        now[0] = 14
        one.note_failure()
        now[0] = 16
        for process in (one, other):
            process.note_failure()
        _wait_for(receiver, 1)
        one.note_success()
        other.note_success()
        _wait_for(receiver, 2)
    texts = [request.body.decode("unicode_escape") for request in receiver.requests]
    assert "docs/runbooks/database-down.md" in texts[0]
    assert len(texts) == 2


def _wait_for(receiver: receivers.Receiver, number: int) -> None:
    until = time.monotonic() + 10
    while len(receiver.requests) < number and time.monotonic() < until:
        time.sleep(0.05)
    assert len(receiver.requests) == number
