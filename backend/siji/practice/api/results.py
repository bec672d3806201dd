"""Class results."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router

from siji.accounts.auth import Signed, require_teacher
from siji.courses.models import Assignment, Course
from siji.locale import Locale, locale_of
from siji.practice import results as work
from siji.practice.api.responses import READ, attachment, file_of
from siji.practice.exports.tables import assignment_results, gradebook
from siji.practice.schemas import CourseResults
from siji.storage.cache import spaces
from siji.storage.cache.responses import cached_response
from siji.storage.spreadsheets import XLSX

results = Router(tags=["results"])


@results.get("/courses/{course_id}/results", response={200: CourseResults, **READ})
def course_results(request: Signed, course_id: int, after: str | None = None, limit: int = 50) -> HttpResponse:
    """Staff only. Students by keyset; the assignments' figures are over the whole class."""
    user = request.user
    return cached_response(
        request,
        name="course_results",
        shape=CourseResults,
        make=lambda: work.course_results(course_id=course_id, reader=user, after=after, limit=limit),
        namespaces=[spaces.course(course_id), spaces.work(course_id), spaces.PEOPLE, spaces.PAPERS],
        owner=user.pk,
        key=[user.role, course_id, after, limit],
    )


@results.get("/courses/{course_id}/results.xlsx", response={200: None, **READ}, openapi_extra=file_of(XLSX))
def course_gradebook(request: Signed, course_id: int, language: Locale | None = None) -> FileResponse:
    """Staff only. Students × assignments, in Chinese unless the language asked for or preferred is English."""
    require_teacher(request.user)
    course = get_object_or_404(Course.objects.taught_by(request.user), pk=course_id)
    locale = locale_of(request, language)
    book = gradebook(course=course, locale=locale)
    return attachment(book, name=f"{course.name}.xlsx", content_type=XLSX)


@results.get("/assignments/{assignment_id}/results.xlsx", response={200: None, **READ}, openapi_extra=file_of(XLSX))
def assignment_table(request: Signed, assignment_id: int, language: Locale | None = None) -> FileResponse:
    """Staff only. One row a student, with the marks of each section."""
    require_teacher(request.user)
    mine = Assignment.objects.filter(course__in=Course.objects.taught_by(request.user))
    assignment = get_object_or_404(mine.select_related("paper", "course"), pk=assignment_id)
    book = assignment_results(assignment=assignment, locale=locale_of(request, language))
    return attachment(book, name=f"{assignment.title}.xlsx", content_type=XLSX)
