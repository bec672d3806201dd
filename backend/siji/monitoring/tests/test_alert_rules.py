"""When somebody is woken, and when nobody is. Pure: no database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from siji.monitoring.alerts.deciding import ESCALATED_AFTER, PerformanceAlertManager, Standing, Told
from siji.monitoring.alerts.levels import AlertLevel
from siji.monitoring.alerts.rules import ANSWERS, LEAST_FOR_A_BURN, RULES, Seen, burns_of
from siji.monitoring.series import Measures

START = datetime(2026, 11, 27, 8, tzinfo=UTC)


def measured(kind: str, value: float, count: int = 100, name: str = "GET /me") -> Seen:
    measures = Measures()
    for _ in range(count):
        measures.of(kind, name).note(value)
    return Seen(measures)


def hits(rate: float, reads: int = 1000) -> Seen:
    measures = Measures()
    measures.of("cache", "value:x|hit").count = round(reads * rate)
    measures.of("cache", "value:x|miss").count = reads - round(reads * rate)
    return Seen(measures)


def errors(share: float, name: str = "GET /me", asked: int = 100) -> Seen:
    seen = measured("request", 10, asked, name)
    for _ in range(round(asked * share)):
        seen.now.of("error", name).note(10)
    return seen


def state(kind: str, name: str, value: float) -> Seen:
    return Seen(Measures(), {kind: {name: value}})


def models(calls: int, failed: int) -> Seen:
    return Seen(Measures(), {"model_calls": {"all": calls}, "model_failed": {"all": failed}})


class Watch:
    """Rounds every ten seconds, as the product makes them."""

    def __init__(self, *names: str) -> None:
        self.manager = PerformanceAlertManager({name: RULES[name] for name in names or RULES})
        self.now, self.standings = START, list[Standing]()

    def sees(self, seen: Seen, *, seconds: int = 10, silenced: frozenset[str] = frozenset()) -> list[Told]:
        told = []
        for _ in range(max(1, seconds // 10)):
            done = self.manager.decide(seen, self.standings, now=self.now, silenced=silenced)
            self.standings = [one for one in done.standings if one.state != "closed"]
            told += done.told
            self.now += timedelta(seconds=10)
        return told


def said(told: list[Told]) -> list[tuple[str, str, str]]:
    return [(one.event, one.standing.rule, one.standing.level) for one in told]


@pytest.mark.parametrize(
    ("rule", "seen", "level"),
    [
        ("response_time", measured("request", 990), None),
        ("response_time", measured("request", 1000), "warning"),
        ("response_time", measured("request", 2000), "critical"),
        ("response_time", measured("request", 5000, 19), None),
        ("cpu", measured("cpu", 69), None),
        ("cpu", measured("cpu", 70), "warning"),
        ("cpu", measured("cpu", 85), "error"),
        ("memory", measured("memory", 74), None),
        ("memory", measured("memory", 75), "warning"),
        ("memory", measured("memory", 90), "error"),
        ("hit_rate", hits(0.80), None),
        ("hit_rate", hits(0.79), "warning"),
        ("hit_rate", hits(0.69), "error"),
        ("hit_rate", hits(0, reads=400), None),
        ("query_time", measured("query", 499), None),
        ("query_time", measured("query", 500), "warning"),
        ("query_time", measured("query", 1000), "error"),
        ("errors", errors(0.04), None),
        ("errors", errors(0.05), "error"),
        ("errors", errors(1, asked=19), None),
        ("answer_saves", errors(0.01, ANSWERS), "error"),
        ("answer_saves", errors(0.5, ANSWERS), "critical"),
        ("answer_times", measured("request", 1900, name=ANSWERS), None),
        ("answer_times", measured("request", 2400, name=ANSWERS), "warning"),
        ("answer_times", measured("request", 9000, name=ANSWERS), "error"),
        ("answer_times", measured("request", 9000), None),
        ("cache_down", state("redis_down", "cache", 1), "warning"),
        ("cache_down", state("redis_down", "broker", 1), None),
        ("broker_down", state("redis_down", "broker", 1), "error"),
        ("replica_lag", state("replica_lag", "replica_1", 9), None),
        ("replica_lag", state("replica_lag", "replica_1", 10), "warning"),
        ("queue_age", state("queue_age", "jobs", 120), "error"),
        ("jobs_failed", state("jobs_failed", "jobs", 5), "warning"),
        ("disk", measured("disk", 84, name="host:home"), None),
        ("disk", measured("disk", 85, name="host:home"), "warning"),
        ("disk", measured("disk", 95, name="host:database"), "error"),
        ("model_failing", models(10, 4), None),
        ("model_failing", models(10, 5), "warning"),
        ("model_failing", models(2, 2), None),
        ("model_failing", models(0, 0), None),
        ("drift", state("drift", "courses", 1), "error"),
        ("no_figures", state("silent", "host:1", 20), "error"),
        ("promise_burn", Seen(Measures(), {}, {"A1": (14.4, 0)}), "error"),
        ("promise_slow_burn", Seen(Measures(), {}, {"A1": (0, 6)}), "warning"),
    ],
)
def test_a_limit(rule: str, seen: Seen, level: str | None) -> None:
    told = Watch(rule).sees(seen, seconds=400)
    assert said(told) == ([("opened", rule, level)] if level else [])


def test_who_is_told_once_is_not_told_again_until_it_is_over() -> None:
    watch = Watch("cache_down")
    down, up = state("redis_down", "cache", 1), state("redis_down", "cache", 0)
    assert said(watch.sees(down)) == [] == said(watch.sees(up)), "one look that fails is no fault"
    assert said(watch.sees(down, seconds=3600)) == [("opened", "cache_down", "warning")]
    assert said(watch.sees(up, seconds=20)) == []
    assert said(watch.sees(down, seconds=60) + watch.sees(up, seconds=20)) == [], "it comes and goes: the same alert"
    assert said(watch.sees(up, seconds=60)) == [("recovered", "cache_down", "warning")]
    assert watch.standings == []


def test_a_little_below_the_limit_is_not_well_yet() -> None:
    watch = Watch("response_time")
    watch.sees(measured("request", 1100), seconds=30)
    assert watch.sees(measured("request", 950), seconds=600) == []
    assert said(watch.sees(measured("request", 200), seconds=90)) == [("recovered", "response_time", "warning")]


def test_worse_is_told_and_better_is_not() -> None:
    watch = Watch("response_time")
    told = [watch.sees(measured("request", value), seconds=60) for value in (1100, 2500, 1100, 2500)]
    assert [said(one) for one in told] == [
        [("opened", "response_time", "warning")],
        [("worse", "response_time", "critical")],
        [],
        [],
    ]


def test_silence_keeps_quiet_and_what_lasts_longer_is_told_then() -> None:
    watch, down = Watch("broker_down"), state("redis_down", "broker", 1)
    assert watch.sees(down, seconds=600, silenced=frozenset(["broker_down"])) == []
    assert said(watch.sees(down)) == [("opened", "broker_down", "error")]


def test_what_nobody_acknowledges_is_escalated_once() -> None:
    watch, down = Watch("broker_down"), state("redis_down", "broker", 1)
    watch.sees(down, seconds=60)
    late = int(ESCALATED_AFTER.total_seconds())
    assert said(watch.sees(down, seconds=late * 2)) == [("escalated", "broker_down", "error")]


@pytest.mark.parametrize(("minutes", "events"), [(2, ["escalated"]), (20, [])])
def test_how_long_somebody_has_to_acknowledge_is_set(minutes: int, events: list[str]) -> None:
    watch, down = Watch("broker_down"), state("redis_down", "broker", 1)
    watch.manager = PerformanceAlertManager(watch.manager.rules, escalated_after=timedelta(minutes=minutes))
    watch.sees(down, seconds=60)
    assert [one.event for one in watch.sees(down, seconds=600)] == events


def test_a_consequence_is_not_told_beside_its_cause() -> None:
    watch = Watch("broker_down", "queue_age")
    both = Seen(Measures(), {"redis_down": {"broker": 1}, "queue_age": {"jobs": 500}})
    assert said(watch.sees(both, seconds=120)) == [("opened", "broker_down", "error")]
    only = Seen(Measures(), {"redis_down": {"broker": 0}, "queue_age": {"jobs": 500}})
    assert ("opened", "queue_age", "error") in said(watch.sees(only, seconds=60)), "it lasts longer than its cause"


def test_a_rule_that_is_turned_off_ends_what_it_opened() -> None:
    watch = Watch("drift")
    watch.sees(state("drift", "courses", 2))
    watch.manager = PerformanceAlertManager({})
    assert watch.sees(Seen(Measures())) == []
    assert watch.standings == []


def test_a_budget_burns_only_where_both_windows_say_so() -> None:
    bad, good = errors(0.5, asked=LEAST_FOR_A_BURN).now, errors(0, asked=LEAST_FOR_A_BURN).now
    assert burns_of(bad, bad)["A7"] == pytest.approx(500)
    assert burns_of(bad, good)["A7"] == 0 == burns_of(good, bad)["A7"]
    assert burns_of(errors(1, asked=LEAST_FOR_A_BURN - 1).now, bad) == {}


def test_each_disk_is_a_thing_of_its_own_and_its_fullest_moment_counts() -> None:
    watch, seen = Watch("disk"), measured("disk", 40, 20, "host:home")
    seen.now.of("disk", "host:uploads").note(97)
    seen.now.of("disk", "host:uploads").note(3)
    assert [(one.standing.subject, one.standing.level) for one in watch.sees(seen)] == [("host:uploads", "error")]


def test_levels_are_in_order() -> None:
    assert [level.rank for level in AlertLevel] == [0, 1, 2, 3]
    assert list(AlertLevel) == ["info", "warning", "error", "critical"]
