"""What one machine remembers, and what it does when it cannot."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import time
from ast import literal_eval
from pathlib import Path

import pytest

from siji.embedded.cli import main
from siji.embedded.home import Home, read_json, write_json
from siji.embedded.parts import beat_is_late
from siji.embedded.ports import free_port, is_free
from siji.embedded.supervisor import LOG_LIMIT, Supervisor
from siji.embedded.words import CannotStart

CHOOSING = """
import sys
from pathlib import Path
from siji.embedded.home import Home
print(Home.open(Path(sys.argv[1])).choose_ports(["api", "stream"]))
"""


def test_secrets_are_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    secrets = Home.open(tmp_path / "home").secrets()
    assert Home.open(tmp_path / "home").secrets() == secrets
    assert len(set(secrets.values())) == 4
    assert stat.S_IMODE((tmp_path / "home" / "secrets.json").stat().st_mode) == 0o600


def test_a_free_port_is_kept_and_a_taken_one_is_not(tmp_path: Path) -> None:
    home = Home.open(tmp_path)
    first = home.choose_ports(["api", "stream"])
    assert home.choose_ports(["api", "stream"]) == first
    with socket.create_server(("127.0.0.1", first["api"])):
        second = home.choose_ports(["api", "stream"])
    assert second["stream"] == first["stream"]
    assert second["api"] != first["api"]


def test_ports_lie_outside_the_kernels_range() -> None:
    port = free_port()
    assert port < 32_768
    assert is_free(port)


def test_another_start_does_not_choose_a_port_that_is_chosen_and_not_yet_listened_at(tmp_path: Path) -> None:
    ports = Home.open(tmp_path / "first").choose_ports(["api", "stream"])
    write_json(Home.open(tmp_path / "second").run / "ports.json", ports)
    second = literal_eval(
        subprocess.run([sys.executable, "-c", CHOOSING, tmp_path / "second"], capture_output=True, text=True, check=True).stdout
    )
    assert not set(second.values()) & set(ports.values())
    assert Home.open(tmp_path / "first").choose_ports(["api", "stream"]) == ports


def test_a_file_cut_short_reads_as_empty_and_writing_is_whole(tmp_path: Path) -> None:
    file = tmp_path / "parts.json"
    file.write_text('{"api": {"pid"')
    assert read_json(file) == {}
    write_json(file, {"api": 1})
    assert read_json(file) == {"api": 1}
    assert list(tmp_path.iterdir()) == [file]


def test_one_supervisor_a_home(tmp_path: Path) -> None:
    home = Home.open(tmp_path)
    lock = home.lock()
    assert lock is not None
    assert home.lock() is None
    lock.close()
    again = home.lock()
    assert again is not None
    again.close()


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotStart, match="SIJI_HOME") as refusal:
        Home.open(tmp_path / "file" / "home")
    assert "请指定一个文件夹" in str(refusal.value)


def test_an_unknown_command_of_with_services_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["with-services"]) == 1
    assert "Usage: siji with-services" in capsys.readouterr().err


def test_beat_is_late_when_its_schedule_is_old(tmp_path: Path) -> None:
    schedule = tmp_path / "beat-schedule"
    assert beat_is_late(schedule) == "has not sent anything yet"
    schedule.touch()
    assert beat_is_late(schedule) is None
    os.utime(schedule, (time.time() - 100, time.time() - 100))
    assert beat_is_late(schedule) == "has not sent anything for 100 s"


def test_logs_stay_bounded_and_their_writers_go_on(tmp_path: Path) -> None:
    home = Home.open(tmp_path)
    with home.log("api").open("ab", buffering=0) as writer:
        writer.write(b"old\n" * (LOG_LIMIT // 4 + 1))
        Supervisor(home).cut_logs()
        writer.write(b"new\n")
    assert home.log("api").read_bytes() == b"new\n"
    assert (home.root / "log" / "api.log.1").stat().st_size > LOG_LIMIT
