"""What is done to a Siji, each act with the sign by which it is known that it happened. Raises NotFelt where there is none.

An act returns when the fault itself is over; whether users are served again is measured by the caller.
"""

from __future__ import annotations

import base64
import json
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import httpx2
import psycopg
from redis.exceptions import OutOfMemoryError

from faults.wire import Mode
from faults.world import UPLOADS_MIB, NotFelt, World

Act = Callable[[World, float], str]
"""World and seconds that the fault is held for, where it does not end by itself. The sign."""
FROZEN_FOR = 120.0
"""Seconds in which a frozen part must have been replaced."""


def kill(part: str) -> Act:
    """-9 to the part and all it started."""

    def act(world: World, _: float) -> str:
        old = world.machine.identity(part).pid
        world.send(world.pids(part), signal.SIGKILL)
        took = world.wait(lambda: world.is_new(part, old), f"new {part}")
        return f"pid {old} replaced after {took:.1f} s"

    return act


def kill_child(part: str) -> Act:
    """-9 to one process that the part started: the part itself must replace it."""

    def act(world: World, _: float) -> str:
        before = {child.pid for child in world.children(part)}
        if not before:
            raise NotFelt(f"{part} has no children")
        victim = max(before)
        world.send([victim], signal.SIGKILL)
        new = world.wait(lambda: bool({child.pid for child in world.children(part)} - before), f"new child of {part}")
        return f"child {victim} replaced after {new:.1f} s"

    return act


def freeze(part: str) -> Act:
    """SIGSTOP, and nobody wakes it: it must be found out and replaced."""

    def act(world: World, _: float) -> str:
        old = world.machine.identity(part).pid
        world.send(world.pids(part), signal.SIGSTOP)
        try:
            took = world.wait(lambda: world.is_new(part, old), f"new {part}", FROZEN_FOR)
        except NotFelt:
            world.send(world.pids(part), signal.SIGCONT)
            raise
        return f"frozen pid {old} replaced after {took:.1f} s"

    return act


def freeze_and_wake(part: str) -> Act:
    def act(world: World, hold: float) -> str:
        pids = world.pids(part)
        world.send(pids, signal.SIGSTOP)
        time.sleep(hold)
        world.send(pids, signal.SIGCONT)
        words = world.machine.words
        return "dropped from the wait for answers" if "DROPPED" in words else f"stood still for {hold:.0f} s"

    return act


def flush(world: World, _: float) -> str:
    told = list[str]()
    for server in (world.servers.broker, world.servers.cache):
        client = server.client()
        before = client.dbsize()
        client.flushall()
        told.append(f"{server.kind} {before} keys")
    return "emptied: " + ", ".join(told)


def out_of_memory(world: World, hold: float) -> str:
    """Both Redis may use no more than they do; the one that never evicts must refuse to write."""
    servers, refused = (world.servers.broker, world.servers.cache), ""
    before = [server.client().config_get("maxmemory")["maxmemory"] for server in servers]
    for server in servers:
        server.client().config_set("maxmemory", "1")
    try:
        world.servers.broker.client().set("faults:room", "x")
    except OutOfMemoryError as error:
        refused = str(error)  # without the "OOM" that the server said: the client makes its kind of it
    finally:
        time.sleep(hold)
        for server, most in zip(servers, before, strict=True):
            server.client().config_set("maxmemory", most or "0")
    if not refused:
        raise NotFelt("Redis still had room")
    return f"refused: {refused[:60]}"


def fill_the_pool(world: World, hold: float) -> str:
    """Forty ask what a lock keeps from them: every connection but the reserved ones waits."""
    slow, stop = list[str](), threading.Event()
    attempt = f"{world.base}/api/v1/search?q="

    def ask(number: int) -> None:
        with httpx2.Client(timeout=20, cookies=world.visitor) as http:
            while not stop.is_set():
                began = time.monotonic()
                with suppress(httpx2.HTTPError):
                    status = http.get(f"{attempt}full{number}").status_code
                    if status != 200 or time.monotonic() - began > 1:
                        slow.append(str(status))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(40)]
    with world.database() as connection, connection.transaction():
        connection.execute("LOCK TABLE courses_course IN ACCESS EXCLUSIVE MODE")
        for thread in threads:
            thread.start()
        time.sleep(hold)
    stop.set()
    for thread in threads:
        thread.join()
    if not slow:
        raise NotFelt("nobody waited for a connection")
    return f"{len(slow)} searches waited or were refused ({', '.join(sorted(set(slow)))})"


def lag(world: World, hold: float) -> str:
    with world.database(replica=True) as connection:
        connection.execute("ALTER SYSTEM SET recovery_min_apply_delay = '5s'")
        connection.execute("SELECT pg_reload_conf()")
        try:
            time.sleep(hold)
            row = connection.execute("SELECT pg_last_wal_receive_lsn() - pg_last_wal_replay_lsn()").fetchone()
        finally:
            connection.execute("ALTER SYSTEM RESET recovery_min_apply_delay")
            connection.execute("SELECT pg_reload_conf()")
    if not row or not row[0]:
        raise NotFelt("the replica was not behind")
    return f"{int(row[0])} bytes of the log behind"


def deploy(world: World, _: float) -> str:
    """A release with a migration of the table of answers, in the middle of saving: migrate, then every part replaced."""
    world.command("siji.embedded", "migrate", settings="faults.release.settings")
    with world.database() as connection:
        there = connection.execute(
            "SELECT 1 FROM information_schema.columns WHERE table_name = 'practice_answer' AND column_name = 'drill_note'"
        ).fetchone()
    if not there:
        raise NotFelt("the migration changed nothing")
    old = {part: world.machine.identity(part).pid for part in ("api-1", "api-2", "worker-1", "web-1") if world.has(part)}
    world.command("siji.embedded", "restart")
    stayed = [part for part, pid in old.items() if not world.is_new(part, pid)]
    if stayed:
        raise NotFelt(f"not replaced: {', '.join(stayed)}")
    return f"column added, index built, {len(old)} looked at and all of them new"


def wire(name: str, mode: Mode) -> Act:
    def act(world: World, hold: float) -> str:
        one = world.wires[name]
        before = one.felt
        one.become(mode)
        try:
            time.sleep(hold)
        finally:
            one.become("cut" if mode == "half_open" else "plain")  # what was swallowed meanwhile can never be whole again
            one.become("plain")
        if one.felt == before:
            raise NotFelt(f"nothing went over the wire to {name}")
        return f"{one.felt - before} parts or connections"

    return act


def fill_database_disk(world: World, hold: float) -> str:
    if world.disk is None:
        raise Skipped("a small disk needs root (mount)")
    full = world.disk / "full"
    with full.open("wb") as file, suppress(OSError):
        while True:
            file.write(b"\0" * 65536)
            file.flush()
    try:
        with world.database() as connection:
            connection.execute("CREATE TABLE faults_room AS SELECT repeat('x', 1000) FROM generate_series(1, 100000)")
        refused = ""
    except psycopg.Error as error:
        refused = str(error).strip().splitlines()[0]
    time.sleep(hold)
    full.unlink()
    if not refused:
        raise NotFelt("the database still had room")
    return f"refused: {refused[:80]}"


A_TEACHER = """
import json
from django.conf import settings
from django.test import Client
from django.utils.crypto import get_random_string
from siji.accounts.models import Role, User
teacher = User.objects.create(username=f"fault-{get_random_string(8)}", name="fault", role=Role.TEACHER)
browser = Client()
browser.force_login(teacher)
session = browser.cookies[settings.SESSION_COOKIE_NAME].value
print(json.dumps({settings.SESSION_COOKIE_NAME: session, "csrftoken": get_random_string(32)}))
"""


def fill_uploads_disk(world: World, hold: float) -> str:
    """A file larger than the disk: refused in words, and what was sent before is kept until there is room."""
    if world.disk is None:
        raise Skipped("a small disk needs root (mount)")
    size, piece = UPLOADS_MIB * 2**20 + 2**20, 2**20
    teacher = json.loads(world.machine.inside(A_TEACHER))
    tus = {"Tus-Resumable": "1.0.0", "X-CSRFToken": teacher["csrftoken"]}
    metadata = "filename " + base64.b64encode(b"full.pdf").decode() + ",key " + base64.b64encode(os.urandom(16)).decode()
    with httpx2.Client(base_url=world.base, cookies=teacher, headers=tus, timeout=20) as http:
        made = http.post("/api/v1/uploads", headers={"Upload-Length": str(size), "Upload-Metadata": metadata})
        if made.status_code != 201:
            raise NotFelt(f"no upload begun: {made.status_code} {made.text[:200]}")
        offset, reply = 0, made
        while offset < size:
            headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
            reply = http.patch(made.headers["Location"], headers=headers, content=os.urandom(min(piece, size - offset)))
            if reply.status_code != 204:
                break
            offset = int(reply.headers["Upload-Offset"])
        time.sleep(hold)
        if reply.status_code != 503 or reply.json()["code"] != "disk_full":
            raise NotFelt(f"not refused as full: {reply.status_code} {reply.text[:200]}")
        standing = http.head(made.headers["Location"])
        http.delete(made.headers["Location"])
    if int(standing.headers["Upload-Offset"]) < offset:
        raise NotFelt(f"what was sent is not kept: {standing.headers['Upload-Offset']} of {offset}")
    return f"refused in words after {offset >> 20} MiB, which are kept"


def move_clock(by: str) -> Act:
    def act(world: World, hold: float) -> str:
        if world.clock is None:
            raise Skipped("moving the clock needs libfaketime")
        world.clock.write_text(f"{by}\n")
        try:
            time.sleep(hold)
            log = world.home.log("api").stat().st_mtime
            told = world.machine.inside("import datetime; print(datetime.datetime.now().timestamp())")
        finally:
            world.clock.write_text("+0\n")
        moved = float(told) - time.time()
        if abs(moved) < 600:
            raise NotFelt(f"the clock moved by {moved:.0f} s only (log of {log:.0f})")
        return f"the product's clock was {moved:+.0f} s away from the database's"

    return act


class Skipped(Exception):
    """The machine lacks a right or a program; said in the result."""
