"""Several processes of each part behind one door: replaced under load, one killed, and nobody at a browser notices."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

import pytest

from siji.embedded import balancer
from siji.embedded.tests.begun import begun_machine
from siji.embedded.tests.machine import Machine
from siji.embedded.words import CannotStart

pytestmark = [
    pytest.mark.machine,
    pytest.mark.drill,
    pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed here"),
]

PASSWORD = "Correct-horse-4"
TWO_OF_EACH = ["--api", "2", "--stream", "2", "--worker", "2", "--web", "2"]
REPLACED = ["api-1", "api-2", "stream-1", "stream-2", "worker-1", "worker-2", "web-1", "web-2"]
PAUSE = 0.1


@dataclass
class Crowd:
    """Four people who ask without end; each answer that is not as it should be is kept."""

    machine: Machine
    cookie: str
    token: str
    repeatable: bool
    asked: int = 0
    failed: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    over: threading.Event = field(default_factory=threading.Event)

    def run(self, number: int) -> None:
        turns: list[tuple[str, str, object, int]] = [
            ("GET", "/api/v1/me", None, 200),
            ("GET", "/api/v1/courses", None, 200),
            ("GET", "/zh/sign-in", None, 200),
            ("PUT", "/api/v1/me/notice-preferences", {}, 422)
            if self.repeatable
            else ("POST", "/api/v1/courses", {"name": "门"}, 201),
        ]
        while not self.over.is_set():
            for method, path, body, wanted in turns:
                self.ask(method, path, body, wanted)
                self.over.wait(PAUSE * (1 + number))

    def ask(self, method: str, path: str, body: object, wanted: int) -> None:
        headers = {
            "Cookie": self.cookie,
            "X-CSRFToken": self.token,
            "Content-Type": "application/json",
            "Origin": self.machine.address,
        }
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self.machine.port, timeout=30)) as link:
                link.request(method, path, body=None if body is None else json.dumps(body), headers=headers)
                reply = link.getresponse()
                reply.read()
            told = str(reply.status)
        except (OSError, http.client.HTTPException) as error:
            told = repr(error)
        with self.lock:
            self.asked += 1
            if told != str(wanted):
                self.failed.append(f"{method} {path}: {told}")


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    machine = begun_machine(RATE_PER_USER="0")  # one person asks for a crowd
    try:
        machine.start(arguments=TWO_OF_EACH)
        machine.siji("user", "create", "chief", "--role", "admin", "--ask-password", typed=f"{PASSWORD}\n{PASSWORD}\n")
        yield machine
    finally:
        machine.remove()


@pytest.fixture(scope="module")
def signed_in(machine: Machine) -> tuple[str, str]:
    """The cookies and the token of somebody signed in through the front door."""
    cookies: dict[str, str] = {}
    for method, path, body in (("GET", "/me", None), ("POST", "/session", {"username": "chief", "password": PASSWORD})):
        with closing(http.client.HTTPConnection("127.0.0.1", machine.port, timeout=30)) as link:
            sent = {"Cookie": "; ".join(f"{n}={v}" for n, v in cookies.items()), "X-CSRFToken": cookies.get("csrftoken", "")}
            headers = {**sent, "Origin": machine.address, "Content-Type": "application/json"}
            link.request(method, f"/api/v1{path}", body=json.dumps(body), headers=headers)
            reply = link.getresponse()
            reply.read()
        for line in reply.headers.get_all("Set-Cookie", []):
            name, value = line.split(";")[0].split("=", 1)
            cookies[name] = value
    assert reply.status == 200
    return "; ".join(f"{name}={value}" for name, value in cookies.items()), cookies["csrftoken"]


@contextmanager
def crowd(machine: Machine, signed_in: tuple[str, str], *, repeatable: bool = False) -> Iterator[Crowd]:
    made = Crowd(machine, *signed_in, repeatable)
    threads = [threading.Thread(target=made.run, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    try:
        yield made
    finally:
        made.over.set()
        for thread in threads:
            thread.join(40)


def test_the_shipped_file_is_made_of_the_template() -> None:
    assert balancer.SHIPPED.read_text() == balancer.shipped(), "write it again: siji.embedded.balancer.shipped()"


def test_each_process_is_well_and_said_to_be(machine: Machine) -> None:
    report = machine.doctor()
    assert report["ready"], report
    parts = {part["name"]: part for part in report["parts"]}
    assert {*REPLACED, "beat", "balancer"} <= set(parts)
    assert len({parts[name]["pid"] for name in REPLACED}) == len(REPLACED)


def test_nothing_fails_while_every_part_is_replaced_twice(machine: Machine, signed_in: tuple[str, str]) -> None:
    before = {name: machine.identity(name).pid for name in REPLACED}
    with crowd(machine, signed_in) as people:
        time.sleep(1)
        for _ in range(2):
            done = machine.siji("restart", "api", "stream", "worker", "web")
            assert done.returncode == 0, done.stderr + machine.words
            after = {name: machine.identity(name).pid for name in REPLACED}
            assert not set(before.values()) & set(after.values())
            before = after
        time.sleep(1)
    assert people.asked > 300
    assert people.failed == []
    assert machine.doctor()["ready"]


def test_one_of_two_killed_is_not_noticed(machine: Machine, signed_in: tuple[str, str]) -> None:
    """By requests that may be repeated."""
    with crowd(machine, signed_in, repeatable=True) as people:
        for name in ("api-1", "api-2", "web-1"):
            time.sleep(1)
            victim = machine.identity(name)
            for process in [victim.process(), *victim.family()]:
                if process:
                    os.kill(process.pid, signal.SIGKILL)
            machine.wait(_is_back(machine, name, victim.pid), f"a new {name}")
    assert people.asked > 100
    assert people.failed == []


def _is_back(machine: Machine, name: str, pid: int) -> Callable[[], bool]:
    return lambda: machine.identity(name).pid != pid and f"(pid {machine.identity(name).pid}," in machine.words


def test_beat_is_stopped_before_the_next_begins(machine: Machine) -> None:
    before = machine.identity("beat")
    assert machine.siji("restart", "beat").returncode == 0
    assert before.process() is None
    assert machine.identity("beat").process()


def test_what_cannot_be_replaced_is_said(machine: Machine) -> None:
    refused = machine.siji("restart", "postgres")
    assert refused.returncode == 1
    assert "no postgres to restart" in refused.stderr


def test_stopped_it_leaves_nothing(machine: Machine) -> None:
    assert machine.stop() == 0
    assert machine.remains() == []


def test_without_nginx_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(balancer, "SBIN", "/nowhere")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(CannotStart, match="apt install nginx") as refused:
        balancer.nginx()
    assert "没有找到" in refused.value.zh
