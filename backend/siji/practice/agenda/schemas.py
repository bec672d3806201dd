"""What the interface says of what is next."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Schema

from siji.bank.schemas import SectionKey
from siji.courses.schemas import ModeName, StartName
from siji.practice.agenda.rules import Next, State
from siji.practice.schemas import StateName
from siji.problems import Words


class Work(Schema):
    """One assignment as it stands for this student."""

    id: int
    title: str
    course: int
    course_name: str
    paper: int
    paper_title: Words
    sections: list[SectionKey]
    mode: ModeName
    start: StartName
    room_started_at: datetime | None
    is_required: bool
    """False too for who is excused."""
    is_excused: bool
    opens_at: datetime | None
    closes_at: datetime | None
    """Their own window, with an exception counted in."""
    state: State
    """missed: nothing was begun and nothing can be any more."""
    next: Next
    """start_late: after the window, flagged. ask_teacher: it cannot be begun any more. nothing: excused."""
    attempt: UUID | None
    """The newest one."""
    attempt_state: StateName | None
    attempts_left: int


class ScriptsWaiting(Schema):
    course: int
    course_name: str
    waiting: int
    oldest: datetime
    """When the first of them was handed in."""


class RoomToStart(Schema):
    assignment: int
    title: str
    course: int
    course_name: str
    opens_at: datetime | None
    here: int
    """How many wait in the room."""
    students: int


class EndsToday(Schema):
    assignment: int
    title: str
    course: int
    course_name: str
    closes_at: datetime
    completed: int
    writing: int
    students: int


class Duties(Schema):
    """What waits for a teacher, over the active courses they teach. Each list has at most fifty lines."""

    scripts_waiting: int
    scripts: list[ScriptsWaiting]
    """By course, the most first."""
    rooms: list[RoomToStart]
    """Not started yet, and to be opened today at the latest."""
    ending: list[EndsToday]
    """The window of the course ends today by the school's clock."""


class Agenda(Schema):
    server_time: datetime
    work: list[Work]
    """Students: what is set in their active courses, what is due first on top. Staff: empty."""
    has_more: bool
    """True where there is more than the 200 shown; what is over is left out first."""
    duties: Duties | None
    """Staff; null for students."""
