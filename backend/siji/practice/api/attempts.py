"""An attempt from its start to its report."""

from __future__ import annotations

from uuid import UUID

from asgiref.sync import sync_to_async
from django.http import FileResponse, HttpResponseBase
from ninja import Router, Status

from siji.accounts.auth import Signed
from siji.bank.models import Paper
from siji.courses.models import Assignment
from siji.locale import Locale, locale_of, said
from siji.practice import audio, checking, closing, following, granting, reporting, saving, starting, views
from siji.practice.api.responses import (
    READ,
    SOUND,
    WRITE,
    attachment,
    file_of,
    nothing_to_hear,
    sound,
    visible_attempt,
    visible_attempt_now,
)
from siji.practice.deciding_schemas import MissedOut
from siji.practice.feedback.reading import marking_now
from siji.practice.invigilation import presence
from siji.practice.listening import NotServed
from siji.practice.models import Attempt
from siji.practice.protocol import Sent
from siji.practice.records import require_its_student, require_its_teacher
from siji.practice.schemas import (
    Acknowledged,
    AnswersIn,
    AttemptClock,
    AttemptIn,
    AttemptOut,
    AttemptRow,
    AudioGap,
    CheckIn,
    ChecksOut,
    CurrentAnswer,
    Report,
    SavedOut,
    SubmissionOut,
)
from siji.practice.timing import database_now
from siji.practice.withholding import may_hear_freely, withheld_from
from siji.problems import Problem, not_found
from siji.storage.documents import PDF
from siji.storage.pages import Page, keyset_page

attempts = Router(tags=["attempts"])


@attempts.get("/attempts", response={200: Page[AttemptRow], **READ})
def list_attempts(request: Signed, paper: int | None = None, after: str | None = None, limit: int = 20) -> Page[AttemptRow]:
    """The person's own attempts, newest first."""
    mine = Attempt.objects.filter(student=request.user).select_related("paper", "assignment__course")
    if paper is not None:
        mine = mine.filter(paper=paper)
    now = database_now()
    return keyset_page(mine, after=after, limit=limit, show=lambda attempt: views.row_view(attempt, now))


@attempts.post("/attempts", response={201: AttemptOut, 200: AttemptOut, **WRITE})
def start_attempt(request: Signed, body: AttemptIn) -> Status[AttemptOut]:
    """201 for a new attempt; 200 with the one that is open already."""
    assignment = None
    if body.assignment is not None:
        seen = Assignment.objects.visible_to(request.user).select_related("course")
        assignment = seen.filter(pk=body.assignment).first()
        if assignment is None:
            raise not_found()
    papers = Paper.objects.all() if assignment is not None else Paper.objects.visible_to(request.user)
    paper = papers.select_related("audio").filter(pk=body.paper).first()
    if paper is None:
        raise not_found()
    attempt, is_new = starting.start_attempt(
        student=request.user, paper=paper, mode=body.mode, assignment=assignment, sections=body.sections
    )
    if attempt.is_invigilated:
        presence.seen(attempt.pk)
    return Status(201 if is_new else 200, views.attempt_view(attempt, request.user, database_now()))


@attempts.get("/attempts/{attempt_id}", response={200: AttemptOut, **READ})
def get_attempt(request: Signed, attempt_id: UUID) -> AttemptOut:
    attempt, now = visible_attempt_now(attempt_id, request.user)
    return views.attempt_view(attempt, request.user, now)


@attempts.get("/attempts/{attempt_id}/clock", response={200: AttemptClock, **READ})
def get_clock(request: Signed, attempt_id: UUID) -> AttemptClock:
    attempt, now = visible_attempt_now(attempt_id, request.user)
    return views.clock_view(attempt, request.user, now)


@attempts.get("/attempts/{attempt_id}/events", response={200: AttemptClock, 421: Problem, **READ})
async def attempt_events(request: Signed, attempt_id: UUID) -> HttpResponseBase:
    """Server-sent events: an ``AttemptClock`` now, at each change of state, at an extension or a room's start."""
    attempt = await sync_to_async(visible_attempt)(attempt_id, request.user)
    return following.events_of(request, attempt, request.user)


@attempts.put("/attempts/{attempt_id}/answers", response={200: SavedOut, **WRITE})
def put_answers(request: Signed, attempt_id: UUID, body: AnswersIn) -> SavedOut:
    batch = [Sent(sent.item, sent.seq, sent.value) for sent in body.answers]
    saved = saving.save_answers(attempt_id=attempt_id, student=request.user, batch=batch)
    presence.seen(attempt_id)
    return SavedOut(
        acknowledged=[
            Acknowledged(
                item=verdict.sent.slot,
                seq=verdict.sent.seq,
                status=verdict.status,
                current=CurrentAnswer(seq=verdict.current.seq, value=verdict.current.value) if verdict.current else None,
            )
            for verdict in saved.verdicts
        ],
        server_time=saved.at,
    )


@attempts.post("/attempts/{attempt_id}/submission", response={200: SubmissionOut, **WRITE})
def submit(request: Signed, attempt_id: UUID) -> SubmissionOut:
    """Submitting twice returns the first result."""
    require_its_student(visible_attempt(attempt_id, request.user), request.user)
    return views.submission_view(closing.submit_attempt(attempt_id=attempt_id), database_now())


@attempts.post("/attempts/{attempt_id}/checks", response={200: ChecksOut, **WRITE})
def check_items(request: Signed, attempt_id: UUID, body: CheckIn) -> ChecksOut:
    """Practice only: key, explanation and proof of the items named. The answer as it stands is the one that counts."""
    require_its_student(visible_attempt(attempt_id, request.user), request.user)
    return checking.checks_view(checking.check_items(attempt_id=attempt_id, items=body.items), None, only=body.items)


@attempts.get("/attempts/{attempt_id}/checks", response={200: ChecksOut, **WRITE})
def get_checks(request: Signed, attempt_id: UUID) -> ChecksOut:
    """What was looked at so far; without keys while the paper is set as an exam."""
    attempt, now = visible_attempt_now(attempt_id, request.user)
    return checking.checks_view(attempt, withheld_from(request.user, attempt, now))


@attempts.get("/attempts/{attempt_id}/report", response={200: Report, **WRITE})
def get_report(request: Signed, attempt_id: UUID) -> Report:
    """409 ``not_closed`` while the attempt is open."""
    attempt, now = visible_attempt_now(attempt_id, request.user)
    return reporting.report_for(attempt, request.user, now)


@attempts.get("/attempts/{attempt_id}/report.pdf", response={200: None, **WRITE}, openapi_extra=file_of(PDF))
def get_report_document(request: Signed, attempt_id: UUID, language: Locale | None = None) -> FileResponse:
    """The report to print, with no more in it than the report. 409 ``not_closed`` while the attempt is open."""
    from siji.practice.exports.report import report_document  # here: the typesetter is half a second for every process

    (attempt, now), locale = visible_attempt_now(attempt_id, request.user), locale_of(request, language)
    report = reporting.report_for(attempt, request.user, now)
    names = reporting.section_names(attempt)
    marking = marking_now(attempt, shows_keys=report.keys == "shown")
    document = report_document(report=report, marking=marking, sections=names, student=attempt.student, locale=locale)
    name = f"{said(report.attempt.paper_title, locale)} {attempt.student.name}.pdf"
    return attachment(document, name=name, content_type=PDF)


@attempts.get("/attempts/{attempt_id}/audio", response=SOUND)
def get_audio(request: Signed, attempt_id: UUID) -> HttpResponseBase:
    """Bytes of the track by range. In an exam only from the server's position to 10 s ahead of it."""
    attempt, now = visible_attempt_now(attempt_id, request.user)
    is_free = may_hear_freely(attempt, request.user, now)
    try:
        return sound(audio.serve(attempt, now, is_free=is_free, range_header=request.headers.get("Range")))
    except NotServed as outside:
        return nothing_to_hear(outside.size)


@attempts.post("/attempts/{attempt_id}/audio-gaps", response={204: None, **WRITE})
def report_audio_gap(request: Signed, attempt_id: UUID, body: AudioGap) -> Status[None]:
    """What a lost network missed is missed, and flagged so that the teacher may grant it again."""
    attempt = visible_attempt(attempt_id, request.user)
    require_its_student(attempt, request.user)
    audio.report_gap(attempt=attempt, from_ms=body.from_ms, to_ms=body.to_ms, reason=body.reason)
    return Status(204, None)


@attempts.get("/attempts/{attempt_id}/audio-gaps", response={200: MissedOut, **READ})
def get_missed(request: Signed, attempt_id: UUID) -> MissedOut:
    """What the student's browser could not play, and what was granted again. Staff only."""
    attempt, now = visible_attempt_now(attempt_id, request.user)
    require_its_teacher(attempt, request.user)
    return granting.missed_of(attempt, now)
