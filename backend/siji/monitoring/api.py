"""Health of this process. ``siji doctor`` speaks for all parts."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from ninja import Router, Status

from siji.monitoring.readiness import readiness
from siji.schema import Schema

health = Router(tags=["health"])


class Live(Schema):
    status: Literal["ok"]


class Ready(Schema):
    status: Literal["ok", "degraded", "unready"]
    checks: dict[str, str]
    """database, migrations, cache → "ok" or what is wrong."""


@health.get("/live", auth=None, response={200: Live})
def live(request: HttpRequest) -> Live:
    return Live(status="ok")


@health.get("/ready", auth=None, response={200: Ready, 503: Ready})
def ready(request: HttpRequest) -> Status[Ready]:
    """503 when the database cannot be reached or is not migrated; a cache that is down is degraded, not unready."""
    status, checks = readiness()
    return Status(503 if status == "unready" else 200, Ready(status=status, checks=checks))
