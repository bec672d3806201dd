"""These tests look at servers of their own from outside; the test run's cache is none of their business."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """In place of the one that clears the cache of the test run."""
