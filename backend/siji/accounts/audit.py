"""What is recorded of who did what. Rows are only added."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models.functions import Now

from siji.accounts.models import AuditEntry, User


def record(
    *, actor: User | None, action: str, subject: str, detail: dict[str, Any] | None = None, address: str | None = None
) -> AuditEntry:
    """``subject`` is ``kind:id``. In the transaction of what it records: both are kept, or neither. No secrets in ``detail``."""
    return AuditEntry.objects.create(actor=actor, action=action, subject=subject, detail=detail or {}, address=address)


def record_each(*, actor: User, action: str, subjects: Iterable[str], detail: dict[str, Any]) -> None:
    """The same done to many, one row for each, in one statement."""
    AuditEntry.objects.bulk_create(AuditEntry(actor=actor, action=action, subject=subject, detail=detail) for subject in subjects)


def count_recent(*, actor: User, action: str, minutes: int) -> int:
    """How often this person did this in the last ``minutes``."""
    since = Now() - timedelta(minutes=minutes)
    return AuditEntry.objects.filter(actor=actor, action=action, at__gt=since).count()
