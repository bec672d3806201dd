"""How a class did."""

from __future__ import annotations

from django.http import HttpResponse
from ninja import Router

from siji.accounts.auth import Signed
from siji.practice.analysis import course, item, reading
from siji.practice.analysis.schemas import AssignmentAnalysis, CourseAnalysis, ItemAnalysis
from siji.practice.api.responses import READ
from siji.storage.cache import spaces
from siji.storage.cache.manager import Tier
from siji.storage.cache.responses import cached_response

analysis = Router(tags=["results"])


@analysis.get("/assignments/{assignment_id}/analysis", response={200: AssignmentAnalysis, **READ})
def assignment_analysis(request: Signed, assignment_id: int) -> HttpResponse:
    """Staff only: distribution, sections, skills and each item's facility, discrimination and most chosen wrong answer."""
    assignment = reading.seen_assignment(assignment_id, request.user)
    return cached_response(
        request,
        name="assignment_analysis",
        shape=AssignmentAnalysis,
        make=lambda: reading.assignment_analysis(assignment),
        namespaces=_made_from(assignment.course_id),
        owner=None,  # who may see it was asked just now
        key=[assignment.pk],
        tier=Tier.MEDIUM,
    )


@analysis.get("/assignments/{assignment_id}/analysis/{slot}", response={200: ItemAnalysis, **READ})
def item_analysis(request: Signed, assignment_id: int, slot: str) -> HttpResponse:
    """Staff only: one item with its passage and key, and who answered what. 404 for a slot without a key."""
    assignment = reading.seen_assignment(assignment_id, request.user)
    return cached_response(
        request,
        name="item_analysis",
        shape=ItemAnalysis,
        make=lambda: item.item_analysis(assignment, slot),
        namespaces=_made_from(assignment.course_id),
        owner=None,  # who may see it was asked just now
        key=[assignment.pk, slot],
        tier=Tier.MEDIUM,
    )


@analysis.get("/courses/{course_id}/analysis", response={200: CourseAnalysis, **READ})
def course_analysis(request: Signed, course_id: int) -> HttpResponse:
    """Staff only: the course from assignment to assignment, its sections and skills, and the items it fails at."""
    user = request.user
    return cached_response(
        request,
        name="course_analysis",
        shape=CourseAnalysis,
        make=lambda: course.course_analysis(course_id=course_id, reader=user),
        namespaces=_made_from(course_id),
        owner=user.pk,
        key=[user.role, course_id],
        tier=Tier.MEDIUM,
    )


def _made_from(course_id: int) -> list[str]:
    return [spaces.course(course_id), spaces.work(course_id), spaces.PEOPLE, spaces.PAPERS]
