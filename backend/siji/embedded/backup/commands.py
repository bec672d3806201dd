"""What a person asks for and reads."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from siji.embedded.backup import restoring, taking
from siji.embedded.backup.folder import WAL
from siji.embedded.backup.sealing import Damaged
from siji.embedded.home import Home, read_json
from siji.embedded.processes import Identity
from siji.embedded.services import Services
from siji.embedded.words import CannotStart
from siji.settings import ENV

LEAST = 12
"""Letters of a passphrase: it is tried offline, for as long as somebody likes."""


def backup(root: Path | None, *, keep: int, passphrase_file: Path | None) -> None:
    if root is None:
        raise CannotStart(
            "备份放在哪里？请用 --to 或 SIJI_BACKUPS 指定文件夹。", "Where to? Name a folder with --to or in SIJI_BACKUPS."
        )
    home = Home.open(ENV.home)
    ports = home.ports()
    if not _runs(home):
        raise CannotStart(
            f"{home.root} 里没有正在运行的内置数据库。请先启动 Siji；"
            "如果用的是 DATABASE_URL 的数据库，请用它自己的备份工具，例如 pgBackRest。",
            f"No embedded database runs in {home.root}. Start Siji first; a database named in DATABASE_URL has means of its own, "
            "such as pgBackRest.",
        )
    taken = taking.take(home, Services(home, ports).postgres, root.resolve(), keep=keep, passphrase=_read(passphrase_file))
    print(f"{taken.folder}  {taken.size / 1024**2:.1f} MiB  {taken.seconds:.1f} s")
    for name in taken.dropped:
        print(f"已删除旧备份 / dropped {name}")
    if not (root / WAL).is_dir():
        print("没有归档日志：只能恢复到这个备份的时刻。要能恢复到任意时刻，请用 SIJI_BACKUPS 启动 Siji。")
        print("The log is not archived: a restore ends where this backup does. Start Siji with SIJI_BACKUPS to reach any moment.")


def restore(folder: Path, into: Path, *, until: datetime | None, passphrase_file: Path | None) -> None:
    try:
        done = restoring.restore(folder, into, until=until, passphrase=_read(passphrase_file))
    except Damaged as error:
        raise CannotStart(
            f"备份 {folder} 已损坏，没有恢复任何东西：{error}。请换一个备份。",
            f"The backup {folder} is damaged and nothing was restored: {error}. Take another one.",
        ) from error
    last = done.last_change.astimezone().isoformat(timespec="seconds") if done.last_change else "—"
    print(f"{done.home}  {done.users} users · 最后一次改动 / last change {last} · {done.seconds:.1f} s (RTO)")
    print(f"SIJI_HOME={done.home} siji up")


def _runs(home: Home) -> bool:
    row = read_json(home.run / "parts.json").get("postgres")
    return row is not None and Identity.of_row(row).process() is not None


def _read(file: Path | None) -> str:
    if file is None:
        return ""
    passphrase = (file.read_text("utf-8").splitlines() or [""])[0].strip()
    if len(passphrase) < LEAST:
        raise CannotStart(f"口令至少要 {LEAST} 个字符。", f"The passphrase needs at least {LEAST} characters.")
    return passphrase
