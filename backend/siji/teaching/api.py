"""Syllabi: made of an upload, listed, read, deleted."""

from __future__ import annotations

from django.shortcuts import get_object_or_404
from ninja import Router, Status

from siji.accounts.auth import Signed, require_teacher
from siji.courses.api import READ, WRITE, taught
from siji.problems import Problem, Refusal
from siji.teaching import syllabi as actions
from siji.teaching.documents.blocks import Document
from siji.teaching.models import Syllabus
from siji.teaching.schemas import SyllabusIn, SyllabusOut, SyllabusText

syllabi = Router(tags=["teaching"])

ADD = {**WRITE, 410: Problem}


@syllabi.get("/courses/{course_id}/syllabi", response={200: list[SyllabusOut], **READ})
def list_syllabi(request: Signed, course_id: int) -> list[SyllabusOut]:
    """All editions, the newest first; a course keeps so many and no more."""
    found = Syllabus.objects.visible_to(request.user).filter(course=taught(request, course_id))
    return [SyllabusOut.of(one) for one in found.for_list().order_by("-id")]


@syllabi.post("/courses/{course_id}/syllabi", response={201: SyllabusOut, **ADD})
def add_syllabus(request: Signed, course_id: int, body: SyllabusIn) -> Status[SyllabusOut]:
    """Reads it in a job. Sent again for the same upload it answers with the same syllabus."""
    course = taught(request, course_id)
    return Status(
        201, SyllabusOut.of(actions.add_syllabus(by=request.user, course=course, upload_id=body.upload, title=body.title))
    )


@syllabi.get("/syllabi/{syllabus_id}", response={200: SyllabusOut, **READ})
def get_syllabus(request: Signed, syllabus_id: int) -> SyllabusOut:
    return SyllabusOut.of(_mine(request, syllabus_id))


@syllabi.post("/syllabi/{syllabus_id}/editions", response={201: SyllabusOut, **ADD})
def add_edition(request: Signed, syllabus_id: int, body: SyllabusIn) -> Status[SyllabusOut]:
    """The next edition of the same syllabus; those before stay."""
    before = _mine(request, syllabus_id)
    made = actions.add_syllabus(by=request.user, course=before.course, upload_id=body.upload, title=body.title, after=before)
    return Status(201, SyllabusOut.of(made))


@syllabi.get("/syllabi/{syllabus_id}/text", response={200: SyllabusText, **WRITE})
def get_syllabus_text(request: Signed, syllabus_id: int) -> SyllabusText:
    """409 until it is read."""
    document = _mine(request, syllabus_id).document
    if document is None:
        raise Refusal("not_read", zh="这份大纲还没有读完，或者读不了。", en="It has not been read yet, or could not be.")
    return SyllabusText.of(Document.parsed(document))


@syllabi.delete("/syllabi/{syllabus_id}", response={204: None, **WRITE})
def remove_syllabus(request: Signed, syllabus_id: int) -> Status[None]:
    """With its file."""
    actions.remove_syllabus(by=request.user, syllabus=_mine(request, syllabus_id))
    return Status(204, None)


def _mine(request: Signed, syllabus_id: int) -> Syllabus:
    require_teacher(request.user)
    found = Syllabus.objects.visible_to(request.user).for_list().select_related("upload", "course")
    syllabus: Syllabus = get_object_or_404(found, pk=syllabus_id)
    return syllabus
