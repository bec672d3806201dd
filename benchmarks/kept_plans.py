"""What it saves that PostgreSQL keeps the plans of the queries of ``storage/prepared.py``: milliseconds of processor, both ways.

``bin/siji with-services -- .venv/bin/python benchmarks/kept_plans.py``: a database of its own with one closed attempt of a whole
paper. Each request goes through the whole application in this process, in blocks of both ways in turn; ``server`` is what the
one PostgreSQL process that answers them used. A line of JSON for each, the last with the memory of that process.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "benchmarks")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")
os.environ["RATE_PER_USER"] = "1000000"

import django  # noqa: E402

django.setup()

import psutil  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from own_database import own_database  # noqa: E402

BLOCKS, ROUNDS = 10, 40
READ = ("clock", "report", "marking")
Cost = tuple[float, float, float]
"""Milliseconds of a request: passed, of this process's processor, of the server's."""


def main() -> None:
    with own_database():
        measure()


def measure() -> None:
    from school import make_school

    from siji.accounts.models import User

    school = make_school(settings.SIJI_CONTENT, students=1)
    browser = Client()
    browser.force_login(User.objects.get(username=school["students"][0]))
    begin = {"paper": school["paper"], "mode": "exam", "assignment": school["assignment"]}
    attempt = browser.post("/api/v1/attempts", begin, content_type="application/json").json()["id"]
    numbers = iter(range(1, 10**6))

    def save() -> Any:
        answers = [{"item": "W", "seq": next(numbers), "value": "I should like to tell your readers about our library."}]
        return browser.put(f"/api/v1/attempts/{attempt}/answers", {"answers": answers}, content_type="application/json")

    compare("PUT answers", save)
    compare("GET clock", lambda: browser.get(f"/api/v1/attempts/{attempt}/clock"))
    assert browser.post(f"/api/v1/attempts/{attempt}/submission").status_code == 200
    for what in ("report", "marking"):
        compare(f"GET {what}", lambda what=what: browser.get(f"/api/v1/attempts/{attempt}/{what}"))  # type: ignore[misc]
    everything = [save, *(lambda what=what: browser.get(f"/api/v1/attempts/{attempt}/{what}") for what in READ)]  # type: ignore[misc]
    with planning_anew():
        anew = memory(everything)
    print(json.dumps({"server_mib": {"anew": anew, "kept": memory(everything)}}), flush=True)


def memory(asks: list[Callable[[], Any]]) -> float:
    """MiB of its own that the server's process has after a new connection has asked all of it ten times."""
    connection.close()
    for ask in asks * 10:
        assert ask().status_code == 200
    return round(server().memory_full_info().uss / 2**20, 1)


def compare(name: str, ask: Callable[[], Any]) -> None:
    blocks: dict[str, list[Cost]] = {"anew": [], "kept": []}
    for _ in range(BLOCKS):
        for way, costs in blocks.items():
            with planning_anew() if way == "anew" else nullcontext():
                costs.append(block(ask))
    medians = {way: [round(statistics.median(each), 2) for each in zip(*costs, strict=True)] for way, costs in blocks.items()}
    ratios = [round(kept / anew, 2) if anew else None for kept, anew in zip(medians["kept"], medians["anew"], strict=True)]
    names = ("passed", "own", "server")
    told = {way: dict(zip(names, costs, strict=True)) for way, costs in medians.items()}
    print(json.dumps({"request": name, **told, "ratio": dict(zip(names, ratios, strict=True))}), flush=True)


def block(ask: Callable[[], Any]) -> Cost:
    for _ in range(8):  # the general plan is made after five
        assert ask().status_code == 200
    asked = server()
    before, own, began = sum(asked.cpu_times()[:2]), time.process_time(), time.perf_counter()
    for _ in range(ROUNDS):
        ask()
    passed, used = time.perf_counter() - began, time.process_time() - own
    return 1000 * passed / ROUNDS, 1000 * used / ROUNDS, 1000 * (sum(asked.cpu_times()[:2]) - before) / ROUNDS


def server() -> psutil.Process:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return psutil.Process(cursor.fetchone()[0])


@contextmanager
def planning_anew() -> Iterator[None]:
    """As Django asks."""
    from siji.storage.postgres.base import DatabaseWrapper

    with patch.object(DatabaseWrapper, "keeping_plans", lambda _: nullcontext()):
        yield


if __name__ == "__main__":
    main()
