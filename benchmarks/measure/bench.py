"""``make bench-day``: a school day as load. Ladder, pair, search, doors; writes build/acceptance.json and charts."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "benchmarks")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")

from measure import acceptance, chart, doors, pair, search  # noqa: E402
from measure.figures import has_given_out, holds  # noqa: E402
from measure.load import Load, generator  # noqa: E402
from measure.product import API_PROCESSES, Product, machine, running, start_naive  # noqa: E402

LADDER = [1, 20, 100, 500, 600, 700, 800, 1000, 2000]
PAIR = [20, 100, 500, 1000, 2000]
QUICK = [500]
BUILD = ROOT / "build"


def main() -> None:
    chosen = options()
    if not (ROOT / "frontend/.next/BUILD_ID").exists():
        raise SystemExit("the front end is not built, and it is one of the doors: make web")
    BUILD.mkdir(exist_ok=True)
    began = time.monotonic()
    result: dict[str, Any] = {"began": datetime.now(UTC).isoformat(timespec="seconds"), "scale": chosen.scale}
    with running(chosen.home, api_processes=chosen.api) as product:
        prepare(product, chosen.scale)
        ladder = QUICK if chosen.quick else chosen.ladder
        pairs = QUICK if chosen.quick and chosen.pair else chosen.pair
        school = seat(product, users=max([*ladder, *pairs]), rounds=len(ladder) + 1)
        result["machine"] = {**machine(), "postgresql": server_version(product), "api_processes": chosen.api}
        with generator(product, school) as load:
            result["ladder"] = climb(load, ladder, chosen.seconds)
            result["doors"] = doors.compare(load, users=min(20, len(school["people"])))
            tell("the doors are compared")
            result["pair"] = beside_the_naive(load, product, pairs, chosen.pair_seconds or chosen.seconds)
            result["search"] = search.measure(load, scale=chosen.scale)
            tell("the searches are measured")
    rows = acceptance.of_ladder(result["ladder"]) | acceptance.of_search(result["search"])
    rows |= acceptance.of_pair(result["pair"]["ours"], result["pair"]["naive"])
    result["took_seconds"] = round(time.monotonic() - began)
    write(rows, result)
    report(rows, result)


def beside_the_naive(load: Load, product: Product, users: list[int], seconds: float) -> dict[str, Any]:
    if not users:
        tell("the pair is left out, so there is no A13")
        return {"ours": [], "naive": [], "compared_bodies": 0}
    port = start_naive(product)
    tell("the naive build answers")
    return pair.measure(load, port, users, seconds)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", choices=["M", "L"], default="M")
    parser.add_argument("--seconds", type=float, default=60, help="counted in each step")
    parser.add_argument("--pair-seconds", type=float, default=0, help="in each step of the pair; as --seconds if left out")
    parser.add_argument("--ladder", type=numbers, default=LADDER, help="users, with commas between")
    parser.add_argument("--pair", type=pairs_of, default=PAIR, help="users, with commas between; 0: without the naive build")
    parser.add_argument("--quick", action="store_true", help="the 500 step and the pair at 500")
    parser.add_argument("--api", type=int, default=API_PROCESSES, help="API processes")
    parser.add_argument("--home", type=Path, help="a SIJI_HOME to keep: seeded the first time, used again after")
    return parser.parse_args()


def numbers(text: str) -> list[int]:
    """Raises ArgumentTypeError, which argparse prints."""
    found = [int(word) if word.strip().isdecimal() else 0 for word in text.split(",")]
    if not found or min(found) < 1:
        raise argparse.ArgumentTypeError(f"{text!r}: numbers of users from 1 on, with commas between")
    return sorted(set(found))


def pairs_of(text: str) -> list[int]:
    """0 alone: the pair is left out."""
    return [] if text.strip() == "0" else numbers(text)


def prepare(product: Product, scale: str) -> None:
    began = time.monotonic()
    asked = "import django; django.setup(); from siji.embedded.seed.loading import is_there; print(is_there())"
    if product.run(sys.executable, "-c", asked).strip() != "True":
        print(product.siji("seed", "--scale", scale), flush=True)
    product.wait_for_tracks()
    tell(f"scale {scale} is there ({time.monotonic() - began:.0f} s)")


def seat(product: Product, *, users: int, rounds: int) -> dict[str, Any]:
    order = {"users": users, "rounds": rounds}
    school: dict[str, Any] = json.loads(product.run(sys.executable, "-m", "measure.school", given=order))
    return school


def climb(load: Load, ladder: list[int], seconds: float) -> list[dict[str, Any]]:
    """Up to the first step that does not hold, or where the generator gives out."""
    steps: list[dict[str, Any]] = []
    for users in ladder:
        step = load.step(users=users, seconds=seconds)
        steps.append(step)
        tell(step_said(step))
        if not holds(step) or has_given_out(step):
            break
    return steps


def step_said(step: dict[str, Any]) -> str:
    return (
        f"{step['users']} users: {step['requests_per_second']} requests/s, mean {step['mean_ms']:.1f} ms, "
        f"p95 {step['p95_ms']:.1f}, errors {step['errors']}, product {step['product_cpu_percent']} %, generator "
        f"{step['generator_cpu_percent']} % of a core (lag {step['generator_lag_p95_ms']} ms), "
        f"others {step['others_percent']} %, arrival {step['arrival_seconds']} s"
    )


def server_version(product: Product) -> str:
    with product.servers.postgres.connect() as connection:
        row = connection.execute("SHOW server_version").fetchone()
    return str(row[0]) if row else "?"


def write(rows: dict[str, Any], result: dict[str, Any]) -> None:
    text = json.dumps({**rows, "measured": result}, indent=1, ensure_ascii=False)
    (BUILD / "acceptance.json").write_text(text + "\n")
    steps = result["ladder"]
    lines = {name: [(step["users"], step[key]) for step in steps] for name, key in (("mean", "mean_ms"), ("p95", "p95_ms"))}
    (BUILD / "ladder.svg").write_text(
        chart.lines(lines, title="Response time by users", x="users, 1–3 s think time", y="ms", limits={"A1: mean < 500 ms": 500})
    )
    both = {name: [(step["users"], step["mean_ms"]) for step in result["pair"][name]] for name in ("ours", "naive")}
    if not any(both.values()):
        (BUILD / "pair.svg").unlink(missing_ok=True)  # of another run: it would be taken for this one's
        return
    (BUILD / "pair.svg").write_text(chart.lines(both, title="Ours and the naive build", x="users", y="mean, ms", limits={}))


def report(rows: dict[str, Any], result: dict[str, Any]) -> None:
    print("\n" + json.dumps(result["machine"], ensure_ascii=False))
    print("\nladder\n" + acceptance.ladder_said(result["ladder"]))
    for name in ("ours", "naive") if result["pair"]["ours"] else ():
        print(f"\npair, {name}\n" + acceptance.ladder_said(result["pair"][name]))
    print("\ndoors, one person, ms: " + json.dumps(result["doors"], ensure_ascii=False))
    print(f"\n{acceptance.printed(rows)}\n\n{result['took_seconds']} s; build/acceptance.json, build/*.svg")


def tell(text: str) -> None:
    print(f"[{time.strftime('%H:%M:%S')}] {text}", flush=True)


if __name__ == "__main__":
    main()
