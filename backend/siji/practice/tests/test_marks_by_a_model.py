"""The model's mark: a band with quotes that are in the script, or it is asked once again, or a person is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from model_server.running import running
from model_server.script import Reply, Rule
from model_server.server import ModelServer
from siji.accounts.models import User
from siji.ai.gateway import Purpose
from siji.ai.loop import close_loop
from siji.ai.models import ModelCall
from siji.ai.tests.acting import set_up
from siji.bank.models import Paper
from siji.conftest import Person, make_user
from siji.courses.models import Assignment
from siji.jobs.models import Job, JobState
from siji.practice.automarking import model
from siji.practice.automarking.work import BUILTIN, MODEL, SECOND
from siji.practice.models import Engine, MachineMark, Script
from siji.practice.tests.acting import Sitting, ok
from siji.practice.tests.papers import make_paper
from siji.practice.tests.test_marking_desk import hand_in
from siji.practice.tests.test_provisional_marks import ESSAY, report_script, work_off

pytestmark = pytest.mark.django_db(transaction=True)

QUOTES = ["more and more student like to study", "he became much more confident"]


def said(band: int, lean: int = 0, quotes: list[str] = QUOTES, **more: Any) -> Reply:
    evidence = [{"quote": quote, "speaks": "against", "why": "有语言错误"} for quote in quotes]
    body = {"id": "$1", "band": band, "lean": lean, "flags": [], "evidence": evidence} | more
    return Reply(json.dumps(body, ensure_ascii=False), copy=r"\nid: (\w+)")


@pytest.fixture
def endpoint(settings: Settings) -> Iterator[ModelServer]:
    with running() as server:
        settings.MODEL_ENDPOINTS = (server.url,)
        set_up(server)
        yield server
        close_loop()


@pytest.fixture
def handed_in(db: None, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    monkeypatch.setattr("siji.ai.outcomes.FIRST_PAUSE", 0.02)
    paper: Paper = make_paper()
    sitting = Sitting.begin(Person(make_user("alone")), paper.pk, "practice")
    sitting.saves(("W", 1, ESSAY))
    sitting.submits()
    work_off(BUILTIN)
    return sitting


def marked(handed_in: Sitting) -> dict[str, Any]:
    assert [job.state for job in work_off(MODEL)] == [JobState.DONE]
    machine: dict[str, Any] = report_script(handed_in)["machine"]
    return machine


def test_a_band_and_quotes_become_a_whole_mark(endpoint: ModelServer, handed_in: Sitting) -> None:
    endpoint.script.default = said(11, 1)
    machine = marked(handed_in)
    assert (machine["shown"], machine["model"]["value"], machine["doubts"]) == ("model", 12, [])
    assert [one["quote"] for one in machine["model"]["evidence"]] == QUOTES
    row = MachineMark.objects.get(engine="model")
    assert row.version.startswith("writing@1+")
    assert (row.model, row.call) == ("deepseek-flash", ModelCall.objects.get().pk)
    assert endpoint.told.calls == 1


@pytest.mark.parametrize(
    "wrong",
    [
        said(99),
        said(11, 5),
        said(11, quotes=["he became very confident indeed", QUOTES[0]]),
        said(11, id="somebody-else"),
        Reply('{"band": 11, "lean'),
    ],
    ids=["out of range", "leans too far", "invented quote", "wrong id", "broken JSON"],
)
def test_what_cannot_be_used_is_asked_for_once_again(endpoint: ModelServer, handed_in: Sitting, wrong: Reply) -> None:
    endpoint.script.queue = [wrong, said(11)]
    machine = marked(handed_in)
    assert (machine["shown"], machine["model"]["value"]) == ("model", 11)
    assert endpoint.told.calls == 2


@pytest.mark.parametrize("wrong", [said(99), said(11, quotes=["I never wrote this"] * 2)], ids=["out of range", "invented"])
def test_what_cannot_be_used_twice_goes_to_a_person(endpoint: ModelServer, handed_in: Sitting, wrong: Reply) -> None:
    endpoint.script.default = wrong
    machine = marked(handed_in)
    assert (machine["shown"], machine["doubts"], machine["model"]["value"]) == ("builtin", ["checks_failed"], None)
    assert machine["model"]["failure"]["zh"]
    assert endpoint.told.calls == 2


def test_two_engines_far_apart_go_to_a_person_with_both_marks(endpoint: ModelServer, handed_in: Sitting) -> None:
    endpoint.script.default = said(2)
    machine = marked(handed_in)
    assert (machine["shown"], machine["doubts"], machine["model"]["value"]) == ("builtin", ["far_apart"], 2)


def test_without_credit_the_provisional_mark_stands(endpoint: ModelServer, handed_in: Sitting) -> None:
    endpoint.script.shares = {"no_credit": 1.0}
    assert [job.state for job in work_off(MODEL)] == [JobState.QUEUED]
    machine = report_script(handed_in)["machine"]
    assert (machine["shown"], machine["doubts"]) == ("builtin", [])
    assert "余额" in machine["model"]["failure"]["zh"]


def test_an_endpoint_that_hangs_costs_the_deadline_and_no_mark(
    endpoint: ModelServer, handed_in: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model, "PURPOSE", Purpose("marking.mark", max_tokens=700, seconds=1))
    endpoint.script.shares = {"hang": 1.0}
    assert [job.state for job in work_off(MODEL)] == [JobState.QUEUED]
    assert report_script(handed_in)["machine"]["shown"] == "builtin"
    endpoint.script.shares, endpoint.script.default = {}, said(11)
    Job.objects.filter(kind=MODEL).update(due_at="2020-01-01T00:00:00Z")
    assert marked(handed_in)["shown"] == "model"


def test_who_wrote_it_does_not_leave(endpoint: ModelServer, handed_in: Sitting) -> None:
    User.objects.update(name="CANARY-NAME", student_number="CANARY-NUMBER")
    endpoint.script.rules = [Rule("libraries", said(11))]
    marked(handed_in)
    sent = json.dumps(endpoint.told.requests, ensure_ascii=False, default=str)
    assert ESSAY.split(".")[0] in sent
    assert "CANARY" not in sent


WHY = "STUDENT-REASON 第二段的例子没有算进去，请再看一次。"


@pytest.fixture
def appealed(endpoint: ModelServer, student: Person, teacher: Person, exam: Assignment) -> Script:
    """Marked by the model, then by the teacher, then appealed against."""
    endpoint.script.default = said(8)
    sitting = hand_in(student, exam, essay=ESSAY)
    script = Script.objects.get(attempt=sitting.row_id, slot="W")
    work_off(MODEL)
    ok(teacher.post(f"/scripts/{script.pk}/marks", {"value": 8, "comment": "TEACHER-WORDS"}), 201)
    ok(student.post(f"/scripts/{script.pk}/appeals", {"words": WHY}), 201)
    return script


def test_a_second_marking_is_asked_by_another_prompt_that_knows_nothing_of_the_first(
    endpoint: ModelServer, appealed: Script, teacher: Person
) -> None:
    first = endpoint.told.requests[-1]["body"]["messages"]
    endpoint.script.default = said(11, 1)
    assert [job.state for job in work_off(SECOND)] == [JobState.DONE]
    second = endpoint.told.requests[-1]["body"]["messages"]
    assert "Start from the lowest band" in second[0]["content"]
    assert second[0] != first[0]
    sent = json.dumps(second, ensure_ascii=False)
    assert ESSAY.split(".")[0] in sent
    assert not [word for word in ("TEACHER-WORDS", "STUDENT-REASON", "appeal", "申诉") if word in sent]
    row = MachineMark.objects.get(engine=Engine.SECOND)
    assert row.call is not None
    assert (row.value, row.version.split("+")[0], row.model) == (12, "second-writing@1", "deepseek-flash")
    assert ModelCall.objects.get(pk=row.call).purpose == "marking.second"
    machine = ok(teacher.get(f"/scripts/{appealed.pk}"))["machine"]
    assert (machine["second"]["value"], machine["model"]["value"]) == (12, 8)


def test_a_second_marking_that_cannot_be_used_says_so_and_the_appeal_stays_open(
    endpoint: ModelServer, appealed: Script, teacher: Person
) -> None:
    calls = endpoint.told.calls
    endpoint.script.default = said(11, quotes=["I never wrote this", "nor did I write that"])
    assert [job.state for job in work_off(SECOND)] == [JobState.DONE]
    assert endpoint.told.calls == calls + 2
    second = ok(teacher.get(f"/scripts/{appealed.pk}"))["machine"]["second"]
    assert second["value"] is None
    assert second["failure"]["zh"]
    piled = {row["id"]: row["is_appealed"] for row in ok(teacher.get("/scripts?needs=true&state="))["items"]}
    assert piled[appealed.pk]
