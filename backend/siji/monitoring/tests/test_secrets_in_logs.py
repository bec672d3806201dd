"""Passwords, keys, sessions and what people are called are in no line of the log, however much is logged and whatever fails."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from logging.config import dictConfig
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from model_server.server import ModelServer
from siji.accounts.models import User
from siji.ai.tests.acting import ask_mark, set_up
from siji.ai.tests.conftest import endpoint
from siji.ai.words import ModelFailed
from siji.conftest import PASSWORD, Person
from siji.jobs import actions, registry, work
from siji.jobs.work import Work
from siji.monitoring.notifications.sealing import Opened
from siji.monitoring.notifications.sending import Undelivered, send
from siji.storage.scrubbing import Scrubbing, scrubbed

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["endpoint"]

WRONG, NEW = "canary-wrong-password", "Canary-new-password-7"
NAME, NUMBER, MAIL, ESSAY = "金丝雀甲", "20990042", "canary@example.edu.cn", "Canary essay about my hometown."
KEY, SMTP = "sk-canary-model-key-000111", "canary-smtp-password"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that any part would write with LOG_LEVEL=DEBUG, as the product's own formatter writes it."""
    written = io.StringIO()
    debug: dict[str, Any] = {**settings.LOGGING, "root": {"handlers": ["err"], "level": "DEBUG"}}
    dictConfig(debug)
    (handler,) = [one for one in logging.getLogger().handlers if isinstance(one.formatter, Scrubbing)]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield written
    dictConfig(settings.LOGGING)


def sign_in(browser: Client, password: str) -> int:
    body = {"username": "student", "password": password}
    return browser.post("/api/v1/session", body, content_type="application/json").status_code


def a_failure(*_: Any, **__: Any) -> None:
    """What the database says of a row that it refuses holds the row."""
    User.objects.create(username="other", name=NAME, email=MAIL, student_number=NUMBER, is_active=None)


def test_signing_in_and_failing(student: Person, log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    User.objects.filter(pk=student.user.pk).update(name=NAME, student_number=NUMBER)
    browser = Client(raise_request_exception=False)
    assert [sign_in(browser, WRONG), sign_in(browser, PASSWORD)] == [401, 200]
    body = {"old": PASSWORD, "new": NEW}
    assert browser.put("/api/v1/me/password", body, content_type="application/json").status_code == 200
    monkeypatch.setattr("siji.accounts.api.actions.end_sessions", a_failure)
    assert browser.delete("/api/v1/me/sessions").status_code == 500
    said = log.getvalue()
    assert "IntegrityError" in said, "nothing of the failure is there: this shows nothing"
    cookies = [cookie.value for cookie in browser.cookies.values()]
    assert [secret for secret in (WRONG, PASSWORD, NEW, NAME, NUMBER, MAIL, *cookies) if secret in said] == []


def test_asking_a_model_that_refuses(endpoint: ModelServer, log: io.StringIO, student: Person) -> None:
    endpoint.key = KEY
    set_up(endpoint)
    assert ask_mark(script=ESSAY).value.mark == 7
    endpoint.key = "another"
    with pytest.raises(ModelFailed) as failed:
        ask_mark("S2", script=ESSAY)
    said = log.getvalue() + str(failed.value) + repr(failed.value)
    assert [secret for secret in (KEY, ESSAY) if secret in said] == []


def test_mail_that_does_not_arrive(log: io.StringIO) -> None:
    where = {"host": "127.0.0.1", "port": "1", "security": "none", "user": "siji", "sender": MAIL, "to": MAIL}
    with pytest.raises(Undelivered) as failed:
        send(Opened("email", where | {"password": SMTP}), title="t", body="b")
    assert SMTP not in log.getvalue() + str(failed.value)


def test_a_job_that_fails(log: io.StringIO, student: Person) -> None:
    def handle(job: Work) -> registry.Result:
        a_failure()
        return {}

    registry._kinds["test.canary"] = registry.Kind("test.canary", handle, 2)
    try:
        job = actions.enqueue(kind="test.canary", key="k", payload={"text": ESSAY, "name": NAME}, owner=student.user)
        assert work.run(job.pk)
    finally:
        del registry._kinds["test.canary"]
    job.refresh_from_db()
    assert "IntegrityError" in log.getvalue()
    assert [secret for secret in (ESSAY, NAME, NUMBER, MAIL) if secret in log.getvalue()] == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("connect to postgresql://siji:pa55@db/siji failed", "connect to postgresql://…@db/siji failed"),
        ("redis://:pa55@127.0.0.1:6379/0", "redis://…@127.0.0.1:6379/0"),
        ("headers {'Authorization': 'Bearer abc.def-123'}", "headers {'Authorization': 'Bearer …'}"),
        ("Cookie: sessionid=abc; csrftoken=def", "Cookie: sessionid=…; csrftoken=…"),
        (
            "UniqueViolation('duplicate key\\nDETAIL:  Key (name)=(李雷) already exists.')",
            "UniqueViolation('duplicate key\\nDETAIL: …')",
        ),
        ("the password is wrong: try again at http://siji.example.edu.cn/zh", None),
        ("GET /api/v1/courses 200 in 12 ms", None),
    ],
)
def test_what_is_taken_out_of_a_line(line: str, expected: str | None) -> None:
    assert scrubbed(line) == (expected or line)
