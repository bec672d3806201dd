"""What the interface says of what is next."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from siji.bank.schemas import SectionKey
from siji.courses.schemas import ModeName, StartName
from siji.practice.agenda.rules import Next, State
from siji.practice.schemas import StateName
from siji.problems import Words
from siji.schema import Schema


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


class Agenda(Schema):
    server_time: datetime
    work: list[Work]
    """Students: what is set in their active courses, what is due first on top. Staff: empty."""
    has_more: bool
    """True where there is more than the 200 shown; what is over is left out first."""
