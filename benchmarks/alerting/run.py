"""``make bench-alerting``: seconds from a fault to the message in a person's hands, and false alarms of normal work.

A whole Siji with two of most parts and a replica, users at work, a mail server and a webhook of ours as its channels. First
normal work for ``--minutes``: no message may come, and in half an hour or more nothing may grow (as in ``make soak``; kept in
build/soak.json). Then one fault after another, each lasting until it was told (the supervisor stands still where it would mend it
first), over both channels, within 60 s. Writes build/alerting.json; exit code 1 where one is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "benchmarks")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")

import psutil  # noqa: E402
from faults import soak  # noqa: E402
from faults.acts import Skipped  # noqa: E402
from faults.run import all_heard  # noqa: E402
from faults.users import User, at_work  # noqa: E402
from faults.wire import Wire  # noqa: E402
from faults.world import UPLOADS_MIB, NotFelt, World, stop, tmpfs  # noqa: E402

from alerting.ears import WAYS, Ears, listening  # noqa: E402
from alerting.faults import FAULTS, Fault, ask_model  # noqa: E402
from model_server.running import running  # noqa: E402
from siji.embedded.tests.machine import Machine  # noqa: E402

RESULT = ROOT / "build" / "alerting.json"
PARTS = ["--api", "2", "--worker", "2", "--replicas", "1"]
MUST = 60.0
GIVES_UP, HEALED_WITHIN, OVER_WITHIN = 90.0, 90.0, 420.0
ASK_MODEL_EVERY, CPU_HELD, CPU_LIMIT = 60, 240, 65.0
"""Seconds, seconds, per cent: a little below the rule's own, which is of other seconds."""
ENOUGH_MINUTES = 30
"""To say that something grows."""
USERS = {"save": 4, "read": 2, "page": 1, "stream": 1}
Row = dict[str, Any]

SET_UP = """
from siji.accounts.models import Role, User
from siji.monitoring.gateway_actions import BEGINNING, set_gateway
admin = User.objects.create(username="alerting", name="alerting", role=Role.ADMIN)
values = BEGINNING.model_copy(update={{"endpoint": "{endpoint}", "model": "deepseek-v4-flash", "dialect": "plain"}})
set_gateway(by=admin, key="secret-key", values=values.dict())
"""
OPEN = "from siji.monitoring.models import Alert; print(*Alert.objects.filter(state='open').values_list('rule', flat=True))"


@contextmanager
def school() -> Iterator[World]:
    with ExitStack() as stack:
        wire = Wire(stack.enter_context(running(key="secret-key")).port)
        stack.callback(wire.close)
        endpoint = f"http://127.0.0.1:{wire.port}/v1"
        machine = Machine(LOG_LEVEL="WARNING", MODEL_ENDPOINTS=endpoint)
        stack.callback(machine.remove)
        world = World(machine, wires={"model": wire})
        if os.geteuid() == 0:
            world.disk = machine.home / "uploads"
            stack.enter_context(tmpfs(world.disk, f"size={UPLOADS_MIB}m,mode=700"))
        stack.callback(stop, machine)
        machine.start(arguments=PARTS)
        machine.inside(SET_UP.format(endpoint=endpoint))
        yield world


def quiet_work(world: World, ears: Ears, minutes: float, users: Sequence[User]) -> Row:
    """What is told though nothing was broken, and what grows. A model is asked now and then.

    A machine that others keep busy is told of rightly: whether it was is measured here and not taken from the product.
    """
    past, began, busy, samples = ears.mark(), time.monotonic(), list[float](), soak.Samples(world)
    psutil.cpu_percent()
    while (at := time.monotonic() - began) < 60 * minutes:
        if len(busy) % ASK_MODEL_EVERY == 0:
            ask_model(world, 2)
        if len(busy) % soak.EVERY == 0:
            samples.take(at)
        time.sleep(1)
        busy.append(psutil.cpu_percent())
    told = [sorted(one.rules) for one in ears.since(past) if one.rules]
    rightly = {"cpu"} if busiest(busy, CPU_HELD) >= CPU_LIMIT else set[str]()
    false = [rules for rules in told if set(rules) - rightly]
    mean = round(sum(busy) / len(busy), 1)
    tell(f"{minutes:g} minutes of normal work, CPU {mean} %: {len(false)} false alarms {false or ''} (told: {told or 'nothing'})")
    grown = soak.growth(samples, minutes, [ask for user in users for ask in list(user.asks)])
    soak.keep(grown)
    slopes = {name: grown[name]["percent_an_hour"] for name in soak.MOST}
    tell(f"growth in an hour, per cent: {slopes}; answered well: {grown['good']}")
    return {"minutes": minutes, "false_alarms": len(false), "told": told, "cpu_percent": mean, "is_busy": bool(rightly),
            "growth": grown, "ok": not false and (grown["ok"] or minutes < ENOUGH_MINUTES)}  # fmt: skip


def busiest(samples: Sequence[float], length: int) -> float:
    """The highest mean of so many in a row."""
    windows = [samples[at : at + length] for at in range(max(1, len(samples) - length + 1))]
    return max(sum(window) / len(window) for window in windows) if samples else 0.0


def try_fault(world: World, ears: Ears, users: Sequence[User], fault: Fault) -> Row:
    past, told, sign, skipped = ears.mark(), dict[str, float](), "", ""
    began = time.monotonic()
    try:
        with fault.broken(world) as sign:
            told = ears.listen(past, rules=fault.rules, began=began, seconds=GIVES_UP)
    except Skipped as error:
        skipped = str(error)
    except NotFelt as error:
        sign = f"NOT FELT: {error}"
    others = sorted({rule for one in ears.since(past) for rule in one.rules} - fault.rules)
    healed = all_heard(users, HEALED_WITHIN)
    right = None if skipped else is_told(told) and healed and "NOT FELT" not in sign
    row: Row = {
        "name": fault.name, "does": fault.does, "rules": sorted(fault.rules), "sign": sign, "seconds": told, "also_told": others,
        "is_healed": healed, "skipped": skipped, "ok": right,
        "took_s": round(time.monotonic() - began, 1),
    }  # fmt: skip
    said = f"{told or 'not told'}  also {others or '-'}  {skipped or sign}{'' if healed else '; NOT HEALED'}"
    tell(f"{ {None: 'skip', True: 'ok', False: 'WRONG'}[right]:5} {fault.name:18} {said}")
    return row


def is_told(told: dict[str, float]) -> bool:
    return set(told) == set(WAYS) and max(told.values()) < MUST


def still_open(world: World) -> list[str]:
    """Nothing is broken any more: what stays open though its time of calm is over. Budgets remember for hours, so not they."""
    until = time.monotonic() + OVER_WITHIN
    while True:
        left = [rule for rule in world.machine.inside(OPEN).split() if not rule.startswith("promise_")]
        if not left or time.monotonic() > until:
            return left
        time.sleep(5)


def measure(faults: Sequence[Fault], minutes: float) -> Row:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="siji-ledgers-") as folder, school() as world, listening(world.machine) as ears:
        seconds = 60 * minutes + len(faults) * 150
        with at_work(world.machine.inside, world.base, Path(folder), seconds=seconds, kinds=USERS) as users:
            world.visitor = users[-1].cards[0][1]
            tell("ready, and people work")
            quiet = quiet_work(world, ears, minutes, users) if minutes else None
            rows = [try_fault(world, ears, users, fault) for fault in faults]
            left = still_open(world)
            acknowledged = sum(user.acknowledged for user in users)
    worst = max((max(row["seconds"].values()) for row in rows if row["seconds"]), default=None)
    right = not left and all(row["ok"] is not False for row in rows) and not (quiet and not quiet["ok"])
    return {"must_s": MUST, "faults": rows, "worst_s": worst, "normal_work": quiet, "still_open": left,
            "answers_acknowledged": acknowledged, "missed": [row["name"] for row in rows if row["ok"] is False], "ok": right,
            "seconds": round(time.monotonic() - began)}  # fmt: skip


def tell(text: str) -> None:
    print(f"[{time.strftime('%H:%M:%S')}] {text}", flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60, help="of normal work before the faults; 0 leaves it out")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="one fault; may be repeated")
    parser.add_argument("--no-faults", action="store_true", help="only the normal work")
    return parser.parse_args()


def main() -> None:
    chosen = arguments()
    known = {fault.name: fault for fault in FAULTS}
    unknown = [name for name in chosen.only if name not in known]
    if unknown:
        raise SystemExit(f"no fault is called {', '.join(unknown)}; there are: {', '.join(known)}")
    faults = [] if chosen.no_faults else [fault for fault in FAULTS if not chosen.only or fault.name in chosen.only]
    told = measure(faults, chosen.minutes)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    tell(f"worst {told['worst_s']} s of {MUST:.0f}, missed: {told['missed'] or 'none'}, {told['seconds']} s; build/alerting.json")
    raise SystemExit(0 if told["ok"] else 1)


if __name__ == "__main__":
    main()
