"""What somebody under 18 has written goes to no outside model before a guardian has consented; the administrator records that."""

from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings

from model_server.server import ModelServer
from siji.accounts.models import AuditEntry, User
from siji.ai.budgets import Payer
from siji.ai.gateway import ask_streamed
from siji.ai.models import ModelCall
from siji.ai.outcomes import Outcome
from siji.ai.tests.acting import PURPOSE, ask_mark, set_up, tiny
from siji.ai.tests.conftest import endpoint
from siji.ai.words import ModelFailed
from siji.conftest import Person
from siji.jobs import work
from siji.jobs.models import Job
from siji.practice.models import MachineMark, Script
from siji.practice.tests.acting import Sitting
from siji.practice.tests.papers import make_paper

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["endpoint"]

HOW = "监护人王建国签字，存档 2026-31"


def consent(student: Person) -> str:
    return f"/users/{student.user.pk}/guardian-consent"


def outcome_of(payer: Payer) -> Outcome:
    try:
        ask_mark(payer=payer)
    except ModelFailed as failed:
        return failed.outcome
    return Outcome.OK


def test_nothing_of_a_minor_leaves_until_a_guardian_has_consented(endpoint: ModelServer, admin: Person, student: Person) -> None:
    set_up(endpoint)
    payer = Payer(user=student.user.pk)
    assert admin.patch(f"/users/{student.user.pk}", {"is_minor": True}).json()["is_minor"] is True
    assert outcome_of(payer) == Outcome.NO_CONSENT
    with pytest.raises(ModelFailed, match="no_consent"):
        ask_streamed(PURPOSE, tiny(), payer)
    assert (endpoint.told.calls, ModelCall.objects.count()) == (0, 0), "it has left"
    assert outcome_of(Payer(user=admin.user.pk)) == Outcome.OK, "somebody else is not held up"

    assert admin.put(consent(student), {"how": HOW}).json()["guardian_consent"] == HOW
    assert outcome_of(payer) == Outcome.OK
    assert admin.delete(consent(student)).json()["guardian_consent"] == ""
    assert outcome_of(payer) == Outcome.NO_CONSENT
    actions = AuditEntry.objects.filter(subject=f"user:{student.user.pk}").order_by("pk").values_list("action", "actor")
    recorded = [(action, admin.user.pk) for action in ("user.changed", "user.consent_recorded", "user.consent_withdrawn")]
    assert list(actions) == recorded
    assert HOW not in str(list(AuditEntry.objects.values_list("detail", flat=True))), "the log outlives what it speaks of"


def test_the_built_in_engine_marks_alone_and_says_why(endpoint: ModelServer, student: Person, settings: Settings) -> None:
    set_up(endpoint)
    User.objects.filter(pk=student.user.pk).update(is_minor=True)
    sitting = Sitting.begin(student, make_paper().pk)
    sitting.saves(("W", 1, "My hometown is beautiful because there are many trees and rivers. " * 6))
    sitting.submits()
    for job in Job.objects.filter(kind__startswith="marking.").order_by("pk"):
        work.run(job.pk)
    script = Script.objects.get(attempt=sitting.row_id, slot="W")
    marks = {mark.engine: (mark.value is not None, mark.failure) for mark in MachineMark.objects.filter(script=script)}
    assert marks == {"builtin": (True, ""), "model": (False, "no_consent")}
    assert endpoint.told.calls == 0


def test_only_administrators_record_it_and_say_how(admin: Person, teacher: Person, student: Person) -> None:
    assert [person.put(consent(student), {"how": HOW}).status_code for person in (teacher, student)] == [403, 403]
    assert admin.put(consent(student), {"how": "  "}).status_code == 422
    assert student.patch(f"/users/{student.user.pk}", {"is_minor": False}).status_code == 403
