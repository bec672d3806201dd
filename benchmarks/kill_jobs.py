"""500 jobs while workers, their children and both Redis are killed with -9, and Redis emptied, 200 times at random.

PostgreSQL and two Redis of its own, two prefork workers and beat (its sweeper wakes what was forgotten); what dies is started
again. Each job leaves a mark in a table without any constraint. At the end no job may be unfinished (stuck), without its mark
(lost), or have two (applied twice).

``--effect-apart`` is the negative control: there the mark is kept apart from the end of the job, as a careless handler would, and
some must be seen twice. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "backend"), str(ROOT / "benchmarks")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "siji.settings")

from redis.exceptions import RedisError  # noqa: E402

from siji.embedded import postgres  # noqa: E402
from siji.embedded.home import Home  # noqa: E402
from siji.embedded.processes import spawn  # noqa: E402
from siji.embedded.redis import Redis  # noqa: E402
from siji.embedded.services import Services, wait_until_well  # noqa: E402

WORKERS, CHILDREN = 2, 2
DONE_WITHIN = 240.0
CELERY = [sys.executable, "-m", "celery", "-A", "killed_jobs"]


@dataclass
class Yard:
    home: Home
    servers: Services
    effect_apart: bool
    dice: random.Random
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    kills: Counter[str] = field(default_factory=Counter)

    def start(self, name: str) -> None:
        environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'backend'}:{ROOT / 'benchmarks'}", "LOG_LEVEL": "WARNING"}
        environment |= {"EFFECT_APART": "1"} if self.effect_apart else {}
        if name == "postgres":
            server = self.servers.postgres
            command, environment, account = server.command, postgres.environment(), server.place.account
        elif name in ("broker", "cache"):
            command, environment, account = self._redis(name).command, postgres.environment(), None
        elif name == "beat":
            command, account = [*CELERY, "beat", "-s", str(self.home.run / "schedule"), "--pidfile=", "-l", "ERROR"], None
        else:
            pool = ["worker", "-n", f"{name}@%h", "-P", "prefork", "-c", str(CHILDREN), "--without-gossip", "--without-mingle"]
            command, account = [*CELERY, *pool, "-l", "ERROR"], None
        self.processes[name] = spawn(
            command, log=self.home.log(name), env=environment, cwd="/" if account else ROOT, account=account
        )

    def _redis(self, name: str) -> Redis:
        return self.servers.broker if name == "broker" else self.servers.cache

    def ready(self, name: str) -> None:
        server = self.servers.postgres if name == "postgres" else self._redis(name)
        process = self.processes[name]
        wait_until_well(server.what_is_wrong, name=name, log=self.home.log(name), is_alive=lambda: process.poll() is None)

    def hurt(self) -> None:
        what = self.dice.choice(["worker", "worker", "child", "child", "broker", "cache", "flush"])
        if what == "flush":
            for name in ("broker", "cache"):
                try:
                    self._redis(name).client().flushall()
                except RedisError:
                    return  # it is just coming back: no kill counted
        elif what == "child":
            workers = [process for name, process in self.processes.items() if name.startswith("worker")]
            victims = [one for process in workers for one in psutil.Process(process.pid).children(recursive=True)]
            if not victims:
                return
            self.dice.choice(victims).kill()
        else:
            self._kill(self._worker() if what == "worker" else what)
        self.kills[what] += 1

    def _worker(self) -> str:
        return f"worker-{self.dice.randrange(WORKERS)}"

    def _kill(self, name: str) -> None:
        self.end(name)
        self.start(name)
        if name in ("broker", "cache"):
            self.ready(name)

    def end(self, name: str) -> None:
        process = self.processes[name]
        family = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
        for one in [process, *family]:
            try:
                os.kill(one.pid, signal.SIGKILL)
            except ProcessLookupError:
                continue  # it went with its parent
        process.wait()

    def heal(self) -> None:
        """A worker that gave up by itself (its broker was away for too long) is started again as by any supervisor."""
        for name, process in list(self.processes.items()):
            if process.poll() is not None:
                self.kills[f"{name.partition('-')[0]} ended by itself"] += 1
                self.start(name)


@contextmanager
def yard(effect_apart: bool, dice: random.Random) -> Iterator[Yard]:
    root = Path(tempfile.mkdtemp(prefix="siji-jobs-"))
    root.chmod(0o711)
    home = Home.open(root)
    servers = Services(home, home.choose_ports(["postgres", "redis-broker", "redis-cache"]))
    place = Yard(home, servers, effect_apart, dice)
    try:
        for name, server in (("postgres", servers.postgres), ("broker", servers.broker), ("cache", servers.cache)):
            server.make()
            place.start(name)
            place.ready(name)
        servers.postgres.prepare()
        os.environ |= {**servers.environment(), "SIJI_HOME": str(root), "SIJI_ENV": "test"}
        yield place
    finally:
        for name in reversed(place.processes):
            place.end(name)
        for folder in (servers.postgres.place.folder, root):
            shutil.rmtree(folder, ignore_errors=True)


def measure(place: Yard, jobs: int, kills: int) -> dict[str, Any]:
    import killed_jobs  # here, when the environment names the servers
    from django.core.management import call_command
    from django.db import connection

    from siji.jobs.actions import enqueue
    from siji.jobs.models import Job, JobState

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_effect (job bigint NOT NULL, at timestamptz DEFAULT now())")
    for name in [*(f"worker-{number}" for number in range(WORKERS)), "beat"]:
        place.start(name)
    asked = 0
    while (done := sum(place.kills[what] for what in ("worker", "child", "broker", "cache", "flush"))) < kills or asked < jobs:
        due = min(jobs, jobs * (done + 1) // max(kills, 1) + 1)
        for number in range(asked, due):
            enqueue(kind=killed_jobs.KIND, key=f"bench-{number}", payload={})
        asked = max(asked, due)
        time.sleep(place.dice.uniform(0.5, 2.0))
        place.heal()
        if done < kills:
            place.hurt()
    ended = (JobState.DONE, JobState.FAILED)
    mine = Job.objects.filter(kind=killed_jobs.KIND)
    until = time.monotonic() + DONE_WITHIN
    while mine.exclude(state__in=ended).exists() and time.monotonic() < until:
        place.heal()
        time.sleep(0.5)
    with connection.cursor() as cursor:
        cursor.execute("SELECT job, count(*) FROM bench_effect GROUP BY job")
        marks = dict(cursor.fetchall())
    ids = set(mine.values_list("pk", flat=True))
    return {
        "jobs": len(ids),
        "kills": dict(place.kills),
        "stuck": mine.exclude(state__in=ended).count(),
        "failed": mine.filter(state=JobState.FAILED).count(),
        "lost": jobs - len(ids & set(marks)),
        "applied_twice": sum(count > 1 for count in marks.values()),
        "most_attempts": max(mine.values_list("attempts", flat=True), default=0),
    }


def is_right(report: dict[str, Any], *, effect_apart: bool) -> bool:
    if effect_apart:
        return report["applied_twice"] > 0
    return not (report["stuck"] or report["failed"] or report["lost"] or report["applied_twice"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=500)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--effect-apart", action="store_true", help="the negative control")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**31))
    chosen = parser.parse_args()
    began = time.monotonic()
    with yard(chosen.effect_apart, random.Random(chosen.seed)) as place:
        report = measure(place, chosen.jobs, chosen.kills)
    right = is_right(report, effect_apart=chosen.effect_apart)
    told = {**report, "seconds": round(time.monotonic() - began, 1), "seed": chosen.seed, "as_it_must_be": right}
    sys.stdout.write(json.dumps({**told, "is_negative_control": chosen.effect_apart}) + "\n")
    raise SystemExit(0 if right else 1)


if __name__ == "__main__":
    main()
