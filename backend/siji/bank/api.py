"""Papers: what there is, the whole of one for teachers, its audio and recordings."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from siji.accounts.auth import Signed, require_teacher
from siji.bank.audio import recordings
from siji.bank.audio.files import has_file, path_of
from siji.bank.audio.troubles import lost_track, remake_audio, trouble_with
from siji.bank.content import content_of
from siji.bank.models import AudioState, Paper
from siji.bank.ranges import serve_range
from siji.bank.reading import Reveal, audio_state, paper_out, references_of, section_views
from siji.bank.schemas import PaperContent, RecordingOut, RecordingSections, RecordingWish
from siji.bank.timeline import section_starts
from siji.problems import Problem, not_found
from siji.storage.cache import spaces
from siji.storage.cache.manager import Tier
from siji.storage.cache.responses import cached_response

papers = Router(tags=["papers"])


READING = {401: Problem, 403: Problem, 404: Problem, 422: Problem}


@papers.get("/papers/{paper_id}/content", response={200: PaperContent, **READING})
def get_paper_content(request: Signed, paper_id: int) -> HttpResponse:
    """Teachers and administrators only: it holds the keys."""
    paper = _staff_paper(request, paper_id)
    return cached_response(
        request,
        name="paper_content",
        shape=PaperContent,
        make=lambda: _content(paper),
        namespaces=[spaces.PAPERS],
        owner=None,  # who may see it was asked just now
        key=[paper.pk, audio_state(paper)],
        tier=Tier.LONG,
    )


def _content(paper: Paper) -> PaperContent:
    keys = [section.key for section in content_of(paper).blueprint.sections]
    return PaperContent(
        paper=paper_out(paper, is_for_staff=True),
        sections=section_views(paper, sections=keys, reveal=Reveal.KEYS),
        references=references_of(paper),
    )


@papers.get(
    "/papers/{paper_id}/audio", response={200: None, 206: None, 304: None, 409: Problem, 416: Problem, 503: Problem, **READING}
)
def get_paper_audio(request: Signed, paper_id: int) -> HttpResponseBase:
    """The whole track, by ranges, for teachers and administrators. Students hear it through an attempt.

    304 where If-None-Match names it; 503 with Retry-After where its file was lost and is being made again; 409 where it was a
    recording.
    """
    paper = _staff_paper(request, paper_id)
    audio = paper.audio
    if audio is None or audio.state != AudioState.READY:
        raise not_found()
    if not has_file(audio):
        raise lost_track(paper=paper, audio=audio)
    return serve_range(request, path_of(audio))


@papers.post("/papers/{paper_id}/tracks", response={202: RecordingOut, 409: Problem, **READING})
def make_track(request: Signed, paper_id: int) -> Status[RecordingOut]:
    """Makes the track again that failed or whose file is lost. Twice is once; what is there stays."""
    paper = _staff_paper(request, paper_id)
    remake_audio(paper=paper, by=request.user)
    return Status(202, _recording_out(paper))


RECORDING = {**READING, 409: Problem}


@papers.post("/papers/{paper_id}/recordings", response={201: RecordingOut, 410: Problem, **RECORDING})
def set_recording(request: Signed, paper_id: int, body: RecordingWish) -> Status[RecordingOut]:
    """A teacher's own recording of the whole listening part (constant-bitrate mp3) replaces the made track.

    409 while the upload is under way or in use elsewhere; 410 where its bytes are gone. The upload is used up.
    """
    paper = _staff_paper(request, paper_id)
    recordings.take_upload(paper=paper, upload_id=body.upload, by=request.user)
    return Status(201, _recording_out(paper))


@papers.put("/papers/{paper_id}/recordings/sections", response={200: RecordingOut, **RECORDING})
def set_recording_sections(request: Signed, paper_id: int, body: RecordingSections) -> RecordingOut:
    """Where each listening section begins, so that single sections can be set as an exam; 409 where there is no recording."""
    paper = _staff_paper(request, paper_id)
    starts: dict[str, int] = {start.section: start.start_ms for start in body.starts}
    return _recording_out(recordings.set_sections(paper=paper, starts=starts, by=request.user))


@papers.delete("/papers/{paper_id}/recordings", response={200: RecordingOut, **RECORDING})
def remove_recording(request: Signed, paper_id: int) -> RecordingOut:
    """Goes back to the made track; 409 where there is no recording."""
    paper = _staff_paper(request, paper_id)
    return _recording_out(recordings.remove_recording(paper=paper, by=request.user))


def _staff_paper(request: Signed, paper_id: int) -> Paper:
    require_teacher(request.user)
    return get_object_or_404(Paper.objects.visible_to(request.user).select_related("audio"), pk=paper_id)


def _recording_out(paper: Paper) -> RecordingOut:
    audio = paper.audio
    return RecordingOut(
        audio=audio_state(paper),
        audio_ms=audio.duration_ms if audio else 0,
        audio_origin=audio.origin if audio else "",
        audio_starts=section_starts(audio.timeline) if audio else {},
        audio_trouble=trouble_with(audio),
    )
