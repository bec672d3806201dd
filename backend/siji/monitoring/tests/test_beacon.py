"""A page that is left tells what it cost; nobody can tell it anything else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from siji.monitoring import beacon
from siji.monitoring.beacon import OTHER_PAGE, PAGES, Bucket
from siji.monitoring.collecting import PerformanceCollector
from siji.monitoring.models import Measured
from siji.monitoring.series import Measures

ASKS = Path(__file__).parents[4] / "frontend/src/lib/asks.ts"


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> PerformanceCollector:
    own = PerformanceCollector()
    monkeypatch.setattr(beacon, "collector", own)
    monkeypatch.setattr(beacon, "bucket", Bucket(a_second=0, at_once=5))
    return own


def tell(body: Any, **headers: str) -> int:
    """As a browser's sendBeacon: no token, no session."""
    client = Client(enforce_csrf_checks=True)
    return client.post("/api/v1/beacons", json.dumps(body), content_type="application/json", headers=headers).status_code


def kept(collector: PerformanceCollector) -> Measures:
    collector.write()
    (row,) = Measured.objects.filter(process=collector.process)
    assert row.users == []
    return Measures.from_json(row.data)


@pytest.mark.django_db
def test_a_page_tells_without_a_session_and_only_figures_are_kept(collector: PerformanceCollector) -> None:
    assert tell({"page": "/courses/:id", "lcp": 840, "inp": 90, "cls": 0.05}) == 204
    assert tell({"page": "/courses/17?name=李雷"}) == 204
    assert tell({"page": "/courses/17", "inp": 40}) == 204
    found = kept(collector)
    assert found.named("lcp")["/courses/:id"].maximum == 840
    assert found.named("cls")["/courses/:id"].maximum == 50
    assert set(found.named("inp")) == {"/courses/:id", OTHER_PAGE}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body", [{}, {"page": "x" * 61}, {"page": "/", "lcp": -1}, {"page": "/", "lcp": 1e9}, {"page": "/", "cls": "NaN"}, []]
)
def test_what_cannot_be_is_refused(collector: PerformanceCollector, body: Any) -> None:
    assert tell(body) == 422


@pytest.mark.django_db
def test_the_page_of_somebody_else_is_refused(collector: PerformanceCollector) -> None:
    assert tell({"page": "/", "inp": 1}, Origin="https://elsewhere.example") == 403


@pytest.mark.django_db
def test_a_flood_is_turned_away(collector: PerformanceCollector) -> None:
    assert [tell({"page": "/", "inp": 1}) for _ in range(7)] == [204] * 5 + [429] * 2


def test_a_bucket_fills_again() -> None:
    now = [0.0]
    bucket = Bucket(a_second=2, at_once=1, clock=lambda: now[0])
    assert [bucket.take(), bucket.take()] == [True, False]
    now[0] = 0.5
    assert bucket.take()
    now[0] = 100
    assert [bucket.take(), bucket.take()] == [True, False]


def test_the_pages_are_those_of_the_front_end() -> None:
    table = ASKS.read_text("utf-8")
    named = set(re.findall(r'^  "(/[^"]*)": \{', table, re.M))
    (silent,) = re.findall(r"silent: readonly string\[\] = \[([^\]]*)\]", table)
    assert named | set(re.findall(r'"([^"]+)"', silent)) <= PAGES
