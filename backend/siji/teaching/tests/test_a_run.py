"""A run from the upload to the published course, with an edit and a send-back, by the built-in engine."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from docx import Document as read_docx

from siji.accounts.models import AuditEntry
from siji.bank.models import Item
from siji.conftest import Counting, Person
from siji.courses.models import Assignment, Course
from siji.jobs import work
from siji.jobs.models import Job
from siji.practice.models import Attempt
from siji.teaching.models import Run, StageRound, Unit
from siji.teaching.runs import work as stages_work
from siji.teaching.runs.builtin.questions import questions, supply_of
from siji.teaching.runs.context import context_of
from siji.teaching.tests.acting import SAMPLES, approves, begun, decides, draft, read_syllabus, shown, stage, work_off

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _home(tmp_path: Any, settings: Any) -> None:
    settings.SIJI_HOME = tmp_path


@pytest.fixture
def run(teacher: Person, course: Course, paper: Any) -> dict[str, Any]:
    made = begun(teacher, course, read_syllabus(teacher, course), starts_on="2026-09-07", weekdays=[0])
    work_off()
    return made


def test_an_analysis_has_its_passages_and_says_how_good_it_is(teacher: Person, run: dict[str, Any]) -> None:
    analysis = stage(teacher, run, "analysis")
    assert (analysis["state"], analysis["stopped"], analysis["draft"]["by"]) == ("review", "threshold", "engine")
    assert {one["name"]: one["ok"] for one in analysis["rounds"][0]["measures"]} == {
        "coverage": True,
        "depth": True,
        "unsupported": True,
        "duplicates": True,
        "objectives": True,
    }
    assert analysis["rounds"][0]["engine"] == "builtin"
    body = draft(teacher, run, "analysis")
    assert [point["title"] for point in body["points"]] == ["听力", "阅读", "写作", "翻译", "模拟与讲评"]
    assert body["points"][0]["children"][0]["children"][0]["passages"][0]["quote"] in (SAMPLES / "terse.txt").read_text("utf-8")


def test_from_the_upload_to_the_course(teacher: Person, student: Person, course: Course, run: dict[str, Any]) -> None:
    analysis = draft(teacher, run, "analysis")
    analysis["points"][3]["weight"] *= 2
    base = analysis.pop("draft")["version"]
    edited = teacher.put(f"/runs/{run['id']}/analysis", {"base": base, **analysis})
    assert edited.status_code == 200, edited.content.decode()
    assert sum(point["weight"] for point in edited.json()["points"]) == pytest.approx(1)
    assert edited.json()["draft"]["by"] == "teacher"
    approves(teacher, run, "analysis")
    before = hours_of(draft(teacher, run, "plan"), "P3")
    returned = teacher.post(f"/runs/{run['id']}/stages/plan/return", {"note": "写作短文的课时太少，请加。"})
    assert returned.status_code == 200, returned.content.decode()
    work_off()
    plan = draft(teacher, run, "plan")
    assert hours_of(plan, "P3") > before
    assert "加重" in stage(teacher, run, "plan")["rounds"][-1]["changed"]["zh"]
    assert sum(session["hours"] for session in plan["sessions"]) == 32
    assert (plan["sessions"][0]["date"], plan["sessions"][1]["date"]) == ("2026-09-07", "2026-09-14")
    approves(teacher, run, "plan")
    assert {one["name"]: one["state"] for one in shown(teacher, run)["stages"]} == {
        "analysis": "approved",
        "plan": "approved",
        "questions": "review",
        "criteria": "review",
    }
    newest = draft(teacher, run, "questions")["draft"]["id"]
    undecided = teacher.post(f"/runs/{run['id']}/stages/questions/approval", {"draft": newest})
    assert (undecided.status_code, undecided.json()["code"]) == (409, "undecided")
    early = teacher.post(f"/runs/{run['id']}/publication")
    assert (early.status_code, early.json()["code"]) == (409, "not_approved")
    decides(teacher, run)
    approves(teacher, run, "questions", "criteria")
    published = teacher.post(f"/runs/{run['id']}/publication")
    assert published.status_code == 200, published.content.decode()
    units = published.json()["units"]
    assert len(units) == 16
    assert teacher.post(f"/runs/{run['id']}/publication").json()["units"] == units
    assert shown(teacher, run)["state"] == "published"
    assert Unit.objects.filter(course=course).count() == 16
    assert Assignment.objects.filter(course=course).count() == sum(len(unit["assignments"]) for unit in units) >= 14
    does(student, Assignment.objects.get(pk=next(unit["assignments"][0] for unit in units if unit["assignments"])))
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"run.started", "run.approved", "run.returned", "run.published"} <= actions


def hours_of(plan: dict[str, Any], module: str) -> float:
    rows = [row for session in plan["sessions"] for row in session["rows"]]
    return float(sum(row["hours"] for row in rows if row["points"][0].startswith(module)))


def does(student: Person, assignment: Assignment) -> None:
    """What is published can be done: begun, answered, handed in, marked."""
    Assignment.objects.filter(pk=assignment.pk).update(opens_at=None)
    begun_attempt = student.post("/attempts", {"paper": assignment.paper_id, "assignment": assignment.pk, "mode": "practice"})
    assert begun_attempt.status_code in (200, 201), begun_attempt.content.decode()
    attempt = begun_attempt.json()
    assert Attempt.objects.get(pk=attempt["id"]).assignment_id == assignment.pk
    handed_in = student.post(f"/attempts/{attempt['id']}/submission")
    assert handed_in.status_code in (200, 201), handed_in.content.decode()


def test_every_question_says_where_it_comes_from(teacher: Person, run: dict[str, Any]) -> None:
    approves(teacher, run, "analysis", "plan")
    found = draft(teacher, run, "questions")["questions"]
    rows = {row["key"] for session in draft(teacher, run, "plan")["sessions"] for row in session["rows"]}
    assert {one["plan_row"] for one in found} == rows
    assert {one["source"] for one in found} == {"bank", "engine"}
    assert {one["blind"]["state"] for one in found} == {"not_proven"}
    assert all(one["answer"] in one["choices"] for one in found if one["choices"])
    assert all((one["item"] is not None) == (one["source"] == "bank") for one in found)
    assert not [one for one in found if one["duplicate_of"]]
    assert Item.objects.filter(pk__in=[one["item"] for one in found if one["item"]]).exists()


def test_none_repeats_another_however_the_dice_fall(teacher: Person, run: dict[str, Any]) -> None:
    approves(teacher, run, "analysis", "plan")
    row = Run.objects.get(pk=run["id"])
    context = context_of(row, row.stages.get(name="questions"))
    supply = supply_of(context)
    doubles = {
        number: [one.key for one in questions(replace(context, run=number, before=None), supply).questions if one.duplicate_of]
        for number in range(12)
    }
    assert doubles == {number: [] for number in range(12)}


def test_locked_rows_stay_when_the_plan_is_solved_again(teacher: Person, run: dict[str, Any]) -> None:
    approves(teacher, run, "analysis")
    plan = draft(teacher, run, "plan")
    base = plan.pop("draft")["version"]
    last = plan["sessions"][-1]
    last["rows"] = [{**plan["sessions"][0]["rows"][0], "key": "mine", "hours": 1.5, "locked": True}]
    solved = teacher.post(f"/runs/{run['id']}/plan/solution", {"base": base, "plan": plan})
    assert solved.status_code == 200, solved.content.decode()
    rows = solved.json()["sessions"][-1]["rows"]
    assert last["rows"][0] in rows
    assert sum(row["hours"] for row in rows) == 2
    stale = teacher.post(f"/runs/{run['id']}/plan/solution", {"base": base, "plan": plan})
    assert (stale.status_code, stale.json()["code"]) == (409, "stale")
    last["rows"][0]["hours"] = 3
    overfull = teacher.post(f"/runs/{run['id']}/plan/solution", {"base": solved.json()["draft"]["version"], "plan": plan})
    assert (overfull.status_code, overfull.json()["code"]) == (422, "overfull")


def test_an_edit_that_the_syllabus_does_not_support_is_refused(teacher: Person, run: dict[str, Any]) -> None:
    analysis = draft(teacher, run, "analysis")
    base = analysis.pop("draft")["version"]
    analysis["points"][0]["passages"][0]["quote"] = "口语"
    refused = teacher.put(f"/runs/{run['id']}/analysis", {"base": base, **analysis})
    assert refused.status_code == 422
    assert "原文" in refused.json()["message"]["zh"]


def test_the_trace_leads_both_ways(teacher: Person, run: dict[str, Any]) -> None:
    approves(teacher, run, "analysis", "plan")
    found = teacher.get(f"/runs/{run['id']}/trace").json()
    row = draft(teacher, run, "plan")["sessions"][0]["rows"][0]
    [passage] = [one for one in found["passages"] if row["points"][0] in one["points"]][:1]
    assert row["key"] in passage["rows"]
    assert passage["questions"]
    assert any(one["criteria"] for one in found["passages"])
    assert any("考试" in one["quote"] for one in found["uncovered"])
    assert found["lost"] == []


def test_a_new_edition_shows_what_lost_its_support(teacher: Person, course: Course, run: dict[str, Any]) -> None:
    text = (SAMPLES / "terse.txt").read_text("utf-8").replace("段落 2，短文 4。", "段落 6。")
    second = read_syllabus(teacher, course, text=text)
    Run.objects.update(syllabus=run["syllabus"]["id"])
    edition = teacher.get(f"/syllabi/{run['syllabus']['id']}").json()["series"]
    Run.objects.get().syllabus.__class__.objects.filter(pk=second["id"]).update(series=edition, edition=2)
    found = teacher.get(f"/runs/{run['id']}/trace").json()
    assert found["newest"]["edition"] == 2
    assert {one["quote"] for one in found["lost"]} >= {"短文 4"}


def test_a_plan_as_a_document(teacher: Person, run: dict[str, Any], tmp_path: Any) -> None:
    approves(teacher, run, "analysis")
    reply = teacher.get(f"/runs/{run['id']}/plan.docx")
    (tmp_path / "plan.docx").write_bytes(reply.content)
    table = read_docx(str(tmp_path / "plan.docx")).tables[0]
    rows = [row for session in draft(teacher, run, "plan")["sessions"] for row in session["rows"]]
    assert len(table.rows) == len(rows) + 1
    assert "新闻" in table.rows[1].cells[3].text


def test_a_stopped_run_does_nothing_more(teacher: Person, course: Course) -> None:
    made = begun(teacher, course, read_syllabus(teacher, course))
    assert teacher.delete(f"/runs/{made['id']}").status_code == 204
    work.run(made["job"])
    assert Job.objects.get(pk=made["job"]).result == {"is_outdated": True}
    assert not StageRound.objects.exists()
    assert shown(teacher, made)["state"] == "stopped"
    assert teacher.delete(f"/syllabi/{made['syllabus']['id']}").status_code == 204


def test_a_syllabus_in_use_stays(teacher: Person, course: Course) -> None:
    made = begun(teacher, course, read_syllabus(teacher, course))
    refused = teacher.delete(f"/syllabi/{made['syllabus']['id']}")
    assert (refused.status_code, refused.json()["code"]) == (409, "has_runs")


@pytest.mark.parametrize("name", ["formal.md", "schedule.md", "terse.txt"])
@pytest.mark.parametrize("hours", [16, 64])
def test_each_sample_becomes_a_plan(teacher: Person, course: Course, paper: Any, name: str, hours: int) -> None:
    made = begun(teacher, course, read_syllabus(teacher, course, name), hours=hours, session_hours=4)
    work_off()
    approves(teacher, made, "analysis", "plan")
    for one in shown(teacher, made)["stages"]:
        bad = [measure["name"] for measure in one["rounds"][-1]["measures"] if not measure["ok"]]
        assert (one["name"], one["stopped"], bad) == (one["name"], "threshold", [])


@pytest.mark.counts("GET /courses/{course_id}/runs")
@pytest.mark.parametrize("size", [1, 8])
def test_the_list_costs_the_same_however_long(
    teacher: Person, course: Course, size: int, django_assert_num_queries: Counting
) -> None:
    syllabus = read_syllabus(teacher, course)
    for _ in range(size):
        begun(teacher, course, syllabus)
    teacher.get("/me")
    with django_assert_num_queries(3):
        assert len(teacher.get(f"/courses/{course.pk}/runs").json()) == size


class Killed(BaseException):
    """As SIGKILL: no handler of the job's own errors sees it."""


@pytest.mark.parametrize("name", ["analysis", "plan", "questions", "criteria"])
def test_a_worker_killed_after_a_round_is_taken_over_there(
    teacher: Person, course: Course, paper: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    made = begun(teacher, course, read_syllabus(teacher, course))
    for before in ("analysis", "plan")[: ("analysis", "plan", "questions", "criteria").index(name)]:
        work_off_until(teacher, made, before)
    finish = stages_work._finish

    def dies(work: Any, stage: Any, *rest: Any) -> Any:
        if stage.name == name:
            raise Killed
        return finish(work, stage, *rest)

    monkeypatch.setattr(stages_work, "_finish", dies)
    with pytest.raises(Killed):
        work_off()
    monkeypatch.setattr(stages_work, "_finish", finish)
    [kept] = StageRound.objects.filter(stage__name=name)
    Job.objects.filter(state="running").update(state="queued", due_at="2026-01-01T00:00:00Z")
    work_off()
    assert list(StageRound.objects.filter(stage__name=name).values_list("pk", flat=True)) == [kept.pk]
    assert stage(teacher, made, name)["state"] == "review"


def work_off_until(teacher: Person, made: dict[str, Any], name: str) -> None:
    work.run(stage(teacher, made, name)["job"])
    newest = draft(teacher, made, name)["draft"]["id"]
    assert teacher.post(f"/runs/{made['id']}/stages/{name}/approval", {"draft": newest}).status_code == 200


def test_students_see_the_units_once_they_are_published_and_strangers_never(
    teacher: Person, student: Person, stranger: Person, course: Course, run: dict[str, Any]
) -> None:
    path = f"/courses/{course.pk}/units"
    approves(teacher, run, "analysis", "plan")
    assert student.get(path).json() == []
    decides(teacher, run, "refused")
    approves(teacher, run, "questions", "criteria")
    assert teacher.post(f"/runs/{run['id']}/publication").status_code == 200
    units = student.get(path).json()
    assert [unit["number"] for unit in units] == list(range(1, 17))
    assert units[0]["held_on"] == "2026-09-07"
    assert units[0]["parts"][0]["activity"]["zh"]
    assert sum(part["hours"] for part in units[0]["parts"]) == units[0]["hours"] == 2
    assert "reason" not in str(units)
    assert stranger.get(path).status_code == 404


@pytest.mark.counts("GET /courses/{course_id}/units")
@pytest.mark.parametrize("size", [1, 8])
def test_the_units_of_a_course_cost_the_same_however_many(
    teacher: Person, student: Person, course: Course, size: int, django_assert_num_queries: Counting
) -> None:
    made = begun(teacher, course, read_syllabus(teacher, course))
    Unit.objects.bulk_create(
        Unit(course=course, run_id=made["id"], number=at, title="听力", hours=2, body={}) for at in range(size)
    )
    student.get("/me")
    with django_assert_num_queries(4):
        assert len(student.get(f"/courses/{course.pk}/units").json()) == size


@pytest.mark.counts("GET /runs/{run_id}/units")
@pytest.mark.parametrize("size", [1, 8])
def test_the_units_cost_the_same_however_many(
    teacher: Person, course: Course, size: int, django_assert_num_queries: Counting
) -> None:
    made = begun(teacher, course, read_syllabus(teacher, course))
    Unit.objects.bulk_create(
        Unit(course=course, run_id=made["id"], number=at, title="听力", hours=2, body={}) for at in range(size)
    )
    teacher.get("/me")
    with django_assert_num_queries(7):
        assert len(teacher.get(f"/runs/{made['id']}/units").json()["units"]) == size
