"""ops/prometheus and ops/grafana say what the rules say, can be read by Prometheus, and name only figures that we tell."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml
from django.test import Client

from siji.ai.models import CallState, ModelCall
from siji.jobs.actions import enqueue
from siji.monitoring.alerts.rules import ANSWERS, LEAST_FOR_A_BURN, RULES
from siji.monitoring.alerts.words import runbook_of
from siji.monitoring.collecting import PerformanceCollector
from siji.monitoring.goals import GOALS
from siji.monitoring.models import Alert
from siji.monitoring.outside import expressions, files, panels
from siji.monitoring.outside.expressions import PROMISES, VALUES
from siji.monitoring.prometheus import COUNTERS, GAUGES, HISTOGRAMS
from siji.storage.now import database_now

OPS = files.OPS
RULE_FILE = yaml.safe_load((OPS / "prometheus/rules.yaml").read_text())
GROUPS = {group["name"]: group["rules"] for group in RULE_FILE["groups"]}
ALERTS = GROUPS["siji-alerts"]
RECORDED = {rule["record"] for name in ("siji-values", "siji-budgets") for rule in GROUPS[name]}
DASHBOARDS = {path.stem: json.loads(path.read_text()) for path in (OPS / "grafana/dashboards").glob("*.json")}
OUTSIDE = {"up"}
"""What Prometheus itself notes of a target."""
BY_PROMETHEUS = {"job", "instance", "promise"}
NEVER_HERE = {"siji_bench"}
"""Needs a file that only make bench writes."""


def shown() -> Iterator[tuple[str, str]]:
    """Of each panel the title and what it asks, as Grafana fills it in."""
    for name, dashboard in DASHBOARDS.items():
        for panel in dashboard["panels"]:
            for target in panel["targets"]:
                filled = target["expr"].replace("$__rate_interval", "2m").replace("$__range", "6h")
                yield f"{name}: {panel['title']}", filled


EXPRESSIONS = [(rule.get("record") or rule["alert"], rule["expr"]) for rules in GROUPS.values() for rule in rules] + list(shown())


def selectors(expression: str) -> list[promql_parser.VectorSelector]:
    """Raises ValueError where Prometheus could not read it."""
    found: list[promql_parser.VectorSelector] = []

    def look(node: Any) -> None:
        if isinstance(node, promql_parser.VectorSelector):
            found.append(node)
        elif isinstance(node, promql_parser.MatrixSelector):
            look(node.vector_selector)
        for name in ("lhs", "rhs", "expr"):
            if hasattr(node, name):
                look(getattr(node, name))
        for one in getattr(node, "args", []):
            look(one)

    look(promql_parser.parse(expression))
    return found


@pytest.fixture
def told(db: None) -> dict[str, list[dict[str, str]]]:
    """Metric → the labels of its samples, of a product in which everything was measured once."""
    process = PerformanceCollector()
    for kind in (*HISTOGRAMS, *GAUGES):
        process.note(kind, {"redis_down": "cache"}.get(kind, "one"), 7)
    operations = {goal for names in expressions.OPERATIONS.values() for goal in names} | {ANSWERS}
    for name in operations:
        process.note_all([("request", name, 7), ("error", name, 7)])
    process.note("redis_down", "broker", 0)
    process.count("cache", {"value:x|hit": 1, "value:x|miss": 1})
    process.note("csp", "script-src|inline", 1)
    process.write()
    Alert.objects.create(rule="cpu", state="open", level="warning", since=database_now(), value=80, limit=70)
    enqueue(kind="channel.test", key="outside", payload={})
    for state in (CallState.SUCCEEDED, CallState.FAILED):
        now = database_now()
        ModelCall.objects.create(state=state, purpose="x", reserved=0, day=now.date(), deadline_at=now, latency_ms=900)
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in Client().get("/api/v1/metrics").content.decode().splitlines():
        if not line.startswith("#"):
            name, _, labels = line.rpartition(" ")[0].partition("{")
            found[name].append(dict(re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', labels)))
    return found


def test_the_files_are_what_the_rules_and_promises_say() -> None:
    assert files.stale() == [], "siji outside write"


def test_each_rule_is_there_with_its_levels_limits_and_words() -> None:
    assert [(one["alert"], one["labels"]["severity"]) for one in ALERTS] == [
        (rule.name, level.value) for rule in RULES.values() for level, _ in rule.limits
    ]
    for one in ALERTS:
        rule = RULES[one["alert"]]
        limit = {level.value: limit for level, limit in rule.limits}[one["labels"]["severity"]]
        assert f"{'<' if rule.is_low_bad else '>='} {limit:g}" in one["expr"]
        assert (one["for"], one["keep_firing_for"]) == (f"{rule.hold}s", f"{rule.calm}s")
        assert one["annotations"]["runbook"] == runbook_of(rule.name)
        least = LEAST_FOR_A_BURN if rule.name.startswith("promise") else rule.minimum
        has_sample = rule.name.startswith("promise") or bool(VALUES[rule.name].sample)
        assert (f">= {least}" in one["expr"].partition(" and ")[2]) == has_sample
    assert set(VALUES) | {"promise_burn", "promise_slow_burn"} == set(RULES)


def test_each_promise_that_can_burn_is_there_with_its_budget() -> None:
    assert {rule["labels"]["promise"] for rule in GROUPS["siji-budgets"]} == {goal.name for goal in PROMISES}
    of_a1 = next(rule["expr"] for rule in GROUPS["siji-budgets"] if rule["labels"]["promise"] == "A1")
    assert 'le="0.5"' in of_a1
    assert of_a1.endswith("/ 0.01")


@pytest.mark.parametrize(("what", "expression"), EXPRESSIONS, ids=[what for what, _ in EXPRESSIONS])
def test_prometheus_can_read_it(what: str, expression: str) -> None:
    assert selectors(expression), "an expression without a figure says nothing"


def test_only_figures_that_we_tell_are_asked_for(told: dict[str, list[dict[str, str]]]) -> None:
    for what, expression in EXPRESSIONS:
        for one in selectors(expression):
            if one.name in RECORDED or one.name in OUTSIDE | NEVER_HERE:
                continue
            assert one.name in told, (what, one.name)
            for matcher in one.matchers.matchers:
                values = {labels.get(matcher.name) for labels in told[one.name]}
                wanted = re.compile(matcher.value) if "Re" in str(matcher.op) else re.compile(re.escape(matcher.value))
                assert any(value and wanted.fullmatch(value) for value in values), (what, one.name, matcher.name, matcher.value)


def test_what_is_told_apart_are_labels_that_there_are(told: dict[str, list[dict[str, str]]]) -> None:
    for what, expression in EXPRESSIONS:
        kept = {name.strip() for names in re.findall(r"by \(([^)]*)\)", expression) for name in names.split(",")} - {"le"}
        there = {label for one in selectors(expression) for labels in told.get(str(one.name), []) for label in labels}
        assert kept <= there, (what, kept - there)
    for name, dashboard in DASHBOARDS.items():
        for panel in dashboard["panels"]:
            for target in panel["targets"]:
                named = set(re.findall(r"{{(\w+)}}", target["legendFormat"]))
                found = selectors(target["expr"].replace("$__rate_interval", "2m").replace("$__range", "6h"))
                there = {label for one in found for labels in told.get(str(one.name), []) for label in labels}
                bench = {"promise", "figure"} if "siji_bench" in target["expr"] else set()
                assert named <= there | bench | BY_PROMETHEUS, (name, panel["title"], named)


def test_all_that_we_tell_is_described(told: dict[str, list[dict[str, str]]]) -> None:
    said = Client().get("/api/v1/metrics").content.decode()
    names = {re.sub(r"_(bucket|sum|count)$", "", name) for name in told}
    assert all(f"# HELP {name} " in said and f"# TYPE {name} " in said for name in names)
    assert {name for name, *_ in (*HISTOGRAMS.values(), *COUNTERS.values(), *GAUGES.values())} <= names
    assert {"siji_ai_calls_recently", "siji_ai_yuan_today", "siji_jobs_due", "siji_alerts_open"} <= names


def test_every_promise_has_its_panel() -> None:
    titles = " ".join(panel["title"] for panel in DASHBOARDS["overview"]["panels"])
    assert all(f"{goal.name} " in titles for goal in GOALS)
    assert all(f"{name} " in titles for name in ("A5", "A10", "A13"))
    assert set(panels.TITLES) == {goal.name for goal in GOALS}


def test_panels_lie_beside_each_other_and_read_the_provisioned_source() -> None:
    source = yaml.safe_load((OPS / "grafana/provisioning/datasources/siji.yaml").read_text())["datasources"][0]
    for name, dashboard in DASHBOARDS.items():
        taken: set[tuple[int, int]] = set()
        for panel in dashboard["panels"]:
            place = panel["gridPos"]
            cells = {
                (x, y) for x in range(place["x"], place["x"] + place["w"]) for y in range(place["y"], place["y"] + place["h"])
            }
            assert not cells & taken, (name, panel["title"])
            assert place["x"] + place["w"] <= 24
            taken |= cells
            assert panel["datasource"] == {"type": source["type"], "uid": source["uid"]}


def test_the_scrape_and_the_rules_speak_of_the_same_job() -> None:
    said = yaml.safe_load((OPS / "prometheus/prometheus.yaml").read_text())
    (job,) = said["scrape_configs"]
    assert (job["job_name"], job["metrics_path"]) == (expressions.JOB, "/api/v1/metrics")
    assert all((OPS / "prometheus" / name).exists() for name in said["rule_files"])
    assert len(job["static_configs"][0]["targets"]) == 1, "a second one would be added to the first"


def test_a_cause_keeps_its_consequences_quiet() -> None:
    said = yaml.safe_load((OPS / "prometheus/alertmanager.yaml").read_text())
    quiet = {rule["target_matchers"][1]: rule["source_matchers"][1] for rule in said["inhibit_rules"]}
    for rule in RULES.values():
        if rule.causes:
            assert quiet[f'alertname = "{rule.name}"'] == f'alertname =~ "{"|".join(rule.causes)}"'


def test_a_name_that_stands_for_many_does_not_break_what_is_told(db: None) -> None:
    process = PerformanceCollector()
    process.count("cache", {"other": 3})
    process.write()
    assert 'siji_cache_reads_total{namespace="other",outcome="other"} 3' in Client().get("/api/v1/metrics").content.decode()


def test_a_file_that_is_not_fresh_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "OPS", tmp_path)
    assert len(files.stale()) == len(files.write()) == 2 + len(DASHBOARDS)
    assert files.stale() == []
    (tmp_path / "prometheus/rules.yaml").write_text("groups: []")
    assert files.stale() == [tmp_path / "prometheus/rules.yaml"]
