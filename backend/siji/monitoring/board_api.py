"""The promises for administrators."""

from __future__ import annotations

from typing import Annotated

from ninja import Query, Router

from siji.accounts.auth import Signed, require_admin
from siji.monitoring.board import see_board
from siji.monitoring.board_schemas import Board
from siji.problems import Problem

promises = Router(tags=["health"])


@promises.get("/promises", response={200: Board, 401: Problem, 403: Problem, 422: Problem})
def get_promises(request: Signed, minutes: Annotated[int, Query(ge=1, le=24 * 60)] = 30) -> Board:
    """Administrators only: each promise as it was kept in the last ``minutes`` and over the day, and what was slowest."""
    require_admin(request.user)
    return see_board(minutes=minutes)
