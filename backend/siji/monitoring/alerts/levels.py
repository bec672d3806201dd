"""How bad it is. Pure."""

from __future__ import annotations

from enum import StrEnum


class AlertLevel(StrEnum):
    INFO = "info"
    WARNING = "warning"
    """Something will become a fault if nobody looks."""
    ERROR = "error"
    """A promise is broken for some users."""
    CRITICAL = "critical"
    """A promise is broken for all."""

    @property
    def rank(self) -> int:
        return list(AlertLevel).index(self)
