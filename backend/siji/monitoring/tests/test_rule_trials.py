"""A rule's test is a real message, labelled, to whoever would be told; from the page and from the command line."""

from __future__ import annotations

import json

import pytest

from siji.accounts.models import AuditEntry
from siji.conftest import Person
from siji.embedded import alerts
from siji.embedded.cli import main
from siji.embedded.words import CannotStart
from siji.jobs import work
from siji.jobs.models import Job
from siji.monitoring.alerts.keeping import rules_now, silenced_at
from siji.monitoring.alerts.rules import RULES
from siji.monitoring.models import Alert, Channel, Silence
from siji.monitoring.notifications.sealing import sealed
from siji.monitoring.tests import receivers
from siji.storage.now import database_now

pytestmark = pytest.mark.django_db(transaction=True)


def channel(port: int, **fields: object) -> Channel:
    return Channel.objects.create(
        kind="webhook", sealed=sealed({"url": f"http://127.0.0.1:{port}/"}), **{"name": "值班"} | fields
    )


def run_all() -> None:
    for pk in Job.objects.filter(kind="channel.test", state="queued").values_list("pk", flat=True):
        work.run(pk)


def test_who_would_be_told_gets_a_message_that_says_it_is_a_test(admin: Person) -> None:
    with receivers.web() as receiver:
        usual = channel(receiver.port)
        channel(receiver.port, name="only the worst", least_level="critical")
        channel(receiver.port, name="off", is_on=False)
        late = channel(receiver.port, name="late", language="en", only_escalated=True)
        reply = admin.post("/alert-rules/cpu/tests", {})
        assert reply.status_code == 202
        told = [(one["channel"], one["level"]) for one in reply.json()]
        assert told == [(usual.pk, "warning"), (late.pk, "error")], "cpu is never critical, and escalated from error on"
        run_all()
    said = [json.loads(request.body) for request in receiver.requests]
    assert [one["title"] for one in said] == ["[Siji 测试] 警告：CPU 占用过高", "[Siji test] Error: The CPU is busy"]
    assert "什么也没有发生" in said[0]["message"]
    assert "Limit 85%" in said[1]["message"]
    assert "docs/runbooks/cpu.md" in said[1]["message"]
    assert {admin.get(f"/jobs/{one['job']}").json()["state"] for one in reply.json()} == {"done"}
    assert not Alert.objects.exists(), "nothing has happened"
    assert AuditEntry.objects.get(action="alert_rule.tested").detail == {"channels": [usual.pk, late.pk]}


def test_one_channel_may_be_chosen_though_it_is_off(admin: Person) -> None:
    with receivers.web() as receiver:
        receiver.answers[:] = [500]
        row = channel(receiver.port, is_on=False, least_level="critical")
        (sent,) = admin.post("/alert-rules/errors/tests", {"channel": row.pk}).json()
        run_all()
    seen = admin.get(f"/jobs/{sent['job']}").json()
    assert (sent["name"], sent["level"], seen["state"], len(receiver.requests)) == ("值班", "critical", "failed", 1)
    assert seen["error"]


def test_what_cannot_be_tested_is_said(admin: Person) -> None:
    nobody = admin.post("/alert-rules/cpu/tests", {})
    assert (nobody.status_code, nobody.json()["code"]) == (409, "nobody_is_told")
    missing = admin.post("/alert-rules/cpu/tests", {"channel": 99})
    assert (missing.status_code, list(missing.json()["fields"])) == (422, ["channel"])
    assert admin.post("/alert-rules/no_such/tests", {}).status_code == 404
    assert not AuditEntry.objects.filter(action="alert_rule.tested").exists()


@pytest.mark.parametrize("rule", sorted(RULES))
def test_each_rule_has_a_test_in_both_languages(admin: Person, rule: str) -> None:
    for language in ("zh", "en"):
        channel(9, language=language, least_level="info")
    assert len(admin.post(f"/alert-rules/{rule}/tests", {}).json()) == 2
    titles = sorted(job.payload["title"] for job in Job.objects.all())
    assert [title.split("]")[0] for title in titles] == ["[Siji test", "[Siji 测试"]


def test_the_command_says_what_is_open_and_what_the_rules_are() -> None:
    assert alerts.listed(is_closed=False, as_json=False) == "没有告警 · no alerts"
    Alert.objects.create(
        rule="errors", state="open", level="error", since=database_now(), value=9, limit=5, figures="GET /me × 9"
    )
    text = alerts.listed(is_closed=False, as_json=False)
    assert all(part in text for part in ("[error] errors", "请求出错", "9% (5%)", "GET /me × 9", "docs/runbooks/errors.md"))
    (seen,) = json.loads(alerts.listed(is_closed=False, as_json=True))
    assert (seen["rule"], seen["title"]["en"]) == ("errors", "Requests fail")
    assert json.loads(alerts.listed(is_closed=True, as_json=True)) == []
    assert [one["name"] for one in json.loads(alerts.rules(as_json=True))] == list(RULES)
    assert "warning < 80%, error < 70%" in alerts.rules(as_json=False)


def test_the_command_silences_with_a_reason_and_is_recorded() -> None:
    text = alerts.silence(rule="cpu", minutes=30, why="升级", as_json=False)
    assert "cpu" in text
    assert silenced_at(database_now(), rules_now()) == {"cpu"}
    assert json.loads(alerts.silence(rule="all", minutes=5, why="搬机房", as_json=True))["rule"] == ""
    assert silenced_at(database_now(), rules_now()) == frozenset(RULES)
    assert AuditEntry.objects.filter(action="alert.silenced", actor=None).count() == 2
    for rule, minutes, why in (("nothing", 5, "x"), ("cpu", 0, "x"), ("cpu", 5, "  ")):
        with pytest.raises(CannotStart):
            alerts.silence(rule=rule, minutes=minutes, why=why, as_json=False)
    assert Silence.objects.count() == 2


def test_the_command_says_where_nobody_took_a_message_and_names_the_rules_there_are() -> None:
    with pytest.raises(CannotStart, match="No channel would be told"):
        alerts.try_out(rule="cpu", channel=None, as_json=False)
    with pytest.raises(CannotStart, match="promise_burn"):
        alerts.try_out(rule="cpu_", channel=None, as_json=False)
    channel(9)
    text, is_sent = alerts.try_out(rule="cpu", channel=None, as_json=False, waits=0)
    assert not is_sent
    assert "do the workers run" in text


def test_words_that_are_no_command_are_explained(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["alerts", "silence", "cpu"])
    assert "--minutes" in capsys.readouterr().err
