"""One machine runs Siji: it starts, says how it is, streams, heals what is killed, stops clean and comes back as it was."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import psutil
import pytest

from siji.embedded.home import read_json
from siji.embedded.tests.machine import Machine

pytestmark = pytest.mark.machine

PARTS = ["postgres", "redis-broker", "redis-cache", "api", "stream", "worker", "beat", "web"]
QUIET = 33.0  # seconds; Next.js would cut a quiet stream at 30

A_PERSON_WITH_A_QUIET_JOB = """
from datetime import timedelta
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from siji.accounts.models import User
from siji.jobs.models import Job
user = User.objects.create(username="machine", name="机器")
session = import_module(settings.SESSION_ENGINE).SessionStore()
session[SESSION_KEY] = str(user.pk)
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
session[HASH_SESSION_KEY] = user.get_session_auth_hash()
session.create()
job = Job.objects.create(kind="canary", key="quiet", owner=user, due_at=timezone.now() + timedelta(hours=1))
print(session.session_key, job.pk)
"""
THE_JOB_IS_DONE = """
from django.db import transaction
from siji.jobs.models import Job
from siji.jobs.work import topic_of
from siji.storage.streams import publish
job = Job.objects.get(key="quiet")
with transaction.atomic():
    Job.objects.filter(pk=job.pk).update(state="done")
    publish(topic_of(job.pk))
"""


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    machine = Machine()
    try:
        machine.start()
        yield machine
    finally:
        machine.remove()


@dataclass
class Follower:
    """A browser that follows a job; remembers when each line came."""

    port: int
    session: str
    job: str
    lines: list[tuple[float, str]] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    thread: threading.Thread | None = None

    def follow(self) -> None:
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self) -> None:
        headers = {"Cookie": f"sessionid={self.session}", "Accept": "text/event-stream", "Accept-Encoding": "gzip"}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("GET", f"/api/v1/jobs/{self.job}/events", headers=headers)
            response = connection.getresponse()
            self.lines.append((time.monotonic(), f"status {response.status} {response.headers['Content-Encoding']}"))
            self.lines.extend((time.monotonic(), line.decode().strip()) for line in response)

    def data(self) -> list[tuple[float, dict[str, object]]]:
        return [(at, json.loads(line[6:])) for at, line in self.lines if line.startswith("data: ")]


@pytest.fixture(scope="module")
def follower(machine: Machine) -> Follower:
    """Starts with the first test that names it, so that the quiet time passes while others run."""
    session, job = machine.inside(A_PERSON_WITH_A_QUIET_JOB).split()
    follower = Follower(machine.port, session, job)
    follower.follow()
    return follower


def test_every_part_is_asked_and_well(machine: Machine, follower: Follower) -> None:
    report = machine.doctor()
    assert report["ready"], report
    parts = {part["name"]: part for part in report["parts"]}
    assert set(PARTS) < set(parts)
    assert all(parts[name]["pid"] for name in PARTS)
    assert "worked a job" in parts["worker"]["detail"]
    assert parts["web"]["port"] == machine.port


def test_only_loopback_listens_and_secrets_are_the_owners(machine: Machine) -> None:
    running = [p for part in PARTS for p in [machine.identity(part).process(), *machine.identity(part).family()] if p]
    connections = [connection for process in running for connection in process.net_connections(kind="inet")]
    listening = {(c.laddr.ip, c.laddr.port) for c in connections if c.status == psutil.CONN_LISTEN}
    assert listening == {("127.0.0.1", port) for port in read_json(machine.home / "run" / "ports.json").values()}
    assert stat.S_IMODE((machine.home / "secrets.json").stat().st_mode) == 0o600


def test_a_second_start_in_the_same_home_is_refused_in_words(machine: Machine) -> None:
    done = machine.siji("up")
    assert done.returncode == 1
    assert "已经在运行" in done.stderr
    assert "already runs" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_taken_front_port_is_refused_in_words(machine: Machine) -> None:
    other = Machine(PORT=str(machine.port))
    done = other.siji("up")
    left = other.remains()
    other.remove()
    assert done.returncode == 1
    assert f"Port {machine.port} is taken" in done.stderr
    assert left == []


def test_a_stream_comes_unbuffered_and_lives_through_silence(machine: Machine, follower: Follower) -> None:
    time.sleep(max(0.0, follower.began + QUIET - time.monotonic()))
    assert follower.lines[0][1] == "status 200 None"
    ((at, first),) = follower.data()
    assert first["state"] == "queued"
    assert at - follower.began < 2
    asked = time.monotonic()
    machine.inside(THE_JOB_IS_DONE)
    assert follower.thread is not None
    follower.thread.join(10)
    at, last = follower.data()[-1]
    assert last["state"] == "done"
    assert at - asked < 5
    beats = [line for _, line in follower.lines if line.startswith(":")]
    assert len(beats) >= 2


def test_own_origin_may_write_and_a_foreign_one_may_not(machine: Machine, follower: Follower) -> None:
    token = "t" * 32
    cookies = f"sessionid={follower.session}; csrftoken={token}"

    def sign_out_everywhere(origin: str) -> int:
        headers = {"Cookie": cookies, "X-CSRFToken": token, "Origin": origin}
        with closing(http.client.HTTPConnection("127.0.0.1", machine.port, timeout=10)) as connection:
            connection.request("DELETE", "/api/v1/me/sessions", headers=headers)
            return connection.getresponse().status

    assert sign_out_everywhere("https://evil.example") == 403
    assert sign_out_everywhere(machine.address) != 403


@pytest.mark.parametrize("part", PARTS)
def test_a_killed_part_heals(machine: Machine, part: str) -> None:
    before = machine.identity(part)
    os.kill(before.pid, signal.SIGKILL)
    machine.wait(lambda: machine.identity(part).pid != before.pid, f"a new {part}")
    machine.wait(lambda: f"ready on port {_port(machine, part)} (pid {machine.identity(part).pid}" in machine.words
                 or f"ready (pid {machine.identity(part).pid}" in machine.words, f"a well {part}")  # fmt: skip
    assert f"{part:<13} ended (SIGKILL): starting it again" in machine.words


def _port(machine: Machine, part: str) -> int | None:
    port: int | None = read_json(machine.home / "run" / "parts.json")[part]["port"]
    return port


def test_all_parts_killed_at_once_heal(machine: Machine) -> None:
    for part in PARTS:
        os.kill(machine.identity(part).pid, signal.SIGKILL)
    machine.wait(lambda: machine.doctor()["ready"], "health", seconds=60)


def test_stopped_it_leaves_no_process_and_started_again_it_is_as_it_was(machine: Machine) -> None:
    began = time.monotonic()
    assert machine.stop(signal.SIGINT) == 0
    assert time.monotonic() - began < 15
    assert machine.remains() == []
    ports = read_json(machine.home / "run" / "ports.json")
    with socket.create_server(("127.0.0.1", ports["api"])):  # somebody takes a port we remember
        seconds = machine.start()
    assert seconds < 15
    now = read_json(machine.home / "run" / "ports.json")
    assert now["api"] != ports["api"]
    assert now["postgres"] == ports["postgres"]
    assert machine.inside("from siji.accounts.models import User; print(User.objects.get(username='machine').name)") == "机器"
    assert machine.doctor()["ready"]


def test_what_a_killed_supervisor_left_is_ended_by_the_next(machine: Machine) -> None:
    orphans = {part: machine.identity(part) for part in PARTS}
    machine.stop(signal.SIGKILL)
    assert all(orphan.process() for orphan in orphans.values())
    machine.start()
    assert not any(orphan.process() for orphan in orphans.values())
    assert "still runs from before" in machine.words
    assert machine.doctor()["ready"]


def test_a_part_that_cannot_start_is_named_with_its_reason(machine: Machine) -> None:
    machine.stop()
    (machine.home / "redis-broker" / "appendonly.aof").write_text("this is no journal of Redis\n")
    machine.start(until_ready=False)
    assert machine.process is not None
    assert machine.process.wait(30) == 1
    assert "redis-broker did not start" in machine.words
    assert "Bad file format reading the append only file" in machine.words
    assert machine.remains() == []
