"""What goes wrong, as the client sees it: one shape, one code, both languages, and what to do about it.

Actions raise :class:`Refusal`; the API turns it into a :class:`Problem`. A refusal changes nothing in the database.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, JsonResponse

from siji.schema import Schema

RETRY_SECONDS = 2


class Words(Schema):
    """One sentence in both languages."""

    zh: str
    en: str


class Problem(Schema):
    """The body of every 4xx and 5xx answer. ``code`` is stable; ``fields`` says what is wrong with which input.

    ``request_id`` is what an administrator finds in the log; "" where nothing was logged.
    """

    code: str
    message: Words
    fields: dict[str, Words] = {}
    request_id: str = ""


class Refusal(Exception):
    """A rule says no. ``status`` is the HTTP status it reads as: 400, 401, 403, 404, 409, 413, 415, 422, 429 or 503; of uploads
    (tus) also 410, 412 and 460.
    """

    def __init__(
        self,
        code: str,
        *,
        zh: str,
        en: str,
        status: int = 409,
        fields: Mapping[str, Words] | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(f"{code}: {en}")
        self.code, self.zh, self.en, self.status = code, zh, en, status
        self.fields = dict(fields or {})
        self.retry_after = retry_after

    def problem(self) -> Problem:
        return Problem(code=self.code, message=Words(zh=self.zh, en=self.en), fields=self.fields)


def busy() -> Refusal:
    """All connections to the database are taken and stay so for longer than somebody should wait."""
    return Refusal(
        "busy",
        zh="现在使用的人太多，服务器正忙。没有丢失任何内容，请过几秒再试。",
        en="Too many people are at it and the server is busy. Nothing is lost: try again in a few seconds.",
        status=503,
        retry_after=RETRY_SECONDS,
    )


def database_away() -> Refusal:
    """It was ended, replaced or is full at this moment; whether the last thing was kept is not known."""
    return Refusal(
        "database_away",
        zh="数据库暂时连不上，这次操作可能没有完成。请过几秒再试；作答内容会自动再次保存。",
        en="The database cannot be reached just now, so this may not be done. Try again in a few seconds; "
        "answers are saved again by themselves.",
        status=503,
        retry_after=RETRY_SECONDS,
    )


def not_found() -> Refusal:
    """What a person may not see does not exist for them: the same words for both."""
    return Refusal("not_found", zh="没有找到，或者你没有查看的权限。", en="Not found, or not yours to see.", status=404)


def forbidden() -> Refusal:
    return Refusal("forbidden", zh="你的身份不能做这件事。", en="Your role may not do this.", status=403)


def answer(problem: Problem, *, status: int) -> JsonResponse:
    body: dict[str, Any] = problem.model_dump()
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})


def answer_to(refusal: Refusal) -> JsonResponse:
    response = answer(refusal.problem(), status=refusal.status)
    if refusal.retry_after is not None:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def refusal_on(name: str, code: str, *, zh: str, en: str, status: int = 422) -> Refusal:
    """One input is wrong: the same words for the page and beside the input."""
    return Refusal(code, zh=zh, en=en, status=status, fields={name: Words(zh=zh, en=en)})


def csrf_failure(request: HttpRequest, reason: str = "") -> JsonResponse:
    problem = Problem(
        code="csrf",
        message=Words(
            zh="页面的安全令牌已过期，请刷新页面后再试。",
            en="The page's security token is out of date: reload and try again.",
        ),
    )
    return answer(problem, status=403)
