"""The failover drill: is any acknowledged answer lost when the primary is lost for good and the standby is promoted?

`siji up --replicas 1 --sync` on a home of its own. Clients save answers through the API, and hand attempts in, and write each
acknowledgement to a file that is on the disk before they send the next. Then the primary is killed with -9 and its folder made
unusable, so that it cannot come back; `siji promote` makes the standby the primary, the same API processes go on against it, and
the clients with them. At the end the file and the database are compared.

Three rounds: with the standby well; with one that froze (SIGSTOP), was dropped and came back; and the negative control, a standby
that is not waited for (no --sync) and has not received anything for a while, where answers must be lost or the comparison is
blind. There `siji promote` must refuse until --accept-loss. Prints one JSON object a round.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "benchmarks")]

import httpx2  # noqa: E402

from siji.embedded.home import Home, read_json  # noqa: E402
from siji.embedded.services import Services  # noqa: E402
from siji.embedded.tests.machine import Machine  # noqa: E402

ITEMS = [str(number) for number in range(1, 56)]
BATCH = 5
PREPARE = """
import json
from django.test import Client
from django.conf import settings
from django.utils.crypto import get_random_string
from siji.accounts.models import User
from siji.bank.models import Paper
from siji.practice.starting import start_attempt
paper = Paper.objects.order_by("slug").first()
made = []
for number in range({attempts}):
    student = User.objects.create(username=f"drill-{{get_random_string(8)}}", name="drill")
    attempt, _ = start_attempt(student=student, paper=paper, mode="practice", assignment=None)
    browser = Client()
    browser.force_login(student)
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    made.append([str(attempt.pk), {{settings.SESSION_COOKIE_NAME: session, "csrftoken": get_random_string(32)}}])
print(json.dumps(made))
"""
KEPT = """
import json
from siji.practice.models import Answer, Attempt
attempts = json.loads('''{attempts}''')
rows = Answer.objects.filter(attempt__in=attempts).values_list("attempt_id", "slot", "seq", "value")
closed = Attempt.objects.filter(pk__in=attempts, submitted_at__isnull=False).values_list("pk", flat=True)
print(json.dumps([[[str(a), slot, seq, value] for a, slot, seq, value in rows], [str(pk) for pk in closed]]))
"""


ATTEMPTS = 200
"""Of each person: more than a quick machine fills before the drill is over, or nobody would be heard again after it."""


@dataclass
class Client:
    """A browser: fills one attempt after the other, again and again until it is heard, and hands it in."""

    base: str
    attempts: list[tuple[str, dict[str, str]]]
    ledger: Path
    stop: threading.Event
    acknowledged: list[list[Any]] = field(default_factory=list)
    handed_in: list[str] = field(default_factory=list)
    last: float = 0.0
    longest: float = 0.0
    other: set[str] = field(default_factory=set)

    def run(self) -> None:
        self.last = time.monotonic()
        with self.ledger.open("a") as file:
            for attempt, cookies in self.attempts:
                with httpx2.Client(cookies=cookies, headers={"X-CSRFToken": cookies["csrftoken"]}, timeout=10) as http:
                    self._fill(http, attempt, file)
                if self.stop.is_set():
                    return

    def _fill(self, http: httpx2.Client, attempt: str, file: Any) -> None:
        for at in range(0, len(ITEMS), BATCH):
            batch = [{"item": item, "seq": 1, "value": f"{attempt[:8]}-{item}"} for item in ITEMS[at : at + BATCH]]
            reply = self._send(lambda body=batch: http.put(f"{self.base}/attempts/{attempt}/answers", json={"answers": body}))
            if reply is None:
                return
            saved = {answer["item"] for answer in reply["acknowledged"] if answer["status"] == "saved"}
            self._note(file, [[attempt, one["item"], 1, one["value"]] for one in batch if one["item"] in saved])
        if self._send(lambda: http.post(f"{self.base}/attempts/{attempt}/submission")) is not None:
            self._note(file, [[attempt, "", 0, ""]])

    def _send(self, ask: Any) -> Any:
        """The body once it is heard; None when the round has ended."""
        while not self.stop.is_set():
            try:
                reply = ask()
            except httpx2.HTTPError as error:
                self.other.add(type(error).__name__)
            else:
                if reply.status_code == 200:
                    self.longest = max(self.longest, time.monotonic() - self.last)
                    self.last = time.monotonic()
                    return reply.json()
                self.other.add(f"{reply.status_code}")
            time.sleep(0.05)
        return None

    def _note(self, file: Any, rows: list[list[Any]]) -> None:
        """On the disk before anything else is sent: what this file says was acknowledged."""
        file.writelines(json.dumps(row) + "\n" for row in rows)
        file.flush()
        os.fsync(file.fileno())
        self.acknowledged += rows


@dataclass
class Drill:
    """One round on a machine of its own."""

    is_sync: bool
    is_frozen: bool
    seconds: float
    clients: int
    machine: Machine = field(default_factory=lambda: Machine(LOG_LEVEL="WARNING"))

    def run(self) -> dict[str, Any]:
        try:
            self.machine.start(arguments=["--replicas", "1", *(["--sync"] if self.is_sync else [])])
            if self.is_sync:
                self.machine.wait(self._is_complete, "a standby that has everything", seconds=60)
            else:
                self.machine.wait(self._streams, "a standby", seconds=60)
            with tempfile.TemporaryDirectory() as folder, self._people(Path(folder)) as people:
                return self._report(self._fail_over(people), people, Path(folder))
        finally:
            self.machine.remove()

    def _fail_over(self, people: Sequence[Client]) -> dict[str, Any]:
        time.sleep(self.seconds)
        told: dict[str, Any] = {}
        if self.is_frozen:
            told |= self._freeze_for_a_while(people)
        if not self.is_sync:
            self._stop_receiving()
            time.sleep(self.seconds)
        told["acknowledged_before"] = sum(len(one.acknowledged) for one in people)
        lived = self.machine.siji("promote")
        self._lose_the_primary()
        began = time.monotonic()
        done = self.machine.siji("promote")
        told["refused_while_alive"] = lived.returncode == 1 and "still answers" in lived.stderr
        told["refused_without_accept_loss"] = done.returncode == 1 and "--accept-loss" in done.stderr
        if told["refused_without_accept_loss"]:
            done = self.machine.siji("promote", "--accept-loss")
        if done.returncode:
            raise SystemExit(f"{done.stdout}{done.stderr}\n{self.machine.words}")
        told["promotion_s"] = round(time.monotonic() - began, 1)
        self._wait_for_more(people)
        told["until_every_client_was_heard_again_s"] = round(time.monotonic() - began, 1)
        time.sleep(self.seconds)
        return told

    def _report(self, told: dict[str, Any], people: Sequence[Client], folder: Path) -> dict[str, Any]:
        for one in people:
            one.stop.set()
        time.sleep(1)
        rows = [json.loads(line) for path in folder.iterdir() for line in path.read_text().splitlines()]
        attempts = sorted({row[0] for row in rows})
        kept, closed = json.loads(self.machine.inside(KEPT.format(attempts=json.dumps(attempts))))
        there = {tuple(row) for row in kept}
        answers = [tuple(row) for row in rows if row[1]]
        submitted = [row[0] for row in rows if not row[1]]
        return {
            "sync": self.is_sync,
            "standby": "frozen, dropped, back"
            if self.is_frozen
            else ("well" if self.is_sync else "has not received for a while"),
            "acknowledged_answers": len(answers),
            "lost_answers": len(set(answers) - there),
            "acknowledged_hand_ins": len(submitted),
            "lost_hand_ins": len(set(submitted) - set(closed)),
            **told,
            "longest_wait_s": round(max(one.longest for one in people), 1),
            "other_answers": sorted(set().union(*(one.other for one in people))),
        }

    @contextmanager
    def _people(self, folder: Path) -> Iterator[list[Client]]:
        prepared = json.loads(self.machine.inside(PREPARE.format(attempts=self.clients * ATTEMPTS)))
        base = f"http://127.0.0.1:{Home(self.machine.home).ports()['api']}/api/v1"
        stop = threading.Event()
        people = [
            Client(base, [(a, c) for a, c in prepared[n :: self.clients]], folder / f"{n}.jsonl", stop)
            for n in range(self.clients)
        ]
        threads = [threading.Thread(target=one.run) for one in people]
        for thread in threads:
            thread.start()
        try:
            yield people
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    def _freeze_for_a_while(self, people: Sequence[Client]) -> dict[str, Any]:
        pids = self._pids("postgres-replica-1")
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        began = time.monotonic()
        try:
            self.machine.wait(lambda: "DROPPED" in self.machine.words, "the standby dropped")
            dropped = time.monotonic() - began
            self._wait_for_more(people)  # on the primary alone
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)
        self.machine.wait(self._is_complete, "the standby's return", seconds=60)
        return {"dropped_after_s": round(dropped, 1)}

    def _stop_receiving(self) -> None:
        """The process that receives the log stands still; the standby lives, and is behind from now on."""
        for pid in self._pids("postgres-replica-1"):
            os.kill(pid, signal.SIGSTOP)

    def _lose_the_primary(self) -> None:
        """Its disk goes with it: without this file no PostgreSQL starts from the folder again."""
        primary = Services(Home(self.machine.home), Home(self.machine.home).ports()).postgres
        (primary.place.data / "global" / "pg_control").rename(primary.place.folder / "pg_control.lost")
        for pid in self._pids("postgres"):
            os.kill(pid, signal.SIGKILL)
        until = time.monotonic() + 10
        while primary.is_silent() is None:
            if time.monotonic() > until:
                raise SystemExit("the primary came back without its disk")
            time.sleep(0.05)

    def _pids(self, part: str) -> list[int]:
        process = self.machine.identity(part).process()
        return [process.pid, *(child.pid for child in process.children(recursive=True))] if process else []

    def _wait_for_more(self, people: Sequence[Client]) -> None:
        """Each is heard again."""
        before = [len(one.acknowledged) for one in people]
        self.machine.wait(
            lambda: all(len(one.acknowledged) > n for one, n in zip(people, before, strict=True)), "answers", seconds=60
        )

    def _is_complete(self) -> bool:
        return bool(read_json(self.machine.home / "run" / "standby.json").get("is_complete"))

    def _streams(self) -> bool:
        with Services(Home(self.machine.home), Home(self.machine.home).ports()).postgres.connect() as connection:
            return connection.execute("SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'").fetchone() is not None


def is_right(report: dict[str, Any]) -> bool:
    """Nothing lost where a standby is waited for; in the control something is, and the command has said that it may be."""
    lost = report["lost_answers"]
    told = report["refused_while_alive"] and report["acknowledged_answers"] > report["acknowledged_before"] // 2
    if report["sync"]:
        return bool(told and not lost and not report["lost_hand_ins"] and not report["refused_without_accept_loss"])
    return bool(told and lost and report["refused_without_accept_loss"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5, help="of saving before and after, in each round")
    parser.add_argument("--clients", type=int, default=4)
    chosen = parser.parse_args()
    rounds = [(True, False), (True, True), (False, False)]
    are_right = []
    for is_sync, is_frozen in rounds:
        report = Drill(is_sync, is_frozen, chosen.seconds, chosen.clients).run()
        are_right.append(is_right(report))
        sys.stdout.write(json.dumps({**report, "as_it_must_be": are_right[-1]}, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    raise SystemExit(0 if all(are_right) else 1)


if __name__ == "__main__":
    main()
