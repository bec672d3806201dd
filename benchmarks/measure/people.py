"""What people do on a school day, and what each of them checks in every answer.

Every action names the status it expects, the shape it reads and whose data it must be; anything else is an error of that action.
Somebody thinks for 1–3 s between two actions.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from measure.client import Broken, Browser, Reply

THINK_SECONDS = (1.0, 3.0)
HEARD_SECONDS = 4
WORDS = ("students", "write", "about", "what", "they", "learn", "and", "why", "it", "matters", "to", "them", "every", "day")
SOUGHT = ("大学英语", "听力", "写作", "外国语学院", "真题讲评", "reading", "energy", "translation", "the library", "climat")
Door = tuple[str, int]
Action = Callable[[], Awaitable[Any]]


class Wrong(Exception):
    """The answer is not what this person may expect."""


def expect(condition: bool, what: str) -> None:
    if not condition:
        raise Wrong(what)


@dataclass
class Tally:
    """Milliseconds by action, errors by ``action: what``; counted while ``is_counting``."""

    times: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: Counter[str] = field(default_factory=Counter)
    is_counting: bool = False

    def note(self, action: str, milliseconds: float, error: str) -> None:
        if self.is_counting:
            self.times[action].append(milliseconds)
            if error:
                self.errors[f"{action}: {error}"] += 1


class Somebody:
    """``card``: what ``school`` said of this person."""

    def __init__(self, card: Mapping[str, Any], school: Mapping[str, Any], tally: Tally, door: Door, seed: int) -> None:
        self.card, self.school, self.tally, self.door = card, school, tally, door
        self.browser, self.random = Browser(), random.Random(seed)
        self.courses: list[int] = list(card["courses"])

    async def ask(
        self,
        action: str,
        method: str,
        path: str,
        body: Any = None,
        *,
        status: int | tuple[int, ...] = 200,
        check: Callable[[Any], None] | None = None,
        headers: dict[str, str] | None = None,
        read: Callable[[Reply], Any] = Reply.json,
    ) -> Any:
        """What was read, or None after an error, which is noted and never raised: a person goes on with the day."""
        began = time.perf_counter()
        try:
            reply = await self.browser.ask(self.door, method, f"/api/v1{path}", body, headers)
        except Broken as broken:
            self.tally.note(action, (time.perf_counter() - began) * 1000, str(broken))
            return None
        taken = (time.perf_counter() - began) * 1000
        try:
            expect(reply.status in (status if isinstance(status, tuple) else (status,)), f"status {reply.status}")
            found = read(reply)
            if check is not None:
                check(found)
        except (Wrong, KeyError, IndexError, TypeError, ValueError) as error:
            self.tally.note(action, taken, f"{type(error).__name__} {error}" if not isinstance(error, Wrong) else str(error))
            return None
        self.tally.note(action, taken, "")
        return found

    async def sign_in(self) -> None:
        """Who finds the line of password checks full comes back as told, like a person at the page."""

        def is_me(body: Any) -> None:
            expect(body["id"] == self.card["id"], "somebody else was signed in")

        body = {"username": self.card["username"], "password": self.card.get("password", self.school["password"])}
        for _ in range(60):
            found = await self.ask("sign in", "POST", "/session", body, check=is_me)
            if found is not None:
                self.browser.csrf = found["csrf_token"]
                return
            await asyncio.sleep(self.random.uniform(0.5, 2))
        raise RuntimeError(f"{self.card['username']} cannot sign in")

    async def live(self, actions: list[tuple[int, Action]], until: float, first: Action | None = None) -> None:
        weights = [weight for weight, _ in actions]
        await asyncio.sleep(self.random.uniform(0, THINK_SECONDS[1]))
        while time.monotonic() < until:
            if first is not None:
                action, first = first, None
            else:
                (_, action) = self.random.choices(actions, weights)[0]
            await action()
            await asyncio.sleep(self.random.uniform(*THINK_SECONDS))

    # What everybody does

    async def list_courses(self) -> None:
        def check(body: Any) -> None:
            expect(body["total_count"] == len(self.courses), f"{body['total_count']} courses, not {len(self.courses)}")
            expect({row["id"] for row in body["courses"]} <= set(self.courses), "somebody else's course")
            is_student = self.card["role"] != "teaching"
            for row in body["courses"]:
                expect((row["my_progress"] is not None) == is_student, "progress of another role")
                expect(is_student or row["teacher_name"] == self.card["name"], "somebody else's list")

        await self.ask("courses", "GET", "/courses", check=check)

    async def open_course(self) -> None:
        course = self.random.choice(self.courses)

        def check(body: Any) -> None:
            expect(body["id"] == course, "another course")
            expect((body["code"] is None) == (self.card["role"] != "teaching"), "a code for the wrong role")

        await self.ask("course", "GET", f"/courses/{course}", check=check)

    async def search(self) -> None:
        def check(body: Any) -> None:
            mine, is_teacher = set(self.courses), self.card["role"] == "teaching"
            expect({hit["id"] for hit in body["courses"]} <= mine, "found somebody else's course")
            expect(is_teacher or not body["items"], "items for a student")

        await self.ask("search", "GET", f"/search?q={quote(self.random.choice(SOUGHT))}", check=check)

    async def who_am_i(self) -> None:
        await self.ask("me", "GET", "/me", check=lambda body: expect(body["id"] == self.card["id"], "somebody else"))

    async def list_papers(self) -> None:
        await self.ask("papers", "GET", "/papers", check=lambda body: expect(len(body["items"]) > 0, "no papers"))

    async def look_ahead(self) -> None:
        def check(body: Any) -> None:
            expect({work["course"] for work in body["work"]} <= set(self.courses), "somebody else's work")

        await self.ask("agenda", "GET", "/me/assignments", check=check)

    async def read_notices(self) -> None:
        await self.ask("notices", "GET", "/me/notices", check=lambda body: expect("items" in body, "no notices"))


@dataclass
class Sheet:
    """An attempt as its student holds it."""

    attempt: str
    slots: list[str]
    seq: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    position_ms: float = 0
    asked_at: float = 0
    audio: Mapping[str, Any] | None = None


class Student(Somebody):
    sheet: Sheet | None = None

    async def begin(self, body: Mapping[str, Any], slots: list[str], states: set[str]) -> None:
        def check(found: Any) -> None:
            expect(found["paper"] == body["paper"] and found["state"] in states, f"an attempt in state {found['state']}")

        found = await self.ask("start", "POST", "/attempts", body, status=(200, 201), check=check)
        if found is not None:
            self.sheet = Sheet(found["id"], slots, max((answer["seq"] for answer in found["answers"]), default=0))

    async def save(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        sheet.seq += 1
        slot = self.random.choice(sheet.slots)
        text = f"{sheet.texts.get(slot, '')} {self.random.choice(WORDS)}"[-1200:] if slot == "W" else self.random.choice("ABCD")
        sheet.texts[slot] = text

        def check(body: Any) -> None:
            (one,) = body["acknowledged"]
            expect((one["item"], one["seq"], one["status"]) == (slot, sheet.seq, "saved"), f"acknowledged as {one['status']}")

        answers = [{"item": slot, "seq": sheet.seq, "value": text}]
        await self.ask("save", "PUT", f"/attempts/{sheet.attempt}/answers", {"answers": answers}, check=check)

    async def open_attempt(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return

        def check(body: Any) -> None:
            expect(body["id"] == sheet.attempt, "somebody else's attempt")
            kept = {answer["item"]: answer["value"] for answer in body["answers"]}
            expect(all(kept.get(slot) == text for slot, text in sheet.texts.items()), "an acknowledged answer is missing")

        found = await self.ask("attempt", "GET", f"/attempts/{sheet.attempt}", check=check)
        self._hear_of(found)

    async def look_at_clock(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        states = {"written": {"writing"}, "heard": {"listening"}}.get(self.card["role"], {"practising"})
        found = await self.ask(
            "clock",
            "GET",
            f"/attempts/{sheet.attempt}/clock",
            check=lambda body: expect(body["state"] in states, f"state {body['state']}"),
        )
        self._hear_of(found)

    def _hear_of(self, found: Any) -> None:
        if found is not None and self.sheet is not None and found["audio"]["state"] == "playing":
            self.sheet.audio = found["audio"]
            self.sheet.position_ms, self.sheet.asked_at = found["audio"]["position_ms"], time.monotonic()

    async def listen(self) -> None:
        """The next seconds of the track, by the server's position as last told."""
        sheet = self.sheet
        if sheet is None or sheet.audio is None:
            await self.look_at_clock()
            return
        rate = int(sheet.audio["bytes_per_second"])
        position = sheet.position_ms / 1000 + time.monotonic() - sheet.asked_at
        first = (int(position * rate) // 144 + 7) * 144
        last = min(first + HEARD_SECONDS * rate, int(sheet.audio["size_bytes"])) - 1

        def read(reply: Reply) -> int:
            expect(
                reply.headers.get("content-range", "").endswith(f"/{sheet.audio['size_bytes'] if sheet.audio else 0}"),
                "another track",
            )
            expect(0 < len(reply.body) <= last - first + 1, f"{len(reply.body)} bytes of {last - first + 1}")
            return len(reply.body)

        where = {"Range": f"bytes={first}-{last}"}
        await self.ask("listen", "GET", f"/attempts/{sheet.attempt}/audio", status=206, headers=where, read=read)

    async def list_attempts(self) -> None:
        sheet = self.sheet

        def check(body: Any) -> None:
            expect(sheet is None or sheet.attempt in {row["id"] for row in body["items"]}, "own attempt is missing")

        await self.ask("my attempts", "GET", "/attempts", check=check)

    async def see_progress(self) -> None:
        await self.ask(
            "progress", "GET", "/me/progress", check=lambda body: expect(0 <= body["total_progress"] <= 100, "no share")
        )

    def day(self) -> list[tuple[int, Action]]:
        if self.card["role"] == "written":
            return [(60, self.save), (25, self.look_at_clock), (10, self.open_attempt), (5, self.who_am_i)]
        if self.card["role"] == "heard":
            return [(45, self.listen), (35, self.save), (15, self.look_at_clock), (5, self.open_attempt)]
        reading: list[tuple[int, Action]] = [
            (20, self.list_courses),
            (20, self.open_course),
            (10, self.search),
            (8, self.list_papers),
        ]
        own: list[tuple[int, Action]] = [
            (12, self.look_ahead),
            (8, self.see_progress),
            (6, self.list_attempts),
            (5, self.read_notices),
        ]
        return [*reading, *own, (14, self.save), (4, self.open_attempt), (1, self.sign_in)]

    def pair_day(self) -> list[tuple[int, Action]]:
        return [(40, self.list_courses), (30, self.open_course), (15, self.see_progress)]


class Teacher(Somebody):
    pile: list[int]

    async def see_results(self) -> None:
        course = self.random.choice(self.courses)
        await self.ask(
            "results", "GET", f"/courses/{course}/results", check=lambda body: expect(body["course"] == course, "another course")
        )

    async def see_students(self) -> None:
        course = self.random.choice(self.courses)
        await self.ask(
            "students", "GET", f"/courses/{course}/students", check=lambda body: expect(len(body["items"]) > 0, "nobody")
        )

    async def see_dashboard(self) -> None:
        def check(body: Any) -> None:
            named = [work["course"] for part in ("piles", "exams", "ending", "behind") for work in body[part]]
            expect(set(named) <= set(self.courses), "somebody else's course")

        await self.ask("dashboard", "GET", "/me/dashboard", check=check)

    async def see_pile(self) -> None:
        def check(body: Any) -> None:
            expect({row["course"] for row in body["items"]} <= set(self.courses), "somebody else's scripts")

        state = self.random.choice(("waiting", "marked"))
        found = await self.ask("desk", "GET", f"/scripts?state={state}", check=check)
        if found is not None and found["items"]:
            self.pile = [row["id"] for row in found["items"]]

    async def mark(self) -> None:
        """A script of the pile: read it, think, mark it. Who has none in hand looks at the pile first."""
        pile: list[int] = getattr(self, "pile", [])
        if not pile:
            await self.see_pile()
            return
        script, value = self.random.choice(pile), self.random.randint(4, 14)
        is_it: Callable[[Any], None] = lambda body: expect(body["row"]["id"] == script, "another script")  # noqa: E731
        await self.ask("script", "GET", f"/scripts/{script}", check=is_it)
        await asyncio.sleep(self.random.uniform(*THINK_SECONDS))

        def is_marked(body: Any) -> None:
            expect((body["row"]["id"], body["row"]["mark"]) == (script, value), "another mark")

        await self.ask("mark", "POST", f"/scripts/{script}/marks", {"value": value, "comment": ""}, status=201, check=is_marked)

    def day(self) -> list[tuple[int, Action]]:
        seen: list[tuple[int, Action]] = [(20, self.see_dashboard), (15, self.list_courses), (15, self.open_course)]
        work: list[tuple[int, Action]] = [(15, self.see_results), (8, self.see_students), (8, self.see_pile), (12, self.mark)]
        return [*seen, *work, (6, self.search), (1, self.sign_in)]

    def pair_day(self) -> list[tuple[int, Action]]:
        return [(30, self.list_courses), (25, self.open_course), (25, self.see_results), (20, self.see_students)]
