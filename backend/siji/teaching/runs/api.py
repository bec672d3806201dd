"""Runs: begun, followed, each stage's draft read, edited and decided, traced, published, stopped."""

from __future__ import annotations

from typing import TypeVar

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from siji.accounts.auth import Signed, require_teacher
from siji.courses.api import READ, WRITE, taught
from siji.courses.models import Course
from siji.problems import Problem
from siji.storage.streams import Frame, event_stream
from siji.teaching.manager import AITaskManager
from siji.teaching.models import Draft, Run, Syllabus
from siji.teaching.runs import actions
from siji.teaching.runs.bodies import Analysis, Criteria, Plan, Questions
from siji.teaching.runs.publishing import publish_run, units_of, units_of_course
from siji.teaching.runs.schemas import (
    AnalysisIn,
    AnalysisOut,
    ApprovalIn,
    CourseUnit,
    CriteriaIn,
    CriteriaOut,
    DraftLine,
    PlanIn,
    PlanOut,
    Published,
    QuestionDecisions,
    QuestionsIn,
    QuestionsOut,
    ReturnIn,
    RunIn,
    RunLine,
    RunOut,
    SolutionIn,
    TraceOut,
)
from siji.teaching.runs.stages import StageName
from siji.teaching.runs.tracing import trace
from siji.teaching.runs.work import OVER, topic_of

runs = Router(tags=["teaching"])

Out = TypeVar("Out", AnalysisOut, PlanOut, QuestionsOut, CriteriaOut)


@runs.get("/courses/{course_id}/runs", response={200: list[RunLine], **READ})
def list_runs(request: Signed, course_id: int) -> list[RunLine]:
    """The newest first; a course keeps so many and no more."""
    found = Run.objects.visible_to(request.user).filter(course=taught(request, course_id))
    return [RunLine.of(run) for run in found.for_list().order_by("-id")]


@runs.get("/courses/{course_id}/units", response={200: list[CourseUnit], **READ})
def list_units(request: Signed, course_id: int) -> list[CourseUnit]:
    """What is published in a course, for whoever sees it."""
    course = get_object_or_404(Course.objects.visible_to(request.user), pk=course_id)
    return units_of_course(course, request.user)


@runs.post("/courses/{course_id}/runs", response={201: RunOut, **WRITE})
def start_run(request: Signed, course_id: int, body: RunIn) -> Status[RunOut]:
    course = taught(request, course_id)
    syllabus = get_object_or_404(Syllabus.objects.visible_to(request.user).filter(course=course), pk=body.syllabus)
    fields = body.model_dump(exclude={"syllabus"})
    run = AITaskManager().create_teaching_workflow(by=request.user, course=course, syllabus=syllabus, fields=fields)
    return Status(201, RunOut.of(_mine(request, run.pk)))


@runs.get("/runs/{run_id}", response={200: RunOut, **READ})
def get_run(request: Signed, run_id: int) -> RunOut:
    return RunOut.of(_mine(request, run_id))


@runs.delete("/runs/{run_id}", response={204: None, **WRITE})
def stop_run(request: Signed, run_id: int) -> Status[None]:
    """What it has made stays to be read."""
    actions.stop_run(by=request.user, run=_mine(request, run_id))
    return Status(204, None)


@runs.get("/runs/{run_id}/events", response={200: RunOut, 421: Problem, **READ})
async def run_events(request: HttpRequest, run_id: int) -> HttpResponseBase:
    """Server-sent events: a ``RunOut`` now and after each change, until published or stopped. Served by the stream process."""
    await sync_to_async(_mine)(request, run_id)  # type: ignore[arg-type]  # signed in: ours

    def look() -> Frame:
        run = Run.objects.with_stages().get(pk=run_id)
        return Frame(RunOut.of(run).model_dump_json(), is_last=run.state in OVER)

    return event_stream(request, topic=topic_of(run_id), look=look)


@runs.get("/runs/{run_id}/analysis", response={200: AnalysisOut, **WRITE})
def get_analysis(request: Signed, run_id: int) -> AnalysisOut:
    """409 until it is made; so with the other stages."""
    return _shown(AnalysisOut, actions.newest_draft(_mine(request, run_id), "analysis"))


@runs.put("/runs/{run_id}/analysis", response={200: AnalysisOut, **WRITE})
def put_analysis(request: Signed, run_id: int, body: AnalysisIn) -> AnalysisOut:
    """A new draft by the teacher; weights are scaled so that each level adds up."""
    edited = Analysis.model_validate(body.model_dump(exclude={"base"}))
    return _shown(
        AnalysisOut, actions.edit(by=request.user, run=_mine(request, run_id), name="analysis", base=body.base, body=edited)
    )


@runs.get("/runs/{run_id}/plan", response={200: PlanOut, **WRITE})
def get_plan(request: Signed, run_id: int) -> PlanOut:
    return _shown(PlanOut, actions.newest_draft(_mine(request, run_id), "plan"))


@runs.put("/runs/{run_id}/plan", response={200: PlanOut, **WRITE})
def put_plan(request: Signed, run_id: int, body: PlanIn) -> PlanOut:
    edited = Plan.model_validate(body.model_dump(exclude={"base"}))
    draft = actions.edit(by=request.user, run=_mine(request, run_id), name="plan", base=body.base, body=edited)
    return _shown(PlanOut, draft)


@runs.post("/runs/{run_id}/plan/solution", response={200: PlanOut, **WRITE})
def solve_plan(request: Signed, run_id: int, body: SolutionIn) -> PlanOut:
    """Works the hours out again around the locked rows; a new draft."""
    return _shown(PlanOut, actions.solve_again(by=request.user, run=_mine(request, run_id), base=body.base, plan=body.plan))


@runs.get("/runs/{run_id}/plan.docx", response={200: None, **WRITE}, url_name="plan_document")
def get_plan_document(request: Signed, run_id: int) -> HttpResponse:
    from siji.teaching.runs.document import DOCX, plan_document  # here, as for the report of an attempt

    run = _mine(request, run_id)
    data = plan_document(run, Plan.model_validate(actions.newest_draft(run, "plan").body))
    headers = {"Content-Disposition": f'attachment; filename="plan-{run.pk}.docx"'}
    return HttpResponse(data, content_type=DOCX, headers=headers)


@runs.get("/runs/{run_id}/questions", response={200: QuestionsOut, **WRITE})
def get_questions(request: Signed, run_id: int) -> QuestionsOut:
    return _shown(QuestionsOut, actions.newest_draft(_mine(request, run_id), "questions"))


@runs.put("/runs/{run_id}/questions", response={200: QuestionsOut, **WRITE})
def put_questions(request: Signed, run_id: int, body: QuestionsIn) -> QuestionsOut:
    """The text of the bank's own questions stays as it is."""
    edited = Questions.model_validate(body.model_dump(exclude={"base"}))
    return _shown(
        QuestionsOut, actions.edit(by=request.user, run=_mine(request, run_id), name="questions", base=body.base, body=edited)
    )


@runs.post("/runs/{run_id}/questions/decisions", response={200: QuestionsOut, **WRITE})
def decide_questions(request: Signed, run_id: int, body: QuestionDecisions) -> QuestionsOut:
    run = _mine(request, run_id)
    return _shown(
        QuestionsOut, actions.decide_questions(by=request.user, run=run, base=body.base, keys=body.keys, state=body.state)
    )


@runs.get("/runs/{run_id}/criteria", response={200: CriteriaOut, **WRITE})
def get_criteria(request: Signed, run_id: int) -> CriteriaOut:
    return _shown(CriteriaOut, actions.newest_draft(_mine(request, run_id), "criteria"))


@runs.put("/runs/{run_id}/criteria", response={200: CriteriaOut, **WRITE})
def put_criteria(request: Signed, run_id: int, body: CriteriaIn) -> CriteriaOut:
    edited = Criteria.model_validate(body.model_dump(exclude={"base"}))
    return _shown(
        CriteriaOut, actions.edit(by=request.user, run=_mine(request, run_id), name="criteria", base=body.base, body=edited)
    )


@runs.post("/runs/{run_id}/stages/{stage}/approval", response={200: RunOut, **WRITE})
def approve_stage(request: Signed, run_id: int, stage: StageName, body: ApprovalIn) -> RunOut:
    """Begins the next stage."""
    actions.approve(by=request.user, run=_mine(request, run_id), name=stage, draft_id=body.draft)
    return RunOut.of(_mine(request, run_id))


@runs.post("/runs/{run_id}/stages/{stage}/return", response={200: RunOut, **WRITE})
def return_stage(request: Signed, run_id: int, stage: StageName, body: ReturnIn) -> RunOut:
    """Made again with the note; what rests on it too. Also the way to try a failed stage again."""
    actions.send_back(by=request.user, run=_mine(request, run_id), name=stage, note=body.note)
    return RunOut.of(_mine(request, run_id))


@runs.get("/runs/{run_id}/trace", response={200: TraceOut, **READ})
def get_trace(request: Signed, run_id: int) -> TraceOut:
    return trace(_mine(request, run_id))


@runs.post("/runs/{run_id}/publication", response={200: Published, **WRITE})
def publish(request: Signed, run_id: int) -> Published:
    """Units, items and assignments in one transaction. Sent again it answers with the same."""
    run = _mine(request, run_id)
    publish_run(by=request.user, run=run)
    return Published(units=units_of(run))


@runs.get("/runs/{run_id}/units", response={200: Published, **READ})
def get_units(request: Signed, run_id: int) -> Published:
    """Empty until it is published."""
    return Published(units=units_of(_mine(request, run_id)))


def _mine(request: Signed, run_id: int) -> Run:
    require_teacher(request.user)
    run: Run = get_object_or_404(Run.objects.visible_to(request.user).with_stages(), pk=run_id)
    return run


def _shown(out: type[Out], draft: Draft) -> Out:
    return out.model_validate({**draft.body, "draft": DraftLine.of(draft)})
