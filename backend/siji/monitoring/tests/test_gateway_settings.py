"""An administrator sets up a model: what is allowed, what is kept secret, what a test call says, what today has cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from model_server.running import running
from model_server.script import Reply
from model_server.server import ModelServer
from siji.accounts.models import AuditEntry
from siji.ai.keys import decrypt
from siji.ai.loop import close_loop
from siji.ai.models import ModelSettings
from siji.conftest import Person
from siji.jobs import work
from siji.tests.world import SETTINGS

pytestmark = pytest.mark.django_db(transaction=True)

KEY = "sk-canary-key"


@pytest.fixture
def endpoint(settings: Settings) -> Iterator[ModelServer]:
    with running(key=KEY) as server:
        settings.MODEL_ENDPOINTS = (server.url, "http://127.0.0.1:9/v1")
        yield server
        close_loop()


def values(server: ModelServer, **changes: Any) -> dict[str, Any]:
    return {**SETTINGS, "endpoint": server.url, "key": KEY, **changes}


def test_before_anything_is_set_the_built_in_engine_is_alone(admin: Person, endpoint: ModelServer) -> None:
    seen = admin.get("/gateway").json()
    assert (seen["state"], seen["has_key"], seen["changed_at"]) == ("off", False, None)
    assert seen["settings"]["endpoint"] == endpoint.url
    assert admin.post("/gateway/tests").json()["code"] == "no_model"


def test_what_is_saved_holds_and_the_key_never_comes_back(admin: Person, endpoint: ModelServer) -> None:
    reply = admin.put("/gateway", values(endpoint))
    assert (reply.status_code, reply.json()["state"], reply.json()["has_key"]) == (200, "ready", True)
    assert KEY not in reply.content.decode() + admin.get("/gateway").content.decode()
    assert decrypt(ModelSettings.objects.get().key_cipher) == KEY
    entry = AuditEntry.objects.get(action="gateway.changed")
    assert KEY not in str(entry.detail)
    assert entry.detail["has_new_key"] is True


def test_a_key_that_is_not_sent_stays_and_an_empty_one_is_none(admin: Person, endpoint: ModelServer) -> None:
    admin.put("/gateway", values(endpoint))
    assert admin.put("/gateway", values(endpoint, key=None, calls_at_once=3)).json()["has_key"] is True
    assert admin.put("/gateway", values(endpoint, key="")).json()["has_key"] is False
    assert ModelSettings.objects.count() == 3


def test_a_key_is_never_sent_to_another_address(admin: Person, endpoint: ModelServer) -> None:
    admin.put("/gateway", values(endpoint))
    reply = admin.put("/gateway", values(endpoint, endpoint="http://127.0.0.1:9/v1", key=None))
    assert (reply.status_code, list(reply.json()["fields"])) == (422, ["key"])


def test_an_address_that_the_environment_does_not_allow_is_refused(admin: Person, endpoint: ModelServer) -> None:
    reply = admin.put("/gateway", values(endpoint, endpoint="https://elsewhere.example/v1"))
    assert (reply.status_code, list(reply.json()["fields"])) == (422, ["endpoint"])
    assert ModelSettings.objects.count() == 0


def test_an_address_that_is_not_allowed_any_more_is_not_asked(admin: Person, endpoint: ModelServer, settings: Settings) -> None:
    admin.put("/gateway", values(endpoint))
    settings.MODEL_ENDPOINTS = ("https://api.deepseek.com",)
    assert admin.get("/gateway").json()["state"] == "endpoint_refused"


@pytest.mark.parametrize(("key", "is_ok", "said"), [(KEY, True, "成功"), ("sk-wrong", False, "密钥")])
def test_the_test_is_a_real_call_with_its_result(admin: Person, endpoint: ModelServer, key: str, is_ok: bool, said: str) -> None:
    admin.put("/gateway", values(endpoint, key=key))
    job = admin.post("/gateway/tests").json()["job"]
    work.run(job)
    result = admin.get(f"/jobs/{job}").json()["result"]
    assert result["is_ok"] is is_ok
    assert said in result["words"]["zh"]
    assert endpoint.told.calls == 1
    assert (result["cost"] > 0, result["tokens_out"] > 0) == (is_ok, is_ok)
    today = admin.get("/gateway").json()["today"]
    assert (today["spent"], today["calls"], today["failed"]) == (result["cost"], 1, 0 if is_ok else 1)


def test_a_test_that_the_model_answers_wrongly_says_so(admin: Person, endpoint: ModelServer) -> None:
    endpoint.script.default = Reply("hello")
    admin.put("/gateway", values(endpoint))
    job = admin.post("/gateway/tests").json()["job"]
    work.run(job)
    assert admin.get(f"/jobs/{job}").json()["result"]["is_ok"] is False


def test_what_is_out_of_bounds_is_named(admin: Person, endpoint: ModelServer) -> None:
    reply = admin.put("/gateway", values(endpoint, calls_at_once=0, day_budget=-1))
    assert set(reply.json()["fields"]) == {"calls_at_once", "day_budget"}
