"""Where time and money went beside requests, and what only the bench can say."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from siji.ai.models import CallState, ModelCall
from siji.conftest import Counting, Person
from siji.jobs.models import Job, JobState
from siji.monitoring.measured_by_bench import last_benches
from siji.storage.now import database_now


def call(purpose: str, *, took: int, state: CallState = CallState.SUCCEEDED, cost: int = 5) -> ModelCall:
    now = database_now()
    return ModelCall.objects.create(
        purpose=purpose, prompt="p@1", model="m", request_hash="x", state=state, reserved=9, cost=cost, latency_ms=took,
        day=now.date(), deadline_at=now,
    )  # fmt: skip


def job(kind: str, number: int, *, took: timedelta | None, state: JobState = JobState.DONE) -> Job:
    made = Job.objects.create(kind=kind, key=f"{kind}:{number}", state=state)
    made.refresh_from_db()
    if took is not None:
        Job.objects.filter(pk=made.pk).update(finished_at=made.created_at + took)
    return made


@pytest.mark.django_db
def test_purposes_and_jobs_the_slowest_first(admin: Person) -> None:
    call("script.mark", took=4000)
    call("script.mark", took=2000)
    call("script.mark", took=0, state=CallState.FAILED, cost=0)
    call("gateway.test", took=100)
    ModelCall.objects.update(sent_at=database_now())
    old = call("long.ago", took=9)
    ModelCall.objects.filter(pk=old.pk).update(sent_at=database_now() - timedelta(hours=25))
    job("quick", 1, took=timedelta(milliseconds=500))
    job("slow", 1, took=timedelta(seconds=8))
    job("slow", 2, took=None, state=JobState.QUEUED)
    job("slow", 3, took=timedelta(seconds=8), state=JobState.FAILED)
    seen = admin.get("/promises/work").json()
    assert [(row["name"], row["calls"], row["failed"], row["mean"], row["cost"]) for row in seen["purposes"]] == [
        ("script.mark", 3, 1, 3000, 10),
        ("gateway.test", 1, 0, 100, 5),
    ]
    assert [(row["name"], row["jobs"], row["waiting"], row["failed"], row["mean"]) for row in seen["jobs"]] == [
        ("slow", 3, 1, 1, 8000),
        ("quick", 1, 0, 0, 500),
    ]


@pytest.mark.django_db
@pytest.mark.counts("GET /promises/work")
@pytest.mark.parametrize("size", [1, 30])
def test_it_costs_the_same_and_shows_no_more_than_twenty(admin: Person, size: int, django_assert_num_queries: Counting) -> None:
    for number in range(size):
        call(f"purpose.{number}", took=number)
        job(f"kind.{number}", 1, took=timedelta(seconds=number))
    admin.get("/me")
    with django_assert_num_queries(3):
        seen = admin.get("/promises/work").json()
    assert (len(seen["purposes"]), len(seen["jobs"])) == (min(size, 20), min(size, 20))


def test_a_bench_that_was_run_is_told_with_its_date(tmp_path: Path) -> None:
    written = tmp_path / "acceptance.json"
    of_pair = {"value": {"response_percent_less": 99.8, "concurrency_factor": None}, "unit": "%, ×", "ok": False}
    written.write_text(json.dumps({"A13": of_pair, "A5": {"value": 500, "unit": "users", "ok": False}, "measured": {}}))
    a5, a10, a13 = last_benches(written)
    assert (a5.figures, a5.is_kept, a5.at is not None) == ({"users": 500}, False, True)
    assert (a13.figures, a13.is_kept) == ({"response_percent_less": 99.8}, False)
    assert (a10.figures, a10.is_kept, a10.at) == ({}, None, None)


def test_a_bench_that_was_never_run_says_nothing(tmp_path: Path) -> None:
    assert [(one.figures, one.at) for one in last_benches(tmp_path / "none.json")] == [({}, None)] * 3
