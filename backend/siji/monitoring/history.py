"""What was measured, read back: for the whole cluster, whichever process counted it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from siji.monitoring.models import Measured, Span
from siji.monitoring.series import Measures, together
from siji.storage.cache.counting import ANSWERED
from siji.storage.now import database_now

ACTIVE_FOR = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class PerformanceMetrics:
    """One minute, or one hour. None: nothing was measured."""

    timestamp: datetime
    response_time: float | None
    """Mean, milliseconds."""
    cpu_usage: float | None
    memory_usage: float | None
    """Per cent of the machine; of several machines the mean."""
    db_queries: float | None
    """A request."""
    cache_hit_rate: float | None
    active_users: int
    """Different people in the five minutes that end with it."""
    ai_delay: float | None
    """Mean of the calls to models that were answered, milliseconds."""
    ai_spend: float
    """Yuan."""

    @classmethod
    def of(cls, at: datetime, measures: Measures) -> PerformanceMetrics:
        return cls(
            timestamp=at,
            response_time=measures.all("request").mean,
            cpu_usage=measures.all("cpu").mean,
            memory_usage=measures.all("memory").mean,
            db_queries=measures.all("queries").mean,
            cache_hit_rate=hit_rate(measures),
            active_users=int(measures.all("active").maximum),
            ai_delay=measures.all("model_time").mean,
            ai_spend=measures.all("model_cost").total / 1000,
        )


@dataclass(frozen=True, slots=True)
class PerformanceSummary:
    minutes: int
    requests: int
    avg_response_time: float | None
    max_response_time: float | None
    avg_cpu_usage: float | None
    avg_memory_usage: float | None
    avg_cache_hit_rate: float | None
    peak_active_users: int
    avg_ai_delay: float | None
    ai_spend: float
    """Yuan."""
    measures: Measures
    """All that this was worked out from."""


def get_performance_summary(minutes: int = 30) -> PerformanceSummary:
    """Of the cluster in the last ``minutes``. Each request counts the same: no mean of means."""
    measures = together(by_minute(database_now() - timedelta(minutes=minutes)).values())
    requests = measures.all("request")
    return PerformanceSummary(
        minutes=minutes,
        requests=requests.count,
        avg_response_time=requests.mean,
        max_response_time=requests.maximum if requests.count else None,
        avg_cpu_usage=measures.all("cpu").mean,
        avg_memory_usage=measures.all("memory").mean,
        avg_cache_hit_rate=hit_rate(measures),
        peak_active_users=int(measures.all("active").maximum),
        avg_ai_delay=measures.all("model_time").mean,
        ai_spend=measures.all("model_cost").total / 1000,
        measures=measures,
    )


def by_minute(since: datetime) -> dict[datetime, Measures]:
    """In one query."""
    return _added(Measured.objects.filter(span=Span.MINUTE, at__gte=_whole(since)))


def by_hour(since: datetime) -> dict[datetime, Measures]:
    """Hours that are made, and behind them what the minutes since then say. In two queries."""
    found = _added(Measured.objects.filter(span=Span.HOUR, at__gte=since))
    after = max(found) + timedelta(hours=1) if found else since
    for at, measures in by_minute(after).items():
        found.setdefault(at.replace(minute=0), Measures()).add(measures)
    return found


def active_users(at: datetime) -> int:
    """Different people in the last five minutes, however many processes served them."""
    rows = Measured.objects.filter(span=Span.MINUTE, at__gt=at - ACTIVE_FOR - timedelta(minutes=1), at__lte=at)
    return len({user for users in rows.values_list("users", flat=True) for user in users})


def hit_rate(measures: Measures) -> float | None:
    """Of all cached reads, as ``storage.cache.counting`` counts them; 0 to 1."""
    names = measures.named("cache")
    reads = sum(one.count for one in names.values())
    hits = sum(one.count for name, one in names.items() if name.rpartition("|")[2] in ANSWERED)
    return hits / reads if reads else None


def cache_reads(measures: Measures) -> dict[str, Measures]:
    """Namespace → its share of the measures."""
    found: dict[str, Measures] = defaultdict(Measures)
    for name, one in measures.named("cache").items():
        found[name.rpartition("|")[0]].of("cache", name).add(one)
    return dict(found)


def _added(rows: Iterable[Measured]) -> dict[datetime, Measures]:
    found: dict[datetime, Measures] = {}
    for row in sorted(rows, key=lambda one: one.at):
        found.setdefault(row.at, Measures()).add(Measures.from_json(row.data))
    return found


def _whole(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
