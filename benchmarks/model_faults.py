"""What the model gateway does when the model goes wrong, and how many connections it takes. Run inside ``siji with-services``.

``--faults``: every fault of the stand-in × so many scripts, each fault in half of the calls by chance. Reported for each: marks
that the model gave, **marks that it did not give (must be 0)**, failures by their ending, calls a script, what was spent, what
the endpoint would bill (never above what was spent) and the cap (never passed).

``--connections``: so many calls from Celery tasks on a pool of threads; the connections are counted at the far end and must not
be more than the limit of one process. ``--client-per-task`` is the negative control: then they must be more.

Prints one JSON object; exit code 1 where a promise is broken.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "benchmarks")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")
RULE = {
    "when": "script id:",
    "reply": {"content": '{"id": "$1", "mark": $2}', "copy": r"script id: (\S+)[\s\S]*?true mark: (\d+)"},
}
LIMIT = 20
SECONDS = 3.0
PRICES = {"price_miss": 2_000_000, "price_hit": 40_000, "price_output": 8_000_000}


@contextmanager
def endpoint(first_token: float) -> Iterator[tuple[str, httpx2.Client]]:
    """The stand-in as a process of its own: its address, and the way to tell it what to do."""
    command = [sys.executable, "-m", "model_server", "--first-token", str(first_token), "--rate", "2000"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT / "backend") as process:
        if process.stdout is None:
            raise SystemExit("the stand-in has no output")
        url = process.stdout.readline().strip()
        try:
            with httpx2.Client(base_url=url.removesuffix("/v1"), timeout=10) as control:
                yield url, control
        finally:
            process.terminate()


def prepare(url: str, **changes: Any) -> None:
    from django.conf import settings
    from django.core.management import call_command

    settings.MODEL_ENDPOINTS = (url,)
    call_command("migrate", verbosity=0)
    from siji.ai.models import ModelSettings

    ModelSettings.objects.create(
        is_on=True,
        endpoint=url,
        model="deepseek-flash",
        calls_at_once=64,
        calls_per_minute=1_000_000,
        connections=LIMIT,
        breaker_failures=1000,
        day_budget=10**12,
        **PRICES,
        **changes,
    )


FIRST_PAYER = 1001
"""One for each fault, and none of them who paid for the connections: each has a day's budget of its own."""


def faults(scripts: int, threads: int) -> dict[str, Any]:
    from model_server.faults import FAULTS

    with endpoint(0.0) as (url, control):
        prepare(url, user_day_budget=cap_of(scripts))
        payers = dict(zip(FAULTS, range(FIRST_PAYER, FIRST_PAYER + len(FAULTS)), strict=True))
        rows = {name: one_fault(control, name, payer, scripts, threads) for name, payer in payers.items()}
    return {
        "scripts": scripts * len(rows),
        "invented": sum(row["invented"] for row in rows.values()),
        "over_cap": sum(row["spent"] > row["cap"] for row in rows.values()),
        "under_billed": sum(row["spent"] < row["billed"] for row in rows.values()),
        "faults": rows,
    }


def cap_of(scripts: int) -> int:
    """For each script once at its dearest: retries that may be billed and repairs are what it does not foresee."""
    from siji.ai.prices import Prices, most

    texts = [message.content for message in question_of("S100", 15).messages]
    return scripts * most(texts, 60, Prices(PRICES["price_miss"], PRICES["price_hit"], PRICES["price_output"]))


def question_of(script_id: str, mark: int) -> Any:
    from siji.ai.tests.acting import tiny

    return tiny(script_id, f"true mark: {mark}\nMy hometown is beautiful and I miss it.")


def one_fault(control: httpx2.Client, name: str, payer: int, scripts: int, threads: int) -> dict[str, Any]:
    control.request("DELETE", "/_control")
    control.post("/_control", json={"rules": [RULE], "shares": {name: 0.5}}).raise_for_status()
    began = time.monotonic()
    with ThreadPoolExecutor(threads) as pool:
        endings = Counter(pool.map(lambda number: one_script(number, payer), range(scripts)))
    told = control.get("/_control").json()
    from siji.ai.models import DayBudget

    budget = DayBudget.objects.get(scope="user", payer=payer)
    miss = told["prompt_tokens"] - told["hit_tokens"]
    bill = miss * 2_000_000 + told["hit_tokens"] * 40_000 + told["completion_tokens"] * 8_000_000
    return {
        "marked": endings.pop("marked", 0),
        "invented": endings.pop("invented", 0),
        "failed": dict(endings),
        "calls_per_script": round(told["calls"] / scripts, 2),
        "spent": budget.spent,
        "still_reserved": budget.reserved,
        "billed": bill // 1_000_000,
        "cap": cap_of(scripts),
        "seconds": round(time.monotonic() - began, 1),
    }


def one_script(number: int, payer: int) -> str:
    from django.db import connection

    from siji.ai.budgets import Payer
    from siji.ai.gateway import Purpose, ask
    from siji.ai.tests.acting import Mark
    from siji.ai.words import ModelFailed

    script_id, mark = f"S{number}", number * 7 % 16

    def is_ours(found: Mark) -> None:
        if found.id != script_id:
            raise ValueError("another script's id")

    purpose = Purpose("bench.mark", max_tokens=60, seconds=SECONDS)
    try:
        answer = ask(purpose, question_of(script_id, mark), Mark, Payer(user=payer), check=is_ours)
    except ModelFailed as failed:
        return str(failed.outcome)
    finally:
        connection.close()
    return "marked" if answer.value == Mark(id=script_id, mark=mark) else "invented"


def connections(calls: int, threads: int, *, is_naive: bool) -> dict[str, Any]:
    with endpoint(0.1) as (url, control):
        prepare(url)
        rule = {"when": "script id:", "reply": {"content": '{"id": "$1", "mark": 7}', "copy": r"script id: (S\d+)"}}
        control.post("/_control", json={"rules": [rule]}).raise_for_status()
        worker = start_worker(url, threads, is_naive=is_naive)
        try:
            began = time.monotonic()
            from siji.celery import app

            for number in range(calls):
                app.send_task("bench.ask", args=[number])
            told = wait_for(control, calls, worker)
            seconds = time.monotonic() - began
        finally:
            worker.terminate()
            worker.wait(30)
    from siji.ai.models import ModelCall

    return {
        "calls": told["calls"],
        "connections": told["connections"],
        "open_at_once": told["most_open"],
        "limit": LIMIT,
        "most_at_once": told["most_at_once"],
        "succeeded": ModelCall.objects.filter(state="succeeded").count(),
        "threads": threads,
        "seconds": round(seconds, 1),
        "is_negative_control": is_naive,
    }


def start_worker(url: str, threads: int, *, is_naive: bool) -> subprocess.Popen[bytes]:
    path = os.pathsep.join([str(ROOT / "backend"), str(ROOT / "benchmarks")])
    env = {**os.environ, "PYTHONPATH": path, "MODEL_ENDPOINTS": url, "CLIENT_PER_TASK": "1" if is_naive else ""}
    command = [sys.executable, "-m", "celery", "-A", "model_tasks", "worker", "-P", "threads", "-c", str(threads)]
    return subprocess.Popen([*command, "--without-gossip", "--without-mingle", "-l", "ERROR"], cwd=ROOT / "backend", env=env)


def wait_for(control: httpx2.Client, calls: int, worker: subprocess.Popen[bytes]) -> dict[str, Any]:
    until = time.monotonic() + 300
    while True:
        told: dict[str, Any] = control.get("/_control").json()
        if told["calls"] >= calls and told["at_once"] == 0:
            time.sleep(1)
            return told
        if time.monotonic() > until or worker.poll() is not None:
            raise SystemExit(f"only {told['calls']} of {calls} calls within 300 s")
        time.sleep(0.2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--connections", action="store_true")
    parser.add_argument("--client-per-task", action="store_true", help="the negative control of --connections")
    parser.add_argument("--scripts", type=int, default=100)
    parser.add_argument("--calls", type=int, default=1000)
    parser.add_argument("--threads", type=int, default=32)
    chosen = parser.parse_args()
    import django

    django.setup()
    logging.getLogger("siji.ai").setLevel(logging.ERROR)
    report: dict[str, Any] = {}
    is_kept = True
    if chosen.connections or chosen.client_per_task:
        told = report["connections"] = connections(chosen.calls, chosen.threads, is_naive=chosen.client_per_task)
        is_kept = (told["connections"] <= LIMIT) != chosen.client_per_task
        is_kept = is_kept and (chosen.client_per_task or told["succeeded"] == chosen.calls)
    if chosen.faults:
        found = report["faults"] = faults(chosen.scripts, chosen.threads)
        is_kept = is_kept and not found["invented"] and not found["over_cap"] and not found["under_billed"]
    sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    raise SystemExit(0 if is_kept else 1)


if __name__ == "__main__":
    main()
