"""``make fuzz``: every operation asked by everybody with whatever the OpenAPI document allows, and with what it does not.

schemathesis makes the requests (half of them about things that exist in the school of ``siji/tests/world.py``), each is asked in
a transaction of its own that is undone, and what may not come back is: a 5xx, a status that the document does not name, a refusal
that is no Problem. Then they walk: everybody in turn, in one school that what was asked before has changed, also about what was
made on the way; only the end of a walk is undone. ``--examples 200`` asks longer, ``--walks 0`` only one at a time, ``--only
"PUT /me/password"`` one operation, ``--seed`` the same again.
Writes build/fuzz.json.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
import traceback
import urllib.parse
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "benchmarks")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")
os.environ["SIJI_ENV"] = "test"
os.environ |= {"LOG_LEVEL": "CRITICAL", "RATE_PER_USER": "0"}

import django  # noqa: E402

django.setup()

import hypothesis  # noqa: E402
import schemathesis  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402
from hypothesis import strategies  # noqa: E402
from own_database import own_database  # noqa: E402
from schemathesis import APIOperation, Case, GenerationMode  # noqa: E402

STEPS = 15
"""Of a walk."""
ROLES = ("nobody", "student", "stranger", "teacher", "other_teacher", "admin")
ALWAYS = {400, 401, 403, 404, 405, 413, 415, 422, 429, 503}
"""What any operation may answer (siji/api.py) or a router says before one is reached."""


class Fuzz:
    def __init__(self, *, examples: int, seed: int) -> None:
        self.examples, self.seed = examples, seed
        self.asked = Counter[str]()
        self.statuses = Counter[int]()
        self.wrong: dict[str, str] = {}
        self.walked = 0
        self._settings = hypothesis.settings(
            max_examples=examples,
            database=None,
            deadline=None,
            phases=[hypothesis.Phase.generate],
            verbosity=hypothesis.Verbosity.quiet,
            suppress_health_check=list(hypothesis.HealthCheck),
        )

    def ask(self, client: Client, operation: APIOperation[Any, Any], case: Case, who: str) -> bytes:
        """What came back; nothing where it was refused."""
        label = f"{operation.method.upper()} {operation.path}"
        self.asked[who] += 1
        try:
            with transaction.atomic():
                status, body, kind = send(client, case)
        except Exception:  # noqa: BLE001  # the client raises what would be a 500
            self.wrong.setdefault(f"{label} · {where()}", f"{who}: {told(case)}\n{traceback.format_exc(limit=-6)}")
            return b""
        self.statuses[status] += 1
        documented = {int(name) for name in operation.definition.raw["responses"] if name.isdigit()}
        if status >= 500 and status != 503:
            self.wrong.setdefault(f"{label} · {status}", f"{who}: {told(case)}\n{body[:400]!r}")
        elif status not in documented | ALWAYS:
            self.wrong.setdefault(f"{label} · undocumented {status}", f"{who}: {told(case)}\n{body[:400]!r}")
        elif status >= 400 and operation.method.upper() != "HEAD" and not is_problem(body, kind):
            self.wrong.setdefault(f"{label} · no Problem with {status}", f"{who}: {told(case)}\n{body[:400]!r}")
        return body if status < 400 else b""

    def walk(self, operations: list[APIOperation[Any, Any]], world: Any, roles: list[str], walks: int, until: float) -> None:
        writes = [one for one in operations if one.method.upper() not in ("GET", "HEAD")]
        names = {parameter.name for one in operations for parameter in one.path_parameters}

        @hypothesis.settings(self._settings, max_examples=walks)
        @hypothesis.seed(self.seed)
        @hypothesis.given(data=strategies.data())
        def go(data: strategies.DataObject) -> None:
            known = {name: [value] for name, value in usual(world).items()}
            clients = {who: at_a_browser(who, world) for who in roles}
            with undone():
                for _ in range(STEPS):
                    if time.monotonic() > until:
                        return
                    who = data.draw(strategies.sampled_from(roles))
                    some = data.draw(strategies.sampled_from((writes, writes, operations)))
                    operation = data.draw(strategies.sampled_from(some))
                    place = {
                        parameter.name: str(data.draw(strategies.sampled_from(known[parameter.name])))
                        for parameter in operation.path_parameters
                        if parameter.name in known
                    }
                    case = data.draw(
                        operation.as_strategy(generation_mode=GenerationMode.POSITIVE, path_parameters=place or None)
                    )
                    self.walked += 1
                    for name, value in made(operation.path, self.ask(clients[who], operation, case, who)):
                        if name in names:
                            known.setdefault(name, []).append(value)

        go()

    def operation(self, operation: APIOperation[Any, Any], client: Client, who: str, known: dict[str, Any]) -> None:
        names = {parameter.name for parameter in operation.path_parameters}
        ids = {name: str(value) for name, value in known.items() if name in names}
        for number, mode in enumerate((GenerationMode.POSITIVE, GenerationMode.NEGATIVE)):
            for place in [ids, None] if ids else [None]:
                self._some(operation, client, who, mode, place, salt=number)

    def _some(
        self, operation: APIOperation[Any, Any], client: Client, who: str, mode: GenerationMode, place: Any, salt: int
    ) -> None:
        strategy = operation.as_strategy(generation_mode=mode, path_parameters=place)

        @self._settings
        @hypothesis.seed(self.seed + salt)
        @hypothesis.given(case=strategy)
        def ask(case: Case) -> None:
            with undone():
                self.ask(client, operation, case, who)

        try:
            ask()
        except (hypothesis.errors.Unsatisfiable, hypothesis.errors.FlakyFailure):
            return  # nothing invalid can be made of an operation that takes nothing


def made(path: str, body: bytes) -> Iterator[tuple[str, Any]]:
    """Names of path parameters with ids that a reply gave them: those of ``/courses`` are ``course_id``."""
    last = path.rstrip("/").rpartition("/")[2]
    name = ("syllabus" if last in ("syllabi", "editions") else last.removesuffix("s")).replace("-", "_") + "_id"
    try:
        said = json.loads(body)
    except ValueError:
        return
    rows = said.get("items", [said]) if isinstance(said, dict) else said
    for row in rows[-3:] if isinstance(rows, list) else []:
        if isinstance(row, dict) and isinstance(row.get("id"), int | str):
            yield name, row["id"]


def send(client: Client, case: Case) -> tuple[int, bytes, str]:
    kwargs = case.as_transport_kwargs(base_url="http://testserver")
    headers = {str(name): str(value) for name, value in dict(kwargs.get("headers") or {}).items()}
    kind = headers.pop("Content-Type", "application/json")
    data = kwargs.get("data") or (json.dumps(kwargs["json"]) if kwargs.get("json") is not None else b"")
    url = case.formatted_path
    if case.query:
        url += "?" + urllib.parse.urlencode(case.query, doseq=True, errors="replace")
    safe = {name: value for name, value in headers.items() if name.lower() not in ("cookie", "host", "user-agent")}
    reply = client.generic(
        case.method.upper(), url, data=data if isinstance(data, str | bytes) else b"", content_type=kind, headers=safe
    )
    body = reply.getvalue() if reply.streaming else reply.content
    return reply.status_code, body, reply.headers.get("Content-Type", "")


def is_problem(body: bytes, kind: str) -> bool:
    if not kind.startswith("application/json"):
        return False
    said = json.loads(body)
    message = said.get("message") if isinstance(said, dict) else None
    return bool(isinstance(message, dict) and said.get("code") and message.get("zh") and message.get("en"))


def where() -> str:
    """Of the failure at hand, the last line of ours."""
    frames = traceback.extract_tb(sys.exc_info()[2])
    ours = [frame for frame in frames if "/siji/" in frame.filename]
    return f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"


def told(case: Case) -> str:
    asked = f"{case.method} {case.formatted_path} query={case.query!r} headers={dict(case.headers or {})!r}"
    return f"{asked[:900]} body={str(case.body)[:600]!r}"


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def a_school() -> Iterator[Any]:
    """The world of the tests in a database of its own, in a transaction that is never committed."""
    from siji.tests.world import build

    with own_database(), TemporaryDirectory() as home, transaction.atomic():
        settings.SIJI_HOME = Path(home)
        yield build()
        transaction.set_rollback(True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=15, help="of each operation, role and way of asking")
    parser.add_argument("--walks", type=int, default=300, help=f"of {STEPS} requests each, one after the other in one school")
    parser.add_argument("--only", default="", help='one operation: "PUT /me/password"')
    parser.add_argument("--roles", default=",".join(ROLES), help="with commas between")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**31))
    parser.add_argument("--minutes", type=float, default=60, help="stops there and says what was not asked")
    chosen = parser.parse_args()
    fuzz, began, left = Fuzz(examples=chosen.examples, seed=chosen.seed), time.monotonic(), list[str]()
    with a_school() as world:
        for operation, who, client, known in cells(world, chosen):
            if time.monotonic() - began > chosen.minutes * 60:
                left.append(f"{operation.method.upper()} {operation.path} {who}")
                continue
            fuzz.operation(operation, client, who, known)
        if chosen.walks:
            fuzz.walk(operations(chosen), world, chosen.roles.split(","), chosen.walks, began + chosen.minutes * 60)
    report(fuzz, chosen, left, time.monotonic() - began)


def cells(world: Any, chosen: argparse.Namespace) -> Iterator[tuple[APIOperation[Any, Any], str, Client, dict[str, Any]]]:
    known = usual(world)
    for operation in operations(chosen):
        for who in chosen.roles.split(","):
            yield operation, who, at_a_browser(who, world), known


def usual(world: Any) -> dict[str, Any]:
    from siji.tests.rows import usual as rows

    return rows(world)


def operations(chosen: argparse.Namespace) -> list[APIOperation[Any, Any]]:
    from siji.api import api

    document = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    found = [result.ok() for result in schemathesis.openapi.from_dict(document).get_all_operations()]
    wanted = chosen.only
    return [one for one in found if not wanted or wanted == f"{one.method.upper()} {one.path.removeprefix('/api/v1')}"]


def at_a_browser(who: str, world: Any) -> Client:
    """Without the token's check, which would end everything else at its door."""
    client = Client()
    if who != "nobody":
        client.force_login(getattr(world.people, who))
    return client


def report(fuzz: Fuzz, chosen: argparse.Namespace, left: list[str], seconds: float) -> None:
    statuses = {str(status): times for status, times in sorted(fuzz.statuses.items())}
    found = {
        "examples": chosen.examples,
        "seed": chosen.seed,
        "seconds": round(seconds, 1),
        "asked": dict(fuzz.asked),
        "walked": fuzz.walked,
    }
    found |= {"statuses": statuses, "not_asked": left, "wrong": fuzz.wrong}
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "fuzz.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    asked = f"{sum(fuzz.asked.values())} requests ({fuzz.walked} on walks) by {len(fuzz.asked)} roles"
    print(f"{asked} in {seconds:.0f} s, seed {chosen.seed}: {statuses}")
    for name, what in fuzz.wrong.items():
        print(f"\n{name}\n{what}")
    if left:
        print(f"not asked for want of time: {len(left)}")
    if fuzz.wrong:
        raise SystemExit(f"{len(fuzz.wrong)} different faults")


if __name__ == "__main__":
    main()
