"""The PromQL of what our rules and promises are about. Pure.

One process answers for the whole cluster, so Prometheus reads one of them: two would be added up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from siji.monitoring.alerts.rules import ANSWERS, burns
from siji.monitoring.goals import GOALS, SEARCH, UPLOADS, Goal
from siji.monitoring.prometheus import COUNTERS, GAUGES, HISTOGRAMS
from siji.monitoring.series import Measures
from siji.storage.cache.counting import ANSWERED

JOB = "siji"
WINDOW = "2m"
"""Four scrapes at 30 s."""


@dataclass(frozen=True, slots=True)
class Value:
    expression: str
    sample: str = ""
    """How many it was worked out from, where that counts."""


def histogram(kind: str, part: str, window: str, names: Iterable[str] = (), *, more: str = "") -> str:
    return f"rate({HISTOGRAMS[kind][0]}_{part}{_only(names, more)}[{window}])"


def _only(names: Iterable[str], more: str = "") -> str:
    listed = list(names)
    parts = [f"operation=~{_quoted('|'.join(map(_literal, listed)))}"] if len(listed) > 1 else []
    parts += [f"operation={_quoted(listed[0])}"] if len(listed) == 1 else []
    parts += [more] if more else []
    return f"{{{', '.join(parts)}}}" if parts else ""


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _literal(name: str) -> str:
    return "".join(f"\\{letter}" if letter in "{}().*+?[]|^$\\" else letter for letter in name)


def mean_ms(kind: str, window: str = WINDOW) -> str:
    return f"1000 * sum({histogram(kind, 'sum', window)}) / sum({histogram(kind, 'count', window)})"


def quantile(share: float, kind: str, window: str, names: Iterable[str] = (), *, by: str = "") -> str:
    kept = f"le, {by}" if by else "le"
    return f"histogram_quantile({share:g}, sum by ({kept}) ({histogram(kind, 'bucket', window, names)}))"


def asked(window: str, names: Iterable[str] = ()) -> str:
    return f"sum({histogram('request', 'count', window, names)})"


def failed_share(window: str, names: Iterable[str] = ()) -> str:
    """0 to 1. Nothing that failed is no series, which would say nothing."""
    failed = f"sum(rate({COUNTERS['error'][0]}{_only(names)}[{window}]))"
    return f"({failed} or vector(0)) / {asked(window, names)}"


def hit_share(window: str, *, by: str = "") -> str:
    name, kept = COUNTERS["cache"][0], f" by ({by}) " if by else ""
    good = "|".join(sorted(ANSWERED))
    return f'sum{kept}(rate({name}{{outcome=~"{good}"}}[{window}])) / sum{kept}(rate({name}[{window}]))'


def _events(rate: str, window: str = WINDOW) -> str:
    """How many in the window, of a rate over it."""
    return rate.replace("rate(", "increase(", 1)


def _gauge(kind: str, name: str = "") -> str:
    only = f"{{name={_quoted(name)}}}" if name else ""
    return f"{GAUGES[kind][0]}{only}"


VALUES = {
    "response_time": Value(mean_ms("request"), _events(asked(WINDOW))),
    "cpu": Value(f"avg({_gauge('cpu')})"),
    "memory": Value(f"avg({_gauge('memory')})"),
    "hit_rate": Value(f"100 * {hit_share(WINDOW)}", f"sum(increase({COUNTERS['cache'][0]}[{WINDOW}]))"),
    "query_time": Value(mean_ms("query"), _events(f"sum({histogram('query', 'count', WINDOW)})")),
    "errors": Value(f"100 * {failed_share(WINDOW)}", _events(asked(WINDOW))),
    "answer_saves": Value(f"100 * {failed_share(WINDOW, [ANSWERS])}", _events(asked(WINDOW, [ANSWERS]))),
    "answer_times": Value(f"1000 * {quantile(0.95, 'request', WINDOW, [ANSWERS])}", _events(asked(WINDOW, [ANSWERS]))),
    "cache_down": Value(f"max({_gauge('redis_down', 'cache')})"),
    "broker_down": Value(f"max({_gauge('redis_down', 'broker')})"),
    "replica_down": Value(_gauge("replica_down")),
    "replica_lag": Value(_gauge("replica_lag")),
    "queue_age": Value(f"max({_gauge('queue_age')})"),
    "jobs_failed": Value(f"max({_gauge('jobs_failed')})"),
    "disk": Value(_gauge("disk")),
    "model_failing": Value(
        f"100 * max({_gauge('model_failed')}) / max({_gauge('model_calls')})", f"max({_gauge('model_calls')})"
    ),
    "drift": Value(f"max({_gauge('drift')})"),
    "no_figures": Value("max(siji_processes_silent)"),
    # Whoever is asked for the figures reads them from the database: without it there are none.
    "database_down": Value(f'1 - max(up{{job="{JOB}"}}) > 0 or max({_gauge("database_down")})'),
}
"""Of every rule but those on budgets, in the rule's own unit."""

KINDS = {"A1": "request", "A2": "lcp", "A3": "query", "A9": "inp", "A12": "request"}
OPERATIONS = {"A11": UPLOADS, "A12": SEARCH}
PROMISES = [goal for goal in GOALS if burns(goal.name)]


def burn(goal: Goal, window: str) -> str:
    """How many times faster than allowed a promise's budget is used."""
    allowed = goal.budget(Measures()).allowed
    return f"({bad_share(goal, window)}) / {allowed:.6g}"


def bad_share(goal: Goal, window: str) -> str:
    names = OPERATIONS.get(goal.name, ())
    kind = KINDS.get(goal.name)
    if kind is None:
        return failed_share(window, names)
    within = histogram(kind, "bucket", window, names, more=f'le="{goal.must / 1000:g}"')
    return f"1 - sum({within}) / sum({histogram(kind, 'count', window, names)})"


def events(goal: Goal, window: str) -> str:
    rate = histogram(KINDS.get(goal.name, "request"), "count", window, OPERATIONS.get(goal.name, ()))
    return f"sum({_events(rate)})"
