"""``make bench-growth``: the hot endpoints at S, M and L, each in a home of its own: latency, and what the database needed.

One person asks one thing at a time, so that nothing but the size of the data differs. Writes build/growth.json and growth.svg.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "benchmarks")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")

from measure import chart  # noqa: E402
from measure.figures import Spread  # noqa: E402
from measure.load import Load, generator  # noqa: E402
from measure.product import Product, machine, running  # noqa: E402
from measure.queries import sampled  # noqa: E402

BUILD = ROOT / "build"
TIMES = 60
STUDENT, TEACHER = 0, 1
HOT = (
    ("courses, student", STUDENT, "/api/v1/courses"),
    ("course, student", STUDENT, "/api/v1/courses/{course}"),
    ("agenda", STUDENT, "/api/v1/me/assignments"),
    ("courses, teacher", TEACHER, "/api/v1/courses"),
    ("class results", TEACHER, "/api/v1/courses/{course}/results"),
    ("dashboard", TEACHER, "/api/v1/me/dashboard"),
    ("desk", TEACHER, "/api/v1/scripts"),
    ("search, Chinese", TEACHER, "/api/v1/search?q=%E5%90%AC%E5%8A%9B"),
    ("search, English", TEACHER, "/api/v1/search?q=reading"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scales", default="S,M,L", help="with commas between")
    chosen = parser.parse_args()
    found: dict[str, Any] = {"machine": machine(), "scales": {}}
    for scale in chosen.scales.split(","):
        found["scales"][scale] = one_size(scale)
    BUILD.mkdir(exist_ok=True)
    (BUILD / "growth.json").write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    (BUILD / "growth.svg").write_text(drawn(found["scales"]))
    show(found["scales"])


def one_size(scale: str) -> dict[str, Any]:
    with running(demo=scale == "S") as product:
        began = time.monotonic()
        if scale != "S":
            product.siji("seed", "--scale", scale)
        loaded = round(time.monotonic() - began, 1)
        with generator(product, two_people(product, is_demo=scale == "S")) as load:
            asked = {name: ask(load, person, path) for name, person, path in HOT}
    return {"loaded_in_seconds": loaded, "endpoints": asked}


def two_people(product: Product, *, is_demo: bool) -> dict[str, Any]:
    """A student and a teacher with courses, as the generator knows people."""
    words = ["demo"] if is_demo else ["seed"]
    found: dict[str, Any] = json.loads(product.run(sys.executable, "-m", "measure.two", *words))
    return found


def ask(load: Load, person: int, path: str) -> dict[str, Any]:
    course = load.school["people"][person]["courses"][0]
    asks = [(person, path.format(course=course))]
    load.look(asks, users=2, times=5)
    with sampled(load.product, rate=1.0) as queries:
        (answer,) = load.look(asks, users=2, times=TIMES)
    if answer["status"] != 200:
        raise SystemExit(f"{answer['path']} answered {answer['status']}")
    spread = Spread.of(answer["times"])
    database = round(sum(queries.durations) / TIMES, 3)
    return {"p50_ms": spread.p50, "p95_ms": spread.p95, "database_ms": database, "statements": len(queries.durations) / TIMES}


def drawn(scales: dict[str, Any]) -> str:
    names = list(scales)
    series = {
        name: [(place, scales[scale]["endpoints"][name]["database_ms"]) for place, scale in enumerate(names, 1)]
        for name, _, _ in HOT
    }
    title = "Database time of one request by size of the data"
    return chart.lines(series, title=title, x="scale", y="ms", limits={}, ticks=names)


def show(scales: dict[str, Any]) -> None:
    print("loaded in seconds: " + json.dumps({scale: one["loaded_in_seconds"] for scale, one in scales.items()}))
    for name, _, _ in HOT:
        cells = [f"{scale} p50 {one['endpoints'][name]['p50_ms']:.1f}ms, database {one['endpoints'][name]['database_ms']:.2f} ms "
                 f"in {one['endpoints'][name]['statements']:g}" for scale, one in scales.items()]  # fmt: skip
        print(f"{name:<18} " + " | ".join(cells))


if __name__ == "__main__":
    main()
