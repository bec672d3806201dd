"""What nobody has proven is approved one by one, however it is tried; where a model is set, it solves the bank's items too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from model_server.running import running
from model_server.server import ModelServer
from siji.ai.loop import close_loop
from siji.ai.tests.acting import set_up
from siji.conftest import Person
from siji.courses.models import Course
from siji.practice.tests.acting import ok, refused
from siji.teaching.tests.acting import approves, begun, draft, read_syllabus, work_off
from siji.teaching.tests.test_a_run_with_a_model import says

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _home(tmp_path: Any, settings: Any) -> None:
    settings.SIJI_HOME = tmp_path


@pytest.fixture
def run(teacher: Person, course: Course, paper: Any) -> dict[str, Any]:
    """Its questions are made, by the built-in engine."""
    made = begun(teacher, course, read_syllabus(teacher, course), hours=8)
    work_off()
    approves(teacher, made, "analysis", "plan")
    return made


def decide(teacher: Person, run: dict[str, Any], keys: list[str], state: str = "approved") -> Any:
    base = draft(teacher, run, "questions")["draft"]["version"]
    return teacher.post(f"/runs/{run['id']}/questions/decisions", {"base": base, "keys": keys, "state": state})


def states(teacher: Person, run: dict[str, Any]) -> dict[str, str]:
    return {one["key"]: one["state"] for one in draft(teacher, run, "questions")["questions"]}


def test_together_they_are_refused_by_their_numbers_and_nothing_is_approved(teacher: Person, run: dict[str, Any]) -> None:
    keys = list(states(teacher, run))
    said = refused(decide(teacher, run, [keys[0], keys[2]]), 422, "not_proven")
    assert "第 1、3 题" in said["message"]["zh"]
    assert "1, 3" in said["message"]["en"]
    assert set(states(teacher, run).values()) == {"waiting"}
    refused(decide(teacher, run, keys[:1] * 2 + keys[1:2]), 422, "not_proven")


def test_one_by_one_they_are_approved_and_together_refused_or_asked_again(teacher: Person, run: dict[str, Any]) -> None:
    keys = list(states(teacher, run))
    ok(decide(teacher, run, keys[:1]))
    ok(decide(teacher, run, keys[1:2] * 2))  # the same one, named twice
    assert [states(teacher, run)[key] for key in keys[:3]] == ["approved", "approved", "waiting"]
    ok(decide(teacher, run, keys, "refused"))
    ok(decide(teacher, run, keys, "waiting"))
    assert set(states(teacher, run).values()) == {"waiting"}


def test_an_edit_neither_approves_nor_proves(teacher: Person, run: dict[str, Any]) -> None:
    found = draft(teacher, run, "questions")
    base = found.pop("draft")["version"]
    proven = {"state": "proven", "answer": "A", "answer_without_passage": "B", "reached_key": True, "fails_without_passage": True}
    for one in found["questions"]:
        one["state"], one["blind"] = "approved", proven
    ok(teacher.put(f"/runs/{run['id']}/questions", {**found, "base": base}))
    after = draft(teacher, run, "questions")["questions"]
    assert {(one["state"], one["blind"]["state"]) for one in after} == {("waiting", "not_proven")}


def test_an_approved_question_whose_text_is_changed_waits_again(teacher: Person, run: dict[str, Any]) -> None:
    made = next(one for one in draft(teacher, run, "questions")["questions"] if one["source"] == "engine")
    ok(decide(teacher, run, [made["key"]]))
    found = draft(teacher, run, "questions")
    base = found.pop("draft")["version"]
    ok(teacher.put(f"/runs/{run['id']}/questions", {**found, "base": base}))
    assert states(teacher, run)[made["key"]] == "approved"  # nothing of it was changed
    mine = next(one for one in found["questions"] if one["key"] == made["key"])
    mine["stem"] += " (changed)"
    ok(teacher.put(f"/runs/{run['id']}/questions", {**found, "base": base + 1}))
    assert states(teacher, run)[made["key"]] == "waiting"


def reads(text: str) -> str | None:
    """A syllabus about reading, for which the bank has questions."""
    said = says(text)
    return said and said.replace('"area": "other"', '"area": "reading"')


@pytest.fixture
def endpoint(settings: Settings) -> Iterator[ModelServer]:
    with running() as server:
        settings.MODEL_ENDPOINTS = (server.url,)
        set_up(server)
        server.script.says = reads
        yield server
        close_loop()


def test_where_a_model_is_set_the_banks_questions_are_solved_blind_too(
    endpoint: ModelServer, teacher: Person, course: Course, paper: Any
) -> None:
    run = begun(teacher, course, read_syllabus(teacher, course), engine="model", hours=8)
    work_off()
    approves(teacher, run, "analysis", "plan")
    found = draft(teacher, run, "questions")["questions"]
    keyed = [one for one in found if one["source"] == "bank" and one["answer"] and one["text"]]
    assert keyed
    # The solver says B with the text and A without it: the key decides what that proves.
    assert {(one["answer"] == "B", one["blind"]["state"]) for one in keyed} <= {(True, "proven"), (False, "failed")}
    assert all(one["blind"]["answer"] == "B" for one in keyed)
    written = [one for one in found if one["source"] == "bank" and not one["answer"]]
    assert all(one["blind"]["state"] == "not_proven" for one in written)


def test_a_solver_that_does_not_answer_leaves_the_banks_questions_not_proven(
    endpoint: ModelServer, teacher: Person, course: Course, paper: Any
) -> None:
    endpoint.script.says = lambda text: "I will not." if "You sit a multiple-choice" in text else reads(text)
    run = begun(teacher, course, read_syllabus(teacher, course), engine="model", hours=8)
    work_off()
    approves(teacher, run, "analysis", "plan")
    bank = [one for one in draft(teacher, run, "questions")["questions"] if one["source"] == "bank"]
    assert bank
    assert {one["blind"]["state"] for one in bank} == {"not_proven"}
