"""What pages show of an appeal."""

from __future__ import annotations

from datetime import datetime, timedelta

from siji.practice.models import Appeal, Mark, Script, ScriptState
from siji.practice.trust.schemas import AppealOut

APPEAL = ("appeal__mark", "appeal__decision", "appeal__decided_by")
WITHIN = timedelta(days=7)
"""After the mark that stands."""


def is_open(script: Script) -> bool:
    appeal: Appeal | None = getattr(script, "appeal", None)
    return appeal is not None and appeal.decided_at is None


def appeal_view(script: Script) -> AppealOut | None:
    appeal: Appeal | None = getattr(script, "appeal", None)
    if appeal is None:
        return None
    return AppealOut(
        words=appeal.words,
        at=appeal.at,
        mark=appeal.mark.value,
        decided_at=appeal.decided_at,
        decided_by=appeal.decided_by.name if appeal.decided_by else "",
        decision=appeal.decision.value if appeal.decision else None,
        reply=appeal.decision.comment if appeal.decision else "",
    )


def may_appeal_until(script: Script, mark: Mark | None) -> datetime | None:
    """Of a script in a course. None where there is nothing to appeal against, or it was done."""
    if (
        mark is None
        or script.attempt.assignment_id is None
        or script.state != ScriptState.MARKED
        or getattr(script, "appeal", None) is not None
    ):
        return None
    return mark.created_at + WITHIN
