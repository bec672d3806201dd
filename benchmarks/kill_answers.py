"""Is any acknowledged answer lost when the API process is killed with -9, again and again? Run inside ``siji with-services``.

Clients save answers over HTTP and write each acknowledgement ("saved", item, seq, value) to a file before they send the next;
the API is killed at random moments and started again until enough were acknowledged and it died often enough. Each answer has an
item of its own (55 to an attempt, then the next attempt), so that nothing newer can hide a loss. Then the file and the database
are compared: the kept answer must be the acknowledged one or, on a second lap, a newer one.

``--acknowledge-before-commit`` is the negative control: a wrapper of this benchmark alone rolls saves back at random after the
answer to them is made, as a server would that acknowledges too early; then answers must be lost, else the comparison is blind.
Prints one JSON object.
"""

from __future__ import annotations

import argparse
import itertools
import json
import logging
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

import httpx2

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "benchmarks")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")
ITEMS = [str(number) for number in range(1, 56)]
BATCH = 5


@dataclass
class Api:
    """The API process, a process group of its own so that a kill takes its workers too."""

    application: str
    port: int = 0
    process: subprocess.Popen[bytes] | None = None
    kills: int = 0

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v1"

    def start(self) -> None:
        if not self.port:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self.port = probe.getsockname()[1]
        command = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
        ]
        command += [
            "--blocking-threads",
            "8",
            "--no-access-log",
            "--log-level",
            "critical",
            self.application,
        ]
        path = os.pathsep.join([str(ROOT / "backend"), str(ROOT / "benchmarks")])
        env = {
            **os.environ,
            "PYTHONPATH": path,
            "DB_POOL": "1",
            "LOG_LEVEL": "CRITICAL",
        }
        self.process = subprocess.Popen(
            command,
            cwd=ROOT / "backend",
            env=env,
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )

    def is_up(self) -> bool:
        try:
            return httpx2.get(f"{self.base}/health/live", timeout=1).status_code == 200
        except httpx2.HTTPError:
            return False

    def wait(self) -> None:
        deadline = time.monotonic() + 60
        while not self.is_up():
            if time.monotonic() > deadline:
                raise SystemExit("the API did not come up within 60 s")
            time.sleep(0.02)

    def kill(self) -> None:
        self.stop()
        self.kills += 1

    def stop(self) -> None:
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass
class Client:
    """A browser that goes from one attempt to the next: sends until it is heard, as the journal does."""

    api: Api
    attempts: list[tuple[str, dict[str, str]]]
    ledger: Path
    stop: threading.Event
    seed: int
    acknowledged: int = 0
    refused: list[str] = field(default_factory=list)

    def run(self) -> None:
        dice = random.Random(self.seed)
        with self.ledger.open("a") as ledger:
            for lap in itertools.count(1):
                for attempt, cookies in self.attempts:
                    if self.stop.is_set():
                        return
                    items = dice.sample(ITEMS, len(ITEMS))
                    headers = {"X-CSRFToken": cookies["csrftoken"]}
                    with httpx2.Client(cookies=cookies, headers=headers, timeout=5) as http:
                        self.answer(http, attempt, items, lap, ledger)

    def answer(self, http: httpx2.Client, attempt: str, items: list[str], lap: int, ledger: TextIO) -> None:
        for at in range(0, len(items), BATCH):
            values = {item: f"{self.seed}-{lap}-{item}" for item in items[at : at + BATCH]}
            batch = [{"item": item, "seq": lap, "value": value} for item, value in values.items()]
            saved = self.send(http, attempt, batch)
            ledger.writelines(json.dumps([attempt, item, lap, values[item]]) + "\n" for item in saved)
            ledger.flush()
            self.acknowledged += len(saved)

    def send(self, http: httpx2.Client, attempt: str, batch: list[dict[str, Any]]) -> list[str]:
        """The items acknowledged as saved; nothing once the measurement has ended."""
        while not self.stop.is_set():
            try:
                reply = http.put(f"{self.api.base}/attempts/{attempt}/answers", json={"answers": batch})
            except httpx2.HTTPError:
                time.sleep(0.02)
                continue
            if reply.status_code == 200:
                return [answer["item"] for answer in reply.json()["acknowledged"] if answer["status"] == "saved"]
            self.refused.append(f"{reply.status_code} {reply.text[:200]}")
            time.sleep(0.02)
        return []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--acknowledge-before-commit", action="store_true", help="the negative control")
    chosen = parser.parse_args()
    seed = random.SystemRandom().randrange(2**31)
    attempts = prepare(chosen.answers * 3 // 2 // len(ITEMS) + chosen.clients)
    api = Api("early_acknowledging:application" if chosen.acknowledge_before_commit else "siji.wsgi:application")
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        clients = rounds(api, attempts, Path(folder), chosen, random.Random(seed))
        ledger = [json.loads(line) for path in sorted(Path(folder).iterdir()) for line in path.read_text().splitlines()]
    lost = compare(ledger)
    report = {
        "acknowledged": len(ledger),
        "kills": api.kills,
        "items": len({(attempt, item) for attempt, item, _, _ in ledger}),
        "lost": len(lost),
        "lost_examples": lost[:3],
        "other_answers": sorted({text for client in clients for text in client.refused})[:5],
        "clients": len(clients),
        "seconds": round(time.monotonic() - began, 1),
        "seed": seed,
        "is_negative_control": chosen.acknowledge_before_commit,
    }
    sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
    raise SystemExit(0 if bool(lost) == chosen.acknowledge_before_commit else 1)


def prepare(attempts: int) -> list[tuple[str, dict[str, str]]]:
    """Attempts to save into, begun through the product's own action, and signed-in sessions for them."""
    import django

    django.setup()
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client as Browser
    from django.utils.crypto import get_random_string

    call_command("migrate", verbosity=0)
    from siji.accounts.models import User
    from siji.bank.loading import load_all
    from siji.bank.models import Paper
    from siji.practice.starting import start_attempt

    load_all(settings.SIJI_CONTENT)
    paper = Paper.objects.order_by("slug").first()
    if paper is None:
        raise SystemExit("no paper was loaded")
    made = []
    for _ in range(attempts):
        student = User.objects.create(username=f"kill-{get_random_string(8)}", name="kill")
        attempt, _is_new = start_attempt(student=student, paper=paper, mode="practice", assignment=None)
        browser = Browser()
        browser.force_login(student)
        session = browser.cookies[settings.SESSION_COOKIE_NAME].value
        made.append(
            (
                str(attempt.pk),
                {
                    settings.SESSION_COOKIE_NAME: session,
                    "csrftoken": get_random_string(32),
                },
            )
        )
    connections.close_all()
    return made


def rounds(
    api: Api,
    attempts: list[tuple[str, dict[str, str]]],
    folder: Path,
    chosen: argparse.Namespace,
    dice: random.Random,
) -> list[Client]:
    """Kill and start until it is enough. The moments between are random, so that every stage of a save is hit."""
    stop = threading.Event()
    clients = [
        Client(api, attempts[number :: chosen.clients], folder / f"{number}.jsonl", stop, number)
        for number in range(chosen.clients)
    ]
    threads = [threading.Thread(target=client.run) for client in clients]
    api.start()
    api.wait()
    for thread in threads:
        thread.start()
    try:
        while api.kills < chosen.kills or sum(client.acknowledged for client in clients) < chosen.answers:
            time.sleep(dice.uniform(0.05, 0.6))
            if api.kills < chosen.kills:
                api.kill()
                api.start()
                api.wait()
    finally:
        stop.set()
        for thread in threads:
            thread.join()
        api.stop()
    return clients


def compare(ledger: list[list[Any]]) -> list[dict[str, Any]]:
    """The acknowledged answers that the database does not hold: an older one is there, another one, or none."""
    from siji.practice.models import Answer

    newest: dict[tuple[str, str], tuple[int, str]] = {}
    for attempt, item, seq, value in ledger:
        newest[attempt, item] = max(newest.get((attempt, item), (0, "")), (seq, value))
    rows = Answer.objects.filter(attempt__in={attempt for attempt, _ in newest})
    kept = {(str(a.attempt_id), a.slot): (a.seq, a.value) for a in rows}
    lost = []
    for key, (seq, value) in newest.items():
        found = kept.get(key, (0, ""))
        if found[0] < seq or (found[0] == seq and found[1] != value):
            lost.append({"item": key[1], "acknowledged": [seq, value], "kept": found})
    return lost


if __name__ == "__main__":
    main()
