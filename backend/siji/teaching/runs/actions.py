"""What a teacher does with a run: begin, edit, decide, send back, solve again, stop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from siji.accounts import audit
from siji.accounts.models import User
from siji.courses.models import Course
from siji.problems import Refusal
from siji.storage.streams import publish
from siji.teaching.models import Draft, Run, RunStage, RunState, StageDecision, StageState, Syllabus, SyllabusState
from siji.teaching.runs.bodies import BODIES, Body, Plan, Questions
from siji.teaching.runs.builtin.plan import plan as solved
from siji.teaching.runs.checking import checked
from siji.teaching.runs.context import context_of
from siji.teaching.runs.hours import Overfull
from siji.teaching.runs.stages import STAGES, after
from siji.teaching.runs.work import OVER, add_draft, begin_stage, topic_of

MOST = 50
"""Runs of one course."""
NAMED = 12
"""Questions that a refusal names; of more it says how many."""


def start_run(*, by: User, course: Course, syllabus: Syllabus, fields: dict[str, Any]) -> Run:
    """Raises Refusal (409): ``not_read``, ``too_many``."""
    if syllabus.state != SyllabusState.READY:
        raise Refusal("not_read", zh="这份大纲还没有读完，或者读不了。", en="It has not been read yet, or could not be.")
    with transaction.atomic():
        Course.objects.select_for_update(no_key=True).get(pk=course.pk)
        if course.runs.count() >= MOST:
            raise Refusal("too_many", zh=f"一门课程最多 {MOST} 次备课流程。", en=f"A course keeps {MOST} runs.")
        run = Run.objects.create(course=course, syllabus=syllabus, by=by, **fields)
        rows = [RunStage(run=run, name=stage.name, position=at) for at, stage in enumerate(STAGES)]
        RunStage.objects.bulk_create(rows)
        begin_stage(rows[0])
        audit.record(
            actor=by, action="run.started", subject=f"course:{course.pk}", detail={"run": run.pk, "syllabus": syllabus.pk}
        )
    return run


def stop_run(*, by: User, run: Run) -> None:
    """A job under way ends without effect. Stopping twice changes nothing."""
    with transaction.atomic():
        run = _held(run)
        if run.state == RunState.PUBLISHED:
            raise Refusal("published", zh="已经发布，不能停止。", en="It has been published and cannot be stopped.")
        if run.state == RunState.STOPPED:
            return
        Run.objects.filter(pk=run.pk).update(state=RunState.STOPPED, ended_at=Now())
        publish(topic_of(run.pk))
        audit.record(actor=by, action="run.stopped", subject=f"course:{run.course_id}", detail={"run": run.pk})


def newest_draft(run: Run, name: str) -> Draft:
    """Raises Refusal (409 ``not_made``)."""
    draft = Draft.objects.filter(stage__run=run, stage__name=name).order_by("-version").first()
    if draft is None:
        raise Refusal("not_made", zh="这一步还没有结果。", en="This stage has made nothing yet.")
    return draft


def edit(*, by: User, run: Run, name: str, base: int, body: Body) -> Draft:
    """A new draft; an approval of the one before does not hold for it. Raises Refusal: 409 ``stale``, 422."""
    with transaction.atomic():
        stage = _open_stage(run, name)
        _fresh(newest_draft(run, name), base)
        return _edited(by, stage, checked(body, context_of(stage.run, stage)))


def solve_again(*, by: User, run: Run, base: int, plan: Plan) -> Draft:
    """The plan with its locked rows kept. Raises Refusal: 409 ``stale``, 422 where more is locked than there is room."""
    with transaction.atomic():
        stage = _open_stage(run, "plan")
        _fresh(newest_draft(run, "plan"), base)
        context = context_of(stage.run, stage)
        known = {topic.key for topic in context.analysis.topics()}
        if strange := [key for row in plan.rows() if row.locked for key in row.points if key not in known]:
            raise Refusal(
                "invalid", zh=f"编号“{strange[0]}”不存在，请刷新页面后再改。", en=f"There is no {strange[0]}.", status=422
            )
        try:
            body = solved(context, kept=plan)
        except Overfull as error:
            number = error.session + 1
            zh, en = f"第 {number} 次课锁定的学时超过了它的学时。", f"More hours are locked into session {number} than it has."
            raise Refusal("overfull", zh=zh, en=en, status=422) from error
        return _edited(by, stage, checked(body, context))


def decide_questions(*, by: User, run: Run, base: int, keys: Sequence[str], state: str) -> Draft:
    """Approve or refuse one or many. Raises Refusal (422): ``invalid`` for a key that is not there, ``not_proven`` where such as
    nobody has proven are approved together with others."""
    with transaction.atomic():
        stage = _open_stage(run, "questions")
        draft = newest_draft(run, "questions")
        _fresh(draft, base)
        body = Questions.model_validate(draft.body)
        if strange := set(keys) - {one.key for one in body.questions}:
            zh, en = f"没有这道题：{min(strange)}。", f"There is no question {min(strange)}."
            raise Refusal("invalid", zh=zh, en=en, status=422)
        if state == "approved" and len(set(keys)) > 1:
            _refuse_not_proven(body, keys)
        found = [one.model_copy(update={"state": state}) if one.key in set(keys) else one for one in body.questions]
        return _edited(by, stage, Questions(questions=found))


def _refuse_not_proven(body: Questions, keys: Sequence[str]) -> None:
    """Nobody has reached their keys without seeing them: a teacher looks at each."""
    named = [at for at, one in enumerate(body.questions, 1) if one.key in keys and one.blind.state != "proven"]
    if named:
        which = [str(at) for at in named[:NAMED]] + (["…"] if len(named) > NAMED else [])
        raise Refusal(
            "not_proven",
            zh=f"这 {len(named)} 题还没有得到验证，要逐题看过再通过：第 {'、'.join(which)} 题。",
            en=f"{len(named)} are not proven; look at and approve each by itself: {', '.join(which)}.",
            status=422,
        )


def _edited(by: User, stage: RunStage, body: Body) -> Draft:
    draft = add_draft(stage, body.model_dump(mode="json"), author=by.pk)
    RunStage.objects.filter(pk=stage.pk).update(state=StageState.REVIEW)
    publish(topic_of(stage.run_id))
    return draft


def approve(*, by: User, run: Run, name: str, draft_id: int) -> None:
    """Begins the next stage where that one waits for it. Raises Refusal (409): ``stale``, ``undecided``."""
    with transaction.atomic():
        stage = _open_stage(run, name)
        draft = newest_draft(run, name)
        if draft.pk != draft_id:
            raise _stale(draft)
        _refuse_undecided(name, draft)
        StageDecision.objects.create(draft=draft, is_approval=True, by=by)
        RunStage.objects.filter(pk=stage.pk).update(state=StageState.APPROVED)
        audit.record(actor=by, action="run.approved", subject=f"course:{run.course_id}", detail={"run": run.pk, "stage": name})
        following = after(name)
        if following is not None:
            _begin_if_it_waits(run, following.name)
        publish(topic_of(run.pk))


def _begin_if_it_waits(run: Run, name: str) -> None:
    row = RunStage.objects.select_related("run__by").get(run=run, name=name)
    if row.state == StageState.WAITING:
        begin_stage(row)


def _refuse_undecided(name: str, draft: Draft) -> None:
    body = BODIES[name].model_validate(draft.body)
    waiting = [one.key for one in body.questions if one.state == "waiting"] if isinstance(body, Questions) else []
    if waiting:
        raise Refusal(
            "undecided",
            zh=f"还有 {len(waiting)} 道题没有决定，请先逐题通过或不用。",
            en=f"{len(waiting)} questions are undecided: approve or refuse each first.",
        )


def send_back(*, by: User, run: Run, name: str, note: str) -> None:
    """The note goes into the next round; what comes after this stage is made again, since it rests on it."""
    with transaction.atomic():
        stage = _open_stage(run, name)
        draft = Draft.objects.filter(stage=stage).order_by("-version").first()
        if draft is not None:
            StageDecision.objects.create(draft=draft, is_approval=False, note=note, by=by)
        later = RunStage.objects.filter(run=run, position__gt=stage.position).exclude(state=StageState.WAITING)
        for row in later:
            row.state, row.turn = StageState.WAITING, row.turn + 1
            row.save(update_fields=["state", "turn"])
        stage.turn, stage.note = stage.turn + 1, note
        stage.save(update_fields=["turn", "note"])
        begin_stage(stage)
        audit.record(actor=by, action="run.returned", subject=f"course:{run.course_id}", detail={"run": run.pk, "stage": name})


def _held(run: Run) -> Run:
    return Run.objects.select_for_update(no_key=True, of=("self",)).select_related("syllabus", "by", "course").get(pk=run.pk)


def _open_stage(run: Run, name: str) -> RunStage:
    """Held. Raises Refusal (409): ``over``, ``working``, ``not_made``."""
    held = _held(run)
    if held.state in OVER:
        raise Refusal(
            "over", zh="这次备课已经发布或停止，不能再改。", en="This run was published or stopped and is not changed any more."
        )
    stage = RunStage.objects.get(run=held, name=name)
    stage.run = held
    if stage.state == StageState.RUNNING:
        raise Refusal("working", zh="这一步正在处理，请等它完成。", en="This stage is being worked on: wait for its end.")
    if stage.state == StageState.WAITING:
        raise Refusal("not_made", zh="这一步还没有开始。", en="This stage has not begun.")
    return stage


def _fresh(draft: Draft, base: int) -> None:
    if draft.version != base:
        raise _stale(draft)


def _stale(draft: Draft) -> Refusal:
    return Refusal(
        "stale",
        zh=f"已经有更新的版本（第 {draft.version} 版），请刷新后在新版本上修改。",
        en=f"There is a newer version ({draft.version}): reload and work on that.",
    )
