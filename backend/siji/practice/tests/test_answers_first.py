"""A burst of slow reads fills a real API process: answers are saved all the same, others are told to come back, and may."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from siji.embedded.environment import BACKEND
from siji.embedded.parts import API_THREADS, answers
from siji.embedded.ports import free_port
from siji.embedded.processes import Identity, end
from siji.practice.models import Answer
from siji.practice.tests.acting import Sitting

pytestmark = pytest.mark.django_db(transaction=True)

SLOT = "W"
PLACES, RESERVED, PATIENCE, SLOW = 4, 2, 2, 6
"""A pool of 6 of which 2 are kept; how long others wait; how long a slow read lasts (seconds)."""


@dataclass(frozen=True)
class Told:
    status: int
    body: Any
    retry_after: str | None
    seconds: float


@dataclass(frozen=True)
class Process:
    port: int
    headers: dict[str, str]

    def ask(self, method: str, path: str, body: Any = None) -> Told:
        began = time.monotonic()
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=40)) as link:
            link.request(method, f"/api/v1{path}", body=None if body is None else json.dumps(body), headers=self.headers)
            reply = link.getresponse()
            text = reply.read()
        read = json.loads(text) if text[:1] in (b"{", b"[") else text
        return Told(reply.status, read, reply.headers["Retry-After"], time.monotonic() - began)


@pytest.fixture
def process(sitting: Sitting, tmp_path: Path) -> Iterator[Process]:
    place = connection.settings_dict
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(BACKEND),
        "DJANGO_SETTINGS_MODULE": "siji.practice.tests.slow_settings",
        "DATABASE_URL": f"postgresql://{place['USER']}:{place['PASSWORD']}@{place['HOST']}:{place['PORT']}/{place['NAME']}",
        "CACHE_URL": settings.CACHE_URL,
        "BROKER_URL": settings.CELERY_BROKER_URL,
        "SIJI_HOME": str(tmp_path),
        "DB_POOL_MIN": "1",
        "DB_POOL_MAX": str(PLACES + RESERVED),
        "DB_POOL_RESERVED": str(RESERVED),
        "DB_POOL_TIMEOUT": str(PATIENCE),
        "DB_POOL_WAITING": "10",
    }
    port = free_port()
    command = [sys.executable, "-m", "granian", "--no-ws", "--interface", "wsgi", "--port", str(port)]
    command += ["--blocking-threads", str(API_THREADS), "siji.wsgi:application"]
    cookies = sitting.person.browser.cookies
    sitting.get()  # makes the CSRF cookie
    headers = {
        "Cookie": "; ".join(f"{name}={cookies[name].value}" for name in cookies),
        "X-CSRFToken": cookies["csrftoken"].value,
        "Content-Type": "application/json",
    }
    with (tmp_path / "api.log").open("wb") as log:
        started = subprocess.Popen(command, env=environment, cwd=BACKEND, start_new_session=True, stdout=log, stderr=log)
    identity = Identity.of(started.pid)
    try:
        until = time.monotonic() + 30
        while answers(f"http://127.0.0.1:{port}/api/v1/health/ready"):
            assert time.monotonic() < until, (tmp_path / "api.log").read_text()
            time.sleep(0.1)
        yield Process(port, headers)
    finally:
        end(identity)
        started.wait()


def test_slow_reads_cannot_block_an_exam(process: Process, sitting: Sitting) -> None:
    read = f"/attempts/{sitting.id}"
    assert process.ask("GET", read).status == 200
    with ThreadPoolExecutor(60) as pool:
        slow = [pool.submit(process.ask, "GET", f"/slow/{SLOW}") for _ in range(PLACES + 30)]
        time.sleep(1.5)  # they hold and wait for all that is not reserved
        saved = [
            process.ask("PUT", f"{read}/answers", {"answers": [{"item": SLOT, "seq": seq, "value": "A"}]}) for seq in range(1, 21)
        ]
        turned_away = process.ask("GET", read)
        told = [one.result() for one in slow]
    assert [one.status for one in saved] == [200] * 20
    assert max(one.seconds for one in saved) < 1
    assert Answer.objects.get(attempt_id=sitting.id, slot=SLOT).seq == 20
    assert turned_away.status == 503
    assert turned_away.seconds < PATIENCE + 1
    statuses = [one.status for one in told]
    assert statuses.count(200) == PLACES
    refused = [one for one in told if one.status == 503]
    assert len(refused) == 30
    assert all(one.retry_after == "2" and one.body["code"] == "busy" and one.body["message"]["zh"] for one in refused)
    assert process.ask("GET", read).status == 200


def test_a_pool_that_is_empty_all_the_same_is_503_too(process: Process, sitting: Sitting) -> None:
    """More savers than connections: they wait in the pool, whose time-out is no failure of ours. Held by locks on the attempt."""
    read = f"/attempts/{sitting.id}"
    body = {"answers": [{"item": SLOT, "seq": 1, "value": "A"}]}
    with connection.cursor() as cursor, ThreadPoolExecutor(20) as pool:
        cursor.execute("BEGIN")
        cursor.execute("SELECT 1 FROM practice_attempt WHERE id = %s FOR UPDATE", [sitting.id])
        saving = [pool.submit(process.ask, "PUT", f"{read}/answers", body) for _ in range(PLACES + RESERVED + 4)]
        time.sleep(PATIENCE + 1.5)
        cursor.execute("ROLLBACK")
        told = [one.result() for one in saving]
    assert sorted(one.status for one in told) == [200] * (PLACES + RESERVED) + [503] * 4
    assert all(one.retry_after and one.body["code"] == "busy" for one in told if one.status == 503)
    assert process.ask("PUT", f"{read}/answers", body).status == 200
