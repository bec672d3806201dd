"""What a balancer asks of one process."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.test import Client

pytestmark = pytest.mark.django_db


def test_alive_without_asking_anything() -> None:
    assert Client().get("/api/v1/health/live").json() == {"status": "ok"}


def test_ready_with_database_migrations_and_cache() -> None:
    reply = Client().get("/api/v1/health/ready")
    assert reply.status_code == 200
    assert reply.json() == {"status": "ok", "checks": {"database": "ok", "migrations": "ok", "cache": "ok"}}


def test_a_dead_cache_is_degraded_and_still_serves(settings: LazySettings) -> None:
    settings.CACHE_URL = "redis://127.0.0.1:1/0"
    reply = Client().get("/api/v1/health/ready")
    assert reply.status_code == 200
    assert reply.json()["status"] == "degraded"
