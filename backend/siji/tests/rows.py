"""What each kind of person gets of an operation: the outcomes, the few ways in which they are shared out, and what a row is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from siji.tests.world import World

Gets = Mapping[str, "int | str"]

OK = "ok"
"""2xx."""
SEES, MISSES = "sees", "misses"
"""2xx, and what the row says with ``sees`` is, or is not, in the answer."""
OUT, REFUSED, HIDDEN, CONFLICT = 401, 403, 404, 409
STREAM = 421
"""Allowed; this process serves no streams."""

PEOPLE = ("nobody", "student", "classmate", "stranger", "teacher", "other_teacher", "admin")
FORMER = ("former_teacher", "former_classmate")
"""Who taught the course and is now a student, who was in it and has been removed: they get what a stranger gets."""


def gets(*each: int | str) -> Gets:
    named = dict(zip(PEOPLE, each, strict=True))
    return named | dict.fromkeys(FORMER, named["stranger"])


def but(policy: Gets, **others: int | str) -> Gets:
    return {**policy, **others}


# fmt: off
# Whom it is for      nobody student  classmate stranger teacher  other    admin
ANYBODY        = gets(OK,    OK,      OK,       OK,      OK,      OK,      OK)
SIGNED_IN      = gets(OUT,   OK,      OK,       OK,      OK,      OK,      OK)
STUDENTS       = gets(OUT,   OK,      OK,       OK,      REFUSED, REFUSED, REFUSED)
STAFF          = gets(OUT,   REFUSED, REFUSED,  REFUSED, OK,      OK,      OK)
ADMINISTRATORS = gets(OUT,   REFUSED, REFUSED,  REFUSED, REFUSED, REFUSED, OK)
THE_COURSE     = gets(OUT,   OK,      OK,       HIDDEN,  OK,      HIDDEN,  OK)
ITS_STAFF      = gets(OUT,   REFUSED, REFUSED,  REFUSED, OK,      HIDDEN,  OK)
NO_STAFF       = gets(OUT,   REFUSED, REFUSED,  REFUSED, HIDDEN,  HIDDEN,  HIDDEN)
ITS_TEACHER    = gets(OUT,   REFUSED, REFUSED,  REFUSED, OK,      HIDDEN,  HIDDEN)
ITS_READERS    = gets(OUT,   OK,      HIDDEN,   HIDDEN,  OK,      HIDDEN,  OK)
ITS_STUDENT    = gets(OUT,   OK,      HIDDEN,   HIDDEN,  REFUSED, HIDDEN,  REFUSED)
ITS_JUDGES     = gets(OUT,   REFUSED, HIDDEN,   HIDDEN,  OK,      HIDDEN,  OK)
# fmt: on
ITS_OWNER = but(gets(OUT, HIDDEN, HIDDEN, HIDDEN, OK, HIDDEN, OK), former_teacher=OK)


@dataclass(frozen=True)
class Row:
    """An operation and what each person gets of it. ``about`` puts something else than ``usual`` into the path."""

    operation: str
    gets: Gets
    case: str = ""
    about: Callable[[World], dict[str, Any]] = lambda _: {}
    body: Callable[[World], Any] | None = None
    file: Callable[[], tuple[str, bytes]] | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    piece: bytes | None = None
    """Sent as it is: a part of an upload."""
    sees: Callable[[World], str] | None = None

    def __str__(self) -> str:
        return f"{self.operation} ({self.case})" if self.case else self.operation

    @property
    def method(self) -> str:
        return self.operation.split()[0]

    @property
    def first_allowed(self) -> str:
        return next(who for who, outcome in self.gets.items() if outcome in (OK, SEES, MISSES, STREAM) and who != "nobody")

    def request(self, world: World) -> tuple[str, str]:
        method, path = self.operation.split()
        return method, path.format(**usual(world) | self.about(world))


def usual(world: World) -> dict[str, Any]:
    return {
        "user_id": world.people.student.pk,
        "paper_id": world.papers.exam.pk,
        "course_id": world.course.pk,
        "assignment_id": world.work.exam.pk,
        "roster_id": world.roster.pk,
        "slot": "1",
        "key": "0d6b3e1c-0000-4000-8000-000000000001",
        "attempt_id": world.attempts.sitting,
        "script_id": world.script.pk,
        "grant_id": world.grant,
        "job_id": world.job,
        "upload_id": world.sending.pk,
        "syllabus_id": world.syllabus.pk,
        "run_id": world.run.pk,
        "stage": "analysis",
    }
