"""What is recorded of who did what. Rows are only added."""

from __future__ import annotations

from typing import Any

from siji.accounts.models import AuditEntry, User


def record(
    *, actor: User | None, action: str, subject: str, detail: dict[str, Any] | None = None, address: str | None = None
) -> AuditEntry:
    """``subject`` is ``kind:id``. In the transaction of what it records: both are kept, or neither. No secrets in ``detail``."""
    return AuditEntry.objects.create(actor=actor, action=action, subject=subject, detail=detail or {}, address=address)
