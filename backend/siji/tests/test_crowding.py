"""Who asks too much waits; who saves answers, who sits behind the same address and a balancer do not."""

from __future__ import annotations

from django.conf import LazySettings
from django.test import Client

from siji.conftest import PASSWORD
from siji.tests.asking import ask, person
from siji.tests.who_may_what import TABLE
from siji.tests.world import World

CAMPUS = {"X-Forwarded-For": "1.2.3.4"}


def test_too_many_requests_of_one_person_are_refused_in_words(world: World, settings: LazySettings) -> None:
    settings.RATE_PER_USER = 5
    student = person("student", world)
    replies = [student.get("/me") for _ in range(7)]
    assert [reply.status_code for reply in replies] == [200] * 5 + [429] * 2
    problem = replies[-1].json()
    assert problem["code"] == "too_many_requests"
    assert "请等" in problem["message"]["zh"]
    assert "wait" in problem["message"]["en"]
    assert 1 <= int(replies[-1]["Retry-After"]) <= 60
    assert person("classmate", world).get("/me").status_code == 200


def test_answers_are_saved_however_much_somebody_asks(world: World, settings: LazySettings) -> None:
    settings.RATE_PER_USER = 1
    (saving,) = (row for row in TABLE if row.operation == "PUT /attempts/{attempt_id}/answers" and not row.case)
    sitting = person("student", world)
    assert [sitting.get("/me").status_code for _ in range(2)] == [200, 429]
    assert [ask(sitting, saving, world).status for _ in range(4)] == [200] * 4


def test_strangers_of_one_address_are_counted_where_a_proxy_tells_it(world: World, settings: LazySettings) -> None:
    settings.RATE_PER_ADDRESS, settings.TRUSTED_PROXIES = 3, ("127.0.0.1",)
    made_up = Client()
    for number in range(2):
        made_up.cookies["sessionid"] = f"guess-{number}"
        assert made_up.get("/api/v1/me", headers=CAMPUS).status_code == 401
    assert [Client().get(path, headers=CAMPUS).status_code for path in ("/api/v1/nothing", "/api/v1/me")] == [404, 429]
    assert made_up.get("/api/v1/me", headers=CAMPUS).status_code == 429
    assert Client().get("/api/v1/me", headers={"X-Forwarded-For": "1.2.3.5"}).status_code == 401
    assert person("student", world).get("/me", **CAMPUS).status_code == 200, "who is signed in is counted as themselves"
    assert Client().get("/api/v1/health/live", headers=CAMPUS).status_code == 200


def test_a_forged_address_is_not_counted(db: None, settings: LazySettings) -> None:
    settings.RATE_PER_ADDRESS = 1
    assert [Client().get("/api/v1/me", headers=CAMPUS).status_code for _ in range(3)] == [401] * 3


def test_a_room_that_signs_in_at_once_is_below_every_limit(world: World, settings: LazySettings) -> None:
    """60 computers behind one address: each asks who it is, signs in, and reads its first page."""
    settings.TRUSTED_PROXIES = ("127.0.0.1",)
    body = {"username": world.people.student.username, "password": PASSWORD}
    for _ in range(60):
        browser = Client()
        assert browser.get("/api/v1/me", headers=CAMPUS).status_code == 401
    assert browser.post("/api/v1/session", body, content_type="application/json", headers=CAMPUS).status_code == 200
    assert [browser.get("/api/v1/me", headers=CAMPUS).status_code for _ in range(20)] == [200] * 20
