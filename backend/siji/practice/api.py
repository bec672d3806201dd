"""Attempts and answers, the marking desk, class results."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponseBase
from ninja import Router

from siji.accounts.auth import Signed
from siji.practice.schemas import (
    AnswersIn,
    AttemptClock,
    AttemptIn,
    AttemptOut,
    AttemptRow,
    AudioGap,
    CheckIn,
    ChecksOut,
    CourseResults,
    DeskRow,
    DeskScript,
    ExtensionIn,
    LateAcceptance,
    MarkIn,
    Report,
    SavedOut,
    SubmissionOut,
)
from siji.problems import Problem
from siji.storage.pages import Page

attempts = Router(tags=["attempts"])
marking = Router(tags=["marking"])
results = Router(tags=["results"])

READ = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
WRITE = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}


@attempts.get("/attempts", response={200: Page[AttemptRow], **READ})
def list_attempts(request: Signed, paper: int | None = None, after: str | None = None, limit: int = 20) -> Page[AttemptRow]:
    """The person's own attempts, newest first."""
    raise NotImplementedError


@attempts.post("/attempts", response={201: AttemptOut, 200: AttemptOut, **WRITE})
def start_attempt(request: Signed, body: AttemptIn) -> tuple[int, AttemptOut]:
    """201 for a new attempt; 200 with the one that is open already."""
    raise NotImplementedError


@attempts.get("/attempts/{attempt_id}", response={200: AttemptOut, **READ})
def get_attempt(request: Signed, attempt_id: UUID) -> AttemptOut:
    raise NotImplementedError


@attempts.get("/attempts/{attempt_id}/clock", response={200: AttemptClock, **READ})
def get_clock(request: Signed, attempt_id: UUID) -> AttemptClock:
    raise NotImplementedError


@attempts.get("/attempts/{attempt_id}/events", response={200: AttemptClock, **READ})
async def attempt_events(request: Signed, attempt_id: UUID) -> HttpResponseBase:
    """Server-sent events: an ``AttemptClock`` now, at each change of state, at an extension or a room's start."""
    raise NotImplementedError


@attempts.put("/attempts/{attempt_id}/answers", response={200: SavedOut, **WRITE})
def put_answers(request: Signed, attempt_id: UUID, body: AnswersIn) -> SavedOut:
    raise NotImplementedError


@attempts.post("/attempts/{attempt_id}/submission", response={200: SubmissionOut, **WRITE})
def submit(request: Signed, attempt_id: UUID) -> SubmissionOut:
    """Submitting twice returns the first result."""
    raise NotImplementedError


@attempts.post("/attempts/{attempt_id}/checks", response={200: ChecksOut, **WRITE})
def check_items(request: Signed, attempt_id: UUID, body: CheckIn) -> ChecksOut:
    """Practice only: key, explanation and proof of the items named. The answer as it stands is the one that counts."""
    raise NotImplementedError


@attempts.get("/attempts/{attempt_id}/checks", response={200: ChecksOut, **READ})
def get_checks(request: Signed, attempt_id: UUID) -> ChecksOut:
    raise NotImplementedError


@attempts.get("/attempts/{attempt_id}/report", response={200: Report, **WRITE})
def get_report(request: Signed, attempt_id: UUID) -> Report:
    """409 ``not_closed`` while the attempt is open."""
    raise NotImplementedError


@attempts.get("/attempts/{attempt_id}/audio", response={200: None, 206: None, 416: None, **WRITE})
def get_audio(request: Signed, attempt_id: UUID) -> HttpResponseBase:
    """Bytes of the track by range. In an exam only from the server's position to 10 s ahead of it."""
    raise NotImplementedError


@attempts.post("/attempts/{attempt_id}/audio-gaps", response={204: None, **WRITE})
def report_audio_gap(request: Signed, attempt_id: UUID, body: AudioGap) -> tuple[int, None]:
    """What a lost network missed is missed, and flagged so that the teacher may grant it again."""
    raise NotImplementedError


@attempts.post("/attempts/{attempt_id}/extensions", response={200: AttemptClock, **WRITE})
def extend(request: Signed, attempt_id: UUID, body: ExtensionIn) -> AttemptClock:
    """The teacher gives more time, from the part that is open now."""
    raise NotImplementedError


@attempts.post("/attempts/{attempt_id}/late-acceptances", response={200: Report, **WRITE})
def accept_late(request: Signed, attempt_id: UUID, body: LateAcceptance) -> Report:
    """The teacher lets late values of these items count."""
    raise NotImplementedError


@marking.get("/scripts", response={200: Page[DeskRow], **READ})
def list_scripts(
    request: Signed,
    course: int | None = None,
    assignment: int | None = None,
    slot: str = "",
    state: str = "waiting",
    after: str | None = None,
    limit: int = 50,
) -> Page[DeskRow]:
    """The pile, oldest first. Staff only."""
    raise NotImplementedError


@marking.get("/scripts/{script_id}", response={200: DeskScript, **READ})
def get_script(request: Signed, script_id: int) -> DeskScript:
    raise NotImplementedError


@marking.post("/scripts/{script_id}/marks", response={201: DeskScript, **WRITE})
def mark_script(request: Signed, script_id: int, body: MarkIn) -> tuple[int, DeskScript]:
    raise NotImplementedError


@results.get("/courses/{course_id}/results", response={200: CourseResults, **READ})
def course_results(request: Signed, course_id: int, after: str | None = None, limit: int = 50) -> CourseResults:
    """Staff only. Students by keyset; the assignments' figures are over the whole class."""
    raise NotImplementedError
