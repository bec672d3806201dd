"""The faults. For each: what is done and how often, what must hold, and how it is known that the test could fail.

Of every fault an act must bring the sign that it was felt, or the row is wrong; every row compares the ledgers with the database,
and CONTROLS must lose something, or show that they are not healed, or the comparison is blind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from faults import acts
from faults.acts import Act


@dataclass(frozen=True)
class Fault:
    name: str
    does: str
    act: Act
    longest_down: float
    """Seconds that any one user may go without a good answer."""
    times: int = 1
    hold: float = 10.0
    may_fail_saves: bool = True
    """A save may be refused (and is sent again by the browser's journal); False: not one may be."""
    world: Literal["school", "wires", "small"] = "school"
    in_a6: bool = False
    """Part of the half hour with a fault every two minutes."""
    control: str = "acknowledges-early"

    @property
    def holds(self) -> str:
        saves = "" if self.may_fail_saves else ", no save refused"
        return f"lost 0, nobody down > {self.longest_down:.0f} s, healed by itself{saves}"


KILLS, FROST, NET = "kill -9", "SIGSTOP, nobody wakes it", "nobody-restarts"
FAULTS = [
    # name, what is done, act, seconds down at most
    Fault("api-killed", KILLS, acts.kill("api-1"), 5, in_a6=True, control=NET),
    Fault("api-child-killed", "kill -9 of its worker", acts.kill_child("api-2"), 10, in_a6=True),
    Fault("stream-killed", KILLS, acts.kill("stream-1"), 10, may_fail_saves=False, in_a6=True),
    Fault("web-killed", KILLS, acts.kill("web-1"), 10, may_fail_saves=False, in_a6=True),
    Fault("worker-killed", KILLS, acts.kill("worker-1"), 1, may_fail_saves=False, in_a6=True),
    Fault("beat-killed", KILLS, acts.kill("beat"), 1, may_fail_saves=False, in_a6=True),
    Fault("replica-killed", KILLS, acts.kill("postgres-replica-1"), 8, in_a6=True),
    Fault("broker-killed", KILLS, acts.kill("redis-broker"), 3, may_fail_saves=False, in_a6=True),
    Fault("cache-killed", KILLS, acts.kill("redis-cache"), 3, may_fail_saves=False, in_a6=True),
    Fault("postgres-killed", KILLS, acts.kill("postgres"), 15, in_a6=True),
    Fault("replica-frozen-and-woken", "SIGSTOP 10 s", acts.freeze_and_wake("postgres-replica-1"), 8, in_a6=True),
    Fault("cache-frozen", FROST, acts.freeze("redis-cache"), 5, may_fail_saves=False, in_a6=True),
    Fault("flushall", "both Redis emptied", acts.flush, 3, may_fail_saves=False, in_a6=True),
    Fault("replica-lags", "replays 5 s late", acts.lag, 1, may_fail_saves=False, hold=15, in_a6=True),
    Fault("deploy-with-migration", "siji migrate, siji restart", acts.deploy, 5, in_a6=True),
    Fault("postgres-child-killed", "kill -9 of a server process", acts.kill_child("postgres"), 15),
    Fault("balancer-killed", KILLS, acts.kill("balancer"), 10),
    Fault("api-frozen", FROST, acts.freeze("api-1"), 75),
    Fault("stream-frozen", FROST, acts.freeze("stream-1"), 75, may_fail_saves=False),
    Fault("web-frozen", FROST, acts.freeze("web-1"), 75, may_fail_saves=False),
    Fault("worker-frozen", FROST, acts.freeze("worker-1"), 1, may_fail_saves=False),
    Fault("beat-frozen", FROST, acts.freeze("beat"), 1, may_fail_saves=False),
    Fault("broker-frozen", FROST, acts.freeze("redis-broker"), 30),
    Fault("postgres-frozen", FROST, acts.freeze("postgres"), 100),
    Fault("redis-out-of-memory", "maxmemory below what is used", acts.out_of_memory, 3, may_fail_saves=False),
    Fault("pool-filled", "a lock, 40 who wait for it", acts.fill_the_pool, 15, may_fail_saves=False),
    Fault("database-slow", "0.1 s a part", acts.wire("database", "delay"), 20, world="wires"),
    Fault("database-cut", "connections cut and refused", acts.wire("database", "cut"), 30, world="wires"),
    Fault("database-half-open", "nothing passes, nobody is told", acts.wire("database", "half_open"), 40, world="wires"),
    Fault("database-byte-at-a-time", "each byte alone", acts.wire("database", "byte_at_a_time"), 20, world="wires"),
    Fault("cache-slow", "0.1 s a part", acts.wire("cache", "delay"), 5, world="wires"),
    Fault("cache-cut", "connections cut and refused", acts.wire("cache", "cut"), 5, world="wires"),
    Fault("cache-half-open", "nothing passes", acts.wire("cache", "half_open"), 5, world="wires"),
    Fault("cache-byte-at-a-time", "each byte alone", acts.wire("cache", "byte_at_a_time"), 5, world="wires"),
    Fault("broker-slow", "0.1 s a part", acts.wire("broker", "delay"), 5, world="wires"),
    Fault("broker-cut", "connections cut and refused", acts.wire("broker", "cut"), 5, world="wires"),
    Fault("broker-half-open", "nothing passes", acts.wire("broker", "half_open"), 15, world="wires"),
    Fault("database-disk-full", "tmpfs filled to the last byte", acts.fill_database_disk, 75, world="small"),
    Fault("uploads-disk-full", "a file larger than the disk", acts.fill_uploads_disk, 3, may_fail_saves=False, world="small"),
    Fault("clock-forward", "+2 h beside the database", acts.move_clock("+2h"), 60, world="small", hold=15),
    Fault("clock-back", "-2 h beside the database", acts.move_clock("-2h"), 60, world="small", hold=15),
]
CONTROLS = ["acknowledges-early", "nobody-restarts"]
