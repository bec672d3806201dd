"""The alert rules as Prometheus takes them: the same names, limits, holds and words; and Alertmanager's part of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from siji.monitoring.alerts.rules import LEAST_FOR_A_BURN, QUICK, SLOW, Rule
from siji.monitoring.alerts.words import SAYINGS, UNITS, runbook_of
from siji.monitoring.outside.expressions import PROMISES, VALUES, burn, events

Json = dict[str, Any]
BURNS = {"promise_burn": QUICK, "promise_slow_burn": SLOW}
NAMED = ("replica_down", "replica_lag", "disk")
SCRAPED = "30s"


def prometheus_rules(rules: Mapping[str, Rule]) -> Json:
    on = [rule for rule in rules.values() if rule.is_on]
    return {
        "groups": [
            {"name": "siji-values", "interval": SCRAPED, "rules": [one for rule in on for one in _recorded(rule)]},
            {"name": "siji-budgets", "interval": "1m", "rules": _budgets()},
            {"name": "siji-alerts", "interval": SCRAPED, "rules": [one for rule in on for one in _alerts(rule)]},
        ]
    }


def _recorded(rule: Rule) -> list[Json]:
    value = VALUES.get(rule.name)
    if value is None:
        return []
    sample = [{"record": sample_of(rule.name), "expr": value.sample}] if value.sample else []
    return [{"record": value_of(rule.name), "expr": value.expression}, *sample]


def value_of(rule: str) -> str:
    return f"siji:{rule}:value"


def sample_of(rule: str) -> str:
    return f"siji:{rule}:sample"


def burn_over(window: timedelta) -> str:
    return f"siji:promise_burn:{span(window)}"


def events_over(window: timedelta) -> str:
    return f"siji:promise_events:{span(window)}"


def span(window: timedelta) -> str:
    minutes = round(window.total_seconds() / 60)
    return f"{minutes // 60}h" if minutes % 60 == 0 else f"{minutes}m"


def _budgets() -> list[Json]:
    found: list[Json] = []
    for goal in PROMISES:
        for short, long in (QUICK, SLOW):
            made = [(burn_over(one), burn(goal, span(one))) for one in (short, long)]
            made.append((events_over(short), events(goal, span(short))))
            found += [{"record": name, "labels": {"promise": goal.name}, "expr": expression} for name, expression in made]
    return found


def _alerts(rule: Rule) -> list[Json]:
    return [
        {
            "alert": rule.name,
            "expr": _broken(rule, limit),
            "for": f"{rule.hold}s",
            "keep_firing_for": f"{rule.calm}s",
            "labels": {"severity": level.value, "service": "siji"},
            "annotations": _annotations(rule, limit),
        }
        for level, limit in rule.limits
    ]


def _broken(rule: Rule, limit: float) -> str:
    sign = "<" if rule.is_low_bad else ">="
    if rule.name in BURNS:
        short, long = BURNS[rule.name]
        parts = [f"{burn_over(one)} {sign} {limit:g}" for one in (short, long)]
        return " and ".join([*parts, f"{events_over(short)} >= {LEAST_FOR_A_BURN}"])
    value = f"{value_of(rule.name)} {sign} {limit:g}"
    return f"{value} and {sample_of(rule.name)} >= {rule.minimum}" if VALUES[rule.name].sample else value


def _annotations(rule: Rule, limit: float) -> Json:
    saying = SAYINGS[rule.name]
    about = "{{ $labels.promise }} " if rule.name in BURNS else "{{ $labels.name }} " if rule.name in NAMED else ""
    now = f'{{{{ printf "%.4g" $value }}}}{UNITS[rule.unit]} ({limit:g}{UNITS[rule.unit]})'
    return {
        "summary": f"{about}{saying.title.zh} · {saying.title.en}",
        "description": f"{now}\n{saying.noticed.zh} {saying.noticed.en}\n{saying.cause.zh} {saying.cause.en}",
        "runbook": runbook_of(rule.name),
    }


def alertmanager(rules: Mapping[str, Rule]) -> Json:
    """A cause keeps its consequences quiet, and the worse level of a rule the milder one."""
    service = 'service = "siji"'
    causes = [
        {
            "source_matchers": [service, f'alertname =~ "{"|".join(rule.causes)}"'],
            "target_matchers": [service, f'alertname = "{rule.name}"'],
        }
        for rule in rules.values()
        if rule.causes
    ]
    levels = [
        {
            "source_matchers": [service, f'severity =~ "{"|".join(worse)}"'],
            "target_matchers": [service, f'severity = "{milder}"'],
            "equal": ["alertname", "name", "promise"],
        }
        for milder, worse in (("warning", ("error", "critical")), ("error", ("critical",)))
    ]
    return {
        "route": {
            "receiver": "people",
            "group_by": ["service"],
            "group_wait": "10s",
            "group_interval": "1m",
            "repeat_interval": "24h",
        },
        "receivers": [{"name": "people", "webhook_configs": [{"url": "http://127.0.0.1:9/", "send_resolved": True}]}],
        "inhibit_rules": [*causes, *levels],
    }
