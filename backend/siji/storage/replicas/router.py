"""Django's questions about where to read and write, and the middleware that says what a request needs to see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.http import HttpRequest, HttpResponseBase

from siji.storage.replicas import positions
from siji.storage.replicas.reading import may_read_replicas, read_alias, use_primary

SAFE = ("GET", "HEAD")
ALWAYS_PRIMARY = ("sessions", "accounts", "contenttypes")
"""Who somebody is and may do must be true now."""
COOKIE = "siji_at"


class DatabaseRouter:
    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return DEFAULT_DB_ALIAS if model._meta.app_label in ALWAYS_PRIMARY else read_alias()

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        use_primary()
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


class ReadYourWrites:
    """After the authentication. ``REPLICAS_NEVER`` are the beginnings of paths that read from the primary only."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if not settings.REPLICAS:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(settings.REPLICAS_NEVER):
            return self._written(request) if request.method == "POST" else self.get_response(request)
        if request.method not in SAFE:
            return self._written(request)
        with may_read_replicas(lambda: _needed(request)):
            return self.get_response(request)

    def _written(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        person = _person(request)
        if person is not None and response.status_code < 500:
            cookie = f"{positions.note(person):x}"
            response.set_cookie(
                COOKIE,
                cookie,
                max_age=positions.KEEP_SECONDS,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response


def _person(request: HttpRequest) -> int | None:
    key = request.session.get(SESSION_KEY)
    return int(key) if key is not None else None


def _needed(request: HttpRequest) -> int | None:
    of_person = positions.needed_by(_person(request))
    try:
        of_browser = int(request.COOKIES.get(COOKIE, "0"), 16)
    except ValueError:
        return None
    return None if of_person is None else max(of_person, of_browser)
