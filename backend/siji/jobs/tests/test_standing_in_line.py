"""Of work that computes only so much is begun at once; the rest takes nothing from anybody, and what is short passes by it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from celery.worker import state
from django.db import OperationalError, connection

from siji.jobs import actions, line, registry, tasks, work
from siji.jobs.line import Line
from siji.jobs.models import Job, JobState
from siji.jobs.registry import Kind
from siji.jobs.work import Work
from siji.storage.waiting import now_waiting

pytestmark = pytest.mark.django_db(transaction=True)
LONG, ASKS = "test.computes", "test.asks"


class Held:
    """Handlers that say when they have begun and end when they are let go. ``sent``: what went to the workers meanwhile."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.sent: list[tuple[int, str]] = []
        self.has_begun = threading.Semaphore(0)
        self.go = threading.Semaphore(0)

    def __call__(self, job: Work) -> registry.Result:
        self.begun.append(job.id)
        self.has_begun.release()
        assert self.go.acquire(timeout=10)
        return {}


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    monkeypatch.setitem(line._lines, registry.COMPUTING, Line(1))
    monkeypatch.setitem(line._lines, registry.SHORT, Line(2))
    handler = Held()
    monkeypatch.setattr(actions, "wake", lambda job_id, kind: handler.sent.append((job_id, kind)))
    kinds = [
        Kind(LONG, handler, 3),
        Kind(ASKS, handler, 3, waits=True, ahead_of=registry.SHORT),
        Kind("test.waits", _done, 3, waits=True),
        Kind("test.short", _done, 3, line=registry.SHORT),
    ]
    registry._kinds.update({kind.name: kind for kind in kinds})
    yield handler
    for kind in kinds:
        del registry._kinds[kind.name]


def _done(_: Work) -> registry.Result:
    return {}


def asked_for(kind: str, key: str) -> Job:
    return actions.enqueue(kind=kind, key=key, payload={})


def started(job: Job, held: Held) -> threading.Thread:
    """By a thread of the worker, which is in the handler when this returns."""
    held.sent.clear()
    return in_a_thread(lambda: tasks.run(job.pk, job.kind), held)


def in_a_thread(call: Callable[[], object], held: Held) -> threading.Thread:
    def go() -> None:
        try:
            call()
        finally:
            connection.close()

    thread = threading.Thread(target=go)
    thread.start()
    assert held.has_begun.acquire(timeout=10)
    return thread


def states() -> dict[str, str]:
    return dict(Job.objects.values_list("key", "state"))


def test_who_finds_no_place_holds_nothing_and_is_worked_on_once_by_whoever_has_one(held: Held) -> None:
    first, second = asked_for(LONG, "first"), asked_for(LONG, "second")
    thread = started(first, held)
    for _ in range(3):  # the sweeper sends it again and again
        tasks.run(second.pk, LONG)  # comes back at once
    second.refresh_from_db()
    assert (second.state, second.attempts, second.lease_until) == (JobState.QUEUED, 0, None)
    held.go.release(2)
    thread.join(10)
    assert held.begun == [first.pk, second.pk]
    assert set(states().values()) == {JobState.DONE}
    assert held.sent == []


def test_a_worker_that_is_to_end_sends_the_next_to_another(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = asked_for(LONG, "first"), asked_for(LONG, "second")
    thread = started(first, held)
    tasks.run(second.pk, LONG)
    monkeypatch.setattr(state, "should_stop", 0)  # the code with which it will end
    held.go.release(2)
    thread.join(10)
    assert (held.begun, held.sent) == ([first.pk], [(second.pk, LONG)])
    tasks.run(*held.sent[0])
    assert set(states().values()) == {JobState.DONE}


@pytest.mark.parametrize("kind", ["test.waits", "test.short"])
def test_what_waits_for_others_and_what_is_short_passes_by(held: Held, kind: str) -> None:
    thread = started(asked_for(LONG, "long"), held)
    quick = asked_for(kind, "quick")
    tasks.run(quick.pk, kind)
    assert states() == {"long": JobState.RUNNING, "quick": JobState.DONE}
    held.go.release()
    thread.join(10)


def test_a_place_is_not_lost_with_a_claim_that_fails(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_: int) -> bool:
        raise OperationalError("the database is away")

    made = asked_for(LONG, "made")
    with monkeypatch.context() as patch:
        patch.setattr(work, "run", away)
        with pytest.raises(OperationalError):
            tasks.run(made.pk, LONG)
    held.go.release()
    tasks.run(made.pk, LONG)
    assert states() == {"made": JobState.DONE}


def test_another_worker_may_take_what_stands_in_line(held: Held) -> None:
    first, second = asked_for(LONG, "first"), asked_for(LONG, "second")
    thread = started(first, held)
    tasks.run(second.pk, LONG)
    other = in_a_thread(lambda: work.run(second.pk), held)
    held.go.release(2)
    thread.join(10)
    other.join(10)
    assert held.begun == [first.pk, second.pk]
    assert set(states().values()) == {JobState.DONE}


def test_short_work_begins_once_what_goes_ahead_of_it_only_waits(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the order in which it was asked for, and no more of it than there are places; the end of the wait changes nothing."""
    done: list[int] = []
    waits = threading.Semaphore(0)

    def asks(job: Work) -> registry.Result:
        held(job)  # what it computes first
        now_waiting()
        held.has_begun.release()
        assert waits.acquire(timeout=10)
        return {}

    def notes(job: Work) -> registry.Result:
        done.append(job.id)
        return {}

    monkeypatch.setitem(registry._kinds, ASKS, Kind(ASKS, asks, 3, waits=True, ahead_of=registry.SHORT))
    monkeypatch.setitem(registry._kinds, "test.short", Kind("test.short", notes, 3, line=registry.SHORT))
    thread = started(asked_for(ASKS, "asks"), held)
    short = [asked_for("test.short", f"short {number}") for number in range(3)]
    for job in short:
        tasks.run(job.pk, job.kind)
    assert set(states().values()) == {JobState.RUNNING, JobState.QUEUED}
    held.sent.clear()
    held.go.release()
    assert held.has_begun.acquire(timeout=10)
    assert held.sent == [(job.pk, job.kind) for job in short[:2]]
    tasks.run(*held.sent[0])
    assert done == [short[0].pk, short[2].pk]  # the second was sent, so it stands in line no more
    waits.release()
    thread.join(10)
    assert len(held.sent) == 2
    tasks.run(*held.sent[1])
    assert set(states().values()) == {JobState.DONE}


def test_short_work_waits_for_each_that_goes_ahead_of_it(held: Held) -> None:
    first, second = (started(asked_for(ASKS, key), held) for key in ("first", "second"))
    short = asked_for("test.short", "short")
    tasks.run(short.pk, short.kind)
    held.sent.clear()
    held.go.release()
    while first.is_alive() and second.is_alive():
        first.join(0.01)
        second.join(0.01)
    assert held.sent == []
    tasks.run(short.pk, short.kind)  # the sweeper sends it again
    held.go.release()
    first.join(10)
    second.join(10)
    assert held.sent == [(short.pk, short.kind)]


def test_the_line_goes_on_after_what_went_ahead_of_it_and_failed(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(_: int) -> bool:
        raise OperationalError("the database is away")

    asks, short = asked_for(ASKS, "asks"), asked_for("test.short", "short")
    with monkeypatch.context() as patch:
        patch.setattr(work, "run", away)
        with pytest.raises(OperationalError):
            tasks.run(asks.pk, asks.kind)
    tasks.run(short.pk, short.kind)
    assert states()["short"] == JobState.DONE
