"""The worker of ``kill_runs``: it kills itself with -9 at one point of each stage of each run, once.

``DIES_AT`` names the point, ``DIED`` a folder in which each death leaves a mark, so that whoever takes over lives.
``DRAFT_APART`` keeps the draft in a transaction of its own: the negative control.
"""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

from siji.celery import app

django.setup()

from django.db import connection  # noqa: E402  # the framework first

from siji.jobs import work as jobs_work  # noqa: E402  # the framework first
from siji.teaching.models import RunStage  # noqa: E402
from siji.teaching.runs import work as stages_work  # noqa: E402

__all__ = ["POINTS", "app"]

POINTS = ("before_a_round", "after_the_answers", "after_a_round", "before_the_commit", "after_the_commit")

# A dead worker's job is taken over after its lease: half a minute would make this a benchmark of waiting.
jobs_work.LEASE, jobs_work.RENEW_SECONDS = timedelta(seconds=3), 1.0


def dies(point: str, stage: RunStage) -> None:
    if os.environ.get("DIES_AT") != point:
        return
    mark = Path(os.environ["DIED"]) / f"{point} {stage.run_id} {stage.name}"
    try:
        mark.touch(exist_ok=False)
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


_round, _row, _finish, _draft = stages_work._round, stages_work._row, stages_work._finish, stages_work.add_draft


def round_that_dies(work: Any, stage: RunStage, kept: list[Any]) -> Any:
    dies("before_a_round", stage)
    return _round(work, stage, kept)


def row_that_dies(stage: RunStage, *rest: Any) -> Any:
    dies("after_the_answers", stage)  # paid for, and not kept yet
    return _row(stage, *rest)


def finish_that_dies(work: Any, stage: RunStage, *rest: Any) -> Any:
    dies("after_a_round", stage)
    result = _finish(work, stage, *rest)
    dies("after_the_commit", stage)
    return result


def draft_that_dies(stage: RunStage, *rest: Any, **more: Any) -> Any:
    made = _apart(stage, *rest, **more) if os.environ.get("DRAFT_APART") else _draft(stage, *rest, **more)
    dies("before_the_commit", stage)  # the draft is written, its transaction still open
    return made


def _apart(*rest: Any, **more: Any) -> Any:
    """Kept by a connection of its own, before the end of the job: the negative control."""

    def keep() -> Any:
        try:
            return _draft(*rest, **more)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        return other.submit(keep).result()


stages_work._round, stages_work._row = round_that_dies, row_that_dies
stages_work._finish, stages_work.add_draft = finish_that_dies, draft_that_dies
