"""``make fuzz``: every operation asked by everybody with whatever the OpenAPI document allows, and with what it does not.

schemathesis makes the requests (half of them about things that exist in the school of ``siji/tests/world.py``), each is asked in
a transaction of its own that is undone, and what may not come back is: a 5xx, a status that the document does not name, a refusal
that is no Problem. ``--examples 200`` asks longer, ``--only "PUT /me/password"`` one operation, ``--seed`` the same again.
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
sys.path.insert(0, str(ROOT / "backend"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")
os.environ["SIJI_ENV"] = "test"
os.environ |= {"LOG_LEVEL": "CRITICAL", "RATE_PER_USER": "0"}

import django  # noqa: E402

django.setup()

import hypothesis  # noqa: E402
import schemathesis  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import get_runner, setup_test_environment  # noqa: E402
from schemathesis import APIOperation, Case, GenerationMode  # noqa: E402

ROLES = ("nobody", "student", "stranger", "teacher", "other_teacher", "admin")
ALWAYS = {400, 401, 403, 404, 405, 413, 415, 422, 429, 503}
"""What any operation may answer (siji/api.py) or a router says before one is reached."""


class Fuzz:
    def __init__(self, *, examples: int, seed: int) -> None:
        self.examples, self.seed = examples, seed
        self.asked = Counter[str]()
        self.statuses = Counter[int]()
        self.wrong: dict[str, str] = {}

    def ask(self, client: Client, operation: APIOperation[Any, Any], case: Case, who: str) -> None:
        label = f"{operation.method.upper()} {operation.path}"
        self.asked[who] += 1
        try:
            status, body, kind = send(client, case)
        except Exception:  # noqa: BLE001  # the client raises what would be a 500
            self.wrong.setdefault(f"{label} · {where()}", f"{who}: {told(case)}\n{traceback.format_exc(limit=-6)}")
            return
        self.statuses[status] += 1
        documented = {int(name) for name in operation.definition.raw["responses"] if name.isdigit()}
        if status >= 500 and status != 503:
            self.wrong.setdefault(f"{label} · {status}", f"{who}: {told(case)}\n{body[:400]!r}")
        elif status not in documented | ALWAYS:
            self.wrong.setdefault(f"{label} · undocumented {status}", f"{who}: {told(case)}\n{body[:400]!r}")
        elif status >= 400 and operation.method.upper() != "HEAD" and not is_problem(body, kind):
            self.wrong.setdefault(f"{label} · no Problem with {status}", f"{who}: {told(case)}\n{body[:400]!r}")

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

        @hypothesis.seed(self.seed + salt)
        @hypothesis.settings(
            max_examples=self.examples,
            database=None,
            deadline=None,
            phases=[hypothesis.Phase.generate],
            verbosity=hypothesis.Verbosity.quiet,
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        @hypothesis.given(case=strategy)
        def ask(case: Case) -> None:
            with undone():
                self.ask(client, operation, case, who)

        try:
            ask()
        except (hypothesis.errors.Unsatisfiable, hypothesis.errors.FlakyFailure):
            return  # nothing invalid can be made of an operation that takes nothing


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

    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        with TemporaryDirectory() as home, transaction.atomic():
            settings.SIJI_HOME = Path(home)
            yield build()
            transaction.set_rollback(True)
    finally:
        connection.close()
        runner.teardown_databases(databases)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=int, default=15, help="of each operation, role and way of asking")
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
    report(fuzz, chosen, left, time.monotonic() - began)


def cells(world: Any, chosen: argparse.Namespace) -> Iterator[tuple[APIOperation[Any, Any], str, Client, dict[str, Any]]]:
    from siji.api import api
    from siji.tests.rows import usual

    document = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    schema = schemathesis.openapi.from_dict(document)
    known = usual(world)
    for result in schema.get_all_operations():
        operation = result.ok()
        if chosen.only and chosen.only != f"{operation.method.upper()} {operation.path.removeprefix('/api/v1')}":
            continue
        for who in chosen.roles.split(","):
            yield operation, who, at_a_browser(who, world), known


def at_a_browser(who: str, world: Any) -> Client:
    """Without the token's check, which would end everything else at its door."""
    client = Client()
    if who != "nobody":
        client.force_login(getattr(world.people, who))
    return client


def report(fuzz: Fuzz, chosen: argparse.Namespace, left: list[str], seconds: float) -> None:
    statuses = {str(status): times for status, times in sorted(fuzz.statuses.items())}
    found = {"examples": chosen.examples, "seed": chosen.seed, "seconds": round(seconds, 1), "asked": dict(fuzz.asked)}
    found |= {"statuses": statuses, "not_asked": left, "wrong": fuzz.wrong}
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "fuzz.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    print(f"{sum(fuzz.asked.values())} requests by {len(fuzz.asked)} roles in {seconds:.0f} s, seed {chosen.seed}: {statuses}")
    for name, what in fuzz.wrong.items():
        print(f"\n{name}\n{what}")
    if left:
        print(f"not asked for want of time: {len(left)}")
    if fuzz.wrong:
        raise SystemExit(f"{len(fuzz.wrong)} different faults")


if __name__ == "__main__":
    main()
