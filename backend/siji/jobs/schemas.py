"""What the interface says of long work."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from siji.schema import Schema


class JobOut(Schema):
    id: int
    kind: str
    state: Literal["queued", "running", "done", "failed"]
    done_steps: int
    total_steps: int
    """0 while the amount of work is not known."""
    result: dict[str, Any]
    error: str
    created_at: datetime
    finished_at: datetime | None
