"""What an assignment and a cell of the results look like."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from siji.accounts.models import User
from siji.courses.models import Assignment, AssignmentException, Progress
from siji.courses.window import window_of
from siji.practice.models import Attempt
from siji.practice.results import written_marks
from siji.practice.views import state_of


def iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat().replace("+00:00", "Z")


def assignment_json(user: User, row: Assignment) -> dict[str, Any]:
    status, opens_at, closes_at, completed = None, None, None, None
    if user.is_student:
        progress = Progress.objects.filter(assignment=row, student=user).first()
        status = progress.status if progress else "not_started"
        opens_at, closes_at = window_of(row, AssignmentException.objects.filter(assignment=row, student=user).first())
    else:
        done = Progress.objects.filter(assignment=row, progress_percentage__gte=80, status="completed")
        completed = len([one for one in done if row.course.enrollments.filter(student=one.student, is_active=True).exists()])
    return {
        "id": row.pk,
        "course": row.course.pk,
        "paper": row.paper.pk,
        "paper_title": row.paper.title_zh,
        **{name: getattr(row, name) for name in ("title", "sections", "is_required", "mode", "start")},
        "room_started_at": iso(row.room_started_at),
        "opens_at": iso(row.opens_at),
        "closes_at": iso(row.closes_at),
        **{name: getattr(row, name) for name in ("late_policy", "attempts_allowed", "key_release")},
        "keys_released_at": iso(row.keys_released_at),
        "my_status": status,
        "my_opens_at": iso(opens_at),
        "my_closes_at": iso(closes_at),
        "completed_count": completed,
    }


def cell_json(assignment: Assignment, attempt: Attempt | None) -> dict[str, Any]:
    if attempt is None:
        empty = dict.fromkeys(("attempt", "state", "raw", "raw_of", "estimate"))
        return {"assignment": assignment.pk, **empty, "written": []}
    estimate = attempt.result.get("estimate")
    return {
        "assignment": assignment.pk,
        "attempt": str(attempt.pk),
        "state": state_of(attempt, timezone.now()),
        "raw": attempt.result.get("raw"),
        "raw_of": attempt.result.get("raw_of"),
        "estimate": estimate["total"]["middle"] if estimate else None,
        "written": [mark.model_dump() for mark in written_marks(attempt.result.get("sections", []))],
    }
