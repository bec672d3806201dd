"""Following long work: by asking, or as a stream."""

from __future__ import annotations

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import Router

from siji.jobs.models import Job
from siji.jobs.schemas import JobOut
from siji.jobs.work import topic_of
from siji.problems import Problem
from siji.storage.streams import Frame, event_stream

jobs = Router(tags=["jobs"])

READ = {401: Problem, 403: Problem, 404: Problem, 422: Problem}


@jobs.get("/jobs/{job_id}", response={200: JobOut, **READ})
def get_job(request: HttpRequest, job_id: int) -> Job:
    return _visible(request, job_id)


@jobs.get("/jobs/{job_id}/events", response={200: JobOut, 421: Problem, **READ})
async def job_events(request: HttpRequest, job_id: int) -> HttpResponseBase:
    """Server-sent events: a ``JobOut`` now and after each change, until done or failed. Served by the stream process."""
    job = await sync_to_async(_visible)(request, job_id)

    def look() -> Frame:
        job.refresh_from_db()
        return Frame(JobOut.model_validate(job).model_dump_json(), is_last=job.state in ("done", "failed"))

    return event_stream(request, topic=topic_of(job_id), look=look)


def _visible(request: HttpRequest, job_id: int) -> Job:
    return get_object_or_404(Job.objects.visible_to(request.user), pk=job_id)  # type: ignore[arg-type]  # signed in: ours
