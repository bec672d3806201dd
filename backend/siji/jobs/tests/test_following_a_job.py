"""A job is followed as a stream: each change arrives, the end ends it, a wrong process says so."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient

from siji.conftest import Person
from siji.jobs import actions, registry, work
from siji.jobs.models import Job
from siji.jobs.work import Work

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kind() -> Iterator[str]:
    def handle(job: Work) -> registry.Result:
        job.progress(1, 1)
        return {"ok": True}

    registry._kinds["test.stream"] = registry.Kind("test.stream", handle, 1)
    yield "test.stream"
    del registry._kinds["test.stream"]


@pytest.fixture
async def client(student: Person) -> AsyncClient:
    browser = AsyncClient()
    await browser.aforce_login(student.user)
    return browser


async def events(content: AsyncIterator[bytes]) -> AsyncIterator[dict[str, Any]]:
    async for chunk in content:
        if chunk.startswith(b"data: "):
            yield json.loads(chunk[6:])


@pytest.fixture
def job(kind: str, student: Person) -> Job:
    return actions.enqueue(kind=kind, key="stream", payload={}, owner=student.user)


async def test_every_change_arrives_and_the_end_ends_the_stream(job: Job, client: AsyncClient) -> None:
    response = await client.get(f"/api/v1/jobs/{job.pk}/events")
    assert response["Cache-Control"] == "private, no-cache, no-transform"
    stream = events(response.streaming_content)  # type: ignore[attr-defined]  # the stubs know only plain answers
    first = await anext(stream)
    assert first["state"] == "queued"
    await asyncio.sleep(0.3)
    await sync_to_async(work.run)(job.pk)
    rest = [event["state"] async for event in stream]
    assert rest[-1] == "done"


async def test_a_stranger_gets_no_stream(job: Job, client: AsyncClient, stranger: Person) -> None:
    await client.aforce_login(stranger.user)
    assert (await client.get(f"/api/v1/jobs/{job.pk}/events")).status_code == 404


def test_the_api_process_does_not_stream(job: Job, student: Person) -> None:
    reply = student.get(f"/jobs/{job.pk}/events")
    assert reply.status_code == 421
    assert reply.json()["code"] == "wrong_process"
