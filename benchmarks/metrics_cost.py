"""What counting costs a request: the counting by itself against the request that it counts.

    bin/siji with-services -- .venv/bin/python benchmarks/metrics_cost.py

On a busy machine the difference of two whole requests is noise a hundred times what is looked for. So the middleware is timed
around a view that does nothing, with as many queries as the dearest list makes, and set against the fastest tenth of requests;
both get faster alike on a quiet machine. Also what the thread that writes costs, every five seconds. Exits 1 above 1 %.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "backend"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")
os.environ["SIJI_ENV"] = "test"

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.http import HttpRequest, HttpResponse, HttpResponseBase  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from siji.accounts.models import Role, User  # noqa: E402
from siji.monitoring import measuring  # noqa: E402
from siji.monitoring.collecting import PerformanceCollector  # noqa: E402

MOST = 0.01
QUERIES = 8
"""Of each request, more than most make: to count them is most of the cost."""
OPERATIONS = 150
"""As many as the interface has, all of them used in one minute: the most there is to write."""


class Match:
    route = "api/v1/courses/<course_id>/results"


def fastest(call: Callable[[], object], *, batches: int, each: int) -> float:
    """Microseconds of one, in the fastest tenth of the batches."""
    times = []
    for _ in range(batches):
        began = time.perf_counter()
        for _ in range(each):
            call()
        times.append((time.perf_counter() - began) / each * 1e6)
    tenth = sorted(times)[: max(batches // 10, 1)]
    return sum(tenth) / len(tenth)


def counting(queries: int) -> float:
    request, response = HttpRequest(), HttpResponse(b"")
    request.method = "GET"
    request.resolver_match = Match  # type: ignore[assignment]  # all that is asked of it

    def query(*_: object) -> None:
        return None

    def plain(_: HttpRequest) -> HttpResponseBase:
        for _ in range(queries):
            query("SELECT 1", None, False, {})
        return response

    def timed(_: HttpRequest) -> HttpResponseBase:
        for _ in range(queries):
            measuring._timed(query, "SELECT 1", None, False, {})
        return response

    measured = measuring.Measured(timed)
    return fastest(lambda: measured(request), batches=60, each=200) - fastest(lambda: plain(request), batches=60, each=200)


def cost(client: Client, path: str) -> float:
    if client.get(path).status_code != 200:
        raise SystemExit(f"{path} is not answered")
    more, whole = counting(QUERIES), fastest(lambda: client.get(path), batches=40, each=5)
    print(f"{path:<24} {whole:>12,.0f} us {more:>9.1f} us {more / whole:>8.2%}")
    return more / whole


def writing() -> float:
    """Share of one core."""
    own = PerformanceCollector()
    times = []
    for _ in range(10):
        own.note_all([(kind, f"GET /{number}", 12.0) for number in range(OPERATIONS) for kind in ("request", "queries", "query")])
        began = time.thread_time()
        own.write()
        times.append(time.thread_time() - began)
    return sorted(times)[len(times) // 2] / 5.0


def main() -> int:
    setup_test_environment()
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith(".Measured")]
    call_command("migrate", verbosity=0)
    user, _ = User.objects.get_or_create(username="metrics-cost", defaults={"name": "Cost", "role": Role.ADMIN})
    client = Client()
    client.force_login(user)
    print(f"{'':<24} {'request':>15} {'counting':>12} {'share':>8}")
    shares = [cost(client, path) for path in ("/api/v1/courses", "/api/v1/users", "/api/v1/me")]
    cost(client, "/api/v1/health/live")
    share = writing()
    print(f"writing the minute of {OPERATIONS} operations every five seconds: {share:.2%} of one core")
    return max(*shares, share) > MOST


if __name__ == "__main__":
    raise SystemExit(main())
