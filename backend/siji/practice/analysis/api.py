"""How a class did."""

from __future__ import annotations

from ninja import Router

from siji.accounts.auth import Signed
from siji.practice.analysis import course, item, reading
from siji.practice.analysis.schemas import AssignmentAnalysis, CourseAnalysis, ItemAnalysis
from siji.practice.api.responses import READ

analysis = Router(tags=["results"])


@analysis.get("/assignments/{assignment_id}/analysis", response={200: AssignmentAnalysis, **READ})
def assignment_analysis(request: Signed, assignment_id: int) -> AssignmentAnalysis:
    """Staff only: distribution, sections, skills and each item's facility, discrimination and most chosen wrong answer."""
    return reading.assignment_analysis(reading.seen_assignment(assignment_id, request.user))


@analysis.get("/assignments/{assignment_id}/analysis/{slot}", response={200: ItemAnalysis, **READ})
def item_analysis(request: Signed, assignment_id: int, slot: str) -> ItemAnalysis:
    """Staff only: one item with its passage and key, and who answered what. 404 for a slot without a key."""
    return item.item_analysis(reading.seen_assignment(assignment_id, request.user), slot)


@analysis.get("/courses/{course_id}/analysis", response={200: CourseAnalysis, **READ})
def course_analysis(request: Signed, course_id: int) -> CourseAnalysis:
    """Staff only: the course from assignment to assignment, its sections and skills, and the items it fails at."""
    return course.course_analysis(course_id=course_id, reader=request.user)
