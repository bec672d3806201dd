"""The room while an exam is sat, and the absences that are recorded in it."""

from __future__ import annotations

from uuid import UUID

from asgiref.sync import sync_to_async
from django.http import HttpResponseBase
from ninja import Router, Status

from siji.accounts.auth import Signed
from siji.practice.analysis.reading import seen_assignment
from siji.practice.api.responses import READ, WRITE, visible_attempt
from siji.practice.invigilation import following, reading
from siji.practice.invigilation.absences import report_absence
from siji.practice.invigilation.schemas import AbsenceIn, Absences, Room
from siji.practice.records import require_its_student
from siji.problems import Problem

invigilation = Router(tags=["invigilation"])


@invigilation.get("/assignments/{assignment_id}/room", response={200: Room, **WRITE})
def get_room(request: Signed, assignment_id: int) -> Room:
    """Staff only: every student of the course, whether they are there, how far they are. 409 for practice."""
    return reading.room_of(seen_assignment(assignment_id, request.user))


@invigilation.get("/assignments/{assignment_id}/room/events", response={200: Room, 421: Problem, **WRITE})
async def room_events(request: Signed, assignment_id: int) -> HttpResponseBase:
    """Server-sent events: a ``Room`` now, at each start, submission, extension and absence, and every five seconds."""
    assignment = await sync_to_async(seen_assignment)(assignment_id, request.user)
    return following.events_of(request, assignment)


@invigilation.put("/attempts/{attempt_id}/absences/{key}", response={204: None, **WRITE})
def put_absence(request: Signed, attempt_id: UUID, key: UUID, body: AbsenceIn) -> Status[None]:
    """The browser reports that the exam page was left, and again when it was come back to. Twice changes nothing."""
    attempt = visible_attempt(attempt_id, request.user)
    require_its_student(attempt, request.user)
    report_absence(attempt=attempt, key=key, left_ms_ago=body.left_ms_ago, back_ms_ago=body.back_ms_ago)
    return Status(204, None)


@invigilation.get("/attempts/{attempt_id}/absences", response={200: Absences, **READ})
def list_absences(request: Signed, attempt_id: UUID) -> Absences:
    """For its teacher and for the student it is of."""
    attempt = visible_attempt(attempt_id, request.user)
    return Absences(absences=reading.absences_of(attempt, list(attempt.absences.order_by("left_at"))))
