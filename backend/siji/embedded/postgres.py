"""PostgreSQL 18 from the wheel: made once, healed after any crash, reached over loopback TCP only (a socket's path has a limit
that a deep folder breaks). The application's role owns its database and is no superuser."""

from __future__ import annotations

import os
import shlex
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from siji.embedded.places import Place
from siji.embedded.processes import kill, run
from siji.embedded.words import CannotStart

MAX_CONNECTIONS = 100
ARCHIVE_SECONDS = 60
"""A segment is kept after so long even if it is not full: what a lost disk can cost at most."""


@dataclass(frozen=True)
class Postgres:
    place: Place
    port: int
    password: str
    superuser_password: str
    is_throwaway: bool = False
    archive: Path | None = None
    """Where finished segments of the log are kept for a restore to any moment (``siji.embedded.backup``)."""
    max_connections: int = MAX_CONNECTIONS

    @property
    def url(self) -> str:
        return f"postgresql://siji:{self.password}@127.0.0.1:{self.port}/siji"

    @property
    def command(self) -> list[str]:
        """In the foreground: the process we start is the postmaster itself."""
        options = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_connections": str(self.max_connections),
            "shared_buffers": "128MB",
            "max_slot_wal_keep_size": "1GB",
            "timezone": "UTC",
            "jit": "off",
        }
        if self.is_throwaway:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        if self.archive is not None:
            options |= {"archive_mode": "on", "archive_timeout": str(ARCHIVE_SECONDS), "archive_command": archiving(self.archive)}
        flags = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        return [str(self.place.programs / "postgres"), "-D", str(self.place.data), *flags]

    def heal_or_make(self) -> None:
        if self.archive is not None:
            self.place.give_folder(self.archive)
        if self.place.data.exists():
            self.heal()
        else:
            self.make()

    def make(self) -> None:
        """initdb, and under another name until it is whole: a first start cut short leaves nothing that looks like data."""
        data, account = self.place.data, self.place.account
        half = data.with_name(".half-made")
        shutil.rmtree(half, ignore_errors=True)
        with tempfile.NamedTemporaryFile("w", prefix="siji-") as password:
            password.write(self.superuser_password)
            password.flush()
            if account:
                os.chown(password.name, account.uid, account.gid)
            flags = ["-U", "postgres", "-A", "scram-sha-256", f"--pwfile={password.name}", "-E", "UTF8", "-N"]
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            command: list[str | Path] = [self.place.programs / "initdb", "-D", half, *flags, *locale]
            done = run(command, env=environment(), account=account)
        if done.returncode:
            why = (done.stderr.strip().splitlines() or ["?"])[-1]
            raise CannotStart(
                f"无法在 {data} 建立数据库：{why}。请检查磁盘空间和文件夹权限。",
                f"Cannot make the database in {data}: {why} Check the free space and the folder's permissions.",
            )
        half.rename(data)

    def heal(self) -> None:
        """After kill -9 of the postmaster: its orphans still hold the shared memory, and postmaster.pid may by now name a
        stranger; both keep the next one from starting. The caller holds the lock on SIJI_HOME, so these are nobody's."""
        kill([p for p in psutil.process_iter() if self._is_ours(p)])
        (self.place.data / "postmaster.pid").unlink(missing_ok=True)

    def _is_ours(self, process: psutil.Process) -> bool:
        """Every process of a cluster works in its data folder."""
        with suppress(psutil.Error):
            return process.name() == "postgres" and Path(process.cwd()) == self.place.data.resolve()
        return False

    def what_is_wrong(self) -> str | None:
        try:
            with self.connect() as connection:
                connection.execute("SELECT 1")
        except psycopg.Error as error:
            return str(error).strip().splitlines()[0]
        return None

    def is_silent(self) -> str | None:
        """Refusing (it recovers, it is full) is an answer too: only no answer at all counts."""
        ping = psycopg.pq.PGconn.ping(f"host=127.0.0.1 port={self.port} user=postgres dbname=postgres connect_timeout=5".encode())
        return None if ping in (psycopg.pq.Ping.OK, psycopg.pq.Ping.REJECT) else "does not answer"

    def prepare(self) -> None:
        """The application's role and database, as they should be whatever an earlier start left."""
        try:
            with self.connect() as connection:
                # A standby that an earlier start waited for may be gone.
                connection.execute("ALTER SYSTEM RESET synchronous_standby_names")
                connection.execute("SELECT pg_reload_conf()")
                known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = 'siji'").fetchone()
                verb = sql.SQL("ALTER" if known else "CREATE")
                connection.execute(sql.SQL("{} ROLE siji LOGIN CREATEDB PASSWORD {}").format(verb, sql.Literal(self.password)))
                if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'siji'").fetchone():
                    connection.execute("CREATE DATABASE siji OWNER siji")
        except psycopg.OperationalError as error:
            raise CannotStart(
                f"PostgreSQL 拒绝连接：{error}。如果 secrets.json 丢失过，请从备份恢复它。",
                f"PostgreSQL refuses us: {error}. If secrets.json was lost, restore it from a backup.",
            ) from error

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user="postgres", password=self.superuser_password, dbname="postgres",
            connect_timeout=3, autocommit=True, options="-c synchronous_commit=local",
        )  # fmt: skip


def archiving(folder: Path) -> str:
    """The command that keeps one segment: whole and on the disk before it has its name; the same one twice is kept once.

    PostgreSQL puts in the path for %p and the name for %f, and tries again until it gets 0.
    """
    there = shlex.quote(str(folder)).replace("%", "%%")
    half = f"{there}/.%f"
    steps = (f"test ! -e {there}/%f", f"cp %p {half}", f"sync {half}", f"mv {half} {there}/%f", f"sync {there}")
    return f"cmp -s %p {there}/%f || {{ {' && '.join(steps)}; }}"


def environment() -> dict[str, str]:
    """No PG* variable and no locale of the person who starts us reaches the server."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
