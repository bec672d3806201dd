"""The cost of a sign-in, and whether 500 of them in a minute leave an exam alone. Run inside ``siji with-services``.

Two figures: one argon2 hash and one sign-in without a network; then the API process as ``make run`` starts it, one student
who saves an answer every 200 ms, first alone, then while 500 others sign in evenly over a minute, then while a whole room of 60
presses the button within a second. Whoever is told 503 tries again after its Retry-After, as the page asks them to.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import httpx2
from alone import ROOT, machine, prepare, start_api

from siji.embedded.parts import API_THREADS

TRIES = 10
SAVE_EVERY = 0.2


@dataclass
class Rush:
    """What those who signed in saw, in milliseconds from the first press to being in."""

    waits: list[float] = field(default_factory=list)
    busy: int = 0
    failed: int = 0

    def report(self) -> dict[str, Any]:
        return {"signed_in": len(self.waits), "told_503": self.busy, "failed": self.failed, **spread(self.waits)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--room", type=int, default=60)
    chosen = parser.parse_args()
    school = prepare(chosen.people + chosen.room + 1)
    figures: dict[str, Any] = {"hash_ms": hash_milliseconds(), "machine": machine()}
    api, base = start_api(threads=API_THREADS)
    try:
        figures |= asyncio.run(rushes(base, school, chosen))
    finally:
        api.terminate()
        api.wait(timeout=15)
    out = ROOT / "build" / "sign_in.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    sys.stdout.write(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    if figures["minute"]["failed"] or figures["room"]["failed"]:
        raise SystemExit("somebody could not sign in")


def hash_milliseconds(times: int = 20) -> float:
    from django.contrib.auth.hashers import check_password, make_password

    hashed = make_password("Bench-password-4")
    began = time.perf_counter()
    for _ in range(times):
        check_password("Bench-password-4", hashed)
    return round((time.perf_counter() - began) * 1000 / times, 1)


async def rushes(base: str, school: dict[str, Any], chosen: argparse.Namespace) -> dict[str, Any]:
    everybody = list(school["students"])
    writer, crowd, room = everybody[0], everybody[1 : chosen.people + 1], everybody[chosen.people + 1 :]
    figures: dict[str, Any] = {}
    for name, people, seconds in (("alone", [], 10.0), ("minute", crowd, chosen.seconds), ("room", room, 1.0)):
        saves: list[float] = []
        stop = asyncio.Event()
        writing = asyncio.create_task(write(base, school, writer, saves, stop))
        rush = Rush()
        await asyncio.gather(asyncio.sleep(seconds), *(arrive(base, school, who, n * seconds / len(people), rush)
                             for n, who in enumerate(people)))  # fmt: skip
        stop.set()
        await writing
        figures[name] = (rush.report() if people else {}) | {"exam_saves": len(saves), "exam_save": spread(saves)}
    return figures


async def arrive(base: str, school: dict[str, Any], who: str, after: float, rush: Rush) -> None:
    await asyncio.sleep(after)
    began = time.perf_counter()
    async with httpx2.AsyncClient(base_url=f"{base}/api/v1", timeout=30) as browser:
        for _ in range(TRIES):
            reply = await browser.post("/session", json={"username": who, "password": school["password"]})
            if reply.status_code == 200:
                rush.waits.append((time.perf_counter() - began) * 1000)
                return
            if reply.status_code != 503:
                break
            rush.busy += 1
            await asyncio.sleep(float(reply.headers["Retry-After"]))
    rush.failed += 1


async def write(base: str, school: dict[str, Any], who: str, saves: list[float], stop: asyncio.Event) -> None:
    """One student in the exam, from their own device."""
    async with httpx2.AsyncClient(base_url=f"{base}/api/v1", timeout=30) as browser:
        me = await browser.post("/session", json={"username": who, "password": school["password"]})
        browser.headers["X-CSRFToken"] = me.json()["csrf_token"]
        begin = {"paper": school["paper"], "mode": "exam", "assignment": school["assignment"]}
        attempt = (await browser.post("/attempts", json=begin)).json()["id"]
        seq = time.time_ns() // 1_000_000
        while not stop.is_set():
            seq, began = seq + 1, time.perf_counter()
            answer = {"item": "W", "seq": seq, "value": f"An essay of {seq}"}
            reply = await browser.put(f"/attempts/{attempt}/answers", json={"answers": [answer]})
            reply.raise_for_status()
            saves.append((time.perf_counter() - began) * 1000)
            await asyncio.sleep(SAVE_EVERY)


def spread(times: list[float]) -> dict[str, float]:
    if not times:
        return {}
    ordered = sorted(times)
    at = {name: ordered[min(len(ordered) - 1, int(len(ordered) * share))] for name, share in (("p50_ms", 0.5), ("p95_ms", 0.95))}
    return {
        "mean_ms": round(statistics.mean(times), 1),
        **{k: round(v, 1) for k, v in at.items()},
        "max_ms": round(ordered[-1], 1),
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")
    os.environ.setdefault("LOG_LEVEL", "WARNING")  # the generator's client would write a line for each request
    main()
