"""Following long work: by asking, or as a stream."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from ninja import Router

from siji.jobs.schemas import JobOut
from siji.problems import Problem

jobs = Router(tags=["jobs"])


@jobs.get("/jobs/{job_id}", response={200: JobOut, 401: Problem, 404: Problem})
def get_job(request: HttpRequest, job_id: int) -> JobOut:
    raise NotImplementedError


@jobs.get("/jobs/{job_id}/events", response={200: JobOut, 401: Problem, 404: Problem})
async def job_events(request: HttpRequest, job_id: int) -> HttpResponseBase:
    """Server-sent events: a ``JobOut`` now and after each change, until it is done or failed. Served by the stream process."""
    raise NotImplementedError
