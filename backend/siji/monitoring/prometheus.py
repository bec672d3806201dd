"""The figures as Prometheus reads them: of the whole cluster, whichever process is asked: all write to one place.

Counters only ever rise: what has become an hour is in one running total (``folding``), and the minutes behind it are added.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from siji.accounts.request import client_address
from siji.middleware import PROXIED
from siji.monitoring.history import by_minute
from siji.monitoring.models import Measured, Span
from siji.monitoring.prometheus_rows import labelled, looked_up
from siji.monitoring.series import BOUNDS, Measures, Series, together
from siji.problems import answer_to, forbidden
from siji.storage.now import database_now

HISTOGRAMS = {
    "request": ("siji_request_seconds", "operation", "Response time, the wait for a connection included."),
    "query": ("siji_query_seconds", "operation", "Time of one database query."),
    "model_time": ("siji_ai_seconds", "purpose", "Time of a call to a model that was answered."),
    "model_cost": ("siji_ai_yuan", "purpose", "What a call to a model cost."),
    "lcp": ("siji_page_lcp_seconds", "page", "Until the largest thing of a page was to be seen, as browsers tell."),
    "inp": ("siji_page_inp_seconds", "page", "The longest wait after a key or a click, as browsers tell."),
    "cls": ("siji_page_cls", "page", "How far what was to be seen moved by itself, as browsers tell."),
}
COUNTERS = {
    "error": ("siji_errors_total", ("operation",), "Answers with a 5xx status."),
    "cache": ("siji_cache_reads_total", ("namespace", "outcome"), "Cached reads by kind of entry and outcome."),
    "csp": (
        "siji_csp_reports_total",
        ("directive", "source"),
        "What browsers refused by the policy of our pages.",
    ),
}
GAUGES = {
    "active": ("siji_active_users", "Different people in the last five minutes."),
    "cpu": ("siji_cpu_percent", "CPU of a machine, all cores."),
    "memory": ("siji_memory_percent", "Memory of a machine."),
    "process_cpu": ("siji_process_cpu_percent", "CPU of a process, of one core."),
    "process_memory": ("siji_process_memory_megabytes", "Resident memory of a process."),
    "queue_age": ("siji_queue_age_seconds", "How long the oldest due job has waited."),
    "jobs_waiting": ("siji_jobs_waiting", "Jobs that are due."),
    "jobs_failed": ("siji_jobs_failed_recently", "Jobs that failed for good in the last five minutes."),
    "disk": ("siji_disk_percent", "How full a disk is that Siji writes to."),
    "model_calls": ("siji_model_calls_recently", "Calls to models that ended in the last five minutes."),
    "model_failed": ("siji_model_calls_failed_recently", "Of these, without an answer."),
    "replica_lag": ("siji_replica_lag_seconds", "How far a replica is behind."),
    "replica_down": ("siji_replica_down", "1 where a replica does not answer."),
    "database_down": ("siji_database_deaf", "1 where the database lets nobody else in, though it serves who is connected."),
    "redis_down": ("siji_redis_down", "1 where a Redis does not answer."),
    "drift": ("siji_stored_numbers_drifted", "Stored numbers that a count does not confirm."),
}
FRESH = timedelta(minutes=2)
TYPE = "text/plain; version=0.0.4; charset=utf-8"


def metrics(request: HttpRequest) -> HttpResponse:
    """For the addresses of METRICS_FROM alone; what came through a proxy is known by the client that a trusted one names."""
    if request.method != "GET" or not _may_read(request):
        return answer_to(forbidden())
    return HttpResponse("\n".join([*exposition(), ""]), content_type=TYPE)


def exposition() -> Iterator[str]:
    """Eight queries, whatever has been measured."""
    since_ever = _since_ever()
    for kind, (name, label, about) in HISTOGRAMS.items():
        yield from (f"# HELP {name} {about}", f"# TYPE {name} histogram")
        for one, series in sorted(since_ever.named(kind).items()):
            yield from _histogram(name, labelled({label: one}), series)
    for kind, (name, labels, about) in COUNTERS.items():
        yield from (f"# HELP {name} {about}", f"# TYPE {name} counter")
        for one, series in sorted(since_ever.named(kind).items()):
            yield f"{name}{labelled(_told_apart(one, labels))} {series.count}"
    now = database_now()
    lately = _lately(now)
    for kind, (name, about) in GAUGES.items():
        yield from (f"# HELP {name} {about}", f"# TYPE {name} gauge")
        for one, series in sorted(lately.named(kind).items()):
            yield f"{name}{labelled({'name': one})} {series.mean or 0:.3f}"
    yield from looked_up(now)


def _told_apart(name: str, labels: tuple[str, ...]) -> dict[str, str]:
    """What is counted together under one name says so of each."""
    parts = name.rsplit("|", len(labels) - 1)
    return dict(zip(labels, parts if len(parts) == len(labels) else [name] * len(labels), strict=True))


def _histogram(name: str, labels: str, series: Series) -> Iterator[str]:
    below, inner = 0, labels.strip("{}")
    for bound, inside in zip(BOUNDS, series.buckets, strict=False):
        below += inside
        yield f'{name}_bucket{{{inner},le="{bound / 1000:g}"}} {below}'
    yield f'{name}_bucket{{{inner},le="+Inf"}} {series.count}'
    yield f"{name}_sum{labels} {series.total / 1000:.6f}"
    yield f"{name}_count{labels} {series.count}"


def _since_ever() -> Measures:
    """In one statement: a fold between two would count its hour twice or not at all, and a fall reads as a restart."""
    reach = Subquery(Measured.objects.filter(span=Span.EVER).values("at")[:1])
    later = Q(span=Span.MINUTE, at__gte=Coalesce(reach, timezone.make_aware(datetime(1970, 1, 1))))
    rows = Measured.objects.filter(Q(span=Span.EVER) | later)
    return together(Measures.from_json(row.data) for row in rows)


def _lately(now: datetime) -> Measures:
    """Of each gauge what the newest minute says that has one."""
    newest = Measures()
    for _, measures in sorted(by_minute(now - FRESH).items()):
        for kind, names in measures.kinds.items():
            newest.kinds.setdefault(kind, {}).update(names)
    return newest


def _may_read(request: HttpRequest) -> bool:
    # Our own front door calls from this machine for anybody; it names the host it was called by, if not always the client.
    through_a_proxy = "X-Forwarded-For" in request.headers or request.META.get(PROXIED, False)
    address = client_address(request) if through_a_proxy else request.META.get("REMOTE_ADDR", "")
    try:
        client = ip_address(address or "")
    except ValueError:
        return False
    return any(client in ip_network(network, strict=False) for network in settings.METRICS_FROM)
