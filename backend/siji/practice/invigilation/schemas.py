"""What the interface says of a room while an exam is sat."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from siji.practice.invigilation.rules import Standing
from siji.practice.schemas import PartKey
from siji.problems import Words
from siji.schema import Schema

DAY_MS = 24 * 3600 * 1000


class AbsenceIn(Schema):
    """By the browser's monotonic clock. ``back_ms_ago`` null: still away."""

    left_ms_ago: int = Field(ge=0, le=DAY_MS)
    back_ms_ago: int | None = Field(None, ge=0, le=DAY_MS)


class AbsenceOut(Schema):
    left_at: datetime
    back_at: datetime | None
    """Null while away; never null once the attempt is closed."""


class Absences(Schema):
    absences: list[AbsenceOut]
    """Oldest first."""


class RoomStudent(Schema):
    id: int
    name: str
    student_number: str
    administrative_class: str
    standing: Standing
    """offline: no request for 30 s (told up to 15 s later)."""
    is_excused: bool
    extra_percent: int
    """More time by an exception, already in the clock."""
    attempt: UUID | None
    number: int
    """1 for the first attempt; 0 without one."""
    part: PartKey | None
    """The part that runs; null before the start and after the end."""
    part_ends_at: datetime | None
    ends_at: datetime | None
    answered: int
    of: int
    last_saved_at: datetime | None
    seen_at: datetime | None
    is_late_start: bool
    extended_minutes: int
    """Given during the exam."""
    missed_audio_ms: int
    """Of the track, as the browser reported it, and not heard again by a teacher's leave."""
    away_since: datetime | None
    """Not on the exam page now."""
    absences: int
    away_ms: int
    """Of all absences together, the present one included."""


class Room(Schema):
    assignment: int
    title: str
    course: int
    course_name: str
    paper_title: Words
    start: Literal["personal", "room"]
    room_started_at: datetime | None
    opens_at: datetime | None
    closes_at: datetime | None
    server_time: datetime
    students: list[RoomStudent]
    """Everybody who is active in the course, by student number."""
