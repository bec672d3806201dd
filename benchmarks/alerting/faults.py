"""What breaks, lastingly: the supervisor stands still meanwhile, or it would be mended before anybody need be woken.

Each is a context: broken inside, mended after it. Raises NotFelt where it could not be done, Skipped where a right is missing.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass

import httpx2
import psutil
from faults.acts import Skipped
from faults.world import UPLOADS_MIB, NotFelt, World

Break = Callable[[World], AbstractContextManager[str]]
SEARCHERS, HELD = 20, 3.0
HOG_PERCENT = 4.0


@dataclass(frozen=True)
class Fault:
    name: str
    does: str
    rules: frozenset[str]
    """One of these must be told."""
    broken: Break


def killed(part: str) -> Break:
    @contextmanager
    def broken(world: World) -> Iterator[str]:
        with nobody_mends(world):
            pids = world.pids(part)
            world.send(pids, signal.SIGKILL)
            yield f"{len(pids)} processes"

    return broken


def frozen(*parts: str) -> Break:
    @contextmanager
    def broken(world: World) -> Iterator[str]:
        with nobody_mends(world):
            pids = [pid for part in parts for pid in world.pids(part)]
            world.send(pids, signal.SIGSTOP)
            try:
                yield f"{len(pids)} processes"
            finally:
                world.send(pids, signal.SIGCONT)

    return broken


@contextmanager
def deaf(world: World) -> Iterator[str]:
    """Who is connected goes on, and nobody else gets in."""
    with nobody_mends(world):
        pid = world.machine.identity("postgres").pid
        world.send([pid], signal.SIGSTOP)
        try:
            yield "only the process that accepts connections"
        finally:
            world.send([pid], signal.SIGCONT)


@contextmanager
def nobody_mends(world: World) -> Iterator[None]:
    supervisor = world.supervisor()
    supervisor.suspend()
    try:
        yield
    finally:
        supervisor.resume()


@contextmanager
def workers_frozen(world: World) -> Iterator[str]:
    with frozen("worker-1", "worker-2")(world) as sign:
        ask_model(world, 3)
        yield f"{sign}, 3 jobs wait"


def ask_model(world: World, number: int) -> None:
    """Real calls by the workers, as an administrator's test makes them."""
    world.machine.inside(
        "from siji.accounts.models import User\nfrom siji.monitoring.gateway_actions import start_test\n"
        f"for _ in range({number}): start_test(by=User.objects.get(username='alerting'))"
    )


@contextmanager
def table_gone(world: World) -> Iterator[str]:
    """As a half-done migration leaves it: whoever searches gets a 500."""
    with world.database() as connection, searching(world, 4) as told:
        connection.execute("ALTER TABLE courses_course RENAME TO courses_course_gone")
        try:
            yield "courses_course renamed"
        finally:
            connection.execute("ALTER TABLE courses_course_gone RENAME TO courses_course")
    _felt("500", told)


@contextmanager
def table_locked(world: World) -> Iterator[str]:
    with world.database() as connection, searching(world, SEARCHERS) as told, connection.transaction():
        connection.execute("LOCK TABLE courses_course IN ACCESS EXCLUSIVE MODE")
        yield f"courses_course locked, {SEARCHERS} search"
    _felt("slow", told)


@contextmanager
def answers_refused(world: World) -> Iterator[str]:
    with world.database() as connection:
        connection.execute("REVOKE INSERT, UPDATE ON practice_answer FROM siji")
        try:
            yield "no right to write answers"
        finally:
            connection.execute("GRANT INSERT, UPDATE ON practice_answer TO siji")


@contextmanager
def answers_slow(world: World) -> Iterator[str]:
    """The table of answers locked for three seconds again and again, as a greedy report or a vacuum by hand does."""
    stop = threading.Event()

    def hold() -> None:
        with world.database() as connection:
            while not stop.wait(0.3):
                with connection.transaction():
                    connection.execute("LOCK TABLE practice_answer IN ACCESS EXCLUSIVE MODE")
                    stop.wait(HELD)

    thread = threading.Thread(target=hold, name="holds-a-lock")
    thread.start()
    try:
        yield f"locked for {HELD:.0f} s again and again"
    finally:
        stop.set()
        thread.join()


@contextmanager
def uploads_full(world: World) -> Iterator[str]:
    if world.disk is None:
        raise Skipped("a small disk needs root (mount)")
    full = world.machine.home / "uploads" / "full"
    with full.open("wb") as file, suppress(OSError):
        for _ in range(UPLOADS_MIB * 32):
            file.write(b"\0" * 65536)
            file.flush()
    percent = psutil.disk_usage(str(full.parent)).percent
    try:
        if percent < 95:
            raise NotFelt(f"{percent} % full only")
        yield f"{percent:.0f} % full"
    finally:
        full.unlink()


@contextmanager
def model_away(world: World) -> Iterator[str]:
    wire = world.wires["model"]
    wire.become("cut")
    try:
        ask_model(world, 6)
        yield "connections refused, 6 ask"
    finally:
        wire.become("plain")


SET_MEMORY = """
from siji.monitoring.models import AlertRuleNumbers
AlertRuleNumbers.objects.filter(name="memory").delete()
{then}
"""
HOG = """
import sys, time
held = bytearray(int(sys.argv[1]))
held[::4096] = b"x" * len(held[::4096])
print("held", flush=True)
time.sleep(600)
"""


@contextmanager
def memory_eaten(world: World) -> Iterator[str]:
    """The limit is set a little above what is used, since to fill a machine that others work on would break more than ours."""
    memory = psutil.virtual_memory()
    size = int(memory.total * HOG_PERCENT / 100)
    if memory.available < 3 * size:
        raise Skipped("less than three times the memory that would be eaten is free")
    limit = memory.percent + HOG_PERCENT / 4
    numbers = f"limits=[{limit}, {limit + 50}], minimum=6, hold=10"
    world.machine.inside(SET_MEMORY.format(then=f"AlertRuleNumbers.objects.create(name='memory', {numbers})"))
    hog = subprocess.Popen([sys.executable, "-c", HOG, str(size)], stdout=subprocess.PIPE)
    try:
        assert hog.stdout is not None
        hog.stdout.readline()
        yield f"{size >> 20} MiB held, limit set to {limit:.1f} %"
    finally:
        hog.kill()
        hog.wait()
        world.machine.inside(SET_MEMORY.format(then=""))


@contextmanager
def searching(world: World, number: int) -> Iterator[list[str]]:
    """So many search different words; what each was told."""
    told, stop = list[str](), threading.Event()

    def ask(who: int) -> None:
        with httpx2.Client(timeout=20, cookies=world.visitor) as http:
            turn = 0
            while not stop.wait(0.3):
                turn += 1
                try:
                    reply = http.get(f"{world.base}/api/v1/search?q=woken{who}x{turn}")
                    told.append("slow" if reply.elapsed.total_seconds() > 1 else str(reply.status_code))
                except httpx2.HTTPError as error:
                    told.append(type(error).__name__)

    threads = [threading.Thread(target=ask, args=(who,)) for who in range(number)]
    for thread in threads:
        thread.start()
    try:
        yield told
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _felt(sign: str, told: list[str]) -> None:
    if sign not in told:
        raise NotFelt(f"no search was {sign}: {json.dumps(sorted(set(told)))}")


FAULTS = [
    Fault("replica-dead", "killed, not replaced", frozenset({"replica_down"}), killed("postgres-replica-1")),
    Fault("cache-dead", "killed, not replaced", frozenset({"cache_down"}), killed("redis-cache")),
    Fault("broker-dead", "killed, not replaced", frozenset({"broker_down"}), killed("redis-broker")),
    Fault("uploads-disk-full", "tmpfs filled", frozenset({"disk"}), uploads_full),
    Fault("api-frozen", "one of two SIGSTOPped", frozenset({"no_figures"}), frozen("api-1")),
    Fault("workers-frozen", "both SIGSTOPped, jobs come", frozenset({"queue_age"}), workers_frozen),
    Fault("answers-slow", "their table locked 3 s at a time", frozenset({"answer_times"}), answers_slow),
    Fault("model-away", "its endpoint refuses connections", frozenset({"model_failing"}), model_away),
    Fault("memory-eaten", "a process takes 4 % of the machine", frozenset({"memory"}), memory_eaten),
    Fault("table-locked", "held while people search", frozenset({"errors", "response_time", "query_time"}), table_locked),
    Fault("dependency-fails", "a table is missing", frozenset({"errors"}), table_gone),
    Fault("answers-refused", "the right to write them is gone", frozenset({"answer_saves"}), answers_refused),
    Fault("database-deaf", "accepts no new connection", frozenset({"database_down"}), deaf),
    Fault("database-frozen", "SIGSTOPped, not woken", frozenset({"database_down"}), frozen("postgres")),
]
