"""Whether each promise is kept, told in figures, from what was counted and from nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from siji.conftest import Counting, Person
from siji.monitoring.collecting import PerformanceCollector
from siji.monitoring.goals import GOALS
from siji.monitoring.series import Measures
from siji.storage.now import database_now

GOAL = {goal.name: goal for goal in GOALS}


def measured(kind: str, name: str, *values: float) -> Measures:
    measures = Measures()
    for value in values:
        measures.of(kind, name).note(value)
    return measures


@pytest.mark.parametrize("name", GOAL)
def test_of_what_was_not_measured_nothing_is_said(name: str) -> None:
    goal, nothing = GOAL[name], Measures()
    assert (goal.value(nothing), goal.is_kept(nothing), goal.budget(nothing).used) == (None, None, None)


@pytest.mark.parametrize(
    ("name", "measures", "value", "is_kept", "used"),
    [
        ("A1", measured("request", "GET /me", *[10] * 99, 600), 15.9, True, 1.0),
        ("A1", measured("request", "GET /me", 400, 700), 550, False, 50),
        ("A3", measured("query", "GET /me", *[2] * 199, 150), 2.74, True, 0.5),
        ("A9", measured("inp", "/", 40, 40, 40, 400), 40, True, 1.0),
        ("A12", measured("request", "GET /courses", 5000), None, None, None),
    ],
)
def test_a_time(name: str, measures: Measures, value: float | None, is_kept: bool | None, used: float | None) -> None:
    goal = GOAL[name]
    assert goal.value(measures) == (None if value is None else pytest.approx(value, rel=0.3))
    assert goal.is_kept(measures) is is_kept
    assert goal.budget(measures).used == (None if used is None else pytest.approx(used))


def test_errors_use_up_what_is_allowed_of_them() -> None:
    measures = measured("request", "GET /me", *[10] * 1000)
    measures.add(measured("error", "GET /me", 10, 10))
    assert GOAL["A6"].value(measures) == pytest.approx(0.998)
    assert (GOAL["A6"].is_kept(measures), GOAL["A7"].is_kept(measures)) == (True, False)
    assert GOAL["A6"].budget(measures).used == pytest.approx(0.4)
    assert GOAL["A7"].budget(measures).used == pytest.approx(2)


def test_what_the_cache_did_not_have_uses_up_its_budget() -> None:
    measures = Measures()
    measures.of("cache", "value:x|hit").count = 350
    measures.of("cache", "value:x|miss").count = 150
    assert GOAL["A4"].value(measures) == pytest.approx(0.7)
    assert GOAL["A4"].is_kept(measures) is False
    assert GOAL["A4"].budget(measures).used == pytest.approx(2)


def test_of_a_quiet_cache_nothing_is_said() -> None:
    measures = Measures()
    measures.of("cache", "value:x|miss").count = 499
    assert GOAL["A4"].value(measures) is None
    assert GOAL["A4"].is_kept(measures) is None
    assert GOAL["A4"].budget(measures).used is None


def test_how_full_the_machine_is_has_no_budget() -> None:
    measures = measured("cpu", "machine", 80, 60)
    goal = GOAL["A8-cpu"]
    assert (goal.value(measures), goal.is_kept(measures), goal.budget(measures).used) == (0.7, False, None)


@pytest.mark.django_db
def test_an_administrator_sees_the_present_and_the_day(admin: Person) -> None:
    for hours in (0, 5):
        at = database_now() - timedelta(hours=hours)
        process = PerformanceCollector(clock=at.timestamp)
        process.note_all([("request", "GET /me", 10.0 + hours * 10), ("slow", "SELECT ?", 200.0)])
        process.count("cache", {"value:x|hit": 9, "value:x|miss": 1})
        process.write()
    board = admin.get("/promises").json()
    assert (board["summary"]["requests"], board["summary"]["avg_response_time"]) == (1, 10)
    first = board["goals"][0]
    assert (first["name"], first["value"], first["is_kept"]) == ("A1", 10, True)
    assert [point["value"] for point in first["trend"]] == [60, 10]
    assert board["caches"] == [{"name": "value:x", "reads": 10, "hit_rate": 0.9}]
    assert [(row["name"], row["count"]) for row in board["slow_queries"]] == [("SELECT ?", 2)]
    assert admin.get("/promises?minutes=0").status_code == 422


@pytest.mark.django_db
@pytest.mark.counts("GET /promises")
@pytest.mark.parametrize("size", [1, 12])
def test_it_costs_the_same_however_many_processes_count(admin: Person, size: int, django_assert_num_queries: Counting) -> None:
    for number in range(size):
        process = PerformanceCollector()
        process.note("request", f"GET /{number}", 10)
        process.write()
    admin.get("/me")
    with django_assert_num_queries(6):
        board = admin.get("/promises").json()
    assert board["summary"]["requests"] == size
