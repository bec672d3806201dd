"""The product on a primary with a real streaming replica: read there, never staler than the reader's own last write."""

from __future__ import annotations

import json
import shutil
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

from siji.embedded.home import Home, read_json
from siji.embedded.services import Services
from siji.embedded.tests.begun import begun_machine
from siji.embedded.tests.machine import Machine

pytestmark = [pytest.mark.machine, pytest.mark.drill]


class Browser:
    """A signed-in person over HTTP."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.token = ""

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.token}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.address}/api/v1{path}", data=data, headers=headers, method=method)  # noqa: S310
        with self.opener.open(request, timeout=20) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def sign_in(self, username: str, password: str) -> None:
        self.token = self.ask("POST", "/session", {"username": username, "password": password})["csrf_token"]


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    made = begun_machine()
    try:
        made.start(arguments=["--replicas", "1"])
        made.siji("user", "create", "chief", "--role", "admin", "--ask-password", typed="Long-enough-7\nLong-enough-7\n")
        yield made
    finally:
        made.remove()


@pytest.fixture
def chief(machine: Machine) -> Browser:
    browser = Browser(f"http://127.0.0.1:{Home(machine.home).ports()['api']}")  # the front door has no part in this
    browser.sign_in("chief", "Long-enough-7")
    return browser


@contextmanager
def replica(machine: Machine) -> Iterator[psycopg.Connection]:
    home = Home(machine.home)
    ports = home.ports()
    servers = Services(home, ports)
    with psycopg.connect(
        host="127.0.0.1", port=ports["postgres-replica-1"], user="postgres", dbname="siji",
        password=servers.postgres.superuser_password, autocommit=True,
    ) as connection:  # fmt: skip
        yield connection


def scans(machine: Machine) -> int:
    """How often the table of courses has been read on the replica."""
    with replica(machine) as connection:
        connection.execute("SELECT pg_stat_clear_snapshot()")
        row = connection.execute(
            "SELECT coalesce(seq_scan, 0) + coalesce(idx_scan, 0) FROM pg_stat_user_tables WHERE relname = 'courses_course'"
        ).fetchone()
        assert row is not None
        return int(row[0])


def test_what_is_read_is_read_on_the_replica(machine: Machine, chief: Browser) -> None:
    chief.ask("POST", "/courses", {"name": "读副本"})
    before = scans(machine)
    found = f"/search?q={quote('读副本')}"  # lists are kept ready, what is looked for is not
    machine.wait(lambda: bool(chief.ask("GET", found)) and scans(machine) > before, "a read on the replica", seconds=20)


def test_no_read_misses_the_readers_own_write_while_the_replica_stands_still(machine: Machine, chief: Browser) -> None:
    with replica(machine) as connection:
        connection.execute("SELECT pg_wal_replay_pause()")
        try:
            for number in range(20):
                made = chief.ask("POST", "/courses", {"name": f"第 {number} 门"})
                assert chief.ask("GET", "/courses")["courses"][0]["id"] == made["id"]
                assert chief.ask("GET", f"/courses/{made['id']}")["name"] == f"第 {number} 门"
        finally:
            connection.execute("SELECT pg_wal_replay_resume()")


def test_a_replica_that_dies_or_freezes_is_not_noticed(machine: Machine, chief: Browser) -> None:
    process = machine.identity("postgres-replica-1").process()
    assert process is not None
    family = [process, *process.children(recursive=True)]
    for one in family:
        one.suspend()
    assert [chief.ask("GET", "/courses")["current_page"] for _ in range(10)] == [1] * 10
    for one in family:
        one.kill()
    assert [chief.ask("GET", "/courses")["current_page"] for _ in range(10)] == [1] * 10
    machine.wait(
        lambda: "postgres-replica-1" in machine.words and machine.identity("postgres-replica-1").pid != process.pid, "healing"
    )
    machine.wait(lambda: _answers(machine), "the replica's return")


def _answers(machine: Machine) -> bool:
    try:
        with replica(machine):
            return True
    except psycopg.OperationalError:
        return False


def test_a_replica_that_is_gone_is_made_anew(machine: Machine) -> None:
    """Its folder is lost while its slot stands."""
    machine.stop()
    home = Home(machine.home)
    shutil.rmtree(Services(home, home.ports()).postgres.place.folder / "replica-1")
    machine.start(arguments=["--replicas", "1"])
    assert _answers(machine)
    assert "postgres-replica-1" in read_json(machine.home / "run" / "parts.json")
