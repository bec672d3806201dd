"""``siji restore``: a backup becomes a SIJI_HOME that ``siji up`` starts from, as of its end or a later moment in the log."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import tarfile
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

import psycopg

from siji.embedded.backup.folder import SEALED, WAL, Backup
from siji.embedded.backup.sealing import Damaged, sha256, unseal
from siji.embedded.home import Home
from siji.embedded.places import Place, choose_place
from siji.embedded.ports import free_port
from siji.embedded.postgres import Postgres, environment
from siji.embedded.processes import Identity, end, spawn
from siji.embedded.services import wait_until_well
from siji.embedded.words import CannotStart

PATIENCE = 3600.0
"""For the log of a long time."""


@dataclass(frozen=True)
class Restored:
    home: Path
    seconds: float
    """The recovery time: from the command to a database that answers."""
    last_change: datetime | None
    """The last change that is in it; what came later is lost. None where the log holds none."""
    users: int


def restore(backup: Path, into: Path, *, until: datetime | None, passphrase: str) -> Restored:
    """Raises CannotStart with nothing left in ``into``; Damaged where the backup is not whole."""
    began = time.monotonic()
    said = Backup.read(backup)
    said.check(backup)
    if said.is_sealed and not passphrase:
        raise CannotStart(
            "这个备份加了密，请用 --passphrase-file 给出口令。", "This backup is sealed: name its --passphrase-file."
        )
    log = backup.parent / WAL
    if until is not None and not log.is_dir():
        raise CannotStart(
            f"要恢复到某个时刻，需要备份旁边的日志文件夹 {log}。",
            f"To stop at a moment the folder of the log is needed beside the backup: {log}.",
        )
    if until is not None and until < datetime.fromisoformat(said.finished_at):
        raise CannotStart(
            f"这个备份到 {said.finished_at} 才完成，不能恢复到更早的时刻。请选更早的备份。",
            f"This backup was finished at {said.finished_at}; to reach an earlier moment take an older one.",
        )
    if into.exists() and any(into.iterdir()):
        raise CannotStart(f"{into} 不是空的。请给出一个新文件夹。", f"{into} is not empty: name a new folder.")
    try:
        home = Home.open(into)
        last_change, users = _restored(home, said, backup, log if log.is_dir() else None, until, passphrase)
    except BaseException:
        _clear(into)
        raise
    return Restored(into, time.monotonic() - began, last_change, users)


def _restored(
    home: Home, said: Backup, backup: Path, log: Path | None, until: datetime | None, passphrase: str
) -> tuple[datetime | None, int]:
    with tempfile.TemporaryDirectory(dir=home.root, prefix=".restoring-") as room:
        files = {part.name.removesuffix(SEALED): _opened(backup / part.name, Path(room), passphrase) for part in said.parts}
        _unpack(files["home.tar.gz"], home.root)
        place = choose_place(home)
        _unpack(files["base.tar.gz"], place.data)
        _unpack(files["pg_wal.tar.gz"], place.data / "pg_wal")
        _verify(place, files["backup_manifest"])
    _hand_over(place)
    return _recover(home, place, log, said.first_segment, until)


def _opened(path: Path, room: Path, passphrase: str) -> Path:
    if path.suffix != SEALED:
        return path
    plain = room / path.name.removesuffix(SEALED)
    unseal(path, plain, passphrase)
    return plain


def _unpack(archive: Path, into: Path) -> None:
    into.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with tarfile.open(archive) as packed:
            for member in packed:
                _refuse_what_leads_out(member)
            if hasattr(tarfile, "tar_filter"):
                packed.extractall(into, filter="tar")
            else:  # Debian 12's Python is older than the filters
                packed.extractall(into)  # noqa: S202  # what leads out was refused above
    except tarfile.TarError as error:
        raise Damaged(f"{archive.name}: {error}") from error


def _refuse_what_leads_out(member: tarfile.TarInfo) -> None:
    """A backup holds files and folders under their own names. Raises TarError."""
    path = PurePosixPath(member.name)
    if not (member.isreg() or member.isdir()) or path.is_absolute() or ".." in path.parts:
        raise tarfile.TarError(f"{member.name!r} is no file or folder of a backup")


def _verify(place: Place, manifest: Path) -> None:
    """PostgreSQL's own sums over each of its files (the wheel's pg_verifybackup crashes). Its log is proved by being read."""
    for file in json.loads(manifest.read_text("utf-8"))["Files"]:
        name = file["Path"] if "Path" in file else bytes.fromhex(file["Encoded-Path"]).decode()
        path = place.data / name
        if not path.is_file() or path.stat().st_size != file["Size"] or sha256(path) != file["Checksum"]:
            raise Damaged(f"{name} of the database is not what was written")


def _hand_over(place: Place) -> None:
    if place.account:
        for path in [place.data, *place.data.rglob("*")]:
            os.chown(path, place.account.uid, place.account.gid, follow_symlinks=False)
    place.data.chmod(0o700)


def _recover(home: Home, place: Place, log: Path | None, first: str, until: datetime | None) -> tuple[datetime | None, int]:
    """Starts the database once, alone, until it has read the log and is a primary again."""
    secrets = home.secrets()
    postgres = Postgres(place, free_port(), secrets["database"], secrets["superuser"])
    command = postgres.command
    room = None
    if log is not None:
        # The log may lie where the database's own user cannot go: it gets what it reads in a place of its own.
        room = _readable_log(place, log, first)
        (place.data / "recovery.signal").touch()
        if place.account:
            os.chown(place.data / "recovery.signal", place.account.uid, place.account.gid)
        own = {"restore_command": f"cp {shlex.quote(str(room)).replace('%', '%%')}/%f %p", "recovery_target_action": "promote"}
        own["hot_standby"] = "off"  # nobody reads meanwhile, and whatever size the primary had, this one may have another
        own |= {"recovery_target_time": until.isoformat()} if until else {}
        command = [*command, *(word for name, value in own.items() for word in ("-c", f"{name}={value}"))]
    process = spawn(command, log=home.log("postgres"), env=environment(), account=place.account)
    try:
        wait_until_well(
            lambda: _is_no_primary(postgres),
            name="postgres",
            log=home.log("postgres"),
            is_alive=lambda: process.poll() is None,
            patience=PATIENCE,
        )
        return _what_is_there(postgres)
    finally:
        if process.poll() is None:
            end(Identity.of(process.pid), stop=signal.SIGINT, patience=60)
        process.wait()
        if room is not None:
            shutil.rmtree(room)


def _readable_log(place: Place, log: Path, first: str) -> Path:
    """Segments from the first that the backup needs, and the histories of timelines; what is older served older backups."""
    room = place.folder / ".restoring-wal"
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir(mode=0o700)
    for segment in log.iterdir():
        if segment.suffix == ".history" or segment.name >= first:
            shutil.copy2(segment, room)
    if place.account:
        for path in [room, *room.iterdir()]:
            os.chown(path, place.account.uid, place.account.gid)
    return room


def _is_no_primary(postgres: Postgres) -> str | None:
    if wrong := postgres.what_is_wrong():
        return wrong
    with postgres.connect() as connection:
        row = connection.execute("SELECT pg_is_in_recovery()").fetchone()
    return "still reads the log" if row is None or row[0] else None


def _what_is_there(postgres: Postgres) -> tuple[datetime | None, int]:
    with psycopg.connect(postgres.url, connect_timeout=10) as connection:
        last = connection.execute("SELECT pg_last_xact_replay_timestamp()").fetchone()
        users = connection.execute("SELECT count(*) FROM accounts_user").fetchone()
    return (last[0] if last else None), (int(users[0]) if users else 0)


def _clear(into: Path) -> None:
    """What a broken restore has made, wherever the database's folder is; ``into`` was empty or not there before."""
    pointer = into / "postgres.where"
    if pointer.exists():
        shutil.rmtree(pointer.read_text().strip(), ignore_errors=True)
    shutil.rmtree(into, ignore_errors=True)
