"""What a teacher's home says of the work that waits."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from siji.schema import Schema


class Work(Schema):
    """An assignment of an active course."""

    assignment: int
    title: str
    course: int
    course_name: str


class Pile(Work):
    waiting: int
    """Scripts without a mark."""
    oldest: datetime
    """When the first of them came in."""


class ExamNow(Work):
    state: Literal["to_start", "running"]
    """to_start: a room that waits for its teacher, from a day before its window opens. running: somebody is sitting it."""
    opens_at: datetime | None
    closes_at: datetime | None
    waiting: int
    """Students in the room before its start."""
    sitting: int
    """Students whose clock runs."""


class Ending(Work):
    closes_at: datetime
    completed: int
    students: int


class Behind(Schema):
    """A student who let required work pass: its window is over for them, and they have not completed it."""

    student: int
    name: str
    student_number: str
    course: int
    course_name: str
    missed: int
    progress: float


class Dashboard(Schema):
    """Each list holds what is most urgent; the totals count what is beyond it too."""

    server_time: datetime
    piles: list[Pile]
    scripts_waiting: int
    exams: list[ExamNow]
    ending: list[Ending]
    """Windows that close within three days."""
    behind: list[Behind]
    students_behind: int
