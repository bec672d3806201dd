"""Which jobs this app does."""

from __future__ import annotations

from siji.jobs.registry import handler
from siji.teaching.runs.work import KIND as STAGE
from siji.teaching.runs.work import TRIES, stage_failed, work_stage
from siji.teaching.syllabi import KIND, read_syllabus, reading_failed

handler(KIND, max_attempts=3, on_failure=reading_failed)(read_syllabus)
handler(STAGE, max_attempts=TRIES, on_failure=stage_failed, waits=True)(work_stage)  # a model, where one is set
