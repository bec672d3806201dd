"""The kinds of job that this app does."""

from __future__ import annotations

from siji.practice.automarking import work

__all__ = ["work"]
