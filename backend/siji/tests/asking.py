"""How a row of the table becomes a request, and what comes of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.middleware.csrf import CSRF_SECRET_LENGTH
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.test.utils import CaptureQueriesContext
from django.utils.crypto import get_random_string

from siji.accounts.models import Role, User
from siji.api import api
from siji.conftest import Person
from siji.courses.actions import remove_student
from siji.tests.rows import Row
from siji.tests.world import World

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Reply

PREFIX = "/api/v1"
_WHOLE: dict[str, Any] = api.get_openapi_schema()
DOCUMENT: dict[str, dict[str, Any]] = {
    f"{method.upper()} {path.removeprefix(PREFIX)}": operation
    for path, methods in _WHOLE["paths"].items()
    for method, operation in methods.items()
}
"""Operation → what the OpenAPI document says of it."""
SCHEMAS: dict[str, Any] = _WHOLE["components"]["schemas"]


@dataclass(frozen=True)
class Outcome:
    reply: Reply
    writes: list[str]
    """The statements that changed something. That a student was seen is left out: it is noted however their request ends."""

    @property
    def status(self) -> int:
        return self.reply.status_code

    @property
    def body(self) -> Any:
        return self.reply.json()


def person(who: str, world: World) -> Person:
    """One of the table's people at a browser of their own; the former ones have just become so."""
    match who:
        case "nobody":
            return Person(world.people.student, signed_in=False)
        case "former_teacher":
            User.objects.filter(pk=world.people.teacher.pk).update(role=Role.STUDENT)
            return Person(User.objects.get(pk=world.people.teacher.pk))
        case "former_classmate":
            remove_student(by=world.people.teacher, course=world.course, student=world.people.classmate)
            return Person(world.people.classmate)
    return Person(getattr(world.people, who))


def ask(person: Person, row: Row, world: World, **headers: str) -> Outcome:
    method, path = row.request(world)
    data, content_type = _content(row, world)
    person.browser.cookies["csrftoken"] = token = get_random_string(CSRF_SECRET_LENGTH)
    headers = {"X-CSRFToken": token, **row.headers, **headers}
    with CaptureQueriesContext(connection) as queries:
        reply = person.browser.generic(method, PREFIX + path, data=data, content_type=content_type, headers=headers)
        if reply.streaming:
            reply.getvalue()  # to the end, which closes its file
    statements = [query["sql"].lstrip() for query in queries.captured_queries]
    writes = [sql for sql in statements if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "practice_presence" not in sql]
    return Outcome(reply, writes)


def _content(row: Row, world: World) -> tuple[bytes, str]:
    if row.file is not None:
        return encode_multipart(BOUNDARY, {"file": SimpleUploadedFile(*row.file())}), MULTIPART_CONTENT
    if row.piece is not None:
        return row.piece, "application/offset+octet-stream"
    return b"" if row.body is None else json.dumps(row.body(world), default=str).encode(), "application/json"


def is_documented(row: Row, status: int) -> bool:
    return status in {int(documented) for documented in DOCUMENT[row.operation]["responses"]}
