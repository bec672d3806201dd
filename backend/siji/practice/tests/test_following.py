"""Following an attempt: its clock at once, at each lock, at more time and at a room's start."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import transaction
from django.test import AsyncClient

from siji.bank.models import Paper
from siji.conftest import Person
from siji.courses.models import Assignment
from siji.practice.clock import MINUTE
from siji.practice.conftest import Setter
from siji.practice.extending import extend_attempt
from siji.practice.tests.acting import Sitting, refused, set_elapsed
from siji.practice.timing import database_now
from siji.storage import streams

pytestmark = pytest.mark.django_db(transaction=True)


async def follow(person: Person, sitting: Sitting) -> AsyncIterator[dict[str, Any]]:
    browser = AsyncClient()
    await browser.aforce_login(person.user)
    response = await browser.get(f"/api/v1/attempts/{sitting.id}/events")
    assert response.status_code == 200
    return events(response.streaming_content)  # type: ignore[attr-defined]  # the stubs know only plain answers


async def events(content: AsyncIterator[bytes]) -> AsyncIterator[dict[str, Any]]:
    async for chunk in content:
        if chunk.startswith(b"data: "):
            yield json.loads(chunk[6:])


async def test_the_clock_comes_at_once_and_again_at_the_lock(student: Person, sitting: Sitting) -> None:
    await sync_to_async(set_elapsed)(sitting.row_id, 30 * MINUTE - 700)
    stream = await follow(student, sitting)
    assert (await anext(stream))["state"] == "writing"
    after = await anext(event async for event in stream if event["state"] != "writing")
    assert after["state"] == "listening"
    assert after["parts"][1]["remaining_ms"] > 24 * MINUTE


async def test_more_time_is_told(student: Person, teacher: Person, sitting: Sitting) -> None:
    stream = await follow(student, sitting)
    before = await anext(stream)
    await sync_to_async(extend_attempt)(attempt_id=sitting.row_id, minutes=10, reason="x", by=teacher.user)
    enough = before["remaining_ms"] + 9 * MINUTE
    assert await anext(event async for event in stream if event["remaining_ms"] > enough)


async def test_closing_ends_the_stream(student: Person, sitting: Sitting) -> None:
    await sync_to_async(set_elapsed)(sitting.row_id, 130 * MINUTE - 500)
    states = [event["state"] async for event in await follow(student, sitting)]
    assert set(states[:-1]) == {"reading"}
    assert states[-1] == "marked"


async def test_a_rooms_start_is_told_to_those_who_wait(student: Person, paper: Paper, set_exam: Setter) -> None:
    room = await sync_to_async(set_exam)(paper, start="room")
    sitting = await sync_to_async(Sitting.begin)(student, paper.pk, assignment=room.pk)
    stream = await follow(student, sitting)
    assert (await anext(stream))["state"] == "created"
    await sync_to_async(start_room)(room)
    assert await anext(event async for event in stream if event["state"] == "writing")


def start_room(room: Assignment) -> None:
    with transaction.atomic():
        Assignment.objects.filter(pk=room.pk).update(room_started_at=database_now() - timedelta(seconds=1))
        streams.publish(f"assignment:{room.pk}")


async def test_nobody_else_follows(stranger: Person, sitting: Sitting) -> None:
    browser = AsyncClient()
    await browser.aforce_login(stranger.user)
    assert (await browser.get(f"/api/v1/attempts/{sitting.id}/events")).status_code == 404


def test_the_api_process_does_not_stream(sitting: Sitting) -> None:
    refused(sitting.get("/events"), 421, "wrong_process")
