"""Everything kept of one student, as a zip: JSON for machines, the scripts as text for people."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterable
from typing import Any, BinaryIO, cast

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, Q

from siji.accounts import audit
from siji.accounts.actions import subject
from siji.accounts.models import AuditEntry, Notice, NoticePreference, SignInFailure, User
from siji.courses.models import AssignmentException, Enrollment, Progress
from siji.practice.models import Answer, Attempt, LateAnswer, MachineMark, Mark, Script, WrittenFeedback

KEPT_IN_MEMORY = 4 * 2**20

ACCOUNT = [
    *("id", "username", "name", "email", "role", "student_number", "administrative_class", "is_active", "is_minor"),
    *("guardian_consent", "created_at"),
]
ATTEMPT = ["id", "paper", "assignment", "mode", "number", "sections", "started_at", "submitted_at", "closed_at", "marked_at"]
ENTRY = ["id", "at", "actor", "action", "subject", "detail", "address"]


def export(*, by: User, person: User) -> BinaryIO:
    """Other people are in it by their ids alone, and no answer keys: those are not this person's data."""
    file = tempfile.SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)  # noqa: SIM115  # the response closes it
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in _tables(person).items():
            archive.writestr(f"{name}.json", json.dumps(rows, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        for script in Script.objects.filter(attempt__student=person).order_by("pk"):
            archive.writestr(f"scripts/{script.attempt_id}-{script.slot}.txt", script.text)
    audit.record(actor=by, action="user.exported", subject=subject(person))
    file.seek(0)
    return cast("BinaryIO", file)


def _tables(person: User) -> dict[str, list[dict[str, Any]]]:
    of_attempt = {"attempt__student": person}
    marks = ["script", "value", "kind", "comment", "created_at"]
    machine = ["script", "engine", "value", "low", "high", "flags", "evidence", "feedback", "version", "model", "created_at"]
    written = ["script", "state", "text", "inline", "sentences", "version", "model", "created_at"]
    answers = ["attempt", "slot", "value", "saved_at"]
    return {
        "account": _rows(User.objects.filter(pk=person.pk), ACCOUNT),
        "courses": _rows(person.enrollments.all(), _columns(Enrollment)),
        "progress": _rows(person.progress.all(), _columns(Progress)),
        "exceptions": _rows(AssignmentException.objects.filter(student=person), _columns(AssignmentException)),
        "attempts": [_attempt(row) for row in Attempt.objects.filter(student=person).order_by("pk")],
        "answers": _rows(Answer.objects.filter(**of_attempt), answers),
        "late_answers": _rows(LateAnswer.objects.filter(**of_attempt), answers),
        "scripts": _rows(Script.objects.filter(**of_attempt), ["id", "attempt", "slot", "text", "words", "state", "created_at"]),
        "marks": _rows(Mark.objects.filter(script__attempt__student=person), marks),
        "machine_marks": _rows(MachineMark.objects.filter(script__attempt__student=person), machine),
        "written_feedback": _rows(WrittenFeedback.objects.filter(script__attempt__student=person), written),
        "notices": _rows(Notice.objects.filter(person=person), ["kind", "data", "at", "read_at"]),
        "notice_preferences": _rows(NoticePreference.objects.filter(person=person), ["kind", "is_on"]),
        "sign_in_failures": _rows(SignInFailure.objects.filter(username=person.username.lower()), ["at", "address"]),
        "audit": _rows(_said_of(person), ENTRY),
    }


def _columns(model: type[Model]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.name not in ("student", "created_by")]


def _rows(found: Any, columns: Iterable[str]) -> list[dict[str, Any]]:
    return list(found.order_by("pk").values(*columns))


def _attempt(row: Attempt) -> dict[str, Any]:
    """The totals of the result; what names single items would give keys away that are not released yet."""
    totals = {name: row.result.get(name) for name in ("raw", "raw_of", "estimate")}
    names = [name if name not in ("paper", "assignment") else f"{name}_id" for name in ATTEMPT]
    return {name.removesuffix("_id"): getattr(row, name) for name in names} | totals


def _said_of(person: User) -> Any:
    """Where they are the subject or their id is in the detail, and what they did themselves."""
    attempts = [f"attempt:{pk}" for pk in person.attempts.values_list("pk", flat=True)]
    scripts = Script.objects.filter(attempt__student=person).values_list("pk", flat=True)
    about = [subject(person), *attempts, *(f"script:{pk}" for pk in scripts)]
    return AuditEntry.objects.filter(Q(actor=person) | Q(subject__in=about) | Q(detail__contains={"student": person.pk}))
