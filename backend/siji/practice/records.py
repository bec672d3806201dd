"""Decisions about somebody's attempt: who may take them, and that they are written down."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from siji.accounts import audit
from siji.accounts.models import User
from siji.practice.models import Attempt
from siji.problems import Refusal, forbidden, not_found

Decision = TypeVar("Decision", bound=Model)


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


def decided_before(rows: QuerySet[Decision], key: UUID | None, **said: object) -> Decision | None:
    """The decision that the same request took when it came first, whose answer may have been lost. Its subject is locked.

    Raises Refusal 409 ``decided_otherwise`` where that one ``said`` something else: taking both would count twice.
    """
    row = None if key is None else rows.filter(key=key).first()
    if row is not None and any(getattr(row, name) != value for name, value in said.items()):
        raise Refusal(
            "decided_otherwise",
            zh="刚才那次已经生效，这次没有再执行。请关闭对话框，看看现在的情况再决定。",
            en="What you sent before took effect, so this was not done as well: close the dialog, look, then decide again.",
        )
    return row
