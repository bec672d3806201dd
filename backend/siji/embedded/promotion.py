"""``siji promote``: the standby becomes the primary, for good, when the primary cannot come back.

The standby takes the timeline further (pg_promote), then the primary's place: its folder and its port. So every process goes on
with the address it knows, as soon as it has connected again. What was the primary's folder is kept beside it under another name
and is never started again; the place of the standby is filled anew from the new primary by the supervisor.

Two primaries must never write, so this refuses while the old one answers, and ends one that is there and does not. It refuses
too where the standby may lack what was acknowledged (``run/standby.json``, see standby.py), unless a person says that this is
accepted.

Beside a running ``siji up`` the supervisor does it (``run/promote.json`` and SIGUSR2, answered in ``run/promoted.json``), since
it would start the old primary again at any moment; else the command itself, holding the home's lock.
"""

from __future__ import annotations

import os
import re
import secrets
import signal
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from types import FrameType
from typing import Any

import psycopg

from siji.embedded import postgres
from siji.embedded.home import Home, read_json, write_json
from siji.embedded.postgres import Postgres
from siji.embedded.processes import Identity, end, spawn
from siji.embedded.replica import Replica
from siji.embedded.services import Services, wait_until_well
from siji.embedded.supervisor import Supervisor
from siji.embedded.words import CannotStart, say

PATIENCE = 180.0
SETTLED = 1.0
"""A standby whose position has not moved for so long, with no primary to stream from, has replayed all it has."""
RECORD = "standby.json"


class Promoting:
    """What the supervisor does when it is asked to."""

    def __init__(self, supervisor: Supervisor, primary: Postgres, copies: Sequence[Replica]) -> None:
        self.supervisor, self.primary, self.copies = supervisor, primary, list(copies)
        self.wanted = False

    def listen(self) -> None:
        def wanted(number: int, frame: FrameType | None) -> None:
            self.wanted = True

        signal.signal(signal.SIGUSR2, wanted)

    def look(self) -> None:
        if not self.wanted:
            return
        self.wanted = False
        home = self.supervisor.home
        request = read_json(home.run / "promote.json")
        answer: dict[str, Any] = {"order": request.get("order"), "wrong": None, "done": ""}
        try:
            refuse(home, self.primary, accept_loss=bool(request.get("accept_loss")))
            answer["done"] = self._swap()
        except CannotStart as error:
            answer["wrong"] = [error.zh, error.en]
        except (OSError, psycopg.Error) as error:
            answer["wrong"] = [f"切换没有完成：{error}", f"The promotion did not end: {error}"]
        write_json(home.run / "promoted.json", answer)

    def _swap(self) -> str:
        """The servers' parts are stopped, so that nobody starts one of them again meanwhile, and begun anew whatever happens."""
        supervisor = self.supervisor
        names = ["postgres", *(copy.name for copy in self.copies)]
        say("postgres", "being replaced by a standby: no request that needs the database is answered until it is there")
        for name in reversed(names):
            kept = supervisor.kept[name]
            kept.watch.retire()
            end(kept.identity, stop=kept.part.stop, patience=10 if name != "postgres" else 0)
            kept.process.wait()
        try:
            return promote(supervisor.home, self.primary, self.copies)
        finally:
            for name in names:
                kept = supervisor.kept[name]
                if name == "postgres":
                    supervisor.begin(kept.part)
                else:  # made anew from the new primary, when that is up
                    kept.again_at = time.monotonic() + 1


def refuse(home: Home, primary: Postgres, *, accept_loss: bool) -> None:
    """Raises CannotStart while the primary answers, or where acknowledged answers may be lost and nobody accepted it."""
    if primary.is_silent() is None:
        raise CannotStart(
            "主数据库还在应答，不能切换：两个主库会各写各的。如果它确实要停用，请先停止它。",
            "The primary still answers, so nothing is promoted: two primaries would each keep what the other lacks. "
            "If it is to go, stop it first.",
        )
    record = read_json(home.run / RECORD)
    if record.get("is_complete") or accept_loss:
        return
    since = record.get("since")
    when_zh, when_en = (f"从 {since} 起", f"since {since}") if since else ("启动以来", "since Siji was started")
    raise CannotStart(
        f"{when_zh}，已确认的答案不一定都在备用库上（没有用 --sync，或备用库当时已被放下）。"
        "如果主库救不回来，可以接受这部分损失：siji promote --accept-loss。",
        f"The standby may lack answers that were acknowledged {when_en} (no --sync, or the standby was dropped then). "
        "Where the primary cannot be saved that loss can be accepted: siji promote --accept-loss.",
    )


def promote(home: Home, primary: Postgres, copies: Sequence[Replica]) -> str:
    """With none of them running. One line of what was done. Raises CannotStart, with every folder where it was before."""
    there = [copy for copy in copies if copy.place.data.exists()]
    if not there:
        raise CannotStart(
            "没有备用库可以切换：启动时需要 --replicas 1。", "There is no standby to promote: siji up --replicas 1 makes one."
        )
    primary.heal()  # ends what is left of it
    chosen = _furthest(home, there)
    with _Running(home, chosen) as server, server.connect() as connection:
        connection.execute("SELECT pg_promote(true, 60)")
        row = connection.execute("SELECT pg_is_in_recovery(), pg_current_wal_lsn()::text").fetchone()
        assert row is not None
        if row[0]:
            raise CannotStart(
                f"{chosen.name} 在 60 秒内没有成为主库，请看 {home.log(chosen.name)}。",
                f"{chosen.name} did not become a primary within 60 s: see {home.log(chosen.name)}.",
            )
        # It came with the copy of the primary, and names standbys that do not exist yet: a commit would wait for ever.
        connection.execute("ALTER SYSTEM RESET synchronous_standby_names")
    kept = primary.place.data.with_name(f"lost-{datetime.now():%Y%m%d-%H%M%S}")
    if primary.place.data.exists():
        primary.place.data.rename(kept)
    chosen.place.data.rename(primary.place.data)
    write_json(home.run / RECORD, {"is_complete": False, "since": _now()})
    done = f"{chosen.name} is the primary from {row[1]} on; the old one is kept in {kept}"
    say("postgres", f"PROMOTED: {done}")
    return done


def _furthest(home: Home, copies: Sequence[Replica]) -> Replica:
    """An answer was acknowledged when any one of them had it, so the one with most has them all."""
    if len(copies) == 1:
        return copies[0]
    positions = {copy.name: _position(home, copy) for copy in copies}
    return max(copies, key=lambda copy: positions[copy.name])


def _position(home: Home, copy: Replica) -> int:
    """Bytes of the log that it has."""
    last, since = -1, time.monotonic()
    with _Running(home, copy) as server, server.connect() as connection:
        while time.monotonic() - since < SETTLED:
            row = connection.execute("SELECT (pg_last_wal_replay_lsn() - '0/0')::bigint").fetchone()
            if row and row[0] != last:
                last, since = int(row[0]), time.monotonic()
            time.sleep(0.05)
    return last


class _Running:
    """A standby on its own port for as long as it is asked something."""

    def __init__(self, home: Home, copy: Replica) -> None:
        self.home, self.copy = home, copy
        self.server = replace(copy.primary, place=copy.place, port=copy.port)

    def __enter__(self) -> Postgres:
        self.server.heal()
        log = self.home.log(self.copy.name)
        process = spawn(self.copy.command, log=log, env=postgres.environment(), account=self.copy.place.account)
        self.identity, self.process = Identity.of(process.pid), process
        try:
            wait_until_well(
                self.server.what_is_wrong,
                name=self.copy.name,
                log=log,
                is_alive=lambda: process.poll() is None,
                patience=PATIENCE / 2,
            )
        except CannotStart:
            self.__exit__()
            raise
        return self.server

    def __exit__(self, *_: object) -> None:
        """A fast shutdown: what it has is on its disk."""
        end(self.identity, stop=signal.SIGINT, patience=60)
        self.process.wait()


def ask(home: Home, *, accept_loss: bool) -> str:
    """What the command does: through the supervisor if one runs, else itself. Raises CannotStart."""
    lock = home.lock()
    if lock is None:
        return _ask_the_supervisor(home, accept_loss=accept_loss)
    with lock:
        ports = home.ports()
        primary = Services(home, ports).postgres
        refuse(home, primary, accept_loss=accept_loss)
        names = sorted(name for name in ports if re.fullmatch(r"postgres-replica-\d+", name))
        copies = [Replica(primary, ports[name], int(name.rpartition("-")[2])) for name in names]
        return promote(home, primary, copies)


def _ask_the_supervisor(home: Home, *, accept_loss: bool) -> str:
    row = read_json(home.run / "parts.json").get("supervisor")
    supervisor = Identity.of_row(row).process() if row else None
    if supervisor is None:
        raise CannotStart("Siji 正在启动，请稍后再试。", "Siji is just starting: try again in a moment.")
    order = secrets.token_hex(8)
    write_json(home.run / "promote.json", {"order": order, "accept_loss": accept_loss})
    os.kill(supervisor.pid, signal.SIGUSR2)
    until = time.monotonic() + PATIENCE
    while (told := read_json(home.run / "promoted.json")).get("order") != order:
        if time.monotonic() > until or not supervisor.is_running():
            raise CannotStart("切换没有完成，请看 siji up 的输出。", "The promotion did not end: see what siji up says.")
        time.sleep(0.1)
    if told["wrong"]:
        raise CannotStart(*told["wrong"])
    return str(told["done"])


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
