"""``make soak``: half an hour (or ``--minutes``) of work, and whether memory, connections and open files grow; build/soak.json.

The first fifth is left out: pools, caches and interpreters fill then. The growth in an hour is the slope of a line through the
samples that follow. The control: the same samples with a leak of LEAK added must be found too high, or the measure is blind.

The hour of normal work of ``make bench-alerting`` is looked at in the same way and kept in the same file.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "benchmarks")]

import psutil  # noqa: E402

from faults.users import at_work  # noqa: E402
from faults.verdict import Ask, availability, slope_per_hour  # noqa: E402
from faults.world import World, school  # noqa: E402
from siji.embedded.home import read_json  # noqa: E402

RESULT = ROOT / "build" / "soak.json"
EVERY = 10.0
LEFT_OUT = 0.2
MOST = {"memory_mib": 5.0, "connections": 10.0, "open_files": 10.0}
"""Percent of its mean by which each may grow in an hour."""
LEAK = 20.0
"""Percent an hour."""
Points = list[tuple[float, float]]


@dataclass
class Samples:
    world: World
    points: dict[str, Points] = field(default_factory=lambda: {name: [] for name in MOST})
    by_part: dict[str, Points] = field(default_factory=dict)

    def take(self, at: float) -> None:
        rows = read_json(self.world.machine.home / "run" / "parts.json")
        memory, files = 0.0, 0
        counted = set[int]()
        for part in sorted(rows, key="supervisor".__eq__):  # last: all others are its children
            own = 0.0
            for pid in set(self.world.pids(part)) - counted:
                counted.add(pid)
                with suppress(psutil.NoSuchProcess):
                    process = psutil.Process(pid)
                    own += process.memory_full_info().pss / 2**20
                    files += process.num_fds()
            self.by_part.setdefault(part.partition(" ")[0], []).append((at, own))
            memory += own
        with self.world.database() as connection:
            row = connection.execute("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'").fetchone()
        for name, value in (("memory_mib", memory), ("connections", row[0] if row else 0), ("open_files", files)):
            self.points[name].append((at, float(value)))


def judge(name: str, points: Points) -> dict[str, Any]:
    mean = sum(value for _, value in points) / len(points)
    slope = slope_per_hour(points)
    percent = 100 * slope / mean
    leaking = [(at, value + mean * LEAK / 100 * at / 3600) for at, value in points]
    is_seeing = 100 * slope_per_hour(leaking) / mean > percent + LEAK * 0.9
    return {
        "mean": round(mean, 1), "an_hour": round(slope, 2), "percent_an_hour": round(percent, 2), "most_percent": MOST[name],
        "control_sees_a_leak": is_seeing, "ok": percent <= MOST[name] and is_seeing,
    }  # fmt: skip


def measure(minutes: float, writers: int) -> dict[str, Any]:
    with school() as world, tempfile.TemporaryDirectory() as folder:
        kinds = {"save": writers, "read": 2, "stream": 2} | ({"page": 2} if world.has_web else {})
        samples = Samples(world)
        with at_work(world.machine.inside, world.base, Path(folder), seconds=minutes * 60, kinds=kinds) as users:
            began = time.monotonic()
            while (at := time.monotonic() - began) < minutes * 60:
                samples.take(at)
                time.sleep(max(0.0, EVERY - (time.monotonic() - began - at)))
        return growth(samples, minutes, [ask for user in users for ask in user.asks])


def growth(samples: Samples, minutes: float, asks: Sequence[Ask]) -> dict[str, Any]:
    counted = {name: [p for p in points if p[0] >= LEFT_OUT * minutes * 60] for name, points in samples.points.items()}
    slopes = {name: judge(name, points) for name, points in counted.items()}
    parts = {name: round(slope_per_hour(points), 2) for name, points in samples.by_part.items() if len(points) > 2}
    return {
        "minutes": minutes, "asked": len(asks), "good": availability(asks), **slopes,
        "memory_mib_an_hour_by_part": parts, "ok": all(row["ok"] for row in slopes.values()),
    }  # fmt: skip


def keep(report: dict[str, Any]) -> None:
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(report, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--writers", type=int, default=4)
    chosen = parser.parse_args()
    report = measure(chosen.minutes, chosen.writers)
    keep(report)
    sys.stdout.write(json.dumps(report) + "\n")
    raise SystemExit(0 if report["ok"] else 1)


if __name__ == "__main__":
    main()
