"""Whatever a person gives the command, it ends in a sentence in both languages that says how to mend it, never in a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp

import pytest
from django.test import override_settings

from siji.embedded import doctor, people
from siji.embedded.cli import main
from siji.embedded.environment import BACKEND
from siji.embedded.home import Home, read_json
from siji.embedded.up import _door_port
from siji.embedded.words import CannotStart
from siji.settings import Environment

NOWHERE = {
    "DATABASE_URL": "postgresql://siji:secret@127.0.0.1:1/siji",
    "CACHE_URL": "redis://127.0.0.1:1/0",
    "BROKER_URL": "redis://127.0.0.1:1/0",
}


def siji(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command on a machine where nothing runs."""
    return subprocess.run(
        [sys.executable, "-m", "siji.embedded", *words],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(BACKEND), "SIJI_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def refused(done: subprocess.CompletedProcess[str], words: str, *, code: int = 1) -> None:
    said = done.stdout + done.stderr
    assert done.returncode == code, said
    assert words in said
    assert any("\u4e00" <= letter <= "\u9fff" for letter in said)
    assert "Traceback" not in said
    assert "secret@" not in said


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"PORT": "99999"}, "PORT is '99999'"),
        ({"DB_POOL_TIMEOUT": "abc"}, "DB_POOL_TIMEOUT is 'abc'"),
        ({"DATABASE_URL": "postgresql://siji:secret@db:99999/siji"}, "DATABASE_URL cannot be used"),
        ({"DATABASE_URL": "postgresql://siji:secret@db/siji?sslmod=require"}, "the option 'sslmod' cannot be used"),
        ({"HOST": "nonsense"}, "cannot listen on nonsense"),
    ],
)
def test_a_variable_that_cannot_be_used(tmp_path: Path, change: dict[str, str], words: str) -> None:
    refused(siji(tmp_path, "up", **change), words)


def test_a_port_that_only_root_may_use(monkeypatch: pytest.MonkeyPatch) -> None:
    refusal = PermissionError(13, "Permission denied")
    monkeypatch.setattr("siji.embedded.up.why_not", lambda port, host: refusal if port else None)
    with pytest.raises(CannotStart, match="below 1024"):
        _door_port(Environment.read({"PORT": "80"}))


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    refused(siji(file, "up"), "leads to a file")
    refused(siji(file / "home", "doctor"), "leads to a file")


def test_a_home_that_nobody_may_write() -> None:
    refused(siji(Path("/proc/siji"), "up"), "Cannot write to /proc/siji")


COMMANDS = (["doctor"], ["migrate"], ["content", "load"], ["demo", "load"], ["demo", "remove"], ["user", "create", "somebody"])


@pytest.mark.parametrize("words", COMMANDS)
def test_a_command_where_siji_never_ran(tmp_path: Path, words: list[str]) -> None:
    refused(siji(tmp_path, *words), "has not been started")


@pytest.mark.parametrize("words", [command for command in COMMANDS if command != ["doctor"]])
def test_a_command_whose_database_is_gone(tmp_path: Path, words: list[str]) -> None:
    refused(siji(tmp_path, *words, SIJI_DEMO="1", **NOWHERE), "Connection refused")


@pytest.mark.parametrize(
    "words", [[], ["nonsense"], ["user"], ["user", "create"], ["user", "create", "x", "--role", "y"], ["secret", "x"]]
)
def test_a_command_that_cannot_be_read(tmp_path: Path, words: list[str]) -> None:
    refused(siji(tmp_path, *words), "The command cannot be read", code=2)


def test_a_content_folder_that_is_none(tmp_path: Path) -> None:
    refused(siji(tmp_path, "content", "check", SIJI_CONTENT=str(tmp_path / "nothing")), "errors: nothing is loaded")


def test_the_doctor_speaks_of_servers_that_are_gone_and_of_no_part_that_is_not_here(tmp_path: Path) -> None:
    done = siji(tmp_path, "doctor", **NOWHERE)
    refused(done, "something is wrong")
    wrong = {line.split()[1] for line in done.stdout.splitlines() if line.startswith("✗")}
    servers = {"postgres", "redis-cache", "redis-broker"}
    assert wrong == servers | {"migrations", "worker", "audio", "model", "indexes", "stored", "connection"}
    assert " api " not in done.stdout


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "redis://:wrong@127.0.0.1:{port}/0"])
def test_the_doctor_outlives_any_answer(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong password, a port where something else speaks, a file of ports that somebody edited."""
    monkeypatch.setattr(doctor, "CANARY_PATIENCE", 0.1)
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "ports.json").write_text('{"api": "eighty", "stream": 1, "web": null}')
    with override_settings(SIJI_HOME=tmp_path, CACHE_URL=url.format(port=os.environ["BROKER_URL"].rsplit(":", 1)[1][:5])):
        parts = {part.name: part for part in doctor.examine().parts}
    assert not parts["redis-cache"].ok
    assert parts["postgres"].ok
    assert {parts[name].detail for name in ("api", "stream", "beat", "web")} == {"is not started: siji up starts it"}


@pytest.mark.parametrize("text", ['{"api": {"pid"', "\xff\xfe", "[1]", ""])
def test_a_file_that_is_no_json_reads_as_empty(tmp_path: Path, text: str) -> None:
    (tmp_path / "ports.json").write_bytes(text.encode("latin-1"))
    assert read_json(tmp_path / "ports.json") == {}


@pytest.mark.parametrize("username", ["", " ", "a b", "x" * 151, "../x", "名\x00"])
def test_a_username_that_cannot_be_one(username: str) -> None:
    with pytest.raises(CannotStart, match="A username is made of"):
        people.create(username=username, name="", role="teacher", ask=False)


@contextmanager
def _disk(size: str) -> Iterator[Path]:
    """A file system of its own that PostgreSQL's user may pass too."""
    folder = Path(mkdtemp(prefix="siji disk "))
    folder.chmod(0o711)
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=711", "siji-test", folder], check=True)
        try:
            yield folder
        finally:
            subprocess.run(["umount", folder], check=True)
    finally:
        folder.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a disk of its own")
def test_a_disk_that_is_full() -> None:
    with _disk("16k") as folder:
        with suppress(OSError), (folder / "all").open("wb", buffering=0) as file:
            for _ in range(100):
                file.write(b"x" * 4096)
        refused(siji(folder, "up"), "The disk is full")


@pytest.mark.machine
@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a disk of its own")
def test_a_disk_too_small_for_the_database() -> None:
    with _disk("20m") as folder:
        refused(siji(folder, "up"), "Check the free space")


def test_a_terminal_without_chinese_still_gets_the_english(tmp_path: Path) -> None:
    done = siji(tmp_path, "doctor", PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert "has not been started" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_the_system_refuses_is_said_with_its_path(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(root: Path) -> Home:
        raise PermissionError(13, "Permission denied", "/var/lib/siji/secrets.json")

    monkeypatch.setattr(Home, "open", refuse)
    monkeypatch.setattr("siji.embedded.up.Home.open", refuse)
    assert main(["up"]) == 1
    assert "Permission denied (/var/lib/siji/secrets.json)" in capsys.readouterr().err
