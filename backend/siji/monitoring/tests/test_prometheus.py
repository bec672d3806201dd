"""What Prometheus reads: the whole cluster's figures, for those who may, and counters that never fall."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.test import Client

from siji.monitoring import folding
from siji.monitoring.collecting import PerformanceCollector
from siji.monitoring.models import Measured
from siji.storage.now import database_now

pytestmark = pytest.mark.django_db
LINE = re.compile(r'^(#.*|[a-z_]+(\{([a-z]+="([^"\\]|\\.)*",?)*\})? -?[0-9.e+]+)$')


def read(**headers: str) -> str:
    reply = Client().get("/api/v1/metrics", headers=headers)
    assert reply.status_code == 200
    return reply.content.decode()


def value(text: str, beginning: str) -> float:
    return float(next(line for line in text.splitlines() if line.startswith(beginning)).rpartition(" ")[2])


def test_the_figures_of_two_processes_are_added_and_every_line_can_be_read() -> None:
    for took in (4.0, 40.0):
        process = PerformanceCollector()
        process.note_all([("request", 'GET /"odd"', took), ("error", "GET /me", took), ("active", "users", 7.0)])
        process.write()
    text = read()
    assert value(text, 'siji_request_seconds_bucket{operation="GET /\\"odd\\"",le="0.005"}') == 1
    assert value(text, 'siji_request_seconds_bucket{operation="GET /\\"odd\\"",le="+Inf"}') == 2
    assert value(text, 'siji_request_seconds_sum{operation="GET /\\"odd\\""}') == pytest.approx(0.044)
    assert value(text, 'siji_errors_total{operation="GET /me"}') == 2
    assert value(text, "siji_active_users") == 7
    assert [line for line in text.splitlines() if line and not LINE.match(line)] == []


def test_a_counter_does_not_fall_when_history_ends() -> None:
    at = database_now() - timedelta(days=1)
    old = PerformanceCollector(clock=at.timestamp)
    old.note("error", "GET /me", 1)
    old.write()
    before = value(read(), 'siji_errors_total{operation="GET /me"}')
    folding.fold()
    assert value(read(), 'siji_errors_total{operation="GET /me"}') == before == 1
    folding.fold(at=database_now() + timedelta(days=200))
    assert not Measured.objects.filter(span="h").exists()
    assert value(read(), 'siji_errors_total{operation="GET /me"}') == before


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "status"),
    [
        ("127.0.0.1", None, (), 200),
        ("10.0.0.9", None, (), 403),
        ("127.0.0.1", "10.0.0.9", (), 403),
        ("127.0.0.1", "127.0.0.1", (), 403),
        ("127.0.0.1", "10.0.0.9", ("127.0.0.1",), 403),
        ("127.0.0.1", "10.9.0.1", ("127.0.0.1",), 200),
        ("10.9.0.1", None, (), 200),
    ],
)
def test_only_the_addresses_that_are_named_may_read(
    settings: LazySettings, remote: str, forwarded: str | None, proxies: tuple[str, ...], status: int
) -> None:
    settings.METRICS_FROM = ("127.0.0.0/8", "10.9.0.0/16")
    settings.TRUSTED_PROXIES = proxies
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    assert Client(REMOTE_ADDR=remote).get("/api/v1/metrics", headers=headers).status_code == status


@pytest.mark.parametrize("proxies", [(), ("10.0.0.1",), ("127.0.0.1",)])
def test_the_front_door_on_this_machine_is_not_this_machine(settings: LazySettings, proxies: tuple[str, ...]) -> None:
    settings.TRUSTED_PROXIES = proxies
    assert Client().get("/api/v1/metrics", headers={"X-Forwarded-Host": "siji.example.edu.cn"}).status_code == 403


def test_nothing_is_changed_through_it() -> None:
    assert Client().post("/api/v1/metrics").status_code == 403
