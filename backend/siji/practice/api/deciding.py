"""What a teacher decides while an exam runs, and who sits it; the student's side of hearing again what was missed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Status

from siji.accounts.auth import Signed
from siji.courses.api import set_by
from siji.practice import audio, extending, granting, late, reopening, reporting, seats, views
from siji.practice.api.responses import READ, SOUND, WRITE, nothing_to_hear, sound, visible_attempt, visible_attempt_now
from siji.practice.deciding_schemas import (
    AudioGrantIn,
    ExtendedOut,
    ExtensionIn,
    MissedOut,
    ReopeningIn,
    Seat,
)
from siji.practice.listening import NotServed
from siji.practice.models import AudioGrant
from siji.practice.schemas import AttemptClock, LateAcceptanceIn, Report
from siji.practice.timing import database_now
from siji.problems import not_found
from siji.storage.pages import Page, keyset_page

deciding = Router(tags=["deciding"])


@deciding.get("/assignments/{assignment_id}/attempts", response={200: Page[Seat], **READ})
def list_seats(request: Signed, assignment_id: int, after: str | None = None, limit: int = 100) -> Page[Seat]:
    """Who sits it: state, part, time left, last save, gaps; newest attempt first. Staff only."""
    rows, now = seats.seats_of(set_by(request, assignment_id)), database_now()
    return keyset_page(rows, after=after, limit=limit, show=lambda attempt: seats.seat_view(attempt, now))


@deciding.post("/assignments/{assignment_id}/extensions", response={200: ExtendedOut, **WRITE})
def extend_for_all(request: Signed, assignment_id: int, body: ExtensionIn) -> ExtendedOut:
    """More time for everybody who writes it now, each from the part that is open; who enters its room later gets it too."""
    assignment = set_by(request, assignment_id)
    extended = extending.extend_assignment(assignment=assignment, by=request.user, **body.model_dump())
    return ExtendedOut(extended=extended)


@deciding.post("/attempts/{attempt_id}/extensions", response={200: AttemptClock, **WRITE})
def extend(request: Signed, attempt_id: UUID, body: ExtensionIn) -> AttemptClock:
    """The teacher gives more time, from the part that is open now."""
    visible_attempt(attempt_id, request.user)
    attempt = extending.extend_attempt(attempt_id=attempt_id, by=request.user, **body.model_dump())
    return views.clock_view(attempt, request.user, database_now())


@deciding.post("/attempts/{attempt_id}/reopenings", response={200: AttemptClock, **WRITE})
def reopen(request: Signed, attempt_id: UUID, body: ReopeningIn) -> AttemptClock:
    """A closed attempt goes on with the time that was left, and so many minutes more. 409 where its keys may be seen already."""
    visible_attempt(attempt_id, request.user)
    attempt = reopening.reopen_attempt(attempt_id=attempt_id, by=request.user, **body.model_dump())
    return views.clock_view(attempt, request.user, database_now())


@deciding.post("/attempts/{attempt_id}/late-acceptances", response={200: Report, **WRITE})
def accept_late(request: Signed, attempt_id: UUID, body: LateAcceptanceIn) -> Report:
    """The teacher lets these late values count, each in place of what counted for its item."""
    visible_attempt(attempt_id, request.user)
    choices = [late.Choice(value.item, value.seq, value.id) for value in body.values]
    attempt = late.accept_late(attempt_id=attempt_id, choices=choices, by=request.user)
    return reporting.report_for(attempt, request.user, database_now())


@deciding.delete("/attempts/{attempt_id}/late-acceptances/{item}", response={200: Report, **WRITE})
def withdraw_late(request: Signed, attempt_id: UUID, item: str) -> Report:
    """Undo: what was on time counts again. A second call changes nothing."""
    visible_attempt(attempt_id, request.user)
    attempt = late.withdraw_late(attempt_id=attempt_id, slot=item, by=request.user)
    return reporting.report_for(attempt, request.user, database_now())


@deciding.post("/attempts/{attempt_id}/audio-grants", response={201: MissedOut, **WRITE})
def grant_audio(request: Signed, attempt_id: UUID, body: AudioGrantIn) -> Status[MissedOut]:
    """The student may hear these gaps again, and nothing else, once, if they begin within so many minutes."""
    visible_attempt(attempt_id, request.user)
    granting.grant_audio(attempt_id=attempt_id, by=request.user, **body.model_dump())
    return Status(201, granting.missed_of(visible_attempt(attempt_id, request.user), database_now()))


@deciding.post("/attempts/{attempt_id}/audio-grants/{grant_id}/playback", response={200: AttemptClock, **WRITE})
def start_replay(request: Signed, attempt_id: UUID, grant_id: int) -> AttemptClock:
    """The student begins to hear it: its position runs from now on, by the server's clock. Twice is once."""
    visible_attempt(attempt_id, request.user)
    attempt = granting.start_replay(attempt_id=attempt_id, grant_id=grant_id, student=request.user)
    return views.clock_view(attempt, request.user, database_now())


@deciding.get("/attempts/{attempt_id}/audio-grants/{grant_id}/audio", response=SOUND)
def get_replay(request: Signed, attempt_id: UUID, grant_id: int) -> HttpResponse:
    """Bytes of the granted spans by range, from the server's position to 10 s ahead of it."""
    attempt, now = visible_attempt_now(attempt_id, request.user)
    grant = AudioGrant.objects.filter(attempt=attempt, pk=grant_id).first()
    if grant is None:
        raise not_found()
    try:
        return sound(audio.serve_replay(attempt, grant, now, range_header=request.headers.get("Range")))
    except NotServed as outside:
        return nothing_to_hear(outside.size)
