"""What the interface says of a teacher's decisions while an exam runs, and of who sits it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from siji.practice.schemas import AudioGapOut, PartKey, StateName
from siji.schema import Schema

TRIMMED = ConfigDict(str_strip_whitespace=True)
Key = Annotated[UUID | None, Field(description="Made by the client, one for each decision: sent again, it is not taken again.")]


class ExtensionIn(Schema):
    model_config = TRIMMED

    minutes: int = Field(ge=1, le=120)
    reason: str = Field(min_length=1, max_length=200)
    key: Key = None


class ExtendedOut(Schema):
    extended: list[UUID]
    """The attempts that got more time; who enters the room later gets it too."""


class ReopeningIn(Schema):
    """``minutes`` more than were left when it was closed."""

    model_config = TRIMMED

    minutes: int = Field(0, ge=0, le=120)
    reason: str = Field(min_length=1, max_length=200)
    key: Key = None


class AudioGrantIn(Schema):
    """``gaps``: which to grant; empty means all that wait. ``minutes``: within which hearing them must begin."""

    model_config = TRIMMED

    gaps: list[int] = Field([], max_length=500)
    minutes: int = Field(10, ge=1, le=60)
    reason: str = Field(min_length=1, max_length=200)
    key: Key = None


class Span(Schema):
    from_ms: int
    to_ms: int


class AudioGrantOut(Schema):
    id: int
    spans: list[Span]
    """In the attempt's track; what was reported twice or beside each other is one."""
    length_ms: int
    reason: str
    by: str
    at: datetime
    until: datetime
    started_at: datetime | None
    state: Literal["waiting", "playing", "over", "expired"]


class MissedOut(Schema):
    """What an attempt missed of its track, and what was granted again."""

    gaps: list[AudioGapOut]
    """At most 500, in the order of the track."""
    missed_ms: int
    """Of the gaps that were not granted, overlaps counted once."""
    grants: list[AudioGrantOut]
    """Newest first."""


class Seat(Schema):
    """One attempt at an assignment, as its teacher sees it while the exam runs."""

    attempt: UUID
    student: int
    name: str
    student_number: str
    administrative_class: str
    number: int
    state: StateName
    part: PartKey | None
    """The part that is open now."""
    part_remaining_ms: int | None
    remaining_ms: int | None
    """To the end of the last part; null in practice and before a room starts."""
    slots: int
    answered: int
    last_saved_at: datetime | None
    is_late_start: bool
    extra_ms: int
    """More time that was given."""
    gaps: int
    missed_ms: int
    """Of the track, not granted yet."""
    replay: Literal["waiting", "playing", "over", "expired"] | None
    """How the newest leave to hear again stands."""
    submitted_at: datetime | None
    closed_at: datetime | None
