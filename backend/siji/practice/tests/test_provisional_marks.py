"""The built-in engine marks what is handed in: at once, labelled, and never in the place of a teacher."""

from __future__ import annotations

from typing import Any

import pytest

from siji.bank.models import Paper
from siji.conftest import Person
from siji.courses.models import Assignment
from siji.jobs import work
from siji.jobs.models import Job, JobState
from siji.practice.automarking.work import BUILTIN, MODEL
from siji.practice.models import Engine, MachineMark, Script
from siji.practice.tests.acting import Sitting, ok
from siji.practice.tests.test_marking_desk import hand_in, script_of

ESSAY = (
    "Nowadays more and more student like to study in the library. In my opinion, a library is a good place to read books, "
    "because it open our eyes and nobody disturbs us there. For example, my cousin goes to the city library every weekend, and "
    "he became much more confident after he read many books in that library. I think every university should have a library "
    "which is open at night, so that students can write their papers and borrow books when they are free."
)


def work_off(kind: str) -> list[Job]:
    """As the worker would: the jobs of this kind that wait."""
    jobs = list(Job.objects.filter(kind=kind, state=JobState.QUEUED).order_by("pk"))
    for job in jobs:
        work.run(job.pk)
        job.refresh_from_db()
    return jobs


@pytest.fixture
def handed_in(student: Person, exam: Assignment) -> Sitting:
    return hand_in(student, exam, essay=ESSAY, translation="The teahouse is a place where people meet.")


def report_script(sitting: Sitting, slot: str = "W") -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in ok(sitting.get("/report"))["scripts"] if one["slot"] == slot)
    return found


def test_what_is_handed_in_has_a_provisional_mark_with_evidence(handed_in: Sitting) -> None:
    before = report_script(handed_in)
    assert before["machine"] == {"builtin": None, "model": None, "second": None, "shown": None, "doubts": []}
    assert [job.state for job in work_off(BUILTIN)] == [JobState.DONE] * 2
    essay = report_script(handed_in)
    assert (essay["state"], essay["mark"], essay["marks"]) == ("waiting", None, [])
    machine = essay["machine"]
    assert machine["shown"] == "builtin"
    found = machine["builtin"]
    assert 0 < found["value"] <= 15
    assert found["low"] <= found["value"] <= found["high"]
    assert all(ESSAY[one["start"] : one["end"]] == one["quote"] for one in found["evidence"])
    assert {mark["quote"] for mark in essay["feedback"]["inline"]} & {
        "open",
        "it open",
        "student",
        "more student",
        "more and more student",
    }
    assert len(essay["feedback"]["next"]) == 3


def test_it_is_in_no_sum_and_narrows_the_estimate(handed_in: Sitting) -> None:
    before = ok(handed_in.get("/report"))
    work_off(BUILTIN)
    after = ok(handed_in.get("/report"))
    writing = next(section for section in after["sections"] if section["key"] == "writing")
    assert writing["raw"] is None
    assert writing["provisional"] == MachineMark.objects.get(script__slot="W").value
    assert (after["raw"], after["raw_of"], after["attempt"]["state"]) == (before["raw"], before["raw_of"], "closed")
    assert after["estimate"]["is_provisional"] is True
    width = [one["estimate"]["total"]["high"] - one["estimate"]["total"]["low"] for one in (before, after)]
    assert width[1] < width[0]


def test_a_teachers_mark_stands_above_it_whenever_it_comes(handed_in: Sitting, teacher: Person) -> None:
    ok(teacher.post(f"/scripts/{script_of(handed_in, 'W')}/marks", {"value": 3}), 201)
    work_off(BUILTIN)
    essay = report_script(handed_in)
    assert essay["mark"]["value"] == 3
    assert next(row for row in handed_in.row.result["sections"] if row["key"] == "writing")["raw"] == 3


def test_the_desk_shows_it_beside_the_script(handed_in: Sitting, teacher: Person) -> None:
    work_off(BUILTIN)
    mark = MachineMark.objects.get(script=script_of(handed_in, "W"))
    assert [row["provisional"] for row in ok(teacher.get("/scripts?slot=W"))["items"]] == [mark.value]
    desk = ok(teacher.get(f"/scripts/{mark.script_id}"))
    assert desk["machine"]["builtin"]["value"] == mark.value
    assert desk["machine"]["builtin"]["version"].startswith("builtin@")
    assert desk["row"]["mark"] is None


@pytest.mark.parametrize("mode", ["exam", "practice"])
def test_ones_own_exam_and_practice_are_marked_too(stranger: Person, paper: Paper, mode: str) -> None:
    sitting = Sitting.begin(stranger, paper.pk, mode)
    sitting.saves(("W", 1, ESSAY))
    sitting.submits()
    work_off(BUILTIN)
    assert report_script(sitting)["machine"]["shown"] == "builtin"


def test_a_blank_script_is_0_by_rule_and_no_engine_is_asked(stranger: Person, paper: Paper) -> None:
    sitting = Sitting.begin(stranger, paper.pk)
    sitting.submits()
    assert Job.objects.filter(kind__in=[BUILTIN, MODEL]).count() == 0


def test_what_the_source_should_have_been_waits_for_the_keys(handed_in: Sitting, teacher: Person) -> None:
    work_off(BUILTIN)
    student_sees = report_script(handed_in, "T")
    assert student_sees["references"] == []
    assert student_sees["feedback"]["sentences"] == []
    assert "secret reference" not in str(student_sees)
    desk = ok(teacher.get(f"/scripts/{script_of(handed_in, 'T')}"))
    assert desk["feedback"]["sentences"][0]["best"] == "The secret reference."


def test_a_text_written_on_after_a_reopening_has_a_mark_of_its_own(handed_in: Sitting) -> None:
    work_off(BUILTIN)
    Script.objects.filter(pk=script_of(handed_in, "W")).update(text=ESSAY + " That is all.")
    assert report_script(handed_in)["machine"]["shown"] is None


def test_without_an_endpoint_the_provisional_mark_stands_and_says_why(handed_in: Sitting) -> None:
    work_off(BUILTIN)
    assert [job.state for job in work_off(MODEL)] == [JobState.DONE] * 2
    machine = report_script(handed_in)["machine"]
    assert machine["shown"] == "builtin"
    assert machine["model"]["value"] is None
    assert "没有配置模型服务" in machine["model"]["failure"]["zh"]
    assert MachineMark.objects.filter(engine=Engine.MODEL, failure="no_endpoint").count() == 2
