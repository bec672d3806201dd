"""``make faults``: the table of faults, one after another on whole Sijis of their own, while users work; build/faults.json.

First the half hour of A6, alone on the machine: one fault every two minutes, availability over everything that was due. Then
the other faults of the same school, each until users are served again. Then, side by side since they wait more than they work,
the Sijis on a bad network and on small disks, and the failover drill; with --all the drills that are commands of their own (the
jobs, the stale reads, the model, the browser stories) come last. The negative controls run on the same machine: they must lose
something, or not heal, or the run is worth nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "benchmarks")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")

from faults.acts import Skipped  # noqa: E402
from faults.controls import CONTROLS_OF  # noqa: E402
from faults.drills import BESIDE, DRILLS, run_drill  # noqa: E402
from faults.planning import expected, said  # noqa: E402
from faults.table import FAULTS, Fault  # noqa: E402
from faults.users import User, at_work  # noqa: E402
from faults.verdict import Answer, Ask, availability, downtime, is_right, lost  # noqa: E402
from faults.world import WORLDS, NotFelt, World  # noqa: E402

RESULT = ROOT / "build" / "faults.json"
A6_SPACING, QUICK_SPACING = 120.0, 25.0
BEFORE, AFTER, HEALED_WITHIN = 3.0, 3.0, 90.0
ENOUGH_ACKNOWLEDGED = 50_000
A6_MUST, A6_AIM = 0.995, 0.9995
Row = dict[str, Any]


@dataclass
class Matrix:
    chosen: Sequence[Fault]
    is_quick: bool
    spacing: float
    writers: int
    folder: Path
    rows: list[Row] = field(default_factory=list)
    acknowledged: list[int] = field(default_factory=list)
    """By each world's users."""
    a6: Row | None = None

    def run(self, beside: Sequence[Callable[[], None]]) -> None:
        """``beside``: what else may run next to the smaller worlds."""
        self._in("school")
        with ThreadPoolExecutor(max_workers=len(WORLDS) + len(beside)) as side_by_side:
            smaller: list[Callable[[], None]] = [partial(self._in, name) for name in WORLDS if name != "school"]
            running = [side_by_side.submit(one) for one in [*smaller, *beside]]
        for one in running:
            one.result()

    def _in(self, name: str) -> None:
        """A world that cannot be had, or goes down with what it was to bear, is a row; the others go on and all is kept."""
        here = [fault for fault in self.chosen if fault.world == name]
        if not here:
            return
        try:
            with WORLDS[name]() as world:
                self._on(world, here, name)
        except Exception as error:  # noqa: BLE001  # whatever it was, it is said and the run is wrong
            traceback.print_exc()
            self._print({"name": f"world: {name}", "ok": False, "sign": f"{type(error).__name__}: {error}"[:300]})

    def _on(self, world: World, faults: Sequence[Fault], name: str) -> None:
        scheduled = [fault for fault in faults if fault.in_a6]
        is_a6 = len(scheduled) == sum(fault.in_a6 for fault in FAULTS)
        others = [fault for fault in faults if not (is_a6 and fault.in_a6)]
        seconds = self.spacing * len(scheduled) * is_a6 + sum(fault.longest_down + fault.hold + 30 for fault in others)
        kinds = {"save": self.writers, "read": 1, "stream": 1} | ({"page": 1} if world.has_web else {})
        with at_work(world.machine.inside, world.base, self.folder, seconds=seconds, kinds=kinds) as users:
            world.visitor = users[-1].cards[0][1]
            time.sleep(BEFORE)
            began = time.monotonic()
            for number, fault in enumerate(scheduled if is_a6 else []):
                time.sleep(max(0.0, began + number * self.spacing - time.monotonic()))
                self._row(world, fault, users)
            if is_a6:
                time.sleep(max(0.0, began + len(scheduled) * self.spacing - time.monotonic()))
                self.a6 = a6(asks_of(users, began, time.monotonic()), self.spacing, len(scheduled))
                sys.stdout.write(f"A6: {json.dumps(self.a6)}\n")
            for fault in others:
                self._row(world, fault, users)
            self.acknowledged.append(sum(user.acknowledged for user in users))
        for control in CONTROLS_OF.get(name, []):
            self._print(control(world, self.folder))

    def _row(self, world: World, fault: Fault, users: Sequence[User]) -> None:
        since = time.monotonic()
        felt, sign, skipped = False, "", ""
        for _ in range(fault.times):
            try:
                sign = fault.act(world, min(fault.hold, 5.0) if self.is_quick else fault.hold)
                felt = True
            except NotFelt as error:
                sign = f"NOT FELT: {error}"
            except Skipped as error:
                skipped = str(error)
        is_healed = all_heard(users, HEALED_WITHIN)
        time.sleep(AFTER)
        asks = asks_of(users, since - BEFORE, time.monotonic())
        gone = lost(acknowledged_in(self.folder, users), kept_in(world))
        bad = [ask for ask in asks if not ask.is_good]
        row: Row = {
            "name": fault.name, "world": fault.world, "does": fault.does, "times": fault.times, "must_hold": fault.holds,
            "control": fault.control, "sign": sign, "felt": felt, "skipped": skipped, "is_healed": is_healed,
            "downtime_s": round(downtime(asks, until=time.monotonic()), 1), "longest_allowed_s": fault.longest_down,
            "by_kind_s": {kind: round(downtime([a for a in asks if a.kind == kind], until=time.monotonic()), 1)
                          for kind in sorted({ask.kind for ask in asks})},
            "due": sum(ask.weight for ask in asks), "failed": sum(ask.weight for ask in bad),
            "failed_saves": sum(ask.weight for ask in bad if ask.kind == "save"), "lost": len(gone),
            "answers_seen": dict(Counter(f"{ask.kind} {ask.why}" for ask in bad).most_common(6)),
            "ran_out": [user.name for user in users if user.has_run_out], "seconds": round(time.monotonic() - since, 1),
        }  # fmt: skip
        right = is_right(row, may_lose=False, longest_down=fault.longest_down, may_fail_writes=fault.may_fail_saves)
        row["ok"] = None if skipped else right and not row["ran_out"]
        self._print(row)

    def _print(self, row: Row) -> None:
        self.rows.append(row)
        state = {None: "skip", True: "ok", False: "WRONG"}[row["ok"]]
        down, allowed = row.get("downtime_s", "-"), row.get("longest_allowed_s", "-")
        figures = f"{state:5} {row['name']:26} lost {row.get('lost', '-')!s:>4}  down {down!s:>5} / {allowed!s:>5} s"
        saves = f"saves refused {row.get('failed_saves', '-')!s:>4}  {row.get('answers_seen', '')}"
        sys.stdout.write(f"{figures}  {saves}  {row.get('skipped') or row.get('sign', '')}\n")
        sys.stdout.flush()


def asks_of(users: Sequence[User], since: float, until: float) -> list[Ask]:
    return [ask for user in users for ask in list(user.asks) if since <= ask.due <= until]


def all_heard(users: Sequence[User], seconds: float) -> bool:
    """Each has been answered well on something that was due from now on."""
    since = time.monotonic()
    while time.monotonic() - since < seconds:
        if all(user.has_run_out or any(ask.is_good and ask.due > since for ask in user.asks[-5:]) for user in users):
            return True
        time.sleep(0.1)
    return False


def acknowledged_in(folder: Path, users: Sequence[User]) -> set[Answer]:
    """The last line may still be being written; what was before it is on the disk."""
    found = set[Answer]()
    for ledger in {user.ledger for user in users}:
        for line in ledger.read_text().splitlines(keepends=True) if ledger.exists() else []:
            if line.endswith("\n"):
                attempt, item, value = json.loads(line)
                found.add((attempt, item, value))
    return found


def kept_in(world: World) -> set[Answer]:
    with world.database() as connection:
        rows = connection.execute("SELECT attempt_id::text, slot, value FROM practice_answer").fetchall()
    return {(attempt, slot, value) for attempt, slot, value in rows}


def a6(asks: Sequence[Ask], spacing: float, faults: int) -> Row:
    value = availability(asks) or 0.0
    kinds = {kind: availability([ask for ask in asks if ask.kind == kind]) for kind in sorted({ask.kind for ask in asks})}
    how = (
        f"{faults} faults, one every {spacing:.0f} s; each user asks every 0.5 s, once; what would have been asked while "
        "somebody waited counts like what was waited for"
    )
    row = {"value": round(100 * value, 3), "unit": "%", "must": 100 * A6_MUST, "aim": 100 * A6_AIM}
    return {**row, "ok": value > A6_MUST, "how": how, "by_kind": kinds, "due": sum(ask.weight for ask in asks)}


def choose(names: Sequence[str]) -> list[Fault]:
    known = {fault.name for fault in FAULTS} | set(DRILLS)
    unknown = [name for name in names if name not in known]
    if unknown:
        raise SystemExit(f"no fault is called {', '.join(unknown)}; there are: {', '.join(sorted(known))}")
    return [fault for fault in FAULTS if not names or fault.name in names]


def _drill_into(rows: list[Row], name: str) -> None:
    rows.append(run_drill(name))


def last_seconds() -> dict[str, float]:
    """What each fault took in the last run on this machine."""
    if not RESULT.exists():
        return {}
    return {row["name"]: row["seconds"] for row in json.loads(RESULT.read_text())["faults"] if "seconds" in row}


def report(matrix: Matrix, drills: Sequence[Row], seconds: float, *, is_whole: bool) -> Row:
    rows = [*matrix.rows, *drills]
    lost_in_all = sum(row.get("lost", 0) for row in matrix.rows if not row.get("is_control"))
    acknowledged = sum(matrix.acknowledged)
    enough = acknowledged >= ENOUGH_ACKNOWLEDGED or not is_whole
    return {
        "is_whole": is_whole, "faults": rows, "A6": matrix.a6, "answers_acknowledged": acknowledged, "lost": lost_in_all,
        "wrong": [row["name"] for row in rows if row["ok"] is False],
        "skipped": [row["name"] for row in rows if row["ok"] is None],
        "seconds": round(seconds), "machine": {"cores": os.cpu_count(), "system": platform.platform()},
        "ok": enough and not lost_in_all and all(row["ok"] is not False for row in rows) and (not matrix.a6 or matrix.a6["ok"]),
    }  # fmt: skip


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="one fault or drill; may be repeated")
    parser.add_argument("--quick", action="store_true", help="a fault every 25 s instead of every 120, shorter holds")
    parser.add_argument(
        "--all", action="store_true", help="also the jobs, the stale reads, the model's faults and the browser stories"
    )
    parser.add_argument("--writers", type=int, default=5)
    parser.add_argument("--list", action="store_true")
    return parser.parse_args()


def main() -> None:
    chosen = arguments()
    faults = choose(chosen.only)
    if chosen.list:
        for fault in FAULTS:
            sys.stdout.write(f"{fault.name:26} {fault.does:32} {fault.times}×  {fault.holds}; control: {fault.control}\n")
        return
    began = time.monotonic()
    wanted = [name for name in DRILLS if name in chosen.only or (not chosen.only and (chosen.all or name == "failover"))]
    spacing = QUICK_SPACING if chosen.quick else A6_SPACING
    sys.stdout.write(said(expected(faults, spacing=spacing, drills=wanted, measured=last_seconds())) + "\n")
    sys.stdout.flush()
    with tempfile.TemporaryDirectory(prefix="siji-ledgers-") as folder:
        matrix = Matrix(faults, chosen.quick, spacing, chosen.writers, Path(folder))
        drills = list[Row]()
        matrix.run([partial(_drill_into, drills, name) for name in wanted if name in BESIDE])
    for name in wanted:
        if name not in BESIDE:
            _drill_into(drills, name)
    is_whole = not chosen.only and not chosen.quick
    told = report(matrix, drills, time.monotonic() - began, is_whole=is_whole)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    a6_words = f"A6 {matrix.a6['value']} %" if matrix.a6 else "A6 not measured"
    sys.stdout.write(
        f"acknowledged {told['answers_acknowledged']}, lost {told['lost']}, {a6_words}, wrong: {told['wrong'] or 'none'}, "
        f"skipped: {told['skipped'] or 'none'}, {told['seconds']} s, at {commit.stdout.strip()}\n"
    )
    raise SystemExit(0 if told["ok"] else 1)


if __name__ == "__main__":
    main()
