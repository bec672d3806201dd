"""When an answer that depends on the time will be another one. Pure.

Windows here are half open: at its moment the change has happened already. So an answer worked out at ``at`` holds up to the first
moment after ``at`` and not at it; a moment that is ``at`` itself is in the answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime


def seconds_until_next(moments: Iterable[datetime | None], *, at: datetime) -> float | None:
    """None where nothing is left to come. More moments than really change something are harmless; one left out is not."""
    return min(((moment - at).total_seconds() for moment in moments if moment is not None and moment > at), default=None)
