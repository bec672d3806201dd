"""The board comes by itself, and stops for who is no administrator any more."""

from __future__ import annotations

import asyncio

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient

from siji.accounts.models import Role, User
from siji.conftest import Person
from siji.monitoring import following
from siji.practice.tests.test_following import events

pytestmark = pytest.mark.django_db(transaction=True)


async def test_the_board_is_told_until_its_reader_is_no_administrator(admin: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "LOOK_EVERY_SECONDS", 0.1)
    browser = AsyncClient()
    await browser.aforce_login(admin.user)
    response = await browser.get("/api/v1/promises/events")
    assert response.status_code == 200
    heard = events(response.streaming_content)  # type: ignore[attr-defined]  # the stubs know only plain answers
    async with asyncio.timeout(30):
        first = await anext(heard)
        assert [goal["name"] for goal in first["goals"]][:2] == ["A1", "A2"]
        await sync_to_async(User.objects.filter(pk=admin.user.pk).update)(role=Role.STUDENT)
        last = [event async for event in heard][-1]
    assert last is None


async def test_nobody_else_may_follow(teacher: Person) -> None:
    browser = AsyncClient()
    await browser.aforce_login(teacher.user)
    assert (await browser.get("/api/v1/promises/events")).status_code == 403
