"""The generator from the outside: orders, results, and what the machine did while it counted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from measure.cache import hits_between, totals_of
from measure.figures import summary
from measure.product import ROOT, Product
from measure.queries import said, sampled
from measure.watching import Watch

HOST = "127.0.0.1"
WARM_SECONDS = 8.0
SAMPLED = 0.05


@dataclass
class Load:
    process: subprocess.Popen[str]
    product: Product
    school: Mapping[str, Any]
    rounds: int = 0

    def order(self, **order: Any) -> dict[str, Any]:
        self._send(order)
        return self._next()

    def _send(self, order: Mapping[str, Any]) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()

    def _next(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"the generator ended with {self.process.wait()}")
        found: dict[str, Any] = json.loads(line)
        return found

    def step(self, *, users: int, seconds: float, mix: str = "day", port: int | None = None) -> dict[str, Any]:
        """One step of a ladder; ``port``: another door than nginx."""
        self._send(
            {
                "do": "step",
                "users": users,
                "seconds": seconds,
                "warm": WARM_SECONDS,
                "mix": mix,
                "round": self.rounds,
                "host": HOST,
                "port": port or self.product.nginx_port,
                "home_host": HOST,
                "home_port": self.product.nginx_port,
            }
        )
        self.rounds += mix == "day"
        begun = self._next()
        assert begun == {"event": "counting"}, begun
        before = totals_of(self.product)
        with sampled(self.product, rate=SAMPLED) as queries:
            watch = Watch(self.product, self.process.pid)
            counted = self._next()
            assert counted == {"event": "counted"}, counted
            machine = watch.found()
        found = self._next()
        step = summary(found.pop("times"), found.pop("errors"), users=users, seconds=found.pop("seconds"))
        query = said(queries, rate=SAMPLED)
        memory = watch.memory_mib()
        return {**step, **found, **machine, "mix": mix, "queries": query, "cache": hits_between(before, totals_of(self.product)),
                "product_memory_mib": memory}  # fmt: skip

    def look(self, asks: list[tuple[int, str]], *, users: int, port: int | None = None, times: int = 1) -> list[dict[str, Any]]:
        door = {"host": HOST, "port": port or self.product.nginx_port, "home_host": HOST, "home_port": self.product.nginx_port}
        found: list[dict[str, Any]] = self.order(do="look", asks=asks, users=users, times=times, **door)["found"]
        return found


@contextmanager
def generator(product: Product, school: Mapping[str, Any]) -> Iterator[Load]:
    path = f"{ROOT / 'backend'}:{ROOT / 'benchmarks'}"
    command = [sys.executable, "-m", "measure.generator"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": path}
    ) as process:
        try:
            load = Load(process, product, school)
            load.order(do="school", school=school)
            time.sleep(0.2)
            yield load
        finally:
            process.terminate()
