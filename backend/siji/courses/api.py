"""Courses, who is in them, what is set."""

from __future__ import annotations

from ninja import File, Router, UploadedFile

from siji.accounts.auth import Signed
from siji.accounts.schemas import InitialPassword
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
    RosterAccounts,
    RosterImported,
    RosterPreview,
    StudentRow,
)
from siji.problems import Problem
from siji.storage.pages import Page

courses = Router(tags=["courses"])

READ = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
WRITE = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}


@courses.get("/courses", response={200: CourseList, **READ})
def list_courses(request: Signed, page: int = 1, page_size: int = 20, status: str = "") -> CourseList:
    """Whatever this person may see: own courses of a teacher, enrolled ones of a student, all for an administrator."""
    raise NotImplementedError


@courses.post("/courses", response={201: CourseOut, **WRITE})
def create_course(request: Signed, body: CourseIn) -> tuple[int, CourseOut]:
    raise NotImplementedError


@courses.get("/courses/{course_id}", response={200: CourseOut, **READ})
def get_course(request: Signed, course_id: int) -> CourseOut:
    raise NotImplementedError


@courses.patch("/courses/{course_id}", response={200: CourseOut, **WRITE})
def change_course(request: Signed, course_id: int, body: CourseChange) -> CourseOut:
    raise NotImplementedError


@courses.post("/enrollments", response={201: CourseOut, 200: CourseOut, 429: Problem, **WRITE})
def enrol_by_code(request: Signed, body: EnrollIn) -> tuple[int, CourseOut]:
    """200 where the student is in the course already."""
    raise NotImplementedError


@courses.get("/me/progress", response={200: ProgressOut, 401: Problem, 403: Problem})
def my_progress(request: Signed) -> ProgressOut:
    raise NotImplementedError


@courses.get("/courses/{course_id}/students", response={200: Page[StudentRow], **READ})
def list_students(request: Signed, course_id: int, q: str = "", after: str | None = None, limit: int = 50) -> Page[StudentRow]:
    """Staff only."""
    raise NotImplementedError


@courses.delete("/courses/{course_id}/students/{user_id}", response={204: None, **WRITE})
def remove_student(request: Signed, course_id: int, user_id: int) -> tuple[int, None]:
    """Ends the enrolment; attempts and marks are kept and come back with it."""
    raise NotImplementedError


@courses.post("/courses/{course_id}/students/{user_id}", response={200: StudentRow, **WRITE})
def restore_student(request: Signed, course_id: int, user_id: int) -> StudentRow:
    """Undo of a removal."""
    raise NotImplementedError


@courses.post("/courses/{course_id}/students/{user_id}/password-resets", response={201: InitialPassword, **WRITE})
def reset_student_password(request: Signed, course_id: int, user_id: int) -> tuple[int, InitialPassword]:
    raise NotImplementedError


@courses.post("/courses/{course_id}/rosters", response={201: RosterPreview, **WRITE})
def upload_roster(request: Signed, course_id: int, file: File[UploadedFile]) -> tuple[int, RosterPreview]:
    """XLSX or CSV with a header line. Nothing is changed yet."""
    raise NotImplementedError


@courses.get("/courses/{course_id}/rosters/{roster_id}", response={200: RosterPreview, **READ})
def get_roster(request: Signed, course_id: int, roster_id: int) -> RosterPreview:
    raise NotImplementedError


@courses.post("/courses/{course_id}/rosters/{roster_id}/imports", response={202: RosterImported, **WRITE})
def import_roster(request: Signed, course_id: int, roster_id: int) -> tuple[int, RosterImported]:
    """409 while the preview has errors: all or nothing."""
    raise NotImplementedError


@courses.post("/courses/{course_id}/rosters/{roster_id}/accounts", response={200: RosterAccounts, **WRITE})
def take_roster_accounts(request: Signed, course_id: int, roster_id: int) -> RosterAccounts:
    """The initial passwords, once; a second call is 409."""
    raise NotImplementedError


@courses.post("/courses/{course_id}/assignments", response={201: AssignmentOut, **WRITE})
def create_assignment(request: Signed, course_id: int, body: AssignmentIn) -> tuple[int, AssignmentOut]:
    raise NotImplementedError


@courses.get("/assignments/{assignment_id}", response={200: AssignmentOut, **READ})
def get_assignment(request: Signed, assignment_id: int) -> AssignmentOut:
    raise NotImplementedError


@courses.patch("/assignments/{assignment_id}", response={200: AssignmentOut, **WRITE})
def change_assignment(request: Signed, assignment_id: int, body: AssignmentChange) -> AssignmentOut:
    raise NotImplementedError


@courses.delete("/assignments/{assignment_id}", response={204: None, **WRITE})
def delete_assignment(request: Signed, assignment_id: int) -> tuple[int, None]:
    """409 once somebody has begun."""
    raise NotImplementedError


@courses.post("/assignments/{assignment_id}/room-start", response={200: AssignmentOut, **WRITE})
def start_room(request: Signed, assignment_id: int) -> AssignmentOut:
    """Starts the clock for the whole room; a second call returns the first start."""
    raise NotImplementedError


@courses.post("/assignments/{assignment_id}/key-release", response={200: AssignmentOut, **WRITE})
def release_keys(request: Signed, assignment_id: int) -> AssignmentOut:
    raise NotImplementedError


@courses.get("/assignments/{assignment_id}/exceptions", response={200: list[ExceptionOut], **READ})
def list_exceptions(request: Signed, assignment_id: int) -> list[ExceptionOut]:
    raise NotImplementedError


@courses.put("/assignments/{assignment_id}/exceptions", response={200: ExceptionOut, **WRITE})
def put_exception(request: Signed, assignment_id: int, body: ExceptionIn) -> ExceptionOut:
    raise NotImplementedError


@courses.delete("/assignments/{assignment_id}/exceptions/{user_id}", response={204: None, **WRITE})
def delete_exception(request: Signed, assignment_id: int, user_id: int) -> tuple[int, None]:
    raise NotImplementedError
