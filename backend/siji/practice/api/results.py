"""Class results."""

from __future__ import annotations

from ninja import Router

from siji.accounts.auth import Signed
from siji.practice import results as work
from siji.practice.api.responses import READ
from siji.practice.schemas import CourseResults

results = Router(tags=["results"])


@results.get("/courses/{course_id}/results", response={200: CourseResults, **READ})
def course_results(request: Signed, course_id: int, after: str | None = None, limit: int = 50) -> CourseResults:
    """Staff only. Students by keyset; the assignments' figures are over the whole class."""
    return work.course_results(course_id=course_id, reader=request.user, after=after, limit=limit)
