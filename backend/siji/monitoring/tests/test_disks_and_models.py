"""Two things that go wrong before anybody asks: a disk that fills, a model that does not answer."""

from __future__ import annotations

from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import psutil
import pytest
from pytest_django.fixtures import Settings

from siji.ai.models import CallState, ModelCall
from siji.monitoring import disks
from siji.monitoring.alerts.keeping import rules_now
from siji.monitoring.alerts.watching import see
from siji.monitoring.cluster import look
from siji.monitoring.collecting import PerformanceCollector
from siji.monitoring.history import get_performance_summary
from siji.monitoring.model_calls import ended_since_the_last_look
from siji.storage.now import database_now

Usage = namedtuple("Usage", ["percent"])


def test_a_file_system_is_looked_at_once_and_what_is_not_there_is_left_out(settings: Settings, tmp_path: Path) -> None:
    settings.SIJI_HOME = tmp_path / "home"
    assert disks.fullness() == {}
    (tmp_path / "home/uploads").mkdir(parents=True)
    assert list(disks.fullness()) == ["home"], "uploads lie on the same"
    assert 0 < disks.fullness()["home"] < 100


def test_the_database_elsewhere_has_a_disk_of_its_own(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SIJI_HOME = tmp_path
    elsewhere = Path("/dev/shm")
    (tmp_path / disks.DATABASE).write_text(f"{elsewhere}\n")
    full = {str(tmp_path): 40.0, str(elsewhere): 96.0}
    monkeypatch.setattr(psutil, "disk_usage", lambda path: Usage(full[path]))
    assert disks.fullness() == {"home": 40.0, "database": 96.0}


@pytest.mark.django_db
def test_calls_that_ended_lately_are_counted_with_those_that_failed() -> None:
    now = database_now()
    ended = {CallState.SUCCEEDED: now, CallState.FAILED: now, CallState.UNKNOWN: now, CallState.SENT: None}
    for state, at in [*ended.items(), (CallState.FAILED, now - timedelta(hours=1))]:
        ModelCall.objects.create(state=state, purpose="x", reserved=0, day=now.date(), deadline_at=now, ended_at=at)
    seen = {kind: value for kind, _, value in look(now)}
    assert (seen["model_calls"], seen["model_failed"]) == (3, 2)
    (reading,) = rules_now()["model_failing"].read(see(now))
    assert (round(reading.value), reading.sample, reading.figures) == (67, 3, "2 / 3")


@pytest.mark.django_db
def test_a_call_that_ended_is_in_the_figures_once() -> None:
    now = database_now()
    assert ended_since_the_last_look(now) == []  # from here on
    times = {CallState.SUCCEEDED: (900, 12_000), CallState.FAILED: (30_000, 3_000)}
    for state, (took, cost) in times.items():
        at = now + timedelta(seconds=1)
        ModelCall.objects.create(
            state=state, purpose="x", reserved=0, day=now.date(), deadline_at=now, ended_at=at, latency_ms=took, cost=cost
        )
    assert ended_since_the_last_look(now + timedelta(seconds=3)) == []  # it may not be there for everybody yet
    seen = ended_since_the_last_look(now + timedelta(seconds=10))
    assert sorted(seen) == [("model_cost", "x", 3.0), ("model_cost", "x", 12.0), ("model_time", "x", 900.0)]
    assert ended_since_the_last_look(now + timedelta(seconds=30)) == []
    process = PerformanceCollector()
    process.note_all(seen)
    process.write()
    summary = get_performance_summary(5)
    assert (summary.avg_ai_delay, summary.ai_spend) == (900.0, 0.015)


@pytest.mark.django_db
def test_a_full_disk_is_read_of_each_process() -> None:
    process = PerformanceCollector()
    process.note_all([("disk", "here:home", 30), ("disk", "here:uploads", 97)])
    process.write()
    readings = {one.subject: one.value for one in rules_now()["disk"].read(see(database_now()))}
    assert readings == {"here:home": 30, "here:uploads": 97}
