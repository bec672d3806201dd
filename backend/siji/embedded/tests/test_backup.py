"""The recovery drill: what was backed up comes back row for row, as of its end or a chosen moment; damage is found."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from siji.embedded.backup.folder import Backup, finished
from siji.embedded.home import Home
from siji.embedded.services import Services
from siji.embedded.tests.begun import begun_machine, jobs_under_way
from siji.embedded.tests.machine import Machine

pytestmark = [pytest.mark.machine, pytest.mark.drill]
PASSPHRASE = "a long passphrase of many words"


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    made = begun_machine()
    made.environment["SIJI_BACKUPS"] = str(made.root / "backups")
    try:
        made.start()
        made.wait(lambda: not jobs_under_way(made), "the listening tracks", seconds=120)
        made.siji("user", "create", "before", "--role", "teacher", "--ask-password", typed="Long-enough-7\nLong-enough-7\n")
        (made.home / "media" / "kept").mkdir(parents=True)
        (made.home / "media" / "kept" / "recording.mp3").write_bytes(b"sound" * 1000)
        yield made
    finally:
        made.remove()


def backups(machine: Machine) -> Path:
    return machine.root / "backups"


def take(machine: Machine, *words: str) -> Path:
    known = set(finished(backups(machine)))
    done = machine.siji("backup", *words)
    assert done.returncode == 0, done.stderr
    (new,) = set(finished(backups(machine))) - known
    return new


def rows(machine: Machine) -> dict[str, str]:
    """Table → a sum over all its rows; of tables that the machine writes without anybody nothing."""
    home = Home(machine.home)
    with psycopg.connect(Services(home, home.ports()).postgres.url) as connection:
        tables = [
            name
            for (name,) in connection.execute("SELECT relname FROM pg_stat_user_tables ORDER BY 1")
            if not name.startswith(("jobs_", "monitoring_"))
        ]
        sums = {}
        for name in tables:
            found = connection.execute(f"SELECT coalesce(md5(string_agg(t::text, chr(10) ORDER BY t::text)), '') FROM {name} t")
            sums[name] = str(found.fetchone())
    return sums


NO_ROWS = "('',)"


def make_user(machine: Machine, name: str) -> None:
    done = machine.siji("user", "create", name, "--ask-password", typed="Long-enough-7\nLong-enough-7\n")
    assert done.returncode == 0, done.stderr


def restored(machine: Machine, backup: Path, *words: str) -> Iterator[Machine]:
    copy = Machine()
    try:
        done = machine.siji("restore", str(backup), str(copy.home), *words)
        assert done.returncode == 0, done.stderr
        assert "(RTO)" in done.stdout
        copy.start()
        yield copy
    finally:
        copy.remove()


def usernames(machine: Machine) -> set[str]:
    home = Home(machine.home)
    with psycopg.connect(Services(home, home.ports()).postgres.url) as connection:
        return {name for (name,) in connection.execute("SELECT username FROM accounts_user")}


def test_the_doctor_asks_for_a_first_backup(machine: Machine) -> None:
    (said,) = [part for part in machine.doctor()["parts"] if part["name"] == "backups"]
    assert not said["ok"]
    assert "run siji backup" in said["detail"]


def test_a_sealed_backup_comes_back_row_for_row_with_its_files(machine: Machine) -> None:
    (machine.root / "passphrase").write_text(PASSPHRASE + "\n")
    sealed = ["--passphrase-file", str(machine.root / "passphrase")]
    machine.wait(lambda: rows(machine)["accounts_auditseal"] != NO_ROWS, "the seal of what was audited so far", seconds=40)
    before = rows(machine)
    backup = take(machine, *sealed)
    assert all(path.suffix in (".sealed", ".json") for path in backup.iterdir())
    for copy in restored(machine, backup, *sealed):
        assert rows(copy) == before
        assert (copy.home / "media" / "kept" / "recording.mp3").read_bytes() == b"sound" * 1000
        assert copy.doctor()["ready"]
    (said,) = [part for part in machine.doctor()["parts"] if part["name"] == "backups"]
    assert said["ok"]
    assert backup.name in said["detail"]


def test_a_restore_stops_at_the_moment_it_is_told(machine: Machine) -> None:
    backup = take(machine)
    make_user(machine, "wanted")
    time.sleep(1.1)
    moment = datetime.now(UTC)
    time.sleep(1.1)
    make_user(machine, "mistake")
    finish_segment(machine)
    for copy in restored(machine, backup, "--until", moment.isoformat()):
        assert {"before", "wanted"} <= usernames(copy)
        assert "mistake" not in usernames(copy)
    for copy in restored(machine, backup):
        assert {"before", "wanted", "mistake"} <= usernames(copy), "without a moment everything that was archived comes back"


def finish_segment(machine: Machine) -> None:
    """What ``archive_timeout`` does by itself once a minute."""
    home = Home(machine.home)
    with Services(home, home.ports()).postgres.connect() as connection:
        row = connection.execute("SELECT pg_walfile_name(pg_switch_wal())").fetchone()
    assert row is not None
    until = time.monotonic() + 20
    while not (backups(machine) / "wal" / row[0]).exists():
        assert time.monotonic() < until, "the segment is not archived"
        time.sleep(0.1)


def test_a_damaged_backup_is_refused_and_leaves_nothing(machine: Machine) -> None:
    backup = take(machine)
    base = backup / "base.tar.gz"
    data = bytearray(base.read_bytes())
    data[len(data) // 2] ^= 1
    base.write_bytes(data)
    into = machine.root / "not made"
    done = machine.siji("restore", str(backup), str(into))
    assert done.returncode == 1
    assert "base.tar.gz" in done.stderr
    assert not into.exists()


def test_what_cannot_be_done_is_said(machine: Machine) -> None:
    backup = take(machine)
    taken = machine.siji("restore", str(backup), str(machine.home))
    assert "is not empty" in taken.stderr
    early = machine.siji("restore", str(backup), str(machine.root / "early"), "--until", "2020-01-01T00:00:00+00:00")
    assert "take an older one" in early.stderr
    (machine.root / "short").write_text("short\n")
    assert "at least 12" in machine.siji("backup", "--passphrase-file", str(machine.root / "short")).stderr
    assert not (machine.root / "early").exists()


def test_old_backups_and_their_log_go(machine: Machine) -> None:
    for _ in range(3):
        take(machine)
        time.sleep(1.1)
    done = machine.siji("backup", "--keep", "2")
    assert "dropped" in done.stdout
    assert len(finished(backups(machine))) == 2
    kept = sorted(path.name for path in (backups(machine) / "wal").iterdir() if len(path.name) == 24)
    assert not kept or kept[0] >= Backup.read(finished(backups(machine))[0]).first_segment
