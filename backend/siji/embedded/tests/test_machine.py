"""One machine runs Siji: it starts, says how it is, streams, stops clean and comes back as it was."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import stat
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field

import psutil
import pytest

from siji.embedded.home import read_json
from siji.embedded.tests.machine import PARTS, Machine

pytestmark = pytest.mark.machine

QUIET = 33.0  # seconds; Next.js would cut a quiet stream at 30

PASSWORD = "Correct-horse-4"

A_QUIET_JOB = """
from datetime import timedelta
from django.utils import timezone
from siji.accounts.models import User
from siji.jobs.models import Job
owner = User.objects.get(username="machine")
print(Job.objects.create(kind="canary", key="quiet", owner=owner, due_at=timezone.now() + timedelta(hours=1)).pk)
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

A_JOB_TO_CHANGE = A_QUIET_JOB.replace('"quiet"', '"many"')
A_CHANGE = """
from django.db import transaction
from siji.jobs.models import Job
from siji.jobs.work import topic_of
from siji.storage.streams import publish
def change(step, is_over):
    job = Job.objects.get(key="many")
    with transaction.atomic():
        Job.objects.filter(pk=job.pk).update(done_steps=step, state="done" if is_over else "queued")
        publish(topic_of(job.pk))
"""
CONNECTS = """
import time
from django.db import connection
time.sleep(1.5)  # what a session has done is counted when it rests
cursor = connection.cursor()
cursor.execute("SELECT sessions FROM pg_stat_database WHERE datname = current_database()")
print(cursor.fetchone()[0])
"""


@dataclass
class Browser:
    """Talks to the front door as a browser does: cookies, the CSRF token, an Origin."""

    machine: Machine
    cookies: dict[str, str] = field(default_factory=dict)

    def send(self, method: str, path: str, body: object = None, *, origin: str = "") -> int:
        """The status."""
        sent = {"Origin": origin or self.machine.address, "Content-Type": "application/json", **self.headers()}
        with closing(http.client.HTTPConnection("127.0.0.1", self.machine.port, timeout=30)) as connection:
            connection.request(method, f"/api/v1{path}", body=json.dumps(body), headers=sent)
            response = connection.getresponse()
            response.read()
        for line in response.headers.get_all("Set-Cookie", []):
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return response.status

    def headers(self) -> dict[str, str]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": cookie, "X-CSRFToken": self.cookies.get("csrftoken", "")}


@pytest.fixture(scope="module")
def browser(machine: Machine) -> Browser:
    """Somebody whose account was made on the command line, signed in through the front door."""
    made = machine.siji("user", "create", "machine", "--name", "机器", "--ask-password", typed=f"{PASSWORD}\n")
    assert made.returncode == 0, made.stderr
    browser = Browser(machine)
    browser.send("GET", "/me")
    assert browser.send("POST", "/session", {"username": "machine", "password": PASSWORD}) == 200
    return browser


@dataclass
class Follower:
    """Follows a job and remembers when each line came."""

    browser: Browser
    job: str
    straight: bool = False
    """To the stream process itself, past the front door."""
    lines: list[tuple[float, str]] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    thread: threading.Thread | None = None

    def follow(self) -> None:
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self) -> None:
        headers = {**self.browser.headers(), "Accept": "text/event-stream", "Accept-Encoding": "gzip"}
        machine = self.browser.machine
        port = machine.port_of("stream") if self.straight else machine.port
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            connection.request("GET", f"/api/v1/jobs/{self.job}/events", headers=headers)
            response = connection.getresponse()
            self.lines.append((time.monotonic(), f"status {response.status} {response.headers['Content-Encoding']}"))
            self.lines.extend((time.monotonic(), line.decode().strip()) for line in response)

    def data(self) -> list[tuple[float, dict[str, object]]]:
        return [(at, json.loads(line[6:])) for at, line in self.lines if line.startswith("data: ")]


@pytest.fixture(scope="module")
def follower(machine: Machine, browser: Browser) -> Follower:
    """Starts with the first test that names it, so that the quiet time passes while others run."""
    follower = Follower(browser, machine.inside(A_QUIET_JOB))
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


def test_an_address_that_is_not_ours_is_refused_in_words() -> None:
    other = Machine(HOST="192.0.2.1")
    done = other.siji("up")
    other.remove()
    assert done.returncode == 1
    assert "cannot listen on 192.0.2.1" in done.stderr


def test_a_stream_comes_unbuffered_and_lives_through_silence(machine: Machine, follower: Follower) -> None:
    time.sleep(max(0.0, follower.began + QUIET - time.monotonic()))
    assert follower.lines[0][1] == "status 200 None"
    ((at, first),) = follower.data()
    assert first["state"] == "queued"
    assert at - follower.began < 2
    machine.inside(THE_JOB_IS_DONE)
    changed = time.monotonic()
    assert follower.thread is not None
    follower.thread.join(10)
    at, last = follower.data()[-1]
    assert last["state"] == "done"
    assert at - changed < 2
    beats = [line for _, line in follower.lines if line.startswith(":")]
    assert len(beats) >= 2


def test_many_streams_share_a_few_connections(machine: Machine, browser: Browser) -> None:
    """And no look connects anew: 100 streams are told twice."""
    job, many = machine.inside(A_JOB_TO_CHANGE), 100
    threads = [Follower(browser, job, straight=True) for _ in range(many)]
    for follower in threads:
        follower.follow()
    machine.wait(lambda: all(len(f.data()) == 1 for f in threads), "first events")
    connects = int(machine.inside(CONNECTS))
    for step, is_over in ((1, False), (2, True)):
        machine.inside(f"{A_CHANGE}\nchange({step}, {is_over})")
        machine.wait(lambda: all(len(f.data()) == step + 1 for f in threads), "the change")  # noqa: B023
        assert machine.connections_of("stream", to="postgres") <= 5
    # Each look at the statistics and each change is a program that connects, and the worker has its own life.
    assert int(machine.inside(CONNECTS)) - connects < 20


def test_own_origin_may_write_and_a_foreign_one_may_not(browser: Browser) -> None:
    assert browser.send("DELETE", "/session", origin="https://evil.example") == 403
    large = "x" * 20 * 1024 * 1024
    assert [browser.send("POST", "/courses/1/rosters", large, origin="https://evil.example") for _ in range(3)] == [403] * 3
    assert [browser.send("POST", "/nothing", large) for _ in range(3)] == [404] * 3
    assert browser.send("GET", "/me") == 200
    assert browser.send("DELETE", "/session") == 204
    assert browser.send("GET", "/me") == 401


def test_an_account_that_cannot_be_made_is_refused_in_words(machine: Machine, browser: Browser) -> None:
    taken = machine.siji("user", "create", "machine")
    assert taken.returncode == 1
    assert "Traceback" not in taken.stderr
    weak = machine.siji("user", "create", "other", "--ask-password", typed="12345678\n")
    assert weak.returncode == 1
    assert "Traceback" not in weak.stderr
    made = machine.siji("user", "create", "other", "--role", "teacher")
    assert "initial password" in made.stdout


def test_stopped_it_leaves_no_process_and_started_again_it_is_as_it_was(machine: Machine) -> None:
    assert machine.stop(signal.SIGINT) == 0
    assert machine.remains() == []
    ports = read_json(machine.home / "run" / "ports.json")
    with socket.create_server(("127.0.0.1", ports["api"])):  # somebody takes a port we remember
        machine.start()
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
