"""The promises for administrators, and what anybody may know: whether the service works."""

from __future__ import annotations

from typing import Annotated

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponseBase
from ninja import Query, Router

from siji.accounts.auth import Signed, require_admin
from siji.monitoring.board import see_board
from siji.monitoring.board_schemas import Board, WorkSeen
from siji.monitoring.following import events_of
from siji.monitoring.status import StatusOut, present_status
from siji.monitoring.work_seen import see_work
from siji.problems import Problem

promises = Router(tags=["health"])

Minutes = Annotated[int, Query(ge=1, le=24 * 60)]


@promises.get("/promises", response={200: Board, 401: Problem, 403: Problem, 422: Problem})
def get_promises(request: Signed, minutes: Minutes = 30) -> Board:
    """Administrators only: each promise as it was kept in the last ``minutes`` and over the day, and what was slowest."""
    require_admin(request.user)
    return see_board(minutes=minutes)


@promises.get("/promises/events", response={200: Board, 401: Problem, 403: Problem, 421: Problem, 422: Problem})
async def follow_promises(request: Signed, minutes: Minutes = 30) -> HttpResponseBase:
    """Server-sent events: the ``Board`` now and every ten seconds."""
    await sync_to_async(require_admin)(request.user)
    return events_of(request, minutes=minutes)


@promises.get("/promises/work", response={200: WorkSeen, 401: Problem, 403: Problem})
def get_work(request: Signed) -> WorkSeen:
    """Administrators only: models by purpose in 24 hours, the newest 5,000 jobs by kind."""
    require_admin(request.user)
    return see_work()


@promises.get("/status", auth=None, response={200: StatusOut})
def get_status(request: HttpRequest) -> StatusOut:
    """For anybody: which parts work. No figures, no names; looked at once in ten seconds however many ask."""
    return present_status()
