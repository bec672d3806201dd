"""A job is a row: killed workers, lost leases, dead brokers and repeated requests neither lose it nor do it twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from celery import Celery
from django.conf import settings
from django.db import connections, transaction
from django.db.models.functions import Now

from siji.accounts.models import User
from siji.celery import app
from siji.conftest import Person, make_user
from siji.jobs import actions, registry, work
from siji.jobs.models import Job, JobState
from siji.jobs.work import LeaseLost, Permanent, Work
from siji.storage.streams import CHANNEL

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seen() -> Iterator[list[str]]:
    """A kind of job whose handler does what the payload says and notes that it was called."""
    calls: list[str] = []

    def handle(job: Work) -> registry.Result:
        calls.append(job.payload["do"])
        if job.payload["do"] == "break":
            raise ValueError("no luck")
        if job.payload["do"] == "refuse":
            raise Permanent("文件打不开")
        job.progress(1, 2)
        return {"answer": 42}

    registry._kinds["test.kind"] = registry.Kind("test.kind", handle, 3)
    yield calls
    del registry._kinds["test.kind"]


def job(do: str = "work", key: str = "k1", owner: User | None = None) -> Job:
    return actions.enqueue(kind="test.kind", key=key, payload={"do": do}, owner=owner)


def test_the_same_key_is_one_job(seen: list[str]) -> None:
    assert job().pk == job().pk


def test_work_ends_in_a_result_with_its_progress(seen: list[str]) -> None:
    made = job()
    assert work.run(made.pk)
    made.refresh_from_db()
    assert (made.state, made.result, made.done_steps, made.total_steps) == (JobState.DONE, {"answer": 42}, 1, 2)
    assert made.finished_at is not None


def test_a_finished_job_is_not_done_again(seen: list[str]) -> None:
    made = job()
    work.run(made.pk)
    assert not work.run(made.pk)
    assert seen == ["work"]


def test_of_two_workers_one_gets_it(seen: list[str]) -> None:
    made = job()
    assert work.claim(made.pk) is not None
    assert work.claim(made.pk) is None


def test_a_killed_workers_job_is_due_when_its_lease_runs_out(seen: list[str]) -> None:
    made = job()
    dead = work.claim(made.pk)
    assert dead is not None
    assert not Job.objects.due().exists()
    Job.objects.update(lease_until=Now() - timedelta(seconds=1))
    assert work.run(made.pk)
    made.refresh_from_db()
    assert (made.state, made.attempts) == (JobState.DONE, 2)


def test_who_lost_the_lease_changes_nothing_any_more(seen: list[str]) -> None:
    made = job()
    slow = work.claim(made.pk)
    assert slow is not None
    Job.objects.update(lease_until=Now() - timedelta(seconds=1))
    work.run(made.pk)

    def effect() -> None:
        with transaction.atomic():
            make_user("effect")
            slow.finish({"answer": "late"})

    with pytest.raises(LeaseLost):
        effect()
    made.refresh_from_db()
    assert made.result == {"answer": 42}
    assert not User.objects.filter(username="effect").exists()


def test_while_another_works_on_it_nothing_is_changed_either(seen: list[str]) -> None:
    made = job()
    slow = work.claim(made.pk)
    Job.objects.update(lease_until=Now() - timedelta(seconds=1))
    other = work.claim(made.pk)
    assert slow is not None
    assert other is not None
    with pytest.raises(LeaseLost):
        slow.progress(7, 9)
    with pytest.raises(LeaseLost):
        slow.finish({"answer": "late"})
    made.refresh_from_db()
    assert (made.state, made.done_steps, made.attempts) == (JobState.RUNNING, 0, 2)
    other.finish({"answer": 42})
    made.refresh_from_db()
    assert (made.state, made.result, made.lease_until) == (JobState.DONE, {"answer": 42}, None)


def test_what_was_wrong_is_forgotten_once_it_is_done(seen: list[str]) -> None:
    made = job("break")
    work.run(made.pk)
    Job.objects.update(payload={"do": "work"}, due_at=Now())
    work.run(made.pk)
    made.refresh_from_db()
    assert (made.state, made.error, made.attempts) == (JobState.DONE, "", 2)


def test_each_step_is_told(seen: list[str]) -> None:
    made = job()
    settings_of = connections["default"].settings_dict
    where = {name: settings_of[name.upper()] for name in ("host", "port", "user", "password")}
    with psycopg.connect(dbname=settings_of["NAME"], **where, autocommit=True) as listener:
        listener.execute(f'LISTEN "{CHANNEL}"')
        work.run(made.pk)
        told = [notice.payload for notice in listener.notifies(timeout=1, stop_after=2)]
    assert told == [f"job:{made.pk}"] * 2


def test_a_fault_is_tried_again_later_and_given_up_with_its_words(seen: list[str]) -> None:
    made = job("break")
    for attempt in (1, 2, 3):
        Job.objects.update(due_at=Now() - timedelta(seconds=1))
        assert work.run(made.pk)
        made.refresh_from_db()
        assert made.attempts == attempt
    assert (made.state, made.error) == (JobState.FAILED, "ValueError: no luck")


def test_a_fault_waits_before_its_next_try(seen: list[str]) -> None:
    made = job("break")
    work.run(made.pk)
    assert not work.run(made.pk)
    assert seen == ["break"]


def test_what_cannot_be_mended_is_not_tried_again(seen: list[str]) -> None:
    made = job("refuse")
    work.run(made.pk)
    made.refresh_from_db()
    assert (made.state, made.error, made.attempts) == (JobState.FAILED, "文件打不开", 1)


def test_a_job_that_kills_its_worker_each_time_is_given_up(seen: list[str]) -> None:
    made = job()
    for _ in range(3):
        assert work.claim(made.pk) is not None
        Job.objects.update(lease_until=Now() - timedelta(seconds=1))
    assert work.claim(made.pk) is None
    actions.wake_due()
    made.refresh_from_db()
    assert made.state == JobState.FAILED
    assert "worker was lost" in made.error


def test_a_dead_broker_is_no_error_and_the_sweeper_still_finds_the_row(seen: list[str]) -> None:
    away = Celery(broker="redis://127.0.0.1:1/0")
    away.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    away.set_current()
    try:
        made = job()
        assert actions.wake_due() == 1
    finally:
        app.set_current()
    assert Job.objects.due().get().pk == made.pk


def test_only_its_owner_and_the_administrator_see_a_job(
    seen: list[str], student: Person, stranger: Person, admin: Person
) -> None:
    made = job(owner=student.user)
    path = f"/jobs/{made.pk}"
    assert student.get(path).json()["state"] == "queued"
    assert stranger.get(path).status_code == 404
    assert admin.get(path).status_code == 200
