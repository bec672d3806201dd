"""Search over what this person may see."""

from __future__ import annotations

from typing import Annotated

from ninja import Query, Router

from siji.accounts.auth import Signed
from siji.courses.search import reading
from siji.courses.search.schemas import ItemKindName, KindName, SearchOut, StatusName
from siji.problems import Problem

searching = Router(tags=["search"])

Typed = Annotated[str, Query(max_length=200)]
Short = Annotated[str, Query(max_length=40)]


@searching.get("/search", response={200: SearchOut, 401: Problem, 403: Problem, 422: Problem})
def search(
    request: Signed,
    q: Typed = "",
    kind: KindName | None = None,
    category: Short = "",
    level: Short = "",
    status: StatusName | None = None,
    item_kind: ItemKindName | None = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 8,
) -> SearchOut:
    """Courses, papers and (for staff) items, each at most ``limit``, the best first. Words may be begun or misspelt."""
    wanted = reading.Wanted(
        typed=q,
        kinds=[kind] if kind else reading.ALL,
        limit=limit,
        category=category,
        level=level,
        status=status or "",
        item_kind=item_kind or "",
    )
    return reading.search(request.user, wanted)
