"""One school at work, over HTTP: real sessions, CSRF, checked answers, think time between 1 and 3 s.

Nine of ten people are students in an exam of the same course: they save what they write, follow the clock and look around; the
tenth is a teacher. A response counts as an error unless it has the status that the action expects.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx2
import psutil

THINK_SECONDS = (1.0, 3.0)
WORDS = ("students", "write", "about", "what", "they", "learn", "and", "why", "it", "matters", "to", "them", "every", "day")


@dataclass
class Tally:
    """What was measured: (action, milliseconds) for each response, and each error as action → text → times."""

    times: list[tuple[str, float]] = field(default_factory=list)
    errors: dict[str, int] = field(default_factory=dict)
    is_counting: bool = False

    def note(self, action: str, milliseconds: float, error: str) -> None:
        if not self.is_counting:
            return
        self.times.append((action, milliseconds))
        if error:
            key = f"{action}: {error}"
            self.errors[key] = self.errors.get(key, 0) + 1


class Somebody:
    """One signed-in person with a connection of their own."""

    def __init__(self, base: str, tally: Tally, seed: int) -> None:
        self.client = httpx2.AsyncClient(base_url=f"{base}/api/v1", timeout=30)
        self.tally, self.random = tally, random.Random(seed)

    async def sign_in(self, username: str, password: str) -> None:
        """Who finds the line of password checks full comes back as told, like a person at the page."""
        for _ in range(60):
            body = await self.call("sign in", "POST", "/session", {"username": username, "password": password})
            if body is not None:
                self.client.headers["X-CSRFToken"] = body["csrf_token"]
                return
            await asyncio.sleep(self.random.uniform(0.5, 2))
        raise RuntimeError(f"{username} cannot sign in")

    async def call(self, action: str, method: str, path: str, body: Any = None) -> Any:
        began = time.perf_counter()
        try:
            reply = await self.client.request(method, path, json=body)
            error = "" if reply.status_code in (200, 201) else f"status {reply.status_code}"
        except httpx2.HTTPError as fault:
            reply, error = None, type(fault).__name__
        self.tally.note(action, (time.perf_counter() - began) * 1000, error)
        return reply.json() if reply is not None and not error else None

    async def live(self, actions: list[tuple[int, Callable[[], Awaitable[Any]]]], until: float) -> None:
        weights = [weight for weight, _ in actions]
        await asyncio.sleep(self.random.uniform(0, THINK_SECONDS[1]))
        while time.monotonic() < until:
            (_, action) = self.random.choices(actions, weights)[0]
            await action()
            await asyncio.sleep(self.random.uniform(*THINK_SECONDS))
        await self.client.aclose()


class Student(Somebody):
    async def begin(self, school: dict[str, Any]) -> list[tuple[int, Callable[[], Awaitable[Any]]]]:
        self.course, self.seq, self.text = school["course"], 0, ""
        attempt = await self.call(
            "start", "POST", "/attempts", {"paper": school["paper"], "mode": "exam", "assignment": school["assignment"]}
        )
        if attempt is None:
            raise RuntimeError("an attempt could not be started")
        self.attempt = attempt["id"]
        return [
            (40, self.save),
            (20, lambda: self.call("clock", "GET", f"/attempts/{self.attempt}/clock")),
            (10, lambda: self.call("attempt", "GET", f"/attempts/{self.attempt}")),
            (10, lambda: self.call("courses", "GET", "/courses")),
            (10, lambda: self.call("course", "GET", f"/courses/{self.course}")),
            (5, lambda: self.call("papers", "GET", "/papers")),
            (5, lambda: self.call("my attempts", "GET", "/attempts")),
        ]

    async def save(self) -> None:
        self.seq += 1
        self.text = f"{self.text} {self.random.choice(WORDS)}"[-1200:]
        body = {"answers": [{"item": "W", "seq": self.seq, "value": self.text}]}
        saved = await self.call("save", "PUT", f"/attempts/{self.attempt}/answers", body)
        if saved is not None and saved["acknowledged"][0]["status"] != "saved":
            self.tally.errors["save: not saved"] = self.tally.errors.get("save: not saved", 0) + 1


class Teacher(Somebody):
    async def begin(self, school: dict[str, Any]) -> list[tuple[int, Callable[[], Awaitable[Any]]]]:
        course = school["course"]
        return [
            (30, lambda: self.call("courses", "GET", "/courses")),
            (20, lambda: self.call("course", "GET", f"/courses/{course}")),
            (20, lambda: self.call("results", "GET", f"/courses/{course}/results")),
            (20, lambda: self.call("desk", "GET", "/scripts")),
            (10, lambda: self.call("students", "GET", f"/courses/{course}/students")),
        ]


async def school_day(base: str, school: dict[str, Any], *, users: int, seconds: float) -> dict[str, Any]:
    """Everybody signs in and begins (warm-up, not counted), then works for ``seconds``."""
    tally = Tally()
    teachers = max(1, users // 10)
    people: list[Somebody] = [Teacher(base, tally, n) for n in range(teachers)]
    people += [Student(base, tally, n) for n in range(teachers, users)]
    gate = asyncio.Semaphore(8)

    async def arrive(place: int, somebody: Somebody) -> list[tuple[int, Callable[[], Awaitable[Any]]]]:
        async with gate:
            name = school["teacher"] if isinstance(somebody, Teacher) else school["students"][place - teachers]
            await somebody.sign_in(name, school["password"])
            return await somebody.begin(school)  # type: ignore[attr-defined]  # every kind of person has it

    began = time.monotonic()
    plans = await asyncio.gather(*(arrive(place, somebody) for place, somebody in enumerate(people)))
    arrival = time.monotonic() - began
    own = psutil.Process()
    warm, until = time.monotonic() + 5, time.monotonic() + 5 + seconds
    days = [asyncio.create_task(somebody.live(plan, until)) for somebody, plan in zip(people, plans, strict=True)]
    await asyncio.sleep(warm - time.monotonic())
    tally.is_counting = True
    own.cpu_percent()
    await asyncio.gather(*days)
    return {
        "users": users,
        "seconds": seconds,
        "think_seconds": THINK_SECONDS,
        "arrival_seconds": round(arrival, 1),
        "generator_cpu_percent": own.cpu_percent(),
        "times": tally.times,
        "errors": tally.errors,
    }


if __name__ == "__main__":
    order = json.load(sys.stdin)
    json.dump(asyncio.run(school_day(**order)), sys.stdout)
