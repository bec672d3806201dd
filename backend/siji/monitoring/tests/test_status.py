"""What anybody may know: whether the parts work, and nothing of whom or how much."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.db import OperationalError

from siji.conftest import Person
from siji.monitoring import status
from siji.monitoring.collecting import PerformanceCollector
from siji.monitoring.measuring import ANSWERS
from siji.monitoring.status import Kept, StatusOut, look_at_status


def states(seen: StatusOut) -> dict[str, str]:
    return {part.name: part.state for part in seen.parts}


@pytest.mark.django_db
def test_somebody_who_is_not_signed_in_reads_words_and_no_figures(student: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status.present_status, "_seen", None)
    seen = Person(student.user, signed_in=False).get("/status")
    assert seen.status_code == 200
    body = seen.json()
    del body["at"]
    assert body["state"] == "works"
    assert not any(character.isdigit() for character in json.dumps(body))


@pytest.mark.django_db
def test_a_part_that_fails_is_named_and_the_others_are_not() -> None:
    process = PerformanceCollector()
    process.note_all([("request", ANSWERS, 10.0)] * 20 + [("error", ANSWERS, 10.0)] * 2 + [("request", "GET /me", 5.0)] * 500)
    process.write()
    seen = look_at_status()
    assert (seen.state, states(seen)) == ("slow", {"pages": "works", "answers": "slow", "uploads": "works", "work": "works"})


@pytest.mark.django_db
def test_jobs_that_wait_long_are_said() -> None:
    process = PerformanceCollector()
    process.note("queue_age", "jobs", 300.0)
    process.write()
    assert states(look_at_status())["work"] == "slow"


@pytest.mark.django_db
def test_without_the_database_everything_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: int) -> None:
        raise OperationalError

    monkeypatch.setattr(status, "get_performance_summary", gone)
    assert set(states(look_at_status()).values()) == {"down"}


def test_however_many_ask_it_is_looked_once_in_ten_seconds() -> None:
    looks: list[float] = []
    now = [0.0]

    def look() -> StatusOut:
        looks.append(now[0])
        return StatusOut(state="works", at=datetime.now(UTC), parts=[])

    kept = Kept(look, clock=lambda: now[0])
    for moment in (0.0, 1.0, 9.9, 10.0, 19.0):
        now[0] = moment
        kept()
    assert looks == [0.0, 10.0]
