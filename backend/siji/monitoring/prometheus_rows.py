"""What Prometheus is told that nobody counts: models, jobs, alerts, silent processes, benches. Looked up when it asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from siji.jobs.models import Job
from siji.monitoring.measured_by_bench import last_benches
from siji.monitoring.models import Alert
from siji.monitoring.silence import silent

RECENT = timedelta(minutes=5)
NEWEST_CALLS = 5000
CALLS = """
SELECT purpose, state, count(*), coalesce(avg(latency_ms) / 1000.0, 0)
FROM (SELECT purpose, state, latency_ms, sent_at FROM ai_modelcall ORDER BY id DESC LIMIT %s) newest
WHERE sent_at >= now() - make_interval(secs => %s) GROUP BY purpose, state ORDER BY purpose, state
"""
SPENT = "SELECT spent / 1e6, reserved / 1e6 FROM ai_daybudget WHERE scope = 'all' AND day = %s"
Sample = tuple[Mapping[str, str], float]


def looked_up(now: datetime) -> Iterator[str]:
    """Five queries."""
    calls = _calls()
    about = "In the last five minutes, of the newest 5,000."
    yield from _gauge("siji_ai_calls_recently", f"Calls to models. {about}", [(of, number) for of, number, _ in calls])
    yield from _gauge("siji_ai_call_seconds", f"Their mean time. {about}", [(of, took) for of, _, took in calls])
    yield from _gauge("siji_ai_yuan_today", "What models have cost today, and what is set aside.", _spent())
    due = Job.objects.due().values_list("kind").annotate(Count("pk")).order_by("kind")
    yield from _gauge("siji_jobs_due", "Jobs that are due, by kind.", [({"kind": kind}, number) for kind, number in due])
    open_now = Alert.objects.filter(state="open").values_list("rule", "level").annotate(Count("pk")).order_by("rule", "level")
    alerts = [({"rule": rule, "level": level}, float(number)) for rule, level, number in open_now]
    yield from _gauge("siji_alerts_open", "Alerts that Siji itself has open.", alerts)
    yield from _gauge("siji_processes_silent", "Processes that ended or hang and were not replaced.", [({}, len(silent(now)))])
    yield from _gauge("siji_bench", "What only a laboratory can say, as make bench said it last.", _benches())


def _gauge(name: str, about: str, samples: Iterable[Sample]) -> Iterator[str]:
    yield from (f"# HELP {name} {about}", f"# TYPE {name} gauge")
    for labels, value in samples:
        yield f"{name}{labelled(labels)} {value:.6g}"


def labelled(labels: Mapping[str, str]) -> str:
    inner = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{inner}}}" if inner else ""


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")


def _calls() -> list[tuple[dict[str, str], float, float]]:
    with connection.cursor() as cursor:
        cursor.execute(CALLS, [NEWEST_CALLS, RECENT.total_seconds()])
        return [({"purpose": one, "state": state}, number, float(took)) for one, state, number, took in cursor.fetchall()]


def _spent() -> list[Sample]:
    with connection.cursor() as cursor:
        cursor.execute(SPENT, [timezone.localdate()])
        spent, reserved = cursor.fetchone() or (0, 0)
    return [({"what": "spent"}, float(spent)), ({"what": "reserved"}, float(reserved))]


def _benches() -> list[Sample]:
    return [
        ({"promise": bench.name, "figure": name}, float(value))
        for bench in last_benches()
        for name, value in bench.figures.items()
        if value is not None
    ]
