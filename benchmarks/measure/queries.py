"""How long the database works on a statement, by its own account.

PostgreSQL writes the duration of a sample of all statements to its log (``log_min_duration_sample`` 0, the rate named by the
caller), BEGIN and COMMIT among them. The product runs unchanged; what its driver, its pool or a busy interpreter adds is not in
this figure (it is in A1). pg_stat_statements is not in the wheel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from measure.figures import Spread
from measure.product import Product

DURATION = re.compile(rb"duration: ([0-9.]+) ms  (?:statement|execute|parse|bind)[^:]*:\s*([^\n]*)")
BOUNDS = re.compile(rb"^\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|DISCARD|SET)\b", re.IGNORECASE)


class Sampled:
    def __init__(self) -> None:
        self.durations: list[float] = []
        self.slowest: list[tuple[float, str]] = []


@contextmanager
def sampled(product: Product, *, rate: float) -> Iterator[Sampled]:
    """What was logged between entering and leaving."""
    log, found = product.home.log("postgres"), Sampled()
    with product.servers.postgres.connect() as connection:
        connection.execute(f"ALTER SYSTEM SET log_statement_sample_rate = {rate}")
        connection.execute("ALTER SYSTEM SET log_min_duration_sample = 0")
        connection.execute("SELECT pg_reload_conf()")
    start = log.stat().st_size
    try:
        yield found
    finally:
        with product.servers.postgres.connect() as connection:
            connection.execute("ALTER SYSTEM RESET log_min_duration_sample")
            connection.execute("SELECT pg_reload_conf()")
        data = log.read_bytes()
        read(data[start:] if len(data) >= start else data, found)  # the supervisor cut it: the rest is a sample too


def read(text: bytes, found: Sampled) -> None:
    """Every statement counts; the list of the slowest leaves out those that only begin or end something."""
    for match in DURATION.finditer(text):
        milliseconds, statement = float(match[1]), match[2]
        found.durations.append(milliseconds)
        if not BOUNDS.match(statement):
            found.slowest.append((milliseconds, statement[:300].decode(errors="replace")))
    found.slowest = sorted(found.slowest, reverse=True)[:10]


def said(found: Sampled, *, rate: float) -> dict[str, Any] | None:
    if not found.durations:
        return None
    spread = Spread.of(found.durations)
    return {
        "mean_ms": spread.mean,
        "p95_ms": spread.p95,
        "p99_ms": spread.p99,
        "sampled": spread.count,
        "slowest": found.slowest,
        "how": f"PostgreSQL's own log of every {round(1 / rate)}th statement, COMMIT included "
        f"({spread.count} of them), p95 {spread.p95} ms",
    }
