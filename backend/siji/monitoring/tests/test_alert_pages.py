"""What an administrator sees and sets of alerts, each change recorded, no secret shown."""

from __future__ import annotations

import pytest

from siji.accounts.models import AuditEntry
from siji.conftest import Counting, Person
from siji.jobs import work
from siji.monitoring.alerts.keeping import rules_now, silenced_at
from siji.monitoring.models import Alert, Channel, Silence
from siji.monitoring.notifications.sealing import opened, sealed
from siji.monitoring.tests import receivers
from siji.storage.now import database_now

pytestmark = pytest.mark.django_db(transaction=True)


def broken(rule: str = "errors", subject: str = "") -> Alert:
    return Alert.objects.create(rule=rule, subject=subject, state="open", level="error", since=database_now(), value=9, limit=5)


def test_an_alert_says_what_users_notice_and_what_to_do_and_is_acknowledged_once(admin: Person) -> None:
    row = broken()
    (seen,) = admin.get("/alerts").json()
    assert (seen["title"]["en"], seen["runbook"], seen["told"]) == ("Requests fail", "docs/runbooks/errors.md", False)
    assert all(seen[part][language] for part in ("noticed", "cause") for language in ("zh", "en"))
    for _ in range(2):
        reply = admin.post(f"/alerts/{row.pk}/acknowledgements")
        assert (reply.status_code, reply.json()["acknowledged_by"]) == (201, admin.user.name)
    assert AuditEntry.objects.filter(action="alert.acknowledged").count() == 1
    assert admin.get("/alerts?state=closed").json() == []


def test_a_rule_is_data(admin: Person) -> None:
    reply = admin.put("/alert-rules/cpu", {"limits": [50, 60], "minimum": 3, "hold": 5, "is_on": False})
    assert reply.status_code == 200
    rule = rules_now()["cpu"]
    assert ([limit for _, limit in rule.limits], rule.minimum, rule.hold, rule.is_on) == ([50, 60], 3, 5, False)
    wrong = admin.put("/alert-rules/cpu", {"limits": [60, 50], "minimum": 3, "hold": 5, "is_on": True})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["limits"])
    low = {"limits": [70, 80], "minimum": 3, "hold": 5, "is_on": True}
    assert admin.put("/alert-rules/hit_rate", low).status_code == 422, "there low is bad"


def test_a_silence_begins_at_once_and_can_be_ended(admin: Person) -> None:
    made = admin.post("/silences", {"rule": "cpu", "reason": "升级", "minutes": 30}).json()
    assert silenced_at(database_now(), rules_now()) == {"cpu"}
    assert [one["id"] for one in admin.get("/silences").json()] == [made["id"]]
    assert admin.delete(f"/silences/{made['id']}").status_code == 204
    assert silenced_at(database_now(), rules_now()) == frozenset()
    assert admin.post("/silences", {"rule": "no_such", "reason": "x", "minutes": 1}).status_code == 422


def test_secrets_go_in_and_never_come_out(admin: Person) -> None:
    mail = {"host": "mail.example.edu.cn", "sender": "a@example.edu.cn", "to": "b@example.edu.cn", "password": "canary-1"}
    made = admin.post("/channels", {"name": "邮件", "kind": "email", "settings": mail})
    assert (made.status_code, made.json()["has"]) == (201, ["password"])
    row = Channel.objects.get()
    assert "canary-1" not in made.content.decode() + admin.get("/channels").content.decode() + row.sealed
    kept = {name: value for name, value in mail.items() if name != "password"}
    changed = {"name": "邮件", "kind": "email", "settings": kept}
    admin.put(f"/channels/{row.pk}", changed)
    assert opened(Channel.objects.get()).settings["password"] == "canary-1"
    admin.put(f"/channels/{row.pk}", {**changed, "settings": {**kept, "host": "elsewhere.example"}})
    assert "password" not in opened(Channel.objects.get()).settings, "it was entered for another server"
    assert "canary-1" not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


def test_an_authorization_is_for_the_address_that_it_was_entered_for(admin: Person) -> None:
    there = {"url": "https://hook.example/a", "authorization": "canary-2"}
    channel = {"name": "x", "kind": "webhook"}
    made = admin.post("/channels", {**channel, "settings": there}).json()
    admin.put(f"/channels/{made['id']}", {**channel, "settings": {}})
    admin.put(f"/channels/{made['id']}", {**channel, "settings": {"url": there["url"]}})
    assert opened(Channel.objects.get()).settings == there
    changed = admin.put(f"/channels/{made['id']}", {**channel, "settings": {"url": "https://elsewhere.example/a"}})
    assert changed.json()["has"] == ["url"]
    assert "canary-2" not in str(opened(Channel.objects.get()).settings)


@pytest.mark.parametrize(
    ("kind", "settings", "field"),
    [
        ("wecom", {}, "settings.key"),
        ("feishu", {"token": "a", "x": "b"}, "settings.x"),
        ("slack", {"url": "ftp://x"}, "settings.url"),
    ],
)
def test_what_makes_no_channel_is_named(admin: Person, kind: str, settings: dict[str, str], field: str) -> None:
    reply = admin.post("/channels", {"name": "x", "kind": kind, "settings": settings})
    assert (reply.status_code, list(reply.json()["fields"])) == (422, [field])


@pytest.mark.parametrize(("status", "state"), [(200, "done"), (500, "failed")])
def test_a_test_is_a_real_message(admin: Person, status: int, state: str) -> None:
    with receivers.web() as receiver:
        receiver.answers[:] = [status]
        settings = {"url": f"http://127.0.0.1:{receiver.port}/"}
        made = admin.post("/channels", {"name": "x", "kind": "webhook", "settings": settings}).json()
        job = admin.post(f"/channels/{made['id']}/tests").json()["job"]
        work.run(job)
    assert len(receiver.requests) == 1
    assert admin.get(f"/jobs/{job}").json()["state"] == state


@pytest.mark.counts("GET /alerts")
@pytest.mark.parametrize("size", [1, 12])
def test_alerts_cost_one_query(admin: Person, size: int, django_assert_num_queries: Counting) -> None:
    for number in range(size):
        broken("replica_down", f"replica_{number}")
    admin.get("/me")
    with django_assert_num_queries(2):
        assert len(admin.get("/alerts").json()) == size


@pytest.mark.counts("GET /silences")
@pytest.mark.parametrize("size", [1, 12])
def test_silences_cost_one_query(admin: Person, size: int, django_assert_num_queries: Counting) -> None:
    for _ in range(size):
        Silence.objects.create(reason="x", ends_at="2099-01-01T00:00Z", by=admin.user)
    admin.get("/me")
    with django_assert_num_queries(2):
        assert len(admin.get("/silences").json()) == size


@pytest.mark.counts("GET /channels")
@pytest.mark.parametrize("size", [1, 12])
def test_channels_cost_one_query(admin: Person, size: int, django_assert_num_queries: Counting) -> None:
    for _ in range(size):
        Channel.objects.create(name="x", kind="wecom", sealed=sealed({"key": "k"}))
    admin.get("/me")
    with django_assert_num_queries(2):
        assert len(admin.get("/channels").json()) == size
