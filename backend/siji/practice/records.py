"""Decisions about somebody's attempt: who may take them, and that they are written down."""

from __future__ import annotations

from siji.accounts import audit
from siji.accounts.models import User
from siji.practice.models import Attempt
from siji.problems import forbidden, not_found


def require_its_teacher(attempt: Attempt, user: User) -> None:
    """Its course's teacher or an administrator. Raises Refusal: 403 for its own student, 404 for everybody else."""
    if user.is_admin:
        return
    if user.is_teacher and attempt.assignment is not None and attempt.assignment.course.teacher_id == user.pk:
        return
    raise forbidden() if attempt.student_id == user.pk else not_found()


def require_its_student(attempt: Attempt, user: User) -> None:
    """Raises Refusal: 403 for staff who may only look, 404 for everybody else."""
    if attempt.student_id != user.pk:
        require_its_teacher(attempt, user)
        raise forbidden()


def record(actor: User | None, action: str, attempt: Attempt, **detail: object) -> None:
    """``actor`` is None for what a rule decides."""
    audit.record(actor=actor, action=action, subject=f"attempt:{attempt.pk}", detail=detail)
