"""The kinds of job that this app does."""

from __future__ import annotations

from siji.practice.automarking import work as automarking
from siji.practice.feedback import work as feedback

__all__ = ["automarking", "feedback"]
