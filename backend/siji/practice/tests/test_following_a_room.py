"""Following a room: what happens in it comes by itself, and many at once are few looks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.db import transaction
from django.test import AsyncClient

from siji.bank.models import Paper
from siji.conftest import Person
from siji.courses.models import Assignment
from siji.practice.conftest import Setter
from siji.practice.invigilation import following
from siji.practice.tests.acting import Sitting, refused
from siji.practice.tests.test_following import events
from siji.storage import streams
from siji.storage.streams import Frame

SOON = 30
"""Seconds: less than the minute after which every stream looks again by itself, and enough for a busy machine."""

SOMETHING = object()

pytestmark = pytest.mark.django_db(transaction=True)


async def follow(person: Person, assignment: Assignment) -> AsyncIterator[dict[str, Any]]:
    browser = AsyncClient()
    await browser.aforce_login(person.user)
    response = await browser.get(f"/api/v1/assignments/{assignment.pk}/room/events")
    assert response.status_code == 200
    return events(response.streaming_content)  # type: ignore[attr-defined]  # the stubs know only plain answers


async def test_coming_in_leaving_the_page_and_handing_in_are_told(
    student: Person, exam: Assignment, teacher: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "LOOK_EVERY_SECONDS", 3600)  # so that only what is told is seen
    heard: list[dict[str, Any]] = []

    async def hear() -> None:
        async for event in await follow(teacher, exam):
            heard.append(event["students"][0])

    async def until(field: str, value: object) -> None:
        async with asyncio.timeout(SOON):
            while heard[-1][field] != value and not (value is SOMETHING and heard[-1][field]):
                await asyncio.sleep(0.05)

    listening = asyncio.create_task(hear())
    async with asyncio.timeout(SOON):
        while len(heard) < 2:  # as it was, and once more when the listening connection stands: from now on only what is told
            await asyncio.sleep(0.05)
    assert heard[-1]["standing"] == "not_here"
    sitting = await sync_to_async(Sitting.begin)(student, exam.paper_id, assignment=exam.pk)
    await until("standing", "present")
    await sync_to_async(student.put)(f"/attempts/{sitting.id}/absences/{uuid4()}", {"left_ms_ago": 0})
    await until("away_since", SOMETHING)
    await sync_to_async(sitting.submits)()
    await until("standing", "submitted")
    listening.cancel()


async def test_saves_and_silence_are_seen_without_being_told(
    sitting: Sitting, exam: Assignment, teacher: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "LOOK_EVERY_SECONDS", 0.2)
    monkeypatch.setattr(following, "AT_MOST_EVERY_SECONDS", 0.0)
    stream = await follow(teacher, exam)
    await anext(stream)
    await sync_to_async(sitting.saves)(("W", 1, "Dear"))
    assert await anext(event async for event in stream if event["students"][0]["answered"] == 1)


async def test_many_notices_at_once_are_one_look() -> None:
    looks = 0

    def look() -> Frame:
        nonlocal looks
        looks += 1
        return Frame(data=str(looks), wake_in=60)

    heard: list[bytes] = []

    async def hear() -> None:
        async for chunk in streams._events("room:1", look, rest=2.0):
            heard.append(chunk)

    listening = asyncio.create_task(hear())
    async with asyncio.timeout(SOON):
        while b"data: 1\n\n" not in heard:
            await asyncio.sleep(0.01)
        for _ in range(10):
            await sync_to_async(tell)("room:1")
            await asyncio.sleep(0.01)
        assert looks == 1
        while looks == 1:
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)
    listening.cancel()
    assert looks == 2


def tell(topic: str) -> None:
    with transaction.atomic():
        streams.publish(topic)


async def test_nobody_else_follows(student: Person, other_teacher: Person, exam: Assignment) -> None:
    for person, status in ((student, 403), (other_teacher, 404)):
        browser = AsyncClient()
        await browser.aforce_login(person.user)
        assert (await browser.get(f"/api/v1/assignments/{exam.pk}/room/events")).status_code == status


async def test_practice_is_refused_before_anything_is_sent(paper: Paper, set_exam: Setter, teacher: Person) -> None:
    practice = await sync_to_async(set_exam)(paper, mode="practice")
    browser = AsyncClient()
    await browser.aforce_login(teacher.user)
    assert (await browser.get(f"/api/v1/assignments/{practice.pk}/room/events")).status_code == 409


def test_the_api_process_does_not_stream(exam: Assignment, teacher: Person) -> None:
    refused(teacher.get(f"/assignments/{exam.pk}/room/events"), 421, "wrong_process")
