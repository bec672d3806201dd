"""After the model's mark its longer words come, as they are written; the mark never waits for them, and quotes are looked up."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.test import AsyncClient

from model_server.script import Reply, Rule
from model_server.server import ModelServer, Pace
from siji.ai.models import ModelCall
from siji.conftest import Person
from siji.courses.models import Assignment
from siji.jobs import work
from siji.jobs.models import Job, JobState
from siji.practice.automarking.work import BUILTIN, MODEL
from siji.practice.feedback import writing
from siji.practice.feedback.work import FEEDBACK, gave_up
from siji.practice.models import Attempt, WrittenFeedback, WrittenState
from siji.practice.tests.acting import Sitting, ok, refused
from siji.practice.tests.test_marking_desk import hand_in, script_of
from siji.practice.tests.test_marks_by_a_model import endpoint, handed_in, said
from siji.practice.tests.test_provisional_marks import ESSAY, work_off
from siji.practice.tests.test_report_document import text_of

__all__ = ["endpoint", "handed_in"]
pytestmark = pytest.mark.django_db(transaction=True)

WORDS = """OVERALL: 文章切题，理由清楚。语法错误让读者停下来。
NEXT: 复习主谓一致。
NEXT: 多用具体例子。
NEXT: 写完检查一遍。
HIGHER: 上一档会把两个理由各展开一段。
MARK: grammar || it open our eyes || it opens our eyes || 第三人称单数
MARK: grammar || he never wrote this || he wrote this || 文中没有
"""
SOON = 20.0
"""Seconds; well below those after which a stream looks again without being told."""
WRITES = Rule("The essay's band:", Reply(WORDS))


@pytest.fixture
def marked(endpoint: ModelServer, handed_in: Sitting) -> Sitting:
    """The model's mark is there, its feedback not yet asked for."""
    endpoint.script.rules = [WRITES]
    endpoint.script.default = said(11)
    work_off(MODEL)
    return handed_in


def now_of(sitting: Sitting) -> dict[str, Any]:
    body: dict[str, Any] = ok(sitting.get("/marking"))
    return body


def essay_of(body: dict[str, Any]) -> dict[str, Any]:
    return next(one for one in body["scripts"] if one["slot"] == "W")


def test_the_mark_is_there_before_the_feedback_is_asked_for(endpoint: ModelServer, marked: Sitting) -> None:
    essay = essay_of(now_of(marked))
    assert (essay["machine"]["model"]["value"], essay["written"], endpoint.told.calls) == (11, None, 1)
    assert [job.state for job in Job.objects.filter(kind=FEEDBACK)] == [JobState.QUEUED]
    assert now_of(marked)["is_settled"] is False


def test_it_is_written_checked_and_kept(endpoint: ModelServer, marked: Sitting) -> None:
    assert [job.state for job in work_off(FEEDBACK)] == [JobState.DONE]
    body = now_of(marked)
    written = essay_of(body)["written"]
    assert body["is_settled"] is True
    assert (written["state"], len(written["next"]), written["higher"][:3], written["noted"]) == ("done", 3, "上一档", 2)
    assert [(one["quote"], one["better"]) for one in written["inline"]] == [("it open our eyes", "it opens our eyes")]
    spot = written["inline"][0]
    assert ESSAY[spot["start"] : spot["end"]] == spot["quote"]
    call = ModelCall.objects.get(purpose="marking.feedback")
    assert (WrittenFeedback.objects.get().call, written["model"]) == (call.pk, "deepseek-flash")
    assert written["version"].startswith("writing@1+")
    sent = json.dumps(endpoint.told.requests[-1], ensure_ascii=False, default=str)
    assert "practically no language errors" not in sent  # the rubric of the mark is not asked about again


def test_the_desk_and_the_printed_report_have_it_too(
    endpoint: ModelServer, student: Person, teacher: Person, exam: Assignment
) -> None:
    sitting = hand_in(student, exam, essay=ESSAY)
    script = script_of(sitting, "W")
    endpoint.script.rules, endpoint.script.default = [WRITES], said(11)
    work_off(MODEL)
    assert ok(teacher.get(f"/scripts/{script}"))["written"] is None
    assert "反馈（deepseek-flash）" not in text_of(student, sitting.id)
    work_off(FEEDBACK)
    written = essay_of(now_of(sitting))["written"]
    assert ok(teacher.get(f"/scripts/{script}"))["written"] == written
    printed = text_of(student, sitting.id)
    for words in (
        "反馈（deepseek-flash）",
        written["overall"],
        *written["next"],
        written["higher"],
        written["inline"][0]["better"],
    ):
        assert re.sub(r"\s+", "", words) in printed, words


def test_what_comes_while_it_is_written_is_seen_and_marks_in_the_text_are_not(
    endpoint: ModelServer, marked: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[dict[str, Any]] = []
    endpoint.pace = Pace(first_token=0.05, rate=200)
    monkeypatch.setattr(writing, "TOLD_EVERY", 0.0)
    monkeypatch.setattr(writing, "TOLD_A_SECOND", 1000)
    tell = writing.tell

    def look(job: work.Work, row: WrittenFeedback, text: str) -> None:
        tell(job, row, text)
        seen.append(essay_of(now_of(marked))["written"])

    monkeypatch.setattr(writing, "tell", look)
    work_off(FEEDBACK)
    lengths = [len(one["overall"]) for one in seen]
    assert lengths == sorted(lengths)
    assert len(set(lengths)) > 3  # it grew before the reader's eyes
    assert {one["state"] for one in seen} == {"writing"}
    assert max(one["noted"] for one in seen) >= 1
    assert all(one["inline"] == [] for one in seen)


def test_an_answer_that_says_nothing_is_a_stated_failure(endpoint: ModelServer, marked: Sitting) -> None:
    endpoint.script.rules = [Rule("The essay's band:", Reply("好的，这篇作文写得不错。"))]
    work_off(FEEDBACK)
    body = now_of(marked)
    written = essay_of(body)["written"]
    assert (written["state"], written["overall"], body["is_settled"]) == ("failed", "", True)
    assert written["failure"]["zh"]


def test_a_stream_that_breaks_is_tried_again_from_its_beginning(endpoint: ModelServer, marked: Sitting) -> None:
    endpoint.script.faults = ["cut_body"]
    assert [job.state for job in work_off(FEEDBACK)] == [JobState.QUEUED]
    Job.objects.filter(kind=FEEDBACK).update(due_at="2020-01-01T00:00:00Z")
    assert [job.state for job in work_off(FEEDBACK)] == [JobState.DONE]
    assert WrittenFeedback.objects.get().text == WORDS


def test_a_worker_that_dies_on_every_try_leaves_nobody_waiting(endpoint: ModelServer, marked: Sitting) -> None:
    job = Job.objects.get(kind=FEEDBACK)
    WrittenFeedback.objects.create(script_id=job.payload["script"], digest=job.payload["digest"], version="writing@1")
    gave_up(job.payload, "lost")
    assert WrittenFeedback.objects.get().state == WrittenState.FAILED
    assert now_of(marked)["is_settled"] is True


def test_a_text_that_was_changed_is_not_written_about(marked: Sitting) -> None:
    marked.row.scripts.filter(slot="W").update(text=ESSAY + " Anew.")
    assert [job.result for job in work_off(FEEDBACK)] == [{"is_outdated": True}]
    assert WrittenFeedback.objects.count() == 0


def test_without_a_model_nothing_more_is_waited_for(student: Person, exam: Assignment) -> None:
    sitting = hand_in(student, exam, essay=ESSAY, translation="")
    work_off(BUILTIN)
    assert now_of(sitting)["is_settled"] is False
    work_off(MODEL)
    assert now_of(sitting)["is_settled"] is True
    assert Job.objects.filter(kind=FEEDBACK).count() == 0


def test_of_an_old_attempt_nothing_is_waited_for(student: Person, exam: Assignment) -> None:
    sitting = hand_in(student, exam, essay=ESSAY, translation="")
    row = sitting.row
    assert row.closed_at is not None
    Attempt.objects.filter(pk=row.pk).update(closed_at=row.closed_at - timedelta(minutes=11))
    assert now_of(sitting)["is_settled"] is True


def test_versions_of_the_source_are_keys(endpoint: ModelServer, student: Person, teacher: Person, exam: Assignment) -> None:
    endpoint.script.default = said(8, quotes=["The teahouse is a place", "a place where people meet"])
    sitting = hand_in(student, exam, essay="", translation="The teahouse is a place where people meet.")
    work_off(BUILTIN), work_off(MODEL)
    source = "茶馆"
    lines = f"OVERALL: 好。\nNEXT: 练习。\nSENTENCE: {source} || The teahouse || 准确\n"
    endpoint.script.rules = [Rule("The translation's band:", Reply(lines))]
    work_off(FEEDBACK)
    kept = WrittenFeedback.objects.get().sentences

    def seen_by(person: Person) -> list[Any]:
        scripts = ok(person.get(f"/attempts/{sitting.id}/marking"))["scripts"]
        found: list[Any] = next(one for one in scripts if one["slot"] == "T")["written"]["sentences"]
        return found

    assert seen_by(student) == []
    assert seen_by(teacher) == kept != []


def test_an_open_attempt_has_no_marking(sitting: Sitting) -> None:
    refused(sitting.get("/marking"), 409, "not_closed")


async def follow(person: Person, sitting: Sitting) -> AsyncIterator[dict[str, Any]]:
    browser = AsyncClient()
    await browser.aforce_login(person.user)
    response = await browser.get(f"/api/v1/attempts/{sitting.id}/marking/events")
    assert response.status_code == 200, response.content

    async def events(content: AsyncIterator[bytes]) -> AsyncIterator[dict[str, Any]]:
        async for chunk in content:
            if chunk.startswith(b"data: "):
                yield json.loads(chunk[6:])

    return events(response.streaming_content)  # type: ignore[attr-defined]  # the stubs know only plain answers


async def test_the_page_is_told_of_each_mark_and_of_words_as_they_come(
    endpoint: ModelServer, student: Person, exam: Assignment
) -> None:
    sitting = await sync_to_async(hand_in)(student, exam, essay=ESSAY, translation="")
    endpoint.script.rules, endpoint.script.default = [WRITES], said(11)
    async with asyncio.timeout(SOON):
        stream = await follow(student, sitting)
        assert essay_of(await anext(stream))["machine"]["shown"] is None
        await sync_to_async(work_off)(BUILTIN)
        assert essay_of(await anext(stream))["machine"]["shown"] == "builtin"
        await sync_to_async(work_off)(MODEL)
        told = await anext(stream)
        assert (essay_of(told)["machine"]["model"]["value"], told["is_settled"]) == (11, False)
        await sync_to_async(work_off)(FEEDBACK)
        last = [told async for told in stream][-1]
        assert (essay_of(last)["written"]["state"], last["is_settled"]) == ("done", True)
        again = [told async for told in await follow(student, sitting)]  # whoever reconnects has missed nothing
    assert again == [last]
