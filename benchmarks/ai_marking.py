"""``make bench-ai``: scripts handed in at once, from submit to the mark that the page shows; A10.

The whole product (``siji up --api 2``, nginx) beside a model stand-in that takes 0.8 s to its first token and writes 60 a second;
limits on calls and connections are 64. All students submit in one moment and then do as the page does: read the report, follow
the marking by its event stream, and read the report again a little behind the marks. The longer feedback is written after the
marks in the same run. Beside that stand the times of the rows by the database's own clock.

The naive build answers the submission with the mark: it asks the same stand-in inside the request, on the same scripts, with an
answer of the same length. It closes no attempt and checks nothing, which is in its favour.

Writes build/ai_marking.json. Exit code 1 where A10 is missed or a script has no mark.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "benchmarks")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")

from measure.acceptance import of_marking, printed  # noqa: E402  # the paths come first
from measure.client import Broken, Browser  # noqa: E402
from measure.product import machine, running, start_naive  # noqa: E402

FIRST_TOKEN, RATE, JITTER, LIMIT = 0.8, 60.0, 0.2, 64
PATIENCE = 120.0
BEHIND_SECONDS = 2.5
"""As the page waits before it reads the sums that follow from a mark (use-marking.ts)."""
WARM = 4
SIGN_IN_AT_ONCE = 4
ESSAY = (
    "Nowadays more and more student like to study in the library. In my opinion, a library is a good place to read books, "
    "because it open our eyes and nobody disturbs us there. For example, my cousin goes to the city library every weekend, and "
    "he became much more confident after he read many books in that library. I think every university should have a library "
    "which is open at night, so that students can write their papers and borrow books when they are free."
)
SAID = {
    "id": "$1",
    "band": 8,
    "lean": 1,
    "flags": [],
    "evidence": [
        {"quote": "more and more student like to study in the library", "speaks": "against", "why": "主谓不一致"},
        {"quote": "because it open our eyes and nobody disturbs us there", "speaks": "against", "why": "动词形式有误"},
        {"quote": "he became much more confident", "speaks": "for", "why": "表达准确"},
    ],
}
"""What the stand-in answers: a mark with three quotes and reasons, as the prompt asks for."""
WRITTEN = """OVERALL: 文章切题，用表哥去图书馆的例子支持了观点，读者看得懂。主谓一致和单复数的错误较多，打断了阅读。
NEXT: 写完后逐句找出主语和动词，检查第三人称单数，例如 it open our eyes 应为 it opens our eyes。
NEXT: 每个理由后面再写一句具体的结果，例如表哥读书之后做成了什么事。
NEXT: 用 therefore、in addition 这样的连接词说明句子之间的关系，但每段不超过两个。
HIGHER: 上一档的作文会把夜间开放这一建议单独写成一段，先说现在的困难，再说开放之后谁会受益。
MARK: grammar || more student like to study || more students like to study || 可数名词要用复数
MARK: grammar || it open our eyes || it opens our eyes || 主语是 it，动词要用第三人称单数
MARK: word_choice || a good place to read books || an ideal place for reading || 表达可以更准确
"""
"""Its longer feedback, of the lines that the prompt asks for."""


@dataclass
class Person:
    """One student, who has written and not yet submitted."""

    door: tuple[str, int]
    browser: Browser
    attempt: str
    builtin: float = 0.0
    model: float = 0.0
    """Seconds from pressing submit until the page showed the mark; 0 while it has not."""
    submission: float = 0.0
    first_words: float = 0.0
    written: float = 0.0
    """The longer feedback: its first sentence on the page, and all of it with the marks in the text."""
    began: float = 0.0
    behind: list[asyncio.Task[None]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    async def hand_in(self) -> None:
        self.began = time.perf_counter()
        reply = await self.browser.ask(self.door, "POST", f"/api/v1/attempts/{self.attempt}/submission")
        self.submission = time.perf_counter() - self.began
        if reply.status != 200:
            self.wrong.append(f"submission {reply.status}")
            return
        await self._read("report")
        try:
            async with asyncio.timeout(PATIENCE):
                await self._follow(await self._read("marking"))
            await asyncio.gather(*self.behind)
        except (TimeoutError, Broken) as error:
            self.wrong.append(f"stream {type(error).__name__} {error}")

    async def _follow(self, now: Any) -> None:
        """To the end of the feedback. What the page shows at once is what it is told; sums are read behind it."""
        await self._note(now)
        async for told in self.browser.follow(self.door, f"/api/v1/attempts/{self.attempt}/marking/events"):
            await self._note(told)

    async def _note(self, now: Any) -> None:
        essay = next(one for one in now["scripts"] if one["slot"] == "W")
        seen = time.perf_counter() - self.began
        marks = [name for name in ("builtin", "model") if (essay["machine"][name] or {}).get("value") is not None]
        new = [name for name in marks if not getattr(self, name)]
        for name in new:
            setattr(self, name, seen)
        if essay["written"] and not self.first_words and essay["written"]["overall"]:
            self.first_words = seen
        if essay["written"] and essay["written"]["state"] == "done":
            self.written = seen
        if new:
            self.behind.append(asyncio.create_task(self._read_behind(len(marks))))

    async def _read_behind(self, marks: int) -> None:
        """Unless another mark has come meanwhile, whose reading does for both."""
        await asyncio.sleep(BEHIND_SECONDS)
        if marks == bool(self.builtin) + bool(self.model):
            await self._read("report")

    async def _read(self, what: str) -> Any:
        reply = await self.browser.ask(self.door, "GET", f"/api/v1/attempts/{self.attempt}/{what}")
        if reply.status != 200:
            self.wrong.append(f"{what} {reply.status}")
            raise Broken(f"{what} {reply.status}")
        return reply.json()

    async def ask_naively(self, door: tuple[str, int]) -> float:
        began = time.perf_counter()
        reply = await self.browser.ask(door, "POST", f"/api/v1/attempts/{self.attempt}/mark")
        if reply.status != 200 or reply.json()["mark"] != SAID["band"] + SAID["lean"]:  # type: ignore[operator]
            self.wrong.append(f"naive {reply.status}")
        return time.perf_counter() - began


async def sit(door: tuple[str, int], school: dict[str, Any], number: int, places: asyncio.Semaphore) -> Person:
    """Signed in, with an essay of their own saved."""
    async with places:
        browser = Browser()
        card = {"username": school["students"][number], "password": school["password"]}
        me = await browser.ask(door, "POST", "/api/v1/session", card)
        browser.csrf = _good(me, 200)["csrf_token"]
        begin = {"paper": school["paper"], "mode": "exam", "assignment": school["assignment"]}
        attempt = _good(await browser.ask(door, "POST", "/api/v1/attempts", begin), 201)["id"]
        answer = {"item": "W", "seq": 1, "value": f"{ESSAY} I have been there {number} times."}
        _good(await browser.ask(door, "PUT", f"/api/v1/attempts/{attempt}/answers", {"answers": [answer]}), 200)
        return Person(door, browser, attempt)


def _good(reply: Any, status: int) -> Any:
    if reply.status != status:
        raise SystemExit(f"answered {reply.status}: {reply.body[:300]!r}")
    return reply.json()


async def measure(port: int, naive: int, school: dict[str, Any], number: int) -> dict[str, Any]:
    door, places = ("127.0.0.1", port), asyncio.Semaphore(SIGN_IN_AT_ONCE)
    everybody = await asyncio.gather(*(sit(door, school, place, places) for place in range(number + WARM)))
    warm, people = everybody[:WARM], everybody[WARM:]
    await asyncio.gather(*(person.hand_in() for person in warm))
    await asyncio.gather(*(person.ask_naively(("127.0.0.1", naive)) for person in warm))
    await asyncio.gather(*(person.hand_in() for person in people))
    began = time.perf_counter()
    theirs = await asyncio.gather(*(person.ask_naively(("127.0.0.1", naive)) for person in people))
    naively = time.perf_counter() - began
    return {
        "attempts": [person.attempt for person in people],
        "wrong": [word for person in everybody for word in person.wrong],
        "unmarked": sum(not person.model for person in people),
        "unwritten": sum(not person.written for person in people),
        "ours": {
            "submission": spread([person.submission for person in people]),
            "first_feedback": spread([person.builtin for person in people]),
            "final": spread([person.model for person in people]),
            "per_second": round(number / max(person.model for person in people), 1),
            "first_words": spread([person.first_words for person in people]),
            "written": spread([person.written for person in people]),
        },
        "naive": {"first_feedback": spread(theirs), "final": spread(theirs), "per_second": round(number / naively, 1)},
    }


def spread(seconds: list[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return {"mean": round(statistics.mean(ordered), 2), "p95": round(p95, 2), "max": round(ordered[-1], 2)}


def prepare(order: dict[str, Any]) -> dict[str, Any]:
    """In the product's environment: who comes, and which model is asked within which limits."""
    from school import make_school

    from siji.ai.keys import encrypt
    from siji.ai.models import ModelSettings

    ModelSettings.objects.create(
        is_on=True,
        endpoint=order["url"],
        model="deepseek-flash",
        key_cipher=encrypt("none"),
        price_miss=2_000_000,
        price_hit=40_000,
        price_output=8_000_000,
        calls_at_once=LIMIT,
        connections=LIMIT,
        calls_per_minute=100_000,
        day_budget=10**12,
        user_day_budget=None,
        course_day_budget=None,
        breaker_failures=1000,
    )
    from django.conf import settings

    return make_school(settings.SIJI_CONTENT, students=order["students"])


def by_the_database(order: dict[str, Any]) -> dict[str, Any]:
    """Seconds from the submission to the transaction that kept each engine's mark."""
    from siji.ai.models import ModelCall
    from siji.jobs.models import Job
    from siji.practice.models import MachineMark, Script

    found: dict[str, Any] = {}
    for engine in ("builtin", "model"):
        rows = MachineMark.objects.filter(script__attempt__in=order["attempts"], engine=engine, value__isnull=False).exclude(
            version="naive"
        )
        pairs = rows.values_list("created_at", "script__attempt__closed_at")
        found[engine] = spread([(at - closed).total_seconds() for at, closed in pairs])
    calls = ModelCall.objects.filter(purpose="marking.mark")
    jobs = {job.payload["script"]: job for job in Job.objects.filter(kind="marking.model")}
    scripts = Script.objects.filter(attempt__in=order["attempts"], pk__in=jobs).select_related("attempt")
    sent = dict(calls.values_list("job", "sent_at"))
    waits = [(sent[jobs[script.pk].pk] - script.attempt.closed_at).total_seconds() for script in scripts]
    found["until_sent"] = spread(waits)
    found["calls"] = calls.count()
    found["call_seconds"] = spread([ms / 1000 for ms in calls.values_list("latency_ms", flat=True)])
    return found


@contextmanager
def stand_in() -> Iterator[str]:
    pace = ["--first-token", str(FIRST_TOKEN), "--rate", str(RATE), "--jitter", str(JITTER)]
    command = [sys.executable, "-m", "model_server", "--port", "0", *pace]
    with subprocess.Popen(command, cwd=ROOT / "backend", stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            reply = {"content": json.dumps(SAID, ensure_ascii=False), "copy": r"\nid: (\w+)"}
            control(url, {"default": reply, "rules": [{"when": "The essay's band:", "reply": {"content": WRITTEN}}]})
            yield url
        finally:
            process.terminate()


def control(url: str, change: dict[str, Any] | None = None) -> Any:
    data = None if change is None else json.dumps(change).encode()
    with urlopen(Request(url.removesuffix("/v1") + "/_control", data=data), timeout=5) as reply:
        return json.load(reply)


def output_tokens() -> int:
    from model_server.tokens import tokens

    return len(tokens(json.dumps({**SAID, "id": "0" * 12}, ensure_ascii=False)))


def run(number: int) -> dict[str, Any]:
    with stand_in() as url:
        os.environ["MODEL_ENDPOINTS"] = url
        with running() as product:
            me = [sys.executable, str(Path(__file__))]
            school = json.loads(product.run(*me, "--prepare", given={"url": url, "students": number + WARM}).splitlines()[-1])
            product.wait_for_tracks()
            naive = start_naive(product)
            found = asyncio.run(measure(product.nginx_port, naive, school, number))
            order = {"attempts": found.pop("attempts")}
            found["by_the_database"] = json.loads(product.run(*me, "--database", given=order).splitlines()[-1])
            found["stand_in"] = {name: control(url)[name] for name in ("calls", "connections", "most_at_once")}
    tokens = output_tokens()
    found |= {"scripts": number, "output_tokens": tokens, "model_seconds": round(FIRST_TOKEN + tokens / RATE, 2)}
    return {**found, "first_token": FIRST_TOKEN, "rate": RATE, "limit": LIMIT, "machine": machine()}


def write(found: dict[str, Any]) -> bool:
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    (build / "ai_marking.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    rows = of_marking(found)
    print(json.dumps(found, indent=1, ensure_ascii=False))
    print(printed(rows))
    return bool(rows["A10"]["ok"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scripts", type=int, default=50)
    parser.add_argument("--prepare", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--database", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.prepare or chosen.database:
        import django

        django.setup()
        json.dump((prepare if chosen.prepare else by_the_database)(json.load(sys.stdin)), sys.stdout)
        return
    raise SystemExit(0 if write(run(chosen.scripts)) else 1)


if __name__ == "__main__":
    main()
