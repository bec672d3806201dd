"""The load, in a process of its own: one order a line on stdin, one result a line on stdout.

People stay signed in from step to step. A step of the day begins with its exams: examinees take their seats while nothing is
counted, the teachers open the rooms at the moment where counting begins.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Iterable
from typing import Any

import psutil
import uvloop

from measure.client import Browser
from measure.figures import percentile
from measure.people import Somebody, Student, Tally, Teacher

ARRIVING_AT_ONCE = 8
LAG_EVERY = 0.05


class School:
    def __init__(self, school: dict[str, Any]) -> None:
        self.school, self.tally = school, Tally()
        self.people: list[Somebody] = []
        self.by_name: dict[str, Teacher] = {}

    async def step(self, order: dict[str, Any]) -> dict[str, Any]:
        door = order["host"], int(order["port"])
        arrival = await self._arrive(order["users"], (order["home_host"], int(order["home_port"])))
        here = self.people[: order["users"]]
        for somebody in here:
            somebody.door = door
        is_day = order["mix"] == "day"
        if is_day:
            await _few_at_a_time(self._take_seat(somebody, order["round"]) for somebody in here if isinstance(somebody, Student))
        own, lags = psutil.Process(), list[float]()
        counting = time.monotonic() + order["warm"]
        until = counting + order["seconds"]
        watching = asyncio.create_task(_lag(lags, until))
        first = [somebody.open_attempt if is_day and _sits(somebody) else None for somebody in here]
        early = [
            asyncio.create_task(somebody.live(somebody.day() if is_day else somebody.pair_day(), until))  # type: ignore[attr-defined]
            for somebody in here
            if not (is_day and _sits(somebody))
        ]
        await asyncio.sleep(counting - time.monotonic())
        print(json.dumps({"event": "counting"}), flush=True)
        self.tally.is_counting = True
        began, spent = time.monotonic(), sum(own.cpu_times()[:2])
        if is_day:
            await self._open_rooms(here, order["round"])
        sitting = [
            asyncio.create_task(somebody.live(somebody.day(), until, opening))  # type: ignore[attr-defined]
            for somebody, opening in zip(here, first, strict=True)
            if opening is not None
        ]
        await asyncio.sleep(until - time.monotonic())
        elapsed, used = time.monotonic() - began, sum(own.cpu_times()[:2]) - spent
        print(json.dumps({"event": "counted"}), flush=True)
        await asyncio.gather(*early, *sitting, watching)
        times, errors = dict(self.tally.times), dict(self.tally.errors)
        self.tally.times.clear()
        self.tally.errors.clear()
        self.tally.is_counting = False
        return {
            "times": times,
            "errors": errors,
            "seconds": round(elapsed, 2),
            "arrival_seconds": arrival,
            "generator_cpu_percent": round(used / elapsed * 100, 1),
            "generator_lag_p95_ms": round(percentile(lags, 95), 2),
        }

    async def _arrive(self, users: int, door: tuple[str, int]) -> float:
        """Who is not here yet signs in. Only then: two people of one name share no browser, but share their lock-out."""
        began = time.monotonic()
        new = []
        for seed, card in list(enumerate(self.school["people"]))[len(self.people) : users]:
            kind = Teacher if card["role"] == "teaching" else Student
            new.append(kind(card, self.school, self.tally, door, seed))
        self.people += new
        await _few_at_a_time(somebody.sign_in() for somebody in new)
        self.by_name = {one.card["username"]: one for one in self.people if isinstance(one, Teacher)}
        return round(time.monotonic() - began, 1)

    async def _take_seat(self, student: Student, number: int) -> None:
        if not _sits(student):
            if student.sheet is None:
                body = {"paper": student.card["paper"], "mode": "practice", "sections": ["reading-c"]}
                await student.begin(body, student.card["slots"], {"practising"})
            return
        room = self.school["rooms"][student.card["room"]]
        body = {"paper": room["paper"], "mode": "exam", "assignment": room["exams"][number]}
        slots = ["W"] if student.card["role"] == "written" else [str(n) for n in range(1, 8)]
        await student.begin(body, slots, {"created", "writing", "listening"})

    async def _open_rooms(self, here: list[Somebody], number: int) -> None:
        """By each room's own teacher, who signs in for it where they are not here yet."""
        wanted = {somebody.card["room"] for somebody in here if _sits(somebody)}
        for place in sorted(wanted):
            room = self.school["rooms"][place]
            known = self.by_name.get(room["teacher"])
            card = {"username": room["teacher"], "role": "teaching", "id": room["teacher_id"], "name": "", "courses": []}
            teacher = Teacher(card, self.school, self.tally, here[0].door, place)
            if known is None:
                await teacher.sign_in()
            else:  # in another tab, since the first may be waiting for an answer
                teacher.browser = Browser(dict(known.browser.cookies), known.browser.csrf)
            exam = room["exams"][number]
            found = await teacher.ask("open room", "POST", f"/assignments/{exam}/room-start")
            if found is None:
                raise SystemExit(f"the room of exam {exam} did not open: {dict(self.tally.errors)}")
            teacher.browser.leave_all()

    async def look(self, order: dict[str, Any]) -> dict[str, Any]:
        """The same questions at several doors, one after another by one person: the bodies as they came, and their times."""
        door = order["host"], int(order["port"])
        await self._arrive(order["users"], (order["home_host"], int(order["home_port"])))
        found = []
        for place, path in order["asks"]:
            somebody, times = self.people[place], list[float]()
            for _ in range(order.get("times", 1)):
                began = time.perf_counter()
                reply = await somebody.browser.ask(door, "GET", path)
                times.append((time.perf_counter() - began) * 1000)
            body = reply.json() if reply.headers.get("content-type", "").startswith("application/json") else None
            found.append({"path": path, "status": reply.status, "times": times, "body": body})
        return {"found": found}


def _sits(somebody: Somebody) -> bool:
    return somebody.card["role"] in ("written", "heard")


async def _few_at_a_time(work: Iterable[Awaitable[None]]) -> None:
    gate = asyncio.Semaphore(ARRIVING_AT_ONCE)

    async def one(task: Awaitable[None]) -> None:
        async with gate:
            await task

    await asyncio.gather(*(one(task) for task in work))


async def _lag(lags: list[float], until: float) -> None:
    """How late this process wakes: what it adds to every time it measures."""
    while time.monotonic() < until:
        began = time.perf_counter()
        await asyncio.sleep(LAG_EVERY)
        lags.append((time.perf_counter() - began - LAG_EVERY) * 1000)


async def main() -> None:
    loop, school = asyncio.get_running_loop(), None
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        order = json.loads(line)
        if order["do"] == "school":
            school = School(order["school"])
            print(json.dumps({"people": len(school.school["people"])}), flush=True)
            continue
        assert school is not None
        print(json.dumps(await (school.step(order) if order["do"] == "step" else school.look(order))), flush=True)


if __name__ == "__main__":
    uvloop.run(main())
