"""Browsers tell what they refused; it becomes a number, and nobody can tell more than that."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from siji.conftest import Person
from siji.monitoring import csp
from siji.monitoring.beacon import Bucket
from siji.monitoring.collecting import PerformanceCollector
from siji.monitoring.models import Measured
from siji.monitoring.prometheus import exposition

OLD = {
    "csp-report": {
        "document-uri": "http://testserver/zh?name=李雷",
        "violated-directive": "script-src-elem x",
        "blocked-uri": "inline",
    }
}
NEW = {
    "type": "csp-violation",
    "body": {"documentURL": "http://testserver/zh", "effectiveDirective": "img-src", "blockedURL": "https://evil.example/a"},
}
NONSENSE: tuple[Any, ...] = ({}, [], None, 3, "x", [3], {"csp-report": 3}, [NEW, {"body": []}])


@pytest.fixture(autouse=True)
def collector(monkeypatch: pytest.MonkeyPatch) -> PerformanceCollector:
    own = PerformanceCollector()
    monkeypatch.setattr(csp, "collector", own)
    monkeypatch.setattr(csp, "bucket", Bucket(a_second=0, at_once=30))
    return own


def tell(body: Any, *, kind: str = "application/csp-report", **headers: str) -> int:
    text = body if isinstance(body, str) else json.dumps(body)
    client = Client(enforce_csrf_checks=True)
    return client.post("/api/v1/csp-reports", text, content_type=kind, headers=headers).status_code


def names(collector: PerformanceCollector) -> set[str]:
    collector.write()
    return {name for row in Measured.objects.filter(process=collector.process) for name in row.data.get("csp", {})}


@pytest.mark.django_db
def test_both_spellings_become_numbers_on_the_board_and_for_prometheus(collector: PerformanceCollector, admin: Person) -> None:
    assert tell(OLD) == 204
    assert tell([NEW, NEW], kind="application/reports+json") == 204
    collector.write()
    text = "\n".join(exposition())
    assert 'siji_csp_reports_total{directive="script-src-elem",source="inline"} 1' in text
    assert 'siji_csp_reports_total{directive="img-src",source="elsewhere"} 2' in text
    assert [(row["directive"], row["source"], row["count"]) for row in admin.get("/promises").json()["refused"]] == [
        ("img-src", "elsewhere", 2),
        ("script-src-elem", "inline", 1),
    ]
    assert "李雷" not in text
    assert "evil" not in text


@pytest.mark.django_db
def test_whatever_is_told_there_are_few_names(collector: PerformanceCollector) -> None:
    for number in range(20):
        told = {"effective-directive": f"made-up-{number}", "blocked-uri": f"x{number}://y", "document-uri": "http://[bad"}
        assert tell({"csp-report": told}) == 204
    assert names(collector) == {"other|other"}


@pytest.mark.django_db
def test_what_is_no_report_is_refused(collector: PerformanceCollector) -> None:
    assert [tell(body) for body in NONSENSE] == [422] * len(NONSENSE)
    assert [tell("{"), tell("\xff")] == [422, 422]
    assert tell(json.dumps(OLD) + " " * csp.MOST_BYTES) == 413
    assert tell(OLD, Origin="https://evil.example") == 403
    assert names(collector) == set()


@pytest.mark.django_db
def test_a_flood_is_turned_away_and_a_long_list_cut(collector: PerformanceCollector) -> None:
    assert tell([NEW] * 1000, kind="application/reports+json") == 413
    assert tell([NEW] * 100, kind="application/reports+json") == 204
    assert [tell(OLD) for _ in range(30)] == [204] * 28 + [429] * 2
    collector.write()
    assert f'{{directive="img-src",source="elsewhere"}} {csp.MOST_REPORTS}' in "\n".join(exposition())
