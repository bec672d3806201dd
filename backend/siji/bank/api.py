"""Papers: what there is, the whole of one for teachers, its audio and recordings."""

from __future__ import annotations

from django.http import HttpResponseBase
from ninja import File, Router, UploadedFile

from siji.accounts.auth import Signed
from siji.bank.schemas import PaperContent, PaperList, PaperOut, RecordingOut
from siji.problems import Problem

papers = Router(tags=["papers"])


@papers.get("/papers", response={200: PaperList, 401: Problem})
def list_papers(request: Signed) -> PaperList:
    """Every published paper, newest version of each, in the order of their slugs."""
    raise NotImplementedError


@papers.get("/papers/{paper_id}", response={200: PaperOut, 401: Problem, 404: Problem})
def get_paper(request: Signed, paper_id: int) -> PaperOut:
    raise NotImplementedError


@papers.get("/papers/{paper_id}/content", response={200: PaperContent, 401: Problem, 403: Problem, 404: Problem})
def get_paper_content(request: Signed, paper_id: int) -> PaperContent:
    """Teachers and administrators only: it holds the keys."""
    raise NotImplementedError


@papers.get("/papers/{paper_id}/audio", response={200: None, 206: None, 401: Problem, 403: Problem, 404: Problem, 416: None})
def get_paper_audio(request: Signed, paper_id: int) -> HttpResponseBase:
    """The whole track, by ranges, for teachers and administrators. Students hear it through an attempt."""
    raise NotImplementedError


RECORDING = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}


@papers.post("/papers/{paper_id}/recordings", response={201: RecordingOut, **RECORDING})
def upload_recording(request: Signed, paper_id: int, file: File[UploadedFile]) -> tuple[int, RecordingOut]:
    """A teacher's own recording of the whole listening part (constant-bitrate mp3) replaces the made track."""
    raise NotImplementedError


@papers.delete("/papers/{paper_id}/recordings", response={200: RecordingOut, **RECORDING})
def remove_recording(request: Signed, paper_id: int) -> RecordingOut:
    """Goes back to the made track; 409 where there is no recording."""
    raise NotImplementedError
