"""Does anybody ever miss their own last write because it was read on a replica that is behind?

`siji up --replicas 1` on a home of its own; the replica replays everything 300 ms late (recovery_min_apply_delay), and stands
still (SIGSTOP) now and then. Teachers rename an assignment and read it back at once, until 5,000 writes have been read back: none
may be the title before. Others only search, which is read on the replica. Then the replica is killed with -9 under the same
load: no request may fail.

``--seconds-of-control``: for so long the same against an API whose rule is switched off (``careless_reading.py``), where stale
reads must be seen or the comparison is blind. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "benchmarks")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")

import httpx2  # noqa: E402
import psycopg  # noqa: E402
from beside import api_beside  # noqa: E402

from siji.embedded.home import Home  # noqa: E402
from siji.embedded.services import Services  # noqa: E402
from siji.embedded.tests.machine import Machine  # noqa: E402

DELAY = "300ms"
STANDS_STILL, RUNS = 3.0, 6.0
"""Seconds of each, in turn."""
PREPARE = """
import json
from django.test import Client
from django.conf import settings
from django.utils.crypto import get_random_string
from siji.accounts.models import Role, User
from siji.bank.models import Paper
from siji.courses.actions import create_course
from siji.courses.assigning import create_assignment
from siji.courses.schemas import AssignmentIn
made = []
for number in range({people}):
    teacher = User.objects.create(username=f"stale-{{get_random_string(8)}}", name="stale", role=Role.TEACHER)
    course = create_course(teacher=teacher, name="stale")
    paper = Paper.objects.order_by("slug").first()
    row = create_assignment(by=teacher, course=course, fields=AssignmentIn(paper=paper.pk, title="0").dict())
    browser = Client()
    browser.force_login(teacher)
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    made.append([row.pk, {{settings.SESSION_COOKIE_NAME: session, "csrftoken": get_random_string(32)}}])
print(json.dumps(made))
"""


@dataclass
class Teacher:
    """Writes, and reads back at once what must be there; ``reads_only``: searches all the time."""

    base: str
    assignment: int
    cookies: dict[str, str]
    stop: threading.Event
    reads_only: bool = False
    read_back: int = 0
    stale: int = 0
    searched: int = 0
    errors: list[str] = field(default_factory=list)

    def run(self) -> None:
        with httpx2.Client(cookies=self.cookies, headers={"X-CSRFToken": self.cookies["csrftoken"]}, timeout=20) as http:
            while not self.stop.is_set():
                if self.reads_only:
                    self.searched += self._ask(http, "GET", "/search?q=4") is not None
                    time.sleep(0.02)
                else:
                    self._write_and_read(http)

    def _write_and_read(self, http: httpx2.Client) -> None:
        title = f"{self.assignment}-{time.monotonic_ns()}"
        if self._ask(http, "PATCH", f"/assignments/{self.assignment}", {"title": title}) is None:
            return
        found = self._ask(http, "GET", f"/assignments/{self.assignment}")
        if found is not None:
            self.read_back += 1
            self.stale += found["title"] != title

    def _ask(self, http: httpx2.Client, method: str, path: str, body: Any = None) -> Any:
        try:
            reply = http.request(method, f"{self.base}{path}", json=body)
        except httpx2.HTTPError as error:
            self.errors.append(f"{method} {path.partition('?')[0]}: {type(error).__name__}")
            return None
        if reply.status_code == 200:
            return reply.json()
        self.errors.append(f"{method} {path.partition('?')[0]}: {reply.status_code} {reply.text[:120]}")
        return None


@dataclass
class Run:
    machine: Machine
    people: int
    kills: int = 0
    stops: int = 0

    def measure(self, writes: int, kill_seconds: float) -> dict[str, Any]:
        base = f"http://127.0.0.1:{Home(self.machine.home).ports()['api']}/api/v1"
        self._delay(DELAY)
        before = self._reads_on_the_replica()
        with self._at_work(base) as teachers:
            while sum(one.read_back for one in teachers) < writes and not any(len(one.errors) > 50 for one in teachers):
                time.sleep(RUNS)
                self._freeze(STANDS_STILL)
            own = {"read_back": sum(one.read_back for one in teachers), "stale": sum(one.stale for one in teachers)}
            on_replica = self._reads_on_the_replica() - before
            slow_errors = _errors(teachers)
        with self._at_work(base) as teachers:
            self._kill_for(kill_seconds)
            killed = {"requests": sum(one.read_back * 2 + one.searched for one in teachers), "errors": _errors(teachers)}
        return {
            **own,
            "errors": slow_errors,
            "replica_stood_still": self.stops,
            "transactions_on_the_replica": on_replica,
            "killed": {**killed, "kills": self.kills},
        }

    def control(self, seconds: float) -> dict[str, int]:
        self.machine.wait(self._is_there, "the replica's return", seconds=120)
        self._delay(DELAY)
        with (
            api_beside(self.machine, "careless_reading:application", with_replica=True) as base,
            self._at_work(base) as teachers,
        ):
            time.sleep(seconds)
            return {"read_back": sum(one.read_back for one in teachers), "stale": sum(one.stale for one in teachers)}

    @contextmanager
    def _at_work(self, base: str) -> Iterator[list[Teacher]]:
        prepared = json.loads(self.machine.inside(PREPARE.format(people=self.people + 1)))
        stop = threading.Event()
        teachers = [Teacher(base, row, cookies, stop, number == 0) for number, (row, cookies) in enumerate(prepared)]
        threads = [threading.Thread(target=one.run) for one in teachers]
        for thread in threads:
            thread.start()
        try:
            yield teachers
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    @contextmanager
    def _replica(self) -> Iterator[psycopg.Connection]:
        ports, home = Home(self.machine.home).ports(), Home(self.machine.home)
        password = Services(home, ports).postgres.superuser_password
        place = {"host": "127.0.0.1", "port": ports["postgres-replica-1"], "user": "postgres", "dbname": "siji"}
        with psycopg.connect(**place, password=password, autocommit=True, connect_timeout=3) as connection:
            yield connection

    def _delay(self, much: str) -> None:
        with self._replica() as connection:
            connection.execute(f"ALTER SYSTEM SET recovery_min_apply_delay = '{much}'")
            connection.execute("SELECT pg_reload_conf()")

    def _reads_on_the_replica(self) -> int:
        with self._replica() as connection:
            row = connection.execute("SELECT xact_commit FROM pg_stat_database WHERE datname = 'siji'").fetchone()
            return int(row[0]) if row else 0

    def _pids(self) -> list[int]:
        process = self.machine.identity("postgres-replica-1").process()
        return [process.pid, *(child.pid for child in process.children(recursive=True))] if process else []

    def _freeze(self, seconds: float) -> None:
        pids = self._pids()
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        time.sleep(seconds)
        for pid in pids:
            os.kill(pid, signal.SIGCONT)
        self.stops += 1

    def _kill_for(self, seconds: float) -> None:
        """Again whenever it is back."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(2)
            for pid in self._pids():
                os.kill(pid, signal.SIGKILL)
            self.kills += 1
            self.machine.wait(self._is_there, "the replica's return", seconds=120)

    def _is_there(self) -> bool:
        try:
            with self._replica():
                return True
        except psycopg.OperationalError:
            return False


def _errors(teachers: Sequence[Teacher]) -> list[str]:
    return [error for one in teachers for error in one.errors]


def is_right(report: dict[str, Any]) -> bool:
    killed, control = report["killed"], report["control"]
    nothing_stale = report["stale"] == 0 and not report["errors"] and report["transactions_on_the_replica"] > 0
    return bool(nothing_stale and not killed["errors"] and killed["kills"] > 0 and control["stale"] > 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writes", type=int, default=5000)
    parser.add_argument("--people", type=int, default=4)
    parser.add_argument("--kill-seconds", type=float, default=20)
    parser.add_argument("--seconds-of-control", type=float, default=10)
    chosen = parser.parse_args()
    machine = Machine(LOG_LEVEL="WARNING", RATE_PER_USER="0")  # few people ask as fast as they can
    try:
        machine.start(arguments=["--replicas", "1"])
        run = Run(machine, chosen.people)
        report = run.measure(chosen.writes, chosen.kill_seconds)
        report["control"] = run.control(chosen.seconds_of_control)
    finally:
        machine.remove()
    report["as_it_must_be"] = is_right(report)
    report["errors"], report["killed"]["errors"] = report["errors"][:5], report["killed"]["errors"][:5]
    sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
    raise SystemExit(0 if report["as_it_must_be"] else 1)


if __name__ == "__main__":
    main()
