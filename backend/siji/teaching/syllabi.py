"""A syllabus from an upload, its next edition, the reading of it, and its end."""

from __future__ import annotations

import uuid
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Now

from siji.accounts import audit
from siji.accounts.models import User
from siji.courses.models import Course
from siji.jobs.actions import enqueue
from siji.jobs.registry import Result
from siji.jobs.work import Permanent, Work
from siji.problems import Refusal
from siji.teaching.documents.blocks import Document
from siji.teaching.documents.reading import read_document
from siji.teaching.documents.troubles import Unreadable
from siji.teaching.models import RunState, Syllabus, SyllabusState
from siji.uploads import files
from siji.uploads.actions import claim, discard_claimed

KIND = "teaching.read_syllabus"
MOST = 40
"""Editions and syllabi of one course."""


def add_syllabus(*, by: User, course: Course, upload_id: uuid.UUID, title: str = "", after: Syllabus | None = None) -> Syllabus:
    """The syllabus made of this upload, once however often it is asked for; ``after``: as the next edition of that one.

    Raises Refusal: 404 and 410 for the upload, 409 ``unfinished``, ``in_use`` (elsewhere), ``too_many``.
    """
    with transaction.atomic():
        Course.objects.select_for_update(no_key=True).get(pk=course.pk)
        upload = claim(upload_id=upload_id, by=by)
        known = Syllabus.objects.for_list().filter(upload=upload).first()
        if known is not None:
            return _same(known, course)
        if course.syllabi.count() >= MOST:
            raise Refusal(
                "too_many",
                zh=f"一门课程最多保存 {MOST} 份大纲（含旧版）。请先删除不再需要的。",
                en=f"A course keeps {MOST} syllabi, old editions included: delete some first.",
            )
        series, edition = _place(after)
        named = title.strip() or (after.title if after else PurePath(upload.filename).stem)
        syllabus = Syllabus.objects.create(course=course, series=series, edition=edition, title=named[:120], upload=upload, by=by)
        payload = {"syllabus": syllabus.pk}
        syllabus.job = enqueue(kind=KIND, key=f"syllabus:{syllabus.pk}", payload=payload, owner=by)
        syllabus.save(update_fields=["job"])
        audit.record(actor=by, action="syllabus.added", subject=f"course:{course.pk}", detail=_about(syllabus))
    return syllabus


def _same(known: Syllabus, course: Course) -> Syllabus:
    if known.course_id != course.pk:
        raise Refusal(
            "in_use", zh="这个文件已经是另一门课程的大纲，请重新上传。", en="Another course uses this file: upload it again."
        )
    return known


def _place(after: Syllabus | None) -> tuple[uuid.UUID, int]:
    """Series and edition; the number of an edition that was deleted last is given again."""
    if after is None:
        return uuid.uuid4(), 1
    last = Syllabus.objects.filter(series=after.series).aggregate(last=Max("edition"))["last"]
    return after.series, (last or 0) + 1


def remove_syllabus(*, by: User, syllabus: Syllabus) -> None:
    """With its file, and with the runs that were stopped. A reading under way ends without effect.

    Raises Refusal (409 ``has_runs``).
    """
    with transaction.atomic():
        if syllabus.runs.exclude(state=RunState.STOPPED).exists():
            raise Refusal(
                "has_runs",
                zh="有备课流程正在使用或已经发布这份大纲，不能删除。请先停止没有发布的流程。",
                en="A run rests on this syllabus: stop those that are not published first.",
            )
        syllabus.runs.all().delete()
        audit.record(actor=by, action="syllabus.removed", subject=f"course:{syllabus.course_id}", detail=_about(syllabus))
        upload = syllabus.upload
        syllabus.delete()
        discard_claimed(upload=upload)


def _about(syllabus: Syllabus) -> dict[str, object]:
    return {"syllabus": syllabus.pk, "title": syllabus.title, "edition": syllabus.edition, "sha256": syllabus.upload.sha256}


def read_syllabus(work: Work) -> Result:
    """The job. What cannot be read is a result too: the row says why, and trying again would not help."""
    syllabus = Syllabus.objects.for_list().filter(pk=work.payload["syllabus"]).first()
    if syllabus is None:
        raise Permanent("这份大纲已经删除。 · This syllabus has been deleted.")
    try:
        document = read_document(files.path_of(syllabus.upload_id), syllabus.upload.filename, progress=work.progress)
        fields = _read(document)
    except Unreadable as trouble:
        fields = {"state": SyllabusState.FAILED, "trouble": trouble.code, "found": trouble.found}
    result: Result = {"state": str(fields["state"])}
    with transaction.atomic():
        Syllabus.objects.filter(pk=syllabus.pk).update(read_at=Now(), **fields)
        work.finish(result)
    return result


def _read(document: Document) -> dict[str, object]:
    return {
        "state": SyllabusState.READY,
        "pages": document.pages,
        "characters": document.characters,
        "document": document.as_json(),
    }


def reading_failed(payload: dict[str, Any], error: str) -> None:
    """Whatever ended the job for good: nobody reads any more, and the page says so."""
    waiting = Syllabus.objects.filter(pk=payload["syllabus"], state=SyllabusState.READING)
    waiting.update(state=SyllabusState.FAILED, trouble="server", read_at=Now())
