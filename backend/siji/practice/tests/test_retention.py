"""What has been kept long enough goes, once a day; what is younger, or of an attempt that goes on, stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from siji.ai.models import ModelCall
from siji.jobs.models import Job
from siji.practice import retention
from siji.practice.models import Absence, Attempt, AudioGap, Presence
from siji.practice.tests.acting import Sitting
from siji.settings import Environment

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def days_ago(number: float) -> Any:
    return NOW - timedelta(days=number)


def call(age: float, **fields: Any) -> ModelCall:
    sent, day = days_ago(age), days_ago(age).date()
    return ModelCall.objects.create(purpose="p", model="m", reserved=1, day=day, sent_at=sent, deadline_at=sent, **fields)


def test_what_a_model_said_goes_and_what_it_cost_stays() -> None:
    old, young = call(91, state="succeeded", reply="An essay.", cost=7), call(89, state="succeeded", reply="An essay.")
    failed = call(91, state="failed", detail="said: An essay.")
    assert retention.forget_old()["replies"] == 2
    assert list(ModelCall.objects.order_by("pk").values_list("pk", "reply", "detail", "cost")) == [
        (old.pk, "", "", 7),
        (young.pk, "An essay.", "", 0),
        (failed.pk, "", "", 0),
    ]


def test_jobs_that_are_over_go_and_those_that_wait_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    for number in range(5):
        Job.objects.create(kind="k", key=f"old-{number}", state="done", finished_at=days_ago(181))
    Job.objects.create(kind="k", key="young", state="failed", finished_at=days_ago(179))
    Job.objects.create(kind="k", key="waits", state="queued", due_at=days_ago(400))
    assert retention.forget_old()["jobs"] == 5
    assert retention.forget_old()["jobs"] == 0
    assert set(Job.objects.values_list("key", flat=True)) == {"young", "waits"}


def test_where_somebody_was_in_an_exam_is_forgotten_a_year_after_its_end(sitting: Sitting) -> None:
    attempt = Attempt.objects.get(pk=sitting.id)
    Presence.objects.update_or_create(attempt=attempt, defaults={"seen_at": NOW})
    Absence.objects.create(attempt=attempt, key="0d6b3e1c-0000-4000-8000-000000000001", left_at=days_ago(800))
    AudioGap.objects.create(attempt=attempt, from_ms=1, to_ms=2)
    assert retention.forget_old()["traces"] == 0, "it goes on"
    Attempt.objects.filter(pk=attempt.pk).update(closed_at=days_ago(364))
    assert retention.forget_old()["traces"] == 0
    Attempt.objects.filter(pk=attempt.pk).update(closed_at=days_ago(366))
    assert retention.forget_old()["traces"] == 3
    assert Attempt.objects.filter(pk=attempt.pk).exists()


def test_sessions_that_have_ended_go() -> None:
    for name, age in (("over", 1.0), ("lives", -1.0)):
        Session.objects.create(session_key=name, session_data="x", expire_date=days_ago(age))
    retention.forget_old()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["lives"]


@pytest.mark.parametrize("text", ["0", "-1", "for ever", "99999"])
def test_a_time_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Exception, match="KEEP_JOBS_DAYS is"):
        Environment.read({"KEEP_JOBS_DAYS": text})
