"""The beat's schedule is on the disk each time it was kept, whatever database this Python was built with."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from siji.celery import app
from siji.jobs.beat import KeptSchedule


def opened(file: Path) -> KeptSchedule:
    schedule = KeptSchedule(app=app, schedule_filename=str(file), lazy=True)
    schedule.setup_schedule()
    return schedule


def test_what_was_sent_is_written_at_once_and_read_by_the_next_beat(tmp_path: Path) -> None:
    file = tmp_path / "schedule"
    first = opened(file)
    (name, *_) = first.schedule
    first.schedule[name].total_run_count = 7
    os.utime(file, (0, 0))
    first.sync()
    assert file.stat().st_mtime > 0
    # Not closed, as after a kill: the next one finds it all the same.
    assert opened(file).schedule[name].total_run_count == 7


def test_a_reader_finds_the_file_at_every_moment(tmp_path: Path) -> None:
    file = tmp_path / "schedule"
    schedule, over, missing = opened(file), threading.Event(), list[int]()

    def look() -> None:
        while not over.is_set():
            missing.append(not file.exists())

    reader = threading.Thread(target=look)
    reader.start()
    for _ in range(300):
        schedule.sync()
    over.set()
    reader.join()
    assert len(missing) > 300
    assert not any(missing)


@pytest.mark.parametrize("content", [b"", b"not a pickle", b"\x80\x05]\x94."], ids=["empty", "of another kind", "a list"])
def test_a_file_of_another_kind_is_replaced(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "schedule"
    file.write_bytes(content)
    assert opened(file).schedule.keys() >= app.conf.beat_schedule.keys()
    assert opened(file).schedule.keys() >= app.conf.beat_schedule.keys()
