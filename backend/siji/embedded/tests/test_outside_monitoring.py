"""The shipped files in a running Prometheus and Alertmanager: Siji is read, every rule can be evaluated, people are told.

Only addresses and intervals are other than shipped: nobody waits half a minute between two looks here.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from siji.embedded.home import Home
from siji.embedded.ports import free_port
from siji.embedded.tests.machine import Machine
from siji.monitoring.tests.receivers import Receiver, web

FILES = Path(__file__).resolve().parents[4] / "ops" / "prometheus"
ALERTMANAGER = shutil.which("prometheus-alertmanager") or shutil.which("alertmanager")
NEEDED = shutil.which("prometheus") and ALERTMANAGER
pytestmark = [
    pytest.mark.machine,
    pytest.mark.drill,
    pytest.mark.skipif(not NEEDED, reason="prometheus and alertmanager are not installed here"),
]
LOOKS_EVERY = "1s"
FROM_THE_START = (
    "response_time",
    "cpu",
    "memory",
    "query_time",
    "errors",
    "cache_down",
    "broker_down",
    "queue_age",
    "disk",
    "drift",
)
"""Rules whose value there is as soon as Siji is used; without replicas, a model or answers the others have none."""


@dataclass(frozen=True)
class Outside:
    siji: Machine
    port: int
    told: Receiver

    def asks(self, path: str, **query: str) -> Any:
        with urllib.request.urlopen(
            f"http://127.0.0.1:{self.port}/api/v1/{path}?{urllib.parse.urlencode(query)}", timeout=5
        ) as reply:
            return json.load(reply)["data"]

    def value(self, expression: str) -> float | None:
        found = self.asks("query", query=expression)["result"]
        return float(found[0]["value"][1]) if found else None

    def messages(self) -> list[dict[str, Any]]:
        return [json.loads(request.body) for request in list(self.told.requests)]


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outside]:
    folder = tmp_path_factory.mktemp("prometheus")
    with ExitStack() as stack:
        told = stack.enter_context(web())
        siji = Machine()
        stack.callback(siji.remove)
        siji.start()
        there = Outside(siji, free_port(), told)
        alerts = free_port()
        addresses = {"127.0.0.1:9093": f"127.0.0.1:{alerts}", "127.0.0.1:8000": f"127.0.0.1:{Home(siji.home).ports()['api']}"}
        _write(folder, addresses | {"http://127.0.0.1:9/": f"http://127.0.0.1:{told.port}/"})
        for command in (
            ["prometheus", f"--config.file={folder}/prometheus.yaml", f"--storage.tsdb.path={folder}/data",
             f"--web.listen-address=127.0.0.1:{there.port}", "--log.level=error"],
            [str(ALERTMANAGER), f"--config.file={folder}/alertmanager.yaml", f"--storage.path={folder}/alerts",
             f"--web.listen-address=127.0.0.1:{alerts}", "--cluster.listen-address=", "--log.level=error"],
        ):  # fmt: skip
            process = stack.enter_context(subprocess.Popen(command))
            stack.callback(process.terminate)
        wait(lambda: there.value('up{job="siji"}') == 1, "a first look at Siji")
        yield there


def _write(folder: Path, addresses: dict[str, str]) -> None:
    for file in FILES.iterdir():
        text = file.read_text()
        for shipped, here in addresses.items():
            text = text.replace(shipped, here)
        text = re.sub(
            r"((?:scrape|evaluation)_interval|interval|group_wait|group_interval): \d+[sm]", rf"\1: {LOOKS_EVERY}", text
        )
        (folder / file.name).write_text(text.replace("scrape_timeout: 10s", f"scrape_timeout: {LOOKS_EVERY}"))


def wait(is_so: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """What cannot be asked yet is not so yet."""
    until = time.monotonic() + seconds
    while True:
        try:
            if is_so():
                return
        except (urllib.error.URLError, ConnectionError):
            pass
        assert time.monotonic() < until, f"no {what} within {seconds:.0f} s"
        time.sleep(0.2)


def test_siji_is_read_and_every_rule_can_be_evaluated(outside: Outside) -> None:
    for _ in range(30):
        urllib.request.urlopen(f"{outside.siji.address}/api/v1/health/ready", timeout=10).close()
    wait(lambda: all(rule["lastEvaluation"] > "2" for rule in rules(outside)), "evaluation of every rule")
    assert {rule["name"]: rule.get("lastError") for rule in rules(outside) if rule["health"] != "ok"} == {}
    for name in FROM_THE_START:
        wait(lambda name=name: outside.value(f"siji:{name}:value") is not None, f"value of {name}")  # type: ignore[misc]
    assert outside.value("siji:cache_down:value") == 0
    assert 0 < (outside.value("siji:memory:value") or 0) < 100


def test_who_is_to_be_told_is_told_when_siji_is_gone_and_when_it_is_back(outside: Outside) -> None:
    assert not [
        alert for message in outside.messages() for alert in message["alerts"] if alert["labels"]["severity"] == "critical"
    ]
    outside.siji.stop()
    wait(lambda: bool(told_of(outside, "firing")), "message that it is gone", seconds=60)
    alert = told_of(outside, "firing")[0]
    assert alert["labels"]["severity"] == "critical"
    assert "数据库没有响应" in alert["annotations"]["summary"]
    assert (FILES.parents[1] / alert["annotations"]["runbook"]).exists()
    outside.siji.start()
    wait(lambda: bool(told_of(outside, "resolved")), "message that it is back", seconds=90)


def rules(outside: Outside) -> list[dict[str, Any]]:
    found = [rule for group in outside.asks("rules")["groups"] for rule in group["rules"]]
    assert len(found) > 90
    return found


def told_of(outside: Outside, state: str) -> list[dict[str, Any]]:
    alerts = [alert for message in outside.messages() for alert in message["alerts"]]
    return [alert for alert in alerts if (alert["labels"]["alertname"], alert["status"]) == ("database_down", state)]
