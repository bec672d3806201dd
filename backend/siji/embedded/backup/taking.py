"""``siji backup``: while people work, everything of this machine goes into a folder that is whole or does not exist."""

from __future__ import annotations

import os
import shutil
import tarfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from siji import __version__
from siji.embedded.backup import folder as folders
from siji.embedded.backup.folder import SEALED, WAL, Backup, Part
from siji.embedded.backup.sealing import seal, sha256
from siji.embedded.home import Home
from siji.embedded.places import Place
from siji.embedded.postgres import Postgres, environment
from siji.embedded.processes import run
from siji.embedded.words import CannotStart
from siji.storage.durable import sync_folder

LEFT_OUT = {"run", "log", "postgres", "redis-broker", "redis-cache", "web", "backup", "nginx"}
"""Of SIJI_HOME: what the next start makes again, and the database, which is taken by its own means."""


@dataclass(frozen=True)
class Taken:
    folder: Path
    size: int
    seconds: float
    dropped: list[str]


def take(home: Home, postgres: Postgres, root: Path, *, keep: int, passphrase: str) -> Taken:
    """With the database up. An empty ``passphrase`` leaves the files as they are. Raises CannotStart."""
    began, moment = time.monotonic(), datetime.now(UTC)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    target, half = root / folders.name_of(moment), root / ".half-made"
    if target.exists():
        raise CannotStart(f"{target} 已经存在，请过一秒再试。", f"{target} is there already: try again in a second.")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    try:
        first_segment = _take_database(postgres, half)
        _take_home(home, half / "home.tar.gz")
        parts = [_closed(path, passphrase) for path in sorted(half.iterdir())]
        said = Backup(
            moment.isoformat(),
            datetime.now(UTC).isoformat(),
            __version__,
            _version(postgres),
            first_segment,
            bool(passphrase),
            parts,
        )
        said.write(half)
        half.rename(target)
        sync_folder(root)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    dropped = _drop_old(root, postgres.place, keep)
    return Taken(target, sum(part.size for part in parts), time.monotonic() - began, dropped)


def _take_database(postgres: Postgres, into: Path) -> str:
    """Writes base.tar.gz, pg_wal.tar.gz and PostgreSQL's manifest. The name of the first segment that is needed."""
    source = f"host=127.0.0.1 port={postgres.port} user=postgres dbname=postgres"
    flags: list[str | Path] = ["-D", into, "-Ft", "-z", "-X", "stream", "-c", "fast", "--manifest-checksums=SHA256", "-d", source]
    secret = {"PGPASSWORD": postgres.superuser_password}
    done = run([postgres.place.programs / "pg_basebackup", *flags], env={**environment(), **secret})
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise CannotStart(
            f"无法备份数据库：{why}。请确认 Siji 正在运行、磁盘有空间。",
            f"Cannot back the database up: {why} Is Siji running, is there space?",
        )
    with tarfile.open(into / "pg_wal.tar.gz") as log:
        names = sorted(name for name in log.getnames() if len(name) == 24)
    if not names:
        raise CannotStart("备份里没有日志段，请重试。", "The backup holds no segment of the log: try again.")
    return names[0]


def _take_home(home: Home, target: Path) -> None:
    with tarfile.open(target, "w:gz", compresslevel=1) as archive:
        for path in sorted(home.root.iterdir()):
            if path.name not in LEFT_OUT and not path.name.startswith(".") and path.name != "postgres.where":
                archive.add(path, path.name)


def _closed(path: Path, passphrase: str) -> Part:
    if passphrase:
        sealed = path.with_name(path.name + SEALED)
        seal(path, sealed, passphrase)
        path.unlink()
        path = sealed
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    path.chmod(0o600)
    return Part(path.name, path.stat().st_size, sha256(path))


def _version(postgres: Postgres) -> str:
    with postgres.connect() as connection:
        row = connection.execute("SHOW server_version").fetchone()
    return str(row[0]) if row else ""


def _drop_old(root: Path, place: Place, keep: int) -> list[str]:
    kept = folders.finished(root)
    dropped = folders.to_drop([path.name for path in kept], keep)
    for name in dropped:
        shutil.rmtree(root / name)
    oldest = next(path for path in kept if path.name not in dropped)
    if (root / WAL).is_dir():
        # Whole segments only; a restore of the oldest kept backup begins with its own first one.
        run([place.programs / "pg_archivecleanup", root / WAL, Backup.read(oldest).first_segment], env=environment())
    return dropped
