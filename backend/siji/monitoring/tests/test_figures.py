"""What is measured is true for the whole cluster, whoever dies, and does not grow for ever."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from siji.conftest import Person, make_user
from siji.monitoring import folding, measuring
from siji.monitoring.cluster import is_my_turn, look_at_the_cluster
from siji.monitoring.collecting import KEPT_MINUTES, PerformanceCollector
from siji.monitoring.collecting import collector as own
from siji.monitoring.history import active_users, by_hour, by_minute, get_performance_summary, hit_rate
from siji.monitoring.measuring import operation_of, shape_of
from siji.monitoring.models import Measured, Span
from siji.monitoring.series import BOUNDS, MOST_NAMES, Measures, Series, together

NOW = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)


class Clock:
    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> float:
        return self.at.timestamp()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@given(st.lists(st.floats(0, 20_000), min_size=1), st.lists(st.floats(0, 20_000)))
def test_adding_up_is_counting_together(some: list[float], more: list[float]) -> None:
    apart, whole = Series(), Series()
    other = Series()
    for value in some:
        apart.note(value)
        whole.note(value)
    for value in more:
        other.note(value)
        whole.note(value)
    apart.add(Series.from_json(other.to_json()))
    assert apart.buckets == whole.buckets
    assert math.isclose(apart.total, whole.total, abs_tol=0.01)


@given(st.lists(st.integers(0, 10_000), min_size=1), st.floats(0.01, 1))
def test_a_quantile_lies_in_the_bucket_of_the_true_one(values: list[int], share: float) -> None:
    series = Series()
    for value in values:
        series.note(value)
    true = sorted(values)[max(math.ceil(share * len(values)) - 1, 0)]
    found = series.quantile(share)
    assert found is not None
    high = next(bound for bound in BOUNDS if true <= bound)
    low = max((bound for bound in BOUNDS if bound < true), default=0)
    assert min(low, max(values)) <= found <= high


def test_names_without_end_do_not_fill_the_memory() -> None:
    measures = Measures()
    for number in range(MOST_NAMES + 50):
        measures.of("slow", f"SELECT {number}").note(1)
    assert len(measures.named("slow")) == MOST_NAMES + 1
    assert measures.named("slow")["other"].count == 50


@pytest.mark.django_db
def test_the_figures_of_all_processes_are_one_and_written_twice_they_are_the_same(clock: Clock) -> None:
    one, two = PerformanceCollector(clock=clock), PerformanceCollector(clock=clock)
    one.note("request", "GET /me", 10)
    two.note("request", "GET /me", 30)
    one.write()
    two.write()
    two.note("request", "GET /me", 80)
    two.write()
    two.write()
    (measures,) = by_minute(NOW).values()
    assert (measures.all("request").count, measures.all("request").mean, measures.all("request").maximum) == (3, 40, 80)


@pytest.mark.django_db
def test_a_process_that_died_leaves_what_it_wrote(clock: Clock) -> None:
    dying = PerformanceCollector(clock=clock)
    dying.note("request", "GET /me", 10)
    dying.write()
    del dying
    assert by_minute(NOW)[NOW].all("request").count == 1


@pytest.mark.django_db(transaction=True)
def test_what_the_database_did_not_take_waits_and_is_bounded(clock: Clock) -> None:
    waiting = PerformanceCollector(clock=clock)
    for _ in range(KEPT_MINUTES + 30):
        waiting.note("request", "GET /me", 10)
        clock.at += timedelta(minutes=1)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE monitoring_measured RENAME TO elsewhere")
        try:
            with pytest.raises(DatabaseError):
                waiting.write()
        finally:
            cursor.execute("ALTER TABLE elsewhere RENAME TO monitoring_measured")
    assert waiting.write() == KEPT_MINUTES
    assert waiting.write() == 0


@pytest.mark.django_db
def test_somebody_at_two_processes_is_one_active_user_and_after_five_minutes_none(clock: Clock) -> None:
    for users in ((7, 8), (8, 9)):
        process = PerformanceCollector(clock=clock)
        for user in users:
            process.note_all([], user=user)
        process.write()
    assert active_users(NOW + timedelta(minutes=4)) == 3
    assert active_users(NOW + timedelta(minutes=7)) == 0


@pytest.mark.django_db
def test_a_request_is_counted_by_operation_with_its_queries_and_its_person(admin: Person) -> None:
    user = make_user("somebody")
    before = len(Measured.objects.all())
    own.write()
    start = _count("GET /users")
    assert admin.get("/users").status_code == 200
    assert admin.get(f"/users/{user.pk}").status_code == 405
    own.write()
    assert _count("GET /users") == start + 1
    measures = together(by_minute(NOW - timedelta(days=3650)).values())
    assert measures.named("queries")["GET /users"].mean != 0
    assert measures.named("query")["GET /users"].count >= measures.named("queries")["GET /users"].count
    assert not [name for name in measures.named("request") if str(user.pk) in name.split("/")]
    assert admin.user.pk in {one for row in Measured.objects.all()[before:] for one in row.users}


def _count(name: str) -> int:
    series = together(by_minute(NOW - timedelta(days=3650)).values()).named("request").get(name)
    return series.count if series else 0


def test_an_operation_is_named_as_the_documents_name_it() -> None:
    assert operation_of("GET", "api/v1/courses/<int:course_id>/results") == "GET /courses/{course_id}/results"
    assert operation_of("GET", "api/v1/attempts/<attempt_id>") == "GET /attempts/{attempt_id}"


def test_the_text_of_a_slow_query_holds_no_values() -> None:
    shape = shape_of("SELECT a FROM b WHERE c = '李''雷' AND d = 20240001 AND e IN (%s, %s, %s)")
    assert shape == "SELECT a FROM b WHERE c = ? AND d = ? AND e IN (%s, …)"


@pytest.mark.django_db
def test_history_is_folded_and_ends_without_losing_a_count(clock: Clock) -> None:
    for hours in range(60):
        clock.at = NOW - timedelta(hours=hours, minutes=5)
        for _ in range(2):
            process = PerformanceCollector(clock=clock)
            process.note_all([("request", "GET /me", 10.0)], user=1)
            process.write()
    Measured.objects.create(span=Span.HOUR, at=NOW - timedelta(days=91), process="", data={})
    folding.fold(at=NOW)
    minutes = Measured.objects.filter(span=Span.MINUTE)
    assert minutes.filter(at__lt=NOW - timedelta(hours=48)).count() == 0
    assert minutes.exclude(process="").count() == 4, "the last 70 minutes may still be written"
    assert not any(row.users for row in minutes.filter(process=""))
    assert Measured.objects.filter(span=Span.HOUR, at__lt=NOW - timedelta(days=90)).count() == 0
    found = by_hour(NOW - timedelta(days=4))
    assert sum(one.all("request").count for one in found.values()) == 120
    folding.fold(at=NOW)
    assert sum(one.all("request").count for one in by_hour(NOW - timedelta(days=4)).values()) == 120


@pytest.mark.django_db
def test_the_summary_weighs_requests_and_finds_the_peak() -> None:
    process = PerformanceCollector()
    for value in (10, 10, 10, 70):
        process.note("request", "GET /me", value)
    process.note("cpu", "host", 40)
    process.note("memory", "host", 60)
    process.note("active", "users", 12)
    process.note("active", "users", 3)
    process.count("cache", {"value:x|hit": 8, "value:x|miss": 2})
    process.write()
    summary = get_performance_summary(minutes=5)
    assert (summary.avg_response_time, summary.max_response_time, summary.peak_active_users) == (25, 70, 12)
    assert (summary.avg_cpu_usage, summary.avg_memory_usage, summary.avg_cache_hit_rate) == (40, 60, 0.8)
    assert get_performance_summary(minutes=5).requests == 4


def test_no_read_is_no_hit_rate() -> None:
    assert hit_rate(Measures()) is None


@pytest.mark.django_db
def test_of_all_processes_one_looks_in_a_while() -> None:
    assert [is_my_turn("look"), is_my_turn("look")] == [True, False]
    assert is_my_turn("look", seconds=0)


@pytest.mark.django_db
def test_a_dead_cache_is_seen_though_requests_hide_it(settings: pytest.FixtureRequest) -> None:
    settings.CACHE_URL = "redis://127.0.0.1:1/0"  # type: ignore[attr-defined]
    look_at_the_cluster()
    own.write()
    found = together(by_minute(NOW - timedelta(days=3650)).values()).named("redis_down")
    assert found["cache"].maximum == 1
    assert found["broker"].count >= 1


def test_queries_outside_a_request_are_not_counted() -> None:
    assert measuring._timed(lambda *_: "done", "SELECT 1", None, False, {}) == "done"
