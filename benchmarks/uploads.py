"""Do uploads arrive over a bad network, and how much is sent again? Run inside ``siji with-services``; A11.

Clients of our own send files as the page does: pieces of 1 MB, and after a failure ask where the server stands and go on
there. Each request is a connection of its own through a TCP proxy that disturbs 20 % of them: half cut at a random byte of
either direction (so that acknowledgements are lost too), half held for up to 2 s. The API is killed with -9 in between and
started again. Sizes: the first 50 MB, the second 10 kB, of the others 70 % 10 kB–1 MB, 25 % 1–8 MB, 5 % 8–50 MB, each
log-uniform: 2.1 MB on average. An upload that is not whole after ``--patience`` seconds has failed. At the end the server's
sha256 and that of the bytes on disk must be those of the file. Prints one JSON object and
writes it to build/uploads.json.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import logging
import math
import os
import queue
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import httpx2

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "benchmarks")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")

from bad_network import BadNetwork  # noqa: E402  # found on the path just made
from kill_answers import Api  # noqa: E402

KB, MB = 1024, 2**20
PIECE = MB
SHARE, LARGEST_CUT, LONGEST_DELAY = 0.2, PIECE + 64 * KB, 2.0
SIZES = ((0.70, 10 * KB, MB), (0.25, MB, 8 * MB), (0.05, 8 * MB, 50 * MB))
AGAIN_SECONDS = (0.0, 0.2, 0.5, 1.0, 2.0)
TUS = {"Tus-Resumable": "1.0.0", "Connection": "close"}


@dataclass
class Outcome:
    size: int
    is_whole: bool = False
    is_same: bool = False
    sent: int = 0
    """Bytes of pieces that were begun, those of a cut piece counted whole: an upper bound."""
    failures: int = 0
    seconds: float = 0.0
    refused: list[str] = field(default_factory=list)


@dataclass
class Sender:
    """One browser, which sends one file after another."""

    port: int
    cookies: dict[str, str]
    sizes: queue.SimpleQueue[int]
    patience: float
    seed: int
    outcomes: list[Outcome] = field(default_factory=list)

    def run(self) -> None:
        dice = random.Random(self.seed)
        headers = {**TUS, "X-CSRFToken": self.cookies["csrftoken"]}
        with httpx2.Client(cookies=self.cookies, headers=headers, timeout=20) as http:
            while True:
                try:
                    size = self.sizes.get_nowait()
                except queue.Empty:
                    return
                self.outcomes.append(Sending(http, self.port, dice.randbytes(size), self.patience).run())


class Sending:
    """One file, until it is whole or patience is over."""

    def __init__(self, http: httpx2.Client, port: int, data: bytes, patience: float) -> None:
        self.http, self.data = http, data
        self.base = f"http://127.0.0.1:{port}"
        self.outcome = Outcome(len(data))
        self.began = time.monotonic()
        self.deadline = self.began + patience
        self.key = uuid4().hex
        self.in_a_row = 0

    def run(self) -> Outcome:
        url = self._created()
        offset: int | None = 0
        while url and offset is not None and offset < len(self.data) and time.monotonic() < self.deadline:
            offset = self._piece(url, offset)
        self.outcome.seconds = time.monotonic() - self.began
        self.outcome.is_whole = offset == len(self.data)
        if self.outcome.is_whole:
            self.outcome.is_same = same_at_the_server(url.rpartition("/")[2], self.data)
        return self.outcome

    def _created(self) -> str:
        metadata = f"filename {base64.b64encode(b'bench.pdf').decode()},key {base64.b64encode(self.key.encode()).decode()}"
        headers = {"Upload-Length": str(len(self.data)), "Upload-Metadata": metadata}
        while time.monotonic() < self.deadline:
            reply = self._ask("POST", "/api/v1/uploads", headers=headers)
            if reply is not None and reply.status_code == 201:
                return reply.headers["Location"]
        return ""

    def _piece(self, url: str, offset: int) -> int | None:
        """Where to go on; None once the server has refused for good."""
        piece = self.data[offset : offset + PIECE]
        self.outcome.sent += len(piece)
        checksum = f"sha1 {base64.b64encode(hashlib.sha1(piece, usedforsecurity=False).digest()).decode()}"
        headers = {
            "Upload-Offset": str(offset),
            "Content-Type": "application/offset+octet-stream",
            **({"Upload-Checksum": checksum} if offset % (2 * PIECE) else {}),
        }
        reply = self._ask("PATCH", url, headers=headers, content=piece)
        if reply is not None and reply.status_code == 204:
            return int(reply.headers["Upload-Offset"])
        if reply is not None and reply.status_code not in (409, 460) and reply.status_code < 500:
            return None
        return self._standing(url)

    def _standing(self, url: str) -> int | None:
        while time.monotonic() < self.deadline:
            reply = self._ask("HEAD", url)
            if reply is not None and reply.status_code == 200:
                return int(reply.headers["Upload-Offset"])
            if reply is not None and reply.status_code < 500:
                return None
        return None

    def _ask(self, method: str, path: str, **what: object) -> httpx2.Response | None:
        """None where the network or the server was not there; a pause that grows while that goes on."""
        try:
            reply = self.http.request(method, self.base + path, **what)  # type: ignore[arg-type]  # headers and content
        except httpx2.HTTPError:
            self.outcome.failures += 1
            time.sleep(AGAIN_SECONDS[min(self.in_a_row, len(AGAIN_SECONDS) - 1)])
            self.in_a_row += 1
            return None
        self.in_a_row = 0
        if reply.status_code >= 400 and reply.status_code != 409:
            self.outcome.refused.append(f"{method} {reply.status_code} {reply.text[:120]}")
        return reply


def same_at_the_server(upload_id: str, data: bytes) -> bool:
    """The row's sha256 and that of the file on disk; then it is removed, so that a thousand fit."""
    from django.db import connection

    from siji.uploads import files
    from siji.uploads.actions import terminate
    from siji.uploads.models import Upload

    upload = Upload.objects.get(pk=UUID(upload_id))
    right = hashlib.sha256(data).hexdigest()
    is_same = right == upload.sha256 == files.sha256_of(upload.pk)
    terminate(upload=upload)
    connection.close()
    return is_same


def sizes(count: int, dice: random.Random) -> Iterator[int]:
    yield from (50 * MB, 10 * KB)[:count]
    for _ in range(count - 2):
        ((_, least, most),) = dice.choices(SIZES, [weight for weight, _, _ in SIZES])
        yield int(math.exp(dice.uniform(math.log(least), math.log(most))))


def people(count: int) -> list[dict[str, str]]:
    """The cookies of signed-in teachers."""
    import django

    django.setup()
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections
    from django.test import Client as Browser
    from django.utils.crypto import get_random_string

    call_command("migrate", verbosity=0)
    from siji.accounts.models import Role, User

    made = []
    for _ in range(count):
        browser = Browser()
        browser.force_login(User.objects.create(username=f"send-{get_random_string(8)}", name="send", role=Role.TEACHER))
        session = browser.cookies[settings.SESSION_COOKIE_NAME].value
        made.append({settings.SESSION_COOKIE_NAME: session, "csrftoken": get_random_string(32)})
    connections.close_all()
    return made


def send_all(api: Api, senders: list[Sender], kills: int, dice: random.Random) -> None:
    threads = [threading.Thread(target=sender.run) for sender in senders]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        time.sleep(dice.uniform(0.5, 3.0))
        if api.kills < kills:
            api.kill()
            time.sleep(dice.uniform(0.0, 0.5))
            api.start()
            api.wait()
    for thread in threads:
        thread.join()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--uploads", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--clients", type=int, default=6)
    parser.add_argument("--patience", type=float, default=600.0)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**31))
    chosen = parser.parse_args()
    dice = random.Random(chosen.seed)
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"SIJI_HOME": home, "RATE_PER_USER": "0"}  # few people send as fast as they can
        report = measure(chosen, dice)
    text = json.dumps(report, ensure_ascii=False) + "\n"
    sys.stdout.write(text)
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "uploads.json").write_text(text)
    raise SystemExit(0 if report["success_percent"] >= 99 and report["different"] == 0 else 1)


def measure(chosen: argparse.Namespace, dice: random.Random) -> dict[str, object]:
    cookies = people(chosen.clients)
    todo: queue.SimpleQueue[int] = queue.SimpleQueue()
    for size in sizes(chosen.uploads, dice):
        todo.put(size)
    api = Api("siji.wsgi:application")
    api.start()
    api.wait()
    network = BadNetwork(api.port, share=SHARE, largest_cut=LARGEST_CUT, longest_delay=LONGEST_DELAY, seed=chosen.seed)
    senders = [Sender(network.port, cookie, todo, chosen.patience, chosen.seed + n) for n, cookie in enumerate(cookies)]
    began = time.monotonic()
    try:
        send_all(api, senders, chosen.kills, dice)
    finally:
        network.close()
        api.stop()
    outcomes = [outcome for sender in senders for outcome in sender.outcomes]
    return {**summary(outcomes), **disturbed(network), "kills": api.kills} | {
        "clients": len(senders),
        "seconds": round(time.monotonic() - began, 1),
        "seed": chosen.seed,
    }


def disturbed(network: BadNetwork) -> dict[str, int]:
    return {"connections": network.connections, "cut": network.cuts, "delayed": network.delays}


def summary(outcomes: list[Outcome]) -> dict[str, object]:
    whole = [outcome for outcome in outcomes if outcome.is_whole]
    total, sent = sum(outcome.size for outcome in outcomes), sum(outcome.sent for outcome in outcomes)
    return {
        "uploads": len(outcomes),
        "success_percent": round(100 * len(whole) / max(len(outcomes), 1), 2),
        "different": sum(not outcome.is_same for outcome in whole),
        "megabytes": round(total / MB, 1),
        "sent_again_percent_at_most": round(100 * (sent - total) / max(total, 1), 2),
        "requests_that_failed": sum(outcome.failures for outcome in outcomes),
        "uploads_disturbed": sum(outcome.failures > 0 for outcome in outcomes),
        "slowest_seconds": round(max((outcome.seconds for outcome in outcomes), default=0.0), 1),
        "refused": sorted({text for outcome in outcomes for text in outcome.refused})[:5],
    }


if __name__ == "__main__":
    main()
