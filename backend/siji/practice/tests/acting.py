"""How a student acts on an attempt in the stories, and how the stories move time: by the database, never by a patched clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F

from siji.conftest import Person
from siji.practice.clock import MINUTE
from siji.practice.models import Attempt
from siji.practice.timing import database_now

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Reply


def ok(reply: Reply, status: int = 200) -> Any:
    """The body of an answer that must have this status."""
    assert reply.status_code == status, reply.content.decode()
    return reply.json() if reply.content else None


def refused(reply: Reply, status: int, code: str) -> Any:
    body = ok(reply, status)
    assert body["code"] == code, body
    assert body["message"]["zh"]
    assert body["message"]["en"]
    return body


@dataclass
class Sitting:
    """One person at one attempt."""

    person: Person
    id: str

    @classmethod
    def begin(cls, person: Person, paper: int, mode: str = "exam", assignment: int | None = None, **more: Any) -> Sitting:
        body = {"paper": paper, "mode": mode, "assignment": assignment, **more}
        return cls(person, ok(person.post("/attempts", body), 201)["id"])

    @property
    def row_id(self) -> UUID:
        return UUID(self.id)

    @property
    def row(self) -> Attempt:
        return Attempt.objects.get(pk=self.id)

    def get(self, rest: str = "", **headers: str) -> Reply:
        return self.person.get(f"/attempts/{self.id}{rest}", **headers)

    def post(self, rest: str, body: Any = None) -> Reply:
        return self.person.post(f"/attempts/{self.id}{rest}", body)

    def sends(self, *answers: tuple[str, int, str]) -> Reply:
        batch = [{"item": item, "seq": seq, "value": value} for item, seq, value in answers]
        return self.person.put(f"/attempts/{self.id}/answers", {"answers": batch})

    def saves(self, *answers: tuple[str, int, str]) -> list[str]:
        """The status of each answer, in the order sent."""
        return [answer["status"] for answer in ok(self.sends(*answers))["acknowledged"]]

    def submits(self) -> Any:
        return ok(self.post("/submission"))

    def kept(self) -> dict[str, tuple[int, str]]:
        return {slot: (seq, value) for slot, seq, value in self.row.answers.values_list("slot", "seq", "value")}

    def late(self) -> list[tuple[str, int, str]]:
        return list(self.row.late_answers.order_by("pk").values_list("slot", "seq", "value"))

    def at_minute(self, minute: float) -> Sitting:
        """As if it had begun so many minutes ago."""
        set_elapsed(UUID(self.id), int(minute * MINUTE))
        return self


def set_elapsed(attempt_id: UUID, milliseconds: int) -> None:
    """Move an attempt's start, and its end with it, so that so much has elapsed now by the database's clock."""
    attempt = Attempt.objects.get(pk=attempt_id)
    assert attempt.started_at is not None
    shift = database_now() - timedelta(milliseconds=milliseconds) - attempt.started_at
    Attempt.objects.filter(pk=attempt_id).update(started_at=F("started_at") + shift, closes_at=F("closes_at") + shift)
