"""What holds for every response."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from contextlib import suppress

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from psycopg import errors
from psycopg_pool import PoolTimeout

from siji.accounts.crowding import note_stranger
from siji.accounts.request import comes_from_trusted_proxy
from siji.problems import Problem, Refusal, Words, answer_to, busy, database_away
from siji.storage.tracing import id_of, under

log = logging.getLogger("siji.request")


class OnlyTrustedProxies:
    """Whether it was HTTPS, and for which host, is believed of a trusted proxy alone (where one is configured)."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.META[PROXIED] = "X-Forwarded-Host" in request.headers
        if settings.TRUSTED_PROXIES and not comes_from_trusted_proxy(request):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
            request.META.pop("HTTP_X_FORWARDED_HOST", None)
        return self.get_response(request)


class NotTooMany:
    """Whoever has no session is counted by address before anything is looked up (where a trusted proxy tells it)."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            try:
                note_stranger(request)
            except Refusal as refusal:
                return answer_to(refusal)
        return self.get_response(request)


class BodiesToTheEnd:
    """A refused request is read to its end: a front door that is still sending makes a 500 of the answer that comes before."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if response.status_code >= 400 and length.isdigit() and int(length) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            with suppress(UnreadablePostError):  # whoever sent it has gone
                while request.read(65536):
                    continue
        return response


class PrivateByDefault:
    """No shared cache may keep an answer unless its view said so: an answer of one person must not reach another."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class EveryErrorIsAProblem:
    """Outermost: what the framework answers by itself (no such address, a wrong method, our own failure) is a Problem too.

    Each request has an id, told in ``X-Request-Id``; a failure is logged under it.
    """

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.META[REQUEST_ID] = id_of(request.headers.get("X-Request-Id", ""))
        with under(request.META[REQUEST_ID]):
            response = self.get_response(request)
        response.headers["X-Request-Id"] = request.META[REQUEST_ID]
        if response.status_code >= 400 and isinstance(response, HttpResponse) and not _is_json(response):
            _replace(response, problem_of(response.status_code, request_id=request.META[REQUEST_ID]))
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        log.error("request %s failed: %s %s: %r", request.META[REQUEST_ID], request.method, request.path, error)


REQUEST_ID = "siji.request_id"
PROXIED = "siji.proxied"
"""Whether somebody between said for which host this is, before it was decided whether to believe it."""


def failed(request: HttpRequest) -> HttpResponse:
    """What a middleware raised (a session that could not be read or kept); EveryErrorIsAProblem writes the words of a 500."""
    refusal = passing(sys.exception())
    return answer_to(refusal) if refusal else HttpResponse(status=500)


def passing(error: BaseException | None) -> Refusal | None:
    """What to say where the database cannot be asked just now; None for what is our own failure."""
    if not isinstance(error, (OperationalError, InterfaceError)):
        return None
    cause = error.__cause__
    if isinstance(cause, PoolTimeout):
        return busy()
    if not isinstance(cause, (errors.OperationalError, errors.InterfaceError)):
        return None
    if cause.sqlstate is None or cause.sqlstate.startswith(AWAY):
        log.warning("the database is away: %r", cause)
        return database_away()
    return None


AWAY = ("08", "53", "57P01", "57P02", "57P03")
"""Of the SQLSTATEs: the connection is lost; room, memory or connections are used up; it is being ended or only starting.
Without any it was the connection itself that broke."""


def _is_json(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith("application/json")


def _replace(response: HttpResponse, problem: Problem) -> None:
    """The other headers stay: Allow, Content-Range, cookies."""
    response.content = json.dumps(problem.model_dump(), ensure_ascii=False).encode()
    response.headers["Content-Type"] = "application/json"


UNKNOWN = ("bad_request", Words(zh="请求无法处理。", en="The request cannot be handled."))
BY_STATUS: dict[int, tuple[str, Words]] = {
    400: UNKNOWN,
    404: ("no_such_address", Words(zh="没有这个地址。", en="There is no such address.")),
    405: ("wrong_method", Words(zh="这个地址不支持这种操作。", en="This address does not know that method.")),
    413: ("too_large", Words(zh="发送的内容太大（上限 32 MB）。", en="What was sent is too large (32 MB at the most).")),
    416: ("not_in_the_file", Words(zh="文件里没有这一段。", en="The file has no such range.")),
}


def problem_of(status: int, *, request_id: str = "") -> Problem:
    """Of an answer that has none of its own; our own failures carry the id under which they are logged."""
    if status >= 500:
        words = Words(
            zh=f"服务器出错了，没有完成这次操作。请稍后再试；如果一直这样，请把编号 {request_id} 告诉管理员。",
            en=f"The server failed and did not finish this. Try again; if it goes on, tell your administrator {request_id}.",
        )
        return Problem(code="server_error", message=words, request_id=request_id)
    code, words = BY_STATUS.get(status, UNKNOWN)
    return Problem(code=code, message=words)
