"""The negative control of ``stale_reads``: the product's API with the rule switched off that a reader's own writes come first.

Every position a reader needs is forgotten, so a replica that is behind is read at once. Loaded by that benchmark alone.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from siji.wsgi import application

__all__ = ["application"]

router = import_module("siji.storage.replicas.router")


def anything_will_do(request: Any) -> int:
    return 0


router._needed = anything_will_do  # type: ignore[attr-defined]  # the defect, on purpose
