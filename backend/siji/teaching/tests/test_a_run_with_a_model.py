"""A run with a model: quotes verified, questions answered blind, the built-in engine behind it, nothing paid twice."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from model_server.running import running
from model_server.server import ModelServer
from siji.ai.loop import close_loop
from siji.ai.models import ModelCall
from siji.ai.outcomes import Outcome as Ended
from siji.ai.tests.acting import set_up
from siji.ai.words import ModelFailed
from siji.conftest import Person
from siji.courses.models import Course
from siji.jobs.models import Job
from siji.teaching.manager import AITaskManager
from siji.teaching.models import StageRound
from siji.teaching.runs import work as stages_work
from siji.teaching.tests.acting import approves, begun, decides, draft, read_syllabus, shown, stage, work_off

pytestmark = pytest.mark.django_db(transaction=True)

LETTER = re.compile(r"Question:\n<data-\w+>\n(.*?)\n</data", re.DOTALL)
TEXT = re.compile(r"Text:\n<data-\w+>\n(.*?)\n</data", re.DOTALL)


def says(text: str) -> str | None:
    """An obedient reader: a module of each line, a question on the first one, a solver who needs the text."""
    if "Part of the syllabus" in text:
        return analysed(text)
    if "Topics of the lesson" in text:
        passage = TEXT.findall(text)[-1]
        first = passage.split(".")[0]
        choices = {"A": "Nothing of it", "B": "What the first line says", "C": "The opposite", "D": "Something else"}
        said = {
            "stem": f"What is said of {first[:40]}?",
            "choices": choices,
            "answer": "B",
            "proof": first,
            "zh": "第一句。",
            "en": "Line 1.",
        }
        return json.dumps(said, ensure_ascii=False)
    if "You sit a multiple-choice question" in text:
        return json.dumps({"answer": "A" if "(no text)" in text else "B"})
    return None


def analysed(text: str) -> str:
    part = text.rpartition("Part of the syllabus:")[2]
    lines = [line for line in part.splitlines() if len(line) > 6 and not line.startswith("<")]

    def point(line: str, children: list[Any]) -> dict[str, Any]:
        return {"title": line[:30], "area": "other", "weight": 0.5, "difficulty": 0.5, "quote": line, "children": children}

    points = [point(line, [point(line, [point(line, [])])]) for line in lines]
    invented = point("这一行大纲里没有写过", [])
    objectives = [{"text": lines[0], "area": "reading", "quote": lines[0]}]
    return json.dumps({"objectives": objectives, "points": [*points[:9], invented]}, ensure_ascii=False)


@pytest.fixture(autouse=True)
def _home(tmp_path: Any, settings: Any) -> None:
    settings.SIJI_HOME = tmp_path


@pytest.fixture
def endpoint(settings: Settings) -> Iterator[ModelServer]:
    with running() as server:
        settings.MODEL_ENDPOINTS = (server.url,)
        server.script.says = says
        set_up(server)
        yield server
        close_loop()


@pytest.fixture
def run(endpoint: ModelServer, teacher: Person, course: Course, paper: Any) -> dict[str, Any]:
    syllabus = read_syllabus(teacher, course)
    return begun(teacher, course, syllabus, engine="model", hours=8)


def test_from_the_upload_to_the_course_with_a_model(teacher: Person, run: dict[str, Any]) -> None:
    work_off()
    analysis = stage(teacher, run, "analysis")
    first = analysis["rounds"][0]
    assert (first["engine"], first["prompt"][:11]) == ("model", "analysis@1+")
    assert first["tokens_in"] > 0
    assert first["cost"] > 0
    assert "1 条没有原文依据" in first["changed"]["zh"]
    assert not [one for one in draft(teacher, run, "analysis")["points"] if "没有写过" in one["title"]]
    approves(teacher, run, "analysis")
    returned = teacher.post(f"/runs/{run['id']}/stages/plan/return", {"note": "听力多一些"})
    assert returned.status_code == 200
    work_off()
    approves(teacher, run, "plan")
    found = draft(teacher, run, "questions")["questions"]
    written = [one for one in found if one["source"] == "model"]
    assert written
    assert {(one["blind"]["state"], one["blind"]["reached_key"], one["blind"]["fails_without_passage"]) for one in written} == {
        ("proven", True, True)
    }
    decides(teacher, run)
    approves(teacher, run, "questions", "criteria")
    assert teacher.post(f"/runs/{run['id']}/publication").status_code == 200


def test_a_solver_who_needs_no_text_proves_nothing(teacher: Person, endpoint: ModelServer, run: dict[str, Any]) -> None:
    endpoint.script.says = lambda text: '{"answer": "B"}' if "You sit a multiple-choice" in text else says(text)
    work_off()
    approves(teacher, run, "analysis", "plan")
    states = {one["blind"]["state"] for one in draft(teacher, run, "questions")["questions"] if one["source"] == "model"}
    assert states == {"failed"}


def test_the_built_in_engine_works_where_the_model_is_gone(teacher: Person, endpoint: ModelServer, run: dict[str, Any]) -> None:
    endpoint.script.shares = {"no_credit": 1.0}
    work_off()
    [first] = stage(teacher, run, "analysis")["rounds"]
    assert first["engine"] == "builtin"
    assert "余额" in first["changed"]["zh"]
    assert shown(teacher, run)["engine"] == "model"


def test_a_killed_worker_pays_for_nothing_twice(
    teacher: Person, endpoint: ModelServer, run: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def dies(*_: Any) -> Any:
        raise Killed

    row = stages_work._row
    monkeypatch.setattr(stages_work, "_row", dies)
    with pytest.raises(Killed):
        work_off()
    paid = ModelCall.objects.count()
    assert paid > 0
    assert not StageRound.objects.exists()
    monkeypatch.setattr(stages_work, "_row", row)
    Job.objects.filter(state="running").update(state="queued", due_at="2026-01-01T00:00:00Z")
    work_off()
    first = stage(teacher, run, "analysis")["rounds"][0]
    assert (first["engine"], first["cost"]) == ("model", 0)
    assert endpoint.told.calls == ModelCall.objects.count()
    assert ModelCall.objects.order_by("pk").values("request_hash").distinct().count() == ModelCall.objects.count()


def test_every_item_of_a_batch_ends_in_a_result_or_a_stated_error() -> None:
    now, most, guard = 0, 0, threading.Lock()

    def asked(number: int) -> int:
        nonlocal now, most
        with guard:
            now += 1
            most = max(most, now)
        threading.Event().wait(0.02)
        with guard:
            now -= 1
        if number == 3:
            raise ModelFailed(Ended.NO_CREDIT)
        if number == 4:
            raise OSError("disk")
        return number * 2

    told: list[tuple[int, int]] = []
    manager = AITaskManager(batch=5, at_once=10, seconds=5)
    found = manager.process_batch_analysis(list(range(23)), asked, progress=lambda done, whole: told.append((done, whole)))
    assert [one.value for one in found] == [None if number in (3, 4) else number * 2 for number in range(23)]
    assert found[3].error is not None
    assert "余额" in found[3].error.zh
    assert found[4].error is not None
    assert "disk" in found[4].error.en
    assert 5 <= most <= 10
    assert told == [(10, 23), (20, 23), (23, 23)]


def test_what_takes_too_long_is_given_up() -> None:
    held = threading.Event()
    manager = AITaskManager(batch=2, at_once=2, seconds=0.1)
    found = manager.parallel_question_generation([True, False], lambda waits: held.wait(5) if waits else True)
    held.set()
    assert [one.error is None for one in found] == [False, True]
