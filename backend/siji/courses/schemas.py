"""What the interface says of courses, rosters, assignments and progress."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, Field

from siji.accounts.schemas import TRIMMED
from siji.bank.schemas import SectionKey
from siji.schema import Schema

StatusName = Literal["draft", "active", "completed", "archived"]
ModeName = Literal["exam", "practice"]
StartName = Literal["personal", "room"]
LateName = Literal["refuse", "flag"]
ReleaseName = Literal["on_submission", "after_window", "by_teacher"]
ProgressName = Literal["not_started", "in_progress", "completed"]


class CourseIn(Schema):
    model_config = TRIMMED

    name: str = Field(min_length=1, max_length=120)
    description: str = Field("", max_length=4000)
    category: str = Field("", max_length=40)
    level: str = Field("", max_length=20)
    status: StatusName = "draft"


class CourseChange(Schema):
    """Only what is sent is changed."""

    model_config = TRIMMED

    name: str | None = Field(None, min_length=1, max_length=120)
    description: str | None = Field(None, max_length=4000)
    category: str | None = Field(None, max_length=40)
    level: str | None = Field(None, max_length=20)
    status: StatusName | None = None
    is_code_open: bool | None = None


class TeacherIn(Schema):
    model_config = TRIMMED

    username: str = Field(min_length=1, max_length=150)


class TeacherOut(Schema):
    id: int
    name: str


class CourseRow(Schema):
    """One line of the course list."""

    id: int
    name: str
    category: str
    level: str
    status: StatusName
    teacher_name: str
    student_count: int
    """Active enrolments."""
    avg_progress: float
    """Mean of ``Enrollment.progress`` over active enrolments, 0–100; 0 without any."""
    assignment_count: int
    my_progress: float | None
    """A student's own progress; null for staff."""


class CourseList(Schema):
    courses: list[CourseRow]
    total_pages: int
    current_page: int
    total_count: int


class AssignmentIn(Schema):
    model_config = TRIMMED

    paper: int
    title: str = Field(min_length=1, max_length=120)
    sections: list[SectionKey] = []
    is_required: bool = True
    mode: ModeName = "exam"
    start: StartName = "personal"
    opens_at: AwareDatetime | None = None
    closes_at: AwareDatetime | None = None
    late_policy: LateName = "refuse"
    attempts_allowed: int = Field(1, ge=1, le=20)
    key_release: ReleaseName = "after_window"


class AssignmentChange(Schema):
    """Only what is sent is changed. Paper, sections and mode cannot change once somebody has begun (409)."""

    model_config = TRIMMED

    paper: int | None = None
    title: str | None = Field(None, min_length=1, max_length=120)
    sections: list[SectionKey] | None = None
    is_required: bool | None = None
    mode: ModeName | None = None
    start: StartName | None = None
    opens_at: AwareDatetime | None = None
    closes_at: AwareDatetime | None = None
    late_policy: LateName | None = None
    attempts_allowed: int | None = Field(None, ge=1, le=20)
    key_release: ReleaseName | None = None


class AssignmentOut(Schema):
    id: int
    course: int
    paper: int
    paper_title: str
    title: str
    sections: list[SectionKey]
    is_required: bool
    mode: ModeName
    start: StartName
    room_started_at: datetime | None
    opens_at: datetime | None
    closes_at: datetime | None
    late_policy: LateName
    attempts_allowed: int
    key_release: ReleaseName
    keys_released_at: datetime | None
    my_status: ProgressName | None
    """Students: their own progress with it; null for staff."""
    my_opens_at: datetime | None
    my_closes_at: datetime | None
    """Students: their own window, with an exception counted in; staff: null."""
    completed_count: int | None
    """Staff: how many students have completed it; null for students."""


class ExceptionIn(Schema):
    model_config = TRIMMED

    student: int
    extra_percent: int = Field(0, ge=0, le=200)
    opens_at: AwareDatetime | None = None
    closes_at: AwareDatetime | None = None
    extra_attempts: int = Field(0, ge=0, le=20)
    is_excused: bool = False
    reason: str = Field("", max_length=200)


class ExceptionOut(ExceptionIn):
    id: int
    student_name: str


class Classmate(Schema):
    name: str
    administrative_class: str


class CourseOut(Schema):
    id: int
    name: str
    description: str
    category: str
    level: str
    status: StatusName
    teacher_name: str
    student_count: int
    avg_progress: float
    assignment_count: int
    my_progress: float | None
    code: str | None
    """Staff only."""
    is_code_open: bool | None
    assignments: list[AssignmentOut]
    classmates: list[Classmate]
    """The first ten, for students."""


class StudentRow(Schema):
    id: int
    """The person's id."""
    username: str
    name: str
    student_number: str
    administrative_class: str
    progress: float
    completed_assignments: int
    joined_at: datetime


class EnrollIn(Schema):
    model_config = TRIMMED

    code: str = Field(min_length=1, max_length=20)


class ProgressOut(Schema):
    """A student's own progress over all courses."""

    total_progress: float
    """Mean of the progress of active enrolments, 0–100."""
    completed_assignments: int


class RosterRow(Schema):
    line: int
    """Line of the file, counted from 1, header included."""
    name: str
    student_number: str
    administrative_class: str
    username: str
    action: Literal["create", "enrol", "none", "error"]
    """create: a new account; enrol: a known person; none: already in the course."""
    problem: str
    """Chinese; what is wrong and how to mend it. "" without error."""
    problem_en: str


class RosterPreview(Schema):
    id: int
    filename: str
    rows: list[RosterRow]
    creates: int
    enrols: int
    unchanged: int
    errors: int


class RosterImported(Schema):
    """202: the job to follow; its result has created, enrolled, unchanged."""

    job: int


class RosterAccount(Schema):
    """Initial passwords of the accounts an import made; readable once by whoever imported them."""

    username: str
    name: str
    student_number: str
    password: str


class RosterAccounts(Schema):
    accounts: list[RosterAccount]
