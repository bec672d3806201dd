"""Users with a clock of their own: each asks when it is due, once, and writes what was acknowledged to a synced file."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, Any

import httpx2

from faults.verdict import Ask

ITEMS = [str(number) for number in range(1, 56)]
BATCH = 5
PACE = 0.5
AT_ONCE = 120
"""Attempts prepared by one command: the machine may have other Sijis to start."""
PATIENCE = 10.0
"""Seconds after which a user has given up waiting."""
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
    student = User.objects.create(username=f"fault-{{get_random_string(8)}}", name="fault")
    attempt, _ = start_attempt(student=student, paper=paper, mode="practice", assignment=None)
    browser = Client()
    browser.force_login(student)
    session = browser.cookies[settings.SESSION_COOKIE_NAME].value
    made.append([str(attempt.pk), {{settings.SESSION_COOKIE_NAME: session, "csrftoken": get_random_string(32)}}])
print(json.dumps(made))
"""
Card = tuple[str, dict[str, str]]


@dataclass
class User:
    """``kind``: save, or what only looks: read, page, stream."""

    name: str
    kind: str
    base: str
    cards: Sequence[Card]
    stop: threading.Event
    ledger: Path
    asks: list[Ask] = field(default_factory=list)
    acknowledged: int = 0
    has_run_out: bool = False

    def run(self) -> None:
        with self.ledger.open("a") as file:
            if self.kind == "save":
                for attempt, cookies in self.cards:
                    self._fill(attempt, cookies, file)
                    if self.stop.is_set():
                        return
                self.has_run_out = True
            else:
                self._look()

    def _fill(self, attempt: str, cookies: dict[str, str], file: IO[str]) -> None:
        with self._browser(cookies) as http:
            waiting = [ITEMS[at : at + BATCH] for at in range(0, len(ITEMS), BATCH)]
            while waiting and not self.stop.is_set():
                batch = [{"item": item, "seq": 1, "value": f"{attempt[:8]}-{item}"} for item in waiting[0]]
                send = partial(http.put, f"{self.base}/api/v1/attempts/{attempt}/answers", json={"answers": batch})
                reply = self._ask(send)
                if reply is not None:
                    saved = {answer["item"] for answer in reply.json()["acknowledged"] if answer["status"] == "saved"}
                    self._note(file, [[attempt, str(one["item"]), str(one["value"])] for one in batch if one["item"] in saved])
                    waiting.pop(0)

    def _look(self) -> None:
        attempt, cookies = self.cards[0]
        paths = {"read": "/api/v1/search?q=4", "page": "/", "stream": f"/api/v1/attempts/{attempt}/events"}
        url = f"{self.base}{paths[self.kind]}"
        with self._browser(cookies) as http:
            while not self.stop.is_set():
                self._ask((lambda: _first_of(http, url)) if self.kind == "stream" else lambda: http.get(url))

    def _browser(self, cookies: dict[str, str]) -> httpx2.Client:
        return httpx2.Client(
            cookies=cookies, headers={"X-CSRFToken": cookies["csrftoken"]}, timeout=PATIENCE, follow_redirects=True
        )

    def _ask(self, ask: Callable[[], httpx2.Response]) -> httpx2.Response | None:
        """Once, at its time. None when it was not answered well."""
        due = time.monotonic()
        reply: httpx2.Response | None = None
        try:
            reply = ask()
            why = "" if reply.status_code == 200 else f"{reply.status_code}"
        except httpx2.HTTPError as error:
            why = type(error).__name__
        ended = time.monotonic()
        if not self.stop.is_set() or not why:  # what was cut off by our own ending is nobody's fault
            self.asks.append(Ask(self.name, self.kind, due, ended, not why, why, int((ended - due) / PACE)))
        self.stop.wait(max(0.0, PACE - (ended - due) % PACE))
        return None if why else reply

    def _note(self, file: IO[str], rows: list[list[str]]) -> None:
        """On the disk before anything else is sent: what this file says was acknowledged."""
        file.writelines(json.dumps(row) + "\n" for row in rows)
        file.flush()
        os.fsync(file.fileno())
        self.acknowledged += len(rows)


def _first_of(http: httpx2.Client, url: str) -> httpx2.Response:
    """A stream is well once it has said something."""
    with http.stream("GET", url) as reply:
        if reply.status_code == 200 and not next(reply.iter_bytes(), b""):
            raise httpx2.RemoteProtocolError("an empty stream")
        return reply


def _cards(inside: Callable[[str], str], number: int) -> list[Any]:
    """In pieces, since one command beside the product may not take long."""
    pieces = [min(AT_ONCE, number - at) for at in range(0, number, AT_ONCE)]
    return [card for piece in pieces for card in json.loads(inside(PREPARE.format(attempts=piece)))]


@contextmanager
def at_work(
    inside: Callable[[str], str], base: str, folder: Path, *, seconds: float, kinds: dict[str, int]
) -> Iterator[list[User]]:
    """``kinds``: how many of each. ``seconds``: how long there must be something left to answer."""
    writers = kinds["save"]
    each = int(seconds / PACE / (len(ITEMS) / BATCH) * 1.2) + 2
    cards = _cards(inside, writers * each + 1)
    stop, users = threading.Event(), list[User]()
    for kind, number in kinds.items():
        for n in range(number):
            own = cards[1 + n * each : 1 + (n + 1) * each] if kind == "save" else cards[:1]
            users.append(User(f"{kind}-{n}", kind, base, own, stop, folder / f"{time.time_ns()}-{kind}-{n}.jsonl"))
    threads = [threading.Thread(target=user.run, name=user.name) for user in users]
    for thread in threads:
        thread.start()
    try:
        yield users
    finally:
        stop.set()
        for thread in threads:
            thread.join()
