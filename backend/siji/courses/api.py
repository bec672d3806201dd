"""Courses, who is in them, what is set."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from siji.accounts.actions import reset_password
from siji.accounts.auth import Signed, require_teacher
from siji.accounts.models import Role, User
from siji.accounts.schemas import InitialPassword
from siji.courses import actions, assigning, handing_over, reading
from siji.courses.changed import spaces_of
from siji.courses.models import Assignment, Course, Enrollment
from siji.courses.schemas import (
    AssignmentChange,
    AssignmentIn,
    AssignmentOut,
    CourseChange,
    CourseIn,
    CourseList,
    CourseOut,
    EnrollIn,
    ExceptionIn,
    ExceptionOut,
    ProgressOut,
    StudentRow,
    TeacherIn,
    TeacherOut,
)
from siji.problems import Problem, forbidden
from siji.storage.cache import spaces
from siji.storage.cache.manager import Tier
from siji.storage.cache.responses import cached_response
from siji.storage.pages import Page, keyset_page

courses = Router(tags=["courses"])

READ = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
WRITE = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem, 503: Problem}


@courses.get("/courses", response={200: CourseList, **READ})
def list_courses(request: Signed, page: int = 1, page_size: int = 20, status: str = "") -> HttpResponse:
    """Whatever this person may see: own courses of a teacher, enrolled ones of a student, all for an administrator."""
    user = request.user
    return cached_response(
        request,
        name="course_list",
        shape=CourseList,
        make=lambda: reading.course_list(user, page=page, page_size=page_size, status=status),
        namespaces=spaces_of(user),
        owner=user.pk,
        key=[user.role, page, page_size, status],
    )


@courses.post("/courses", response={201: CourseOut, **WRITE})
def create_course(request: Signed, body: CourseIn) -> Status[CourseOut]:
    require_teacher(request.user)
    course = actions.create_course(teacher=request.user, **body.model_dump())
    return Status(201, reading.course_page(request.user, course.pk))


@courses.get("/courses/{course_id}", response={200: CourseOut, **READ})
def get_course(request: Signed, course_id: int) -> HttpResponse:
    user = request.user
    return cached_response(
        request,
        name="course_page",
        shape=CourseOut,
        make=lambda: reading.course_page(user, course_id),
        namespaces=[spaces.course(course_id), spaces.person(user.pk), spaces.PEOPLE, spaces.PAPERS],
        owner=user.pk,
        key=[user.role, course_id],
        tier=Tier.MEDIUM,
    )


@courses.patch("/courses/{course_id}", response={200: CourseOut, **WRITE})
def change_course(request: Signed, course_id: int, body: CourseChange) -> CourseOut:
    course = taught(request, course_id)
    actions.change_course(by=request.user, course=course, changes=sent(body.model_dump(exclude_unset=True)))
    return reading.course_page(request.user, course_id)


@courses.put("/courses/{course_id}/teacher", response={200: TeacherOut, **WRITE})
def hand_over(request: Signed, course_id: int, body: TeacherIn) -> TeacherOut:
    """The course is another teacher's from now on; who gave it away sees it no more (an administrator still does)."""
    course = handing_over.hand_over(course=taught(request, course_id), username=body.username, by=request.user)
    return TeacherOut(id=course.teacher.pk, name=course.teacher.name)


@courses.post("/enrollments", response={201: CourseOut, 200: CourseOut, 429: Problem, **WRITE})
def enrol_by_code(request: Signed, body: EnrollIn) -> Status[CourseOut]:
    """200 where the student is in the course already."""
    course, is_new = actions.enrol_by_code(code=body.code, student=request.user)
    return Status(201 if is_new else 200, reading.course_page(request.user, course.pk))


@courses.get("/me/progress", response={200: ProgressOut, 401: Problem, 403: Problem})
def my_progress(request: Signed) -> HttpResponse:
    user = request.user
    if not user.is_student:
        raise forbidden()
    return cached_response(
        request,
        name="own_progress",
        shape=ProgressOut,
        make=lambda: reading.own_progress(user),
        namespaces=spaces_of(user),
        owner=user.pk,
    )


@courses.get("/courses/{course_id}/students", response={200: Page[StudentRow], **READ})
def list_students(request: Signed, course_id: int, q: str = "", after: str | None = None, limit: int = 50) -> Page[StudentRow]:
    """Staff only."""
    found = reading.students_found(taught(request, course_id), q)
    return keyset_page(found, after=after, limit=limit, show=reading.show_student, newest_first=False)


@courses.delete("/courses/{course_id}/students/{user_id}", response={204: None, **WRITE})
def remove_student(request: Signed, course_id: int, user_id: int) -> Status[None]:
    """Ends the enrolment; attempts and marks are kept and come back with it."""
    course = taught(request, course_id)
    actions.remove_student(by=request.user, course=course, student=_member(course, user_id))
    return Status(204, None)


@courses.post("/courses/{course_id}/students/{user_id}", response={200: StudentRow, **WRITE})
def restore_student(request: Signed, course_id: int, user_id: int) -> StudentRow:
    """Undo of a removal."""
    course = taught(request, course_id)
    actions.enrol(course=course, student=_member(course, user_id), by=request.user)
    return reading.show_student(Enrollment.objects.for_desk().get(course=course, student=user_id))


@courses.post("/courses/{course_id}/students/{user_id}/password-resets", response={201: InitialPassword, **WRITE})
def reset_student_password(request: Signed, course_id: int, user_id: int) -> Status[InitialPassword]:
    """A student who is in the course now; who has become staff since is an administrator's to reset."""
    student = _member(taught(request, course_id), user_id, for_password=True)
    password = reset_password(by=request.user, person=student)
    return Status(201, InitialPassword(username=student.username, password=password))


@courses.post("/courses/{course_id}/assignments", response={201: AssignmentOut, **WRITE})
def create_assignment(request: Signed, course_id: int, body: AssignmentIn) -> Status[AssignmentOut]:
    course = taught(request, course_id)
    row = assigning.create_assignment(by=request.user, course=course, fields=body.model_dump())
    return Status(201, reading.show_assignment(request.user, row))


@courses.get("/assignments/{assignment_id}", response={200: AssignmentOut, **READ})
def get_assignment(request: Signed, assignment_id: int) -> AssignmentOut:
    row = get_object_or_404(Assignment.objects.visible_to(request.user), pk=assignment_id)
    return reading.show_assignment(request.user, row)


@courses.patch("/assignments/{assignment_id}", response={200: AssignmentOut, **WRITE})
def change_assignment(request: Signed, assignment_id: int, body: AssignmentChange) -> AssignmentOut:
    row = set_by(request, assignment_id)
    changes = {
        name: value for name, value in body.model_dump(exclude_unset=True).items() if value is not None or name in MAY_BE_NULL
    }
    row = assigning.change_assignment(by=request.user, assignment=row, changes=changes)
    return reading.show_assignment(request.user, row)


@courses.delete("/assignments/{assignment_id}", response={204: None, **WRITE})
def delete_assignment(request: Signed, assignment_id: int) -> Status[None]:
    """409 once somebody has begun."""
    assigning.delete_assignment(by=request.user, assignment=set_by(request, assignment_id))
    return Status(204, None)


@courses.post("/assignments/{assignment_id}/room-start", response={200: AssignmentOut, **WRITE})
def start_room(request: Signed, assignment_id: int) -> AssignmentOut:
    """Starts the clock for the whole room; a second call returns the first start."""
    row = assigning.start_room(by=request.user, assignment=set_by(request, assignment_id))
    return reading.show_assignment(request.user, row)


@courses.post("/assignments/{assignment_id}/key-release", response={200: AssignmentOut, **WRITE})
def release_keys(request: Signed, assignment_id: int) -> AssignmentOut:
    row = assigning.release_keys(by=request.user, assignment=set_by(request, assignment_id))
    return reading.show_assignment(request.user, row)


@courses.get("/assignments/{assignment_id}/exceptions", response={200: list[ExceptionOut], **READ})
def list_exceptions(request: Signed, assignment_id: int) -> list[ExceptionOut]:
    rows = set_by(request, assignment_id).exceptions.select_related("student").order_by("pk")
    return [reading.show_exception(row) for row in rows]


@courses.put("/assignments/{assignment_id}/exceptions", response={200: ExceptionOut, **WRITE})
def put_exception(request: Signed, assignment_id: int, body: ExceptionIn) -> ExceptionOut:
    fields = body.model_dump()
    student = fields.pop("student")
    row = assigning.put_exception(by=request.user, assignment=set_by(request, assignment_id), student_id=student, fields=fields)
    return reading.show_exception(row)


@courses.delete("/assignments/{assignment_id}/exceptions/{user_id}", response={204: None, **WRITE})
def delete_exception(request: Signed, assignment_id: int, user_id: int) -> Status[None]:
    assigning.delete_exception(by=request.user, assignment=set_by(request, assignment_id), student_id=user_id)
    return Status(204, None)


MAY_BE_NULL = {"opens_at", "closes_at"}


def sent(changes: dict[str, object]) -> dict[str, object]:
    """A null where null means nothing is the same as not sent."""
    return {name: value for name, value in changes.items() if value is not None}


def taught(request: Signed, course_id: int) -> Course:
    """What this person may change. A student is told so (403); a course of somebody else's does not exist (404)."""
    require_teacher(request.user)
    course: Course = get_object_or_404(Course.objects.taught_by(request.user), pk=course_id)
    return course


def set_by(request: Signed, assignment_id: int) -> Assignment:
    require_teacher(request.user)
    mine = Assignment.objects.filter(course__in=Course.objects.taught_by(request.user))
    row: Assignment = get_object_or_404(mine.select_related("paper", "course"), pk=assignment_id)
    return row


def _member(course: Course, user_id: int, *, for_password: bool = False) -> User:
    rows = course.enrollments.active().filter(student__role=Role.STUDENT) if for_password else course.enrollments.all()
    row: Enrollment = get_object_or_404(rows.select_related("student"), student=user_id)
    return row.student
