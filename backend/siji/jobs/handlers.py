"""The one kind of job that belongs to no app: ``siji doctor`` asks with it whether work is done at all."""

from __future__ import annotations

from siji.jobs.registry import SHORT, Result, handler
from siji.jobs.work import Work


@handler("canary", max_attempts=3, line=SHORT)
def sing(work: Work) -> Result:
    return {"attempt": work.attempt}
