"""The beat's schedule is on the disk each time it was kept, whatever database this Python was built with."""

from __future__ import annotations

import os
from pathlib import Path

from siji.celery import app
from siji.jobs.beat import KeptSchedule


def test_what_was_sent_is_written_at_once_and_read_by_the_next_beat(tmp_path: Path) -> None:
    file = tmp_path / "schedule"
    first = KeptSchedule(app=app, schedule_filename=str(file), lazy=True)
    first.setup_schedule()
    (name, *_) = first.schedule
    first.schedule[name].total_run_count = 7
    for path in tmp_path.iterdir():
        os.utime(path, (0, 0))
    first.sync()
    assert max(path.stat().st_mtime for path in tmp_path.iterdir()) > 0
    # Not closed, as after a kill: the next one finds it all the same.
    second = KeptSchedule(app=app, schedule_filename=str(file), lazy=True)
    second.setup_schedule()
    assert second.schedule[name].total_run_count == 7
