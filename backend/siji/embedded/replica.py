"""A streaming replica of the embedded database, so that anybody can see the product read from one (``siji up --replicas 1``).

Made by pg_basebackup from the running primary and kept to it by a replication slot; made anew where the primary no longer has
what it needs. What may change between two starts (the primary's port) is said at each start; the password stands in a file of
its own.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from psycopg import sql

from siji.embedded.places import Place
from siji.embedded.postgres import Postgres, environment
from siji.embedded.processes import run
from siji.embedded.words import CannotStart, say


@dataclass(frozen=True)
class Replica:
    primary: Postgres
    port: int
    number: int

    @property
    def name(self) -> str:
        return f"postgres-replica-{self.number}"

    @property
    def slot(self) -> str:
        return f"siji_replica_{self.number}"

    @property
    def place(self) -> Place:
        return replace(self.primary.place, folder=self.primary.place.folder / f"replica-{self.number}")

    @property
    def url(self) -> str:
        return replace(self.primary, port=self.port).url

    @property
    def command(self) -> list[str]:
        place = f"host=127.0.0.1 port={self.primary.port} user=postgres"
        conninfo = f"{place} passfile={_quoted(self._passfile)} application_name={self.slot}"
        own = {
            "primary_conninfo": conninfo,
            "primary_slot_name": self.slot,
            "hot_standby_feedback": "on",
            "wal_receiver_status_interval": "1s",
        }
        flags = [word for name, value in own.items() for word in ("-c", f"{name}={value}")]
        return [*replace(self.primary, place=self.place, port=self.port).command, *flags]

    def what_is_wrong(self) -> str | None:
        return replace(self.primary, port=self.port).what_is_wrong()

    def is_silent(self) -> str | None:
        return replace(self.primary, port=self.port).is_silent()

    def heal_or_make(self) -> None:
        """With the primary up."""
        replace(self.primary, place=self.place).heal()
        if self.place.data.exists() and not self._slot_is_good():
            say(self.name, "the primary no longer has what it needs: making it anew")
            shutil.rmtree(self.place.data)
        if not self.place.data.exists():
            self._make()
        self._write_passfile()

    @property
    def _passfile(self) -> Path:
        return self.place.folder / "pgpass"

    def _slot_is_good(self) -> bool:
        with self.primary.connect() as connection:
            row = connection.execute("SELECT wal_status FROM pg_replication_slots WHERE slot_name = %s", [self.slot]).fetchone()
        return row is not None and row[0] not in ("lost", "unreserved")

    def _make(self) -> None:
        account = self.place.account
        self.place.folder.mkdir(mode=0o700, exist_ok=True)
        if account:
            os.chown(self.place.folder, account.uid, account.gid)
        with self.primary.connect() as connection:
            known = connection.execute("SELECT 1 FROM pg_replication_slots WHERE slot_name = %s", [self.slot]).fetchone()
            if known:
                connection.execute(sql.SQL("SELECT pg_drop_replication_slot({})").format(sql.Literal(self.slot)))
        half = self.place.folder / ".half-made"
        shutil.rmtree(half, ignore_errors=True)
        source = f"host=127.0.0.1 port={self.primary.port} user=postgres"
        flags: list[str | Path] = ["-D", half, "-R", "-X", "stream", "-c", "fast", "-C", "-S", self.slot, "-d", source]
        secret = {"PGPASSWORD": self.primary.superuser_password}
        done = run([self.place.programs / "pg_basebackup", *flags], env={**environment(), **secret}, account=account)
        if done.returncode:
            why = (done.stderr.strip().splitlines() or ["?"])[-1]
            raise CannotStart(
                f"无法在 {self.place.data} 建立数据库副本：{why}。请检查磁盘空间，或不带 --replicas 启动。",
                f"Cannot make the replica in {self.place.data}: {why} Check the free space, or start without --replicas.",
            )
        half.rename(self.place.data)

    def _write_passfile(self) -> None:
        account = self.place.account
        self._passfile.touch(mode=0o600)
        self._passfile.write_text(f"127.0.0.1:*:*:postgres:{self.primary.superuser_password}\n")
        if account:
            os.chown(self._passfile, account.uid, account.gid)


def _quoted(path: Path) -> str:
    """As a value in a connection string."""
    text = str(path).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{text}'"
