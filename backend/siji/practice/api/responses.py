"""What may come back besides the answer, and how an attempt is loaded."""

from __future__ import annotations

from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse

from siji.accounts.auth import whose
from siji.accounts.models import User
from siji.practice.audio import Served
from siji.practice.closing import up_to_date
from siji.practice.invigilation import presence
from siji.practice.models import Attempt
from siji.practice.timing import database_now
from siji.problems import Problem, Words, answer, not_found
from siji.storage.now import ClockTimestamp
from siji.storage.prepared import Prepared

READ = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
WRITE = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}
SOUND = {200: None, 206: None, 416: Problem, 503: Problem, **WRITE}
"""503 with Retry-After: the track's file was lost and is being made again."""


def file_of(content_type: str) -> dict[str, Any]:
    """For ``openapi_extra``: the answer is a file."""
    body = {content_type: {"schema": {"type": "string", "format": "binary"}}}
    return {"responses": {200: {"description": "OK", "content": body}}}


def attachment(file: BinaryIO, *, name: str, content_type: str) -> FileResponse:
    """``name`` may hold anything that a title holds."""
    plain = "".join(sign if sign.isprintable() and sign not in '/\\:*?"<>|' else " " for sign in name).strip()
    return FileResponse(file, as_attachment=True, filename=plain or "siji", content_type=content_type)


def _seen_by(role: str, *, pk: UUID, user: int | None = None) -> QuerySet[Attempt]:
    seen = Attempt.objects.visible_to(User(pk=user, role=role))
    return seen.with_everything().annotate(read_at=ClockTimestamp()).filter(pk=pk)


_seen = Prepared(Attempt, _seen_by, pk=UUID(int=0), user=-1)


def visible_attempt(attempt_id: UUID, user: User) -> Attempt:
    """As its clock has it by now; its student has shown a sign of life. Raises Refusal (404) for what this person may not see."""
    return visible_attempt_now(attempt_id, user)[0]


def visible_attempt_now(attempt_id: UUID, user: User) -> tuple[Attempt, datetime]:
    """The same with the moment at which it was read, which comes with the row and costs no query."""
    attempt = _seen.first(user.role, pk=attempt_id, **whose(user))
    if attempt is None:
        raise not_found()
    if attempt.student_id == user.pk and attempt.is_invigilated:
        presence.seen(attempt.pk)
    read_at: datetime = attempt.read_at  # type: ignore[attr-defined]  # annotated above
    found = up_to_date(attempt, read_at)
    return found, read_at if found is attempt else database_now()


def sound(served: Served) -> HttpResponse:
    response = HttpResponse(served.content, status=206, content_type="audio/mpeg")
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Range"] = f"bytes {served.first}-{served.end - 1}/{served.size}"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def nothing_to_hear(size: int) -> HttpResponse:
    """``size``: of the track that was asked for."""
    words = Words(
        zh="现在不能播放这一段：只提供服务器当前位置到其后 10 秒的内容。",
        en="Not to be heard now: only what lies between the server's position and 10 s after it is served.",
    )
    response = answer(Problem(code="not_now", message=words), status=416)
    response.headers["Content-Range"] = f"bytes */{size}"
    return response
