"""From a click to the log lines of the job that it asked for."""

from __future__ import annotations

import logging

import pytest
from django.test import Client

from siji.jobs import work
from siji.jobs.actions import enqueue
from siji.jobs.models import Job
from siji.jobs.registry import Result, handler
from siji.jobs.work import Work
from siji.storage.tracing import WithRequestId, id_of, present_id, under

seen: list[str] = []


@handler("test.traced")
def traced(_: Work) -> Result:
    seen.append(present_id())
    return {}


@pytest.mark.django_db
def test_a_job_works_under_the_id_of_the_request_that_asked_for_it() -> None:
    with under("0123456789abcdef"):
        job = enqueue(kind="test.traced", key="traced", payload={})
    assert present_id() == ""
    assert work.run(job.pk)
    assert (seen, present_id()) == (["0123456789abcdef"], "")
    assert Job.objects.get(pk=job.pk).request_id == "0123456789abcdef"


@pytest.mark.django_db
def test_an_id_that_is_sent_is_kept_and_a_forged_one_is_not() -> None:
    def answered(sent: str) -> str:
        return Client().get("/api/v1/health/live", headers={"X-Request-Id": sent})["X-Request-Id"]

    assert answered("00aa00aa00aa00aa") == "00aa00aa00aa00aa"
    for forged in ("", "00aa00aa00aa00aa ERROR siji", "short", "f" * 33):
        assert len(answered(forged)) == 16
        assert answered(forged) != forged


def test_a_line_says_under_which_id_it_was_written() -> None:
    record = logging.LogRecord("siji", logging.INFO, __file__, 1, "words", (), None)
    with under(id_of("")):
        WithRequestId().filter(record)
        assert vars(record)["request_id"] == present_id() != ""
    WithRequestId().filter(record)
    assert vars(record)["request_id"] == "-"
