"""What the interface says of people."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from siji.schema import Schema

RoleName = Literal["student", "teacher", "admin"]
Email = Annotated[str, Field(max_length=254, pattern=r"^([^@\s]+@[^@\s]+\.[^@\s]+)?$")]
TRIMMED = ConfigDict(str_strip_whitespace=True)
"""Spaces around what is typed are nobody's intention, and nothing but spaces is no name."""


class SignIn(Schema):
    username: str = Field(min_length=1, max_length=150)
    password: str = Field(min_length=1, max_length=200)


class Me(Schema):
    id: int
    username: str
    name: str
    role: RoleName
    student_number: str
    administrative_class: str
    must_change_password: bool
    csrf_token: str
    """What unsafe requests send back in X-CSRFToken."""


class PasswordChange(Schema):
    old: str = Field(min_length=1, max_length=200)
    new: str = Field(min_length=1, max_length=200)


class PersonOut(Schema):
    id: int
    username: str
    name: str
    email: str
    role: RoleName
    student_number: str
    administrative_class: str
    is_active: bool
    must_change_password: bool
    is_minor: bool
    guardian_consent: str
    """How a guardian consented; "" where nobody has."""
    created_at: datetime


class PersonIn(Schema):
    model_config = TRIMMED

    username: str = Field(min_length=1, max_length=150, pattern=r"^[\w.@+-]+$")
    name: str = Field(min_length=1, max_length=100)
    email: Email = ""
    role: RoleName = "student"
    student_number: str = Field("", max_length=40)
    administrative_class: str = Field("", max_length=80)
    is_minor: bool = False


class PersonChange(Schema):
    """Only what is sent is changed."""

    model_config = TRIMMED

    name: str | None = Field(None, min_length=1, max_length=100)
    email: Email | None = None
    role: RoleName | None = None
    student_number: str | None = Field(None, max_length=40)
    administrative_class: str | None = Field(None, max_length=80)
    is_active: bool | None = None
    is_minor: bool | None = None


class ConsentIn(Schema):
    model_config = TRIMMED

    how: str = Field(min_length=1, max_length=200)
    """How it was given and by whom: what can be looked up on paper."""


class InitialPassword(Schema):
    """Shown once; the person must change it at the next sign-in."""

    username: str
    password: str


class PersonCreated(Schema):
    person: PersonOut
    password: str


class AuditOut(Schema):
    id: int
    at: datetime
    actor: str | None
    action: str
    subject: str
    detail: dict[str, Any]


NoticeName = Literal[
    "assigned",
    "room_started",
    "due_soon",
    "marked",
    "returned",
    "roster_imported",
    "course_received",
    "appealed",
    "appeal_decided",
]


class NoticeBody(Schema):
    """What a notice is about. Which fields are filled goes by its kind; ids say where it leads."""

    title: str = ""
    """Of the assignment."""
    course: int | None = None
    course_name: str = ""
    assignment: int | None = None
    attempt: UUID | None = None
    script: int | None = None
    """appealed: where the teacher decides."""
    closes_at: datetime | None = None
    """due_soon: the end of this student's own window."""
    created: int | None = None
    """roster_imported: new accounts."""
    enrolled: int | None = None
    """roster_imported: people known before who are in the course now."""


class NoticeOut(Schema):
    id: int
    kind: NoticeName
    at: datetime
    is_read: bool
    about: NoticeBody


class NoticePage(Schema):
    """``next`` is the mark to send as ``after`` for older ones; null at the end."""

    items: list[NoticeOut]
    next: str | None
    unread: int
    """Counted up to 100: more than 99 reads as "99+"."""


class ReadingIn(Schema):
    notice: int = Field(ge=1, le=2**63 - 1)
    and_older: bool = False
    """With it everything that is as old or older. What came after this notice stays unread."""


class UnreadOut(Schema):
    unread: int


class NoticePreferences(Schema):
    """Whether each kind that this person can get is wanted."""

    wanted: dict[NoticeName, bool]
